"""Cuts an Arabic sentence into words, numbers, foreign words and signs, as the lexicon looks them up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

import regex

from translate.arabic.normalize import normalize

_STEPS: Final = ("controls", "presentation_forms", "persian_letters", "diacritics", "tatweel", "digits", "punctuation", "whitespace")
_TOKEN: Final = regex.compile(
    r"""(?P<number>(?:(?<![\w.])[+-])?\d+(?:[.,:/-]\d+)*)                # 3.5, 1,200, 9:30, 2019-2020
    |   (?P<foreign>[\p{L}\p{M}--\p{Arabic}][\p{L}\p{M}\p{N}.'&_/+@-]*(?<![.'/-])|(?:https?://|www\.)\S+)
    |   (?P<word>[\p{Arabic}&&[\p{L}\p{M}]]+)
    |   (?P<sign>\.{3}|[^\s])""",
    regex.VERBOSE | regex.V1,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence.

    Attributes:
        text: normalised: no diacritics, ASCII digits and punctuation.
        kind: word (Arabic letters), number, foreign (other letters) or sign.
        glued: whether it stood against the token before it, without a space.
    """

    text: str
    kind: str
    glued: bool = False


def tokenize(sentence: str) -> list[Token]:
    """The tokens of a sentence in order; nothing but blanks is left out.

    Args:
        sentence: any text. A conjunction or preposition written onto a number (و3.5) becomes a word of its own.
    """
    text = normalize(unicodedata.normalize("NFC", sentence), _STEPS)
    tokens, end = [], 0
    for match in _TOKEN.finditer(text):
        tokens.append(Token(match[0], match.lastgroup or "sign", glued=match.start() == end and end > 0))
        end = match.end()
    return tokens
