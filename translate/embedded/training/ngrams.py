"""An n-gram language model with interpolated modified Kneser–Ney smoothing (Chen and Goodman 1999), counted with numpy.

Words are numbered below 2^16, so that a 4-gram is one 64-bit key whose order is that of its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from translate.embedded.lm import BITS, END, LIMIT, START, UNKNOWN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Keys = npt.NDArray[np.uint64]
    Floats = npt.NDArray[np.float64]


_FLOOR: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Level:
    """The n-grams of one order: sorted keys, natural logs of probabilities, and of back-off weights."""

    keys: Keys
    logs: Floats
    backoff: Floats


def number_words(sentences: Iterable[Sequence[str]], wanted: Iterable[str] = (), rarest: int = 2) -> list[str]:
    """The vocabulary: markers first, then what is `wanted` or seen `rarest` times, commonest first."""
    counts: Counter[str] = Counter()
    for tokens in sentences:
        counts.update(tokens)
    must = set(wanted)
    ranked = sorted(counts.keys() | must, key=lambda w: (-counts[w], w))
    chosen = [w for w in ranked if w in must or counts[w] >= rarest][: LIMIT - 3]
    return [UNKNOWN, START, END, *chosen]


def train(sentences: Iterable[Sequence[str]], words: list[str], order: int = 4, prune: Sequence[int] = (0, 0, 1, 1)) -> list[Level]:
    """Count and smooth.

    Args:
        sentences: token lists without markers.
        words: the vocabulary, position = number.
        order: the longest n-gram.
        prune: for each order, the highest count that is left out.
    """

    import numpy as np

    raw = _count(sentences, words, order)
    levels: list[Level] = []
    lower: Floats = np.full(len(words), 1.0 / len(words))
    lower_keys: Keys = np.arange(len(words), dtype=np.uint64)
    kept_keys: list[Keys] = []
    kept_logs: list[Floats] = []
    kept_low: list[Floats] = []
    for n in range(1, order + 1):
        keys, counts = raw[n - 1]
        used = counts if n == order else _continuations(raw, n)
        probabilities, low = _smooth(keys, used, lower_keys, lower, n)
        keep = counts > prune[n - 1]
        kept_keys.append(keys[keep])
        kept_logs.append(probabilities[keep])
        kept_low.append(low[keep])
        lower_keys, lower = keys, probabilities
    for n in range(order):
        backoff = (
            _backoff(kept_keys[n], kept_keys[n + 1], kept_logs[n + 1], kept_low[n + 1]) if n + 1 < order else np.ones(len(kept_keys[n]))
        )
        levels.append(Level(kept_keys[n], np.log(np.maximum(kept_logs[n], _FLOOR)), np.log(np.maximum(backoff, 1e-9))))
    return levels


def _count(sentences: Iterable[Sequence[str]], words: list[str], order: int) -> list[tuple[Keys, npt.NDArray[np.int64]]]:
    import numpy as np

    number = {word: i for i, word in enumerate(words)}
    flat: list[int] = []
    for tokens in sentences:
        flat.append(1)
        flat.extend(number.get(token, 0) for token in tokens)
        flat.append(2)
    ids = np.array(flat, dtype=np.uint64)
    starts = ids == 1
    result = []
    key = ids.copy()
    valid = np.ones(len(ids), dtype=bool)
    for n in range(1, order + 1):
        if n > 1:  # the n-gram that ends here, from the one that ended a word before
            previous = key[:-1]
            key = np.concatenate([np.zeros(1, np.uint64), (previous << np.uint64(BITS)) | ids[1:]])
            valid = np.concatenate([[False], valid[:-1] & ~starts[1:]])
        keys, counts = np.unique(key[valid], return_counts=True)
        result.append((keys, counts))
    return result


def _continuations(raw: list[tuple[Keys, npt.NDArray[np.int64]]], n: int) -> npt.NDArray[np.int64]:
    """In how many different words' company an n-gram occurs; the plain count where it opens a sentence."""

    import numpy as np

    keys, counts = raw[n - 1]
    mask = np.uint64((1 << (BITS * n)) - 1)
    tails, seen = np.unique(raw[n][0] & mask, return_counts=True)
    used = counts.copy()
    at = np.searchsorted(keys, tails)
    used[at] = seen
    return used


def _smooth(keys: Keys, counts: npt.NDArray[np.int64], lower_keys: Keys, lower: Floats, n: int) -> tuple[Floats, Floats]:
    import numpy as np

    discounts = _discounts(counts)
    discount = discounts[np.minimum(counts, 3)]
    contexts = keys >> np.uint64(BITS)
    firsts = np.flatnonzero(np.concatenate([[True], contexts[1:] != contexts[:-1]]))
    spans = np.diff(np.append(firsts, len(keys)))
    total = np.repeat(np.add.reduceat(counts, firsts), spans)
    left = np.repeat(np.add.reduceat(discount, firsts), spans) / total
    tails = keys & np.uint64((1 << (BITS * (n - 1))) - 1) if n > 1 else keys
    low = lower[np.searchsorted(lower_keys, tails)] if n > 1 else np.full(len(keys), 1.0 / len(lower))
    return (counts - discount) / total + left * low, low


def _discounts(counts: npt.NDArray[Any]) -> Floats:
    import numpy as np

    n1, n2, n3, n4 = (max(int((counts == i).sum()), 1) for i in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    return np.array([min(max(d, 0.1), i - 0.05) if i else 0.0 for i, d in enumerate(found)])


def _backoff(keys: Keys, longer: Keys, probabilities: Floats, low: Floats) -> Floats:
    import numpy as np

    weight = np.ones(len(keys))
    if len(longer):
        contexts = longer >> np.uint64(BITS)
        firsts = np.flatnonzero(np.concatenate([[True], contexts[1:] != contexts[:-1]]))
        at = np.searchsorted(keys, contexts[firsts])
        weight[at] = (1 - np.add.reduceat(probabilities, firsts)) / np.maximum(1 - np.add.reduceat(low, firsts), 1e-6)
    return np.clip(weight, 1e-6, 50.0)
