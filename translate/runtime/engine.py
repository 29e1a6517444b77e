"""What every way of running a model has in common: pieces of text that fit go in, as many outputs come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from translate.spec import Generation

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a model made of one piece of text, and whether it ended it itself (False: it was cut off at the limit)."""

    text: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The best hypothesis for one source: its token ids without start and end, and whether the model ended it itself."""

    ids: list[int]
    complete: bool


class TokenGenerator(Protocol):
    """A model without its tokenizer: token ids in, token ids out."""

    max_source_tokens: int

    def generate(
        self, sources: Sequence[Sequence[int]], progress: Progress | None = None, *, generation: Generation | None = None
    ) -> list[Hypothesis]:
        """One hypothesis for each source, in order; see `translate.runtime.generate.Seq2SeqGenerator.generate`."""


class Engine(Protocol):
    """A model that is ready to work, whatever runs it: torch, CTranslate2, a server."""

    def fits(self, text: str) -> bool:
        """Whether the model takes a text of this length in one go."""

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Translate texts, each of which fits.

        Args:
            texts: sentences or parts of sentences.
            progress: told now and then how many are done, and of how many.
            generation: search parameters for this call only; what it leaves out, and all of it when None, is as the engine
                was made. An engine that has no such parameter ignores it.

        Returns:
            One output for each text, in order.
        """
