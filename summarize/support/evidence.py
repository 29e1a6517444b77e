"""The sentences of one or more articles, prepared once, and which of them support a sentence that somebody wrote about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from summarize.article import Article
from summarize.extractive import article_sentences
from summarize.support.arabic import Facts, arabic_facets, facts_of, missing_from
from summarize.support.cover import Facet, cover
from summarize.support.english import ArabicSource, english_facets, missing_from_arabic
from translate.types import Span

LEAST = {"ar": 0.4, "en": 0.2}
"""The share of a sentence's content words, numbers and names that its sources must have: below it there is a warning.

Of mujaz-mini's reference sentences 1% (Arabic) and 3% (English) have less; of the same sentences against another article 99% and 81%.
English has less because words are looked up in a small list.
"""
_NAMED = 5  # how many of the words without support a warning names


@dataclass(frozen=True, slots=True)
class Support:
    """What supports one sentence.

    Attributes:
        score: the share (0 to 1) of its content words, numbers and names that stand in `sources`.
        sources: the source sentences that support it best, at most three, in the articles' order.
        warnings: what the articles do not have, one line each, naming the words.
    """

    score: float
    sources: tuple[Span, ...]
    warnings: tuple[str, ...]


class Evidence:
    """What the articles say, sentence by sentence.

    >>> from summarize.loaders import article_from_text
    >>> evidence = Evidence(article_from_text("افتتح المتحف أبوابه. وزار المتحف 1200 شخص في يومه الأول."))
    >>> evidence.of_arabic("زار المتحف 1300 شخص").warnings
    ('number 1300 is not in the source',)
    """

    def __init__(self, *articles: Article) -> None:
        self._sentences = [
            (sentence.text, replace(span, article=article.id) if len(articles) > 1 else span)
            for article in articles
            for sentence in article_sentences(article)
            for span in sentence.sources
        ]
        headings = [heading for article in articles for heading in (article.title or "", *(each.text for each in article.subheadings))]
        self._texts = [*(text for text, _ in self._sentences), *headings]

    def of_arabic(self, text: str) -> Support:
        """What supports an Arabic sentence; one that stands in the source needs no more."""
        for sentence, span in self._sentences:
            if text.strip() == sentence:
                return Support(1.0, (span,), ())
        return self._support("ar", arabic_facets(text, self._facts), missing_from(self._facts, text))

    def of_english(self, text: str) -> Support:
        """What supports an English sentence: by its numbers, its names, and the words of a small list."""
        return self._support("en", english_facets(text, self._sources), missing_from_arabic(text, self._sources))

    @cached_property
    def _facts(self) -> Sequence[Facts]:
        return [facts_of(text) for text in self._texts]

    @cached_property
    def _sources(self) -> Sequence[ArabicSource]:
        return [ArabicSource(text) for text in self._texts]

    def _support(self, language: str, facets: Sequence[Facet], missing: Iterable[str]) -> Support:
        chosen, score = cover(facets, len(self._sentences))
        warnings = [*missing]
        if not facets:
            warnings.append("has no number, name or word by which it could be found in the source")
        elif score < LEAST[language]:
            without = [facet.text for facet in facets if not facet.places][:_NAMED]
            warnings.append(f"little of this is in the source ({score:.0%})" + (f"; not there: {', '.join(without)}" if without else ""))
        return Support(score, tuple(self._sentences[index][1] for index in chosen), tuple(warnings))
