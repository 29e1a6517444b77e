"""An article translated sentence by sentence, so that an English summarizer can read it and each sentence still knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.abstractive import AbstractiveSummarizer
from summarize.article import Article, Paragraph
from summarize.result import SummarySentence
from summarize.support import Evidence, supported
from summarize.support.evidence import LEAST


def summarize_translated(
    articles: Sequence[Article],
    sentences: Sequence[Sequence[SummarySentence]],
    titles: Sequence[str],
    summarizer: AbstractiveSummarizer,
    *,
    count: int,
) -> list[list[SummarySentence]]:
    """English summaries of articles by what their sentences are in English.

    Args:
        articles: the Arabic articles.
        sentences: all sentences of each, with their translations.
        titles: the translated headlines.
        summarizer: writes English.
        count: how many sentences a summary has.

    Returns:
        The sentences of each summary; `text` is empty. The sources of each are the Arabic sentences whose translations support it best;
        numbers and names are looked for in the Arabic.
    """
    english = [_in_english(*each) for each in zip(articles, sentences, titles, strict=True)]
    written = summarizer.write(english, sentences=count)
    summaries = []
    for summary, article, translation, read in zip(written, articles, english, sentences, strict=True):
        draft = any(sentence.draft for sentence in read)
        plain = [replace(summarizer.as_sentence(each), text="", english=each.text, draft=draft) for each in summary]
        evidence = Evidence(translation)
        summaries.append([_with_sources(sentence, evidence) for sentence in supported(plain, article)])
    return summaries


def _with_sources(sentence: SummarySentence, evidence: Evidence) -> SummarySentence:
    """The sentence with the sources that the words of the translation point to: more than the names and numbers of the Arabic can."""
    found = evidence.of_arabic(sentence.english or "")  # it compares words by their stems, whatever the language of both texts
    little = (f"little of this is in the translated article ({found.score:.0%})",) if found.score < LEAST["ar"] else ()
    sources = tuple(dict.fromkeys(found.sources)) or sentence.sources
    return replace(sentence, sources=sources, support=found.score, warnings=sentence.warnings + little)


def _in_english(article: Article, sentences: Sequence[SummarySentence], title: str) -> Article:
    """The article with translations for paragraphs, each in the place of its sentence."""
    paragraphs = tuple(Paragraph(sentence.english, sentence.sources[0]) for sentence in sentences if sentence.english)
    return replace(article, title=title or None, paragraphs=paragraphs, subheadings=())
