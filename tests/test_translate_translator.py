"""Translators: from a name, a YAML file or a folder to checked translations, without the network and without losing anything."""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tiny_models import COMMIT, CORPUS, FAMILIES, as_snapshot, tiny_model

from translate.errors import ConfigError, MissingExtra, ModelUnavailable
from translate.registry import load_spec
from translate.translator import ModelTranslator, installed_translators, load_translator

REPOS = {
    "marian": "opus-mt-ar-en",
    "nllb": "nllb-200-distilled-600M",
    "m2m100": "m2m100_418M",
    "mbart50": "mbart-large-50-many-to-many-mmt",
}
TEXT = "افتتح المتحف الوطني أبوابه. قال الوزير إن الأسعار ستنخفض!\nفاز المنتخب بهدفين."


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Hugging Face cache of the test's own, and a network that is not to be used."""
    cache = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))

    def connect(self: socket.socket, address: Any) -> None:
        raise AssertionError(f"a connection to {address} was tried")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    return cache


def tiny(family: str) -> ModelTranslator:
    return load_translator(str(tiny_model(family)), device="cpu", dtype="float32")


def install(family: str, cache: Path) -> str:
    """Put a tiny model where the registry's real one would be; returns its name."""
    spec = load_spec(REPOS[family])
    as_snapshot(tiny_model(family), cache, spec.repo, spec.revision or COMMIT)
    return spec.name


@pytest.mark.parametrize("family", FAMILIES)
def test_a_text_is_translated_from_a_model_folder(family: str) -> None:
    translator = tiny(family)
    [translation] = translator.translate([TEXT])
    assert translation.source == TEXT
    parts = [
        part.text for part in translator.translate(["افتتح المتحف الوطني أبوابه.", "قال الوزير إن الأسعار ستنخفض!", "فاز المنتخب بهدفين."])
    ]
    assert translation.text == " ".join(part for part in parts if part)
    assert translator.ref.to_json() == {"name": f"tiny-{family}", "revision": None, "licence": None}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_registrys_name_finds_the_model_in_the_hub_cache(family: str, empty_cache: Path) -> None:
    name = install(family, empty_cache)
    translator = load_translator(name, device="cpu", dtype="float32")
    spec = load_spec(name)
    assert translator.ref.name == name and translator.ref.revision == (spec.revision or COMMIT) and translator.ref.licence == spec.licence
    assert any(translation.text for translation in translator.translate(CORPUS[:4]))


def test_a_users_yaml_file_works_as_a_name(tmp_path: Path) -> None:
    shutil.copytree(tiny_model("nllb"), tmp_path / "weights")
    (tmp_path / "mine.yaml").write_text(
        "name: mine\ntask: translation\nfamily: nllb\nrepo: ./weights\nlicence: MIT\ncommercial_use: true\n"
        "languages: {source: arb_Arab, target: eng_Latn}\nlimits: {max_source_tokens: 100, max_target_tokens: 100}\n"
    )
    translator = load_translator(str(tmp_path / "mine.yaml"), device="cpu", dtype="float32")
    assert (translator.ref.name, translator.ref.licence) == ("mine", "MIT")
    assert translator.translate(["فاز المنتخب"])[0].text


@pytest.mark.parametrize("family", FAMILIES)
def test_a_sentence_longer_than_the_limit_is_split_not_truncated(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    translator = tiny(family)
    sentence = " ".join(f"{number} {line.rstrip('.!').replace('؟', '،')}" for number, line in enumerate(CORPUS[:4] * 4))
    given: list[str] = []
    encode = translator.engine.family.encode

    def spy(texts: Sequence[str]) -> list[list[int]]:
        given[:] = texts
        encoded = encode(texts)
        assert all(len(ids) <= 256 for ids in encoded) or len(texts) == 1  # one by one is how lengths are measured
        return encoded

    monkeypatch.setattr(translator.engine.family, "encode", spy)
    [translation] = translator.translate([sentence])
    assert len(given) > 1
    assert "".join("".join(given).split()) == "".join(sentence.split())
    assert any(f"translated in {len(given)} parts" in warning for warning in translation.warnings)


def test_equal_sentences_are_translated_once_and_order_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = tiny("marian")
    counts: list[int] = []
    generate = translator.engine.generator.generate

    def spy(sources: Sequence[Sequence[int]], progress: Any = None, **options: Any) -> Any:
        counts.append(len(sources))
        return generate(sources, progress, **options)

    monkeypatch.setattr(translator.engine.generator, "generate", spy)
    texts = [CORPUS[2], CORPUS[0], CORPUS[2], "", CORPUS[0]]
    translations = translator.translate(texts)
    assert counts == [2]
    assert [translation.source for translation in translations] == texts
    assert translations[0].text == translations[2].text != translations[1].text == translations[4].text


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "https://example.com/a?b=1", "12 / 2024", "Reuters: 3.5%", "***"])
def test_what_has_no_arabic_letter_stays_as_it_is(text: str) -> None:
    [translation] = tiny("marian").translate([text])
    assert (translation.text, translation.warnings) == (text, ())


def test_arabic_digits_alone_become_english_ones() -> None:
    assert tiny("marian").translate(["٣٫٥ / ٢٠٢٤"])[0].text == "3.5 / 2024"


