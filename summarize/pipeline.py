"""Summarizer and translator put together: articles in, summaries out, one for one and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from summarize.abstractive import AbstractiveSummarizer
from summarize.article import Article
from summarize.config import Language, PipelineConfig, Strategy
from summarize.extractive import ExtractiveSummarizer, article_sentences
from summarize.places import paragraph_numbers
from summarize.result import Style, Summary, SummarySentence
from summarize.strategies import choose
from summarize.styles import in_style, sentences_of_style
from summarize.summarizers import load_summarizer
from summarize.together import all_facts, name_of, title_of, told_by_many, unrelated, usable
from summarize.translated import summarize_translated
from translate.errors import ConfigError, InputError, ModelUnavailable
from translate.types import ModelRef, Translator

if TYPE_CHECKING:
    from translate.layers import Layers

WINDOW = 32  # articles that models work on in one go: enough to fill batches, little enough to stay in memory


class Summarizer(Protocol):
    """Anything that turns an article into summary sentences."""

    @property
    def ref(self) -> ModelRef:
        """The model or algorithm behind the summaries."""

    def summarize(self, article: Article, *, sentences: int) -> list[SummarySentence]:
        """At most `sentences` sentences in the order in which they are to be read, each with its source spans."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One summarizer, perhaps a translator, and how they work together. Make one, use it for many articles.

    `missing` says why a language that was wanted is not there; every summary carries it as a warning. `layers` are those around the
    translator.

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
    style: Style = "paragraph"

    def notes(self) -> Iterator[str]:
        """What is to be said when the work is done: what became of the glossary, how much the memory knew."""
        return self.layers.notes() if self.layers else iter(())

    @property
    def window(self) -> int:
        """How many articles are worked on in one go: one where there is no model, since nothing is gained by reading ahead."""
        return WINDOW if self.translator or isinstance(self.summarizer, AbstractiveSummarizer) else 1

    def __call__(self, article: Article) -> Summary:
        """Summarize one article."""
        return self._window([article])[0]

    def run(self, articles: Iterable[Article | InputError]) -> Iterator[Summary | InputError]:
        """Summarize a stream of articles lazily, in bounded memory.

        Inputs that could not be read pass through in their place, so that one result stands for each input.
        """
        stream = iter(articles)
        while window := list(islice(stream, self.window)):
            summaries = iter(self._window([article for article in window if isinstance(article, Article)]))
            for item in window:
                yield next(summaries) if isinstance(item, Article) else item

    def together(self, reports: Sequence[Article | InputError]) -> Summary:
        """One brief of several reports on one story: what two of them tell is taken once, and each span names its report.

        Raises:
            ConfigError: the strategy is translate-summarize, and a model is to write the summary.
            InputError: there is no report, one could not be read, or two have the same id.
        """
        articles = usable(reports)
        if len(articles) == 1:
            return self(articles[0])
        sentences = self._of_all(articles)
        summary = self._summary(articles[0], [])
        return replace(
            summary,
            id=name_of(articles),
            title=title_of(articles),
            sentences=tuple(sentences),
            warnings=(
                *(f"{article.id}: {warning}" for article in articles for warning in article.warnings),
                *unrelated(articles),
                *([self.missing] if self.missing else []),
            ),
            paragraphs=paragraph_numbers(sentences, articles),
        )

    def _of_all(self, articles: Sequence[Article]) -> list[SummarySentence]:
        english_first = self.strategy == "translate-summarize" and self.translator is not None
        if isinstance(self.summarizer, AbstractiveSummarizer):
            if english_first:
                hint = "use --strategy summarize-translate, or the summarizer extractive"
                raise ConfigError("several reports cannot be translated first and then summarized by a model", hint=hint)
            picked = self.summarizer.summarize_together(articles, sentences=self._count)
        else:
            picked = self._facts(articles, self.translator if english_first else None)
        return _translated([picked], self.translator)[0] if self.translator and not english_first else picked

    def _facts(self, articles: Sequence[Article], translator: Translator | None) -> list[SummarySentence]:
        """The facts of all reports that are chosen, by their English if a translator is given, in the order in which they are told."""
        assert isinstance(self.summarizer, ExtractiveSummarizer), "a summarizer that can only read one article"
        facts = all_facts(articles)
        sentences = [fact.sentence(articles) for fact in facts]
        titles = " ".join(article.title for article in articles if article.title)
        texts = [sentence.text for sentence in sentences]
        if translator:
            (sentences,) = _translated([sentences], translator)
            texts = [sentence.english or "" for sentence in sentences]
            titles = translator.translate([titles])[0].text
        chosen = self.summarizer.choose(texts, title=titles, count=self._count, extra=told_by_many(facts))
        by_id = {article.id: article for article in articles}
        return [
            shaped
            for index in chosen
            for shaped in in_style(self.style, [sentences[index]], by_id[facts[index].first.sentence.sources[0].article or ""])
        ]

    def _window(self, articles: Sequence[Article]) -> list[Summary]:
        if self.strategy == "translate-summarize" and self.translator:
            picked = self._translate_then_pick(articles, self.translator)
        else:
            picked = self._picked(articles)
            if self.translator:
                picked = _translated(picked, self.translator)
        return [self._summary(article, sentences) for article, sentences in zip(articles, picked, strict=True)]

    def _picked(self, articles: Sequence[Article]) -> list[list[SummarySentence]]:
        """Each article's summary in the language of the summarizer."""
        if isinstance(self.summarizer, AbstractiveSummarizer):
            return self.summarizer.summarize_all(articles, sentences=self._count)
        picked = [self.summarizer.summarize(article, sentences=self._count) for article in articles]
        return [in_style(self.style, sentences, article) for sentences, article in zip(picked, articles, strict=True)]

    @property
    def _count(self) -> int:
        return sentences_of_style(self.style, self.sentences)

    def _translate_then_pick(self, articles: Sequence[Article], translator: Translator) -> list[list[SummarySentence]]:
        """Translate every sentence first and let the English decide which ones make the summary."""
        everything = _translated([article_sentences(article) for article in articles], translator)
        titles = translator.translate([article.title or "" for article in articles])
        if isinstance(self.summarizer, AbstractiveSummarizer):
            headlines = [title.text for title in titles]
            return summarize_translated(articles, everything, headlines, self.summarizer, count=self._count)
        if not isinstance(self.summarizer, ExtractiveSummarizer):
            raise ConfigError(f"the strategy translate-summarize does not work with the summarizer {self.summarizer.ref.name}")
        picked = []
        for sentences, title in zip(everything, titles, strict=True):
            english = [sentence.english or "" for sentence in sentences]
            chosen = self.summarizer.choose(english, title=title.text, count=self._count)
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
            style=self.style,
            paragraphs=paragraph_numbers(sentences, [article]),
        )


