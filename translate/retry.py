"""Translating again what looks wrong, and keeping the better of the two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from translate.runtime.engine import Engine, Output, Progress
from translate.spec import Generation

Check = Callable[[str, str], Sequence[str]]
"""What looks wrong in a translation, given source and target: one line each, as `translate.checks.check` has it."""

Faults = tuple[bool, bool, int]
"""How bad an output is, the worst first: nothing written, cut off, the number of warnings."""

STANDARD = (Generation(num_beams=8, no_repeat_ngram_size=3, repetition_penalty=1.1),)
"""What `--retry` tries: a wider search that may not repeat itself. Not tuned on any model."""

_FLAWLESS: Faults = (False, False, 0)


def faults(source: str, output: Output, check: Check) -> Faults:
    """How bad an output is; the smaller, the better."""
    return (not output.text.strip(), not output.complete, len(check(source, output.text)))


def keep_better(
    sources: Sequence[str], outputs: Sequence[Output], places: Sequence[int], again: Sequence[Output], check: Check
) -> list[Output]:
    """The outputs, with those at `places` replaced by the ones made again where these have fewer faults."""
    kept = list(outputs)
    for place, other in zip(places, again, strict=True):
        kept[place] = min(kept[place], other, key=lambda output: faults(sources[place], output, check))
    return kept


class RetryEngine:
    """An engine that searches again, with other parameters, for what does not pass the checks.

    Args:
        engine: makes the outputs.
        attempts: search parameters to try one after the other, each in one call for all pieces that still have faults.
        check: says what looks wrong.
    """

    def __init__(self, engine: Engine, attempts: Sequence[Generation], check: Check) -> None:
        self._engine, self._attempts, self._check = engine, attempts, check

    def fits(self, text: str) -> bool:
        """As the engine says."""
        return self._engine.fits(text)

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Run all, then those with faults again. The progress told is that of the first run."""
        outputs = self._engine.run(texts, progress, generation=generation)
        for attempt in self._attempts:
            places = [place for place, text in enumerate(texts) if faults(text, outputs[place], self._check) != _FLAWLESS]
            if not places:
                break
            settings = attempt if generation is None else generation.model_copy(update=attempt.model_dump(exclude_none=True))
            again = self._engine.run([texts[place] for place in places], generation=settings)
            outputs = keep_better(texts, outputs, places, again, self._check)
        return outputs
