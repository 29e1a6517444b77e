"""Which sentences of the article support a written one: a stand-in by shared words, until summarize.support is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.article import Article
from summarize.extractive import article_sentences
from summarize.result import SummarySentence
from translate.arabic.words import stem, words


def supported(sentences: Sequence[SummarySentence], *articles: Article) -> list[SummarySentence]:
    """The same sentences with the span of the source sentence that shares most words with each."""
    sources = [(frozenset(map(stem, words(each.text))), each.sources) for article in articles for each in article_sentences(article)]
    found = []
    for sentence in sentences:
        terms = frozenset(map(stem, words(sentence.text or sentence.english or "")))
        found.append(replace(sentence, sources=max(sources, key=lambda source: len(source[0] & terms))[1]))
    return found
