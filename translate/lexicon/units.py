"""An Arabic sentence as the units that are translated: words, and the clitics, article and pronouns cut from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from translate.lexicon.analysis import PRONOUNS, Analysis
from translate.lexicon.buckwalter import fold
from translate.lexicon.tokens import Token

THE: Final = "_the"
"""The article that a noun has by what follows it: (the) head of the state."""
OF: Final = "_of"
"""What stands between the parts of an idafa."""
WEEKDAYS: Final = frozenset("احد اثنين ثلاثاء اربعاء خميس جمعة سبت".split())
"""The stems of weekdays, folded; with the article they are units of their own, for without it they are other words."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is translated as one.

    Attributes:
        key: how the tables know it: folded, with + where it was cut off.
        token: the token that it comes from; None for `THE` and `OF`.
        readings: of the word without its clitics, the likeliest first; for clitics, numbers and signs none.
    """

    key: str
    token: Token | None = None
    readings: tuple[Analysis, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of its token; what comes of no token is a word."""
        return self.token.kind if self.token else "word"


@dataclass(slots=True)
class Word:
    """A token with its likeliest reading and what the transfer rules say about it.

    Attributes:
        token: the token.
        readings: those that cut the word as the likeliest one does, that one first; none for what the lexicon does not know.
        of: whether it is the later part of an idafa.
        implied: whether it is definite by what follows.
        adjectives: what goes before it in English, in that order.
        tens: whether it is the tens of a number whose ones stand before it, so that its "and" is not said.
    """

    token: Token
    readings: tuple[Analysis, ...] = ()
    of: bool = False
    implied: bool = False
    adjectives: list[Word] = field(default_factory=list)
    tens: bool = False

    @property
    def weekday(self) -> bool:
        """Whether it is a weekday with its article."""
        return self.reading is not None and self.reading.definite and not self.reading.pronoun and fold(self.reading.stem) in WEEKDAYS

    @property
    def reading(self) -> Analysis | None:
        """The likeliest reading."""
        return self.readings[0] if self.readings else None

    @property
    def pos(self) -> str:
        """Its part of speech, or number, foreign or sign; "unknown" for an Arabic word that the lexicon lacks."""
        if self.token.kind != "word":
            return self.token.kind
        return self.reading.pos if self.reading else "unknown"

    @property
    def bound(self) -> bool:
        """Whether a conjunction or preposition is written onto it."""
        return self.reading is not None and any(clitic.tag in ("CONJ", "PREP") for clitic in self.reading.prefixes)

    def has(self, tag: str) -> bool:
        """Whether it has a clitic of this kind."""
        return self.reading is not None and any(clitic.tag == tag for clitic in self.reading.prefixes)

    def units(self, *, without: Sequence[str] = ()) -> list[Unit]:
        """Its units in English order: conjunction and preposition, article or possessor, adjectives, the word, its object.

        Args:
            without: tags of clitics to leave out.
        """
        reading = self.reading
        if reading is None:
            return [Unit(OF)] * self.of + [Unit(THE)] * self.implied + self._adjectives() + [Unit(self._key(self.token.text), self.token)]
        left_out = (*without, *(("CONJ",) if self.tens else ()), *(("DET",) if self.weekday else ()))
        clitics = [clitic for clitic in reading.prefixes if clitic.tag not in left_out]
        before = [Unit(f"{fold(clitic.text)}+", self.token) for clitic in clitics if clitic.tag != "DET"]
        article = [Unit("ال+", self.token) for clitic in clitics if clitic.tag == "DET"]
        pronoun = [Unit(f"+{PRONOUNS[reading.pronoun]}", self.token)] if reading.pronoun else []
        owner, after = (pronoun, []) if reading.pos in ("noun", "adj", "prop") else ([], pronoun)
        core = Unit(f"{'ال+' * self.weekday}{self._key(reading.stem)}", self.token, self.readings)
        implied = [Unit(THE)] * (self.implied and not article and not owner)
        return [Unit(OF)] * self.of + before + implied + article + owner + self._adjectives() + [core] + after

    def _adjectives(self) -> list[Unit]:
        return [unit for word in self.adjectives for unit in word.units(without=("DET",))]

    def _key(self, text: str) -> str:
        return fold(text) if self.token.kind == "word" else text.lower()
