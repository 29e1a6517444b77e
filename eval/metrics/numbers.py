"""Numbers that a text states, in digits or in Arabic words, as values that two texts can be compared by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex

from translate.arabic.normalize import FOLD, normalize
from translate.checks.number_words import CARDINALS_AR

# Not the digits of a name: F16, covid-19, v2.0.
_NUMBER: Final = r"(?<![A-Za-z\d]|[A-Za-z][-.])\d+(?:[.,]\d+)*"
_TOKEN: Final = regex.compile(rf"{_NUMBER}|[\p{{L}}\p{{M}}]+")
_CLOCK: Final = regex.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")
_THOUSANDS_COMMA: Final = regex.compile(r"(?<=\d)،(?=\d{3}(?!\d))")
_ORDINAL_ENDING: Final = regex.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def lexicon(entries: str) -> dict[str, int]:
    """`1 one واحد` a line: every word after the number, folded, stands for it."""
    rows = (line.split() for line in entries.strip().splitlines())
    return {normalize(word, FOLD): int(number) for number, *words in rows for word in words}


def _definite(words: dict[str, int]) -> dict[str, int]:
    """The words with the article, also after ل: الثلاثة, للثلاثة."""
    return {article + word: number for word, number in words.items() for article in ("ال", "لل")}


SCALES: Final = lexicon(
    """
    1000 ألف ألفا آلاف thousand
    1000000 مليون مليونا ملايين million millions
    1000000000 مليار مليارا مليارات بليون billion billions bn
    1000000000000 تريليون تريليونا تريليونات trillion trillions
    """
)
_CARDINALS: Final = {
    **{word: int(value) for word, value in CARDINALS_AR.items()},
    **lexicon(
        """
    1 واحد واحدة أحد إحدى
    2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي
    """
    ),
}
ORDINALS: Final = _definite(
    lexicon(
        """
        1 أول حادي
        2 ثاني
        3 ثالث
        4 رابع
        5 خامس
        6 سادس
        7 سابع
        8 ثامن
        9 تاسع
        10 عاشر
        20 عشرون عشرين
        30 ثلاثون ثلاثين
        """
    )
)
_FEMININE_ORDINALS: Final = _definite(
    lexicon(
        """
        1 أولى حادية
        2 ثانية
        3 ثالثة
        4 رابعة
        5 خامسة
        6 سادسة
        7 سابعة
        8 ثامنة
        9 تاسعة
        10 عاشرة
        """
    )
)
_DECADES: Final = lexicon(
    """
    20 عشرينيات عشرينات
    30 ثلاثينيات ثلاثينات
    40 أربعينيات أربعينات
    50 خمسينيات خمسينات
    60 ستينيات ستينات
    70 سبعينيات سبعينات
    80 ثمانينيات ثمانينات
    90 تسعينيات تسعينات
    """
)
DECADES: Final = {**_DECADES, **_definite(_DECADES)}
# Not الأحد, which is Sunday.
_DEFINITE_CARDINALS: Final = _definite({word: number for word, number in _CARDINALS.items() if word != "احد"})
NUMBER_WORDS: Final = {**_CARDINALS, **_DEFINITE_CARDINALS, **ORDINALS, **_FEMININE_ORDINALS}
_VALUES: Final = {**SCALES, **_definite(SCALES), **NUMBER_WORDS}
_TENS: Final = range(20, 100, 10)
_OPENING_A_MONTH: Final = ("تشرين", "كانون")  # تشرين الأول is October and states no 1


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `values` are its readings (1,234 is one thousand or, in Tunis, 1.234), any scale word multiplied in."""

    text: str
    values: frozenset[Decimal]

    @property
    def in_digits(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


def numbers(text: str) -> list[Number]:
    """The numbers of a text, in digits (Arabic or ASCII) or in Arabic words, with their scale (3 ملايين).

    The words are cardinals (خمسة وعشرين, مئة, ألفين), ordinals with the article (الخامس والعشرين) and decades (ستينيات القرن الماضي).
    """
    return list(_numbers(word_tokens(text)))


def clock_values(text: str) -> frozenset[Decimal]:
    """The times of a text as four digits give them: 1200 for 12:00."""
    return frozenset(Decimal(match[1] + match[2]) for match in _CLOCK.finditer(normalize(text, FOLD)))


def ordinal(tokens: Sequence[str]) -> int | None:
    """What one or two words state as a masculine ordinal with the article: الخامس, الخامس عشر, الخامس والعشرين; 39 at most."""
    first, *rest = tokens
    value = look_up(first, ORDINALS)
    if value is None or not rest:
        return value
    return value + more if (more := _added(rest[0], value)) else None


def word_tokens(text: str) -> list[str]:
    """Words and numbers, folded and lower-cased; 3rd is 3."""
    return [token for chunk in text.split() for token in _tokens_of(chunk)]


@lru_cache(maxsize=1 << 17)
def _tokens_of(chunk: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(_ORDINAL_ENDING.sub("", _THOUSANDS_COMMA.sub(",", normalize(chunk, FOLD).lower()))))


def look_up(token: str, lexicon: dict[str, int]) -> int | None:
    """What a word stands for, also with و ب ل before it."""
    if token in lexicon:
        return lexicon[token]
    return lexicon.get(token[1:]) if token[:1] in ("و", "ب", "ل") else None


def _numbers(tokens: Sequence[str]) -> Iterator[Number]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        values = _readings(token) if token[0].isdigit() else _word_values(tokens, index - 1)
        while values and not token[0].isdigit() and index < len(tokens) and (more := _added(tokens[index], max(values))):
            values = frozenset(value + more for value in values)
            index += 1
        if values and index < len(tokens) and (scale := SCALES.get(tokens[index])):
            values = frozenset(value * scale for value in values)
            index += 1
        if values:
            yield Number(token, values)


def _added(token: str, total: Decimal | int) -> int | None:
    """What a word adds to the number words before it: خمسة عشر, خمسة وعشرين, مئة وخمسين; but الأول والثاني are two numbers."""
    if token in ("عشر", "عشره"):
        return 10
    more = NUMBER_WORDS.get(token[1:]) if token[0] == "و" else None
    if more is None:
        return None
    goes_on = more in _TENS if total < 10 else total >= 100 and more < total
    return more if goes_on else None


def _word_values(tokens: Sequence[str], index: int) -> frozenset[Decimal]:
    """The values of the word at an index: one for a number, none for other words, 60 and 1960 for a decade."""
    token = tokens[index]
    if (decade := look_up(token, DECADES)) is not None:
        return frozenset({Decimal(decade), Decimal(_century(tokens, index + 1) + decade)})
    if index and tokens[index - 1].endswith(_OPENING_A_MONTH):
        return frozenset()
    value = look_up(token, _VALUES)
    return frozenset({Decimal(value)} if value else ())


def _century(tokens: Sequence[str], index: int) -> int:
    """The first year of the century named after a decade: 1800 for القرن التاسع عشر; 1900 for القرن الماضي or none."""
    if index < len(tokens) and tokens[index] == "القرن":
        for length in (2, 1):
            if (words := tokens[index + 1 : index + 1 + length]) and (century := ordinal(words)):
                return 100 * (century - 1)
    return 1900


def _readings(digits: str) -> frozenset[Decimal]:
    """The values that digits with points and commas may stand for; each part on its own where they make no number (1.2.3)."""
    parts = regex.split("[.,]", digits)
    separators = regex.findall("[.,]", digits)
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if not separators:
        return frozenset({Decimal(digits)})
    if len(separators) == 1:
        readings = {Decimal(".".join(parts))}
        return frozenset(readings | {Decimal("".join(parts))} if grouped else readings)
    if len(set(separators)) == 1:
        return frozenset({Decimal("".join(parts))} if grouped else map(Decimal, parts))
    return frozenset({Decimal("".join(parts[:-1]) + "." + parts[-1])})
