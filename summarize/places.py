"""In which paragraph of its article a span stands: what an editor looks for, where a program takes the characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarize.article import Article
from summarize.result import SummarySentence
from translate.types import Span


def paragraph_numbers(sentences: Iterable[SummarySentence], articles: Sequence[Article]) -> dict[Span, int]:
    """The number, from 1, of the body's paragraph in which each source of the sentences begins.

    Args:
        sentences: of a summary.
        articles: one, or those that the spans name by their ids.
    """
    by_id = {article.id: article for article in articles}
    numbers: dict[Span, int] = {}
    for span in (span for sentence in sentences for span in sentence.sources):
        article = articles[0] if span.article is None else by_id[span.article]
        for number, paragraph in enumerate(article.paragraphs, start=1):
            if paragraph.span.start <= span.start < paragraph.span.end:
                numbers[span] = number
    return numbers
