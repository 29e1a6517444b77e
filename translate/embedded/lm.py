"""The English n-gram language model as the decoder asks it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, Final

BITS: Final = 16
LIMIT: Final = 1 << BITS
"""Words are numbered below this, so that four of them are one 64-bit key whose order is that of the words."""
UNKNOWN: Final = "<unk>"
START: Final = "<s>"
END: Final = "</s>"
LOG_STEP: Final = 1 / 12
BACKOFF_LOW: Final = -14.0
"""Logarithms are whole multiples of a step in a byte: probabilities below 0, back-off weights above this."""
_NONE: Final = round(-BACKOFF_LOW / LOG_STEP)  # the byte of a back-off weight of 1
_MOST_CACHED: Final = 1_000_000

Scored = tuple[float, int, int]
"""A natural log of a probability, the state after the word, and the state's length."""
_Context = tuple[int, int, int, float]
"""A context's length, where the words that follow it begin and end among all of its level, and its back-off weight."""


class LanguageModel:
    """Natural logs of probabilities of words after up to three others, by look-up in sorted arrays; what was asked is kept.

    A state is the packed numbers of the last words that can matter, and how many these are.

    Args:
        arrays: `words` (uint8: UTF-8 text, a word a line); for each order n `logsN` (uint8) and, but for the longest, `backoffN` (uint8),
            a byte for each n-gram in their sorted order; for n above 1 `lastN` (uint16: its last word) and `childrenN` (uint16: how many
            n-grams each shorter one begins).
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        import numpy as np

        def view(values: Any) -> Any:
            plain: Any = np.ascontiguousarray(values)
            return memoryview(plain)

        self.words = bytes(arrays["words"]).decode("utf-8").split("\n")
        self.number = {word: i for i, word in enumerate(self.words)}
        keys = np.arange(len(self.words), dtype=np.uint64)
        self._keys, self._last, self._first = [view(keys)], [view(keys)], [view(np.zeros(1, np.int64))]
        self._logs = [view(arrays["logs1"])]
        self._backoff = [view(arrays["backoff1"])] if "backoff1" in arrays else []
        self.order = 1
        while f"logs{self.order + 1}" in arrays:
            self.order += 1
            last, children = arrays[f"last{self.order}"], arrays[f"children{self.order}"]
            keys = (np.repeat(keys, children) << np.uint64(BITS)) | last.astype(np.uint64)
            self._keys.append(view(keys))
            self._last.append(view(last))
            self._first.append(view(np.concatenate([[0], np.cumsum(children, dtype=np.int64)])))
            self._logs.append(view(arrays[f"logs{self.order}"]))
            if f"backoff{self.order}" in arrays:
                self._backoff.append(view(arrays[f"backoff{self.order}"]))
        self._cache: dict[tuple[int, int], dict[int, Scored]] = {}
        self._contexts: dict[tuple[int, int], list[_Context]] = {}
        self._cached = 0

    def after(self, state: int, length: int) -> dict[int, Scored]:
        """What is known already of the words after a state; see `score`."""
        return self._cache.setdefault((state, length), {})

    def score(self, state: int, length: int, word: int) -> Scored:
        """Natural log of p(word | state), and the state after it with its length."""
        words = self._cache.get((state, length))
        if words is None:
            words = self._cache[state, length] = {}
        known = words.get(word)
        if known is None:
            known = words[word] = self._look_up(state, length, word)
            self._cached += 1
        return known

    def forget(self) -> None:
        """Make room, if much was asked: between sentences."""
        if self._cached > _MOST_CACHED:
            self._cache.clear()
            self._contexts.clear()
            self._cached = 0

    def _look_up(self, state: int, length: int, word: int) -> Scored:
        weight = 0.0
        contexts = self._contexts.get((state, length))
        if contexts is None:
            contexts = self._contexts[state, length] = self._contexts_of(state, length)
        for size, low, high, backoff in contexts:
            last = self._last[size]
            at = bisect_left(last, word, low, high)
            if at < high and last[at] == word:
                weight -= LOG_STEP * self._logs[size][at]
                return weight, *self._shortened(state << BITS | word, size + 1)
            weight += backoff
        return weight - LOG_STEP * self._logs[0][word], *self._shortened(word, 1)

    def _contexts_of(self, state: int, length: int) -> list[_Context]:
        """The last words of a state, the longest run first, as far as anything is known after them."""
        found = []
        for size in range(length, 0, -1):
            at = self._find(size - 1, state & ((1 << (BITS * size)) - 1))
            if at >= 0:
                first, backoff = self._first[size], BACKOFF_LOW + LOG_STEP * self._backoff[size - 1][at]
                found.append((size, first[at], first[at + 1], backoff))
        return found

    def _shortened(self, key: int, length: int) -> tuple[int, int]:
        """The longest end of a run of words that makes a difference for what follows."""
        length = min(length, self.order - 1)
        while length:
            key &= (1 << (BITS * length)) - 1
            at = self._find(length - 1, key)
            if at >= 0:
                first = self._first[length]
                if first[at] < first[at + 1] or self._backoff[length - 1][at] != _NONE:
                    break
            length -= 1
        return (key, length) if length else (0, 0)

    def _find(self, level: int, key: int) -> int:
        if level == 0:
            return key
        keys = self._keys[level]
        at = bisect_left(keys, key)
        return at if at < len(keys) and keys[at] == key else -1

    def start(self) -> tuple[int, int]:
        """State and its length at the start of a sentence."""
        return self.number[START], 1

    def score_sentence(self, tokens: Sequence[str]) -> float:
        """Natural log of a whole sentence's probability, its end included."""
        state, length = self.start()
        total = 0.0
        for token in [*tokens, END]:
            weight, state, length = self.score(state, length, self.number.get(token, 0))
            total += weight
        return total
