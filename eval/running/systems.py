"""What a run compares, behind one interface: baselines, pipelines, translators, and predictions made elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Literal, Protocol

from eval.records import Prediction, Reference
from eval.running.baselines import LeadSummarizer, OracleSummarizer, RandomSummarizer
from eval.running.run_config import RunConfig, SystemConfig, TranslatorConfig
from eval.running.run_sets import EvalSet, read_made_elsewhere, title_for_system
from summarize.abstractive import AbstractiveSummarizer
from summarize.article import Article, Paragraph
from summarize.config import Language, PipelineConfig
from summarize.pipeline import WINDOW, Pipeline, Summarizer, build_pipeline
from summarize.result import Summary
from translate.types import ModelRef, Span, Translator

Kind = Literal["baseline", "pipeline", "translator", "predictions"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One system on one set, before anything is loaded.

    Attributes:
        name: the row's name.
        kind: where the output comes from.
        sentences: how many a summary has; None for translations, and for predictions that do not say.
        config: what the YAML file says of it; None for baselines.
    """

    name: str
    kind: Kind
    sentences: int | None = None
    config: SystemConfig | None = None


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where a model computes and in which precision."""

    device: str
    dtype: str


class System(Protocol):
    """Something that makes a prediction for each item."""

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The models behind the predictions, in the order in which they work; none for predictions made elsewhere."""

    @property
    def hardware(self) -> Hardware | None:
        """Where the models run; None where there is nothing to compute with."""

    @property
    def missing(self) -> str | None:
        """Why a language that was asked for is not there."""

    def predict(self, items: Sequence[Reference]) -> Iterator[Prediction]:
        """A prediction for each item, in order, made as they are asked for."""


def plans_for(config: RunConfig, eval_set: EvalSet) -> list[Plan]:
    """The systems that run on a set: the baselines first, then those of the YAML file that fit the set.

    Sets of text pairs have no baselines, and neither have articles with English references only while nothing translates the baselines.
    """
    named = [plan for system in config.systems if (plan := _plan(system, eval_set))]
    comparable = "ar" in eval_set.languages or config.baseline_translator
    if eval_set.config.task == "translation" or not comparable:
        return named
    lengths = sorted({1, 3} | {plan.sentences for plan in named if plan.sentences})
    leads = [Plan(f"LEAD-{length}", "baseline", length) for length in lengths]
    others = ["random", "oracle"] if "ar" in eval_set.languages else ["random"]
    return [*leads, *(Plan(name, "baseline", eval_set.config.sentences) for name in others), *named]


def _plan(system: SystemConfig, eval_set: EvalSet) -> Plan | None:
    if system.predictions is not None:
        return Plan(system.name, "predictions", system.sentences, system) if eval_set.name in system.predictions else None
    if system.pipeline is not None and eval_set.config.task == "summarization":
        given = "sentences" in system.pipeline.model_fields_set
        return Plan(system.name, "pipeline", system.pipeline.sentences if given else eval_set.config.sentences, system)
    if system.translator is not None and eval_set.config.task == "translation":
        return Plan(system.name, "translator", None, system)
    return None


def load_system(plan: Plan, eval_set: EvalSet, config: RunConfig) -> System:
    """Make a plan ready to predict; models are loaded here.

    Raises:
        MujazError: a model or a file that it needs is not there.
    """
    if plan.config is None:
        return _baseline(plan, eval_set, config)
    if plan.config.predictions is not None:
        return MadeElsewhere(read_made_elsewhere(plan.config.predictions[eval_set.name], eval_set))
    if plan.config.translator is not None:
        return TranslatorSystem(*_translator(plan.config.translator))
    assert plan.config.pipeline and plan.sentences
    settings = plan.config.pipeline.model_copy(update={"to": _wanted(plan.config.pipeline.to, eval_set), "sentences": 1})
    pipeline = replace(_pipeline(settings), sentences=plan.sentences)
    writer = pipeline.summarizer.spec if isinstance(pipeline.summarizer, AbstractiveSummarizer) else None
    models = pipeline.translator is not None or (writer is not None and writer.endpoint is None)
    return PipelineSystem(pipeline, _hardware(settings.device, settings.dtype) if models else None, title=plan.config.title)


def _baseline(plan: Plan, eval_set: EvalSet, config: RunConfig) -> System:
    assert plan.sentences
    summarizer: Summarizer = LeadSummarizer()
    if plan.name == "random":
        summarizer = RandomSummarizer(config.seed)
    elif plan.name == "oracle":
        summarizer = OracleSummarizer({item.id: item.references["ar"] for item in eval_set.references})
    pipeline, hardware = Pipeline(summarizer, sentences=plan.sentences, to="ar"), None
    if (wanted := config.baseline_translator) and "en" in eval_set.languages:
        settings = PipelineConfig(translator=wanted.name, device=wanted.device, dtype=wanted.dtype, sentences=1)
        pipeline = replace(_pipeline(settings), summarizer=summarizer, sentences=plan.sentences)
        hardware = _hardware(wanted.device, wanted.dtype) if pipeline.translator else None
    return PipelineSystem(pipeline, hardware, title=False)


