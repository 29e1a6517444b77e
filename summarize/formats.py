"""How summaries are written: text for a terminal, JSON for a program, Markdown for a newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from summarize.markdown import as_markdown
from summarize.result import Style, Summary, SummarySentence
from translate.console import Results
from translate.drafts import labelled
from translate.json_output import json_writer

Write = Callable[[Summary | None], None]
"""None stands for an input that gave no summary."""


@contextmanager
def writer_for(style: str, results: Results) -> Iterator[Write]:
    """A function that writes one summary in a style: "text", "json", "jsonl" or "markdown".

    `json` writes an object for one input and an array for several.
    """
    if style in ("json", "jsonl"):
        with json_writer(style, results) as write:
            yield lambda summary: write(summary.to_json() if summary else None)
    else:
        yield _separated(results, as_text if style == "text" else as_markdown)


def _separated(results: Results, render: Callable[[Summary], str]) -> Write:
    """One summary after the other, with a blank line between."""
    first = True

    def write(summary: Summary | None) -> None:
        nonlocal first
        if summary is None:
            return
        results.write(("" if first else "\n") + render(summary))
        first = False

    return write


def as_text(summary: Summary) -> str:
    """The article's headline, then each language as a block: a sentence a line, with "•" as bullets, in one line as a lead.

    English that is a draft is marked so, sentence by sentence.

    In the style "headline" the article's own headline is left out: there is one line for each language.
    """
    blocks = [[summary.title]] if summary.title and summary.style != "headline" else []
    if "ar" in summary.languages:
        blocks.append([sentence.text + told_by(sentence) for sentence in summary.sentences])
    if "en" in summary.languages and summary.english is not None:
        english = [sentence.text if sentence.english is None else sentence.english for sentence in summary.sentences]
        pairs = zip(english, summary.sentences, strict=True)
        blocks.append([labelled(text, draft=sentence.draft) + told_by(sentence) for text, sentence in pairs])
    first = 1 if summary.title and summary.style != "headline" else 0
    blocks[first:] = [_shaped(block, summary.style) for block in blocks[first:]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def told_by(sentence: SummarySentence) -> str:
    """The reports that a sentence is from, in brackets, where there are several."""
    names = dict.fromkeys(span.article for span in sentence.sources if span.article)
    return f" [{', '.join(names)}]" if names else ""


def _shaped(sentences: list[str], style: Style) -> list[str]:
    if style == "bullets":
        return [f"• {sentence}" for sentence in sentences]
    return [" ".join(sentences)] if style == "lead" else sentences
