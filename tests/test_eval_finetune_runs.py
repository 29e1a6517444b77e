"""Runs from start to end: interrupted and gone on with, ended early, a full disk; and the folder that comes out, at work."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Ran
from finetune_runs import DEV, log_of, losses, weights, write_config, write_tsv
from tiny_models import tiny_model

from eval.finetune.dev import DevSet
from eval.finetune.state import Measurement
from eval.finetune.train import finetune
from eval.finetune.update import Updater
from translate.errors import OutputError
from translate.registry import load_spec
from translate.translator import load_translator

Run = Callable[..., Ran]
CODES = {"nllb": {"source": "arb_Arab", "target": "eng_Latn"}, "mbart50": {"source": "ar_AR", "target": "en_XX"}}
KEEP = {"keep_checkpoint": True}


def checkpoint(folder: Path) -> dict[str, Any]:
    (found,) = (folder / "checkpoints").glob("step-*")
    return {**weights(found / "model.safetensors"), **optimizer(found / "optimizer.bin")}


def optimizer(path: Path) -> dict[str, Any]:
    import torch

    state = torch.load(path, weights_only=True)["state"]
    return {f"{place}.{key}": tensor for place, values in state.items() for key, tensor in values.items()}


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return first.keys() == second.keys() and all(first[key].equal(second[key]) for key in first)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same run without any interruption."""
    folder = tmp_path_factory.mktemp("whole")
    return finetune(write_config(folder, training=KEEP), output=folder / "out")


def during_update(monkeypatch: pytest.MonkeyPatch, number: int, action: Callable[[], None]) -> None:
    """Let something happen in an update of this process."""
    own, made = Updater.update, []

    def update(self: Updater, batches: Any, **options: Any) -> Any:
        made.append(1)
        if len(made) == number:
            action()
        return own(self, batches, **options)

    monkeypatch.setattr(Updater, "update", update)


def crash() -> None:
    raise RuntimeError("as if the power had failed")


