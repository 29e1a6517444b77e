"""The gloss behind the interface that models have: a translator without weights, which always ends its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from translate.lexicon.gloss import gloss_sentence
from translate.runtime.engine import Output, Progress
from translate.spec import Generation


class GlossEngine:
    """Glosses sentences one by one; search parameters do not apply to it."""

    def fits(self, text: str) -> bool:
        """Every sentence does."""
        return True

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Gloss each text; see `translate.runtime.engine.Engine`."""
        outputs = []
        for done, text in enumerate(texts, start=1):
            outputs.append(Output(gloss_sentence(text), complete=True))
            if progress:
                progress(done, len(texts))
        return outputs
