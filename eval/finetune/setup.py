"""From a config to all that training needs: the base loaded, the data encoded, and what decides the result written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from eval.finetune.config import FinetuneConfig
from eval.finetune.data import RunData, Tally, load_data
from eval.finetune.dev import DevSet, default_metric
from eval.finetune.examples import Encoder
from eval.finetune.licences import ResultLicence, licence_of_result
from eval.finetune.tensors import Collator
from summarize.causal import PROMPTS, asking_for
from translate import store
from translate.arabic.sentences import split_sentences
from translate.engines import load_torch
from translate.errors import ConfigError, InputError
from translate.families import family_for
from translate.families.base import Family
from translate.families.causal import Causal
from translate.model_folder import commit_of
from translate.registry import load_spec
from translate.runtime.device import DeviceChoice, choose_device
from translate.runtime.loading import LoadedModel
from translate.runtime.prompts import TRANSLATE
from translate.spec import Limits, ModelSpec, Prompt

if TYPE_CHECKING:
    from datasets import Dataset


_COUNTED = 1000  # summaries whose sentences are counted


@dataclass(frozen=True, slots=True)
class Base:
    """The model to start from: its spec as the run changes it, its folder, the licence of what comes out."""

    spec: ModelSpec
    folder: Path
    result: ModelSpec
    licence: ResultLicence

    @property
    def revision(self) -> str | None:
        """The commit in use."""
        return commit_of(self.folder) or self.spec.revision


@dataclass(frozen=True, slots=True)
class Prepared:
    """A model and its data, ready to learn."""

    loaded: LoadedModel
    data: RunData
    tally: Tally
    train: Dataset
    dev: DevSet
    collator: Collator


def find_base(config: FinetuneConfig, data: RunData, name: str) -> Base:
    """The base and the spec of the result.

    Args:
        config: the run.
        data: its licences have a say.
        name: of the result.

    Raises:
        ModelUnavailable: it is not on this machine.
        ConfigError: it is no model that can be trained here, or the config says another family, or a licence that cannot be.
    """
    spec = base_spec(config)
    folder = store.locate(spec)
    if folder is None:
        raise store.missing(spec)
    if folder.is_file():
        raise ConfigError("is a .gguf file, whose weights are packed", where=spec.name, hint="name the folder that it was made from")
    if spec.family == "causal":
        spec = spec.model_copy(update={"prompt": _prompt(spec, data)})
    licence = licence_of_result(spec, data.train_files, config.card.licence)
    changes = {
        "name": name,
        "repo": "./",
        "revision": None,
        "licence": licence.licence,
        "commercial_use": licence.commercial_use,
        "notes": f"{spec.name}, fine-tuned with mujaz; see README.md",
        "source": "mujaz finetune",
        "size": None,
    }
    return Base(spec, folder, spec.model_copy(update=changes), licence)


def base_spec(config: FinetuneConfig) -> ModelSpec:
    """The base's spec, for the task of the run."""
    spec = load_spec(config.base)
    if spec.family == "endpoint":
        raise ConfigError("is behind a server, where it cannot be trained", where=spec.name, hint="name a model with weights")
    if config.family and config.family != spec.family:
        raise ConfigError(f"the base is of the family {spec.family}, not {config.family}", where="family")
    return spec.model_copy(update={"task": config.task}) if config.task else spec


def _prompt(spec: ModelSpec, data: RunData) -> Prompt:
    """What a causal model is asked, now and, since it is in its mujaz.yaml, ever after: its own prompt or mujaz's.

    Where a summarizer's prompt has a place for the number of sentences, that of most training summaries goes there.
    """
    if spec.task == "translation":
        return spec.prompt or TRANSLATE
    counts = [len(split_sentences(pair.target)) for pair in data.train[:_COUNTED]]
    return asking_for(spec.prompt or PROMPTS["ar" if spec.task == "summarization" else "en"], max(1, round(median(counts))))


def read_run(config: FinetuneConfig, folder: Path) -> RunData:
    """All data of a run; see `load_data`."""
    return load_data(config, folder, base_spec(config).task)


