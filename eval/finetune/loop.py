"""The course of a run: updates, measurements, checkpoints, the best weights kept, and when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.finetune.batches import Batches
from eval.finetune.checkpoints import save_checkpoint
from eval.finetune.config import FinetuneConfig
from eval.finetune.folder import FinetuneFolder
from eval.finetune.interrupts import Interrupted, Interrupts
from eval.finetune.progress import Progress
from eval.finetune.state import Measurement, State
from eval.finetune.update import Updated, Updater


@dataclass(frozen=True, slots=True)
class Course:
    """All that a run goes through.

    Attributes:
        accelerator: knows the devices.
        config: the run.
        steps: updates to make.
        batches: of the training pairs.
        target_lengths: target tokens of each pair.
        updater: makes updates.
        measure: measures on dev after so many updates.
        keep: writes the weights as they are now into best/.
        folder: the run's.
        progress: what the user sees.
    """

    accelerator: Any
    config: FinetuneConfig
    steps: int
    batches: Batches
    target_lengths: Sequence[int]
    updater: Updater
    measure: Callable[[int, Callable[[], None]], Measurement]
    keep: Callable[[], None]
    folder: FinetuneFolder
    progress: Progress

    def run(self, state: State) -> State:
        """Go on from a state to the end.

        Raises:
            Interrupted: a signal came; the state is saved.
            OutputError: something could not be written; the checkpoint before is there.
        """
        saved = state.step if state.measured else None
        stream = self._updates(state)
        with Interrupts() as interrupts:
            try:
                while True:
                    if self._is_due(state):
                        state = self._measured(state, interrupts)
                        saved = None
                    if saved is None or (state.step != saved and state.step % self.config.training.checkpoint_every == 0):
                        save_checkpoint(self.accelerator, self.folder, state)
                        saved = state.step
                    if state.step >= self.steps or self.is_stale(state):
                        return state
                    self._check(interrupts)
                    state = self._updated(state, next(stream))
            except Interrupted as error:
                if state.step != saved:
                    save_checkpoint(self.accelerator, self.folder, state)
                hint = "its state is saved; the same command with --resume goes on"
                raise Interrupted(f"interrupted after {state.step} of {self.steps} updates", hint=hint) from error

    def is_stale(self, state: State) -> bool:
        """Whether so many measurements without a better one have been made that it ends early."""
        return self.config.evaluation.patience is not None and state.stale >= self.config.evaluation.patience

    def _is_due(self, state: State) -> bool:
        done = state.measured is not None and state.measured.step == state.step
        return not done and (state.step % self.config.evaluation.every == 0 or state.step >= self.steps)

    def _measured(self, state: State, interrupts: Interrupts) -> State:
        begun = time.perf_counter()
        made = self.measure(state.step, interrupts.check if self.accelerator.num_processes == 1 else lambda: None)
        metric = next(iter(made.scores))
        better = state.best is None or made.scores[metric] > state.best.scores[metric]
        if better:
            self.keep()
        self._log({"step": made.step, "dev": {**made.scores, "loss": made.loss}, "best": better})
        self.progress.measured(made, better=better)
        return replace(
            state,
            measured=made,
            best=made if better else state.best,
            stale=0 if better else state.stale + 1,
            base=made if state.step == 0 else state.base,
            seconds=state.seconds + time.perf_counter() - begun,
        )

    def _updates(self, state: State) -> Iterator[tuple[list[list[int]], Any]]:
        """For each update its batches (as many for each process) and the place after them."""
        waiting: list[list[int]] = []
        for batch, after in self.batches.stream(state.place):
            waiting.append(batch)
            if len(waiting) == self.config.training.accumulate * self.accelerator.num_processes:
                yield waiting, after
                waiting = []

    def _updated(self, state: State, following: tuple[list[list[int]], Any]) -> State:
        batches, after = following
        tokens = sum(self.target_lengths[index] for batch in batches for index in batch)
        begun = time.perf_counter()
        rate = self.updater.schedule.get_last_lr()[0]
        made: Updated = self.updater.update(batches, tokens=tokens, step=state.step)
        seconds = time.perf_counter() - begun
        state = replace(state, step=state.step + 1, place=after, seconds=state.seconds + seconds)
        entry = {"epoch": after.epoch, "loss": made.loss, "learning_rate": rate, "gradient": made.gradient, "tokens": made.tokens}
        self._log({"step": state.step, **entry, "seconds": round(seconds, 4)})
        self.progress.updated(state.step, made.loss, made.tokens, seconds)
        return state

    def _check(self, interrupts: Interrupts) -> None:
        """Ends all processes after the same update when one of them got a signal."""
        if self.accelerator.num_processes > 1:
            import torch

            flag = torch.tensor(float(interrupts.requested), device=self.accelerator.device)
            interrupts.requested = bool(self.accelerator.reduce(flag, "sum") > 0)
        interrupts.check()

    def _log(self, entry: dict[str, Any]) -> None:
        if self.accelerator.is_main_process:
            self.folder.log(entry)
