"""`mujaz translate`: Arabic text in, English text out, one line for one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import click

from translate.console import Results, exit_code, note
from translate.document import DocumentTranslation, translate_documents
from translate.drafts import Labelling, note_on_drafts
from translate.engines import DTYPES, ENGINES
from translate.errors import InputError
from translate.glossary import GlossaryCounter
from translate.inputs import shown
from translate.json_output import json_writer
from translate.layers import layers_for
from translate.markup.formats import Document, read_document, translate_marked_up
from translate.retry import STANDARD
from translate.translator import load_translator
from translate.types import ModelRef, Span, Translator

WINDOW = 40_000  # characters translated in one go: fills batches, and the first lines are out before the last are read
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@click.command()
@click.argument("paths", metavar="[PATH…|-]", nargs=-1)
@click.option("--translator", default="auto", show_default=True, metavar="NAME", help="A model name, a YAML file, a model folder, or auto.")
@click.option("--input-format", type=click.Choice(["auto", "text", "html", "markdown"]), default="auto", show_default=True)
@click.option("--format", "style", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.option("-o", "--output", metavar="OUT", help="Write to a file instead of stdout.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="What runs the model; ct2 is CTranslate2.")
@click.option("--device", default="auto", show_default=True, metavar="NAME", help="cpu, cuda, cuda:1, mps or auto.")
@click.option("--dtype", type=click.Choice(["auto", *DTYPES]), default="auto", show_default=True)
@click.option("--glossary", metavar="FILE", help="A CSV file of Arabic terms and the English to use for them.")
@click.option("--retry", is_flag=True, help="Translate what fails a check again, with a wider search, and keep the better.")
@click.option("--no-memory", "memory", is_flag=True, flag_value=False, default=True, help="Translate all anew, and remember nothing.")
@click.option("--download", is_flag=True, help="Download the translator first if it is not on this machine.")
def translate(
    paths: Sequence[str],
    translator: str,
    input_format: Literal["auto", "text", "html", "markdown"],
    style: str,
    output: str | None,
    engine: str,
    device: str,
    dtype: str,
    glossary: str | None,
    retry: bool,
    memory: bool,
    download: bool,
) -> int:
    """Translate Arabic text into English, line by line; HTML and Markdown with their tags and links.

    PATH is a file (.gz too); - or nothing reads standard input. Every line of a text gives exactly one line of output,
    blank lines included; of HTML and Markdown all that is not translated stays as it is. Warnings about single sentences
    go to stderr, and into the JSON.
    """
    if not paths and (sys.stdin is None or sys.stdin.isatty()):
        raise click.UsageError("nothing to translate: name a file, or pipe a text in")
    layers = layers_for(glossary=glossary, retry=STANDARD if retry else (), memory=memory)
    loaded = load_translator(translator, engine=engine, device=device, dtype=dtype, download=download, layers=layers)
    model = layers.around_translator(Labelling(loaded) if style == "text" else loaded)
    with Results(output) as results, _writer(style, results, model) as write:
        done = failed = 0
        for path in paths or ("-",):
            try:
                document = read_document(path, input_format)
            except InputError as error:
                failed += 1
                note(str(error))
                write(shown(path), None)
                continue
            for warning in document.warnings:
                note(f"{shown(path)}: {warning}")
            if not done:  # not earlier: an unusable only input ends with its one line
                for line in _notes_on(model.ref):
                    note(line)
            write("stdin" if path == "-" else shown(path), document)
            done += 1
    for line in layers.notes() if done else ():
        note(line)
    return exit_code(done, failed)


def _notes_on(ref: ModelRef) -> Iterator[str]:
    """What a user should know before reading the results: that they are drafts, and what a licence forbids."""
    if ref.draft:
        yield note_on_drafts(ref)
    if ref.commercial_use is False:
        yield f"{ref.name} is licensed {ref.licence}: not for commercial use"


@contextmanager
def _writer(style: str, results: Results, translator: Translator) -> Iterator[Callable[[str, Document | None], None]]:
    """A function that translates and writes one document, given its id; None stands for an input that could not be read."""
    if style == "text":
        yield lambda name, document: _write_text(name, document, translator, results) if document else None
        return
    with json_writer(style, results) as write:
        yield lambda name, document: write(_record(name, document, translator) if document else None)


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, str]]:
    """A text cut between lines into pieces of about `size` characters, each with the place where it begins."""
    start = end = 0
    for line in _LINE.finditer(text):
        if line.end() - start > size and end > start:
            yield start, text[start:end]
            start = end
        end = line.end()
    if end > start:
        yield start, text[start:end]


def _translated(document: Document, translator: Translator) -> Iterator[DocumentTranslation]:
    """The document's translation, window by window, with spans that count in the whole document."""
    if document.kind != "text":
        yield from translate_marked_up(document, translator, window=WINDOW)
        return
    for start, window in windows(document.text):
        (translation,) = translate_documents([window], translator)
        moved = tuple(
            replace(sentence, span=Span(sentence.span.start + start, sentence.span.end + start)) for sentence in translation.sentences
        )
        yield replace(translation, sentences=moved)


def _write_text(name: str, document: Document, translator: Translator, results: Results) -> None:
    for translation in _translated(document, translator):
        results.write(translation.text)
        for sentence in translation.sentences:
            for warning in sentence.translation.warnings:
                note(f"{name}:{document.text.count(chr(10), 0, sentence.span.start) + 1}: {warning}")
    if document.kind == "text" and not document.text.endswith(("\n", "\r")):
        results.write("\n")


def _record(name: str, document: Document, translator: Translator) -> dict[str, Any]:
    """The translation of one document in the shape of a summary's JSON."""
    counter = translator if isinstance(translator, GlossaryCounter) else None
    before = counter.outcome if counter else None
    parts = list(_translated(document, translator))
    glossary = {"glossary": (counter.outcome - before).to_json()} if counter and before else {}
    return {
        "id": name,
        "language": "ar",
        "text": {"ar": document.text, "en": "".join(part.text for part in parts)},
        "sentences": [
            {
                "ar": sentence.translation.source,
                "en": sentence.translation.text,
                "source": [sentence.span.to_json()],
                "warnings": list(sentence.translation.warnings),
                **({"draft": True} if sentence.translation.draft else {}),
            }
            for part in parts
            for sentence in part.sentences
        ],
        "models": {"translator": translator.ref.to_json()},
        **glossary,
        "warnings": list(document.warnings),
    }
