"""Loops: a phrase that comes over and over, or a clause said twice, without the source doing the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from translate.checks.finding import Finding, Pair

# Of 4,068 professional translations (FLORES-200 dev, TICO-19) three say three words or more twice in a row, two say eight twice anywhere.
_TIMES: Final = {1: 4, 2: 3}  # how often in a row a word, or two, are too many; from three words on, twice
_ACROSS: Final = 5  # words that may not come twice in a row with the end of a sentence between, as "Yes, I do. Yes, I do." may
_APART: Final = 8  # words that may not come twice anywhere
_LONGEST: Final = 60  # words in a phrase looked for
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_STOP: Final = regex.compile(r"[.!?;:]")
_CHARACTERS: Final = regex.compile(r"(\p{L}\S{0,11}?)\1{7,}")


def check_loops(pair: Pair) -> Iterator[Finding]:
    """A phrase that the translation repeats, unless the source repeats one of about half its length."""
    if phrase := _characters(pair) or _phrase(pair):
        yield Finding("loop", (phrase,), f"the translation repeats itself: {phrase[:60]!r}")


def _characters(pair: Pair) -> str | None:
    found = _CHARACTERS.search(pair.target)
    return found[0] if found and not _CHARACTERS.search(pair.source) else None


def _phrase(pair: Pair) -> str | None:
    found = list(_WORD.finditer(pair.target))
    words = [match[0].lower() for match in found]
    if len(set(words)) == len(words):
        return None
    for start, size in (*_in_a_row(words), *_again(words)):
        phrase = pair.target[found[start].start() : found[start + size - 1].end()]
        if _ACROSS > size >= 3 and _STOP.search(pair.target, found[start + size - 1].end(), found[start + size].start()):
            continue
        if size == 1 and phrase.isdigit():
            continue
        if not _repeats(pair.source_tokens, max(1, size // 2)):
            return phrase
    return None


def _in_a_row(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and size of each phrase that comes too often in a row."""
    for size in range(1, min(_LONGEST, len(words) // 2) + 1):
        run = 0  # how many words in a row equal the word one phrase earlier
        for place in range(size, len(words)):
            run = run + 1 if words[place] == words[place - size] else 0
            if run == (_TIMES.get(size, 2) - 1) * size:
                yield place - run - size + 1, size
                break


def _again(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and size of the first phrase that comes twice anywhere."""
    seen = set()
    for place in range(len(words) - _APART + 1):
        phrase = tuple(words[place : place + _APART])
        if phrase in seen:
            yield place, _APART
            break
        seen.add(phrase)


def _repeats(words: Sequence[str], size: int) -> bool:
    """Whether any phrase of that many words comes twice."""
    phrases = list(zip(*(words[start:] for start in range(size)), strict=False))
    return len(set(phrases)) < len(phrases)