@pytest.mark.parametrize(
    ("update", "action", "code", "saved"),
    [(6, lambda: signal.raise_signal(signal.SIGINT), 130, 6), (2, lambda: signal.raise_signal(signal.SIGTERM), 130, 2), (11, crash, 2, 8)],
    ids=["Ctrl-C", "SIGTERM", "crash"],
)
def test_a_run_that_was_interrupted_comes_to_exactly_the_same_end(
    update: int, action: Callable[[], None], code: int, saved: int, whole: Path, tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = write_config(tmp_path, training=KEEP), tmp_path / "out"
    with monkeypatch.context() as patch:
        during_update(patch, update, action)
        ran = mujaz("finetune", path, "-o", out)
    assert ran.code == code and ran.out == ""
    if code == 130:
        last = ran.err.splitlines()[-1]
        assert last == f"mujaz: interrupted after {saved} of 12 updates; its state is saved; the same command with --resume goes on"
    again = mujaz("finetune", path, "-o", out, "--resume")
    assert again.code == 0 and f"going on after {saved} updates" in again.err
    assert same(checkpoint(out), checkpoint(whole))
    assert same(weights(out / "model.safetensors"), weights(whole / "model.safetensors"))
    assert log_of(out) == log_of(whole)


def test_ctrl_c_during_a_measurement_loses_nothing(whole: Path, tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = write_config(tmp_path, training=KEEP), tmp_path / "out"
    own = DevSet._loss

    def loss(self: DevSet, *arguments: Any) -> float:
        if (out / "checkpoints").exists():  # not the first measurement, of the base
            signal.raise_signal(signal.SIGINT)
        return own(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(DevSet, "_loss", loss)
        ran = mujaz("finetune", path, "-o", out)
    assert ran.code == 130 and "interrupted after 6 of 12 updates" in ran.err
    assert mujaz("finetune", path, "-o", out, "--resume").code == 0
    assert log_of(out) == log_of(whole) and same(checkpoint(out), checkpoint(whole))


def test_a_full_disk_is_one_line_and_the_checkpoint_before_is_kept(
    whole: Path, tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accelerate import Accelerator

    path, out = write_config(tmp_path, training=KEEP), tmp_path / "out"
    own = Accelerator.save_state

    def save_state(self: Accelerator, folder: str, **options: Any) -> Any:
        saved = own(self, folder, **options)
        if "00000006" in folder:
            (Path(folder) / "optimizer.bin").write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return saved

    with monkeypatch.context() as patch:
        patch.setattr(Accelerator, "save_state", save_state)
        ran = mujaz("finetune", path, "-o", out)
    assert ran.code == 2
    assert ran.err.splitlines()[-1].endswith("the disk is full; what was there is kept; free some space and go on with --resume")
    assert [entry.name for entry in (out / "checkpoints").iterdir()] == ["step-00000004"]
    assert mujaz("finetune", path, "-o", out, "--resume").code == 0
    assert log_of(out) == log_of(whole) and same(checkpoint(out), checkpoint(whole))


def test_a_damaged_checkpoint_is_one_line(tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = write_config(tmp_path), tmp_path / "out"
    with monkeypatch.context() as patch:
        during_update(patch, 3, lambda: signal.raise_signal(signal.SIGINT))
        mujaz("finetune", path, "-o", out)
    (found,) = (out / "checkpoints").glob("step-*/optimizer.bin")
    found.write_bytes(found.read_bytes()[:100])
    ran = mujaz("finetune", path, "-o", out, "--resume")
    assert ran.code == 2 and "step-00000003: cannot be read (" in ran.err.splitlines()[-1]


# when a run may begin


def test_a_folder_is_never_written_over(whole: Path, tmp_path: Path, mujaz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = write_config(tmp_path), tmp_path / "out"
    ran = mujaz("finetune", path, "-o", tmp_path)
    assert ran.code == 2 and ran.err == f"mujaz: {tmp_path}: is not empty and holds no run; give a new folder with -o\n"
    ran = mujaz("finetune", path, "-o", whole, "--resume")
    assert ran.code == 2 and "holds a run that is finished" in ran.err
    with monkeypatch.context() as patch:
        during_update(patch, 1, lambda: signal.raise_signal(signal.SIGINT))
        mujaz("finetune", path, "-o", out)
    ran = mujaz("finetune", path, "-o", out)
    assert ran.code == 2 and "holds a run that is not finished; go on with it with --resume" in ran.err
    write_config(tmp_path, training={"learning_rate": 0.001})
    ran = mujaz("finetune", path, "-o", out, "--resume")
    assert ran.code == 2 and "holds a run with other settings (settings.training.learning_rate: 0.003 → 0.001)" in ran.err
    write_config(tmp_path)
    write_tsv(tmp_path / "train.tsv", [("نص جديد تماما", "an all new text")])
    ran = mujaz("finetune", path, "-o", out, "--resume")
    assert ran.code == 2 and "holds a run with other settings (files.train.tsv: " in ran.err


def test_resume_where_there_is_nothing_starts(tmp_path: Path, mujaz: Run) -> None:
    path = write_config(tmp_path, training={"steps": 1}, output=str(tmp_path / "named"))
    assert mujaz("finetune", path, "--resume").code == 0
    assert (tmp_path / "named" / "model.safetensors").is_file()


# measuring


def scripted(monkeypatch: pytest.MonkeyPatch, scores: dict[int, float]) -> None:
    """Let the measurements come out as given, by step."""

    def measure(self: DevSet, accelerator: Any, model: Any, loaded: Any, *, step: int, check: Any) -> Measurement:
        return Measurement(step, {"chrf": scores[step]}, 1.0)

    monkeypatch.setattr(DevSet, "measure", measure)


def test_it_ends_early_and_the_best_weights_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Best after 2 updates; none better after 3, 4: the end, with the weights that a run of 2 updates has."""
    scripted(monkeypatch, {0: 10, 1: 20, 2: 30, 3: 25, 4: 30, 5: 99})
    path = write_config(tmp_path, training={"schedule": "constant"}, evaluation={"every": 1, "patience": 2})
    out = finetune(path, output=tmp_path / "out")
    assert [entry["step"] for entry in log_of(out) if "dev" in entry] == [0, 1, 2, 3, 4]
    assert "this model, after 2 updates | 30.00" in (out / "README.md").read_text(encoding="utf-8")
    assert "early stopping: 2 measurements without a better one" in (out / "README.md").read_text(encoding="utf-8")
    path = write_config(tmp_path, training={"schedule": "constant", "steps": 2}, evaluation={"every": 1, "patience": None})
    short = finetune(path, output=tmp_path / "short")
    assert same(weights(out / "model.safetensors"), weights(short / "model.safetensors"))


def test_a_run_that_made_nothing_better_gives_the_base_back_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mujaz: Run
) -> None:
    scripted(monkeypatch, {0: 10, 6: 9, 12: 10})
    ran = mujaz("finetune", write_config(tmp_path), "-o", tmp_path / "out")
    assert ran.code == 0 and "no step was better on dev than the base (chrf 10.00)" in ran.err
    assert "these are the base's weights" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert same(weights(tmp_path / "out" / "model.safetensors"), weights(tiny_model("marian") / "model.safetensors"))


def test_dev_is_scored_on_what_the_finished_folder_writes(tmp_path: Path) -> None:
    from sacrebleu import BLEU, CHRF

    path = write_config(tmp_path, evaluation={"beams": 2})
    out = finetune(path, output=tmp_path / "out")
    best = max((entry["dev"] for entry in log_of(out) if "dev" in entry), key=lambda scores: scores["chrf"])
    translator = load_translator(str(out), engine="torch", device="cpu", dtype="float32")
    made = [translation.text for translation in translator.translate([source for source, _ in DEV])]
    references = [[target for _, target in DEV]]
    assert best["chrf"] == pytest.approx(CHRF().corpus_score(made, references).score)
    assert best["bleu"] == pytest.approx(BLEU().corpus_score(made, references).score)
    chrf = CHRF()
    chrf.corpus_score(made, references)
    assert f"`{chrf.get_signature().format()}`" in (out / "README.md").read_text(encoding="utf-8")


# what comes out


@pytest.mark.parametrize("family", ["marian", "nllb", "m2m100", "mbart50", "gemma"])
def test_the_folder_is_a_translator_with_a_licence(family: str, tmp_path: Path, mujaz: Run) -> None:
    base = {
        "name": "theirs", "task": "translation", "family": family if family != "gemma" else "causal", "repo": str(tiny_model(family)),
        "licence": "CC-BY-NC-4.0", "commercial_use": False, "generation": {"num_beams": 1},
        "languages": CODES.get(family, {"source": "ar", "target": "en"}),
        "limits": {"max_source_tokens": 1000 if family == "gemma" else 200, "max_target_tokens": 200},
    }  # fmt: skip
    if family == "gemma":
        base["prompt"] = {"user": "En:\n{text}"}
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    path = write_config(tmp_path, family, base="./base.yaml", training={"steps": 2, "batch_tokens": 300}, evaluation={"items": 1})
    ran = mujaz("finetune", path, "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert "out will be licensed CC-BY-NC-4.0: not for commercial use (The base theirs is licensed CC-BY-NC-4.0.)" in ran.err
    moved = shutil.move(tmp_path / "out", tmp_path / "elsewhere")
    spec = load_translator(moved, engine="torch", device="cpu").spec
    assert (spec.name, spec.licence, spec.commercial_use, spec.generation.num_beams) == ("out", "CC-BY-NC-4.0", False, 1)
    assert spec.prompt is None or spec.prompt.user == "En:\n{text}"
    translated = mujaz("translate", "--translator", moved, "--engine", "torch", "--device", "cpu", stdin="نعم ذلك ما حدث".encode())
    assert translated.code == 0 and "out is licensed CC-BY-NC-4.0: not for commercial use" in translated.err
    assert not {"best", "checkpoints"} & {entry.name for entry in Path(moved).iterdir()}
    card = yaml.safe_load((Path(moved) / "README.md").read_text(encoding="utf-8").split("---")[1])
    assert card["license"] == "cc-by-nc-4.0" and card["base_model"] == "theirs"


@pytest.mark.parametrize(("model", "task"), [("mt5", None), ("arabart", None), ("crosssum", None), ("qwen", "summarization")])
def test_the_folder_is_a_summarizer(model: str, task: str | None, tmp_path: Path, mujaz: Run) -> None:
    summaries = [("شارك فيه خبراء من خمسة بلدان. نعم ذلك ما قال الخبراء.", "شارك خبراء. قالوا نعم.")]
    changes = {} if task is None else {"task": task}
    path = write_config(tmp_path, model, training={"steps": 2, "batch_tokens": 600}, evaluation={"items": 1}, **changes)
    if task:
        write_tsv(tmp_path / "train.tsv", [("قال الوزير إن الأسعار ستنخفض. وشكك الخبراء.", "ستنخفض الأسعار. الخبراء يشككون.")])
        write_tsv(tmp_path / "dev.tsv", summaries)
    ran = mujaz("finetune", path, "-o", tmp_path / "out")
    assert ran.code == 0 and "mujaz … --summarizer" in ran.err, ran.err
    profile = "unicode" if model == "crosssum" else "normalized"
    assert "dev: rougeL" in ran.err and f"profile:{profile}|" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    spec = load_spec(str(tmp_path / "out"))
    assert (spec.prompt is not None) == (task is not None)
    if spec.prompt:
        assert "in at most 2 sentences" in spec.prompt.user
    to = "en" if model == "crosssum" else "ar"
    article = "افتتح المتحف الوطني أبوابه أمام الزوار صباح اليوم بعد أعمال ترميم استمرت ثلاث سنوات. قال الوزير إن الأسعار ستنخفض."
    used = mujaz("summarize", "--summarizer", tmp_path / "out", "--strategy", "direct" if to == "en" else "summarize-translate",
                 "--to", to, "--format", "json", "--device", "cpu", stdin=article.encode())  # fmt: skip
    assert used.code == 0, used.err
    assert json.loads(used.out)["models"]["summarizer"]["name"] == "out"


def test_a_folder_cannot_bring_a_file_that_sends_texts_elsewhere(whole: Path, tmp_path: Path, mujaz: Run) -> None:
    folder = shutil.copytree(whole, tmp_path / "model")
    own = yaml.safe_load((folder / "mujaz.yaml").read_text(encoding="utf-8"))
    for change in (
        {"repo": "Helsinki-NLP/opus-mt-ar-en"},
        {"repo": "../other"},
        {"family": "endpoint", "repo": "", "endpoint": {"url": "http://example.org/v1", "model": "m"}},
    ):
        (folder / "mujaz.yaml").write_text(yaml.safe_dump({**own, **change}), encoding="utf-8")
        ran = mujaz("translate", "--translator", folder, stdin=b"x")
        assert ran.code == 2 and "mujaz.yaml: is about another model than its folder's; its repo must be ./" in ran.err


def test_the_card_tells_data_licences_scores_and_how_it_was_made(whole: Path) -> None:
    card = (whole / "README.md").read_text(encoding="utf-8")
    assert "| training | train.tsv | 6 | CC0-1.0 | `" in card and "| dev | dev.tsv | 2 | CC0-1.0 |" in card
    assert "- No pair was left out." in card and "12 updates in" in card and "mujaz finetune config.yaml" in card
    assert str(whole) not in card and str(tiny_model("marian")) not in card  # nobody's folders
    assert json.loads((whole / "run.json").read_text(encoding="utf-8"))["finished"] is True


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        finetune(write_config(tmp_path), output=tmp_path / "file" / "out")


def test_pairs_that_are_too_long_are_left_out_or_cut_and_counted(tmp_path: Path, mujaz: Run) -> None:
    training = {"steps": 1}
    path = write_config(tmp_path, training=training, data={"max_source_tokens": 20})
    ran = mujaz("finetune", path, "-o", tmp_path / "out")
    assert ran.code == 0 and "5 training pairs left out, whose source has more than 20 tokens: train.tsv:1, train.tsv:2, " in ran.err
    path = write_config(tmp_path, training=training, data={"max_source_tokens": 20, "max_target_tokens": 30, "too_long": "cut"})
    ran = mujaz("finetune", path, "-o", tmp_path / "cut")
    assert ran.code == 0 and "2 training pairs left out, whose target has more than 30 tokens: train.tsv:1, train.tsv:3" in ran.err
    assert "3 training sources cut to 20 tokens: train.tsv:2, train.tsv:4, train.tsv:6" in ran.err


def test_a_measurement_goes_into_json_and_back() -> None:
    from eval.finetune.state import State

    state = replace(State(step=3, stale=1), best=Measurement(2, {"chrf": 1.5}, 2.5))
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_two_processes_make_the_same_updates_as_one_that_accumulates(tmp_path: Path) -> None:
    """Without dropout, which each process draws for itself."""
    model = shutil.copytree(tiny_model("marian"), tmp_path / "still")
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps({**config, "dropout": 0.0, "attention_dropout": 0.0, "activation_dropout": 0.0}))
    training = {"steps": 4, "batch_tokens": 60, "keep_checkpoint": True}
    (tmp_path / "one").mkdir()
    one = finetune(write_config(tmp_path / "one", base=str(model), training={**training, "accumulate": 2}), output=tmp_path / "one" / "out")
    (tmp_path / "run.py").write_text("from summarize.cli import main; main()")
    path = write_config(tmp_path, base=str(model), training=training)
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    ran = subprocess.run(
        [*launch, str(tmp_path / "run.py"), "finetune", str(path), "-o", str(tmp_path / "two")],
        capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("is a model folder") == 1
    assert [entry["loss"] for entry in log_of(tmp_path / "two") if "loss" in entry] == pytest.approx(losses(one), rel=1e-5)
    assert "on 2 × cpu" in (tmp_path / "two" / "README.md").read_text(encoding="utf-8")
