"""Learns how names are spelled: which Latin letters stand for which Arabic letter, and in what company."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from translate.lexicon.transliterate import AFTER, BEFORE

_MOST: Final = 3  # Latin letters for one Arabic letter
_ROUNDS: Final = 6
_SMALL: Final = 1e-6

Model = dict[str, dict[str, float]]


def learn_spelling(names: Iterable[tuple[str, str]], *, fewest: int = 2) -> dict[str, int]:
    """Count runs of letter pairs, as `Transliterator` takes them.

    Args:
        names: folded Arabic words and the same names in Latin letters.
        fewest: how often a run of two or three pairs must be seen to be kept.
    """
    pairs = [(arabic, latin.lower()) for arabic, latin in names if _plausible(arabic, latin)]
    model = _expectation_maximisation(pairs)
    counts: Counter[str] = Counter()
    for arabic, latin in pairs:
        cut = _best_cut(arabic, latin, model)
        if cut is None:
            continue
        line = [f"{BEFORE}:", f"{BEFORE}:", *(f"{a}:{b}" for a, b in zip(arabic, cut, strict=True)), f"{AFTER}:"]
        counts.update(line[1:])
        counts.update(" ".join(gram) for gram in pairwise(line))
        counts.update(" ".join(gram) for gram in zip(line, line[1:], line[2:], strict=False))
    return {gram: count for gram, count in counts.items() if count >= fewest or gram.count(" ") == 0}


def _plausible(arabic: str, latin: str) -> bool:
    if latin.startswith("mc"):  # ماك is Mac in any name that is not Scottish
        return False
    return len(arabic) > 2 and latin.isascii() and latin.isalpha() and len(latin) <= 2.5 * len(arabic) and len(arabic) <= 2 * len(latin)


def _expectation_maximisation(pairs: Sequence[tuple[str, str]]) -> Model:
    model: Model = {}
    for _ in range(_ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for arabic, latin in pairs:
            for letter, chunk, share in _shares(arabic, latin, model):
                counts[letter][chunk] += share
        model = {
            letter: {chunk: count / sum(chunks.values()) for chunk, count in chunks.items() if count > 0.5}
            for letter, chunks in counts.items()
        }
    return model


def _probability(model: Model, letter: str, chunk: str) -> float:
    """Before the first round longer chunks are less likely, and nothing less likely still."""
    if not model:
        return (0.05, 0.5, 0.15, 0.03)[len(chunk)]
    return model.get(letter, {}).get(chunk, _SMALL)


def _shares(arabic: str, latin: str, model: Model) -> Iterator[tuple[str, str, float]]:
    """Forward-backward over all cuts of a name."""
    rows, width = len(arabic), len(latin) + 1
    ahead = [[0.0] * width for _ in range(rows + 1)]
    ahead[0][0] = 1.0
    for i, letter in enumerate(arabic):
        for j in range(width):
            if ahead[i][j]:
                for k in range(j, min(j + _MOST, width - 1) + 1):
                    ahead[i + 1][k] += ahead[i][j] * _probability(model, letter, latin[j:k])
    behind = [[0.0] * width for _ in range(rows + 1)]
    behind[rows][width - 1] = 1.0
    for i in range(rows - 1, -1, -1):
        for j in range(width):
            for k in range(j, min(j + _MOST, width - 1) + 1):
                behind[i][j] += behind[i + 1][k] * _probability(model, arabic[i], latin[j:k])
    total = ahead[rows][width - 1]
    if total:
        for i, letter in enumerate(arabic):
            for j in range(width):
                for k in range(j, min(j + _MOST, width - 1) + 1):
                    share = ahead[i][j] * _probability(model, letter, latin[j:k]) * behind[i + 1][k] / total
                    if share > _SMALL:
                        yield letter, latin[j:k], share


def _best_cut(arabic: str, latin: str, model: Model) -> list[str] | None:
    """The likeliest cut of a Latin name into chunks, one for each Arabic letter."""
    best: list[dict[int, tuple[float, int]]] = [{0: (1.0, 0)}]
    for letter in arabic:
        column: dict[int, tuple[float, int]] = {}
        for j, (score, _) in best[-1].items():
            for k in range(j, min(j + _MOST, len(latin)) + 1):
                value = score * _probability(model, letter, latin[j:k])
                if value > column.get(k, (0.0, 0))[0]:
                    column[k] = (value, j)
        best.append(column)
    if len(latin) not in best[-1] or best[-1][len(latin)][0] < _SMALL**2:
        return None
    cut, end = [], len(latin)
    for column in reversed(best[1:]):
        start = column[end][1]
        cut.append(latin[start:end])
        end = start
    return cut[::-1]
