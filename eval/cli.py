"""`mujaz eval`: build reference sets, score and compare predictions, run systems, write reports, measure speed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from translate.console import Results, note, refuse_overwriting

if TYPE_CHECKING:
    from eval.building.set_items import ReferenceKind

Command = TypeVar("Command", bound=Callable[..., Any])


def _parse_pairs(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`NAME=PATH` as a mapping."""
    pairs = [value.partition("=") for value in values]
    if bad := [value for value, (name, _, path) in zip(values, pairs, strict=True) if not (name and path)]:
        raise click.BadParameter(f"{bad[0]!r} is not of the form NAME=PATH")
    return {name: path for name, _, path in pairs}


def _parse_list(_: click.Context, __: click.Parameter, value: str | None) -> list[str] | None:
    """`A,B` as a list."""
    return None if value is None else [name.strip() for name in value.split(",")]


_REFERENCES = click.option("--references", required=True, metavar="REFS", type=click.Path(path_type=Path), help="What is scored against.")
_LANGUAGE = click.option("--lang", "language", type=click.Choice(["en", "ar"]), help="Score this language only; plain text needs it.")
_FORMAT = click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
_OUTPUT = click.option("-o", "--output", metavar="OUT", help="Write to a file instead of stdout.")


def _metrics(command: Command) -> Command:
    """The options for what is measured, and with which models."""
    known = "rouge, bleu, chrf, chrf++, ter, fidelity, and with a model ar.bertscore, en.bertscore, en.comet, en.labse"
    names = click.option("--metrics", metavar="A,B,…", callback=_parse_list, help=f"Measure only these, out of {known}.")
    text = "For one with a model, another: a folder or a hub repository; BERTScore's with @LAYER (repeatable)."
    models = click.option("--metric-model", "models", metavar="METRIC=MODEL", multiple=True, callback=_parse_pairs, help=text)
    return names(models(command))


def _sampling(command: Command) -> Command:
    """The options of everything that is bootstrapped."""
    samples = click.option("--samples", type=click.IntRange(min=1), default=1000, show_default=True, help="Bootstrap samples.")
    seed = click.option("--seed", type=click.IntRange(min=0), default=12345, show_default=True, help="Of the bootstrap.")
    return samples(seed(command))


@click.group()
def evaluate() -> None:
    """Build reference sets, run systems, score, compare and report."""


@evaluate.command()
@click.argument("articles", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="REFS.jsonl", help="The set.")
@click.option("--reference", type=click.Choice(["title", "lead", "abstract"]), default="lead", show_default=True)
@click.option("--input-format", default="auto", show_default=True, metavar="FORMAT", help="What the articles come as.")
@click.option("--min-words", type=click.IntRange(min=1), default=50, show_default=True, help="Shorter documents are dropped.")
@click.option("--name", metavar="NAME", help="The set's name.  [default: the file's]")
@click.option("--licence", metavar="LICENCE", help="Of the texts; never guessed.")
@click.option("--source", metavar="TEXT", help="Where the texts are from.  [default: what the articles say]")
def build(articles: tuple[str, ...], output: str, reference: ReferenceKind, min_words: int, **options: Any) -> int:
    """Make a reference set from articles.

    ARTICLES are files or folders: text, page scrapes, HTML, JSONL, ANT, XL-Sum, EASC, or hf:NAME[:CONFIG[:SPLIT]], a dataset
    that is on this machine.
    The title, the lead or the abstract becomes the reference and is removed from the document.
    """
    from dataclasses import replace

    from eval.building.build import build_set
    from eval.building.set_items import DEFAULT_LIMITS

    refuse_overwriting(output, articles)
    limits = replace(DEFAULT_LIMITS[reference], shortest_document=min_words)
    report = build_set(articles, output, reference=reference, limits=limits, **options)
    for dropped in report.dropped:
        for example in dropped.examples if dropped.reason == "unreadable" else ():
            note(f"unreadable: {example}")
    note(report.as_text())
    return 1 if report.unreadable else 0


