"""All of a run's data: files read, held-out texts kept apart, every row that is left out counted and named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.finetune.config import DataFile, FinetuneConfig, from_folder
from eval.finetune.guard import Guard
from eval.finetune.pairs import Pair, read_pairs
from translate.errors import ConfigError, InputError
from translate.spec import Task

NAMED = 3
"""Rows named of those that are left out for one reason."""


@dataclass(slots=True)
class Tally:
    """Rows left out, by reason: how many, and the first ones' places."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, example: str) -> None:
        """Count one row."""
        self.counts[reason] = self.counts.get(reason, 0) + 1
        examples = self.examples.setdefault(reason, [])
        if len(examples) < NAMED:
            examples.append(example)

    def lines(self) -> list[str]:
        """One line for each reason."""
        return [
            f"{count} {reason}: {', '.join(self.examples[reason])}{', …' if count > NAMED else ''}" for reason, count in self.counts.items()
        ]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the model card says of a data file."""

    name: str
    licence: str | None
    sha256: str
    pairs: int


@dataclass(frozen=True, slots=True)
class RunData:
    """The pairs of a run, the files that they are from, and what was left out."""

    train: tuple[Pair, ...]
    dev: tuple[Pair, ...]
    train_files: tuple[FileFacts, ...]
    dev_files: tuple[FileFacts, ...]
    held_out_files: tuple[FileFacts, ...]
    tally: Tally


def load_data(config: FinetuneConfig, folder: Path, task: Task) -> RunData:
    """Read train, dev and the sets that are never to be trained on.

    Args:
        config: the run.
        folder: the YAML file's, from which the data files' paths start.
        task: decides the default keys.

    Raises:
        InputError: a file cannot be read, or has no usable pair.
        ConfigError: texts overlap and `overlap` says refuse, or a file is not described.
    """
    guard, tally = Guard(), Tally()
    held_out_files = []
    for file in config.never_train_on:
        pairs = [row for row in read_pairs(file, folder, task, single=True) if isinstance(row, Pair)]
        guard.hold_out(pairs)
        held_out_files.append(_facts(file, folder, len(pairs)))
    dev, dev_files = _read("dev", config.data.dev, folder, task, guard, tally)
    guard.hold_out(dev)
    train, train_files = _read("training", config.data.train, folder, task, guard, tally)
    _refuse_overlaps(config, tally)
    for what, pairs in (("dev", dev), ("training", train)):
        if not pairs:
            raise InputError(f"no usable {what} pair is left", hint="; ".join(tally.lines()) or "the files are empty")
    return RunData(tuple(train), tuple(dev), tuple(train_files), tuple(dev_files), tuple(held_out_files), tally)


def _read(what: str, files: Sequence[DataFile], folder: Path, task: Task, guard: Guard, tally: Tally) -> tuple[list[Pair], list[FileFacts]]:
    kept: list[Pair] = []
    facts = []
    for file in files:
        before = len(kept)
        for row in read_pairs(file, folder, task):
            if isinstance(row, InputError):
                tally.add(f"{what} rows could not be used", str(row))
            elif overlap := guard.find(row):
                tally.add(f"{what} pairs {_HELD_OUT}", str(overlap))
            else:
                kept.append(row)
        facts.append(_facts(file, folder, len(kept) - before))
    return kept, facts


_HELD_OUT = "are in a held-out set"


def _refuse_overlaps(config: FinetuneConfig, tally: Tally) -> None:
    found = [line for line in tally.lines() if _HELD_OUT in line]
    if found and config.data.overlap == "refuse":
        hint = "take them out of the files, or leave them out of the run with data.overlap: drop"
        raise ConfigError("; ".join(found), where="data", hint=hint)


def _facts(file: DataFile, folder: Path, pairs: int) -> FileFacts:
    digest = hashlib.sha256()
    for name in (file.path, file.targets):
        if name:
            digest.update(from_folder(folder, name).read_bytes())
    return FileFacts(file.name or Path(file.path).name, file.licence, digest.hexdigest(), pairs)
