"""Numbers in words that the lexicon takes for something else or lacks: eleven to nineteen, hundreds, duals, fractions, centuries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from translate.lexicon.learn.entries import Entry

_ONES: Final = (
    ("one", "أحد إحدى"),
    ("two", "اثنا اثني اثنتا اثنتي"),
    ("three", "ثلاثة ثلاث"),
    ("four", "أربعة أربع"),
    ("five", "خمسة خمس"),
    ("six", "ستة ست"),
    ("seven", "سبعة سبع"),
    ("eight", "ثمانية ثماني ثمان"),
    ("nine", "تسعة تسع"),
)
_TEENS: Final = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = {
    "twenty": "عشر", "thirty": "ثلاث", "forty": "أربع", "fifty": "خمس", "sixty": "ست", "seventy": "سبع", "eighty": "ثمان", "ninety": "تسع",
}  # fmt: skip
_HUNDRED: Final = ("مئة", "مائة")
_DUALS: Final = {"مئت": "two hundred", "مائت": "two hundred", "ألف": "two thousand", "مليون": "two million", "مليار": "two billion"}
_OTHERS: Final = {
    "ثلثا": "two thirds", "ثلثي": "two thirds", "ثلثين": "two thirds", "ربعين": "two quarters", "ألفا": "thousand", "مليونا": "million",
    "القرن العشرين": "twentieth century", "القرن العشرون": "twentieth century",
    "القرن الحادي والعشرين": "twenty-first century", "القرن الحادي والعشرون": "twenty-first century",
}  # fmt: skip


def number_entries() -> Iterator[Entry]:
    """Entries of the list "numbers"."""
    for english, arabic in _listed():
        yield Entry("numbers", arabic, english)


def _listed() -> Iterator[tuple[str, str]]:
    for (one, words), teen in zip(_ONES, _TEENS, strict=True):
        for word in words.split():
            yield from ((teen, f"{word} {ten}") for ten in ("عشر", "عشرة"))
        if one not in ("one", "two"):
            stem = words.split()[-1]
            yield from ((f"{one} hundred", f"{stem}{hundred}") for hundred in _HUNDRED)
    yield from ((name, f"{stem}{end}") for name, stem in _TENS.items() for end in ("ون", "ين"))
    yield from (("hundred", hundred) for hundred in _HUNDRED)
    yield from ((name, f"{stem}{end}") for stem, name in _DUALS.items() for end in ("ان", "ين"))
    yield from ((english, arabic) for arabic, english in _OTHERS.items())
