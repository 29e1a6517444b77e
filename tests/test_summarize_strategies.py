"""Every strategy from end to end with local models of the real classes, through the command and the API, with one JSON shape."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES, Ran
from tiny_models import as_snapshot, tiny_model

from summarize import PipelineConfig, build_pipeline, summarize
from summarize.strategies import choose
from translate.errors import ConfigError, ModelUnavailable
from translate.registry import load_spec

ARTICLE = ARTICLES / "economy.txt"
NO_MEMORY = {"device": "cpu", "sentences": 2, "memory": False}
WAYS = {
    "mt5 alone": {"summarizer": "mt5", "to": "ar"},
    "arabart alone": {"summarizer": "arabart", "to": "ar"},
    "gemma alone": {"summarizer": "gemma", "to": "ar"},
    "mt5, then marian": {"summarizer": "mt5", "to": "both", "strategy": "summarize-translate", "translator": "marian"},
    "marian, then mt5": {"summarizer": "mt5", "to": "en", "strategy": "translate-summarize", "translator": "marian"},
    "marian, then extractive": {"summarizer": "extractive", "to": "both", "strategy": "translate-summarize", "translator": "marian"},
    "crosssum at once": {"summarizer": "crosssum", "to": "en", "strategy": "direct"},
    "gemma at once": {"summarizer": "gemma", "to": "en", "strategy": "direct"},
}


def named(way: str) -> dict[str, str]:
    """The options of a way, with the folders of the tiny models for their names."""
    folders = ("summarizer", "translator")
    return {key: str(tiny_model(name)) if key in folders and name != "extractive" else name for key, name in WAYS[way].items()}


def shape(value: Any) -> Any:
    """JSON with its values left out."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items() if key != "support"}
    return [] if isinstance(value, list) else None


