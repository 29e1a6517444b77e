"""How far an Arabic word is from being a transliteration of an English name: هاليفاكس is near to Halifax, not to Honolulu.

A weighted edit distance between the letters of the name and of the word. Arabic writes the consonants of a foreign name rather
regularly, its long vowels often and its short ones seldom, so a vowel may be missing there, but is not made up. The costs are set by hand
and were tuned on FLORES-200 dev.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

import regex

# Spellings of one sound, as the symbol used below. θ: th, č: ch, $: sh, χ: kh, ś: soft c.
_SPELLINGS: Final = {
    "sch": "$", "tch": "č", "sh": "$", "ch": "č", "ph": "f", "th": "θ", "kh": "χ", "gh": "g", "ck": "k", "dj": "j", "zh": "j", "x": "ks",
    "qu": "kw", "q": "č", "c(?=[eiy])": "ś", "eau": "o", "oo": "u", "ou": "u", "ee": "i", "ea": "i", "ie": "i", "ai": "e", "ay": "e",
    "aw(?![aeiouy])": "o", "ow(?![aeiouy])": "o", "ew(?![aeiouy])": "u",
}  # fmt: skip
_SPELLING: Final = regex.compile("|".join(f"({spelling})" for spelling in _SPELLINGS))
_SYMBOLS: Final = tuple(_SPELLINGS.values())
_DOUBLED: Final = regex.compile(r"(.)\1+")
_SILENT: Final = regex.compile("(?<=[^aeiou])h(?![aeiouy])|(?<=[^aeiou])e(?=s?$)")
_VOWELS: Final = frozenset("aeiouy")

# What each symbol is written with in Arabic: for nothing, and at some cost.
_LETTERS: Final = {
    "b": ("بپ", "ف"), "p": ("بپ", "ف"), "f": ("ف", "ڤ"), "v": ("فڤ", "وب"), "w": ("و", "فڤ"), "m": ("م", "ن"), "n": ("ن", "م"),
    "t": ("تط", "دثظضص"), "θ": ("ثتذ", "سطدظ"), "d": ("دضذ", "ظتط"), "s": ("سص", "زشث"), "ś": ("سشص", "زث"), "z": ("زس", "ذظضصت"),
    "$": ("ش", "س"), "č": ("شكقخچ", "تسجح"), "j": ("جچ", "يخهشغزك"), "g": ("جغقكگ", "خهش"), "k": ("كق", "خجغ"), "c": ("كق", "سشت"),
    "χ": ("خ", "كقحه"), "h": ("هح", "خ"), "r": ("ر", "غ"), "l": ("ل", ""),
    "a": ("اعىهآ", "يو"), "e": ("يئا", "عهى"), "i": ("يئ", "اعىه"), "o": ("وؤ", "اع"), "u": ("وؤ", "ايع"), "y": ("يئى", "اجو"),
}  # fmt: skip
_NEAR: Final = 0.4
_OTHER: Final = 1.2
_COSTS: Final = {
    (symbol, letter): cost
    for symbol, (same, near) in _LETTERS.items()
    for letters, cost in ((same, 0.0), (near, _NEAR))
    for letter in letters
}
_OMITTED: Final = dict.fromkeys("aeiouy", 0.05) | {"h": 0.2, "w": 0.3, "j": 0.8, "g": 0.7}  # in Arabic, where others cost 1
_ADDED: Final = dict.fromkeys("اوي", 0.35) | dict.fromkeys("ىءئؤآ", 0.1) | {"ع": 0.3, "ه": 0.4}
_ENDING: Final = 0.3  # of a consonant omitted at the end (Bordeaux), or added there by inflection
_INFLECTION: Final = {"ي": 0.0, "ه": 0.0, "ا": 0.1, "ن": 0.3, "ت": 0.3}


@lru_cache(maxsize=1 << 14)
def symbols_of(name: str) -> str:
    """The sounds of an English name, a symbol each."""
    text = unicodedata.normalize("NFKD", name.lower().replace("ç", "s").replace("ł", "l").replace("ø", "o"))
    text = "".join(letter for letter in text if letter.isalpha())
    if text[:1] == "x":
        text = f"z{text[1:]}"
    text = _SPELLING.sub(lambda match: _SYMBOLS[(match.lastindex or 1) - 1], text)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", text))


def count_consonants(symbols: str) -> int:
    """How many of the symbols are consonants."""
    return len(_consonants(symbols))


@lru_cache(maxsize=1 << 17)
def distance(symbols: str, word: str) -> float:
    """What it costs to write the sounds as an Arabic word, for each consonant; 0 for what may be the same.

    Args:
        symbols: as `symbols_of` has them, with a consonant.
        word: a folded Arabic word.
    """
    last = len(symbols) - 1
    omissions = [_OMITTED.get(symbol, _ENDING if 1 < place == last else 1.0) for place, symbol in enumerate(symbols)]
    if symbols[0] in _VOWELS:
        omissions[0] = _NEAR
    row = [0.0]
    for cost in omissions:
        row.append(row[-1] + cost)
    for index, letter in enumerate(word):
        added = _ADDED.get(letter, 1.0)
        if letter == "ت" and word[index + 1 : index + 2] in ("ش", "س"):
            added = 0.1
        elif index == len(word) - 1 or (index == len(word) - 2 and letter in "يا"):
            added = min(added, _INFLECTION.get(letter, 1.0))
        previous, row = row, [row[0] + added]
        for place, symbol in enumerate(symbols):
            row.append(
                min(
                    previous[place] + (_COSTS.get((symbol, letter), _OTHER) if index or letter != "ا" or symbol not in _VOWELS else 0),
                    previous[place + 1] + added,
                    row[place] + omissions[place],
                )
            )
    return row[-1] / count_consonants(symbols)


def may_begin(symbols: str, word: str) -> bool:
    """Whether one of the first two consonants is among the first letters: most pairs of words need no more than this."""
    return any((symbol, letter) in _COSTS for symbol in _consonants(symbols)[:2] for letter in word[:4])


@lru_cache(maxsize=1 << 14)
def _consonants(symbols: str) -> str:
    return "".join(symbol for symbol in symbols if symbol not in _VOWELS)
