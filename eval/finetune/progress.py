"""What the user sees of a run on stderr: a bar on a terminal, a line for each measurement."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from eval.finetune.state import Measurement
from translate.console import note


class Progress:
    """A context manager.

    Args:
        steps: updates in all.
        done: updates made before.
        silent: for all processes but the first.
    """

    def __init__(self, steps: int, *, done: int = 0, silent: bool = False) -> None:
        self._steps, self._done, self._silent = steps, done, silent
        self._bar: Any = None
        self._loss: float | None = None

    def __enter__(self) -> Progress:
        if not self._silent and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=self._steps, initial=self._done, unit=" updates", file=sys.stderr, leave=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def updated(self, step: int, loss: float, tokens: int, seconds: float) -> None:
        """After an update."""
        # As in most tools: a mean that forgets, since single batches differ a lot.
        self._loss = loss if self._loss is None else 0.98 * self._loss + 0.02 * loss
        if self._bar is not None:
            self._bar.set_postfix_str(f"loss {self._loss:.3f}, {tokens / max(seconds, 1e-9):,.0f} target tokens/s", refresh=False)
            self._bar.update(step - self._bar.n)

    def measured(self, made: Measurement, *, better: bool) -> None:
        """After a measurement."""
        if self._silent:
            return
        if self._bar is not None:
            self._bar.clear()
        scores = ", ".join(f"{name} {value:.2f}" for name, value in made.scores.items())
        learning = f"training loss {self._loss:.3f}; " if self._loss is not None else ""
        note(f"step {made.step} of {self._steps}: {learning}dev: {scores}, loss {made.loss:.3f}{' (best so far)' if better else ''}")
