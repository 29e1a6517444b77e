"""The decoder's phrases as English text: figures put in, spaces and capitals set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from translate.embedded.decoder import Piece
from translate.embedded.source import Word
from translate.embedded.tokens import NUMBER, join_english
from translate.lexicon.detokenize import with_an, without_repeats

_INITIAL: Final = re.compile(r"^(\W*)([^\W\d])")


def tokens_of(pieces: Sequence[Piece], words: Sequence[Word]) -> list[str]:
    """English tokens, with the figures of the source in the places of `NUMBER`, phrase by phrase in their order."""
    tokens: list[str] = []
    for piece in pieces:
        figures = [word.text for word in words[piece.start : piece.end] if word.key == NUMBER]
        for token in piece.option.target:
            tokens.append(figures.pop(0) if token == NUMBER and figures else token)
        tokens += figures
    return tokens


def render(pieces: Sequence[Piece], words: Sequence[Word]) -> str:
    """A translation as text, with a capital at its beginning."""
    text = with_an(without_repeats(join_english(tokens_of(pieces, words))))
    return _INITIAL.sub(lambda match: match[1] + match[2].upper(), text, count=1)
