"""What looks wrong in a translation, by rules over the surface: no model, no network, thousands of sentences a second.

Cautious: what is uncertain is not reported, so a warning is worth reading and its absence proves nothing. `python -m eval.check_trial`
measures both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from translate.checks.dates import check_dates
from translate.checks.extent import check_leftover, check_length, is_empty
from translate.checks.finding import Finding, Pair
from translate.checks.loops import check_loops
from translate.checks.names import check_names
from translate.checks.negation import check_negation
from translate.checks.numbers import check_numbers
from translate.checks.units import check_units

__all__ = ["Finding", "check", "findings"]

Check = Callable[[Pair], Iterable[Finding]]

_ALL: Final[tuple[Check, ...]] = (
    check_numbers,
    check_units,
    check_dates,
    check_names,
    check_negation,
    check_leftover,
    check_loops,
    check_length,
)


def check(source: str, target: str) -> tuple[str, ...]:
    """What looks wrong in a translation, one line each; nothing when all seems well.

    Args:
        source: the Arabic text.
        target: its English translation.
    """
    return tuple(map(str, findings(source, target)))


def findings(source: str, target: str, checks: Sequence[Check] = _ALL) -> tuple[Finding, ...]:
    """As `check`, with the kind of trouble and the words it is about; of some of the checks only, if these are given."""
    if is_empty(source):
        return ()
    if is_empty(target):
        return (Finding("empty", (), "the translation is empty"),)
    pair = Pair(source, target)
    return tuple(found for each in checks for found in each(pair))
