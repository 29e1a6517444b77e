"""What an Arabic sentence says, in words, numbers and names that another Arabic text can be searched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from summarize.support.names import names_among
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.checks.dates import arabic_months
from translate.checks.numbers import unexplained, values_of
from translate.checks.particles import bare_forms
from translate.checks.quantities import arabic_numbers

_TOKEN: Final = regex.compile(r"\d+(?:[.,]\d+)*|[\p{L}\p{M}]+")
_WEAK: Final = str.maketrans("", "", "اويىهةءؤئآأإ")
_AUGMENTS: Final = regex.compile("^(?:ست|م|ت|ن|س)|[تن]$")
_ROOT: Final = 3  # consonants


@dataclass(frozen=True, slots=True)
class Word:
    """A content word as written, and the keys by which it is found in another form: its stem, bare forms and consonants."""

    text: str
    keys: frozenset[str]

    def supporters(self, facts: Sequence[Facts]) -> frozenset[int]:
        """The indices of the texts that have it."""
        return frozenset(index for index, each in enumerate(facts) if not each.keys.isdisjoint(self.keys))


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source text has: the keys of its words, and the values of its numbers."""

    keys: frozenset[str]
    values: frozenset[float]


def arabic_words(text: str) -> Iterator[Word]:
    """The content words and numbers of a text, each once."""
    for word in dict.fromkeys(words(text)):
        folded = normalize(word, FOLD)
        if folded not in STOP_WORDS:
            yield Word(word, _keys(word))


def facts_of(text: str) -> Facts:
    """What a source text has to be searched for."""
    tokens = _tokens(text)
    keys = frozenset[str]().union(*(_keys(word) for word in words(text)))
    return Facts(keys, frozenset(values_of(arabic_numbers(tokens), arabic_months(tokens))))


def missing_from(facts: Sequence[Facts], text: str) -> Iterator[str]:
    """The numbers and names of a text that none of the facts has, said in a line each."""
    tokens = _tokens(text)
    values = frozenset[float]().union(*(each.values for each in facts))
    for number in unexplained(arabic_numbers(tokens), values):
        yield f"number {number} is not in the source"
    keys = frozenset[str]().union(*(each.keys for each in facts))
    for name in names_among(text, known=lambda word: not keys.isdisjoint(_keys(word))):
        yield f"name {name} is not in the source"


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(normalize(text, FOLD).replace("،", ","))


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> frozenset[str]:
    folded = normalize(word, FOLD)
    if folded[:1].isdigit():
        return frozenset({folded})
    consonants = stem(word).translate(_WEAK)
    root = _AUGMENTS.sub("", consonants) if len(consonants) > _ROOT else consonants
    roots = {f"√{each}" for each in (consonants, root) if len(each) >= _ROOT}
    return frozenset({stem(word), *bare_forms(folded), *roots})
