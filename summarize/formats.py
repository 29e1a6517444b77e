"""How summaries are written: text for a terminal, JSON for a program, Markdown for a newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from summarize.result import Summary
from translate.console import Results
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
    """The headline, then one sentence a line, each language as a block."""
    blocks = [[summary.title]] if summary.title else []
    if "ar" in summary.languages:
        blocks.append([sentence.text for sentence in summary.sentences])
    if "en" in summary.languages and summary.english is not None:
        blocks.append([sentence.text if sentence.english is None else sentence.english for sentence in summary.sentences])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def as_markdown(summary: Summary) -> str:
    """The headline, then each sentence as a bullet: English first where there is any, the Arabic and its place under it."""
    lines = [f"## {summary.title or summary.id}", ""]
    for sentence in summary.sentences:
        places = ", ".join(f"{span.start}–{span.end}" for span in sentence.sources)
        shown = [text for text in (sentence.english, sentence.text if "ar" in summary.languages else None) if text] or [sentence.text]
        lines.append(f"- {shown[0]}" + (f"  \n  {shown[1]}" if len(shown) > 1 else "") + f"  \n  <sub>{summary.id}, {places}</sub>")
        lines += [f"  - ⚠ {warning}" for warning in sentence.warnings]
    return "\n".join(lines) + "\n"
