"""Which engine runs a model that is on this machine: torch or CTranslate2."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from translate.errors import ConfigError, MujazError
from translate.families import family_for
from translate.families.causal import Causal
from translate.optimize import CONVERTIBLE, check_search, converted, optimize, own_search
from translate.runtime.causal import causal_engine, causal_generator
from translate.runtime.ct2 import choose_ct2_device
from translate.runtime.ct2_engine import ct2_engine
from translate.runtime.ct2_search import unsupported
from translate.runtime.device import DeviceChoice, choose_device
from translate.runtime.engine import Engine
from translate.runtime.generate import Seq2SeqEngine, Seq2SeqGenerator
from translate.runtime.loading import LoadedModel, load_causal, load_seq2seq, load_tokenizer
from translate.runtime.sentences import SentenceEngine
from translate.spec import ModelSpec

log = logging.getLogger(__name__)

ENGINES: Final = ("auto", "torch", "ct2")
DTYPES: Final = ("float32", "bfloat16", "float16", "int8")


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine, and what it computes with: outputs of another `runtime` may differ."""

    engine: Engine
    runtime: str


def open_engine(spec: ModelSpec, folder: Path, *, engine: str = "auto", device: str = "auto", dtype: str = "auto") -> Opened:
    """Load a model.

    Args:
        spec: the model.
        folder: its files.
        engine: "torch"; "ct2" for CTranslate2, which converts the model when it is first used; or "auto": CTranslate2 on a CPU
            where it is installed and can do what the model needs, else torch.
        device: see `choose_device` and `choose_ct2_device`.
        dtype: likewise. With "auto", a precision other than int8 means torch.

    Raises:
        ModelUnavailable: it cannot be loaded, or its conversion is no good.
        ConfigError: `engine`, `device` or `dtype` do not exist or do not go together.
        MissingExtra: the packages for it are not installed.
        OutputError: no room on the disk for the conversion.
    """
    if engine not in ENGINES:
        raise ConfigError(f"unknown engine {engine!r}", hint=f"use {', '.join(ENGINES)}")
    if spec.family == "gloss":
        from translate.lexicon.gloss import gloss_sentence

        return Opened(SentenceEngine(gloss_sentence), "gloss")
    if spec.family == "embedded":
        from translate.embedded.engine import embedded_engine

        return Opened(embedded_engine(folder), "embedded")
    if engine == "ct2" or (engine == "auto" and _suits_ct2(spec, folder, device, dtype)):
        try:
            return _open_ct2(spec, folder, device, dtype)
        except MujazError as error:
            if engine == "ct2":
                raise
            log.warning("%s; going on with torch", error.what if error.where is None else f"{error.where}: {error.what}")
    if dtype == "int8":
        raise ConfigError("torch does not run this model in int8", where=spec.name, hint="use --engine ct2, or another --dtype")
    return _open_torch(spec, folder, device, dtype)


def _suits_ct2(spec: ModelSpec, folder: Path, device: str, dtype: str) -> bool:
    """Whether CTranslate2 is there, would run on the CPU, and knows this kind of model and search."""
    if spec.family not in CONVERTIBLE or dtype not in ("auto", "int8") or not find_spec("ctranslate2"):
        return False
    if device not in ("auto", "cpu") or choose_ct2_device(device).device != "cpu":
        return False
    problem = unsupported(own_search(folder), spec.generation)
    if problem:
        log.warning("%s: CTranslate2 cannot search with %s; going on with torch, which is slower", spec.name, problem)
    return problem is None


def _open_ct2(spec: ModelSpec, folder: Path, device: str, dtype: str) -> Opened:
    choice = choose_ct2_device(device, dtype)
    check_search(spec, folder)
    place = converted(spec, folder, choice.dtype)
    if not place.is_dir():
        log.warning("%s: converting it for CTranslate2, which is done once; it will be in %s", spec.name, place)
    place = optimize(spec, folder, choice)
    family = family_for(spec, load_tokenizer(folder, family=spec.family, name=spec.name))
    return Opened(ct2_engine(place, spec, choice, family), f"CTranslate2 {choice.dtype}")


def _open_torch(spec: ModelSpec, folder: Path, device: str, dtype: str) -> Opened:
    choice = choose_device(device, dtype)
    engine = torch_engine(load_torch(spec, folder, choice), spec)
    return Opened(engine, f"torch {choice.dtype}")


def load_torch(spec: ModelSpec, folder: Path, choice: DeviceChoice) -> LoadedModel:
    """A model's weights and tokenizer, loaded for torch. Raises as `load_seq2seq` and `load_causal`."""
    load = load_causal if spec.family == "causal" else load_seq2seq
    return load(folder, choice, name=spec.name)


def torch_engine(loaded: LoadedModel, spec: ModelSpec) -> Engine:
    """The engine around a model that torch has loaded; it takes over the model's generation_config.

    Raises:
        ConfigError: the spec's language codes or its prompt do not go with the tokenizer.
    """
    family = family_for(spec, loaded.tokenizer)
    if isinstance(family, Causal):
        return causal_engine(family, causal_generator(loaded, spec, family))
    ids = {"forced_bos_id": family.forced_bos_id, "decoder_start_id": family.decoder_start_id}
    return Seq2SeqEngine(family, Seq2SeqGenerator(loaded, spec, **ids))
