"""Which words of an Arabic sentence are names that another text lacks: there are no capitals, so by lists, by place, and by being rare."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import regex

from summarize.support.name_lists import BEFORE_PEOPLE, BEFORE_PLACES, CITIES, GIVEN, folded
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.checks.gazetteer import arabic_places
from translate.checks.particles import bare_forms

_LATIN: Final = regex.compile(r"\p{Latin}{2,}")
_SHORTEST: Final = 3  # letters of a name
_ENDING: Final = regex.compile("(?:يه|يين|يون|يات|ين|ون|ات|يا|ي|ه|ا)$")
_VOWEL: Final = regex.compile("[اه]$|يا$")
_PEOPLE: Final = ("ي", "يه", "يون", "يين", "يات")
_OTHER_WORDS: Final = folded("مالي مالية ماليون رياضي رياضية جزر بحرين")

# A rare word is taken for a name only where one may stand and where it has no form that verbs and common nouns have.
_LEADING: Final = folded("في من إلى نحو بين عن جنوب شمال شرق غرب جنوبي شمالي شرقي غربي وسط حول وفي ومن وإلى")
_NATIONALITY: Final = regex.compile("^ال.*(?:ي|يه)$")
_VERB: Final = regex.compile("^(?:[وف]|س?[يت]|است)")
_INFLECTED: Final = regex.compile("(?:ها|هم|هن|هما|وا|نا|ات|ون|ين|ته|[^ا]ت|ه)$")
_BUT_TA_MARBUTA: Final = tuple(step for step in FOLD if step != "ta_marbuta")


def names_among(text: str, source: Collection[str], likenesses: Collection[str]) -> Iterator[str]:
    """The names of a text that the source lacks, in order and each once.

    A name is a word in Latin letters, a listed country, people, city or given name; what follows "city of", a title or a given name; and a
    word that is rare in news, like none of the source's, and stands after a preposition.

    Args:
        text: Arabic.
        source: `name_keys` of the source's words.
        likenesses: stems and consonants of the source's words.
    """
    written = words(text)
    bare = ["", *(normalize(word, FOLD) for word in written), ""]
    found = dict[str, None]()
    for before, here, after, word in zip(bare, bare[1:], bare[2:], written, strict=False):
        if here in STOP_WORDS or here[:1].isdigit() or not name_keys(word).isdisjoint(source):
            continue
        rare = not is_common_word(word) and stem(word) not in likenesses
        if _LATIN.match(word) or _is_listed(here) or _is_introduced(before, here) or (rare and _may_be_name(before, word, after)):
            found[word] = None
    yield from found


@lru_cache(maxsize=1 << 16)
def name_keys(word: str) -> frozenset[str]:
    """What a name has in common with its other forms: السودانية and بالسودان are سودان."""
    forms = bare_forms(normalize(word, FOLD))
    return frozenset(form for each in forms for form in (each, _ENDING.sub("", each)) if len(form) >= _SHORTEST)


def is_common_word(word: str) -> bool:
    """Whether a word is frequent in Arabic news; some names of Tunisia are.

    `common_stems.txt` has the stems of the words in at least 20 of the 9,454 articles of ANT v1.1 (Apache-2.0).
    """
    return stem(word) in _common_stems()


def _is_listed(word: str) -> bool:
    return any(form in _places() or form in GIVEN for form in bare_forms(word))


def _is_introduced(before: str, word: str) -> bool:
    forms = bare_forms(before) if before else ()
    if any(form in BEFORE_PLACES for form in forms):
        return True
    return word not in BEFORE_PEOPLE and not _VERB.match(word) and any(form in BEFORE_PEOPLE or form in GIVEN for form in forms)


def _may_be_name(before: str, word: str, after: str) -> bool:
    """Whether a word may be a name by its form and by its neighbours; one before a noun with the article is in construct (شح المياه)."""
    spelled = normalize(word, _BUT_TA_MARBUTA)
    here = normalize(word, FOLD)
    if here.startswith("ال") or here in BEFORE_PLACES | BEFORE_PEOPLE or _VERB.match(here) or _INFLECTED.search(spelled):
        return False
    return (before in _LEADING or here[:1] in tuple("بل")) and (not after.startswith("ال") or bool(_NATIONALITY.match(after)))


@cache
def _places() -> frozenset[str]:
    """Countries, their people, and cities, folded, with their article and without."""
    from babel import Locale

    territories = {normalize(name, FOLD) for code, name in Locale("ar").territories.items() if code.isalpha()}
    names = {name.removeprefix("ال") for name in territories if name.isalpha()}
    stems = {name if len(name) <= _SHORTEST else _VOWEL.sub("", name) for name in names}
    people = {f"{stem}{ending}" for stem in stems for ending in _PEOPLE} - _OTHER_WORDS
    return arabic_places() | CITIES | names | people


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("common_stems.txt").read_text(encoding="utf-8").split())