def choose_precision(config: FinetuneConfig) -> DeviceChoice:
    """Where it computes and in which precision; bfloat16 only where the device has it natively, unless it is asked for."""
    choice = choose_device(config.device, "auto" if config.precision == "auto" else config.precision)
    if choice.dtype == "float16":  # would need its loss scaled, and mT5 does not bear it
        return DeviceChoice(choice.device, "float32", choice.reason)
    return choice


def prepare(config: FinetuneConfig, base: Base, data: RunData, choice: DeviceChoice) -> Prepared:
    """Load the base in float32 and encode the data.

    Raises:
        ModelUnavailable: the base cannot be loaded.
        InputError: no pair is short enough.
        ConfigError: something in the config does not go with the model.
    """
    spec = base.spec
    loaded = load_torch(spec, base.folder, DeviceChoice("cpu", "float32", "to learn in"))  # accelerate moves it
    family = family_for(spec, loaded.tokenizer)
    _end_turns(loaded, family)
    loaded = LoadedModel(loaded.model, loaded.tokenizer, choice)
    _freeze(loaded.model, config)
    too_long = config.data.too_long or ("drop" if spec.task == "translation" else "cut")
    encoder = Encoder(family, _limits(config, spec, loaded.model), too_long)
    train = encoder.encode(data.train, data.tally)
    if not len(train):
        raise InputError("no training pair is short enough", hint="; ".join(data.tally.lines()))
    collator = Collator(_pad(loaded), None if isinstance(family, Causal) else _start(loaded.model, family))
    dev_pairs = data.dev[: config.evaluation.items]
    metric = config.evaluation.metric or default_metric(spec.task)
    dev = DevSet(dev_pairs, spec, metric, config.evaluation.beams, encoder.encode(dev_pairs), collator, encoder)
    return Prepared(loaded, data, data.tally, train, dev, collator)


def _limits(config: FinetuneConfig, spec: ModelSpec, model: Any) -> Limits:
    """The model's own limits, or the config's where they are narrower; a causal model's source and target share its positions."""
    positions = getattr(model.config.get_text_config(), "max_position_embeddings", None) or spec.limits.max_source_tokens
    target = min(config.data.max_target_tokens or spec.limits.max_target_tokens, spec.limits.max_target_tokens, positions)
    source = min(config.data.max_source_tokens or spec.limits.max_source_tokens, spec.limits.max_source_tokens, positions)
    if spec.family == "causal":
        target = min(target, positions // 2)
        source = min(source, positions - target)
    return Limits(max_source_tokens=source, max_target_tokens=target)


def _pad(loaded: LoadedModel) -> int:
    """What fills a batch; it is masked, so any token will do where a tokenizer has none for it."""
    pad = loaded.tokenizer.pad_token_id
    return int(loaded.tokenizer.eos_token_id if pad is None else pad)


def _start(model: Any, family: Family) -> int:
    """What the decoder starts with."""
    found: Sequence[int | None] = (
        family.decoder_start_id,
        model.generation_config.decoder_start_token_id,
        getattr(model.config, "decoder_start_token_id", None),
    )
    start = next((start for start in found if start is not None), None)
    if start is None:
        raise ConfigError("its config does not say what the decoder starts with", where=family.name)
    return start


def _end_turns(loaded: LoadedModel, family: Family) -> None:
    """Have a causal model's search end where the answers that it learns end."""
    if isinstance(family, Causal):
        own = loaded.model.generation_config
        known = own.eos_token_id if isinstance(own.eos_token_id, list) else [own.eos_token_id]
        [ending] = family.encode_targets(["."])
        own.eos_token_id = sorted({token for token in (*known, ending[-1]) if token is not None})


def _freeze(model: Any, config: FinetuneConfig) -> None:
    """Keep the parts that the config names as they are; output layers that share the embeddings' weights stay with them."""
    # Marian's positions are computed, not learned, but count as parameters: several processes would wait for their gradients.
    parts: list[Any] = [module for module in model.modules() if "Sinusoidal" in type(module).__name__]
    if "embeddings" in config.training.freeze:
        parts.append(model.get_input_embeddings())
    if "encoder" in config.training.freeze:
        if not getattr(model.config, "is_encoder_decoder", False):
            raise ConfigError("encoder: this model has none", where="training.freeze")
        parts.append(model.get_encoder())
    for part in parts:
        part.requires_grad_(False)
