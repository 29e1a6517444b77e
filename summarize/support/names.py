"""Which words of an Arabic sentence are names: Arabic has no capitals, so by lists, by what stands before them, and by being rare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import regex

from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.checks.gazetteer import arabic_places
from translate.checks.particles import bare_forms

_LATIN: Final = regex.compile(r"\p{Latin}{2,}")


def names_among(text: str, known: Callable[[str], bool]) -> Iterator[str]:
    """The names of a text that are not known, in order and each once."""
    found = dict.fromkeys(word for word in words(text) if not known(word) and is_name(word))
    yield from found


def is_name(word: str) -> bool:
    """Whether a word, by itself, is a name."""
    folded = normalize(word, FOLD)
    if folded in STOP_WORDS or folded[:1].isdigit():
        return False
    return bool(_LATIN.match(word)) or any(form in arabic_places() for form in bare_forms(folded)) or stem(word) not in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("common_stems.txt").read_text(encoding="utf-8").split())
