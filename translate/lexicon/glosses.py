"""The English side of a lexicon row, as words that can stand in a sentence: no remarks in brackets, no slashes, no plus signs."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

_REMARK: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<verb>")
_SLASH: Final = re.compile(r"\s*/\s*")
_MOST: Final = 6


@lru_cache(maxsize=1 << 14)
def alternatives(gloss: str) -> tuple[str, ...]:
    """The words that a row offers, in its order: `with/by + us` gives with us, by us; `essay;piece of writing` gives both.

    Args:
        gloss: as the lexicon has it.
    """
    found: list[str] = []
    for part in gloss.split(";"):
        parts = [_variants(_REMARK.sub(" ", piece)) for piece in part.split("+")]
        found += [" ".join(" ".join(words).split()) for words in list(product(*parts))[:_MOST]]
    return tuple(dict.fromkeys(text.strip("!?., ") for text in found if text.strip("!?., ")))[: 2 * _MOST]


def _variants(text: str) -> list[str]:
    """`with/by` as two words, and `set/put up` as they stand: set up, put up."""
    words = text.split()
    choices = [_SLASH.split(word) if "/" in word.strip("/") else [word] for word in words]
    return [" ".join(choice) for choice in list(product(*choices))[:_MOST]] if words else [""]
