"""The phrase table as it ships: arrays in a compressed numpy archive, found by a hash of the source phrase."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from translate.embedded.options import SEEN, Entry

HASH_BITS: Final = 40
STEP: Final = 1 / 16
"""Logarithms are kept as whole negative multiples of this, in a byte."""


def key_of(source: Sequence[str]) -> int:
    """The hash of a source phrase; two among a million share one with a chance of a half."""
    digest = hashlib.blake2b(" ".join(source).encode(), digest_size=HASH_BITS // 8).digest()
    return int.from_bytes(digest, "big")


class PhraseTable:
    """Finds the entries of source phrases.

    Args:
        arrays: `keys` (uint64, sorted: hashes of source phrases), `counts` (uint8: entries of each), `lengths` (uint8: tokens of each
            entry), `targets` (uint32: all entries' tokens, by their place among the words), `codes` (uint8, (`SEEN` + 6) × entries),
            `words` (uint8: UTF-8 text, a word a line).
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        import numpy as np

        self.words = bytes(arrays["words"]).decode("utf-8").split("\n")
        self._keys = memoryview(arrays["keys"])
        self._firsts = np.concatenate([[0], np.cumsum(arrays["counts"], dtype=np.int64)])
        self._starts = np.concatenate([[0], np.cumsum(arrays["lengths"], dtype=np.int64)])
        self._targets, self._codes = arrays["targets"], arrays["codes"]
        self.find = lru_cache(maxsize=1 << 14)(self._find)

    def _find(self, source: tuple[str, ...]) -> Sequence[Entry]:
        key = key_of(source)
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return ()
        return [self._entry(number) for number in range(int(self._firsts[at]), int(self._firsts[at + 1]))]

    def _entry(self, number: int) -> Entry:
        tokens = tuple(self.words[int(t)] for t in self._targets[self._starts[number] : self._starts[number + 1]])
        logs = tuple(-STEP * float(code) for code in self._codes[:, number])
        return Entry(tokens, logs[:SEEN], logs[SEEN:])
