"""`mujaz summarize`: articles in, Arabic and English summaries out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import click

from summarize.article import Article
from summarize.config import PipelineConfig, Strategy
from summarize.formats import writer_for
from summarize.loaders import read_articles
from summarize.pipeline import Pipeline, build_pipeline
from summarize.result import Style, Summary
from summarize.styles import sentences_of_style
from translate.console import Results, exit_code, note, progress, refuse_overwriting
from translate.drafts import note_on_drafts
from translate.engines import DTYPES, ENGINES
from translate.errors import InputError
from translate.retry import STANDARD
from translate.settings import read_settings, validated


def parse_fields(_: click.Context, __: click.Parameter, value: str | None) -> dict[str, str] | None:
    """`text=body,title=headline` as a mapping."""
    if value is None:
        return None
    pairs = [pair.partition("=") for pair in value.split(",")]
    if any(not (name.strip() and key.strip()) for name, _, key in pairs):
        raise click.BadParameter(f"{value!r} is not of the form text=KEY,title=KEY,id=KEY")
    return {name.strip(): key.strip() for name, _, key in pairs}


def notes_on(pipeline: Pipeline) -> Iterator[str]:
    """What a user should know before reading the results: why there is no English or only a draft, and what a licence forbids."""
    if pipeline.missing:
        yield pipeline.missing
    if pipeline.translator and pipeline.translator.ref.draft:
        yield note_on_drafts(pipeline.translator.ref)
    for ref in (pipeline.summarizer.ref, *([pipeline.translator.ref] if pipeline.translator else [])):
        if ref.commercial_use is False:
            yield f"{ref.name} is licensed {ref.licence}: not for commercial use"


def warnings_of(summary: Summary, pipeline: Pipeline) -> Iterator[str]:
    """What looks wrong with one article or its summary; that there is no English is said once for all."""
    yield from (warning for warning in summary.warnings if warning != pipeline.missing)
    for number, sentence in enumerate(summary.sentences, start=1):
        yield from (f"sentence {number}: {warning}" for warning in sentence.warnings)


@click.command()
@click.argument("paths", metavar="[PATH…|-]", nargs=-1)
@click.option("--to", type=click.Choice(["ar", "en", "both"]), help="Language of the summary.  [default: both]")
@click.option("--sentences", type=click.IntRange(min=1), metavar="N", help="Sentences in a summary.  [default: 3]")
@click.option(
    "--style",
    type=click.Choice(get_args(Style)),
    help="Form of the summary; a headline is one short line, a lead at most two sentences.  [default: paragraph]",
)
@click.option("--together", is_flag=True, help="All inputs report on one story: one brief of them, each sentence naming its report.")
@click.option("--summarizer", metavar="NAME", help="extractive, a model name, a YAML file, a folder, or auto.  [default: extractive]")
@click.option("--translator", metavar="NAME", help="A model name, a YAML file, a model folder, or auto.  [default: auto]")
@click.option(
    "--strategy",
    type=click.Choice(get_args(Strategy)),
    help="What comes first; direct writes English at once.  [default: auto]",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl", "markdown"]), default="text", show_default=True)
@click.option("--input-format", type=click.Choice(["auto", "text", "html", "jsonl"]), default="auto", show_default=True)
@click.option("--fields", metavar="text=KEY,title=KEY", callback=parse_fields, help="Which keys of a JSONL line hold what.")
@click.option("-o", "--output", metavar="OUT", help="Write to a file instead of stdout.")
@click.option("--config", metavar="FILE", help="A pipeline YAML file; options on the command line win over it.")
@click.option("--engine", type=click.Choice(ENGINES), help="What runs the translator; ct2 is CTranslate2.  [default: auto]")
@click.option("--device", metavar="NAME", help="cpu, cuda, cuda:1, mps or auto.  [default: auto]")
@click.option("--dtype", type=click.Choice(["auto", *DTYPES]), help="Precision of the models.  [default: auto]")
@click.option("--glossary", metavar="FILE", help="A CSV file of Arabic terms and the English to use for them.")
@click.option("--retry", is_flag=True, help="Translate what fails a check again, with a wider search.")
@click.option("--no-memory", "memory", is_flag=True, flag_value=False, default=None, help="Translate all anew, and remember nothing.")
@click.option("--download", is_flag=True, help="Download models first that are not on this machine.")
def summarize(
    paths: tuple[str, ...],
    form: str,
    input_format: str,
    fields: dict[str, str] | None,
    output: str | None,
    config: str | None,
    together: bool,
    retry: bool,
    download: bool,
    **options: Any,
) -> int:
    """Summarize Arabic articles, in Arabic and English.

    PATH is a text, HTML or JSONL file (.gz too) or a folder of them; - or nothing reads standard input.
    Results come in input order: text, or JSON with the source span of every sentence.
    """
    if not paths and (sys.stdin is None or sys.stdin.isatty()):
        raise click.UsageError("nothing to summarize: name a file, or pipe a text in")
    refuse_overwriting(output, paths)
    given = {key: value for key, value in options.items() if value is not None} | ({"retry": STANDARD} if retry else {})
    settings = read_settings(config, PipelineConfig, **given) if config else validated(given, PipelineConfig)
    if "sentences" in given and (most := sentences_of_style(settings.style, settings.sentences)) < settings.sentences:
        note(f"a {settings.style} has at most {most} sentence{'s'[: most - 1]}, so --sentences {settings.sentences} does not count")
    pipeline = build_pipeline(settings, download=download)
    articles = read_articles(paths or ("-",), input_format=input_format, fields=fields)
    results_of = pipeline.run(articles) if not together else _together(pipeline, articles)
    done = failed = 0
    with Results(output) as results, writer_for(form, results) as write:
        for item in progress(results_of, unit="article"):
            if isinstance(item, InputError):
                failed += 1
                note(str(item))
                if not together:
                    write(None)
                continue
            if not done:  # not earlier: an unusable only input ends with its one line
                for line in notes_on(pipeline):
                    note(line)
            if form in ("text", "markdown"):  # JSON carries its warnings itself
                for warning in warnings_of(item, pipeline):
                    note(f"{item.id}: {warning}")
            done += 1
            write(item)
    for line in pipeline.notes():
        note(line)
    return exit_code(done, 1 if together and not done else failed)  # without a single report there is no brief


def _together(pipeline: Pipeline, inputs: Iterable[Article | InputError]) -> Iterator[Summary | InputError]:
    """What could not be read, and one brief of all that could."""
    articles: list[Article] = []
    for item in inputs:
        if isinstance(item, InputError):
            yield item
        else:
            articles.append(item)
    if articles:
        yield pipeline.together(articles)
