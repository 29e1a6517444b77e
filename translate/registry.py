"""The model registry: configs/models/*.yaml, a user's own YAML file or a local model folder, as frozen ModelSpecs."""

from __future__ import annotations

import difflib
from functools import lru_cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel

from translate.errors import ConfigError, ModelUnavailable
from translate.model_folder import spec_of_file, spec_of_folder
from translate.settings import read_settings
from translate.spec import ModelSpec, Task


class Preference(BaseModel):
    """The order in which `auto` looks for a model that is installed, from configs/preference.yaml."""

    translators: tuple[str, ...]
    drafts: tuple[str, ...]
    summarizers: tuple[str, ...]


@lru_cache
def preference() -> Preference:
    """Names of models, the best first."""
    with resources.as_file(resources.files("configs") / "preference.yaml") as path:
        return read_settings(path, Preference)


def by_preference(task: Task) -> list[ModelSpec]:
    """The registry's models for a task: the preferred ones in their order, then the others by name."""
    order = {name: place for place, name in enumerate(preference().translators + preference().drafts + preference().summarizers)}
    return sorted(all_specs(task), key=lambda spec: (order.get(spec.name, len(order)), spec.name))


@lru_cache
def _registry() -> dict[str, ModelSpec]:
    with resources.as_file(resources.files("configs") / "models") as folder:
        specs = [read_settings(path, ModelSpec) for path in sorted(folder.glob("*.yaml"))]
    return {spec.name: spec for spec in specs}


def all_specs(task: Task | None = None) -> list[ModelSpec]:
    """The registry's models by name, or those for one task."""
    return [spec for spec in _registry().values() if task in (None, spec.task)]


def load_spec(name_or_path: str) -> ModelSpec:
    """The model that a NAME of the registry, a YAML file or a local model folder stands for; a name wins over a path.

    Raises:
        ConfigError: the YAML file is missing or not usable, or the folder's config.json is not.
        ModelUnavailable: there is no such name, file or folder, or the folder holds a kind of model that mujaz cannot use.
    """
    if name_or_path in _registry():
        return _registry()[name_or_path]
    path = Path(name_or_path).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return _from_yaml(path)
    if path.is_dir():
        return _from_own_file(path) if (path / OWN_FILE).is_file() else spec_of_folder(path)
    if path.suffix == ".gguf" and path.is_file():
        return spec_of_file(path, "causal")
    close = difflib.get_close_matches(name_or_path, _registry(), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(_registry())}; or give a YAML file or a model folder"
    raise ModelUnavailable("no such model", where=name_or_path, hint=hint)


def _from_yaml(path: Path) -> ModelSpec:
    spec = read_settings(path, ModelSpec)
    if spec.folder is None:
        return spec
    return spec.model_copy(update={"repo": str((path.parent / spec.folder).resolve())})


OWN_FILE = "mujaz.yaml"
"""A model's YAML file inside its own folder, as `mujaz finetune` writes it: licence, language codes, limits and prompt."""


def _from_own_file(path: Path) -> ModelSpec:
    """The spec that a folder brings along. It may speak of the folder itself only: not send texts to a server, nor load other files."""
    spec = _from_yaml(path / OWN_FILE)
    if spec.folder is None or spec.folder != path.resolve():
        raise ConfigError("is about another model than its folder's", where=str(path / OWN_FILE), hint="its repo must be ./")
    return spec
