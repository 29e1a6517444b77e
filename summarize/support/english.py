"""What an English sentence says that an Arabic text can be searched for: its numbers, names, and what common words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from summarize.support.cover import Facet
from summarize.support.lexicon import arabic_stems
from summarize.support.names import is_common_word
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.checks.dates import Named, arabic_months, english_months
from translate.checks.finding import Pair
from translate.checks.names import english_names, is_written_as
from translate.checks.numbers import UNREMARKABLE, unexplained, values_of
from translate.checks.particles import bare_forms
from translate.checks.quantities import Number, arabic_numbers, english_numbers

# How far the sounds of an Arabic word may be from those of an English name: a whole article has many words, so less than in one sentence,
# and still less for words that are frequent in news, which are seldom names.
_FARTHEST: Final = 0.25
_FARTHEST_COMMON: Final = 0.1
_NEIGHBOURS: Final = 1  # sentences on either side that may have what a number is said of


@dataclass(frozen=True)
class ArabicSource:
    """One source text, with what an English sentence may have of it."""

    text: str

    @cached_property
    def months(self) -> Named:
        """The months that it names."""
        return arabic_months(self._tokens)

    @cached_property
    def values(self) -> frozenset[float]:
        """The values of its numbers."""
        return frozenset(values_of(arabic_numbers(self._tokens), self.months)) - {0.0}

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(map(stem, words(self.text)))

    def has(self, name: str) -> bool:
        """Whether an English name may stand in it."""
        return name.lower() in self.text.lower() or any(is_written_as(name, word, farthest) for word, farthest in self._forms.items())

    @cached_property
    def _tokens(self) -> list[str]:
        return Pair(self.text, "").source_tokens

    @cached_property
    def _forms(self) -> Mapping[str, float]:
        """What a name may be among (single words without particles, and two written as one) and how far their sounds may be from it."""
        written = [word for word in words(self.text) if not word[0].isdigit()]
        folded = [normalize(word, FOLD) for word in written]
        forms: dict[str, float] = {}
        for word, bare in zip(written, folded, strict=True):
            if bare not in STOP_WORDS:
                forms |= dict.fromkeys(bare_forms(bare), _FARTHEST_COMMON if is_common_word(word) else _FARTHEST)
        return forms | {form + second: _FARTHEST for first, second in pairwise(folded) for form in bare_forms(first)}


def english_facets(text: str, sources: Sequence[ArabicSource]) -> list[Facet]:
    """The numbers, names and known words of an English text, each with the indices of the Arabic texts that have it."""
    pair = Pair("", text)
    known = arabic_stems(text).items()
    return [
        *_number_facets(pair, sources),
        *_name_facets(pair, sources),
        *(_places(word, [not stems.isdisjoint(source.stems) for source in sources]) for word, stems in known),
    ]


def missing_from_arabic(text: str, sources: Sequence[ArabicSource]) -> Iterator[str]:
    """The numbers, months and names of an English text that the Arabic texts do not have, said in a line each."""
    pair = Pair("", text)
    values = frozenset[float]().union(*(source.values for source in sources))
    for number in unexplained(english_numbers(pair.cased_tokens), values):
        yield f"number {number} is not in the source"
    for month, word in english_months(pair.cased_tokens).sure.items():
        if not any(month in source.months.possible for source in sources):
            yield f"{word} is not in the source"
    numbers, names = _number_facets(pair, sources), _name_facets(pair, sources)
    for facet in numbers:
        if _is_out_of_place(facet, [*numbers, *names]):
            yield f"number {facet.text} is said of something else in the source"
    for facet in names:
        if not facet.places:
            yield f"name {facet.text} is not in the source"


def _is_out_of_place(facet: Facet, facets: Sequence[Facet]) -> bool:
    """Whether a number in words stands nowhere near any other number or name of the sentence; one in digits is rarely there by chance."""
    near = {
        place + step for other in facets if other is not facet for place in other.places for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)
    }
    return facet.text.isalpha() and bool(facet.places and near) and facet.places.isdisjoint(near)


def _number_facets(pair: Pair, sources: Sequence[ArabicSource]) -> list[Facet]:
    numbers: dict[str, Number] = {
        number.text: number for number in english_numbers(pair.cased_tokens) if number.certain and not number.values <= UNREMARKABLE
    }
    return [_places(text, [number.explained_by(source.values) for source in sources]) for text, number in numbers.items()]


def _name_facets(pair: Pair, sources: Sequence[ArabicSource]) -> list[Facet]:
    return [_places(name, [source.has(name) for source in sources]) for name in english_names(pair.plain)]


def _places(text: str, found: Sequence[bool]) -> Facet:
    return Facet(text, frozenset(index for index, has in enumerate(found) if has))
