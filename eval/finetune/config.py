"""The keys of a fine-tuning YAML file (configs/finetune/marian-tico.yaml documents each of them)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt, model_validator

from translate.settings import read_settings
from translate.spec import Task

Metric = Literal["chrf", "chrf++", "bleu", "rouge1", "rouge2", "rougeL"]
Part = Literal["embeddings", "encoder"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataFile(_Strict):
    """A file of pairs; in `never_train_on` also of single texts."""

    path: str
    """`.tsv` or `.jsonl`, with or without `.gz`; anything else is plain text, a source a line, whose targets are in `targets`."""
    targets: str | None = None
    """For plain text: the file with the target of each line."""
    source: str | PositiveInt | None = None
    """The key of a JSONL row, or a TSV file's column: its number from 1 on, or its name in the first line."""
    target: str | PositiveInt | None = None
    licence: str | None = None
    name: str | None = None
    """What the model card calls it; the file's name when left out."""


class DataConfig(_Strict):
    """What is learned from, and what it is measured on."""

    train: tuple[DataFile, ...] = Field(min_length=1)
    dev: tuple[DataFile, ...] = Field(min_length=1)
    overlap: Literal["refuse", "drop"] = "refuse"
    """What happens when a training text is also in dev or in `never_train_on`, or a dev text in the latter."""
    max_source_tokens: PositiveInt | None = None
    """At most the model's own limit, which is the default."""
    max_target_tokens: PositiveInt | None = None
    too_long: Literal["drop", "cut"] | None = None
    """A longer pair is left out, or its source is cut at a word; left out: drop for translations, cut for summaries."""


class TrainingConfig(_Strict):
    """How it is learned. Exactly one of `steps` and `epochs` says how long."""

    steps: PositiveInt | None = None
    """Updates of the weights."""
    epochs: PositiveFloat | None = None
    """Times through the training data."""
    batch_tokens: PositiveInt = 4096
    """Source and target tokens of a batch on one device, padding included."""
    accumulate: PositiveInt = 1
    """Batches whose gradients make one update, on each device."""
    learning_rate: PositiveFloat = 3e-5
    schedule: Literal["inverse_sqrt", "linear", "constant"] = "inverse_sqrt"
    warmup_steps: NonNegativeInt = 100
    weight_decay: NonNegativeFloat = 0.0
    clip: PositiveFloat | None = 1.0
    """The longest gradient; null for any."""
    label_smoothing: float = Field(default=0.1, ge=0, lt=1)
    freeze: tuple[Part, ...] = ()
    """What stays as it is in the base."""
    checkpoint_every: PositiveInt = 500
    """Updates; there is one after each measurement too."""
    keep_checkpoint: bool = False
    """Whether the last checkpoint (three times the model's size) stays when all is done."""

    @model_validator(mode="after")
    def _one_length(self) -> TrainingConfig:
        if (self.steps is None) == (self.epochs is None):
            raise ValueError("needs exactly one of steps and epochs")
        return self


class EvaluationConfig(_Strict):
    """How it is measured on dev while it learns."""

    every: PositiveInt = 500
    """Updates between measurements; the base is measured first."""
    metric: Metric | None = None
    """What decides which weights are kept; left out: chrf for translations, rougeL for summaries."""
    patience: PositiveInt | None = 5
    """Measurements without a better one after which training ends; null never ends it early."""
    beams: PositiveInt = 1
    items: PositiveInt | None = None
    """Measure on the first of dev only."""


class CardConfig(_Strict):
    """What the model card says that mujaz cannot know."""

    name: str | None = None
    """The model's name; the output folder's when left out."""
    licence: str | None = None
    """Of the result; left out: the base's."""
    notes: str = ""


class FinetuneConfig(_Strict):
    """One fine-tuning run."""

    base: str
    """A registry name, a YAML file or a model folder, on this machine."""
    family: str | None = None
    """The base's family, checked if it is given."""
    task: Task | None = None
    """What the base's own file says when left out."""
    output: str | None = None
    """The folder of the result, from the working folder; `-o` wins over it."""
    seed: NonNegativeInt = 12345
    device: Literal["auto", "cpu"] = "auto"
    """auto: the GPUs that `accelerate launch` gives, else the first one, else the CPU."""
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """Of the computing; the weights are learned in float32. auto: bfloat16 where the device has it."""
    data: DataConfig
    never_train_on: tuple[DataFile, ...] = ()
    """Test sets, of which no sentence may be in train or dev."""
    training: TrainingConfig
    evaluation: EvaluationConfig = EvaluationConfig()
    card: CardConfig = CardConfig()


def read_finetune_config(path: Path) -> FinetuneConfig:
    """Read a YAML file; its data files (and the base, if that is a path) count from its folder.

    Raises:
        ConfigError: it cannot be read, has an unknown key or an unusable value.
    """
    config = read_settings(path, FinetuneConfig)
    is_path = config.base.startswith((".", "~", "/")) or config.base.endswith((".yaml", ".yml"))
    return config.model_copy(update={"base": str(from_folder(path.parent, config.base))}) if is_path else config


def from_folder(folder: Path, path: str) -> Path:
    """A path as a YAML file in `folder` means it."""
    return folder / Path(path).expanduser()
