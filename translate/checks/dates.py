"""Months and weekdays that only one side names, under the month names of Cairo, Beirut, Tunis and Rabat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from translate.arabic.normalize import FOLD, normalize
from translate.checks.finding import Finding, Pair
from translate.checks.particles import bare_forms

# Arabic names | English names. One marked * is another word too: it counts only with a number beside it, or one of these words before.
_MONTHS: Final = """
    يناير جانفي كانون_الثاني | January january *Jan
    فبراير فيفري شباط | February february *Feb
    *مارس *آذار | *March *Mar
    أبريل إبريل أفريل *نيسان | *April *Apr
    *مايو *ماي *أيار | *May
    يونيو *جوان حزيران | *June *Jun
    يوليو يوليوز جويلية تموز | July july *Jul
    أغسطس *أوت غشت *آب | *August *Aug
    سبتمبر شتنبر أيلول | September september *Sept *Sep
    أكتوبر تشرين_الأول | October october *Oct
    نوفمبر نونبر تشرين_الثاني | November november *Nov
    ديسمبر دجنبر كانون_الأول | December december *Dec
"""
_WEEKDAYS: Final = """
    *الاثنين *اثنين | Monday Mondays monday
    *الثلاثاء *ثلاثاء | Tuesday Tuesdays tuesday
    *الأربعاء *أربعاء | Wednesday Wednesdays wednesday
    *الخميس *خميس | Thursday Thursdays thursday
    *الجمعة *جمعة | Friday Fridays friday
    *السبت *سبت | Saturday Saturdays saturday
    *الأحد *أحد | Sunday Sundays sunday
"""
_BEFORE_MONTH: Final = frozenset(normalize("شهر لشهر وشهر في منذ حتى خلال مطلع بداية أوائل منتصف أواخر نهاية بين", FOLD).split())
_BEFORE_WEEKDAY: Final = frozenset(normalize("يوم ليوم اليوم أيام مساء صباح ليلة ليل فجر ظهر عصر", FOLD).split())


Names = Mapping[str, tuple[int, bool]]
"""The number of each name, and whether it is surely one."""


def _lexicon(table: str, column: int) -> Names:
    rows = [row.split("|")[column].split() for row in normalize(table, FOLD).strip().splitlines()]
    return {name.lstrip("*"): (number, name[0] != "*") for number, names in enumerate(rows, start=1) for name in names}


_LEXICONS: Final = {
    (language, what): _lexicon(table, column)
    for column, language in enumerate(("ar", "en"))
    for what, table in (("month", _MONTHS), ("weekday", _WEEKDAYS))
}
_OF_TWO: Final = frozenset(name.partition("_")[0] for name in _LEXICONS["ar", "month"] if "_" in name)
CALENDAR: Final = frozenset({*_LEXICONS["en", "month"], *_LEXICONS["en", "weekday"]})
"""The English months and weekdays, which are no names."""


@dataclass(frozen=True, slots=True)
class Named:
    """The months or weekdays that a text names, each with the word for it: all that may be one, and those that surely are."""

    possible: Mapping[int, str]
    sure: Mapping[int, str]


def check_dates(pair: Pair) -> Iterator[Finding]:
    """A month or weekday that is on one side only."""
    yield from _one_sided(arabic_months(pair.source_tokens), english_months(pair.cased_tokens), pair)
    weekdays = _named(pair.source_tokens, "ar", "weekday"), _named(pair.cased_tokens, "en", "weekday")
    yield from _one_sided(*weekdays, pair)


def arabic_months(tokens: Sequence[str]) -> Named:
    """The months that the words of a folded Arabic text name."""
    return _named(tokens, "ar", "month")


def english_months(tokens: Sequence[str]) -> Named:
    """The months that the words of an English text name."""
    return _named(tokens, "en", "month")


def _one_sided(source: Named, target: Named, pair: Pair) -> Iterator[Finding]:
    for number, word in source.sure.items():
        if number not in target.possible and not _in_digits(number, pair.target_tokens):
            yield Finding("date", (word,), f"{word.replace('_', ' ')} is missing from the translation")
    for number, word in target.sure.items():
        if number not in source.possible and not _in_digits(number, pair.source_tokens):
            yield Finding("date", (word,), f"{word} is in the translation but not in the source")


def _in_digits(number: int, tokens: Sequence[str]) -> bool:
    """Whether a month may be given as in 12/5/2020."""
    return any(part.lstrip("0") == str(number) for token in tokens if token[0].isdigit() for part in token.split("."))


def _named(tokens: Sequence[str], language: str, what: str) -> Named:
    possible: dict[int, str] = {}
    sure: dict[int, str] = {}
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        form = _form(f"{token}_{following}" if token in _OF_TWO else token, language, what)
        if not form:
            continue
        number, certain = _LEXICONS[language, what][form]
        before = tokens[place - 1] if place else ""
        possible.setdefault(number, form)
        led = before in _BEFORE_MONTH if what == "month" else before in _BEFORE_WEEKDAY and form.startswith("ال")
        if certain or led or before.isdigit() or following.isdigit():
            sure.setdefault(number, form)
    return Named(possible, sure)


@lru_cache(maxsize=1 << 15)
def _form(token: str, language: str, what: str) -> str | None:
    """The name that a word is, without particles."""
    lexicon = _LEXICONS[language, what]
    return next((form for form in bare_forms(token) if form in lexicon), None)
