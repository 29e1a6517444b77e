"""Whether a Latin word can be a spelling of an Arabic one: both reduced to classes of consonants and compared."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ARABIC: Final = dict(zip("بپتطثجچحخدضذرزظسصشغفڤقكلمنهوي", "bbttsjjhkdddrzzsssgffkklmnhwy", strict=True))
_LATIN: Final = dict(zip("bptsckqjghdrzfvlmnwy", "bbtskkkjghdrzfflmnwy", strict=True)) | {"x": "ks"}
_GROUPS: Final = (
    ("sch", "s"),
    ("tch", "j"),
    ("sh", "s"),
    ("ch", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("ck", "k"),
)
_NEAR: Final = frozenset(map(frozenset, ("sz", "gj", "gk", "jk", "js", "st", "td", "dz", "hk", "zj", "gh", "ks", "bf", "fw")))
_WEAK: Final = frozenset("wyh")


@lru_cache(maxsize=100_000)
def sounds_like(arabic: str, latin: str) -> float:
    """How alike two words sound: 1 for the same consonants, 0 for none in common."""
    left, right = skeleton(arabic), skeleton(latin.lower())
    if not left or not right:
        return 0.0
    best = max(1 - _distance(left, right) / max(_weight(left), _weight(right)), 0.0)
    if arabic.startswith("ال"):
        best = max(best, sounds_like(arabic[2:], latin))
    return best


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Classes of the consonants of a word in either script."""
    if word and "\u0621" <= word[0] <= "\u06d2":
        return "".join(_ARABIC.get(letter, "") for letter in word)
    for group, by in _GROUPS:
        word = word.replace(group, by)
    return "".join(_LATIN.get(letter, "") for letter in word)


def _weight(classes: str) -> float:
    return sum(0.3 if c in _WEAK else 1.0 for c in classes) or 0.3


def _distance(left: str, right: str) -> float:
    row = [0.0]
    for letter in right:
        row.append(row[-1] + (0.3 if letter in _WEAK else 1.0))
    for a in left:
        cost = 0.3 if a in _WEAK else 1.0
        previous, row = row, [row[0] + cost]
        for j, b in enumerate(right, start=1):
            same = 0.0 if a == b else 0.4 if frozenset((a, b)) in _NEAR else 1.0
            row.append(min(previous[j - 1] + same, previous[j] + cost, row[-1] + (0.3 if b in _WEAK else 1.0)))
    return row[-1]
