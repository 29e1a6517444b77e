"""Drafts: translations that are too rough to be published, and how results say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from translate.registry import by_preference
from translate.store import size_and_licence
from translate.types import ModelRef, Translation, Translator

LABEL: Final = "(draft) "
"""What stands before a draft in text that people read. JSON has `"draft": true` instead."""


def labelled(text: str, *, draft: bool) -> str:
    """The text, with the label before it if it is a draft and says something."""
    return f"{LABEL}{text}" if draft and text.strip() else text


def note_on_drafts(ref: ModelRef) -> str:
    """For stderr: that a translator writes drafts, and how to get better English."""
    better = next(spec for spec in by_preference("translation") if not spec.draft)
    command = f"mujaz models pull {better.name} ({size_and_licence(better)})"
    return f"{ref.name} writes drafts: rough English, to be checked; for better: {command}"


class Labelling:
    """A translator whose drafts carry the label, for outputs that people read.

    Args:
        translator: any translator.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    @property
    def ref(self) -> ModelRef:
        """The translator's."""
        return self._translator.ref

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Translate each text; the label is beside its translation, not in it."""
        return [replace(done, label=LABEL) if done.draft else done for done in self._translator.translate(texts)]
