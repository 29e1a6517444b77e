"""A converted model as an engine: the generator that its kind needs, within its family's conventions."""

from __future__ import annotations

from pathlib import Path

from translate.families.base import Family
from translate.families.causal import Causal
from translate.runtime.causal import causal_engine
from translate.runtime.ct2 import Ct2Generator
from translate.runtime.ct2_causal import Ct2CausalGenerator
from translate.runtime.device import DeviceChoice
from translate.runtime.engine import Engine
from translate.runtime.generate import Seq2SeqEngine
from translate.runtime.prompts import stops
from translate.spec import ModelSpec


def ct2_generator(place: Path, spec: ModelSpec, choice: DeviceChoice, family: Family) -> Ct2Generator:
    """The generator for the converted model in `place`.

    Raises:
        ConfigError: the model is to be searched in a way that CTranslate2 does not have.
        ModelUnavailable: the files are damaged, or there is not enough memory for them.
    """
    if isinstance(family, Causal):
        return Ct2CausalGenerator(place, spec, choice, overhead=family.overhead, stop=stops(family.prompt), decode=family.decode)
    return Ct2Generator(place, spec, choice, forced_bos_id=family.forced_bos_id)


def ct2_engine(place: Path, spec: ModelSpec, choice: DeviceChoice, family: Family) -> Engine:
    """The engine for the converted model in `place`.

    Raises:
        ConfigError, ModelUnavailable: as `ct2_generator`; or its prompt leaves too little room for a sentence.
    """
    generator = ct2_generator(place, spec, choice, family)
    return causal_engine(family, generator) if isinstance(family, Causal) else Seq2SeqEngine(family, generator)
