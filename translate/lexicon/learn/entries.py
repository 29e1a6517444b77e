"""Names and dictionary entries, counted like phrases: for what the lexicon and the parallel text do not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from translate.lexicon.learn.corpus import english_tokens
from translate.lexicon.learn.tables import sounds_alike
from translate.lexicon.tokens import tokenize
from translate.lexicon.transfer import Rank, units_of
from translate.lexicon.units import Unit

_COUNTS: Final = {"cldr": 5.0, "numbers": 5.0}  # how often an entry of a list counts as seen; once in other lists
_SENSES: Final = ("wiktionary", "arabic-wordnet")  # lists of words with many senses, of which the lexicon knows better
_NAMES: Final = ("geonames",)
_MINED: Final = "transliteration"  # a list made by machine, with mistakes
_LONGEST: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An Arabic name or term and its English, and the list that it is from."""

    source: str
    arabic: str
    english: str


def read_entries(path: Path) -> list[Entry]:
    """Read lines `list TAB Arabic TAB English`."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [Entry(*row[:3]) for row in rows if len(row) > 2]


def add_entries(entries: Sequence[Entry], phrases: dict[tuple[str, str], float], rank: Rank, *, weight: float) -> set[tuple[str, str]]:
    """Add entries to counts of phrases.

    Args:
        entries: the entries; those are left out that the lexicon knows better.
        phrases: counts by source and target, added to.
        rank: how likely a reading is.
        weight: what an entry counts.

    Returns:
        Source and target of those that were added.
    """
    added = set[tuple[str, str]]()
    listed = {entry.arabic for entry in entries if entry.source != _MINED}
    for entry in entries:
        if entry.source == _MINED and entry.arabic in listed:
            continue
        units = units_of(tokenize(entry.arabic), rank)
        if not 0 < len(units) <= _LONGEST or not _needed(entry, units):
            continue
        source = " ".join(unit.key for unit in units)
        target = " ".join(english_tokens(entry.english))
        phrases[source, target] = phrases.get((source, target), 0.0) + _COUNTS.get(entry.source, 1.0) * weight + (len(units) > 1)
        added.add((source, target))
    return added


def _needed(entry: Entry, units: Sequence[Unit]) -> bool:
    """Terms of one word only where the lexicon lacks it, names also where it knows a name; mined ones only where it has none."""
    known = any(unit.readings and unit.readings[0].glosses for unit in units)
    name = any(reading.pos == "prop" for unit in units for reading in unit.readings)
    if entry.source == _MINED:
        return not known
    if entry.source in _SENSES:
        of_one_word = " " not in entry.arabic + entry.english
        if of_one_word and entry.english[:1].isupper():
            return (name or not known) and sounds_alike(entry.arabic, entry.english)
        return not known or (len(units) > 1 and " " in entry.arabic)
    return entry.source not in _NAMES or len(units) > 1 or not known or name
