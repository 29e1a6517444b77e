"""The gloss: Arabic put into English word by word, in English order, with nothing that the Arabic does not say.

A sentence is cut into units and reordered (`transfer`), each unit gets the English that the lexicon and the parallel text know for it
(`options`), and the likeliest line of them is taken (`decode`).
"""

from __future__ import annotations

from typing import Final

from translate.lexicon.analysis import Analysis
from translate.lexicon.decode import decode
from translate.lexicon.detokenize import VERBATIM, detokenize
from translate.lexicon.options import Weights, options_for
from translate.lexicon.ranking import log_prior
from translate.lexicon.statistics import load_statistics
from translate.lexicon.tokens import tokenize
from translate.lexicon.transfer import units_of

WEIGHTS: Final = Weights()


def rank(reading: Analysis) -> float:
    """How likely a reading of a word is, by what was learned, a logarithm up to a constant."""
    return log_prior(reading, load_statistics().counts)


def gloss_sentence(text: str, weights: Weights = WEIGHTS) -> str:
    """An Arabic sentence in rough English.

    Args:
        text: one sentence.
        weights: of the parts of the score; as they ship they were tuned on FLORES-200 dev.

    Returns:
        English, with a capital at its beginning; "" for a blank text.

    Raises:
        MissingExtra: the Arabic lexicon is not installed.
    """
    statistics = load_statistics()
    units = units_of(tokenize(text), rank)
    if not units:
        return ""
    best = decode(
        options_for(units, statistics, rank, weights), statistics.english, weight=weights.model, per_token=weights.token, beam=weights.beam
    )
    return detokenize([VERBATIM * option.verbatim + token for option in best for token in option.tokens])
