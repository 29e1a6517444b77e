"""How much there is: nothing written, Arabic or HTML left as it was, far too short or far too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from translate.addresses import URL
from translate.arabic.normalize import normalize
from translate.checks.finding import Finding, Pair

_ARABIC_WORD: Final = regex.compile("[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
_URL: Final = regex.compile(URL)
_ENTITY: Final = regex.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|amp|lt|gt|quot|apos|nbsp);")
_WORDLIKE: Final = regex.compile(r"[\p{L}\p{Nd}]")
_SHOWN: Final = 3

# Characters of English for one of Arabic: 0.52 to 2.3 in 4,068 professional translations (FLORES-200 dev, TICO-19).
_SHORTEST, _LONGEST = 0.5, 2.5
_LONG_ENOUGH: Final = 40  # characters of source below which that says little:
_LONGEST_OF_SHORT: Final = 60  # for them, so many characters are too many


def is_empty(text: str) -> bool:
    """Whether a text has neither letter nor digit."""
    return not _WORDLIKE.search(text)


def check_leftover(pair: Pair) -> Iterator[Finding]:
    """Arabic words in the translation, but for those in an address, and HTML entities that the source has none of."""
    if words := tuple(dict.fromkeys(_ARABIC_WORD.findall(_URL.sub(" ", pair.target)))):
        more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        yield Finding("leftover", words, f"Arabic is left in the translation: {', '.join(words[:_SHOWN])}{more}")
    if (entity := _ENTITY.search(pair.target)) and not _ENTITY.search(pair.source):
        yield Finding("leftover", (entity[0],), f"HTML is left in the translation: {entity[0]}")


def check_length(pair: Pair) -> Iterator[Finding]:
    """A translation far shorter or longer than professional translators' are."""
    ours, theirs = len(pair.target.strip()), len(normalize(pair.source, ("controls", "diacritics", "tatweel")).strip())
    if theirs >= _LONG_ENOUGH and ours < _SHORTEST * theirs:
        yield Finding("length", (), f"the translation is very short: {ours} characters for {theirs}")
    elif ours > (_LONGEST * theirs if theirs >= _LONG_ENOUGH else max(_LONGEST_OF_SHORT, 3 * theirs)):
        yield Finding("length", (), f"the translation is very long: {ours} characters for {theirs}")
