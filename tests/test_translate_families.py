"""Each family's language rule, on tiny models with the real config and tokenizer classes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pytest
import torch
from tiny_models import CORPUS, FAMILIES, tiny_model

from translate.errors import ConfigError, ModelUnavailable
from translate.families import find_family
from translate.families.base import Family
from translate.registry import load_spec
from translate.runtime.device import choose_device
from translate.runtime.generate import Seq2SeqGenerator
from translate.runtime.loading import LoadedModel, load_seq2seq
from translate.spec import Languages, ModelSpec

SOURCES = [CORPUS[0], "فاز المنتخب", CORPUS[1], "نعم", CORPUS[3], "ظهر البحث في مجلة علمية عام 2024", CORPUS[2]]
CODES = {
    "nllb": ("arb_Arab", "eng_Latn"),
    "m2m100": ("__ar__", "__en__"),
    "mbart50": ("ar_AR", "en_XX"),
}


def loaded(family: str) -> tuple[ModelSpec, LoadedModel, Family]:
    spec = load_spec(str(tiny_model(family)))
    model = load_seq2seq(tiny_model(family), choose_device("cpu", "float32"), name=spec.name)
    return spec, model, find_family(spec.family, where=spec.name)(model.tokenizer, spec.languages, name=spec.name)


def generator(spec: ModelSpec, model: LoadedModel, family: Family) -> Seq2SeqGenerator:
    return Seq2SeqGenerator(model, spec, forced_bos_id=family.forced_bos_id)


@pytest.mark.parametrize("name", CODES)
def test_source_and_target_carry_their_language_codes(name: str) -> None:
    spec, model, family = loaded(name)
    source_code, target_code = (model.tokenizer.convert_tokens_to_ids(code) for code in CODES[name])
    sources = family.encode(SOURCES)
    assert all(source[0] == source_code and source[-1] == model.tokenizer.eos_token_id for source in sources)
    hypotheses = generator(spec, model, family).generate(sources)
    assert all(hypothesis.ids[0] == target_code for hypothesis in hypotheses)
    assert not any(CODES[name][1] in family.decode(hypothesis.ids) for hypothesis in hypotheses)


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("languages", [Languages(source="xx_XX", target="eng_Latn"), Languages(source="ar", target="Klingon")])
def test_a_language_code_that_the_tokenizer_does_not_have_is_refused(name: str, languages: Languages) -> None:
    _, model, _ = loaded(name)
    with pytest.raises(ConfigError, match="no language code"):
        find_family(name, where=name)(model.tokenizer, languages, name=name)


def test_a_bilingual_marian_model_gets_no_code_and_a_multilingual_one_its_token() -> None:
    _, model, family = loaded("marian")
    assert family.forced_bos_id is None
    [plain] = family.encode(["فاز المنتخب"])
    many = find_family("marian", where="x")(model.tokenizer, Languages(source="ar", target=">>eng<<"), name="x")
    [prefixed] = many.encode(["فاز المنتخب"])
    assert prefixed[0] == model.tokenizer.convert_tokens_to_ids(">>eng<<") and prefixed[-len(plain) :] == plain
    with pytest.raises(ConfigError, match=">>fra<<"):
        find_family("marian", where="x")(model.tokenizer, Languages(source="ar", target=">>fra<<"), name="x")


def test_words_between_angle_marks_do_not_vanish_into_a_language_code() -> None:
    _, model, family = loaded("marian")
    text = ">> نعم << فاز المنتخب"
    unknown = model.tokenizer.unk_token_id
    assert unknown in model.tokenizer(text)["input_ids"]  # what the bare tokenizer does
    [ids] = family.encode([text])
    assert unknown not in ids and "نعم" in model.tokenizer.decode(ids)


def test_an_unknown_family_is_named_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"unknown family 'marain'.*known: marian, nllb"):
        find_family("marain", where="mine.yaml")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_batch_gives_what_one_by_one_gives(name: str) -> None:
    spec, model, family = loaded(name)
    search = generator(spec, model, family)
    sources = family.encode(SOURCES)
    together = search.generate(sources)
    alone = [search.generate([source])[0] for source in sources]
    assert together == alone
    assert len({tuple(hypothesis.ids) for hypothesis in alone}) > 2  # else the order would prove nothing


@pytest.mark.parametrize("name", FAMILIES)
def test_the_specs_search_parameters_win_and_the_others_stay(name: str) -> None:
    spec, model, family = loaded(name)
    spec = spec.model_copy(update={"generation": spec.generation.model_copy(update={"num_beams": 3, "length_penalty": 0.5})})
    generator(spec, model, family)
    config = model.model.generation_config
    assert (config.num_beams, config.length_penalty, config.no_repeat_ngram_size) == (3, 0.5, 2)
    assert config.forced_bos_token_id == family.forced_bos_id and config.do_sample is False


def test_a_hypothesis_that_was_cut_off_is_not_called_complete() -> None:
    spec, model, family = loaded("nllb")
    spec = spec.model_copy(update={"limits": spec.limits.model_copy(update={"max_target_tokens": 3})})
    [hypothesis] = generator(spec, model, family).generate(family.encode(["فاز المنتخب"]))
    assert not hypothesis.complete and len(hypothesis.ids) == 3


def out_of_memory_above(limit: int, model: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the model fail like a full GPU for batches of more than `limit`; returns the sizes that were tried."""
    sizes: list[int] = []
    real = model.model.generate

    def generate(input_ids: torch.Tensor, **rest: Any) -> Any:
        sizes.append(len(input_ids))
        if len(input_ids) > limit:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(input_ids=input_ids, **rest)

    monkeypatch.setattr(model.model, "generate", generate)
    return sizes


def test_out_of_memory_means_smaller_batches_and_a_word(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    spec, model, family = loaded("marian")
    sources = family.encode(SOURCES)
    expected = generator(spec, model, family).generate(sources)
    sizes = out_of_memory_above(2, model, monkeypatch)
    seen: list[tuple[int, int]] = []
    with caplog.at_level(logging.WARNING):
        result = generator(spec, model, family).generate(sources, lambda done, total: seen.append((done, total)))
    assert result == expected
    assert max(sizes) == len(SOURCES) and "out of memory" in caplog.text
    assert seen[-1] == (len(SOURCES), len(SOURCES)) and [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_sentence_too_big_for_the_memory_by_itself_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    spec, model, family = loaded("marian")
    out_of_memory_above(0, model, monkeypatch)
    with pytest.raises(ModelUnavailable, match="not enough memory"):
        generator(spec, model, family).generate(family.encode(SOURCES))


def test_another_error_of_the_model_is_not_taken_for_a_full_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    spec, model, family = loaded("marian")

    def generate(**_: Any) -> Sequence[int]:
        raise RuntimeError("shapes do not fit")

    monkeypatch.setattr(model.model, "generate", generate)
    with pytest.raises(RuntimeError, match="shapes"):
        generator(spec, model, family).generate(family.encode(SOURCES))
