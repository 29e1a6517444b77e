"""The model card: what the model is, what it was made from and how, how good it is on dev, and what its licence allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from eval.finetune.data import FileFacts
from eval.finetune.licences import ResultLicence
from eval.finetune.state import State
from translate.spec import ModelSpec

_TAGS = {"translation": "translation", "summarization": "summarization", "crosslingual": "summarization"}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """All that the card says.

    Attributes:
        spec: of the result.
        base: of the base; `base_revision` is the commit that was used.
        licence: of the result, with reasons.
        train: training files.
        dev: dev files.
        held_out: files of `never_train_on`.
        left_out: lines about what was left out.
        state: the finished run.
        signature: of the metric that decided.
        metric: its name.
        command: that made the model.
        settings: the YAML file as it was understood.
        machine: processor and so on.
        versions: of the packages.
        devices: what it was trained on: "2 × cuda, bfloat16".
        seconds: of training.
        why_ended: "early stopping: …" or "all steps made".
        notes: from the YAML file.
    """

    spec: ModelSpec
    base: ModelSpec
    base_revision: str | None
    licence: ResultLicence
    train: Sequence[FileFacts]
    dev: Sequence[FileFacts]
    held_out: Sequence[FileFacts]
    left_out: Sequence[str]
    state: State
    signature: str
    metric: str
    command: str
    settings: Mapping[str, Any]
    machine: Mapping[str, Any]
    versions: Mapping[str, Any]
    devices: str
    seconds: float
    why_ended: str
    notes: str


def model_card(facts: CardFacts) -> str:
    """The card as Markdown with a YAML header, as the hub reads it."""
    return "\n".join([_header(facts), *_introduction(facts), *_data(facts), *_scores(facts), *_licence(facts), *_making(facts)])


def _header(facts: CardFacts) -> str:
    values = {
        "license": (facts.licence.licence or "unknown").lower(),
        "base_model": facts.base.repo if facts.base.folder is None else facts.base.name,
        "language": sorted({"ar", "ar" if facts.spec.task == "summarization" else "en"}),
        "pipeline_tag": _TAGS[facts.spec.task],
        "tags": ["mujaz", facts.spec.family],
    }
    return f"---\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False)}---\n"


def _introduction(facts: CardFacts) -> list[str]:
    option = "--translator" if facts.spec.task == "translation" else "--summarizer"
    revision = f", revision `{facts.base_revision}`" if facts.base_revision else ", revision not known"
    lines = [
        f"# {facts.spec.name}",
        "",
        f"{facts.base.name} (family {facts.base.family}{revision}) fine-tuned for {facts.spec.task} with mujaz:"
        f" `mujaz … {option} FOLDER` uses this folder.",
        "",
    ]
    return [*lines, facts.notes.strip(), ""] if facts.notes.strip() else lines


def _data(facts: CardFacts) -> list[str]:
    rows = [("training", file) for file in facts.train] + [("dev", file) for file in facts.dev]
    rows += [("never trained on", file) for file in facts.held_out]
    return [
        "## Data",
        "",
        "| use | file | pairs | licence | SHA-256 |",
        "| --- | --- | ---: | --- | --- |",
        *(f"| {use} | {file.name} | {file.pairs:,} | {file.licence or 'not stated'} | `{file.sha256[:16]}…` |" for use, file in rows),
        "",
        *(f"- {line}" for line in facts.left_out or ["No pair was left out."]),
        "",
    ]


def _scores(facts: CardFacts) -> list[str]:
    base, best = facts.state.base, facts.state.best
    assert base and best, "a run that is finished has been measured"
    names = list(best.scores)
    lines = [
        "## Scores on dev",
        "",
        f"| | {' | '.join(names)} | loss of a token |",
        f"| --- | {'---: | ' * len(names)}---: |",
        *(
            f"| {label} | {' | '.join(f'{made.scores[name]:.2f}' for name in names)} | {made.loss:.3f} |"
            for label, made in (("base", base), (f"this model, after {best.step:,} updates", best))
        ),
        "",
        f"Chosen by {facts.metric} (`{facts.signature}`) on dev, which says nothing about other texts; no test set was looked at.",
        "",
    ]
    if best.step == 0:
        lines += ["**No step of the training was better on dev than the base: these are the base's weights.**", ""]
    return lines


def _licence(facts: CardFacts) -> list[str]:
    verdict = {True: "Commercial use is allowed.", False: "Not for commercial use.", None: "Whether it allows commercial use is not known."}
    said = f"{facts.licence.licence or 'Not stated'}. {verdict[facts.licence.commercial_use]}"
    return ["## Licence", "", said, "", *(f"- {reason}" for reason in facts.licence.reasons), ""]


def _making(facts: CardFacts) -> list[str]:
    machine, versions = facts.machine, facts.versions
    return [
        "## How it was made",
        "",
        f"`{facts.command}`: {facts.state.step:,} updates in {facts.seconds:,.0f} seconds ({facts.why_ended}), on {facts.devices};"
        f" {machine.get('processor')}, {machine.get('cores')} cores{', ' + str(machine['gpu']) if machine.get('gpu') else ''}.",
        "Every measurement and the course of the loss are in log.jsonl.",
        "",
        ", ".join(f"{name} {version}" for name, version in versions.items() if version) + ".",
        "",
        "```yaml",
        yaml.safe_dump(dict(facts.settings), allow_unicode=True, sort_keys=False, width=120).rstrip(),
        "```",
        "",
    ]
