"""Names that are translated, not transliterated: countries, their people and languages, and large cities, as Unicode's CLDR has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

import regex

from translate.arabic.normalize import FOLD, normalize
from translate.checks.translated_names import TRANSLATED_NAMES

_WORD: Final = regex.compile(r"\p{L}+")
_SHORTEST: Final = 3  # letters
_STEM: Final = 5  # letters of an English name that its people's name shares: Austr(ia|ian)

_GENERAL: Final = frozenset(
    normalize(
        """
        جزر الجزر جزيرة الجزيرة جنوب الجنوبية شمال الشمالية شرق غرب الغربية وسط الوسطى أراضي الأراضي منطقة الاتحاد المتحدة الكبرى
        الجديدة اللغة لغة
        """,
        FOLD,
    ).split()
)
"""Words of many a place's name that say nothing."""
_VOWEL_ENDING: Final = regex.compile("[اه]$|يا$")
_PEOPLE: Final = ("ي", "يه", "يون", "يين", "يا", "يات")
_AMBIGUOUS: Final = frozenset("عمان مالي مغرب بحرين بنين نيجر جزر جزائر جورجيا نيوي رياض عيون سنتر سمراء استر".split())
"""Countries whose Arabic name is another word or place too: Amman, financial, sunset, two seas, boys, islands, sports, eyes."""


@lru_cache(maxsize=1 << 14)
def translations_of(name: str) -> tuple[str, ...]:
    """Beginnings of the folded Arabic words for an English name, without the article; empty for a name that is not known."""
    names = _names()
    return tuple(stem for length in (_STEM, _STEM - 1) for stem in names.get(name.lower()[:length], ()))


def is_country(name: str) -> bool:
    """Whether an English word with a capital, be it a common word too, is a country or a large language: China, Turkey, Polish."""
    return name in _countries()


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    english = Locale("en")
    languages = (name for code, name in english.languages.items() if len(code) == 2)
    return frozenset(name for name in (*english.territories.values(), *languages, "Afghan", "Afghans", "Mecca") if name.isalpha())


@cache
def arabic_places() -> frozenset[str]:
    """Folded Arabic words, without the article, that are a country, its people or a large city, and hardly anything else."""
    from babel import Locale

    arabic = Locale("ar")
    cities = (zone["city"] for zone in arabic.time_zones.values() if "city" in zone)
    territories = (name for code, name in arabic.territories.items() if code.isalpha())  # not 001, the world
    names = {normalize(name, FOLD).removeprefix("ال") for name in (*territories, *cities)}
    names = {name for name in names if name.isalpha() and len(name) > 3} - _AMBIGUOUS
    people = {f"{stem}{ending}" for name in names if len(stem := _VOWEL_ENDING.sub("", name)) > 3 for ending in _PEOPLE}
    return frozenset(names | people)


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """The Arabic words for each English beginning."""
    names: dict[str, set[str]] = defaultdict(set)
    for english, arabic in _pairs():
        words = {form for word in _WORD.findall(normalize(arabic, FOLD)) for form in (word, word.removeprefix("ال"))}
        stems = {word[: max(_SHORTEST, len(word) - 2)] for word in words if len(word) >= _SHORTEST and word not in _GENERAL}
        for word in _WORD.findall(english):
            if word[0].isupper() and len(word) >= _SHORTEST:
                names[word.lower()[:_STEM]] |= stems
    return {name: frozenset(stems) for name, stems in names.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    from babel import Locale

    english, arabic = Locale("en"), Locale("ar")
    for ours, theirs in ((english.territories, arabic.territories), (english.languages, arabic.languages)):
        for code in ours:
            if code in theirs:
                yield ours[code], theirs[code]
    for zone, names in arabic.time_zones.items():
        if city := names.get("city"):
            yield zone.rpartition("/")[2].replace("_", " "), city
    for row in TRANSLATED_NAMES.strip().splitlines():
        name, _, words = row.partition("|")
        yield name, words
