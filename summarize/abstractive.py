"""Summarizers that write: a model behind an engine, articles of any length, and the source of each sentence looked up afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarize.article import Article
from summarize.brief import Wish, in_step, write_brief
from summarize.result import SummarySentence
from summarize.support import supported
from summarize.together import joined
from summarize.written import Target, Written, checking
from translate.arabic.normalize import normalize
from translate.console import counting
from translate.retry import RetryEngine
from translate.runtime.engine import Engine, Output
from translate.spec import Generation, ModelSpec
from translate.types import ModelRef


@dataclass(frozen=True, slots=True)
class Writer:
    """A model that is ready to write.

    Attributes:
        engine_for: an engine that asks for so many sentences. Models that cannot be asked give the same for each number.
        again: search parameters for a second try where a summary is in the wrong language, loops or is empty; None: there is none.
    """

    engine_for: Callable[[int], Engine]
    again: Generation | None


class AbstractiveSummarizer:
    """Writes summaries. Made by `load_summarizer`.

    Args:
        spec: the model.
        ref: what results say about it.
        writer: what runs it.
        language: what it writes.
    """

    def __init__(self, spec: ModelSpec, *, ref: ModelRef, writer: Writer, language: Target) -> None:
        self.spec, self.ref, self.writer, self.language = spec, ref, writer, language

    def summarize(self, article: Article, *, sentences: int = 3) -> list[SummarySentence]:
        """At most `sentences` sentences about the article, the most general first, each with the spans that support it best.

        In an English summary `text` is empty and `english` has the sentence.
        """
        return self.summarize_all([article], sentences=sentences)[0]

    def summarize_all(self, articles: Sequence[Article], *, sentences: int = 3) -> list[list[SummarySentence]]:
        """The same for several articles, which share the model's batches."""
        written = self.write(articles, sentences=sentences)
        return [
            supported([self.as_sentence(each) for each in summary], article) for summary, article in zip(written, articles, strict=True)
        ]

    def summarize_together(self, articles: Sequence[Article], *, sentences: int) -> list[SummarySentence]:
        """One summary of several reports on one story; each span names its report."""
        (written,) = self.write([joined(articles)], sentences=sentences)
        return supported([self.as_sentence(each) for each in written], *articles)

    def write(self, articles: Sequence[Article], *, sentences: int) -> list[list[Written]]:
        """What the model writes about each article's paragraphs."""
        engine = self.writer.engine_for(sentences)
        again = RetryEngine(engine, (self.writer.again,) if self.writer.again else (), checking(self.language))

        def run(texts: list[str]) -> list[Output]:
            with counting(unit="part", shown=len(texts) > len(articles)) as told:
                return again.run(texts, told)

        briefs = [
            write_brief(
                [normalize(paragraph.text) for paragraph in article.paragraphs],
                Wish(sentences, self.language, article.title),
                engine.fits,
            )
            for article in articles
        ]
        return in_step(briefs, run)

    def as_sentence(self, written: Written) -> SummarySentence:
        """A written sentence as one of a summary, without its sources."""
        if self.language == "en" and not written.own:
            return SummarySentence("", (), english=written.text, warnings=written.warnings)
        return SummarySentence(written.text, (), warnings=written.warnings)
