"""Frozen results that the layers hand to each other: spans, models named, translations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (end excluded) of an input's decoded text; `article` names the input when there are several."""

    start: int
    end: int
    article: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The span as the JSON contract has it: `{"start", "end"}`, and `"article"` only when it is known."""
        plain: dict[str, Any] = {"start": self.start, "end": self.end}
        return plain if self.article is None else {**plain, "article": self.article}


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model made a result: its name, the exact revision and what its licence allows.

    `revision` is a commit hash for hub models, None where there is none (a local folder, an algorithm without weights).
    `commercial_use` is None when the licence is not known. `draft` is whether what it writes must be marked as a draft; the JSON has that
    with each sentence, not here.
    """

    name: str
    revision: str | None = None
    licence: str | None = None
    commercial_use: bool | None = None
    draft: bool = False

    def to_json(self) -> dict[str, Any]:
        """`{"name", "revision", "licence"}`, as the JSON contract has it."""
        return {"name": self.name, "revision": self.revision, "licence": self.licence}


@dataclass(frozen=True, slots=True)
class Translation:
    """One source text and its translation, with what looks wrong in it (`warnings`, one line each).

    `draft` is whether it is too rough to be published, and `label` what is to be written before it where people read it.
    """

    source: str
    text: str
    warnings: tuple[str, ...] = field(default=())
    draft: bool = False
    label: str = ""


class Translator(Protocol):
    """Anything that turns Arabic texts into English ones, one for one and in order."""

    @property
    def ref(self) -> ModelRef:
        """The model behind the translations."""

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Translate each text. As many results as texts, in the same order; a blank text stays as it is."""
