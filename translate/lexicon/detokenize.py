"""English tokens as a sentence: spaces, quotation marks and the capital at its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from translate.checks.number_words import CARDINALS_EN

GLUE: Final = "\u2060"
"""Before a sign that stood without a blank before it, and is to have none on either side."""
VERBATIM: Final = "\uffff"
"""Before a word that is copied as it is, blanks and punctuation inside it included."""
JOINING: Final = frozenset("-/_")
_GLUED: Final = re.compile(f" ?{GLUE}(.) ?")
_NO_SPACE_BEFORE: Final = re.compile(r" (?=(?:[.,;:?!%)\]}]|\.{3})(?:\s|$))| (?=(?:'s|n't|'re|'ve|'ll|'d|'m)(?:\s|$))")
_NO_SPACE_AFTER: Final = re.compile(r"(?<=[(\[{$]) ")
_TENS_AND_ONES: Final = re.compile(
    r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty) (?=(?:one|two|three|four|five|six|seven|eight|nine)\b)"
)
_SCALE: Final = re.compile(
    rf"\b((?<![\d.,])\d{{1,3}}(?:\.\d+)?|hundred|{'|'.join(CARDINALS_EN)}) (hundred|thousand|million|billion|trillion)s"
    r"(?: of(?! (?:the|this|that|these|those|them|its|their|his|her|our|my|your|us)\b))?\b"
)
_RANGE: Final = re.compile(r"(?<=\d) ([-/]) (?=\d)")
_REPEATED: Final = re.compile(r"\b(the|a|an|of|to|in|and|that|for|with|by|on|is|was) (?=\1\b)")
_VOWEL: Final = re.compile(r"\b([Aa]) (?=[aeiou](?!ne\b|ni[tvqo]|se|uro))")
_INITIAL: Final = re.compile(rf"^([^\w{VERBATIM}]*)(\w)")
_FULL_STOP: Final = re.compile(r"([.!?]\s+)([a-z])")


def detokenize(tokens: Sequence[str]) -> str:
    """Put tokens together.

    Args:
        tokens: words in true case, numbers and signs.
    """
    copied = [token for token in tokens if token.startswith(VERBATIM)]
    text = _sentence([VERBATIM if token.startswith(VERBATIM) else token for token in tokens])
    first, *others = text.split(VERBATIM)
    return first + "".join(token[1:] + rest for token, rest in zip(copied, others, strict=True))


def without_repeats(text: str) -> str:
    """English without a small word that stands there twice in a row, as it does where two phrases meet: of of, the the."""
    return _REPEATED.sub("", text)


def with_an(text: str) -> str:
    """English with "an" for "a" where the next word begins with the sound of a vowel."""
    return _VOWEL.sub(r"\1n ", text)


def _sentence(tokens: Sequence[str]) -> str:
    text = with_an(_GLUED.sub(r"\1", without_repeats(" ".join(tokens))))
    for pattern, replacement in (
        (_NO_SPACE_BEFORE, ""),
        (_NO_SPACE_AFTER, ""),
        (_RANGE, r"\1"),
        (_TENS_AND_ONES, r"\1-"),
        (_SCALE, r"\1 \2"),
    ):
        text = pattern.sub(replacement, text)
    text = _quotes(text)
    text = _FULL_STOP.sub(lambda match: match[1] + match[2].upper(), text)
    return _INITIAL.sub(lambda match: match[1] + match[2].upper(), text, count=1)


def _quotes(text: str) -> str:
    """No blanks inside pairs of quotation marks."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return "".join(f'"{part.strip()}"' if place % 2 else part for place, part in enumerate(parts))
