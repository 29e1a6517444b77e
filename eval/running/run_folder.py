"""The folder of a run: where everything lies, how it survives being killed at any moment, and how two runs are kept from mixing.

DIR/manifest.json, DIR/SET/references.jsonl, DIR/SET/SYSTEM/{predictions.jsonl, items.jsonl, scores.json}. Predictions are appended
line by line; every other file is written beside its name and moved there, so it is whole or absent.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.record_files import read_predictions
from eval.records import Prediction, Reference, json_line
from translate.errors import ConfigError, InputError, OutputError

_NOTHING_TO_SAY = object()


class RunFolder:
    """One run's folder.

    Args:
        path: the folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, identity: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        """Start a run here, or go on with the one that is here.

        Args:
            identity: all that decides what comes out: settings, checksums of the inputs, versions.
            facts: what else the manifest says of a new run (title, machine, date, sets).

        Raises:
            ConfigError: the folder holds a run with another identity, or something that is no run.
            OutputError: it cannot be written.
        """
        identity = json.loads(json.dumps(identity))
        if not self._manifest.exists():
            if self.path.is_dir() and any(not child.name.endswith(".part") for child in self.path.iterdir()):
                raise ConfigError("is not empty and holds no run", where=str(self.path), hint="give a new folder with -o")
            self.write_json(self._manifest, {**facts, "config_hash": hash_of(identity), "identity": identity, "runs": {}})
            return
        if changed := first_difference(self.manifest()["identity"], identity):
            hint = "write the new run to another folder with -o, or remove this one"
            raise ConfigError(f"holds a run with other settings ({changed})", where=str(self.path), hint=hint)

    def manifest(self) -> dict[str, Any]:
        """The manifest.

        Raises:
            InputError: the folder holds no run.
        """
        return self.read_json(self._manifest)

    def set_folder(self, set_name: str) -> Path:
        """Where a set's references and systems lie."""
        return self.path / set_name

    def system_folder(self, set_name: str, system: str) -> Path:
        """Where a system's predictions and scores on a set lie."""
        return self.path / set_name / system

    def record(self, set_name: str, system: str, entry: Mapping[str, Any]) -> None:
        """Put what is known of a system on a set into the manifest. Models that it already names must stay the same.

        Raises:
            ConfigError: the predictions that are here were begun with other models.
        """
        manifest = self.manifest()
        before = self.entry(set_name, system)
        entry = json.loads(json.dumps(entry))
        known = {"models"} & before.keys() & entry.keys()
        if changed := first_difference({key: before[key] for key in known}, {key: entry[key] for key in known}):
            hint = "bring them back, or write to another folder with -o"
            raise ConfigError(f"was begun with other models ({changed})", where=str(self.system_folder(set_name, system)), hint=hint)
        manifest["runs"].setdefault(set_name, {})[system] = {**before, **entry}
        self.write_json(self._manifest, manifest)

    def entry(self, set_name: str, system: str) -> dict[str, Any]:
        """What the manifest says of a system on a set; empty before it was begun."""
        entry: dict[str, Any] = self.manifest()["runs"].get(set_name, {}).get(system, {})
        return entry

    def predictions_so_far(self, set_name: str, system: str, items: Sequence[Reference]) -> list[Prediction]:
        """The predictions that are here, the first of `items` in their order; a line that was cut off is removed from the file.

        Raises:
            InputError: the file's lines are not predictions for these items.
        """
        path = self.predictions_path(set_name, system)
        if not path.exists():
            return []
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            with path.open("r+b") as file:
                file.truncate(len(whole))
        if not whole:
            return []
        made = list(read_predictions(path))
        if [each.id for each in made] != [item.id for item in items[: len(made)]]:
            raise InputError("its lines are not the set's first items in order", where=str(path), hint="remove the file to make it again")
        return made

    def append(self, set_name: str, system: str, prediction: Prediction) -> None:
        """Add a prediction to the file, at once."""
        path = self.predictions_path(set_name, system)
        try:
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json_line(prediction.to_json()))
        except OSError as error:
            raise OutputError(
                f"cannot be written ({error.strerror})", where=str(path), hint="the run goes on when it is started again"
            ) from error

    def predictions_path(self, set_name: str, system: str) -> Path:
        """The file of a system's predictions."""
        return self.system_folder(set_name, system) / "predictions.jsonl"

    def write_json(self, path: Path, value: Any) -> None:
        """Write a JSON file whole, its folder made if need be.

        Raises:
            OutputError: it cannot be written.
        """
        self.write_text(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")

    def write_text(self, path: Path, text: str) -> None:
        """Write a text file whole. Raises OutputError."""
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8", newline="\n")
            partial.replace(path)
        except OSError as error:
            raise OutputError(f"cannot be written ({error.strerror})", where=str(path)) from error

    def read_json(self, path: Path) -> dict[str, Any]:
        """Read one of the folder's JSON files.

        Raises:
            InputError: it is not there, or is not one of ours.
        """
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            hint = "make or finish the run with `mujaz eval run CONFIG -o DIR`"
            raise InputError("is not there", where=str(path), hint=hint) from error
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read ({error})", where=str(path)) from error
        if not isinstance(value, dict):
            raise InputError("is not a JSON object", where=str(path))
        return value

    @property
    def _manifest(self) -> Path:
        return self.path / "manifest.json"


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error


def hash_of(value: Any) -> str:
    """The SHA-256 of a JSON value, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_difference(before: Any, now: Any, place: str = "") -> str | None:
    """Where two JSON values differ first: `sets.ant: 'a1…' → 'b2…'`."""
    if isinstance(before, dict) and isinstance(now, dict):
        parts = [(str(key), before.get(key, _NOTHING_TO_SAY), now.get(key, _NOTHING_TO_SAY)) for key in {**before, **now}]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        parts = [(str(index), one, other) for index, (one, other) in enumerate(zip(before, now, strict=True))]
    elif before == now:
        return None
    else:
        return f"{place}: {_short(before)} → {_short(now)}"
    found = (first_difference(one, other, f"{place}.{key}" if place else key) for key, one, other in parts)
    return next((difference for difference in found if difference), None)


def _short(value: Any) -> str:
    text = "nothing" if value is _NOTHING_TO_SAY else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"
