"""The embedded translator behind the interface that models have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translate.embedded.translate import load_model, translate_sentence
from translate.runtime.engine import Output, Progress
from translate.spec import Generation

_LONGEST = 600
"""Characters of a piece that is searched in one go; the time for a sentence grows with its length."""


class EmbeddedEngine:
    """Translates sentences one by one with a folder of weights; search parameters do not apply to it."""

    def __init__(self, folder: Path) -> None:
        """Load the weights, and with a first sentence the lexicon and the dictionaries of the checks. Raises as `load_model`."""
        self._model = load_model(folder)
        translate_sentence("باريس", self._model)

    def fits(self, text: str) -> bool:
        """Whether a piece is short enough to be searched in one go."""
        return len(text) <= _LONGEST

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Translate each text; see `translate.runtime.engine.Engine`."""
        outputs = []
        for done, text in enumerate(texts, start=1):
            outputs.append(Output(translate_sentence(text, self._model), complete=True))
            if progress:
                progress(done, len(texts))
        return outputs
