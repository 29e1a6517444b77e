"""How likely an English token is after the two before it: a pruned trigram model with backoff, in a plain dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

START: Final = "<s>"
END: Final = "</s>"
_UNKNOWN: Final = -14.0  # log probability of a token that was never seen


class LanguageModel:
    """A trigram model.

    Args:
        lines: for each n-gram, its tokens joined by blanks, two numbers separated by a tab: a hundred times the log probability of its
            last token and, where longer n-grams begin with it, a hundred times the log weight of shorter histories after it.
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines
        self._cache: dict[tuple[str, str, str], float] = {}

    def score(self, before: str, last: str, token: str) -> float:
        """The log probability of `token` after `before last`."""
        key = (before, last, token)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._score(before, last, token)
        return found

    def _score(self, before: str, last: str, token: str) -> float:
        lines = self._lines
        total = 0.0
        for history, gram in ((f"{before} {last}", f"{before} {last} {token}"), (last, f"{last} {token}")):
            if line := lines.get(gram):
                return total + int(line.partition("\t")[0]) / 100
            if line := lines.get(history):
                total += int(line.partition("\t")[2] or 0) / 100
        line = lines.get(token) or lines.get(token.lower())
        return total + (int(line.partition("\t")[0]) / 100 if line else _UNKNOWN)
