"""What each unit, or run of units, may be in English: learned phrases, and the lexicon's glosses in the forms that may fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from translate.lexicon.analysis import Analysis
from translate.lexicon.detokenize import GLUE, JOINING
from translate.lexicon.forms import forms
from translate.lexicon.ranking import lexeme
from translate.lexicon.statistics import Statistics
from translate.lexicon.units import OF, THE, Unit

PRONOUN_OPTIONS: Final = dict.fromkeys(("+ك", "+كما", "+كم", "+كن"), "your you") | {
    "+ي": "my me I",
    "+نا": "our us we",
    "+ه": "his its him it he",
    "+ها": "her its their it them she",
    **dict.fromkeys(("+هما", "+هم", "+هن"), "their them they"),
}
CLITIC_OPTIONS: Final = {
    "و+": "and", "ف+": "so and", "ب+": "with by in", "ك+": "as like", "ل+": "for to", "س+": "will", "ال+": "the", THE: "the", OF: "of",
}  # fmt: skip
DROPPED: Final = ("ال+", THE, OF, "و+", "ف+")
"""Units that may be nothing in English."""


@dataclass(frozen=True, slots=True)
class Option:
    """English for a run of units.

    Attributes:
        tokens: none where nothing is said in English.
        length: how many units it is for.
        score: its log-linear score without the language model.
        verbatim: whether the tokens are copied from the source as they are.
    """

    tokens: tuple[str, ...]
    length: int
    score: float
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the score of a translation weighs.

    Attributes:
        forward, backward, lexical: of the scores of a learned phrase (see `statistics.Candidate`).
        phrase: added for each learned phrase.
        gloss: added for each word that the lexicon translates.
        share: of the logarithm of how likely the gloss and its form are.
        reading: of the difference between a reading's prior and the best one's.
        dropped: added for each article, "of" or conjunction that is left out.
        model, token: of the language model; added for each English token.
        beam: how many partial translations are kept.
        most: how many translations of a unit are tried.
    """

    forward: float = 0.3
    backward: float = 0.3
    lexical: float = 0.2
    phrase: float = -0.3
    gloss: float = -1.5
    share: float = 0.3
    reading: float = 0.5
    dropped: float = -0.5
    model: float = 0.28
    token: float = 1.1
    beam: int = 16
    most: int = 10


LONGEST: Final = 4
"""Units in a learned phrase."""

Rank = Callable[[Analysis], float]


def options_for(units: Sequence[Unit], statistics: Statistics, rank: Rank, weights: Weights) -> list[list[Option]]:
    """For each place in a line of units, the options that begin there; one of them is for that unit alone."""
    return [_options_at(units, place, statistics, rank, weights) for place in range(len(units))]


def _options_at(units: Sequence[Unit], place: int, statistics: Statistics, rank: Rank, weights: Weights) -> list[Option]:
    unit = units[place]
    options: list[Option] = []
    for length in range(1, min(LONGEST, len(units) - place) + 1):
        if units[place + length - 1].kind == "foreign":  # a learned phrase would say something else for it
            break
        if length > 1 or unit.kind == "word":
            options += _learned(units[place : place + length], statistics, weights)
    if unit.token is not None and unit.kind == "foreign":
        options.append(Option(tuple(unit.token.text.split()), 1, 0.0, verbatim=True))
    elif unit.token is not None and unit.kind != "word":
        joined = unit.token.glued and unit.token.text in JOINING
        options.append(Option((f"{GLUE}{unit.token.text}" if joined else unit.token.text,), 1, 0.0))
    elif clitic := CLITIC_OPTIONS.get(unit.key) or PRONOUN_OPTIONS.get(unit.key):
        options += [Option((word,), 1, weights.gloss - 0.5 * order) for order, word in enumerate(clitic.split())]
    else:
        options += best_first(list(_glosses(unit, statistics, rank, weights)), weights.most)
    if not any(option.length == 1 for option in options):
        options.append(Option(_spelled(unit.key, statistics), 1, weights.gloss))
    return options


def _spelled(word: str, statistics: Statistics) -> tuple[str, ...]:
    """A name as it is known, else as it sounds; a conjunction or preposition before a known name is taken off (لفيدال, وترامب)."""
    english = CLITIC_OPTIONS.get(f"{word[:1]}+", "").split()[:1]
    if english and (known := next(statistics.candidates(word[1:]), None)) and known.target[:1].isupper():
        return (*english, *known.target.split())
    return (statistics.speller.spell(word),)


def _learned(run: Sequence[Unit], statistics: Statistics, weights: Weights) -> list[Option]:
    source = " ".join(unit.key for unit in run)
    options = []
    for found in statistics.candidates(source):
        if not found.target and source not in DROPPED:
            continue
        score = weights.forward * found.forward + weights.backward * found.backward + weights.lexical * found.lexical + weights.phrase
        options.append(Option(tuple(found.target.split()), len(run), score if found.target else score + weights.dropped))
    return best_first(options, weights.most)


def _glosses(unit: Unit, statistics: Statistics, rank: Rank, weights: Weights) -> Iterator[Option]:
    best = rank(unit.readings[0]) if unit.readings else 0.0
    for reading in unit.readings[:4]:
        behind = weights.reading * (rank(reading) - best)
        for gloss, share in gloss_shares(reading, statistics.words(lexeme(reading))):
            for form in forms(reading, gloss):
                yield Option(tuple(form.text.split()), 1, weights.gloss + weights.share * (log(share) + form.cost) + behind)


def gloss_shares(reading: Analysis, seen: Mapping[str, float], *, trust: float = 3.0) -> list[tuple[str, float]]:
    """A reading's English words, uninflected, with probabilities: what was seen in parallel text, then the order of the lexicon.

    Args:
        reading: the reading.
        seen: how often its lexeme was aligned with each English word (lower case).
        trust: how many sightings weigh as much as the lexicon's order.
    """
    total = sum(seen.values())
    order = [1 / (1 + place) for place in range(len(reading.glosses))]
    whole = sum(order)
    return [
        (gloss, (_sightings(gloss, reading, seen) + trust * rank / whole) / (total + trust))
        for gloss, rank in zip(reading.glosses, order, strict=True)
    ]


def _sightings(gloss: str, reading: Analysis, seen: Mapping[str, float]) -> float:
    if not seen:
        return 0.0
    return float(sum(seen.get(word.lower(), 0.0) for word in {form.text for form in forms(reading, gloss)}))


def best_first(options: Sequence[Option], most: int) -> list[Option]:
    """The `most` best options, each English once."""
    best: dict[tuple[str, ...], Option] = {}
    for option in options:
        if option.tokens not in best or best[option.tokens].score < option.score:
            best[option.tokens] = option
    return sorted(best.values(), key=lambda option: -option.score)[:most]


def log(probability: float) -> float:
    """The logarithm, of 0 too."""
    return math.log(max(probability, 1e-7))
