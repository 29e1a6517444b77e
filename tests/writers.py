"""Summarizers whose model is a function, so that a test knows what was asked and what the answer was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summarize.abstractive import AbstractiveSummarizer, Writer
from summarize.written import Target
from translate.arabic.sentences import split_sentences
from translate.registry import load_spec
from translate.runtime.engine import Output, Progress
from translate.spec import Generation
from translate.types import ModelRef

AGAIN = Generation(num_beams=1)
Answer = Callable[[str], str]


class Pen:
    """An engine that takes `limit` characters and writes what `answer` says. `calls` has what it was given, `tries` each search."""

    def __init__(self, answer: Answer, *, limit: int = 1000, again: Answer | None = None, complete: bool = True) -> None:
        self.answer, self.limit, self.again, self.complete = answer, limit, again, complete
        self.calls: list[list[str]] = []
        self.tries: list[Generation | None] = []

    def fits(self, text: str) -> bool:
        return len(text) <= self.limit

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        assert all(self.fits(text) and text.strip() for text in texts)
        self.tries.append(generation)
        if generation is None:
            self.calls.append(list(texts))
        write = self.again if generation and self.again else self.answer
        return [Output(write(text), self.complete) for text in texts]


def summarizer(pen: Pen, language: Target = "ar", *, again: Generation | None = AGAIN) -> AbstractiveSummarizer:
    spec = load_spec("mT5_multilingual_XLSum")
    ref = ModelRef("pen", "r1", "CC-BY-NC-4.0", False)
    return AbstractiveSummarizer(spec, ref=ref, writer=Writer(lambda sentences: pen, again), language=language)


def first_sentence(text: str) -> str:
    return split_sentences(text)[0].text


def first_words(text: str) -> str:
    return " ".join(text.split()[:12]) + "."
