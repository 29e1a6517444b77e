"""Files of pairs, read one by one: TSV, JSONL, or two plain text files line by line, each with or without gzip."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from eval.finetune.config import DataFile, from_folder
from translate.errors import ConfigError, InputError
from translate.spec import Task

KEYS = {"translation": ("source", "target"), "summarization": ("document", "summary"), "crosslingual": ("document", "summary")}
"""What JSONL rows call the two sides where the YAML file does not say."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its target ("" for a single text that is never to be trained on), and where they stand: `tico.tsv.gz:12`."""

    source: str
    target: str
    where: str


def read_pairs(file: DataFile, folder: Path, task: Task, *, single: bool = False) -> Iterator[Pair | InputError]:
    """Read a file. A row that cannot be used is yielded as the error that says why, and reading goes on.

    Args:
        file: as the YAML file names it.
        folder: the YAML file's.
        task: decides the default keys.
        single: whether plain text without targets is meant.

    Raises:
        InputError: the file cannot be read, is no UTF-8, or its two sides have different lengths.
        ConfigError: a column or a file is not named.
    """
    path = from_folder(folder, file.path)
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if kind in ("tsv", "jsonl", "ndjson") and file.targets:
        raise ConfigError("targets goes with plain text only", where=file.path, hint="name the two sides with source and target")
    if kind == "tsv":
        yield from _tsv(path, file)
    elif kind in ("jsonl", "ndjson"):
        yield from _jsonl(path, file, task)
    else:
        yield from _plain(path, file, folder, single=single)


def _tsv(path: Path, file: DataFile) -> Iterator[Pair | InputError]:
    columns = [file.source or 1, file.target or 2]
    lines = enumerate(_lines(path), 1)
    if any(isinstance(column, str) for column in columns):
        header = next(lines, (1, ""))[1].split("\t")
        if absent := [column for column in columns if isinstance(column, str) and column not in header]:
            raise ConfigError(f"has no column {absent[0]!r}", where=str(path), hint=f"its first line names {', '.join(header)[:200]}")
        columns = [header.index(column) + 1 if isinstance(column, str) else column for column in columns]
    for number, line in lines:
        cells, where = line.split("\t"), f"{path.name}:{number}"
        if len(cells) < max(map(int, columns)):
            yield InputError(f"has {len(cells)} columns, not {max(map(int, columns))}", where=where)
            continue
        yield _pair(*(cells[int(column) - 1] for column in columns), where=where)


def _jsonl(path: Path, file: DataFile, task: Task) -> Iterator[Pair | InputError]:
    keys = [str(file.source or KEYS[task][0]), str(file.target or KEYS[task][1])]
    for number, line in enumerate(_lines(path), 1):
        where = f"{path.name}:{number}"
        try:
            row: Any = json.loads(line)
        except ValueError:
            yield InputError("is not JSON", where=where)
            continue
        values = [row.get(key) for key in keys] if isinstance(row, dict) else [None]
        if not all(isinstance(value, str) for value in values):
            yield InputError(f"has no text under {' and '.join(keys)}", where=where)
            continue
        yield _pair(*values, where=where)


def _plain(path: Path, file: DataFile, folder: Path, *, single: bool) -> Iterator[Pair | InputError]:
    if file.targets is None:
        if not single:
            hint = "name the file with the targets under targets, or give .tsv or .jsonl"
            raise ConfigError("is plain text, and its targets are not named", where=file.path, hint=hint)
        yield from (Pair(line, "", f"{path.name}:{number}") for number, line in enumerate(_lines(path), 1))
        return
    other = from_folder(folder, file.targets)
    for number, (source, target) in enumerate(zip_longest(_lines(path), _lines(other)), 1):
        if source is None or target is None:
            longer = other if source is None else path
            shorter = path if source is None else other
            raise InputError(f"has more lines than {shorter.name}", where=str(longer), hint="they go together line by line")
        yield _pair(source, target, where=f"{path.name}:{number}")


def _pair(source: str, target: str, *, where: str) -> Pair | InputError:
    if not source.strip() or not target.strip():
        return InputError("one side is blank", where=where)
    return Pair(source.strip(), target.strip(), where)


def _lines(path: Path) -> Iterator[str]:
    """The lines of a text file without their ends; only line feeds end a line, whatever else stands in it."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw:
            for line in io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8-sig", newline="\n"):
                yield line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", where=str(path), hint="convert it (iconv)") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read ({reason})", where=str(path)) from error