@lru_cache(maxsize=1)
def _pipeline(settings: PipelineConfig) -> Pipeline:
    """The last pipeline is kept: systems that differ in sentences only, and the baselines, share one translator."""
    return build_pipeline(settings.model_copy(update={"memory": False}))  # remembered translations would take no time


def _wanted(to: Language, eval_set: EvalSet) -> Language:
    """Only the languages that there is something to compare with."""
    return "ar" if to == "both" and "en" not in eval_set.languages else to


def _translator(config: TranslatorConfig) -> tuple[Translator, Hardware]:
    from translate.translator import load_translator

    translator = load_translator(config.name, device=config.device, dtype=config.dtype)
    return translator, _hardware(config.device, config.dtype)


def _hardware(device: str, dtype: str) -> Hardware:
    """What models were loaded on: the choice is the same each time it is made."""
    from translate.runtime.device import choose_device

    choice = choose_device(device, dtype)
    return Hardware(choice.device, choice.dtype)


class PipelineSystem:
    """A summarizer, and a translator if there is one. Baselines are this too.

    Args:
        pipeline: what makes the summaries.
        hardware: where its models run.
        title: whether the summarizer may see headlines (never one that is the reference).
    """

    def __init__(self, pipeline: Pipeline, hardware: Hardware | None, *, title: bool) -> None:
        self.hardware = hardware
        self._pipeline, self._title = pipeline, title

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The summarizer, then the translator."""
        translator = self._pipeline.translator
        return (self._pipeline.summarizer.ref,) + ((translator.ref,) if translator else ())

    @property
    def missing(self) -> str | None:
        """Why there is no English."""
        return self._pipeline.missing

    def predict(self, items: Sequence[Reference]) -> Iterator[Prediction]:
        """Summaries; the time of a window that is translated in one go is spread evenly over its items."""
        stream = iter(items)
        while window := list(islice(stream, self._pipeline.window)):
            start = time.perf_counter()
            summaries = list(self._pipeline.run(article_of(item, title=self._title) for item in window))
            seconds = (time.perf_counter() - start) / len(window)
            for item, summary in zip(window, summaries, strict=True):
                assert isinstance(summary, Summary)
                yield Prediction(item.id, _texts(summary), seconds=round(seconds, 6))


def _texts(summary: Summary) -> dict[str, str]:
    texts = {"ar": summary.arabic} if "ar" in summary.languages else {}
    return texts if summary.english is None else {**texts, "en": summary.english}


def article_of(item: Reference, *, title: bool = True) -> Article:
    """The item's document as an article whose paragraphs are the document's lines.

    Nothing is taken for a byline or a related story here: the document is the body, and every system is shown all of it.
    """
    paragraphs, start = [], 0
    for line in item.document.split("\n"):
        if text := line.strip():
            place = start + line.index(text)
            paragraphs.append(Paragraph(text, Span(place, place + len(text))))
        start += len(line) + 1
    return Article(item.id, item.document, title_for_system(item) if title else None, None, tuple(paragraphs))


class TranslatorSystem:
    """A translator on its own: the documents of a translation set, as many at a time as a pipeline would hand it."""

    missing = None

    def __init__(self, translator: Translator, hardware: Hardware) -> None:
        self.hardware = hardware
        self._translator = translator

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The translator."""
        return (self._translator.ref,)

    def predict(self, items: Sequence[Reference]) -> Iterator[Prediction]:
        """English translations of whole documents; the time of a window is spread evenly over its items."""
        from translate.document import translate_documents

        stream = iter(items)
        while window := list(islice(stream, WINDOW)):
            start = time.perf_counter()
            translations = translate_documents([item.document for item in window], self._translator)
            seconds = (time.perf_counter() - start) / len(window)
            for item, translation in zip(window, translations, strict=True):
                yield Prediction(item.id, {"en": translation.text}, seconds=round(seconds, 6))


class MadeElsewhere:
    """Predictions from a file. What made them is not known here."""

    models: tuple[ModelRef, ...] = ()
    hardware = None
    missing = None

    def __init__(self, predictions: Sequence[Prediction]) -> None:
        self._predictions = {prediction.id: prediction for prediction in predictions}

    def predict(self, items: Sequence[Reference]) -> Iterator[Prediction]:
        """The file's predictions for these items."""
        for item in items:
            yield self._predictions[item.id]
