"""The sentences of one or more articles, prepared once, and which of them support a sentence that somebody wrote about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from summarize.article import Article
from summarize.extractive import article_sentences
from summarize.support.arabic import Facts, arabic_words, facts_of, missing_from
from summarize.support.cover import Facet, cover
from summarize.support.english import english_facets, missing_from_arabic
from translate.types import Span

LEAST = 0.5
"""The share of a sentence's content words, numbers and names that its sources must have: below it there is a warning."""
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
        """What supports an Arabic sentence."""
        facets = [Facet(word.text, word.supporters(self._facts)) for word in arabic_words(text)]
        return self._support(facets, missing_from(self._facts, text))

    def of_english(self, text: str) -> Support:
        """What supports an English sentence: by its numbers, months and names."""
        return self._support(english_facets(text, self._texts), missing_from_arabic(text, self._texts))

    @cached_property
    def _facts(self) -> Sequence[Facts]:
        return [facts_of(text) for text in self._texts]

    def _support(self, facets: Sequence[Facet], missing: Iterable[str]) -> Support:
        """The best sources for the facets, of which those in headings alone count as supported but have no span."""
        body = len(self._sentences)
        chosen, score = cover(facets, body)
        warnings = [*missing]
        if score < LEAST:
            without = [facet.text for facet in facets if not facet.places][:_NAMED]
            warnings.append(f"little of this is in the source ({score:.0%})" + (f"; not there: {', '.join(without)}" if without else ""))
        return Support(score, tuple(self._sentences[index][1] for index in chosen), tuple(warnings))
