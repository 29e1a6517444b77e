"""Sequence-to-sequence summarizers: mT5 trained on XL-Sum, AraBART's fine-tunes, and CrossSum, which writes English about Arabic."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from summarize.abstractive import Writer
from translate.engines import open_engine
from translate.runtime.device import choose_device
from translate.spec import Generation, ModelSpec

# A second try with the same search would give the same: beams against none. What the wrong language, a loop and an empty summary have
# in common is that the search as a whole went there.
_GREEDY = Generation(num_beams=1, no_repeat_ngram_size=3, repetition_penalty=1.2)
_BEAMS = Generation(num_beams=4, no_repeat_ngram_size=3)


def open_seq2seq(spec: ModelSpec, folder: Path, *, engine: str, device: str, dtype: str) -> Writer:
    """Load a sequence-to-sequence summarizer.

    Raises:
        ModelUnavailable, ConfigError, MissingExtra: as `translate.engines.open_engine`.
    """
    if spec.family == "t5" and dtype == "auto" and engine != "ct2" and find_spec("torch") and choose_device(device).dtype == "float16":
        dtype = "float32"  # mT5 was trained in bfloat16; its activations overflow in float16
    opened = open_engine(spec, folder, engine=engine, device=device, dtype=dtype)
    again = _GREEDY if (spec.generation.num_beams or 1) > 1 else _BEAMS
    return Writer(lambda sentences: opened.engine, again)
