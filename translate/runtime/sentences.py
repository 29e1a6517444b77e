"""A function that translates a sentence, behind the interface that models have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from translate.runtime.engine import Output, Progress
from translate.spec import Generation


class SentenceEngine:
    """Translates sentences one by one; search parameters do not apply to it, and it always ends them.

    Args:
        translate: gives a sentence in English.
        longest: characters of a piece that is translated in one go; None where there is no limit.
    """

    def __init__(self, translate: Callable[[str], str], *, longest: int | None = None) -> None:
        self._translate, self._longest = translate, longest

    def fits(self, text: str) -> bool:
        """Whether a piece is short enough to be translated in one go."""
        return self._longest is None or len(text) <= self._longest

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Translate each text; see `translate.runtime.engine.Engine`."""
        outputs = []
        for done, text in enumerate(texts, start=1):
            outputs.append(Output(self._translate(text), complete=True))
            if progress:
                progress(done, len(texts))
        return outputs
