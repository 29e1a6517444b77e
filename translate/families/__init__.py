"""What sets families of models apart: one small file each, found by the `family` of a ModelSpec."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from translate.errors import ConfigError
from translate.families.base import Family
from translate.families.causal import Causal
from translate.families.m2m100 import M2M100
from translate.families.marian import Marian
from translate.families.mbart import MBart
from translate.families.mbart50 import MBart50
from translate.families.nllb import Nllb
from translate.families.t5 import T5
from translate.runtime.prompts import TRANSLATE
from translate.spec import ModelSpec

FAMILIES: Mapping[str, type[Family]] = MappingProxyType(
    {"marian": Marian, "nllb": Nllb, "m2m100": M2M100, "mbart50": MBart50, "t5": T5, "mbart": MBart, "causal": Causal}
)


def find_family(name: str, *, where: str) -> type[Family]:
    """The family called `name`.

    Raises:
        ConfigError: there is none; `where` names the model.
    """
    if name not in FAMILIES:
        raise ConfigError(f"unknown family {name!r} of models", where=where, hint=f"known: {', '.join(FAMILIES)}, endpoint")
    return FAMILIES[name]


def family_for(spec: ModelSpec, tokenizer: Any) -> Family:
    """The conventions of one model around its tokenizer.

    Raises:
        ConfigError: its family is not known, or its language codes or its prompt do not go with the tokenizer.
    """
    kind = find_family(spec.family, where=spec.name)
    if issubclass(kind, Causal):
        return kind(tokenizer, spec.languages, name=spec.name, prompt=spec.prompt or TRANSLATE)
    return kind(tokenizer, spec.languages, name=spec.name)
