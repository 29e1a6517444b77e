"""The YAML file of a training run of the embedded translator, and its list of data, as frozen settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from translate.errors import ConfigError
from translate.settings import read_settings


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dev(_Frozen):
    """Sentences and their translations, a line each: what the weights are tuned on."""

    source: Path
    target: Path


class Tuning(_Frozen):
    """How the features' weights are found."""

    sentences: int = Field(default=400, ge=1)
    """Of dev, chosen by the seed; the others say which round was best."""
    rounds: int = Field(default=3, ge=0)
    """Of translating and climbing; 0 keeps the start."""
    best: int = Field(default=50, ge=2)
    """Translations of a sentence that are told apart."""
    start: tuple[float, ...] = ()
    """Weights to begin with, one for each feature; left out: those of the code."""


class Beam(_Frozen):
    """How wide the decoder searches."""

    beam: int = Field(default=40, ge=1)
    limit: int = Field(default=4, ge=0)
    threshold: float = Field(default=6.0, gt=0)


class EmbeddedConfig(_Frozen):
    """All settings of a run. Paths start from the YAML file's folder."""

    family: Literal["embedded"]
    data: Path
    """The list of data."""
    sources: Path
    """The folder that the data are in."""
    dev: Dev
    held_out: tuple[Path, ...] = ()
    """Files whose sentences, in either language, are left out of what is trained on; dev always is."""
    output: str | None = None
    seed: int = 12345
    licence: str = "CC-BY-SA-4.0"
    """Of the weights."""
    order: int = Field(default=4, ge=2, le=4)
    """The longest n-gram of the language model."""
    prune: tuple[int, ...] = (0, 0, 1, 1)
    """For each order the highest count that is left out."""
    tuning: Tuning = Tuning()
    search: Beam = Beam()


class DataList(_Frozen):
    """The list of data: entries by kind, each with name, kind, root, licence, attribution, weight and what its reader needs."""

    origins: dict[str, str] = {}
    parallel: tuple[dict[str, Any], ...] = ()
    entries: tuple[dict[str, Any], ...] = ()
    english: tuple[dict[str, Any], ...] = ()

    def all(self) -> tuple[dict[str, Any], ...]:
        """Every entry."""
        return self.parallel + self.entries + self.english


_PATHS = ("root", "file", "arabic", "english", "folder", "wordnet")


def read_config(path: Path) -> tuple[EmbeddedConfig, DataList]:
    """Read a run's settings and its list of data, with paths as they are from here.

    Raises:
        ConfigError: a file is missing or not usable, or sources are not there: it names them and where to get them.
    """
    config = read_settings(path, EmbeddedConfig)
    here = path.parent
    config = config.model_copy(
        update={
            "data": here / config.data,
            "sources": here / config.sources,
            "dev": Dev(source=here / config.dev.source, target=here / config.dev.target),
            "held_out": tuple(here / file for file in config.held_out),
        }
    )
    listed = read_settings(config.data, DataList)
    for file in (config.dev.source, config.dev.target, *config.held_out):
        if not file.is_file():
            raise ConfigError("there is no such file", where=str(file), hint=f"it is named in {path}")
    if lacking := _missing(listed, config.sources):
        raise ConfigError(f"{len(lacking)} sources are missing: {'; '.join(lacking)}", where=str(config.sources))
    return config, listed


def _missing(listed: DataList, sources: Path) -> list[str]:
    """What the list names and the folder lacks, with where it comes from."""
    lacking: dict[str, None] = {}
    for entry in listed.all():
        for key in _PATHS:
            if key not in entry or (key != "root" and entry["root"] != "."):
                continue
            first = str(entry[key]).partition("/")[0]
            if first != "." and not (sources / first).exists():
                lacking[f"{first} ({listed.origins[first]})" if first in listed.origins else first] = None
        if "folders" in entry and not list(sources.glob(entry["folders"])):
            lacking[str(entry["folders"])] = None
    return list(lacking)
