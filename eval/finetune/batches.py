"""Batches by a budget of tokens in an order that the seed decides, and that can be gone on with from any place."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.runtime.batching import token_batches

_POOL = 64
"""Batches' worth of pairs that are sorted by length together: little padding, and other neighbours in each epoch."""


@dataclass(frozen=True, slots=True)
class Place:
    """The next batch: its epoch, and how many of the epoch's batches come before it."""

    epoch: int = 0
    batch: int = 0


class Batches:
    """An endless stream of batches over the same pairs, another order in each epoch.

    Args:
        lengths: source and target tokens of each pair.
        budget: tokens of a batch, padding included.
        seed: the same seed gives the same batches.
    """

    def __init__(self, lengths: Sequence[int], *, budget: int, seed: int) -> None:
        self._lengths, self._budget, self._seed = lengths, budget, seed
        typical = sum(lengths) / len(lengths)
        self._pool = max(1, round(_POOL * budget / typical))

    def epoch(self, number: int) -> list[list[int]]:
        """All batches of one epoch: every pair's index exactly once."""
        shuffler = random.Random(f"{self._seed}/{number}")
        order = list(range(len(self._lengths)))
        shuffler.shuffle(order)
        batches = []
        for start in range(0, len(order), self._pool):
            pool = order[start : start + self._pool]
            groups = token_batches([self._lengths[index] for index in pool], budget=self._budget)
            batches += [[pool[place] for place in group] for group in groups]
        shuffler.shuffle(batches)
        return batches

    def stream(self, place: Place) -> Iterator[tuple[list[int], Place]]:
        """Batches from a place on, without end, each with the place after it."""
        epoch = place.epoch
        start = place.batch
        while True:
            batches = self.epoch(epoch)
            for number in range(start, len(batches)):
                last = number + 1 == len(batches)
                yield batches[number], Place(epoch + 1, 0) if last else Place(epoch, number + 1)
            epoch, start = epoch + 1, 0