@evaluate.command()
@click.argument("predictions", nargs=-1, required=True, type=click.Path(path_type=Path))
@_REFERENCES
@_LANGUAGE
@_FORMAT
@click.option("--items", metavar="FILE", help="Also write the scores of every item, as JSONL.")
@_metrics
@_sampling
@_OUTPUT
def score(
    predictions: tuple[Path, ...],
    references: Path,
    language: str | None,
    style: str,
    items: str | None,
    samples: int,
    seed: int,
    output: str | None,
    **metrics: Any,
) -> None:
    """Score predictions against references, with 95% bootstrap intervals.

    PREDICTIONS and REFS are JSONL, or plain text files that belong together line by line.
    Several PREDICTIONS make one table with a row for each.
    """
    from eval.compare import measure_file
    from eval.records import json_line
    from eval.report.text import scores_of_one, scores_of_several
    from eval.scoring import score as score_measured

    if len(set(predictions)) < len(predictions):
        raise click.UsageError("the same predictions are named twice")
    for written in (items, output):
        refuse_overwriting(written, [*map(str, predictions), str(references)])
    measured = {str(path): measure_file(path, references, language, **metrics) for path in predictions}
    alone = len(measured) == 1
    scores = {name: score_measured(each, samples=samples, seed=seed) for name, each in measured.items()}
    for name, each in scores.items():
        for warning in each.warnings:
            note(f"{name}: {warning}")
    if items:
        with Results(items) as results:
            for name, own in measured.items():
                for item in own.items():
                    results.write(json_line(item if alone else {"file": name, **item}))
    first = next(iter(scores.values()))
    with Results(output) as results:
        if style == "json":
            results.write(_json(first.as_json() if alone else {name: each.as_json() for name, each in scores.items()}))
        else:
            results.write(scores_of_one(first) if alone else scores_of_several(scores))


@evaluate.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@_REFERENCES
@_LANGUAGE
@_FORMAT
@_metrics
@_sampling
@_OUTPUT
def compare(first: Path, second: Path, references: Path, language: str | None, style: str, output: str | None, **options: Any) -> None:
    """Compare two systems on the same items: paired bootstrap, and on how many items each is better."""
    from dataclasses import asdict

    from eval.compare import compare_files
    from eval.report.text import comparisons

    compared = compare_files(first, second, references, language, **options)
    for warning in compared.warnings:
        note(warning)
    with Results(output) as results:
        if style == "json":
            metrics = {each.key: asdict(each) for each in compared.comparisons}
            results.write(_json({"n": compared.n, "first": str(first), "second": str(second), "metrics": metrics}))
        else:
            results.write(comparisons(compared.comparisons, str(first), str(second), compared.n))


@evaluate.command()
@click.argument("config", metavar="CONFIG")
@click.option("-o", "--output", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The run's folder.")
@click.option("--set", "sets", metavar="NAME=PATH", multiple=True, callback=_parse_pairs, help="Where a set of CONFIG lies (repeatable).")
def run(config: str, output: Path, sets: dict[str, str]) -> None:
    """Run systems on sets, score them and write reports.

    CONFIG is a YAML file or the name of a bundled one (mini, ant, flores-peers). A run that was interrupted goes on when it is
    started again with the same DIR. The tables go to stdout, the reports (Markdown, JSON, HTML) to DIR.
    """
    from eval.running.run_config import config_path, read_run_config
    from eval.running.runner import run as run_all

    path = config_path(config)
    run_all(read_run_config(path, sets), path.resolve().parent, output)
    _report(output)


@evaluate.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def report(folder: Path) -> None:
    """Write the reports of a finished run again: DIR/report.md, report.json and report.html."""
    _report(folder)


def _report(folder: Path) -> None:
    from eval.report.write import write_reports

    with Results(None) as results:
        results.write(write_reports(folder))
    note(f"reports: {folder / 'report.html'}, report.md and report.json")


@evaluate.command()
@click.option(
    "--references", metavar="REFS", type=click.Path(path_type=Path), help="Measure on this set's documents.  [default: mujaz-mini]"
)
@_OUTPUT
def bench(references: Path | None, output: str | None) -> None:
    """Measure speed on this machine: translation, summaries a second, ROUGE. What is not installed is null.

    Translation is measured with random weights of opus-mt-ar-en's size: one sentence at a time with transformers in float32 (the
    loop), mujaz on torch and on CTranslate2, and CTranslate2 by hand. ROUGE is measured against a plain loop; the bundled set has few
    words, which flatters it, so name a larger one. All takes some ten minutes on two cores.
    """
    from eval.bench import measure_speed
    from translate.bench import bench_translation

    with Results(output) as results:
        speed = bench_translation()
        for line in str(speed).splitlines():
            note(line)
        results.write(_json(measure_speed(speed, references)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
