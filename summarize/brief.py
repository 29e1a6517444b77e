"""How a text of any length becomes a few written sentences: a summary of each part that fits the model, then one of these summaries."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from itertools import islice

from summarize.extractive import ExtractiveSummarizer
from summarize.parts import Fits, cut_evenly, pack
from summarize.written import Target, Written, sentences_of
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.sentences import split_sentences
from translate.arabic.words import STOP_WORDS, stem, words
from translate.runtime.batching import in_order
from translate.runtime.engine import Output

Brief = Generator[list[str], list[Output], list[Written]]
"""Asks for the summaries of some texts, is sent them, asks again, and in the end returns the sentences."""

_ALIKE = 0.75  # share of the words of the shorter of two sentences from which on they say the same
_NOTHING = "the model wrote nothing here, so this is the first sentence of what it read"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a text: so many sentences at most, in a language. `title` is the headline, which helps to choose."""

    count: int
    language: Target
    title: str | None = None


def write_brief(paragraphs: Sequence[str], wish: Wish, fits: Fits) -> Brief:
    """Summarize one text.

    A text that does not fit is cut into parts; their summaries, together, are summarized again, until one is left. A summary
    of fewer sentences than wanted is filled up with the best sentences of the summaries that it was made from, or of the summaries of
    the text's parts; one with more keeps the first.

    Args:
        paragraphs: the text.
        wish: what is wanted.
        fits: whether the model takes a text in one go.
    """
    parts = pack(paragraphs, fits)
    summaries = _read(parts, (yield parts), wish)
    before: list[Written] = []
    while len(parts) > 1:
        before = [sentence for summary in summaries for sentence in summary]
        merged = pack([" ".join(sentence.text for sentence in summary) for summary in summaries], fits)
        if len(merged) >= len(parts):  # a model that writes as much as it reads would never come to an end
            return _fill([], before, wish)
        parts = merged
        summaries = _read(parts, (yield parts), wish, written=True)
    brief = [sentence for summary in summaries for sentence in summary][: wish.count]
    if len(brief) < wish.count and not before:
        parts = cut_evenly(paragraphs, wish.count, fits)
        if len(parts) > 1:
            before = [sentence for summary in _read(parts, (yield parts), wish) for sentence in summary]
    return _fill(brief, before, wish)


def in_step(briefs: Sequence[Brief], run: Callable[[list[str]], list[Output]]) -> list[list[Written]]:
    """Write several briefs at the same time: what all of them ask for is one call of `run`, so that its batches are full."""
    asked = {place: next(brief) for place, brief in enumerate(briefs)}
    done: list[tuple[int, list[Written]]] = []
    while asked:
        outputs = iter(run([text for texts in asked.values() for text in texts]))
        following = {}
        for place, texts in asked.items():
            try:
                following[place] = briefs[place].send(list(islice(outputs, len(texts))))
            except StopIteration as end:
                done.append((place, end.value))
        asked = following
    return in_order(done, count=len(briefs))


def _read(parts: Sequence[str], outputs: Sequence[Output], wish: Wish, *, written: bool = False) -> list[list[Written]]:
    """The sentences of each part's summary. A part of which there is none is not left out: its first sentence stands for it.

    `written`: the parts are summaries themselves.
    """
    return [
        sentences_of(part, output, wish.language) or [Written(split_sentences(part)[0].text, (_NOTHING,), own=not written)]
        for part, output in zip(parts, outputs, strict=True)
    ]


def _fill(brief: list[Written], more: Sequence[Written], wish: Wish) -> list[Written]:
    """The brief, and after it, in their order, the best of the other sentences that say something new."""
    taken = [_terms(sentence.text) for sentence in brief]
    fresh = []
    for sentence in more:
        terms = _terms(sentence.text)
        if not any(_alike(terms, other) for other in taken):
            fresh.append(sentence)
            taken.append(terms)
    sound = [sentence for sentence in fresh if not sentence.warnings]
    wanted = wish.count - len(brief)
    pool = sound if len(sound) >= wanted else fresh
    chosen = ExtractiveSummarizer().choose([sentence.text for sentence in pool], title=wish.title, count=wanted) if wanted else []
    return [*brief, *(pool[index] for index in chosen)]


def _terms(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(normalize(text, FOLD)) if word not in STOP_WORDS)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= _ALIKE * min(len(one), len(other))
