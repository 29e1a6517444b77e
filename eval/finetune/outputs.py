"""The model folder that comes out: weights, tokenizer, search parameters, and a mujaz.yaml that says how the model is to be used."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from translate.registry import OWN_FILE
from translate.spec import ModelSpec

_NOT_TOKENIZER = ("config.json", "generation_config.json", "README.md", OWN_FILE)
_WEIGHTS = (".safetensors", ".bin", ".index.json", ".h5", ".msgpack", ".onnx", ".part")
_TOKENIZER = (".json", ".spm", ".model", ".txt", ".jinja")


def write_model(model: Any, base_folder: Path, target: Path, spec: ModelSpec, state: Mapping[str, Any] | None = None) -> None:
    """Fill a folder with a model.

    Args:
        model: its weights are written in safetensors, in the precision they are learned in.
        base_folder: the tokenizer's files are copied from here as they are.
        target: an empty folder.
        spec: of the result.
        state: the weights, where they are not to be taken from the model.
    """
    own = model.generation_config
    model.generation_config = _search(own, spec)
    try:
        model.save_pretrained(target, state_dict=dict(state) if state is not None else None)
    finally:
        model.generation_config = own
    for file in sorted(base_folder.iterdir()):
        if file.is_file() and file.name.endswith(_TOKENIZER) and not file.name.endswith(_WEIGHTS) and file.name not in _NOT_TOKENIZER:
            shutil.copyfile(file, target / file.name)
    values = spec.model_dump(mode="json", exclude_none=True)
    (target / OWN_FILE).write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


def _search(own: Any, spec: ModelSpec) -> Any:
    """The search parameters for those who use the model without mujaz.yaml: the base's with what its spec sets."""
    config = copy.deepcopy(own)
    for key, value in spec.generation.model_dump(exclude_none=True).items():
        setattr(config, key, value)
    try:
        config.validate(strict=True)
    except ValueError:  # the base's own are then the better choice
        return own
    return config
