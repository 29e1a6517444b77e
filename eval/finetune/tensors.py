"""Pairs' ids as padded tensors, and the loss of a model on them; encoder–decoder and causal models each in their own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

_IGNORED = -100  # what cross entropy does not count


@dataclass(frozen=True, slots=True)
class Collator:
    """Rows of ids → the tensors that a model takes, with the labels under `labels`.

    Attributes:
        pad: the padding id.
        start: what the decoder starts with; None for a causal model, whose target goes on where the source ends.
    """

    pad: int
    start: int | None

    def __call__(self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
        """A batch of n pairs: tensors of (n, longest)."""
        if self.start is None:
            joined = [[*source, *target] for source, target in zip(sources, targets, strict=True)]
            masked = [[*[_IGNORED] * len(source), *target] for source, target in zip(sources, targets, strict=True)]
            # What a position says is the next one's label: none for the last.
            labels = [[*row[1:], _IGNORED] for row in masked]
            return {"input_ids": _padded(joined, self.pad), "attention_mask": _mask(joined), "labels": _padded(labels, _IGNORED)}
        shifted = [[self.start, *target[:-1]] for target in targets]
        return {
            "input_ids": _padded(sources, self.pad),
            "attention_mask": _mask(sources),
            "decoder_input_ids": _padded(shifted, self.pad),
            "labels": _padded(targets, _IGNORED),
        }


def summed_loss(model: Any, batch: Mapping[str, torch.Tensor], *, smoothing: float = 0.0) -> torch.Tensor:
    """Cross entropy summed over the targets' tokens.

    The models' own loss is not used: it is a mean, which would weigh the tokens of a small batch more, and knows no smoothing.
    """
    from torch.nn.functional import cross_entropy

    inputs = {key: tensor for key, tensor in batch.items() if key != "labels"}
    logits = model(**inputs, use_cache=False).logits.float()
    loss: torch.Tensor = cross_entropy(
        logits.flatten(0, 1), batch["labels"].flatten(), ignore_index=_IGNORED, label_smoothing=smoothing, reduction="sum"
    )
    return loss


def _padded(rows: Sequence[Sequence[int]], value: int) -> torch.Tensor:
    import torch

    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def _mask(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    return _padded([[1] * len(row) for row in rows], 0)
