"""Aligns the words of sentence pairs: IBM model 2 with a preference for the diagonal, in both directions, then made one.

The model is that of fast_align (Dyer, Chahuneau and Smith 2013, "A simple, fast, and effective reparameterization of IBM model 2"), with
their variational Bayes; a dictionary can be given as pseudo-counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Floats = NDArray[np.float64]

_NULL_SHARE: Final = 0.08
_TENSION: Final = 4.0
_ALPHA: Final = 0.01
_ROUNDS: Final = 5

Points = frozenset[tuple[int, int]]
"""Places in source and target that are aligned."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every pairing of a target word with a source word (or with none) in every sentence, as flat arrays.

    `types` numbers the kinds of pair (source id, target id), `slots` the target words; `source_of` gives each kind's source id.
    """

    types: Ids
    slots: Ids
    place: Floats
    source_of: Ids
    keys: Ids


def translation_table(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], *, prior: Mapping[tuple[int, int], float] | None = None
) -> dict[tuple[int, int], float]:
    """The probability of each target id for each source id that it shares a sentence with; source id 0 stands for no word.

    Args:
        sources: sentences as ids, from 1.
        targets: their translations as ids, from 1.
        prior: pseudo-counts of (source, target) that a dictionary suggests.
    """
    cells, table, _ = _train(sources, targets, prior or {})
    width = _width(targets)
    return {(int(key // width), int(key % width)): float(p) for key, p in zip(cells.keys, table, strict=True) if p > 1e-4}


def align(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], *, prior: Mapping[tuple[int, int], float] | None = None
) -> list[Points]:
    """Symmetric word alignments (grow-diag-final-and) of sentence pairs; see `translation_table` for the arguments."""
    backwards = {(target, source): count for (source, target), count in (prior or {}).items()}
    there = _best_links(sources, targets, prior or {})
    back = _best_links(targets, sources, backwards)
    return [_symmetric(forth, frozenset((s, t) for t, s in other)) for forth, other in zip(there, back, strict=True)]


def _width(targets: Sequence[Sequence[int]]) -> int:
    return 1 + max(max(target, default=0) for target in targets)


def _cells(sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> _Cells:
    import numpy as np

    width = _width(targets)
    keys, slots, places = [], [], []
    first = 0
    for source, target in zip(sources, targets, strict=True):
        s, t = np.array([0, *source], dtype=np.int64), np.array(target, dtype=np.int64)
        keys.append((s[:, None] * width + t[None, :]).ravel())
        slots.append(np.broadcast_to(np.arange(first, first + len(t)), (len(s), len(t))).ravel())
        first += len(t)
        near = np.exp(
            -_TENSION * np.abs((np.arange(len(source)) + 0.5)[:, None] / len(source) - (np.arange(len(t)) + 0.5)[None, :] / len(t))
        )
        near *= (1 - _NULL_SHARE) / near.sum(axis=0, keepdims=True)
        places.append(np.vstack([np.full((1, len(t)), _NULL_SHARE), near]).ravel())
    kinds, types = np.unique(np.concatenate(keys), return_inverse=True)
    return _Cells(types.astype(np.int64), np.concatenate(slots), np.concatenate(places), kinds // width, kinds)


def _train(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], prior: Mapping[tuple[int, int], float]
) -> tuple[_Cells, Floats, Floats]:
    import numpy as np

    cells = _cells(sources, targets)
    width = _width(targets)
    given = np.array([prior.get((int(key // width), int(key % width)), 0.0) for key in cells.keys]) if prior else np.zeros(len(cells.keys))
    table = np.ones(len(cells.keys))
    share = cells.place
    for turn in range(_ROUNDS + 1):
        weight = table[cells.types] * cells.place
        share = weight / np.bincount(cells.slots, weight)[cells.slots]
        if turn == _ROUNDS:
            break
        counts: Floats = np.bincount(cells.types, share, minlength=len(cells.keys)).astype(np.float64) + given + _ALPHA
        totals: Floats = np.bincount(cells.source_of, counts).astype(np.float64)
        table = np.exp(_digamma(counts) - _digamma(totals)[cells.source_of])
    return cells, table, share


def _best_links(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], prior: Mapping[tuple[int, int], float]
) -> list[frozenset[tuple[int, int]]]:
    _, _, share = _train(sources, targets, prior)
    links, start = [], 0
    for source, target in zip(sources, targets, strict=True):
        size = (1 + len(source)) * len(target)
        best = share[start : start + size].reshape(1 + len(source), len(target)).argmax(axis=0)
        links.append(frozenset((int(s) - 1, t) for t, s in enumerate(best) if s))
        start += size
    return links


def _digamma(x: Floats) -> Floats:
    """By its asymptotic series, after a shift of 6 (numpy has none)."""
    import numpy as np

    x = np.maximum(x, 1e-3)  # ids that stand in no sentence
    shift = sum((1 / (x + k) for k in range(6)), np.zeros_like(x))
    y = x + 6
    return np.log(y) - 1 / (2 * y) - 1 / (12 * y**2) + 1 / (120 * y**4) - shift


def _symmetric(forth: Points, back: Points) -> Points:
    """Grow-diag-final-and (Koehn, Och and Marcu 2003)."""
    points, union = set(forth & back), forth | back
    sources, targets = {s for s, _ in points}, {t for _, t in points}
    grown = True
    while grown:
        grown = False
        for s, t in sorted(union - points):
            near = any((s + i, t + j) in points for i in (-1, 0, 1) for j in (-1, 0, 1))
            if near and (s not in sources or t not in targets):
                points.add((s, t))
                sources.add(s)
                targets.add(t)
                grown = True
    for s, t in sorted(union - points):
        if s not in sources and t not in targets:
            points.add((s, t))
            sources.add(s)
            targets.add(t)
    return frozenset(points)
