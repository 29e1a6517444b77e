"""Numbers that the translation lacks, and numbers that nothing in the source explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from translate.checks.dates import Named, arabic_months, english_months
from translate.checks.finding import Finding, Pair
from translate.checks.quantities import Number, arabic_numbers, english_numbers

UNREMARKABLE: Final = frozenset({0.0, 1.0, 2.0})
"""What both languages also say without a number: the Arabic singular and dual, the English article, "both", "no"."""
_CENTURY, _HALF = 100, 0.5


def check_numbers(pair: Pair) -> Iterator[Finding]:
    """Each number, in digits or cardinals, that is on one side only."""
    source, target = arabic_numbers(pair.source_tokens), english_numbers(pair.cased_tokens)
    if not source and not target:
        return
    for text in unexplained(source, values_of(target, english_months(pair.cased_tokens))):
        yield Finding("number", (text,), f"number {text} is missing from the translation")
    for text in unexplained(target, values_of(source, arabic_months(pair.source_tokens))):
        yield Finding("number", (text,), f"number {text} is in the translation but not in the source")


def unexplained(numbers: Iterable[Number], values: Set[float]) -> Iterable[str]:
    """The numbers, as written and each once, that are certain to be ones and that nothing among the other text's values explains."""
    asked = (number for number in numbers if number.certain and not number.values <= UNREMARKABLE)
    return dict.fromkeys(number.text for number in asked if not number.explained_by(values))


def values_of(numbers: Sequence[Number], months: Named) -> Set[float]:
    """What the numbers and months of one text may explain in the other."""
    values = set(map(float, months.possible)).union(*(number.parts for number in numbers))
    if _CENTURY in values:  # القرن التاسع عشر is also the 1800s
        values |= {_CENTURY * (value - 1) for value in values if 10 < value < 22}
    if _HALF in values:  # ساعة ونصف is 1.5 hours
        values |= {100 * _HALF, *(value + _HALF for value in values | UNREMARKABLE if value < 100)}
    return values
