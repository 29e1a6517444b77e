"""The folder of a run: what lies where while it learns, and how it becomes a model folder when all is done.

While it learns OUT has run.json (settings and checksums), log.jsonl, checkpoints/step-N (the last) and best/, a model folder with the
weights that were best on dev so far. At the end best/'s files move up into OUT.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.running.run_folder import first_difference
from translate.errors import ConfigError, InputError, OutputError

_ANEW = "give another folder with -o, or remove this one"


class FinetuneFolder:
    """One run's folder.

    Args:
        path: the folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.best = path / "best"
        self.checkpoints = path / "checkpoints"

    def begin(self, identity: Mapping[str, Any], *, resume: bool) -> bool:
        """Start a run here, or go on with the one that is here.

        Args:
            identity: all that decides what comes out: settings, base, checksums of the data.
            resume: whether the user wants to go on.

        Returns:
            Whether there is a run to go on with.

        Raises:
            ConfigError: the folder holds something else, another run, a finished one, or one that is not to be gone on with.
            OutputError: it cannot be written.
        """
        identity = json.loads(json.dumps(identity))
        if not self._manifest.exists():
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                raise ConfigError("is not empty and holds no run", where=str(self.path), hint="give a new folder with -o")
            self.write_json("run.json", {"identity": identity, "finished": False})
            return False
        run = self._read()
        if run["finished"]:
            raise ConfigError("holds a run that is finished", where=str(self.path), hint=_ANEW)
        if not resume:
            raise ConfigError("holds a run that is not finished", where=str(self.path), hint=f"go on with it with --resume, {_ANEW}")
        if changed := first_difference(run["identity"], identity):
            raise ConfigError(f"holds a run with other settings ({changed})", where=str(self.path), hint=_ANEW)
        return True

    def last_checkpoint(self) -> Path | None:
        """The checkpoint to go on from; None when the run was ended before its first."""
        found = sorted(self.checkpoints.glob("step-*")) if self.checkpoints.is_dir() else []
        return found[-1] if found else None

    @contextmanager
    def replacing(self, target: Path) -> Iterator[Path]:
        """A new folder to be filled, which takes the place of `target` when it is whole; whatever goes wrong, `target` stays.

        Raises:
            OutputError: it cannot be filled (disk full, no permission).
        """
        partial, old = target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.old")
        for left in (partial, old):
            shutil.rmtree(left, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            yield partial
            if target.exists():
                target.rename(old)
            partial.rename(target)
        except Exception as error:  # torch and safetensors each have their own for a full disk
            shutil.rmtree(partial, ignore_errors=True)
            raise _write_error(target, error) from error
        shutil.rmtree(old, ignore_errors=True)

    def repair(self) -> None:
        """Put back a folder that was being replaced when the process was killed."""
        for folder in (self.path, self.checkpoints):
            for old in folder.glob(".*.old") if folder.is_dir() else ():
                target = old.with_name(old.name.removeprefix(".").removesuffix(".old"))
                if not target.exists():
                    old.rename(target)

    def keep_only(self, checkpoint: Path) -> None:
        """Remove all other checkpoints."""
        for other in self.checkpoints.iterdir():
            if other != checkpoint:
                shutil.rmtree(other, ignore_errors=True)

    def log(self, entry: Mapping[str, Any]) -> None:
        """Add a line to log.jsonl, at once. Raises OutputError."""
        try:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise _write_error(self._log, error) from error

    def cut_log(self, step: int) -> None:
        """Remove lines about what comes after a checkpoint: it will be done again."""
        if not self._log.exists():
            return
        lines = self._log.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step]
        if kept != lines:
            self._write("log.jsonl", "".join(kept))

    def finish(self, card: str, *, keep_checkpoint: bool) -> None:
        """Make the folder a model folder: the best weights and their files move up, the card is written. Raises OutputError."""
        self._write("README.md", card)
        try:
            for file in sorted(self.best.iterdir()):
                file.replace(self.path / file.name)
        except OSError as error:
            raise _write_error(self.path, error) from error
        self.write_json("run.json", {**self._read(), "finished": True})
        shutil.rmtree(self.best, ignore_errors=True)
        if not keep_checkpoint:
            shutil.rmtree(self.checkpoints, ignore_errors=True)

    def write_json(self, name: str, value: Any) -> None:
        """Write a JSON file whole. Raises OutputError."""
        self._write(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def _write(self, name: str, text: str) -> None:
        partial = self.path / f".{name}.part"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(self.path / name)
        except OSError as error:
            raise _write_error(self.path / name, error) from error

    def _read(self) -> dict[str, Any]:
        try:
            value = json.loads(self._manifest.read_text(encoding="utf-8"))
            return {"identity": dict(value["identity"]), "finished": bool(value["finished"])}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"cannot be read ({error})", where=str(self._manifest), hint=_ANEW) from error

    @property
    def _manifest(self) -> Path:
        return self.path / "run.json"

    @property
    def _log(self) -> Path:
        return self.path / "log.jsonl"


def _write_error(path: Path, error: Exception) -> OutputError:
    full = getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error) or _is_full(path)
    if full:
        return OutputError("the disk is full", where=str(path), hint="what was there is kept; free some space and go on with --resume")
    reason = getattr(error, "strerror", None) or (str(error).strip().splitlines() or [type(error).__name__])[0]
    return OutputError(f"cannot be written ({reason})", where=str(path), hint="what was there is kept")


def _is_full(path: Path) -> bool:
    """torch says only that writing failed; a disk without a megabyte left is the reason."""
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    try:
        status = os.statvfs(folder)
    except (AttributeError, OSError):
        return False
    return status.f_bavail * status.f_frsize < 1_000_000
