"""The forms of an English gloss that may stand for an Arabic form: plural, tense, subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from translate.lexicon.analysis import Analysis
from translate.lexicon.inflect import gerund, is_plural, participle, past, plural, third_person

_SUBJECTS: Final = {
    "1S": "I",
    "1P": "we",
    "2MS": "you",
    "2FS": "you",
    "2MP": "you",
    "2FP": "you",
    "2D": "you",
    "3MP": "they",
    "3FP": "they",
    "3D": "they",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A gloss in one of its forms, and what that form costs, a logarithm."""

    text: str
    cost: float


def forms(reading: Analysis, gloss: str) -> Iterator[Form]:
    """The forms of a gloss that fit a reading, the fittest at no cost."""
    if reading.pos == "verb":
        yield from _verb_forms(reading, gloss)
    elif reading.pos in ("noun", "prop") and not gloss[:1].isupper():
        marked = reading.number != "sg"
        if is_plural(gloss.split()[-1]):
            yield Form(gloss, 0.0)
            return
        yield Form(plural(gloss), 0.0 if marked else -2.5)
        yield Form(gloss, -1.5 if marked else 0.0)
    else:
        yield Form(gloss, 0.0)


def _verb_forms(reading: Analysis, gloss: str) -> Iterator[Form]:
    who = _SUBJECTS.get(reading.person or "")
    for text, cost in _tenses(reading, gloss):
        if who is None or reading.tense == "imperative":
            yield Form(text, cost)
        else:
            first = reading.person in ("1S", "1P")
            yield Form(f"{who} {text}", cost - (0.0 if first else 0.7))
            yield Form(text, cost - (1.5 if first else 0.0))


@lru_cache(maxsize=1 << 15)
def _tenses_of(gloss: str, tense: str, singular: bool, passive: bool) -> tuple[tuple[str, float], ...]:
    first, _, rest = gloss.partition(" ")
    if passive and first == "be" and rest:
        forms_of_be = (
            ("was", "were", "is", "are", "been", "be", "being")
            if tense == "perfect"
            else ("is", "are", "be", "was", "were", "being", "been")
        )
        return (*((f"{be} {rest}", -0.5 * place) for place, be in enumerate(forms_of_be)), (rest, -1.0))
    if first == "be":
        named = ("was", "were", "be", "been") if tense == "perfect" else ("is", "are", "be", "was", "were")
        return tuple((f"{be} {rest}".strip(), -0.4 * place) for place, be in enumerate(named))
    if first in ("was", "were", "said"):
        return ((gloss, 0.0),)
    if tense == "perfect":
        return (past(gloss), 0.0), (participle(gloss), -0.7), (gloss, -2.5), (third_person(gloss), -2.5), (gerund(gloss), -3.0)
    if tense == "imperfect":
        third, base = (0.0, -0.5) if singular else (-2.0, 0.0)
        return (third_person(gloss), third), (gloss, base), (past(gloss), -1.7), (gerund(gloss), -1.2), (participle(gloss), -2.5)
    return ((gloss, 0.0),)


def _tenses(reading: Analysis, gloss: str) -> tuple[tuple[str, float], ...]:
    return _tenses_of(gloss, reading.tense or "", reading.person in ("3MS", "3FS"), reading.passive)
