"""Summarizer and translator put together: articles in, summaries out, one for one and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from summarize.article import Article
from summarize.config import Language, PipelineConfig, Strategy
from summarize.extractive import ExtractiveSummarizer, article_sentences
from summarize.result import Summary, SummarySentence
from translate.errors import ConfigError, InputError, ModelUnavailable
from translate.types import ModelRef, Translator

if TYPE_CHECKING:
    from translate.layers import Layers

WINDOW = 32  # articles whose sentences are translated in one go: enough to fill batches, little enough to stay in memory


class Summarizer(Protocol):
    """Anything that turns an article into summary sentences."""

    @property
    def ref(self) -> ModelRef:
        """The model or algorithm behind the summaries."""

    def summarize(self, article: Article, *, sentences: int) -> list[SummarySentence]:
        """At most `sentences` sentences in the article's order, each with its source spans."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One summarizer, perhaps a translator, and how they work together. Make one, use it for many articles.

    `missing` says why there is no translator although English was wanted; every summary carries it as a warning. `layers` are
    those around the translator.

    >>> from summarize.loaders import article_from_text
    >>> pipeline = Pipeline(ExtractiveSummarizer(), sentences=1)
    >>> pipeline(article_from_text("افتتح المتحف أبوابه. وزار المتحف ألف شخص في يومه الأول.")).arabic
    'وزار المتحف ألف شخص في يومه الأول.'
    """

    summarizer: Summarizer
    translator: Translator | None = None
    strategy: Strategy = "summarize-translate"
    sentences: int = 3
    to: Language = "both"
    missing: str | None = None
    layers: Layers | None = None

    def notes(self) -> Iterator[str]:
        """What is to be said when the work is done: what became of the glossary, how much the memory knew."""
        return self.layers.notes() if self.layers else iter(())

    def __call__(self, article: Article) -> Summary:
        """Summarize one article."""
        return self._window([article])[0]

    def run(self, articles: Iterable[Article | InputError]) -> Iterator[Summary | InputError]:
        """Summarize a stream of articles lazily, in bounded memory.

        Inputs that could not be read pass through in their place, so that one result stands for each input.
        """
        stream = iter(articles)
        size = WINDOW if self.translator else 1
        while window := list(islice(stream, size)):
            summaries = iter(self._window([article for article in window if isinstance(article, Article)]))
            for item in window:
                yield next(summaries) if isinstance(item, Article) else item

    def _window(self, articles: Sequence[Article]) -> list[Summary]:
        if self.strategy == "translate-summarize" and self.translator:
            picked = self._translate_then_pick(articles, self.translator)
        else:
            picked = [self.summarizer.summarize(article, sentences=self.sentences) for article in articles]
            if self.translator:
                picked = _translated(picked, self.translator)
        return [self._summary(article, sentences) for article, sentences in zip(articles, picked, strict=True)]

    def _translate_then_pick(self, articles: Sequence[Article], translator: Translator) -> list[list[SummarySentence]]:
        """Translate every sentence first and let the English decide which ones make the summary."""
        if not isinstance(self.summarizer, ExtractiveSummarizer):
            raise ConfigError(f"the strategy translate-summarize does not work with the summarizer {self.summarizer.ref.name}")
        everything = _translated([article_sentences(article) for article in articles], translator)
        titles = translator.translate([article.title or "" for article in articles])
        picked = []
        for sentences, title in zip(everything, titles, strict=True):
            english = [sentence.english or "" for sentence in sentences]
            chosen = self.summarizer.choose(english, title=title.text, count=self.sentences)
            picked.append([sentences[index] for index in chosen])
        return picked

    def _summary(self, article: Article, sentences: Sequence[SummarySentence]) -> Summary:
        return Summary(
            id=article.id,
            title=article.title,
            sentences=tuple(sentences),
            summarizer=self.summarizer.ref,
            translator=self.translator.ref if self.translator else None,
            languages=("ar", "en") if self.to == "both" else (self.to,),
            warnings=article.warnings + ((self.missing,) if self.missing else ()),
        )


def _translated(summaries: Sequence[Sequence[SummarySentence]], translator: Translator) -> list[list[SummarySentence]]:
    """The same sentences with their English; all of them go to the translator in one call, so that batches are full."""
    translations = iter(translator.translate([sentence.text for summary in summaries for sentence in summary]))
    return [
        [
            replace(sentence, english=translation.text, warnings=sentence.warnings + translation.warnings)
            for sentence, translation in zip(summary, islice(translations, len(summary)), strict=True)
        ]
        for summary in summaries
    ]


def build_pipeline(config: PipelineConfig | None = None, *, download: bool = False) -> Pipeline:
    """The pipeline that a configuration describes, with its models loaded.

    Args:
        config: names and numbers; the defaults when left out.
        download: whether a translator that is not on this machine may be downloaded.

    Raises:
        ConfigError: a name or a combination that does not work.
        ModelUnavailable: the translator is not on this machine, and it was named or `to` is "en". With "auto" and
            "both" there is a pipeline without English instead, which says why in `missing`.
    """
    config = config or PipelineConfig()
    if config.summarizer != "extractive":
        raise ConfigError(f"unknown summarizer {config.summarizer!r}", hint="known: extractive")
    if config.strategy == "direct":
        raise ConfigError("the strategy direct needs a cross-lingual summarizer, and there is none yet", hint="use summarize-translate")
    pipeline = Pipeline(ExtractiveSummarizer(), strategy=config.strategy, sentences=config.sentences, to=config.to)
    if config.to == "ar" and config.strategy == "summarize-translate":
        return pipeline
    from translate.layers import layers_for
    from translate.translator import load_translator

    layers = layers_for(glossary=config.glossary, retry=config.retry, memory=config.memory)
    try:
        translator = load_translator(
            config.translator, engine=config.engine, device=config.device, dtype=config.dtype, download=download, layers=layers
        )
    except ModelUnavailable as error:
        if config.translator != "auto" or config.to == "en" or config.strategy == "translate-summarize":
            raise
        return replace(pipeline, missing=f"no English: {error}")
    return replace(pipeline, translator=layers.around_translator(translator), layers=layers)