def _translated(summaries: Sequence[Sequence[SummarySentence]], translator: Translator) -> list[list[SummarySentence]]:
    """The same sentences with their English; all of them go to the translator in one call, so that batches are full."""
    translations = iter(translator.translate([sentence.text for summary in summaries for sentence in summary]))
    return [
        [
            replace(sentence, english=translation.text, warnings=sentence.warnings + translation.warnings, draft=translation.draft)
            for sentence, translation in zip(summary, islice(translations, len(summary)), strict=True)
        ]
        for summary in summaries
    ]


def build_pipeline(config: PipelineConfig | None = None, *, download: bool = False) -> Pipeline:
    """The pipeline that a configuration describes, with its models loaded.

    Args:
        config: names and numbers; the defaults when left out.
        download: whether models that are not on this machine may be downloaded.

    Raises:
        ConfigError: a name or a combination that does not work.
        ModelUnavailable: the summarizer is not on this machine; or the translator is not, and it was named or `to` is "en". With
            "auto" and "both" there is a pipeline without English instead, which says why in `missing`.
    """
    config = config or PipelineConfig()
    choice = choose(config)
    summarizer: Summarizer = ExtractiveSummarizer()
    if choice.spec:
        settings = {"engine": config.engine, "device": config.device, "dtype": config.dtype}
        summarizer = load_summarizer(choice.spec, choice.language, download=download, **settings)
    pipeline = Pipeline(summarizer, strategy=choice.strategy, sentences=config.sentences, to=config.to, style=config.style)
    if choice.strategy == "direct":
        return pipeline if config.to == "en" else replace(pipeline, to="en", missing="no Arabic: the strategy direct writes English only")
    if config.to == "ar" and choice.strategy == "summarize-translate":
        return pipeline
    from translate.layers import layers_for
    from translate.translator import load_translator

    layers = layers_for(glossary=config.glossary, retry=config.retry, memory=config.memory)
    try:
        translator = load_translator(
            config.translator, engine=config.engine, device=config.device, dtype=config.dtype, download=download, layers=layers
        )
    except ModelUnavailable as error:
        if config.translator != "auto" or config.to == "en" or choice.strategy == "translate-summarize":
            raise
        return replace(pipeline, missing=f"no English: {error}")
    return replace(pipeline, translator=layers.around_translator(translator), layers=layers)
