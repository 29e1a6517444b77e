"""Learns which readings of Arabic words are the likely ones: those whose English words stand in the translations.

Expectation maximisation: a reading's probability in a sentence is its prior (from the counts of the round before) times how much likelier
its English words make the translation than chance would.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from translate.lexicon.analysis import Analysis
from translate.lexicon.analyzer import analyze
from translate.lexicon.learn.corpus import Pair, english_stem
from translate.lexicon.ranking import lexeme, log_prior, shape

_RECALL: Final = 0.55  # how often a right reading's English word does stand in the translation
_LIGHT: Final = frozenset("a an the of to be is or and by with for in on at up out s not one something someone".split())
_FLOOR: Final = 1e-4


WordTable = Mapping[str, Mapping[str, float]]
"""For each Arabic word, as it is written, the probabilities of the stems of its English words."""


def learn_readings(pairs: Sequence[Pair], words: WordTable, *, rounds: int = 3) -> dict[str, float]:
    """Count readings of the words of a corpus.

    Args:
        pairs: sentences with their translations.
        words: what an alignment without the lexicon says; it decides where English words are too common to be evidence (كان: was).
        rounds: of expectation maximisation.

    Returns:
        Expected counts of lexemes and of shapes, by their names (`ranking.lexeme`, `ranking.shape`).
    """
    frequency = Counter(stem for pair in pairs for stem in {english_stem(word) for word in pair.english})
    chance = {stem: count / len(pairs) for stem, count in frequency.items()}
    counts: dict[str, float] = {}
    for _ in range(rounds):
        found: dict[str, float] = defaultdict(float)
        priors: dict[str, list[float]] = {}
        for pair in pairs:
            present = frozenset(english_stem(word) for word in pair.english)
            for token in pair.arabic:
                readings = analyze(token.text) if token.kind == "word" else ()
                if not readings or not readings[0].glosses:
                    continue
                if token.text not in priors:
                    likely = words.get(token.text, {})
                    priors[token.text] = [log_prior(reading, counts) + _agreement(reading, likely) for reading in readings]
                scores = [prior + _evidence(reading, present, chance) for reading, prior in zip(readings, priors[token.text], strict=True)]
                for reading, share in zip(readings, _shares(scores), strict=True):
                    found[lexeme(reading)] += share
                    found[shape(reading)] += share
        counts = dict(found)
    return counts


def _shares(scores: Sequence[float]) -> list[float]:
    """Probabilities from logarithms up to a constant."""
    best = max(scores)
    weights = [math.exp(score - best) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def _evidence(reading: Analysis, present: frozenset[str], chance: dict[str, float]) -> float:
    best = None
    for stems in content_stems(reading.glosses):
        score = 0.0
        for stem in stems:
            expected = chance.get(stem, _FLOOR)
            score += math.log(_RECALL / expected) if stem in present else math.log((1 - _RECALL) / (1 - expected))
        best = score / len(stems) if best is None else max(best, score / len(stems))
    return min(best, 5.0) if best is not None else math.log(1 - _RECALL)


def _agreement(reading: Analysis, likely: Mapping[str, float]) -> float:
    """How far a reading's words are those that the word is aligned with throughout the corpus."""
    shares = (min(likely.get(stem, 0.0) for stem in stems) for stems in content_stems(reading.glosses))
    return math.log(max(shares, default=0.0) + 0.02) if likely else 0.0


@lru_cache(maxsize=1 << 16)
def content_stems(glosses: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The stems of the words that carry each gloss's meaning; of a gloss of light words only, all."""
    found = []
    for gloss in glosses:
        words = gloss.replace("-", " ").split()
        heavy = [word for word in words if word.lower() not in _LIGHT] or words
        found.append(tuple(english_stem(word) for word in heavy))
    return tuple(stems for stems in found if stems)
