"""The forms of a summary: how many sentences each has, and a sentence of the article cut to a headline's length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from summarize.article import Article
from summarize.result import Style, SummarySentence
from translate.arabic.clauses import split_clauses
from translate.arabic.words import words

MOST: Final = {"headline": 1, "lead": 2}
"""Sentences of the forms that have a limit."""
_LONGEST_HEADLINE: Final = 15  # words; of ANT's headlines 98% have fewer
_SHORTEST_HEADLINE: Final = 5


def sentences_of_style(style: Style, count: int) -> int:
    """How many sentences a summary has for which `count` were asked."""
    return min(count, MOST.get(style, count))


def as_headline(sentence: SummarySentence, article: Article) -> SummarySentence:
    """The beginning of a picked sentence, up to a clause mark, with its own span; whole where it is short or cannot be cut well.

    Nothing is put in and no word changed. A sentence that a model wrote stays as it is.
    """
    beginning = split_clauses(sentence.text, lambda text: len(words(text)) <= _LONGEST_HEADLINE)[0] if sentence.text else ""
    cut = beginning.rstrip(" .،؛,;:…-–—")
    if sentence.support is not None or not sentence.sources or not _SHORTEST_HEADLINE <= len(words(cut)) <= _LONGEST_HEADLINE:
        return sentence
    for paragraph in article.paragraphs:
        start = paragraph.text.find(sentence.text)
        if start >= 0 and paragraph.locate(start, start + len(sentence.text)) == sentence.sources[0]:
            return replace(sentence, text=cut, sources=(paragraph.locate(start, start + len(cut)),))
    return sentence


def in_style(style: Style, sentences: Sequence[SummarySentence], article: Article) -> list[SummarySentence]:
    """The sentences as a form has them."""
    return [as_headline(sentence, article) for sentence in sentences] if style == "headline" else list(sentences)
