"""`mujaz finetune` from outside: mistakes said in one line, a quick help, licences that stay, other recipes found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Ran
from finetune_runs import write_config
from tiny_models import tiny_model

from eval.finetune import recipes
from eval.finetune.config import DataFile, FinetuneConfig, read_finetune_config
from eval.finetune.data import FileFacts
from eval.finetune.licences import licence_of_result
from translate.errors import ConfigError
from translate.registry import load_spec
from translate.spec import ModelSpec

Run = Callable[..., Ran]
FOLDER = Path(__file__).parents[1] / "configs" / "finetune"
# The others belong to recipes of their own.
SAMPLES = [path for path in sorted(FOLDER.glob("*.yaml")) if "base" in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"trainning": {}}, "unknown key 'trainning'; known keys: base, family, task, output"),
        ({"training": {"lr": 1}}, "unknown key 'training.lr'; known keys: steps, epochs"),
        ({"data": {"train": [{"path": "train.tsv", "column": 1}]}}, "unknown key 'data.train.0.column'; known keys: path, targets"),
        ({"training": {"epochs": 2}}, "training: needs exactly one of steps and epochs"),
        ({"training": {"label_smoothing": 1.5}}, "training.label_smoothing: Input should be less than 1 (got '1.5')"),
        ({"evaluation": {"metric": "meteor"}}, "evaluation.metric: Input should be 'chrf', 'chrf++', 'bleu'"),
        ({"data": {"dev": []}}, "data.dev: Tuple should have at least 1 item"),
        ({"never_train_on": ["test.tsv"]}, "never_train_on.0: Input should be a valid dictionary"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_mistake_in_the_file_is_one_line_with_the_key(changes: dict[str, Any], line: str, tmp_path: Path, mujaz: Run) -> None:
    path = write_config(tmp_path, **changes)
    ran = mujaz("finetune", path, "-o", tmp_path / "out")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"mujaz: {path}: {line}") and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"family": "nllb"}, "family: the base is of the family marian, not nllb"),
        ({"base": "opus-mt-tc-big-ar-en"}, "opus-mt-tc-big-ar-en: is not on this machine; mujaz models pull opus-mt-tc-big-ar-en"),
        ({"base": "marain"}, "marain: no such model"),
        ({"base": "./model.yaml"}, "there is no such file"),
        ({"data": {"train": [{"path": "none.tsv"}]}}, "none.tsv: cannot be read (No such file or directory)"),
        ({"data": {"train": [{"path": "dev.tsv"}]}}, "data: 2 training pairs are in a held-out set: dev.tsv:1 is dev.tsv:1"),
        ({"never_train_on": [{"path": "train.tsv"}]}, "data: 6 training pairs are in a held-out set: train.tsv:1 is train.tsv:1"),
        ({"data": {"max_source_tokens": 1}}, "no training pair is short enough; 6 training pairs left out"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_trained_is_one_line(changes: dict[str, Any], line: str, tmp_path: Path, mujaz: Run) -> None:
    ran = mujaz("finetune", write_config(tmp_path, **changes), "-o", tmp_path / "out")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert line in ran.err


def test_where_the_result_goes_must_be_said(tmp_path: Path, mujaz: Run) -> None:
    ran = mujaz("finetune", write_config(tmp_path))
    assert ran.code == 2 and "the key 'output' is missing; name the folder of the result there, or with -o" in ran.err
    assert mujaz("finetune", tmp_path / "none.yaml").err == f"mujaz: {tmp_path / 'none.yaml'}: there is no such file\n"


def test_a_loss_that_is_no_number_any_more_ends_the_run(tmp_path: Path, mujaz: Run) -> None:
    path = write_config(tmp_path, training={"learning_rate": 1e30, "warmup_steps": 0, "clip": None})
    ran = mujaz("finetune", path, "-o", tmp_path / "out")
    assert ran.code == 2 and "the loss is no number any more after" in ran.err.splitlines()[-1]
    assert (tmp_path / "out" / "checkpoints").is_dir()


def test_too_little_memory_says_what_to_lower(tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def loss(*_: Any, **__: Any) -> None:
        raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB")

    monkeypatch.setattr("eval.finetune.update.summed_loss", loss)
    ran = mujaz("finetune", write_config(tmp_path), "-o", tmp_path / "out")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("mujaz: there is not enough memory for a batch of 100 tokens; lower training.batch_tokens")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom summarize.cli import main\ntry: main(['finetune', '--help'])\nexcept SystemExit as end: assert not end.code\n"
        "heavy = {'torch', 'transformers', 'datasets', 'accelerate', 'numpy', 'sacrebleu'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0 and "CONFIG.yaml" in ran.stdout, ran.stderr


# samples


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_each_sample_is_a_config_for_a_known_model(path: Path) -> None:
    config = read_finetune_config(path)
    assert load_spec(config.base).family == config.family
    assert config.never_train_on, "every sample keeps a test set out"


def test_the_first_sample_explains_every_key() -> None:
    text = (FOLDER / "marian-tico.yaml").read_text(encoding="utf-8")

    def keys(kind: Any) -> set[str]:
        inner = [field.annotation for field in kind.model_fields.values() if hasattr(field.annotation, "model_fields")]
        return set(kind.model_fields) | {key for model in inner for key in keys(model)}

    assert {key for key in keys(FinetuneConfig) | keys(DataFile) if f"{key}:" not in text} == set()


# licences


def spec(licence: str | None, commercial: bool | None) -> ModelSpec:
    return load_spec(str(tiny_model("marian"))).model_copy(update={"licence": licence, "commercial_use": commercial})


def data(*licences: str | None) -> list[FileFacts]:
    return [FileFacts(f"{place}.tsv", licence, "0", 1) for place, licence in enumerate(licences)]


def test_a_non_commercial_base_stays_so_and_cannot_be_renamed() -> None:
    result = licence_of_result(spec("CC-BY-NC-4.0", False), data("CC0-1.0"), None)
    assert (result.licence, result.commercial_use) == ("CC-BY-NC-4.0", False)
    with pytest.raises(ConfigError, match=r"Apache-2.0 cannot be, since the base .* is licensed CC-BY-NC-4.0"):
        licence_of_result(spec("CC-BY-NC-4.0", False), data("CC0-1.0"), "Apache-2.0")
    assert licence_of_result(spec("CC-BY-NC-4.0", False), data("CC0-1.0"), "CC-BY-NC-SA-4.0").licence == "CC-BY-NC-SA-4.0"


def test_non_commercial_or_unnamed_data_has_a_say_too() -> None:
    free = spec("Apache-2.0", True)
    assert licence_of_result(free, data("CC0-1.0", "CC-BY-4.0"), None).commercial_use is True
    forbidden = licence_of_result(free, data("CC0-1.0", "CC BY-NC-SA 4.0"), None)
    assert forbidden.commercial_use is False and any("1.tsv is licensed CC BY-NC-SA 4.0" in reason for reason in forbidden.reasons)
    unknown = licence_of_result(free, data(None), None)
    assert unknown.commercial_use is None and "The licence of the training data 0.tsv is not stated." in unknown.reasons
    assert licence_of_result(spec(None, None), data("CC0-1.0"), None).commercial_use is None


# other recipes


def test_a_family_with_a_recipe_of_its_own_is_handed_over(tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "their_recipe.py").write_text("def train(path, *, output, resume):\n    print(path.name, output, resume)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(recipes, "RECIPES", {"theirs": "their_recipe:train", "gone": "no_such_package.recipe:train"})
    (tmp_path / "c.yaml").write_text("family: theirs\nown_key: 1\n")
    ran = mujaz("finetune", tmp_path / "c.yaml", "-o", "out", "--resume")
    assert (ran.code, ran.out) == (0, "c.yaml out True\n")
    (tmp_path / "c.yaml").write_text("family: gone\n")
    ran = mujaz("finetune", tmp_path / "c.yaml")
    assert ran.code == 2 and "there is no recipe for the family 'gone' in this installation" in ran.err
