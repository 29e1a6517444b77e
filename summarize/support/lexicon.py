"""Which Arabic words an English word may stand for: a small list, enough to find the source of a sentence without numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import regex
import snowballstemmer

_WORD: Final = regex.compile(r"(?<![\p{L}'’-])\p{Ll}{3,}(?![\p{L}-])")


def arabic_stems(text: str) -> dict[str, frozenset[str]]:
    """The words of an English text that the list has, written small, each once, with the stems of their Arabic."""
    stemmer = snowballstemmer.stemmer("english")
    found = {word: _list().get(stemmer.stemWord(word)) for word in dict.fromkeys(_WORD.findall(text))}
    return {word: stems for word, stems in found.items() if stems}


@cache
def _list() -> Mapping[str, frozenset[str]]:
    """English stem → Arabic stems. 2,660 words, aligned in TICO-19 (CC0) and Tatoeba (CC-BY-2.0-FR) by IBM model 1 (Brown et al. 1993)."""
    lines = files(__package__).joinpath("english_arabic.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {english: frozenset(arabic) for english, *arabic in rows}
