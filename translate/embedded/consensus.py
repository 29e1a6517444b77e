"""Chooses among likely translations the one that is most like all of them: wording that many share is seldom wrong.

Minimum Bayes risk with chrF (Popović 2015) against expected counts of character n-grams, as DeNero, Chiang and Knight (2009) do it with
BLEU: every translation is compared once, not with every other one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

_ORDER: Final = 6
_RECALL: Final = 4.0  # chrF2 counts recall four times as much


def by_consensus(texts: Sequence[str], scores: Sequence[float], *, sharpness: float = 1.0) -> list[str]:
    """The texts, the one first that is most like what is likely.

    Args:
        texts: different translations of one sentence.
        scores: of each, the model's.
        sharpness: what scores are multiplied with to be logarithms of probabilities.
    """
    top = max(scores, default=0.0)
    weights = [math.exp(sharpness * (score - top)) for score in scores]
    whole = sum(weights)
    grams = [_grams(text) for text in texts]
    expected: list[Counter[str]] = [Counter() for _ in range(_ORDER)]
    for weight, orders in zip(weights, grams, strict=True):
        for sums, counts in zip(expected, orders, strict=True):
            for gram, count in counts.items():
                sums[gram] += weight / whole * count  # type: ignore[assignment]
    sizes = [sum(counts.values()) for counts in expected]
    gains = [sum(map(_likeness, orders, expected, sizes)) for orders in grams]
    return [texts[place] for place in sorted(range(len(texts)), key=lambda place: (-gains[place], place))]


def _grams(text: str) -> list[Counter[str]]:
    letters = "".join(text.split())
    return [Counter(letters[place : place + size] for place in range(len(letters) - size + 1)) for size in range(1, _ORDER + 1)]


def _likeness(counts: Counter[str], expected: Counter[str], size: float) -> float:
    shared = sum(min(count, expected[gram]) for gram, count in counts.items())
    if not shared:
        return 0.0
    precision, recall = shared / sum(counts.values()), shared / size
    return (1 + _RECALL) * precision * recall / (_RECALL * precision + recall)
