"""What an Arabic sentence says, in words, numbers and names that another Arabic text can be searched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from summarize.support.cover import Facet
from summarize.support.names import name_keys, names_among
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.checks.dates import arabic_months
from translate.checks.finding import Pair
from translate.checks.numbers import unexplained, values_of
from translate.checks.particles import bare_forms
from translate.checks.quantities import Number, arabic_numbers

_WEAK: Final = str.maketrans("", "", "اويىهةءؤئ")
_AUGMENTS: Final = regex.compile("^(?:ست|م|ت|ن|س)|[تن]$")
_ROOT: Final = 3  # consonants
_NEAR: Final = 4  # words on either side of a number that say what it is a number of


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source text has: the keys of its words, those by which names are found, and the values of its numbers."""

    keys: frozenset[str]
    names: frozenset[str]
    values: frozenset[float]


def facts_of(text: str) -> Facts:
    """What a source text has to be searched for."""
    tokens = Pair(text, "").source_tokens
    return Facts(
        _union(map(_keys, words(text))),
        _union(map(name_keys, words(text))),
        frozenset(values_of(arabic_numbers(tokens), arabic_months(tokens))) - {0.0},  # which the 00 of 1200 may be
    )


def arabic_facets(text: str, facts: Sequence[Facts]) -> list[Facet]:
    """The content words and numbers of a text, each once and with the indices of the facts that have it in some form."""
    content = [word for word in dict.fromkeys(words(text)) if normalize(word, FOLD) not in STOP_WORDS]
    return [Facet(word, frozenset(index for index, each in enumerate(facts) if not each.keys.isdisjoint(_keys(word)))) for word in content]


def missing_from(facts: Sequence[Facts], text: str) -> Iterator[str]:
    """The numbers and names of a text that none of the facts has, said in a line each."""
    tokens = Pair(text, "").source_tokens
    numbers = arabic_numbers(tokens)
    gone = tuple(unexplained(numbers, frozenset[float]().union(*(each.values for each in facts))))
    written = {normalize(word, FOLD): word for word in words(text)}
    shown = {number.text: " ".join(written.get(token, token) for token in number.text.split()) for number in numbers}
    yield from (f"number {shown[number]} is not in the source" for number in gone)
    for number in numbers:
        if number.certain and number.text not in gone and _is_out_of_place(number, tokens, facts):
            yield f"number {shown[number.text]} is said of something else in the source"
    for name in names_among(text, _union(each.names for each in facts), _union(each.keys for each in facts)):
        yield f"name {name} is not in the source"


def _is_out_of_place(number: Number, tokens: Sequence[str], facts: Sequence[Facts]) -> bool:
    """Whether no text that has the number has any of the words around it."""
    written = number.text.split()
    place = tokens.index(written[0])
    around = (*tokens[max(0, place - _NEAR) : place], *tokens[place + len(written) : place + len(written) + _NEAR])
    keys = _union(_keys(token) for token in around if token not in STOP_WORDS and not token[:1].isdigit())
    return bool(keys) and not any(number.explained_by(each.values) and not each.keys.isdisjoint(keys) for each in facts)


def _union(sets: Iterator[frozenset[str]] | map[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> frozenset[str]:
    """By what a word is found in another form: its stem, itself without particles, and its strong consonants (ترميم, رُمم)."""
    folded = normalize(word, FOLD)
    if folded[:1].isdigit():
        return frozenset({folded})
    consonants = stem(word).translate(_WEAK)
    root = _AUGMENTS.sub("", consonants) if len(consonants) > _ROOT else consonants
    return frozenset({stem(word), *bare_forms(folded), *(f"√{each}" for each in (consonants, root) if len(each) >= _ROOT)})