@pytest.mark.parametrize("way", WAYS)
def test_command_and_api_give_the_same_in_one_shape(way: str, mujaz: Callable[..., Ran]) -> None:
    options = named(way)
    given = [part for key, value in options.items() for part in (f"--{key}", value)]
    ran = mujaz("summarize", ARTICLE, *given, "--sentences", 2, "--device", "cpu", "--no-memory", "--format", "json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert found == summarize(ARTICLE, **NO_MEMORY, **options).to_json()
    plain = summarize(ARTICLE, to="ar", sentences=2).to_json()
    models = {"models": {"translator": None, "summarizer": shape(plain["models"]["summarizer"])}}
    assert shape(found) | models == shape(plain) | models
    assert 1 <= len(found["sentences"]) <= 2
    text = ARTICLE.read_text(encoding="utf-8")
    for sentence in found["sentences"]:
        assert set(sentence) - {"support"} == {"ar", "en", "source", "warnings"}
        assert sentence["ar"] or sentence["en"]
        assert all(text[span["start"] : span["end"]].strip() for span in sentence["source"])
    assert Path(options["summarizer"]).name == found["models"]["summarizer"]["name"]
    assert ("translator" in options) == (found["models"]["translator"] is not None)
    wrote = {"ar": found["summary"]["ar"] is not None, "en": found["summary"]["en"] is not None}
    assert wrote["en"] == (options["to"] != "ar") and wrote["ar"] == (options["summarizer"] == "extractive" or options["to"] != "en")


@pytest.mark.parametrize("style", ["text", "markdown", "jsonl"])
def test_a_summary_in_english_alone_is_written_in_every_format(style: str, mujaz: Callable[..., Ran]) -> None:
    options = ("--summarizer", tiny_model("crosssum"), "--sentences", 2, "--device", "cpu")
    ran = mujaz("summarize", ARTICLE, *options, "--to", "en", "--format", style)
    english = summarize(ARTICLE, summarizer=str(tiny_model("crosssum")), to="en", **NO_MEMORY).english
    assert ran.code == 0 and english and all(word in ran.out for word in english.split())
    both = mujaz("summarize", ARTICLE, *options, "--format", "text")
    assert "no Arabic: the strategy direct writes English only" in both.err and all(word in both.out for word in english.split())


def test_longer_articles_and_several_go_through_the_real_classes(mujaz: Callable[..., Ran], tmp_path: Path) -> None:
    body = ARTICLE.read_text(encoding="utf-8")
    paths = []
    for name, times in (("a.txt", 1), ("b.txt", 6), ("c.txt", 2)):
        paths.append(tmp_path / name)
        paths[-1].write_text(body.replace("\n", "\n\n") * times, encoding="utf-8")
    ran = mujaz("summarize", *paths, "--summarizer", tiny_model("arabart"), "--to", "ar", "--device", "cpu", "--format", "jsonl")
    assert ran.code == 0 and [json.loads(line)["id"] for line in ran.out.splitlines()] == [str(path) for path in paths]


def put(cache: Path, model: str, name: str) -> Path:
    """A tiny model where the cache has one of the registry's."""
    spec = load_spec(name)
    return as_snapshot(tiny_model(model), cache, spec.repo, spec.revision or "0123456789abcdef0123456789abcdef01234567")


def test_auto_takes_the_best_that_is_installed(empty_cache: Path) -> None:
    def chosen(**options: Any) -> tuple[str, str]:
        choice = choose(PipelineConfig(summarizer="auto", **options))
        return (choice.spec.name if choice.spec else "extractive", choice.strategy)

    assert chosen() == ("extractive", "summarize-translate")
    put(empty_cache, "crosssum", "mT5_m2o_english_crossSum")
    assert chosen() == ("extractive", "summarize-translate")
    assert chosen(to="en") == chosen(strategy="direct") == ("mT5_m2o_english_crossSum", "direct")
    assert chosen(to="en", translator="some-folder") == ("extractive", "summarize-translate")
    put(empty_cache, "arabart", "AraBART-summ")
    assert chosen() == ("AraBART-summ", "summarize-translate")
    assert chosen(strategy="translate-summarize") == ("mT5_m2o_english_crossSum", "translate-summarize")  # AraBART reads no English
    put(empty_cache, "mt5", "mT5_multilingual_XLSum")
    assert chosen(to="ar") == ("mT5_multilingual_XLSum", "summarize-translate")
    put(empty_cache, "marian", "opus-mt-ar-en")
    assert chosen(to="en") == ("mT5_multilingual_XLSum", "summarize-translate")


def test_direct_without_a_summarizer_takes_one_that_is_installed(empty_cache: Path) -> None:
    put(empty_cache, "crosssum", "mT5_m2m_crossSum_enhanced")
    pipeline = build_pipeline(PipelineConfig(strategy="direct", to="en", device="cpu"))
    assert pipeline.summarizer.ref.name == "mT5_m2m_crossSum_enhanced"


def test_without_being_asked_nothing_is_written_by_a_model(empty_cache: Path) -> None:
    put(empty_cache, "mt5", "mT5_multilingual_XLSum")
    assert build_pipeline(PipelineConfig(to="ar")).summarizer.ref.name == "extractive"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"summarizer": "crosssum", "to": "ar"}, "writes English; use --to en"),
        ({"summarizer": "crosssum", "strategy": "summarize-translate"}, "nothing to translate; use --strategy direct"),
        ({"summarizer": "mt5", "strategy": "direct", "to": "en"}, "needs a summarizer that writes English about Arabic; use mT5_m2m"),
        ({"summarizer": "arabart", "strategy": "translate-summarize", "translator": "marian"}, "cannot summarize English"),
        ({"summarizer": "marian", "to": "ar"}, "is a model for translation, not for summaries; known: extractive"),
    ],
)
def test_what_does_not_go_together_is_one_line(options: dict[str, str], message: str, mujaz: Callable[..., Ran]) -> None:
    given = [(f"--{key}", tiny_model(value) if key in ("summarizer", "translator") else value) for key, value in options.items()]
    ran = mujaz("summarize", ARTICLE, *(part for pair in given for part in pair))
    assert ran.code == 2 and ran.out == "" and message in ran.err and len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["mT5_multilingual_XLSum", "AraBART-summ", "mT5_m2m_crossSum_enhanced", "Qwen3-4B-summarizer"])
