"""Sequence-to-sequence summarizers: mT5 trained on XL-Sum, AraBART's fine-tunes, and CrossSum, which writes English about Arabic."""

from __future__ import annotations

import logging
from pathlib import Path

from summarize.abstractive import Writer
from translate.engines import open_engine
from translate.optimize import CONVERTIBLE
from translate.registry import Generation, ModelSpec
from translate.runtime.device import choose_device

log = logging.getLogger(__name__)

# A second try with the same search would give the same: beams against none. What the wrong language, a loop and an empty summary have
# in common is that the search as a whole went there.
_GREEDY = Generation(num_beams=1, no_repeat_ngram_size=3, repetition_penalty=1.2)
_BEAMS = Generation(num_beams=4, no_repeat_ngram_size=3)


def open_seq2seq(spec: ModelSpec, folder: Path, *, engine: str, device: str, dtype: str) -> Writer:
    """Load a sequence-to-sequence summarizer.

    `engine` and `dtype` are chosen for translators; where CTranslate2 was named and does not run this family, torch does, with a word.

    Raises:
        ModelUnavailable, ConfigError, MissingExtra: as `translate.engines.open_engine`.
    """
    if spec.family not in CONVERTIBLE and (engine == "ct2" or dtype == "int8"):
        log.warning("%s: CTranslate2 does not run summarizers of the family %s; going on with torch", spec.name, spec.family)
        engine, dtype = "torch", "auto" if dtype == "int8" else dtype
    if spec.family not in CONVERTIBLE:
        choice = choose_device(device, dtype)
        if spec.family == "t5" and dtype == "auto" and choice.dtype == "float16":
            dtype = "float32"  # mT5 was trained in bfloat16; its activations overflow in float16
    opened = open_engine(spec, folder, engine=engine, device=device, dtype=dtype)
    again = _GREEDY if (spec.generation.num_beams or 1) > 1 else _BEAMS
    return Writer(lambda sentences: opened.engine, again)
