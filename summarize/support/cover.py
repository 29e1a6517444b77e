"""The few source sentences that together have most of what a sentence says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 3
"""Source sentences of one summary sentence. Of professional summaries few sentences draw on more."""


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that a sentence says (a word, a number, a name), and the indices of the source sentences that have it."""

    text: str
    places: frozenset[int]


def cover(facets: Sequence[Facet], body: int) -> tuple[list[int], float]:
    """The source sentences that have most of the facets, ascending, and the share of the facets that they (or a heading) have.

    Greedy: the sentence with most of them first, then what adds most, as long as it adds more than one facet in ten.

    Args:
        facets: what is to be supported.
        body: how many source sentences there are; a place from there on is a heading, which supports but is no source.
    """
    if not facets:
        return [], 0.0
    chosen: list[int] = []
    left = [facet.places for facet in facets]
    while len(chosen) < MOST:
        gains = Counter(place for places in left for place in places if place < body)
        best = min(gains, key=lambda place: (-gains[place], place), default=None)
        if best is None or (chosen and gains[best] * 10 <= len(facets)):
            break
        chosen.append(best)
        left = [places for places in left if best not in places]
    score = sum(any(place >= body or place in chosen for place in facet.places) for facet in facets) / len(facets)
    return sorted(chosen), score
