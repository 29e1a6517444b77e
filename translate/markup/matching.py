"""Phrases found in a translated sentence: the places that look like a phrase's own translation, and the best ones of several phrases."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from translate.arabic.words import words

_UNIT = re.compile(r"\S+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_LEAST_LIKE = 0.5
"""From which likeness on (0 to 1, see `_alike`) a place is taken for the phrase's."""
_DISTANCE_COST = 0.3
"""What it costs a place to be a whole sentence away from where the phrase is expected: decides among equal ones."""
_MOST_PLACES = 8  # of one phrase


class Line:
    """A translated sentence in units: words with the punctuation that hangs on them.

    Args:
        text: its words, with one blank between them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.units = [found.span() for found in _UNIT.finditer(text)]
        self.keys = [[_key(word) for word in words(text[start:end])] for start, end in self.units]
        self._edges = [0, *(end for _, end in self.units)]

    def start_of(self, unit: int) -> int:
        """Where a unit begins; the end of the text after the last."""
        return self.units[unit][0] if unit < len(self.units) else len(self.text)

    def end_of(self, unit: int) -> int:
        """Where a unit ends; the beginning of the text before the first."""
        return self.units[unit][1] if unit >= 0 else 0

    def unit_at(self, place: int) -> int:
        """The unit that a character belongs to."""
        return bisect_right(self.units, (place, len(self.text))) - 1

    def nearest(self, share: float, low: int, high: int) -> int:
        """The unit that begins nearest to where this share of the characters of the units `low` to `high` ends."""
        place = self._edges[low] + share * (self._edges[high] - self._edges[low])
        after = bisect_left(self._edges, place)
        closer_before = after > 0 and place - self._edges[after - 1] < self._edges[min(after, high)] - place
        return after - closer_before


@dataclass(frozen=True, slots=True)
class Match:
    """A place for a phrase: units `start` to `end`, how good it is, for a literal its exact characters."""

    start: int
    end: int
    score: float
    exact: tuple[int, int] | None = None


def find_literal(text: str, line: Line, expected: float) -> list[Match]:
    """The places where a text stands in the line as it is, but for its case; `expected` is about where: 0 begin, 1 end."""
    pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
    found = (found.span() for found in pattern.finditer(line.text))
    units = ((line.unit_at(start), line.unit_at(end - 1) + 1, (start, end)) for start, end in found)
    return _best([Match(start, end, 1 - _distance(line, start, end, expected), exact) for start, end, exact in units])


def find_phrase(phrase: str, line: Line, expected: float) -> list[Match]:
    """The places in the line that are like a phrase; `expected` is about where: 0 begin, 1 end."""
    return _best([Match(start, end, like - _distance(line, start, end, expected)) for start, end, like in _alike(phrase, line)])


def _distance(line: Line, start: int, end: int, expected: float) -> float:
    return _DISTANCE_COST * abs((start + end) / 2 / len(line.units) - expected)


def _best(matches: list[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: -match.score)[:_MOST_PLACES]


def _alike(phrase: str, line: Line) -> Iterator[tuple[int, int, float]]:
    """Units `start` to `end` of the line that are like the phrase, and how much: F1 of their words' stems, weighted by length.

    Long words weigh more, so that names count and articles do not.
    """
    wanted = Counter(_key(word) for word in words(phrase))
    weight, longest = sum(len(key) * times for key, times in wanted.items()), 2 * wanted.total() + 2
    for start, first in enumerate(line.keys):
        if wanted.keys().isdisjoint(first):
            continue
        left, matched, seen, best, stop = wanted.copy(), 0, 0, 0.0, start
        for end, keys in enumerate(line.keys[start : start + longest], start + 1):
            for key in keys:
                seen += len(key)
                if left[key] > 0:
                    left[key] -= 1
                    matched += len(key)
            if (like := 2 * matched / (weight + seen)) > best:
                best, stop = like, end
        if best >= _LEAST_LIKE:
            yield start, stop, best


@lru_cache(maxsize=1 << 15)
def _key(word: str) -> str:
    """An English word's stem, by which its forms are the same; so are 12,5 and 12.5."""
    if _DECIMAL_COMMA.fullmatch(word):
        return word.replace(",", ".")
    return str(snowballstemmer.stemmer("english").stemWord(word.casefold()))


@dataclass(frozen=True, slots=True)
class _Chain:
    """Matches linked from the last to the first, each with the number of its phrase, and the sum of their scores."""

    score: float
    number: int = -1
    match: Match | None = None
    before: _Chain | None = None


def best_chain(found: Sequence[Sequence[Match]], needs_unit: Sequence[bool], units: int) -> dict[int, Match]:
    """For each phrase at most one of its matches, in the phrases' order and apart: those of the highest score together.

    Args:
        found: each phrase's matches.
        needs_unit: whether a phrase that gets no match must have a unit left for it; not regarded where there are too few.
        units: how many units the line has.

    Returns:
        The matches by the phrases' numbers.
    """
    roomy = sum(needs_unit) <= units
    best = [_Chain(0.0)] * (units + 1)  # of the chains within the first so many units
    for number, (matches, needs) in enumerate(zip(found, needs_unit, strict=True)):
        following = [_Chain(-math.inf), *best[:-1]] if needs and roomy else list(best)
        for match in matches:
            before = best[match.start]
            chain = _Chain(before.score + match.score, number, match, before)
            for end in range(match.end, units + 1):
                if following[end].score >= chain.score:
                    break
                following[end] = chain
        best = following
    chosen, chain = dict[int, Match](), best[-1]
    while chain.match and chain.before:
        chosen[chain.number] = chain.match
        chain = chain.before
    return chosen
