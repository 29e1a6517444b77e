"""The families of summarization models, on tiny models with the real config and tokenizer classes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from test_translate_families import loaded
from tiny_models import CORPUS, LANGUAGE_TOKENS, SUMMARIZERS, tiny_model

from translate.engines import open_engine
from translate.errors import ConfigError
from translate.families import find_family
from translate.registry import load_spec
from translate.runtime.generate import Seq2SeqGenerator
from translate.spec import Languages

ARTICLE = "\n\n".join(CORPUS[:4])


def started_with(name: str, monkeypatch: pytest.MonkeyPatch, **languages: str) -> int:
    """The token that the decoder of a tiny model is given first."""
    spec, model, _ = loaded(name)
    spec = spec.model_copy(update={"languages": spec.languages.model_copy(update=languages)})
    family = find_family(spec.family, where=name)(model.tokenizer, spec.languages, name=name)
    rows: list[torch.Tensor] = []
    real = model.model.generate

    def generate(**rest: object) -> torch.Tensor:
        rows.append(real(**rest))
        return rows[-1]

    monkeypatch.setattr(model.model, "generate", generate)
    Seq2SeqGenerator(model, spec, decoder_start_id=family.decoder_start_id).generate(family.encode([ARTICLE]))
    return int(rows[0][0, 0])


def test_a_folder_says_by_its_classes_which_family_and_task_it_is() -> None:
    specs = {name: load_spec(str(tiny_model(name))) for name in SUMMARIZERS}
    assert {name: (spec.family, spec.task) for name, spec in specs.items()} == {
        "mt5": ("t5", "summarization"),
        "crosssum": ("t5", "crosslingual"),
        "arabart": ("mbart", "summarization"),
    }
    assert specs["crosssum"].languages.target == LANGUAGE_TOKENS["english"]
    assert (specs["mt5"].limits.max_source_tokens, specs["mt5"].limits.max_target_tokens) == (512, 84)
    assert specs["arabart"].limits.max_source_tokens == 256  # its positions, though its tokenizer names no limit
    assert load_spec(str(tiny_model("mbart50"))).family == "mbart50"


@pytest.mark.parametrize("langid_map", [None, {}, {"english": "▁<extra_id_69>"}, {"arabic": [0, "▁<extra_id_95>"]}, [1]])
def test_a_config_without_usable_language_tokens_is_a_plain_summarizer(langid_map: object, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    shutil.copytree(tiny_model("mt5"), folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"task_specific_params": {"langid_map": langid_map}}))
    assert load_spec(str(folder)).task == "summarization"


def test_mt5_starts_its_target_with_the_pad_token_and_crosssum_with_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    _, model, _ = loaded("crosssum")
    english, arabic = (model.tokenizer.convert_tokens_to_ids(LANGUAGE_TOKENS[name]) for name in ("english", "arabic"))
    assert started_with("mt5", monkeypatch) == model.tokenizer.pad_token_id == 0
    assert started_with("crosssum", monkeypatch) == english
    assert started_with("crosssum", monkeypatch, target=LANGUAGE_TOKENS["arabic"]) == arabic
    assert len({0, english, arabic, model.tokenizer.unk_token_id}) == 4


def test_a_language_token_that_the_tokenizer_does_not_have_is_refused() -> None:
    _, model, _ = loaded("mt5")
    with pytest.raises(ConfigError, match="no language code '▁<extra_id_7>'"):
        find_family("t5", where="x")(model.tokenizer, Languages(source="ar", target="▁<extra_id_7>"), name="x")


@pytest.mark.parametrize("name", ["mt5", "arabart"])
def test_whitespace_is_collapsed_and_nothing_else_changes(name: str) -> None:
    _, _, family = loaded(name)
    assert family.encode(["  فاز\n\n المنتخب \t بهدفين\u00a0اليوم\n"]) == family.encode(["فاز المنتخب بهدفين اليوم"])
    assert family.encode([]) == []


def test_arabart_gets_the_start_and_end_tokens_that_its_tokenizer_does_not_set() -> None:
    _, model, family = loaded("arabart")
    assert model.tokenizer("فاز")["input_ids"][-1] != model.tokenizer.eos_token_id  # what the bare tokenizer of transformers 5 does
    [ids] = family.encode(["فاز"])
    assert (ids[0], ids[-1]) == (model.tokenizer.bos_token_id, model.tokenizer.eos_token_id)
    assert model.tokenizer.decode(ids[1:-1]) == "فاز"


def test_mt5s_output_layer_is_not_tied_to_its_embeddings() -> None:
    """Its config says that it is, in transformers 5; a model loaded so writes garbage."""
    with safe_open(tiny_model("mt5") / "model.safetensors", framework="pt") as weights:
        stored = weights.get_tensor("lm_head.weight")
        assert not torch.equal(stored, weights.get_tensor("shared.weight"))
    _, model, _ = loaded("mt5")
    assert torch.equal(model.model.lm_head.weight, stored)


@pytest.mark.parametrize("name", SUMMARIZERS)
def test_an_engine_writes_something_else_for_each_text_and_in_a_batch_the_same(name: str) -> None:
    spec = load_spec(str(tiny_model(name)))
    engine = open_engine(spec, tiny_model(name), device="cpu", dtype="float32").engine
    together = engine.run(CORPUS[:4])
    assert together == [engine.run([text])[0] for text in CORPUS[:4]]
    assert len({output.text for output in together}) > 1 and all(output.text for output in together)
    assert not any(token in output.text for output in together for token in ("<pad>", "</s>", "extra_id"))
