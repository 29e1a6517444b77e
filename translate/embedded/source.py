"""An Arabic sentence as the words that the decoder translates: the lexicon's units in English order, figures set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from translate.embedded.tokens import NUMBER, is_number
from translate.lexicon.gloss import rank
from translate.lexicon.tokens import tokenize
from translate.lexicon.transfer import units_of
from translate.lexicon.units import Unit

_PART: Final = re.compile(r"\d+(?:[.,:/]\d+)*|\D")


@dataclass(frozen=True, slots=True)
class Word:
    """A unit as the phrase table knows it.

    Attributes:
        key: the unit's key, `NUMBER` for every figure.
        unit: where it comes from.
        text: what stands in the sentence, in Latin letters and figures as it stands there.
    """

    key: str
    unit: Unit
    text: str


def source_words(text: str) -> list[Word]:
    """The words of a sentence, put into English order by the lexicon's transfer rules.

    Raises:
        MissingExtra: the Arabic lexicon is not installed.
    """
    return [word for unit in units_of(tokenize(text), rank) for word in _words(unit)]


def _words(unit: Unit) -> list[Word]:
    token = unit.token
    if token is None or token.kind == "word":
        return [Word(unit.key.replace(" ", "_"), unit, unit.key)]
    if token.kind == "number":
        return [Word(NUMBER if is_number(part) else part, unit, part) for part in _PART.findall(token.text)]
    return [Word(token.text.lower().replace(" ", "_"), unit, token.text)]
