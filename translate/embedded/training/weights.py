"""Writes what the translator reads: the phrase table and the language model as compressed numpy archives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from translate.embedded.lm import BACKOFF_LOW, BITS, LOG_STEP
from translate.embedded.table import STEP, key_of
from translate.embedded.training.ngrams import Level
from translate.embedded.training.phrases import Phrase, Scored

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


_UNSEEN: Final = -16.0  # natural log of the probability of a word that the text does not have


def phrase_arrays(scored: Iterable[Scored]) -> dict[str, Any]:
    """The arrays that `translate.embedded.table.PhraseTable` takes."""

    import numpy as np

    groups: dict[Phrase, list[Scored]] = {}
    for pair in scored:
        groups.setdefault(pair.source, []).append(pair)
    ordered = sorted(groups.items(), key=lambda item: key_of(item[0]))
    number: dict[str, int] = {}
    pairs = [pair for _, found in ordered for pair in found]
    targets = [number.setdefault(token, len(number)) for pair in pairs for token in pair.target]
    codes = np.array([(*pair.features, *pair.reordering) for pair in pairs], dtype=np.float64).T
    return {
        "keys": np.array([key_of(source) for source, _ in ordered], dtype=np.uint64),
        "counts": np.array([len(found) for _, found in ordered], dtype=np.uint8),
        "lengths": np.array([len(pair.target) for pair in pairs], dtype=np.uint8),
        "targets": np.array(targets, dtype=np.uint32),
        "codes": np.clip(np.round(-codes / STEP), 0, 255).astype(np.uint8),
        "words": _text(number),
    }


def model_arrays(words: Sequence[str], levels: Sequence[Level]) -> dict[str, Any]:
    """The arrays that `translate.embedded.lm.LanguageModel` takes: n-grams as a trie, by the number of children of each shorter one."""

    import numpy as np

    arrays: dict[str, Any] = {"words": _text(words)}
    levels = [_complete(levels[0], len(words)), *levels[1:]]
    for order, level in enumerate(levels, start=1):
        arrays[f"logs{order}"] = np.clip(np.round(-level.logs / LOG_STEP), 0, 255).astype(np.uint8)
        if order < len(levels):
            arrays[f"backoff{order}"] = np.clip(np.round((level.backoff - BACKOFF_LOW) / LOG_STEP), 0, 255).astype(np.uint8)
        if order > 1:
            contexts = level.keys >> np.uint64(BITS)
            children = np.bincount(np.searchsorted(levels[order - 2].keys, contexts), minlength=len(levels[order - 2].keys))
            arrays[f"children{order}"] = children.astype(np.uint16)
            arrays[f"last{order}"] = (level.keys & np.uint64((1 << BITS) - 1)).astype(np.uint16)
    return arrays


def _complete(level: Level, size: int) -> Level:
    """The single words with those that the text does not have."""

    import numpy as np

    logs, backoff = np.full(size, _UNSEEN), np.zeros(size)
    logs[level.keys.astype(np.int64)], backoff[level.keys.astype(np.int64)] = level.logs, level.backoff
    return Level(np.arange(size, dtype=np.uint64), logs, backoff)


def _text(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def write_arrays(path: Path, arrays: dict[str, Any]) -> None:
    """Write a compressed archive; the same arrays give the same bytes."""

    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)
