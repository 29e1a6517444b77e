"""Names of countries, languages, currencies, months and weekdays in both languages, from CLDR (Unicode licence) as Babel has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from translate.lexicon.learn.entries import Entry

_LOCALES: Final = ("ar", "ar_LB", "ar_DZ", "ar_MA")  # the four sets of month names that Arabic newspapers use
_KINDS: Final = ("territories", "languages", "currencies")
_PARTS_OF_DAY: Final = {"يوم": "", "صباح": " morning", "مساء": " evening"}
_PERCENT: Final = ("في المئة", "في المائة", "بالمئة", "بالمائة")  # of which CLDR has the last two only


def cldr_entries() -> Iterator[Entry]:
    """Entries of the list "cldr"."""
    from babel import Locale

    arabic, english = Locale.parse("ar"), Locale.parse("en")
    for kind in _KINDS:
        names, originals = getattr(arabic, kind), getattr(english, kind)
        yield from (Entry("cldr", names[code], originals[code]) for code in sorted(originals) if code in names)
    for code, name in sorted(arabic.currencies.items()):
        if name.count(" ") == 1 and code in english.currencies:  # الليرة التركية
            yield Entry("cldr", " ".join(f"ال{word}" for word in name.split()), english.currencies[code])
    for locale in _LOCALES:
        yield from _in_dates(Locale.parse(locale), english, "months")
    for entry in _in_dates(arabic, english, "days"):
        yield entry
        for word, name in _PARTS_OF_DAY.items():
            yield Entry("cldr", f"{word} {entry.arabic}", f"{entry.english}{name}")
    yield from (Entry("cldr", phrase, "percent") for phrase in _PERCENT)


def _in_dates(arabic: Any, english: Any, kind: str) -> Iterator[Entry]:
    names, originals = (getattr(locale, kind)["format"]["wide"] for locale in (arabic, english))
    return (Entry("cldr", names[key], originals[key]) for key in sorted(names))
