"""The pipeline: one result for each input, in order, with its English, and never a translation that nobody made."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import Upper

from summarize import Pipeline, PipelineConfig, article_from_text, build_pipeline, summarize
from summarize.extractive import ExtractiveSummarizer
from summarize.pipeline import WINDOW
from summarize.result import Summary
from translate.errors import ConfigError, InputError, ModelUnavailable
from translate.settings import read_settings
from translate.types import Translation

TEXT = "أعلنت البلدية إغلاق الجسر الحجري أمام السيارات. وقال المهندس إن في الجسر تشققات كثيرة. وتبلغ كلفة الترميم مليوني دينار."


def test_each_sentence_has_its_own_translation(upper: Upper) -> None:
    summary = Pipeline(ExtractiveSummarizer(), upper, sentences=2)(article_from_text(TEXT))
    assert len(summary.sentences) == 2
    assert [sentence.english for sentence in summary.sentences] == [f"EN {sentence.text}" for sentence in summary.sentences]
    assert summary.english == " ".join(f"EN {sentence.text}" for sentence in summary.sentences)


def test_a_window_of_articles_is_one_call_to_the_translator(upper: Upper) -> None:
    articles = [article_from_text(TEXT, id=str(number)) for number in range(WINDOW + 5)]
    results = list(Pipeline(ExtractiveSummarizer(), upper, sentences=1).run(articles))
    assert [summary.id for summary in results if isinstance(summary, Summary)] == [article.id for article in articles]
    assert [len(call) for call in upper.calls] == [WINDOW, 5]


def test_failures_keep_their_place(upper: Upper) -> None:
    broken = InputError("is empty", where="b.txt")
    items = [article_from_text(TEXT, id="a"), broken, article_from_text(TEXT, id="c")]
    first, second, third = Pipeline(ExtractiveSummarizer(), upper).run(items)
    assert isinstance(first, Summary) and first.id == "a"
    assert second is broken
    assert isinstance(third, Summary) and third.id == "c"


def test_run_is_lazy() -> None:
    seen = []

    def articles():
        for number in range(100):
            seen.append(number)
            yield article_from_text(TEXT, id=str(number))

    stream = Pipeline(ExtractiveSummarizer(), to="ar").run(articles())
    next(stream)
    assert seen == [0]  # without a translator nothing is gained by reading ahead


def test_translate_summarize_lets_the_english_decide() -> None:
    english = {
        "إغلاق": "The bridge is closed to all",
        "تشققات": "Cracks were found in many places",
        "كلفة": "It costs two million to repair",
    }

    class Glossary(Upper):
        def translate(self, texts):
            whole = [next((target for word, target in english.items() if word in text), text) for text in texts]
            return [Translation(text, target) for text, target in zip(texts, whole, strict=True)]

    pipeline = Pipeline(ExtractiveSummarizer(), Glossary(), strategy="translate-summarize", sentences=1)
    summary = pipeline(article_from_text(TEXT, title="كلفة"))
    assert summary.english == "It costs two million to repair"
    (sentence,) = summary.sentences
    (span,) = sentence.sources
    assert TEXT[span.start : span.end] == sentence.text == "وتبلغ كلفة الترميم مليوني دينار."


def test_without_a_translator_the_summary_says_what_is_missing() -> None:
    pipeline = build_pipeline()
    assert pipeline.translator is None
    summary = pipeline(article_from_text(TEXT))
    assert summary.english is None and summary.arabic
    assert any("mujaz models pull" in warning for warning in summary.warnings)
    assert summary.to_json()["summary"]["en"] is None


@pytest.mark.parametrize(
    "config",
    [
        PipelineConfig(to="en"),
        PipelineConfig(translator="opus-mt-ar-en"),
        PipelineConfig(strategy="translate-summarize"),
    ],
)
def test_english_asked_for_by_name_is_not_left_out(config: PipelineConfig) -> None:
    with pytest.raises(ModelUnavailable, match="mujaz models pull"):
        build_pipeline(config)


def test_combinations_that_do_not_work_are_said() -> None:
    with pytest.raises(
        ModelUnavailable, match=r"direct needs .* none is on this machine; mujaz models pull mT5_m2m_crossSum_enhanced \(2.3 GB"
    ):
        build_pipeline(PipelineConfig(strategy="direct"))
    with pytest.raises(ConfigError, match="extractive: the strategy direct needs a summarizer that writes English"):
        build_pipeline(PipelineConfig(strategy="direct", summarizer="extractive"))
    with pytest.raises(
        ModelUnavailable, match=r"magic: no such summarizer; known: extractive, mT5_multilingual_XLSum.*mujaz models pull NAME"
    ):
        build_pipeline(PipelineConfig(summarizer="magic"))
    with pytest.raises(ConfigError, match="opus-mt-ar-en: is a model for translation"):
        build_pipeline(PipelineConfig(summarizer="opus-mt-ar-en"))


def test_api_gives_what_the_pipeline_gives() -> None:
    assert summarize(TEXT, to="ar", sentences=2) == build_pipeline(PipelineConfig(to="ar", sentences=2))(article_from_text(TEXT))


def test_api_names_a_wrong_option() -> None:
    with pytest.raises(ConfigError, match=r"unknown key 'sentence'; known keys: .*sentences"):
        summarize(TEXT, sentence=2)
    with pytest.raises(ConfigError, match="sentences"):
        summarize(TEXT, sentences=0)


def test_api_reads_a_path_and_suspects_a_path_in_a_string(tmp_path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert summarize(path, to="ar").arabic == summarize(TEXT, to="ar").arabic
    with pytest.raises(InputError, match=r"pathlib\.Path"):
        summarize(str(path))
    path.with_suffix(".jsonl").write_text('{"text": "خبر أول قصير."}\n{"text": "خبر ثان قصير."}\n', encoding="utf-8")
    with pytest.raises(InputError, match="2 articles"):
        summarize(path.with_suffix(".jsonl"))


def test_the_sample_configuration_names_every_key_with_its_default() -> None:
    path = Path(__file__).parents[1] / "configs" / "pipelines" / "default.yaml"
    assert read_settings(path, PipelineConfig) == PipelineConfig()
    assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) == set(PipelineConfig.model_fields)
