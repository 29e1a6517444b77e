"""Beam search over phrase pairs: stacks by words covered, future costs, a distortion limit, lexicalised reordering.

After Koehn, Och and Marcu (2003) and Koehn et al. (2007).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from translate.embedded.lm import END, LanguageModel, Scored
from translate.embedded.options import DISTORTION, LM, Option, Options, Spans
from translate.embedded.source import Word

_LOW: Final = -1e9
_AHEAD: Final = 6  # words beyond the limit to which a phrase may reach when it leaves some uncovered
_HOPE: Final = 1.5  # what a phrase may gain by its neighbours, beyond what it is worth alone
_FULL: Final = 3  # times the beam that a stack may hold before it is cut to the beam


class Hypothesis:
    """A partial translation; a chain of them back to the start is a derivation.

    Attributes:
        score: of it so far; `total` with what is expected to come.
        covered: positions as bits.
        start, end: the last phrase's span.
        state, length: of the language model.
        option: the last phrase; None at the start.
        previous: what it continues.
        more: other ways to the same place, worse ones: score, what was continued, start, phrase.
    """

    __slots__ = ("covered", "end", "length", "more", "option", "previous", "score", "start", "state", "total")

    def __init__(
        self, score: float, total: float, covered: int, start: int, end: int, state: int, length: int, option: Option | None,
        previous: Hypothesis | None,
    ) -> None:  # fmt: skip
        self.score, self.total, self.covered, self.start, self.end = score, total, covered, start, end
        self.state, self.length, self.option, self.previous = state, length, option, previous
        self.more: list[_Way] = []

    def ways(self) -> list[_Way]:
        """All ways to it."""
        own = [] if self.previous is None or self.option is None else [(self.score, self.previous, self.start, self.option)]
        return own + self.more


_Way = tuple[float, Hypothesis, int, Option]


@dataclass(frozen=True, slots=True)
class Piece:
    """A phrase of the result: the span of the source that it stands for and its English."""

    start: int
    end: int
    option: Option


@dataclass(frozen=True, slots=True)
class Search:
    """How wide to search."""

    beam: int = 40
    limit: int = 5
    threshold: float = 4.0


class Decoder:
    """Finds the best English for a tokenised Arabic sentence."""

    def __init__(self, options: Options, lm: LanguageModel, weights: Sequence[float], search: Search | None = None) -> None:
        """Take what makes options, the language model, a weight for each feature, and the search's width."""
        self._options, self._lm, self._weights, self._search = options, lm, weights, search or Search()

    def decode(self, words: Sequence[Word]) -> list[Piece]:
        """The best translation, in English order."""
        return next((pieces for _, pieces in self.ranked(words)), [])

    def ranked(self, words: Sequence[Word]) -> Iterator[tuple[float, list[Piece]]]:
        """Complete translations with their scores, best first; some may read the same."""
        order = count()
        heap: list[tuple[float, int, Hypothesis, _Chain | None]] = []
        spans = self._options.of(words)
        complete = self._complete(spans, self._search.limit) or self._complete(spans, 0)
        for score, hypothesis in complete:
            heapq.heappush(heap, (-score, next(order), hypothesis, None))
        while heap:
            cost, _, at, chain = heapq.heappop(heap)
            if at.previous is None:
                yield -cost, _pieces(chain)
            for score, previous, start, option in at.ways():
                heapq.heappush(heap, (cost + at.score - score, next(order), previous, (Piece(start, at.end, option), chain)))

    def _complete(self, spans: Spans, limit: int) -> list[tuple[float, Hypothesis]]:
        """The translations that the search found, with their scores."""
        chart = _Chart(spans, self._lm, self._weights, self._search, limit)
        end = self._lm.number[END]
        return [(h.score + self._weights[LM] * self._lm.score(h.state, h.length, end)[0], h) for h in chart.filled()]


