"""CTranslate2: the tokens that torch gives, a conversion that is made once and checked, and torch where it cannot be had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tiny_models import CAUSAL, CORPUS, FAMILIES, SUMMARIZERS, tiny_model

import translate.optimize
from translate.engines import open_engine
from translate.errors import ConfigError, ModelUnavailable
from translate.families import family_for
from translate.optimize import converted, optimize
from translate.registry import load_spec
from translate.runtime import ct2
from translate.runtime.ct2 import Ct2Generator, Facts, choose_ct2_device
from translate.runtime.device import DeviceChoice
from translate.runtime.engine import Hypothesis, TokenGenerator
from translate.runtime.loading import load_tokenizer
from translate.spec import Generation, Limits, ModelSpec, Prompt

pytest.importorskip("ctranslate2")

SENTENCES = [*CORPUS, "وصل", " ".join(CORPUS[:2]), "أعلن الوزير أمس"]
ALL = (*FAMILIES, *SUMMARIZERS, *CAUSAL)
CHOICE = DeviceChoice("cpu", "float32", "test")


def plain(family: str, place: Path, **search: Any) -> Path:
    """A tiny model that is searched as real ones are: without what keeps random models from rambling, which CTranslate2 has not."""
    folder = place / family
    shutil.copytree(tiny_model(family), folder)
    file = folder / "generation_config.json"
    own = json.loads(file.read_text(encoding="utf-8"))
    for key in ("no_repeat_ngram_size", "exponential_decay_length_penalty"):
        own.pop(key, None)
    file.write_text(json.dumps({**own, "renormalize_logits": True, **search}), encoding="utf-8")
    if family == "gemma":  # the real ones' window is wider than a prompt; see `test_a_prompt_wider_than_the_sliding_window`
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "config.json").write_text(json.dumps({**config, "sliding_window": 512}), encoding="utf-8")
    return folder


def calm(folder: Path) -> Path:
    """The same model with smaller weights. The tiny ones are made to be sure of themselves, which int8 cannot follow."""
    from safetensors.torch import load_file, save_file

    file = folder / "model.safetensors"
    save_file({key: tensor * (1 if "norm" in key else 0.25) for key, tensor in load_file(file).items()}, file, {"format": "pt"})
    return folder


def spec_for(folder: Path, **changes: Any) -> ModelSpec:
    spec = load_spec(str(folder))
    limits = Limits(max_source_tokens=spec.limits.max_source_tokens, max_target_tokens=20)
    return spec.model_copy(update={"limits": limits, **changes})


def generator(spec: ModelSpec, folder: Path, engine: str, dtype: str = "float32") -> TokenGenerator:
    opened = open_engine(spec, folder, engine=engine, device="cpu", dtype=dtype).engine
    found: TokenGenerator = opened.generator  # type: ignore[attr-defined]
    return found


def sources(spec: ModelSpec, folder: Path) -> list[list[int]]:
    return family_for(spec, load_tokenizer(folder, family=spec.family, name=spec.name)).encode(SENTENCES)


@pytest.mark.parametrize("beams", [1, 4])
@pytest.mark.parametrize("family", ALL)
def test_the_same_tokens_as_torch(family: str, beams: int, tmp_path: Path) -> None:
    folder = plain(family, tmp_path)
    spec = spec_for(folder, generation=Generation(num_beams=beams, length_penalty=0.8 if beams > 1 else None))
    ids = sources(spec, folder)
    ours, theirs = (generator(spec, folder, engine).generate(ids) for engine in ("ct2", "torch"))
    assert ours == theirs
    assert len({tuple(hypothesis.ids) for hypothesis in ours}) > 2  # a model that always says the same would prove nothing


@pytest.mark.parametrize("family", ALL)
def test_int8_is_used_on_a_cpu_without_being_asked_for(family: str, tmp_path: Path) -> None:
    folder = calm(plain(family, tmp_path))
    opened = open_engine(spec_for(folder), folder, device="cpu")
    assert opened.runtime == "CTranslate2 int8"
    outputs = opened.engine.run(SENTENCES)
    assert len(outputs) == len(SENTENCES) and any(output.text or not output.complete for output in outputs)


def test_a_stop_string_ends_an_answer(tmp_path: Path) -> None:
    folder = plain("qwen", tmp_path)
    spec = spec_for(folder)
    whole = open_engine(spec, folder, engine="torch", dtype="float32").engine.run(SENTENCES)
    text = max((output.text for output in whole), key=len)
    stop = text[len(text) // 2 :][:2]
    spec = spec.model_copy(update={"prompt": Prompt(user="ترجم\n{text}", stop=(stop,))})
    ours, theirs = (open_engine(spec, folder, engine=engine, dtype="float32").engine.run(SENTENCES) for engine in ("ct2", "torch"))
    assert ours == theirs
    assert not any(stop in output.text for output in ours)


@pytest.mark.parametrize(
    "search",
    [
        {"repetition_penalty": 1.5},
        {"encoder_no_repeat_ngram_size": 2},
        {"begin_suppress_tokens": [7]},
        {"no_repeat_ngram_size": 2, "renormalize_logits": False},
        {"early_stopping": False},
    ],
)
def test_a_search_that_it_does_not_have_is_left_to_torch(search: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = plain("marian", tmp_path, num_beams=4, **search)
    spec = spec_for(folder)
    assert open_engine(spec, folder, device="cpu", dtype="auto").runtime.startswith("torch")
    assert f"cannot search with {next(iter(search))}" in caplog.text
    with pytest.raises(ConfigError, match=r"cannot search with .*use --engine torch"):
        open_engine(spec, folder, engine="ct2", device="cpu")


def test_it_is_converted_once_and_by_its_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plain("marian", tmp_path)
    spec = spec_for(folder)
    place = optimize(spec, folder, CHOICE)
    assert place == converted(spec, folder, "float32") and (place / "model.bin").is_file()
    assert converted(spec, folder, "int8") != place
    with monkeypatch.context() as patched:
        patched.setattr(translate.optimize, "convert", lambda *_: pytest.fail("converted again"))
        assert optimize(spec, folder, CHOICE) == place
    shutil.copy(tiny_model("nllb") / "model.safetensors", folder / "model.safetensors")
    assert converted(spec, folder, "float32") != place


def test_a_conversion_that_says_something_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, own_cache: Path
) -> None:
    folder = plain("marian", tmp_path)
    honest = translate.optimize.convert

    def spoilt(loaded: Any, *rest: Any) -> None:
        loaded.model.model.decoder.layers[1].fc2.weight.data.mul_(3.0)
        honest(loaded, *rest)

    monkeypatch.setattr(translate.optimize, "convert", spoilt)
    with pytest.raises(ModelUnavailable, match=r"conversion to float32 is not used: .* \(\d+\.\d+ nats a token\); use --engine torch"):
        optimize(spec_for(folder), folder, CHOICE)
    assert not list((own_cache / "ct2").iterdir())
    assert open_engine(spec_for(folder), folder, device="cpu").runtime.startswith("torch")
    assert "going on with torch" in caplog.text


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mujaz: Any) -> None:
    folder = plain("marian", tmp_path)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(translate.optimize, "convert", full)
    ran = mujaz("models", "optimize", folder)
    assert ran.code == 2 and ran.err.count("\n") == 1
    assert "the disk is full; set MUJAZ_CACHE" in ran.err


def test_the_command_prints_the_folder_and_translate_uses_it(tmp_path: Path, mujaz: Any) -> None:
    folder = calm(plain("marian", tmp_path))
    ran = mujaz("models", "optimize", folder, "--device", "cpu")
    assert ran.code == 0, ran.err
    assert (Path(ran.out.strip()) / "model.bin").is_file()
    ran = mujaz("translate", "--translator", folder, "--device", "cpu", "--engine", "ct2", stdin=CORPUS[0].encode())
    assert ran.code == 0 and ran.out.strip() and "converting" not in ran.err


def test_a_damaged_conversion_says_how_to_mend_it(tmp_path: Path) -> None:
    folder = plain("marian", tmp_path)
    spec = spec_for(folder)
    place = optimize(spec, folder, CHOICE)
    (place / "model.bin").write_bytes(b"nothing")
    with pytest.raises(ModelUnavailable, match=r"cannot be loaded .*delete that folder to convert it again"):
        open_engine(spec, folder, engine="ct2", device="cpu", dtype="float32")


def test_without_the_package_auto_is_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plain("marian", tmp_path)
    monkeypatch.setattr("translate.engines.find_spec", lambda name: None)
    assert open_engine(spec_for(folder), folder, device="cpu").runtime.startswith("torch")


@pytest.mark.parametrize(("device", "dtype"), [("tpu", "auto"), ("cuda:7", "auto"), ("cpu", "float16"), ("cpu:1", "auto")])
def test_devices_and_precisions_that_it_has_not(device: str, dtype: str) -> None:
    with pytest.raises(ConfigError):
        choose_ct2_device(device, dtype)


class Held:
    """CTranslate2 in a drawer: notes how many sentences are with it at once."""

    def __init__(self) -> None:
        self.under_way = self.most = 0

    def translate_batch(self, texts: list[list[str]], *_: Any, **__: Any) -> list[Any]:
        self.under_way += len(texts)
        self.most = max(self.most, self.under_way)
        outer = self

        class Handle:
            def result(self) -> Any:
                outer.under_way -= 1
                return type("Result", (), {"hypotheses": [["5", "0"]]})

        return [Handle() for _ in texts]


@pytest.mark.parametrize("count", [200, 2000])
def test_what_is_under_way_does_not_grow_with_the_document(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held()
    monkeypatch.setattr(ct2, "_open", lambda *_: held)
    monkeypatch.setattr(ct2, "_workers", lambda: 2)
    Facts({}, [0], 100, 256).write(tmp_path)
    model = Ct2Generator(tmp_path, spec_for(plain("marian", tmp_path), generation=Generation(num_beams=4)), CHOICE)
    done: list[int] = []
    hypotheses = model.generate([[5] * (index % 30 + 1) for index in range(count)], lambda so_far, _: done.append(so_far))
    assert hypotheses == [Hypothesis([5], True)] * count
    assert done[-1] == count and held.most <= 2 * ct2._AHEAD * ct2._ROWS_CPU // 4


def test_a_prompt_wider_than_the_sliding_window(tmp_path: Path) -> None:
    """CTranslate2 writes the same as torch there too, but cannot say how probable the original's answer is: torch is used."""
    folder = plain("gemma", tmp_path)
    spec = spec_for(folder)
    wide = generator(spec, folder, "ct2").generate(sources(spec, folder))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "sliding_window": 64}), encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="cannot be compared with the original"):
        open_engine(spec, folder, engine="ct2", device="cpu", dtype="float32")
    opened = open_engine(spec, folder, device="cpu")
    assert opened.runtime.startswith("torch")
    assert len(opened.engine.run(SENTENCES)) == len(wide)
