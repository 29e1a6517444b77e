"""Each family as it learns: targets, losses as transformers computes them, and weights that go the right way."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from finetune_runs import PAIRS, log_of, losses, weights, write_config
from tiny_models import CAUSAL, FAMILIES, SUMMARIZERS, tiny_model

from eval.finetune.setup import _pad, _start
from eval.finetune.tensors import Collator, summed_loss
from eval.finetune.train import finetune
from translate.engines import load_torch
from translate.errors import ConfigError
from translate.families import family_for
from translate.registry import load_spec
from translate.runtime.device import DeviceChoice

CPU = DeviceChoice("cpu", "float32", "for tests")
TARGETS = [target for _, target in PAIRS]


def opened(family: str) -> tuple[Any, Any]:
    spec = load_spec(str(tiny_model(family)))
    loaded = load_torch(spec, tiny_model(family), CPU)
    return loaded, family_for(spec, loaded.tokenizer)


@pytest.mark.parametrize("name", [*FAMILIES, *SUMMARIZERS, *CAUSAL])
def test_targets_are_what_the_model_writes_and_end_with_an_end_token(name: str) -> None:
    loaded, family = opened(name)
    targets = family.encode_targets(TARGETS)
    ends = loaded.model.generation_config.eos_token_id
    assert all(ids[-1] in (ends if isinstance(ends, list) else [ends]) for ids in targets)
    assert all(family.forced_bos_id in (None, ids[0]) for ids in targets)
    assert [family.decode(ids) for ids in targets] == TARGETS


@pytest.mark.parametrize("name", [*FAMILIES, *SUMMARIZERS])
def test_the_loss_of_an_encoder_decoder_is_the_one_that_transformers_computes(name: str) -> None:
    import torch

    loaded, family = opened(name)
    sources, targets = family.encode([source for source, _ in PAIRS]), family.encode_targets(TARGETS)
    start = _start(loaded.model, family)
    batch = Collator(_pad(loaded), start)(sources, targets)
    if name in ("mt5", "arabart", "crosssum"):
        loaded.model.config.decoder_start_token_id = start  # CrossSum's is a language
    tokens = sum(map(len, targets))
    with torch.no_grad():
        theirs = loaded.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=batch["labels"]).loss
        assert float(summed_loss(loaded.model, batch) / tokens) == pytest.approx(float(theirs), rel=1e-5)
        alone = [summed_loss(loaded.model, Collator(_pad(loaded), start)([s], [t])) for s, t in zip(sources, targets, strict=True)]
        assert float(sum(alone)) == pytest.approx(float(summed_loss(loaded.model, batch)), rel=1e-4)  # padding counts nothing


@pytest.mark.parametrize("name", CAUSAL)
def test_a_causal_model_learns_the_answer_and_its_end_and_not_the_prompt(name: str) -> None:
    import torch

    loaded, family = opened(name)
    sources, targets = family.encode([PAIRS[0][0], PAIRS[4][0]]), family.encode_targets([TARGETS[0], TARGETS[4]])
    batch = Collator(_pad(loaded), None)(sources, targets)
    labels = torch.full_like(batch["input_ids"], -100)
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        labels[row, len(source) : len(source) + len(target)] = torch.tensor(target)
    with torch.no_grad():
        theirs = loaded.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=labels).loss
        assert float(summed_loss(loaded.model, batch) / sum(map(len, targets))) == pytest.approx(float(theirs), rel=1e-5)


@pytest.mark.parametrize("name", [*FAMILIES, *SUMMARIZERS, *CAUSAL])
def test_the_loss_goes_down(name: str, tmp_path: Path) -> None:
    training = {"steps": 15, "warmup_steps": 0, "batch_tokens": 2000, "learning_rate": 0.01}
    path = write_config(tmp_path, name, training=training, evaluation={"every": 15, "items": 1})
    finetune(path, output=tmp_path / "out")
    made = losses(tmp_path / "out")
    assert len(made) == 15 and sum(made[-3:]) < 0.8 * sum(made[:3])


def test_accumulated_batches_make_the_same_update_as_one_large_batch(tmp_path: Path) -> None:
    """Six batches of a pair each, with very different lengths, against one of all six: every token weighs the same."""
    results = []
    for name, batch_tokens, accumulate in (("one", 5000, 1), ("six", 1, 6)):
        folder = tmp_path / name
        folder.mkdir()
        training = {"steps": 1, "batch_tokens": batch_tokens, "accumulate": accumulate, "warmup_steps": 0}
        path = write_config(folder, base=str(without_dropout(tmp_path)), training=training)
        finetune(path, output=folder / "out")
        gradient = next(entry["gradient"] for entry in log_of(folder / "out") if "gradient" in entry)
        results.append((losses(folder / "out")[0], gradient))
    assert results[0] == pytest.approx(results[1], rel=1e-4)


def without_dropout(folder: Path) -> Path:
    target = folder / "tiny-still"
    if not target.exists():
        shutil.copytree(tiny_model("marian"), target)
        config = json.loads((target / "config.json").read_text())
        config.update({"dropout": 0.0, "attention_dropout": 0.0, "activation_dropout": 0.0})
        (target / "config.json").write_text(json.dumps(config))
    return target


def test_frozen_parts_stay_as_they_are(tmp_path: Path) -> None:
    path = write_config(tmp_path, training={"freeze": ["embeddings", "encoder"], "keep_checkpoint": True})
    finetune(path, output=tmp_path / "out")
    before, after = weights(tiny_model("marian") / "model.safetensors"), weights(next((tmp_path / "out").rglob("step-*/model.safetensors")))
    changed = {key for key in before.keys() & after.keys() if not before[key].equal(after[key])}
    assert changed and all(key.startswith("model.decoder.layers") for key in changed)


def test_a_causal_model_has_no_encoder_to_freeze(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"training.freeze: encoder: this model has none"):
        finetune(write_config(tmp_path, "qwen", training={"freeze": ["encoder"]}), output=tmp_path / "out")


def test_bfloat16_learns_too(tmp_path: Path) -> None:
    path = write_config(tmp_path, precision="bfloat16", training={"steps": 20})
    finetune(path, output=tmp_path / "out")
    made = losses(tmp_path / "out")
    assert sum(made[-3:]) < sum(made[:3])
    assert {str(tensor.dtype) for tensor in weights(tmp_path / "out" / "model.safetensors").values()} == {"torch.float32"}


def test_the_same_seed_gives_the_same_weights_and_another_one_others(tmp_path: Path) -> None:
    made = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        random.seed(name)  # what was drawn before must not matter
        finetune(write_config(tmp_path / name, seed=seed, training={"steps": 3}), output=tmp_path / name / "out")
        made[name] = losses(tmp_path / name / "out")
    assert made["a"] == made["b"] != made["c"]
