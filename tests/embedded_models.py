"""A tiny world for tests of the embedded translator: sentences, a list of data, and a run's YAML file, all in a temporary folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

PAIRS = (
    ("أغلق الجسر الحجري", "The stone bridge is closed"),
    ("أغلق الجسر القديم", "The old bridge is closed"),
    ("فتح الجسر القديم", "The old bridge is open"),
    ("فتح الجسر الحجري", "The stone bridge is open"),
    ("الجسر القديم في باريس", "The old bridge is in Paris"),
    ("الجسر الحجري في باريس", "The stone bridge is in Paris"),
    ("في الجسر 25 سيارة", "On the bridge are 25 cars"),
    ("في باريس 300 سيارة", "In Paris are 300 cars"),
    ("أغلقت البلدية الجسر القديم", "The city closed the old bridge"),
    ("فتحت البلدية الجسر الحجري", "The city opened the stone bridge"),
    ("قالت البلدية إن الجسر القديم مغلق", "The city said that the old bridge is closed"),
    ("قالت البلدية إن الجسر الحجري مفتوح", "The city said that the stone bridge is open"),
)
DEV = (
    ("أغلقت البلدية الجسر الحجري في باريس", "The city closed the stone bridge in Paris"),
    ("في الجسر القديم 40 سيارة", "On the old bridge are 40 cars"),
)


def write_lines(path: Path, lines: Sequence[str]) -> Path:
    """Write a text file, a line each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def write_run(folder: Path, pairs: Sequence[tuple[str, str]] = PAIRS, **settings: object) -> Path:
    """Write data, list of data and YAML file of a run; returns the YAML file."""
    write_lines(folder / "sources" / "mine" / "pairs.tsv", [f"{arabic}\t{english}" for arabic, english in pairs])
    write_lines(folder / "sources" / "mine" / "names.txt", ["باريس\tparis"])
    write_lines(folder / "sources" / "mine" / "plain.txt", [english for _, english in PAIRS])
    write_lines(folder / "dev.ar", [arabic for arabic, _ in DEV])
    write_lines(folder / "dev.en", [english for _, english in DEV])
    facts = {"root": "mine", "licence": "CC0-1.0", "attribution": "us"}
    listed = {
        "parallel": [{"name": "pairs", "kind": "tsv", "file": "pairs.tsv", **facts}],
        "entries": [{"name": "names", "kind": "names", "file": "names.txt", "weight": 2, **facts}],
        "english": [{"name": "plain", "kind": "plain", "files": "*.txt", **facts}],
    }
    (folder / "data.yaml").write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    run = {
        "family": "embedded",
        "data": "data.yaml",
        "sources": "sources",
        "dev": {"source": "dev.ar", "target": "dev.en"},
        "tuning": {"sentences": 2, "rounds": 1, "best": 10},
        **settings,
    }
    path = folder / "run.yaml"
    path.write_text(yaml.safe_dump(run), encoding="utf-8")
    return path
