"""The embedded translator behind the interface that models have."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from translate.embedded.translate import load_model, translate_sentence
from translate.runtime.sentences import SentenceEngine

_LONGEST: Final = 600
"""Characters of a piece that is searched in one go; the time for a sentence grows with its length."""


def embedded_engine(folder: Path) -> SentenceEngine:
    """Load a folder of weights, and with a first sentence the lexicon and the dictionaries of the checks. Raises as `load_model`."""
    model = load_model(folder)
    translate_sentence("باريس", model)
    return SentenceEngine(partial(translate_sentence, model=model), longest=_LONGEST)
