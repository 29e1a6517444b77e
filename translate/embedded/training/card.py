"""What stands beside the weights: the YAML file that makes the folder a translator, and the list of what they were learned from."""

from __future__ import annotations

from pathlib import Path

import yaml

from translate.embedded.training.config import DataList, EmbeddedConfig
from translate.registry import OWN_FILE


def write(folder: Path, config: EmbeddedConfig, data: DataList) -> None:
    """Write mujaz.yaml and SOURCES.md into a folder of weights."""
    facts = {
        "name": folder.resolve().name,
        "task": "translation",
        "family": "embedded",
        "repo": "./",
        "revision": None,
        "licence": config.licence,
        "languages": {"source": "ar", "target": "en"},
        "limits": {"max_source_tokens": 100_000, "max_target_tokens": 100_000},
        "draft": True,
        "notes": "made by `mujaz finetune`; what it was learned from is in SOURCES.md",
        "source": "SOURCES.md",
    }
    (folder / OWN_FILE).write_text(yaml.safe_dump(facts, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "SOURCES.md").write_text(_sources(config, data), encoding="utf-8")


def _sources(config: EmbeddedConfig, data: DataList) -> str:
    lines = [
        "# What these weights were learned from",
        "",
        f"The weights are under {config.licence}. They are statistics of these works, whose authors do not endorse them:",
        "",
        "| for | name | licence | attribution |",
        "| --- | --- | --- | --- |",
    ]
    kinds = (("phrases", data.parallel), ("words and names", data.entries), ("the English model", data.english))
    lines += [f"| {kind} | {e['name']} | {e.get('licence', '')} | {e.get('attribution', '')} |" for kind, entries in kinds for e in entries]
    lines += ["", "Where each is from:", ""]
    lines += [f"- {name}: {origin}" for name, origin in data.origins.items()]
    lines += ["", f"Tuned on {config.dev.source.name}, seed {config.seed}.", ""]
    return "\n".join(lines)
