"""What the lexicon offers for a single word: its glosses in the forms that may fit, and the spelling of names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Protocol

from translate.embedded.source import Word
from translate.embedded.tokens import NUMBER, english_tokens
from translate.lexicon.analysis import Analysis
from translate.lexicon.buckwalter import fold
from translate.lexicon.forms import forms
from translate.lexicon.gloss import rank
from translate.lexicon.options import CLITIC_OPTIONS, PRONOUN_OPTIONS, gloss_shares
from translate.lexicon.ranking import lexeme
from translate.lexicon.statistics import load_statistics
from translate.lexicon.tokens import Token

_READINGS: Final = 3
_MOST: Final = 10
_SHORTEST_NAME: Final = 3
_NAMED: Final = 4  # letters that a name has at least from which a particle is cut
_VOWELS: Final = frozenset("اوي")  # after و, it may be the W of a name: واتسون, ويليامز
_ORDER: Final = -0.7  # what each later word for a clitic costs


class Found(Protocol):
    """An entry of a phrase table."""

    @property
    def target(self) -> tuple[str, ...]:
        """Its English tokens."""


class Known(Protocol):
    """A phrase table."""

    def find(self, source: tuple[str, ...]) -> Sequence[Found]:
        """The entries of a source phrase."""


def glosses_of(word: Word) -> Iterable[tuple[str, float]]:
    """English for a word and the natural log of how likely it is, the likeliest first; a figure, sign or foreign word as it is."""
    token = word.unit.token
    if token is not None and token.kind != "word":
        shown = word.key if token.kind == "number" else word.text
        return ((shown, 0.0),)
    if clitic := CLITIC_OPTIONS.get(word.unit.key) or PRONOUN_OPTIONS.get(word.unit.key):
        return [(text, _ORDER * place) for place, text in enumerate(clitic.split())]
    return _glosses(word.unit.readings)


@lru_cache(maxsize=1 << 14)
def _glosses(readings: tuple[Analysis, ...]) -> list[tuple[str, float]]:
    statistics = load_statistics()
    best: dict[str, float] = {}
    for reading in readings[:_READINGS]:
        behind = 0.5 * (rank(reading) - rank(readings[0]))
        for gloss, share in gloss_shares(reading, statistics.words(lexeme(reading))):
            for form in forms(reading, gloss):
                score = math.log(max(share, 1e-7)) + form.cost + behind
                best[form.text] = max(best.get(form.text, score), score)
    return sorted(best.items(), key=lambda item: -item[1])[:_MOST]


def spelled(word: Word, table: Known) -> tuple[str, ...]:
    """A name as it sounds; particles before names that the table knows are translated (وترامب: and Trump), و before any other too."""
    text = word.text
    english = CLITIC_OPTIONS.get(f"{text[:1]}+", "").split()[:1]
    if english and len(text) > _NAMED:
        known = next((entry.target for entry in table.find((text[1:],)) if entry.target and entry.target[0][:1].isupper()), None)
        if known:
            return (*english, *known)
        if text[0] == "و" and text[1] not in _VOWELS:
            return (*english, _spell(text[1:]))
    return (_spell(text),)


@lru_cache(maxsize=1 << 14)
def _spell(text: str) -> str:
    return load_statistics().speller.spell(text)


def listed(words: Sequence[Word]) -> list[tuple[tuple[str, ...], float]]:
    """The lexicon's phrases for a run of words, as English tokens and a natural log of how likely they are; none with figures in it."""
    if any(word.key == NUMBER for word in words):
        return []
    source = " ".join(word.unit.key for word in words)
    return [(tuple(english_tokens(found.target)), found.forward) for found in load_statistics().candidates(source) if found.target]


def name_of(words: Sequence[Word], start: int, end: int) -> str | None:
    """The spelling of a written word that a span is, if nothing in parallel text speaks for the lexicon's reading of it."""
    token = words[start].unit.token
    if token is None or token.kind != "word" or len(token.text) <= _SHORTEST_NAME:
        return None
    if any(word.unit.token is not token for word in words[start:end]) or _also(words, start - 1, token) or _also(words, end, token):
        return None
    readings = [reading for word in words[start:end] for reading in word.unit.readings[:1]]
    if not readings or any(reading.pos == "prop" or load_statistics().words(lexeme(reading)) for reading in readings):
        return None
    return _spell(fold(token.text))


def _also(words: Sequence[Word], place: int, token: Token) -> bool:
    return 0 <= place < len(words) and words[place].unit.token is token
