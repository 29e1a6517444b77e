"""The forms of a summary: how many sentences each has, and what a sentence of the article becomes in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarize.article import Article
from summarize.headlines import as_headline
from summarize.result import Style, SummarySentence

MOST: Final = {"headline": 1, "lead": 2}
"""Sentences of the forms that have a limit."""


def sentences_of_style(style: Style, count: int) -> int:
    """How many sentences a summary has for which `count` were asked."""
    return min(count, MOST.get(style, count))


def in_style(style: Style, sentences: Sequence[SummarySentence], article: Article) -> list[SummarySentence]:
    """The sentences as a form has them."""
    return [as_headline(sentence, article) for sentence in sentences] if style == "headline" else list(sentences)
