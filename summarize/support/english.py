"""What an English sentence says that an Arabic text can be searched for: its numbers, months and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarize.support.cover import Facet
from translate.checks.dates import arabic_months, english_months
from translate.checks.finding import Pair
from translate.checks.names import compared_names
from translate.checks.numbers import unexplained, values_of
from translate.checks.quantities import arabic_numbers, english_numbers


def english_facets(text: str, sources: Sequence[str]) -> list[Facet]:
    """The numbers, months and names of an English text, each with the indices of the Arabic texts that have it."""
    places: dict[str, set[int]] = {}
    for index, source in enumerate(sources):
        pair = Pair(source, text)
        numbers = english_numbers(pair.cased_tokens)
        values = values_of(arabic_numbers(pair.source_tokens), arabic_months(pair.source_tokens))
        for number in numbers:
            if number.certain:
                places.setdefault(number.text, set()).update([index] if number.explained_by(values) else [])
        for name, known in compared_names(pair).items():
            places.setdefault(name, set()).update([index] if known else [])
    return [Facet(what, frozenset(found)) for what, found in places.items()]


def missing_from_arabic(text: str, sources: Sequence[str]) -> Iterator[str]:
    """The numbers, months and names of an English text that the Arabic texts do not have, said in a line each."""
    pair = Pair("\n".join(sources), text)
    months = arabic_months(pair.source_tokens)
    for number in unexplained(english_numbers(pair.cased_tokens), values_of(arabic_numbers(pair.source_tokens), months)):
        yield f"number {number} is not in the source"
    for month, word in english_months(pair.cased_tokens).sure.items():
        if month not in months.possible:
            yield f"{word} is not in the source"
    for name, known in compared_names(pair).items():
        if not known:
            yield f"name {name} is not in the source"
