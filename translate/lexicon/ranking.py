"""Ranks the readings of a word by how often such readings were right in parallel text."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from translate.lexicon.analysis import Analysis

_UNSEEN: Final = 0.3  # what counts for a lexeme or shape that was never seen
_FORM: Final = 0.5  # weight of the prior by form beside the counts


@lru_cache(maxsize=1 << 16)
def lexeme(analysis: Analysis) -> str:
    """A short name for the word that a reading says it is: stem, part of speech and meaning, hashed.

    A hash, so that the statistics that mujaz ships hold nothing of the lexicon's text.
    """
    parts = (analysis.lemma, analysis.pos, analysis.tense or "", *analysis.glosses[:2])
    return f"{zlib.crc32('|'.join(parts).encode()):08x}"


def aligned_as(readings: Sequence[Analysis], otherwise: str) -> str:
    """What an Arabic word is to an aligner: the lexeme of its likeliest reading, so that all its forms are one; without a gloss, itself."""
    return lexeme(readings[0]) if readings and readings[0].glosses else otherwise


@lru_cache(maxsize=1 << 16)
def shape(analysis: Analysis) -> str:
    """What kind of form a reading takes the word for: clitics, part of speech, voice, person, number."""
    clitics = "".join(clitic.tag[0] for clitic in analysis.prefixes)
    verb = f"{(analysis.tense or '-')[:3]}{analysis.person or ''}{'P' * analysis.passive}" if analysis.tense else analysis.number
    return f"{clitics}:{analysis.pos}:{verb}:{'p' * bool(analysis.pronoun)}"


def log_prior(analysis: Analysis, counts: Mapping[str, float]) -> float:
    """How likely a reading is before its neighbours are known, a logarithm up to a constant.

    Args:
        analysis: the reading.
        counts: expected counts of lexemes and shapes in parallel text, by their names.
    """
    return (
        math.log(counts.get(lexeme(analysis), 0.0) + _UNSEEN)
        + math.log(counts.get(shape(analysis), 0.0) + _UNSEEN)
        + _FORM * analysis.prior
    )
