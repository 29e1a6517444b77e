"""Spells Arabic names in Latin letters, as the pairs of names that it learned from do: each letter becomes none to three letters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

BEFORE: Final = "^"
AFTER: Final = "$"
_BEAM: Final = 30
_BACKOFF: Final = math.log(0.3)
_NEVER: Final = -12.0
_FALLBACK: Final = dict(
    zip(
        "ءابتثجحخدذرزسشصضطظعغفقكلمنهويةپچڤگ",
        " a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w i a p ch v g".split(" "),
        strict=True,
    )
)


class Transliterator:
    """A model of order 3 over pairs of an Arabic letter and the Latin letters it becomes, with stupid backoff (Brants et al. 2007).

    Args:
        counts: how often each run of one to three pairs was seen, as `letter:latin` joined by blanks.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._latin: dict[str, list[str]] = {}
        for gram, count in counts.items():
            letter, colon, latin = gram.partition(":")
            if colon and " " not in gram and count > 1:
                self._latin.setdefault(letter, []).append(latin)
        self._total = sum(count for gram, count in counts.items() if " " not in gram)

    def spell(self, word: str) -> str:
        """A name's likeliest spelling, with a capital.

        Args:
            word: a folded Arabic word; any sign that is no letter is passed on.
        """
        first, last = f"{BEFORE}:", f"{AFTER}:"
        paths: list[tuple[float, tuple[str, str], str]] = [(0.0, (first, first), "")]
        for letter in word:
            grown = [
                (score + self._score(state, pair), (state[1], pair), text + latin)
                for score, state, text in paths
                for latin in self._latin.get(letter, (_FALLBACK.get(letter, letter),))
                for pair in (f"{letter}:{latin}",)
            ]
            paths = sorted(grown, reverse=True)[:_BEAM]
        _, _, best = max((score + self._score(state, last), state, text) for score, state, text in paths)
        return best[:1].upper() + best[1:]

    def _score(self, state: tuple[str, str], pair: str) -> float:
        counts = self._counts
        long = f"{state[0]} {state[1]}"
        if count := counts.get(f"{long} {pair}"):
            return math.log(count / counts[long])
        if count := counts.get(f"{state[1]} {pair}"):
            return _BACKOFF + math.log(count / counts[state[1]])
        count = counts.get(pair, 0)
        return 2 * _BACKOFF + (math.log(count / self._total) if count else _NEVER)
