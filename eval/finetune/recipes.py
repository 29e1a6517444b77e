"""Families that are trained in another way than by gradients on pairs: their recipes, each resolved only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from translate.errors import ConfigError

Recipe = Callable[..., object]
"""Called as `recipe(config_path, output=FOLDER_OR_NONE, resume=BOOL)`: reads and checks its own YAML file, trains, and writes a model
folder; raises MujazError for what a user can mend."""

RECIPES: Mapping[str, str] = MappingProxyType({"embedded": "translate.embedded.training.recipe:finetune"})
"""The `family` of a YAML file → "module:function"."""


def recipe_for(path: Path) -> Recipe | None:
    """The recipe for a YAML file's family; None for models that are fine-tuned here.

    Raises:
        ConfigError: the recipe is not part of this installation.
    """
    family = _family(path)
    if family not in RECIPES:
        return None
    module, _, name = RECIPES[family].partition(":")
    try:
        recipe: Recipe = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise ConfigError(f"there is no recipe for the family {family!r} in this installation", where=str(path)) from error
    return recipe


def _family(path: Path) -> str:
    """The family that a YAML file names, "" if it names none or is not readable; whoever reads the file in full says what is wrong."""
    import yaml

    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return ""
    return str(values.get("family", "")) if isinstance(values, dict) else ""
