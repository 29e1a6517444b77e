"""Names that only one side has: compared by their sound, and by what countries, peoples and cities are called in Arabic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import regex

from translate.arabic.words import STOP_WORDS
from translate.checks.dates import CALENDAR
from translate.checks.finding import Finding, Pair
from translate.checks.gazetteer import arabic_places, is_country, translations_of
from translate.checks.particles import bare_forms
from translate.checks.sounds import count_consonants, distance, may_begin, symbols_of
from translate.checks.vocabulary import is_common, is_name

_NAME: Final = regex.compile(r"(?<![\p{L}\p{M}\d])(?:Mac|Mc|Di|De|La|Le|Al|El)?\p{Lu}[\p{Ll}\p{M}]{2,}(?![\p{L}\p{M}\d])")
_CAPITAL: Final = regex.compile(r"\p{Lu}[\p{L}\p{M}]+")
_ACRONYM: Final = regex.compile(r"\b(?:\p{Lu}\.?){2,}(?!\p{Ll})")
_START: Final = regex.compile(r"(?:^|[.!?:;…\n])[\s\p{P}]*$")
_BEFORE: Final = regex.compile(r"(?<!\p{L})(\p{Lu}\p{Ll}+)[ -]$")
_AFTER: Final = regex.compile(r"[ -](\p{Lu}\p{L}*)")
_LATIN: Final = regex.compile(r"\p{Latin}+")
_FOREIGN_AFTER: Final = regex.compile(r" (?:de|del|della|di|do|da|du|des|van|von|der|la|las|los|le|les|el)\b")
_FOREIGN_BEFORE: Final = regex.compile(r"\b(?:de|del|della|di|do|da|du|des|van|von|der|la|las|los|le|les|el) $")
_SMALL: Final = regex.compile(r" (\p{Ll}{4,})")
_LATIN_ENDING: Final = regex.compile("(?:us|um|is|a|ys|es)$")
_PEOPLE: Final = regex.compile(r"(?:ians?|ans?|ese|ish|ics?|is|ists?|ism|s)$")
_PLURAL: Final = regex.compile("(?:يون|يين|ون|ين|يات|ات)$")

# How far an Arabic word may be from a name (see `distance`), tuned on FLORES-200 dev: less finds more swapped names, and more good ones.
_FARTHEST: Final = 0.38
_FARTHEST_SHORT: Final = 0.3
_SHORTEST_UNKNOWN: Final = 4  # letters of a name that the dictionary lacks; shorter ones are as often abbreviations: Tyr, Inc
_LONGEST_ENDING: Final = 4  # letters after the listed beginning of a name: سود|انيه
_SHORT: Final = 2  # consonants; with fewer, sounds say nothing


@dataclass(frozen=True, slots=True)
class _Name:
    """A name, and the capitalised words right before and after it."""

    text: str
    before: str = ""
    after: str = ""


def check_names(pair: Pair) -> Iterator[Finding]:
    """Each name in the translation that has no counterpart, and each country or city of the source that has none."""
    yield from check_invented_names(pair)
    yield from _missing_places(pair)


def check_invented_names(pair: Pair) -> Iterator[Finding]:
    """Each name in the translation that has no counterpart."""
    for name, known in compared_names(pair).items():
        if not known:
            yield Finding("name", (name,), f"name {name} is in the translation but nothing like it is in the source")


def compared_names(pair: Pair) -> dict[str, bool]:
    """The names of the translation, in order and each once, and whether something like it is in the source."""
    words: list[str] = []
    found: dict[str, bool] = {}
    for name in _names(pair.plain):
        words = words or _words(pair.source_tokens)
        found[name.text] = found.get(name.text, True) and _has_counterpart(name, words, pair)
    return found


def english_names(text: str) -> list[str]:
    """The words of an English text that are surely names, each once."""
    return list(dict.fromkeys(name.text for name in _names(text)))


def is_written_as(name: str, word: str, farthest: float) -> bool:
    """Whether a folded Arabic word without particles may stand for an English name: a listed one by the list, any other by its sounds.

    Args:
        name: one English word.
        word: one Arabic word.
        farthest: the `distance` of sounds up to which they are alike.
    """
    if listed := translations_of(name):
        return any(word.startswith(stem) and len(word) <= len(stem) + _LONGEST_ENDING for stem in listed)
    spellings = {symbols_of(spelling) for spelling in (name.lower(), _PEOPLE.sub("", name.lower()))}
    alike = (symbols for symbols in spellings if count_consonants(symbols) >= _SHORT and may_begin(symbols, word))
    return any(distance(symbols, word) <= farthest for symbols in alike)


def _names(text: str) -> Iterator[_Name]:
    """The capitalised words that are not common words; of those that start a sentence alone, only such as the dictionary has for names."""
    for match in _NAME.finditer(text):
        name = match[0]
        if name in CALENDAR or (is_common(name) and not is_country(name)):
            continue
        after = _AFTER.match(text, match.end())
        if not is_name(name) and (len(name) < _SHORTEST_UNKNOWN or _is_foreign(text, match)):
            continue
        if not after and not is_name(name) and _START.search(text, max(0, match.start() - 10), match.start()):
            continue
        before = _BEFORE.search(text, max(0, match.start() - 20), match.start())
        yield _Name(name, before[1] if before else "", after[1] if after else "")


def _is_foreign(text: str, name: regex.Match[str]) -> bool:
    """Whether a word may be left in a third language, as in Templo de San Diego, or be Latin, as in Clostridium difficile."""
    if _FOREIGN_AFTER.match(text, name.end()) or _FOREIGN_BEFORE.search(text, max(0, name.start() - 12), name.start()):
        return True
    following = _SMALL.match(text, name.end())
    return bool(following and _LATIN_ENDING.search(name[0]) and not is_common(following[1]))


def _words(tokens: Sequence[str]) -> list[str]:
    """What the names may be among: the source's content words without particles, then without plural endings."""
    words = dict.fromkeys(form for token in tokens if token not in STOP_WORDS for form in bare_forms(token) if form not in STOP_WORDS)
    return [*words, *(bare for word in words if (bare := _PLURAL.sub("", word)) != word and len(bare) > _SHORT)]