def test_invisible_controls_do_not_change_the_translation() -> None:
    plain, dirty = tiny("marian").translate(["فاز المنتخب بهدفين", "\u202bفاز المنت\u200bـخب بهدفين\ufeff"])
    assert plain.text == dirty.text != ""


def test_warnings_come_from_the_checks_and_from_the_model() -> None:
    spec = load_spec(str(tiny_model("nllb")))
    assert spec.folder
    translator = tiny("nllb")
    [translation] = translator.translate(["ظهر البحث في مجلة علمية عام 2024 وشارك فيه 37 عالما"])
    assert "number 37 is missing from the translation" in translation.warnings
    translator.engine.generator._max_target_tokens = 3
    [cut] = translator.translate(["ظهر البحث"])
    assert any("cut off" in warning for warning in cut.warnings)


def test_progress_is_told_how_much_is_done() -> None:
    seen: list[tuple[int, int]] = []
    tiny("marian").translate([*CORPUS[:4], CORPUS[0]], progress=lambda done, total: seen.append((done, total)))
    assert seen and seen[-1][0] == seen[-1][1] == len({total for _, total in seen}) * seen[0][1]


def test_auto_takes_the_best_that_is_installed(empty_cache: Path) -> None:
    install("mbart50", empty_cache)
    install("nllb", empty_cache)
    assert [spec.name for spec in installed_translators()] == ["nllb-200-distilled-600M", "mbart-large-50-many-to-many-mmt"]
    assert load_translator(device="cpu").ref.name == "nllb-200-distilled-600M"


def test_auto_with_nothing_installed_says_what_to_pull() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        load_translator()
    recommended = load_spec("opus-mt-tc-big-ar-en")
    assert str(caught.value) == (
        f"no translator is on this machine; mujaz models pull {recommended.name} ({recommended.size} MB, licence {recommended.licence}), "
        "or for drafts without a model pip install 'mujaz[lexicon]'"
    )


def test_a_named_model_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(ModelUnavailable, match=r"nllb-200-3.3B: is not on this machine; mujaz models pull nllb-200-3.3B \(17.6 GB"):
        load_translator("nllb-200-3.3B")


def test_a_model_for_another_task_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        f"name: s\ntask: summarization\nfamily: mt5\nrepo: {tiny_model('nllb')}\n"
        "languages: {source: ar, target: ar}\nlimits: {max_source_tokens: 9, max_target_tokens: 9}\n"
    )
    with pytest.raises(ConfigError, match="for summarization, not for translation"):
        load_translator(str(tmp_path / "s.yaml"))


def damaged(tmp_path: Path, family: str = "marian") -> Path:
    return Path(shutil.copytree(tiny_model(family), tmp_path / "damaged"))


def test_damaged_weights_are_one_line(tmp_path: Path) -> None:
    folder = damaged(tmp_path)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ModelUnavailable, match="damaged: cannot be loaded") as caught:
        load_translator(str(folder))
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 500


def test_a_file_with_a_weight_missing_is_refused_not_filled_with_noise(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = damaged(tmp_path)
    weights = load_file(folder / "model.safetensors")
    del weights["model.encoder.layers.1.fc1.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelUnavailable, match=r"1 weights are missing from its file, the first is model.encoder.layers.1.fc1.weight"):
        load_translator(str(folder))


def test_embeddings_that_are_not_those_of_the_file_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import transformers

    real = transformers.AutoModelForSeq2SeqLM.from_pretrained

    def wrongly_tied(*args: Any, **options: Any) -> Any:
        model, report = real(*args, **options)
        model.get_input_embeddings().weight.data.mul_(2)
        return model, report

    monkeypatch.setattr(transformers.AutoModelForSeq2SeqLM, "from_pretrained", wrongly_tied)
    with pytest.raises(ModelUnavailable, match=r"weight was not loaded as its file has it"):
        tiny("marian")


def test_different_embeddings_in_one_file_are_each_loaded(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As in some opus-mt-tc-big files: the config says shared, the file has an output layer of its own."""
    from safetensors.torch import load_file, save_file

    folder = damaged(tmp_path)
    weights = load_file(folder / "model.safetensors")
    weights["lm_head.weight"] = weights["model.shared.weight"].flip(0).contiguous()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    logging.getLogger("transformers").addHandler(caplog.handler)
    untied = load_translator(str(folder), device="cpu", dtype="float32").translate(CORPUS[:2])
    assert [one.text for one in untied] != [one.text for one in tiny("marian").translate(CORPUS[:2])]
    logging.getLogger("transformers").removeHandler(caplog.handler)
    assert not caplog.records  # transformers would have much to say about this file


def test_code_in_a_model_folder_is_never_run(tmp_path: Path) -> None:
    import json

    folder = damaged(tmp_path)
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModelForSeq2SeqLM": "evil.Model", "AutoConfig": "evil.Config"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    load_translator(str(folder), device="cpu")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("family", FAMILIES)
def test_half_precision_works(family: str) -> None:
    translator = load_translator(str(tiny_model(family)), engine="torch", device="cpu", dtype="bfloat16")
    assert str(translator.engine.generator._model.dtype) == "torch.bfloat16"  # type: ignore[attr-defined]
    assert any(translation.text for translation in translator.translate(CORPUS[:4]))


def test_without_the_packages_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.runtime.loading.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'mujaz\[models\]'"):
        tiny("marian")


def test_loading_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    tiny("mbart50").translate(["فاز المنتخب " * 200])
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
