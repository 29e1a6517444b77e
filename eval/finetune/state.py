"""Where a run stands: all that decides how it goes on, besides the weights, the optimizer and the random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from eval.finetune.batches import Place


@dataclass(frozen=True, slots=True)
class Measurement:
    """The model on dev after so many updates: scores by name, 0 to 100, and the mean loss of a target token (nats)."""

    step: int
    scores: Mapping[str, float]
    loss: float


@dataclass(frozen=True, slots=True)
class State:
    """A run after `step` updates.

    Attributes:
        step: updates made.
        place: the next batch.
        measured: the last measurement.
        best: the measurement of the weights that are kept.
        stale: measurements since then.
        base: the measurement before the first update.
        seconds: of updates and measurements so far, interruptions left out.
    """

    step: int = 0
    place: Place = field(default_factory=Place)
    measured: Measurement | None = None
    best: Measurement | None = None
    stale: int = 0
    base: Measurement | None = None
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> State:
        """The state that `to_json` gave."""
        measurements = {key: Measurement(**value[key]) if value[key] else None for key in ("measured", "best", "base")}
        return cls(step=value["step"], place=Place(**value["place"]), stale=value["stale"], seconds=value["seconds"], **measurements)