def _has_counterpart(name: _Name, words: Sequence[str], pair: Pair) -> bool:
    lowered = name.text.lower()
    if any(form.startswith(translations_of(name.text)) for token in pair.source_tokens for form in bare_forms(token)):
        return True
    if lowered in (word.lower() for word in _LATIN.findall(pair.source)):
        return True
    if count_consonants(symbols_of(lowered)) < _SHORT:
        return True
    # "x" is "sh" in Chinese names; الأرمن are the Armenians
    variants = {symbols_of(spelling) for spelling in (lowered, _PEOPLE.sub("", lowered), lowered.replace("x", "sh"))}
    if any(_sounds_like(symbols, word) for symbols in variants for word in chain(words, _joined(pair.source_tokens))):
        return True
    compounds = ((name.before, name.before + name.text), (name.after, name.text + name.after))
    return any(_is_compound(other, compound, words) for other, compound in compounds if other)


def _is_compound(other: str, compound: str, words: Sequence[str]) -> bool:
    """Whether two English words are one in Arabic, as Puerto Rico is بورتوريكو, which is not just the other one of the two."""
    alone, both = symbols_of(other), symbols_of(compound)
    return any(_sounds_like(both, word) and not _sounds_like(alone, word) for word in words)


def _joined(tokens: Sequence[str]) -> Iterator[str]:
    """Two and three words as one, as names of one word in English may be: توت عنخ آمون, شي جين بينغ."""
    yield from (first + second for first, second in pairwise(tokens))
    yield from (first + second + third for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False))


def _sounds_like(symbols: str, word: str) -> bool:
    consonants = count_consonants(symbols)
    if consonants < _SHORT or not may_begin(symbols, word):
        return False
    return distance(symbols, word) <= (_FARTHEST if consonants > _SHORT else _FARTHEST_SHORT)


def _missing_places(pair: Pair) -> Iterator[Finding]:
    """Countries and cities that the translation does not name; with an acronym in it, that may be in the acronym."""
    places = {token: place for token in pair.source_tokens for place in bare_forms(token) if place in arabic_places()}
    if not places or _ACRONYM.search(pair.plain):
        return
    named = _CAPITAL.findall(pair.plain)
    for token, place in places.items():
        if not any(place.startswith(translations_of(name)) or _sounds_like(symbols_of(name), place) for name in named):
            yield Finding("name", (token,), f"name {token} is missing from the translation")
