"""Keeps dev and test sentences out of what is learned from: whole, and in part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import regex

from translate.arabic.normalize import normalize

OVERLAP: Final = 7
"""Words in a row that a text may not share with a held-out sentence."""

_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_STEPS: Final = ("controls", "presentation_forms", "diacritics", "tatweel", "alef", "digits")


class HeldOut:
    """Sentences that must not be learned from, in either language.

    Args:
        files: UTF-8 text, a sentence a line.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._sentences: set[str] = set()
        self._runs: set[str] = set()
        for path in files:
            for line in path.read_text(encoding="utf-8").splitlines():
                words = _words(line)
                if words:
                    self._sentences.add(" ".join(words))
                    self._runs.update(_runs(words))

    def has(self, text: str) -> bool:
        """Whether a text is a held-out sentence but for case, punctuation and spelling, or shares `OVERLAP` words in a row with one."""
        words = _words(text)
        return " ".join(words) in self._sentences or not self._runs.isdisjoint(_runs(words))


def _words(text: str) -> list[str]:
    return _WORD.findall(normalize(text, _STEPS).lower())


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(words[start : start + OVERLAP]) for start in range(len(words) - OVERLAP + 1))
