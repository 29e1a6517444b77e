"""English cut into the tokens that the model counts in, and tokens put together again."""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = "<num>"
JOINT: Final = "@-@"

_NUMBER = r"\d+(?:[.,:/]\d+)*"
_ENGLISH_TOKEN = re.compile(
    rf"{_NUMBER}(?:st|nd|rd|th|s)?\b|(?:[A-Z]\.){{2,}}|[ap]\.m\.|e\.g\.|i\.e\.|(?:Mr|Mrs|Ms|Dr|St)\.|[A-Za-zÀ-ÿ]+(?='s\b|n't\b)|'s\b|n't\b"
    r"|[A-Za-zÀ-ÿ]+(?:['&/_][A-Za-zÀ-ÿ]+)*|\.{2,}|\S"
)
_NEGATED = re.compile(r"([A-Za-z]+)(n't)\b")
_SIGNS = str.maketrans({"،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"',
                        "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "…": "...", "\u00a0": " "})  # fmt: skip
_IS_NUMBER = re.compile(rf"^{_NUMBER}$")
_CLOSING = frozenset(".,;:?!%)]}") | {"...", "..", "'s", "n't"}
_OPENING = frozenset("([{$£€#")


def is_number(token: str) -> bool:
    """Whether a token is a figure: `7`, `3.5`, `1,200`, `9:30`, `5/6`."""
    return bool(_IS_NUMBER.match(token))


def english_tokens(text: str) -> list[str]:
    """Tokens of an English text; a hyphen inside a compound becomes `@-@`, a contraction two tokens."""
    plain = re.sub(r"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])", f" {JOINT} ", text.translate(_SIGNS))
    tokens: list[str] = []
    for chunk in plain.split():
        if chunk == JOINT:
            tokens.append(chunk)
        else:
            tokens.extend(_ENGLISH_TOKEN.findall(_NEGATED.sub(r"\1 \2", chunk)))
    return tokens


def join_english(tokens: list[str]) -> str:
    """English text out of tokens: spacing of punctuation, quotation marks in pairs, hyphens, contractions."""
    text, glue, quoted = "", True, False
    for token in tokens:
        if token == '"':
            text += token if quoted or glue else f" {token}"
            glue, quoted = not quoted, not quoted
        elif token == JOINT:
            text, glue = text + "-", True
        elif glue or token in _CLOSING:
            text, glue = text + token, token in _OPENING
        else:
            text, glue = f"{text} {token}", token in _OPENING
    return text.strip()
