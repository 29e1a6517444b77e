"""Cuts an Arabic sentence into words, numbers, foreign words and signs, as the lexicon looks them up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import regex

from translate.arabic.normalize import normalize
from translate.lexicon.verbatim import verbatim_spans

_STEPS: Final = ("controls", "presentation_forms", "persian_letters", "diacritics", "tatweel", "digits", "punctuation", "whitespace")
_TOKEN: Final = regex.compile(
    r"""(?P<number>(?:(?<![\w.])[+-])?\d+(?:[.,:/-]\d+)*)                # 3.5, 1,200, 9:30, 2019-2020
    |   (?P<word>[\p{Arabic}&&[\p{L}\p{M}]]+)
    |   (?P<foreign>\uffff)                                                # stands for what is copied
    |   (?P<sign>\.{3}|[^\s])""",
    regex.VERBOSE | regex.V1,
)
_HELD: Final = "\uffff"
_DECIMAL_COMMA: Final = re.compile(r"(?<![\d.,])(\d+),(?=\d{1,2}(?![\d.,]))")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence.

    Attributes:
        text: normalised: no diacritics, ASCII digits and punctuation, a decimal point for a decimal comma (12,5); what is foreign
            as written, but for its digits and with single blanks.
        kind: word (Arabic letters), number, foreign (a run of words in other letters, as `verbatim` finds them) or sign.
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
    clean = unicodedata.normalize("NFC", normalize(sentence.replace(_HELD, ""), ("controls",)))
    text, held = _held(clean)
    text = normalize(text, _STEPS)
    foreign, tokens, end = iter(held), [], 0
    for match in _TOKEN.finditer(text):
        kind, glued = match.lastgroup or "sign", match.start() == end and end > 0
        tokens.append(Token(next(foreign) if kind == "foreign" else _DECIMAL_COMMA.sub(r"\1.", match[0]), kind, glued))
        end = match.end()
    return tokens


def _held(text: str) -> tuple[str, list[str]]:
    """The text with a sign for each run of words that is copied, and these runs."""
    rest, held, end = [], [], 0
    for start, stop in verbatim_spans(text):
        rest += [text[end:start], _HELD]
        run = " ".join(text[start:stop].split())
        held.append(run if "://" in run else normalize(run, ("digits",)))
        end = stop
    return "".join([*rest, text[end:]]), held