class _Chart:
    """The stacks of one search."""

    def __init__(self, spans: Spans, lm: LanguageModel, weights: Sequence[float], search: Search, limit: int) -> None:
        self._spans, self._lm, self._search, self._limit = spans, lm, search, limit
        self._lm_weight, self._distortion = weights[LM], weights[DISTORTION]
        n = len(spans)
        self._future = _future(spans, n)
        self._rests: dict[int, float] = {}
        state, length = lm.start()
        self._stacks: list[dict[tuple[int, int, int], Hypothesis]] = [{} for _ in range(n + 1)]
        self._stacks[0][0, 0, state] = Hypothesis(0.0, self._future[0][n], 0, 0, 0, state, length, None, None)
        self._best = [_LOW] * (n + 1)
        self._worst = [_LOW] * (n + 1)

    def filled(self) -> list[Hypothesis]:
        """Search; gives the hypotheses that cover all words."""
        beam, threshold = self._search.beam, self._search.threshold
        for done in range(len(self._spans)):
            ranked = sorted(self._stacks[done].values(), key=lambda h: -h.total)[:beam]
            self._stacks[done] = {}
            for hypothesis in ranked:
                if hypothesis.total < ranked[0].total - threshold:
                    break
                self._expand(hypothesis, done)
        return list(self._stacks[-1].values())

    def _expand(self, h: Hypothesis, done: int) -> None:
        """Continue a hypothesis with every span that may come next."""
        n, covered, limit = len(self._spans), h.covered, self._limit
        first = (~covered & (covered + 1)).bit_length() - 1
        known = self._lm.after(h.state, h.length)
        for start in range(first, min(n, first + limit + 1)):
            jump = abs(start - h.end)
            if covered >> start & 1 or jump > limit:
                continue
            for end, options in self._spans[start]:
                mask = ((1 << (end - start)) - 1) << start
                if covered & mask or (end - first > limit + _AHEAD and start > first):
                    break
                side = 0 if start == h.end else 1 if end == h.start else 2
                after = h.option.weighted[3 + side] if h.option is not None else 0.0
                fixed = h.score - self._distortion * jump + after
                self._add(h, known, (start, end, covered | mask, done + end - start), options, fixed, side)

    def _add(
        self, h: Hypothesis, known: dict[int, Scored], place: tuple[int, int, int, int], options: list[Option], fixed: float, side: int
    ) -> None:
        """Put a hypothesis for every promising option of a span onto its stack."""
        start, end, now, size = place
        rest, stack = self._rest(now), self._stacks[size]
        margin, lm_weight, lm_score = self._search.threshold, self._lm_weight, self._lm.score
        floor = max(self._best[size] - margin, self._worst[size])
        hoped = fixed + rest
        for option in options:
            reached = option.sided[side]
            if hoped + reached + option.inner < floor - _HOPE:
                continue
            state, length, inner = h.state, h.length, 0.0
            if option.numbers:
                word = option.numbers[0]
                found = known.get(word)
                if found is None:
                    found = known[word] = lm_score(state, length, word)
                inner, state, length = found
                for word in option.numbers[1:]:
                    step, state, length = lm_score(state, length, word)
                    inner += step
            score = fixed + reached + lm_weight * inner
            total = score + rest
            if total < floor:
                continue
            old = stack.get((now, end, state))
            if old is not None and old.score >= score:
                old.more.append((score, h, start, option))
                continue
            new = stack[now, end, state] = Hypothesis(score, total, now, start, end, state, length, option, h)
            if old is not None:
                new.more = old.ways()
            if total > self._best[size]:
                self._best[size] = total
                floor = max(total - margin, floor)
            if len(stack) > _FULL * self._search.beam:
                stack = self._thin(size)
                floor = max(floor, self._worst[size])

    def _thin(self, size: int) -> dict[tuple[int, int, int], Hypothesis]:
        """Keep the best of a stack that has grown too large."""
        kept = sorted(self._stacks[size].items(), key=lambda item: -item[1].total)[: self._search.beam]
        self._worst[size] = kept[-1][1].total
        self._stacks[size] = dict(kept)
        return self._stacks[size]

    def _rest(self, covered: int) -> float:
        """What is to be hoped for of all words that are not covered."""
        found = self._rests.get(covered)
        if found is None:
            found = self._rests[covered] = _rest(covered, self._future, len(self._spans))
        return found


_Chain = tuple[Piece, "_Chain | None"]


def _pieces(chain: _Chain | None) -> list[Piece]:
    pieces = []
    while chain is not None:
        pieces.append(chain[0])
        chain = chain[1]
    return pieces


def _future(spans: Spans, n: int) -> list[list[float]]:
    """The best score to be hoped for of every span, by dynamic programming over options and splits."""
    table = [[_LOW] * (n + 1) for _ in range(n + 1)]
    for start, found in enumerate(spans):
        for end, options in found:
            table[start][end] = max(o.base + o.inner for o in options)
    for size in range(2, n + 1):
        for start in range(n - size + 1):
            row = table[start]
            value = row[start + size]
            for cut in range(start + 1, start + size):
                split = row[cut] + table[cut][start + size]
                if split > value:
                    value = split
            row[start + size] = value
    return table


def _rest(covered: int, future: list[list[float]], n: int) -> float:
    total, at = 0.0, 0
    while at < n:
        if covered >> at & 1:
            at += 1
            continue
        start = at
        while at < n and not covered >> at & 1:
            at += 1
        total += future[start][at]
    return total
