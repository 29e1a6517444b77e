"""What the lexicon says about one Arabic word: its parts, and what it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PRONOUNS: Final = {
    "1S": "ي", "1P": "نا", "2MS": "ك", "2FS": "ك", "2D": "كما", "2MP": "كم", "2FP": "كن",
    "3MS": "ه", "3FS": "ها", "3D": "هما", "3MP": "هم", "3FP": "هن",
}  # fmt: skip
"""How a pronoun is written onto a word, by person, gender and number."""


@dataclass(frozen=True, slots=True)
class Clitic:
    """A word that Arabic writes onto its neighbour.

    Attributes:
        text: in Arabic.
        tag: CONJ, PREP, DET, FUT, SUBJUNC, EMPHATIC or PRON.
    """

    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word.

    Attributes:
        word: the word, as it was looked up.
        prefixes: particles and the article before the stem, in order.
        stem: the word without clitics, but with its inflection (what `segments` shows between them).
        lemma: the stem as the lexicon lists it, with short vowels, in Arabic.
        pos: noun, adj, verb, prop, num or particle; "unknown" for a word that the lexicon lacks.
        pronoun: possessive or object pronoun after the word, as 3MS, 1P …; None where there is none.
        glosses: English words for the stem alone, uninflected, the likeliest first.
        tense: for verbs perfect, imperfect or imperative.
        person: for verbs the subject, as 3MS, 1P …
        passive: whether a verb is in the passive; its glosses then begin with "be".
        number: sg, du or pl, as the ending says it (a broken plural has its own glosses in the plural).
        feminine: whether the ending is feminine.
        prior: how likely the reading is before anything is known about its neighbours, a logarithm.
    """

    word: str
    prefixes: tuple[Clitic, ...]
    stem: str
    lemma: str
    pos: str
    glosses: tuple[str, ...]
    pronoun: str | None = None
    tense: str | None = None
    person: str | None = None
    passive: bool = False
    number: str = "sg"
    feminine: bool = False
    prior: float = 0.0

    @property
    def definite(self) -> bool:
        """Whether the word has the article."""
        return any(clitic.tag == "DET" for clitic in self.prefixes)

    @property
    def segments(self) -> tuple[str, ...]:
        """The word cut at its clitics: و+ ال+ مكالمة, سياست +ها."""
        end = (f"+{PRONOUNS[self.pronoun]}",) if self.pronoun else ()
        return (*(f"{clitic.text}+" for clitic in self.prefixes), self.stem, *end)
