"""The results of a summary, frozen, and their JSON form as the contract has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from translate.types import ModelRef, Span

Style = Literal["paragraph", "headline", "lead", "bullets"]
"""The forms of a summary."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary: its Arabic, where in the input it came from, its English if there is one, and what looks wrong.

    `sources` are spans of the article's decoded text. For an extractive summary `text` is exactly what stands there; for a sentence that a
    model wrote they are the source sentences that support it best, and `support` (0 to 1) says how much of it they have. `text` is empty
    where the model wrote English at once. `draft` is whether the English is too rough to be published.
    """

    text: str
    sources: tuple[Span, ...]
    english: str | None = None
    warnings: tuple[str, ...] = ()
    support: float | None = None
    draft: bool = False

    def to_json(self) -> dict[str, Any]:
        """`{"ar", "en", "source", "warnings"}`, `"support"` if a model wrote it, `"draft"` if the English is one.

        A language in which there is no sentence is null.
        """
        plain: dict[str, Any] = {
            "ar": self.text or None,
            "en": self.english,
            "source": [span.to_json() for span in self.sources],
            "warnings": list(self.warnings),
        }
        support = {} if self.support is None else {"support": round(self.support, 2)}
        return {**plain, **support, **({"draft": True} if self.draft else {})}


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of one article: sentences in the article's order, and the models that made it.

    `id` and `title` are the article's; `languages` says what was asked for ("ar", "en"), in that order. `style` is the form in which it
    is to be shown, and `paragraphs` the number of the paragraph that each source stands in; neither is in the JSON.
    """

    id: str
    title: str | None
    sentences: tuple[SummarySentence, ...]
    summarizer: ModelRef
    translator: ModelRef | None = None
    languages: tuple[str, ...] = ("ar",)
    warnings: tuple[str, ...] = field(default=())
    style: Style = "paragraph"
    paragraphs: Mapping[Span, int] = field(default_factory=dict, hash=False, repr=False)

    @property
    def arabic(self) -> str:
        """The Arabic summary as one paragraph; empty where it was written in English at once."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.text)

    @property
    def english(self) -> str | None:
        """The English summary as one paragraph; None when there is no English."""
        if all(sentence.english is None for sentence in self.sentences):
            return None
        return " ".join(sentence.english for sentence in self.sentences if sentence.english)

    def to_json(self) -> dict[str, Any]:
        """The summary as the JSON contract has it (design: "JSON of one summary")."""
        return {
            "id": self.id,
            "title": self.title,
            "language": "ar",
            "summary": {"ar": self.arabic or None, "en": self.english},
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "models": {
                "summarizer": self.summarizer.to_json(),
                "translator": self.translator.to_json() if self.translator else None,
            },
            "warnings": list(self.warnings),
        }
