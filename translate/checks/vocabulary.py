"""Which English words are common words and which are names, by Hunspell's American dictionary (SCOWL), which spylls carries."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

_BRITISH: Final = tuple(
    (regex.compile(british), american)
    for british, american in (
        ("is(?=ations?$|e[sdr]?s?$|ing$)", "iz"),
        ("yse", "yze"),
        ("our(?=s?$|ed$|ing$|er|al|able|ite|hood|ly)", "or"),
        ("re(?=s?$)", "er"),
        ("ll(?=ed|er|ing)", "l"),
        ("l(?=ment|s?$)", "ll"),
        ("[ao]e", "e"),
        ("mme(?=s?$)", "m"),
        ("ence$", "ense"),
    )
)
_SCIENTIFIC: Final = regex.compile(r"(?:virus|vir[iau]+[a-z]*|[aeiou]logy|[aeiou]logical(?:ly)?|idae|inae|osis|emia|itis)(?:es|s)?$")
_SHORTEST_PART: Final = 3  # letters
_PREFIX: Final = regex.compile("^(?:anti|bio|geo|inter|micro|multi|neo|neuro|non|pan|post|pre|pro|sub|super|trans|ultra|un)")


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether an English word is no name but also written small: in the dictionary, in British spelling, of science, or put together."""
    small = word.lower()
    if _in_dictionary(small) or _SCIENTIFIC.search(small):
        return True
    if any(american != small and _in_dictionary(american) for american in (ours.sub(theirs, small) for ours, theirs in _BRITISH)):
        return True
    return not is_name(word) and _is_compound(small)


@lru_cache(maxsize=1 << 16)
def is_name(word: str) -> bool:
    """Whether the dictionary has a word, and with a capital only: Paris."""
    return not _in_dictionary(word.lower()) and _in_dictionary(word)


def _is_compound(small: str) -> bool:
    """Whether a word is two common ones written as one, as one|world, or one with a prefix, as trans|antarctic."""
    cuts = range(_SHORTEST_PART, len(small) - _SHORTEST_PART + 1)
    if any(_in_dictionary(small[:cut]) and _in_dictionary(small[cut:]) for cut in cuts):
        return True
    rest = _PREFIX.sub("", small)
    return rest != small and (_in_dictionary(rest) or _in_dictionary(rest.title()))


@lru_cache(maxsize=1 << 16)
def _in_dictionary(word: str) -> bool:
    return bool(_dictionary().lookup(word))


@cache
def _dictionary() -> Dictionary:
    import spylls.hunspell

    return spylls.hunspell.Dictionary.from_files(str(Path(spylls.hunspell.__file__).parent / "data/en/en_US"))