def test_a_summarizer_that_is_not_here_is_one_line_with_the_command_that_gets_it(name: str, mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", ARTICLE, "--summarizer", name, "--to", "en" if "cross" in name else "ar")
    assert ran.code == 2 and f"mujaz models pull {name} (" in ran.err and len(ran.err.splitlines()) == 1


def test_an_unknown_summarizer_is_one_line_with_the_known_ones(mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", ARTICLE, "--summarizer", "mT5_multilingual_XLSumm")
    assert ran.code == 2 and "did you mean mT5_multilingual_XLSum?" in ran.err and "known: extractive, " in ran.err
    assert "mujaz models pull NAME" in ran.err and len(ran.err.splitlines()) == 1
    with pytest.raises(ModelUnavailable, match="not a model folder"):
        build_pipeline(PipelineConfig(summarizer=str(ARTICLES)))
    with pytest.raises(ConfigError, match="no such file"):
        build_pipeline(PipelineConfig(summarizer="mine.yaml"))


def test_a_licence_that_forbids_commercial_use_is_said_once(empty_cache: Path, mujaz: Callable[..., Ran]) -> None:
    put(empty_cache, "mt5", "mT5_multilingual_XLSum")
    ran = mujaz(
        "summarize", ARTICLE, ARTICLE, "--summarizer", "mT5_multilingual_XLSum", "--to", "ar", "--device", "cpu", "--format", "json"
    )
    assert ran.code == 0 and ran.err.count("mT5_multilingual_XLSum is licensed CC-BY-NC-SA-4.0: not for commercial use") == 1
    [first, second] = json.loads(ran.out)
    assert first["models"] == second["models"]
    assert first["models"]["summarizer"]["revision"] == load_spec("mT5_multilingual_XLSum").revision


def test_models_list_shows_the_summarizers(mujaz: Callable[..., Ran]) -> None:
    out = mujaz("models", "list").out
    assert re.search(r"mT5_multilingual_XLSum +summarization +not here +2.3 GB, licence CC-BY-NC-SA-4.0, not for commercial use", out)
    assert re.search(r"mT5_m2m_crossSum_enhanced +crosslingual ", out)


def test_a_yaml_file_of_ones_own_names_the_language_token(tmp_path: Path) -> None:
    shutil.copytree(tiny_model("crosssum"), tmp_path / "model")
    (tmp_path / "mine.yaml").write_text(
        "name: mine\ntask: summarization\nfamily: t5\nrepo: ./model\nlicence: MIT\ncommercial_use: true\n"
        'languages: {source: ar, target: "▁<extra_id_95>"}\nlimits: {max_source_tokens: 300, max_target_tokens: 40}\n'
    )
    summary = summarize(ARTICLE, summarizer=str(tmp_path / "mine.yaml"), to="ar", **NO_MEMORY)
    assert summary.arabic and summary.summarizer.name == "mine"


def test_ct2_is_for_the_translator_where_it_cannot_search_as_the_summarizer_does(tmp_path: Path, mujaz: Callable[..., Ran]) -> None:
    (tmp_path / "mine.yaml").write_text(
        f"name: mine\ntask: summarization\nfamily: t5\nrepo: {tiny_model('mt5')}\nlicence: MIT\ncommercial_use: true\n"
        "languages: {source: ar, target: ar}\nlimits: {max_source_tokens: 300, max_target_tokens: 40}\n"
        "generation: {num_beams: 4, no_repeat_ngram_size: 2}\n"
    )
    ran = mujaz("summarize", ARTICLE, "--summarizer", tmp_path / "mine.yaml", "--to", "ar", "--engine", "ct2", "--dtype", "int8")
    assert ran.code == 0
    assert "mine: CTranslate2 cannot search with " in ran.err and "going on with torch" in ran.err
