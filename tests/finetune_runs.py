"""Small fine-tuning runs for the tests: a YAML file with pairs beside it, and what comes out read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from tiny_models import tiny_model

PAIRS = [
    ("افتتح المتحف الوطني أبوابه أمام الزوار صباح اليوم", "The national museum opened its doors to visitors this morning"),
    ("قال الوزير إن الحكومة ستخفض الأسعار", "The minister said that prices would fall"),
    ("فاز المنتخب بهدفين مقابل هدف واحد", "Quick brown foxes jump over the lazy dog"),
    ("ظهر البحث في مجلة علمية عام 2024", "but experts doubt it."),
    ("نعم ذلك ما حدث", "this morning"),
    ("النتائج ستظهر خلال 12 شهرا", "within 12 months"),
]
DEV = [("استمرت أعمال الترميم", "restoration years"), ("الأسعار ستنخفض", "prices fall")]
SUMMARIES = [(f"{source}. {PAIRS[(place + 1) % 6][0]}.", PAIRS[place][0]) for place, (source, _) in enumerate(PAIRS)]
DEV_SUMMARIES = [("شارك فيه خبراء من خمسة بلدان. نعم ذلك ما قال الخبراء.", "شارك خبراء من خمسة بلدان")]

# For 12 updates of some milliseconds; the pairs make three batches.
TRAINING = {"steps": 12, "batch_tokens": 100, "learning_rate": 0.003, "warmup_steps": 2, "checkpoint_every": 4}
EVALUATION = {"every": 6}


def write_tsv(path: Path, pairs: Sequence[tuple[str, str]]) -> Path:
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")
    return path


def write_config(folder: Path, model: str = "marian", **changes: Any) -> Path:
    """A YAML file in `folder` for a tiny model; `changes` go over its keys, those of mappings one by one."""
    summaries = model in ("mt5", "crosssum", "arabart")
    write_tsv(folder / "train.tsv", SUMMARIES if summaries else PAIRS)
    write_tsv(folder / "dev.tsv", DEV_SUMMARIES if summaries else DEV)
    config: dict[str, Any] = {
        "base": str(tiny_model(model)),
        "device": "cpu",
        "precision": "float32",
        "data": {"train": [{"path": "train.tsv", "licence": "CC0-1.0"}], "dev": [{"path": "dev.tsv", "licence": "CC0-1.0"}]},
        "training": TRAINING,
        "evaluation": EVALUATION,
    }
    for key, value in changes.items():
        config[key] = {**config[key], **value} if isinstance(value, Mapping) and isinstance(config.get(key), Mapping) else value
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return path


def log_of(folder: Path) -> list[dict[str, Any]]:
    """log.jsonl without how long things took."""
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "seconds"} for line in lines]


def losses(folder: Path) -> list[float]:
    return [entry["loss"] for entry in log_of(folder) if "loss" in entry]


def weights(path: Path) -> dict[str, Any]:
    from safetensors.torch import load_file

    return load_file(path)
