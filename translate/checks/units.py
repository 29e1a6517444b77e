"""Percentages and currencies that only one side speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from translate.arabic.normalize import FOLD, normalize
from translate.checks.finding import Finding, Pair
from translate.checks.particles import bare_forms

# A currency a row: Arabic words | English words and signs. Lebanon's and Syria's pound is a ليرة.
_CURRENCIES: Final = """
    دولار دولارا دولارات دولارين | dollar dollars usd us$ $ buck bucks
    يورو أورو يوروهات | euro euros eur €
    جنيه جنيها جنيهات ليرة ليرات استرليني إسترليني باوند رطل رطلا أرطال | pound pounds sterling gbp egp lira liras £
    روبل روبلا روبلات | rouble roubles ruble rubles rub ₽
    روبية روبيات روبيه | rupee rupees rupiah inr ₹
    يوان يوانا رنمينبي رينمينبي | yuan renminbi rmb cny
    دينار دينارا دنانير | dinar dinars kwd jod iqd tnd dzd bhd lyd
    درهم درهما دراهم | dirham dirhams aed mad drachma drachmas
    ريال ريالا ريالات | riyal riyals rial rials real reais sar qar omr yer
    شيكل شيقل شواكل شيكلا شيقلا | shekel shekels sheqel sheqels nis ils ₪
    فرنك فرنكا فرنكات | franc francs chf
    ين ينات | yen jpy ¥
"""
_AMBIGUOUS_AR: Final = frozenset(normalize("رطل رطلا أرطال ين ينات ريال يورو درهم", FOLD).split())
"""Not asked for in the translation: pounds of weight, Real Madrid, the UEFA Euro, the drachm."""
_AMBIGUOUS_EN: Final = frozenset({"pound", "pounds", "buck", "bucks", "real", "mad", "euro", "euros", "rub", "sterling", "nis"})

_PERCENT_AR: Final = regex.compile(r"[%٪]|\b(?:في ?|ب)ال(?:مئه|مائه|ميه)\b")
_PERCENT_EN: Final = regex.compile(r"[%٪]|\bper ?cent\b|\bpct\b", regex.IGNORECASE)
# What explains a percentage of the other side.
_SHARE_AR: Final = regex.compile(r"[%٪]|مئه|مائه|ميه|مئوي|نسب|معدل|نصف|ربع|ثلث|خمس|نقط")
_SHARE_EN: Final = regex.compile(
    r"[%٪]|per ?cent|\bpct\b|\bhal(?:f|ves)\b|third|quarter|fifth|tenth|hundred|\brates?\b|proportion|fraction|\bpoints?\b",
    regex.IGNORECASE,
)


def _by_word(column: int) -> dict[str, int]:
    """The row of each word of a column of the table."""
    rows = normalize(_CURRENCIES, FOLD).strip().splitlines()
    return {word: number for number, row in enumerate(rows) for word in row.split("|")[column].split()}


_ARABIC, _ENGLISH = _by_word(0), _by_word(1)
_SIGNS: Final = frozenset(word for word in _ENGLISH if not word.isalpha())


def check_units(pair: Pair) -> Iterator[Finding]:
    """A percentage or currency that is on one side only."""
    yield from _percentages(pair)
    source = _found((form for token in pair.source_tokens for form in bare_forms(token)), _ARABIC) | _signs(pair.source)
    target = _found(pair.target_tokens, _ENGLISH) | _signs(pair.target)
    for row, word in source.items():
        if row not in target and word not in _AMBIGUOUS_AR:
            yield Finding("currency", (word,), f"currency {word} is missing from the translation")
    for row, word in target.items():
        if row not in source and word not in _AMBIGUOUS_EN:
            yield Finding("currency", (word,), f"currency {word} is in the translation but not in the source")


def _percentages(pair: Pair) -> Iterator[Finding]:
    if (found := _PERCENT_AR.search(pair.folded)) and not _SHARE_EN.search(pair.target):
        yield Finding("percent", (found[0],), f"{found[0]} (percent) is missing from the translation")
    elif (found := _PERCENT_EN.search(pair.target)) and not _SHARE_AR.search(pair.folded):
        yield Finding("percent", (found[0],), f"{found[0]} (percent) is in the translation but not in the source")


def _found(words: Iterable[str], rows: dict[str, int]) -> dict[int, str]:
    return {rows[word]: word for word in words if word in rows}


def _signs(text: str) -> dict[int, str]:
    return {_ENGLISH[sign]: sign for sign in _SIGNS if sign in text}
