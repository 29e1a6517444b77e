"""One update of the weights: gradients of some batches added up over devices, clipped, and a step of the optimizer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from eval.finetune.config import TrainingConfig
from eval.finetune.tensors import Collator, summed_loss
from translate.errors import ConfigError, InputError
from translate.runtime.device import is_out_of_memory


@dataclass(frozen=True, slots=True)
class Updated:
    """An update: the mean (smoothed) loss of a target token, the gradient's length before clipping, target tokens."""

    loss: float
    gradient: float
    tokens: int


class Updater:
    """Makes updates.

    Args:
        accelerator: knows the devices.
        model: prepared by the accelerator.
        optimizer: likewise.
        schedule: of the learning rate; one step an update.
        table: the training pairs as ids.
        collator: ids to tensors.
        config: clipping and smoothing.
    """

    def __init__(
        self, accelerator: Any, model: Any, optimizer: Any, schedule: Any, *, table: Any, collator: Collator, config: TrainingConfig
    ) -> None:
        self._accelerator, self._model, self._optimizer, self.schedule = accelerator, model, optimizer, schedule
        self._table, self._collator, self._config = table, collator, config

    def update(self, batches: Sequence[Sequence[int]], *, tokens: int, step: int) -> Updated:
        """One update from batches, of which each process computes its share.

        Args:
            batches: rows of the table; as many for each process.
            tokens: target tokens of all of them: each token weighs the same, in whatever batch and process it is.
            step: for errors.

        Raises:
            ConfigError: a batch does not fit into the memory.
            InputError: the loss is no number any more.
        """
        accelerator = self._accelerator
        share = batches[accelerator.process_index :: accelerator.num_processes]
        summed = None
        try:
            for number, batch in enumerate(share, 1):
                # Devices exchange gradients once, with the last batch.
                with accelerator.no_sync(self._model) if number < len(share) else nullcontext():
                    loss = self._loss(batch)
                    accelerator.backward(loss * (accelerator.num_processes / tokens))  # it takes the mean over processes
                summed = loss.detach() if summed is None else summed + loss.detach()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            hint = "lower training.batch_tokens, and raise training.accumulate by as much"
            raise ConfigError(f"there is not enough memory for a batch of {self._config.batch_tokens} tokens", hint=hint) from error
        mean = float(accelerator.reduce(summed, "sum")) / tokens
        if mean != mean or mean in (float("inf"), float("-inf")):
            hint = "lower training.learning_rate, or train in float32; the last checkpoint is kept"
            raise InputError(f"the loss is no number any more after {step} updates", hint=hint)
        gradient = accelerator.clip_grad_norm_(self._model.parameters(), self._config.clip or float("inf"))
        self._optimizer.step()
        self.schedule.step()
        self._optimizer.zero_grad()
        return Updated(mean, float(gradient), tokens)

    def _loss(self, batch: Sequence[int]) -> Any:
        rows = self._table[list(batch)]
        tensors = self._collator(rows["source"], rows["target"])
        inputs = {key: tensor.to(self._accelerator.device) for key, tensor in tensors.items()}
        return summed_loss(self._model, inputs, smoothing=self._config.label_smoothing)
