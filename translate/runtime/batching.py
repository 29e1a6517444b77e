"""Batches by a budget of tokens, longest first, and the results put back into the order of the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def token_batches(lengths: Sequence[int], *, budget: int, size: int | None = None) -> list[list[int]]:
    """Group items so that no batch, padded to its longest item, has more than `budget` tokens.

    The longest come first: neighbours are of like length, so little is padding, and if memory is short that shows at once.
    An item longer than the budget is a batch of its own.

    Args:
        lengths: tokens of each item.
        budget: tokens of a batch, padding included.
        size: items of a batch at most.

    Returns:
        Indices into `lengths`, every index exactly once.
    """
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batches and len(batches[-1]) != size and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def in_order(pairs: Iterable[tuple[int, Item]], *, count: int) -> list[Item]:
    """Results in the order of their indices, sure that each of `count` indices has exactly one."""
    pairs = list(pairs)
    results = dict(pairs)
    assert len(pairs) == count and results.keys() == set(range(count)), f"{len(pairs)} results for {count} inputs"
    return [results[index] for index in range(count)]
