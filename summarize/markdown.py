"""A summary as Markdown that a newsroom can paste: the English, the Arabic quoted under it, and where in the source that stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from summarize.result import Summary, SummarySentence
from translate.drafts import labelled
from translate.types import Span

_INLINE: Final = re.compile(r"[\\`*_\[\]<>#|~]")
_LIST: Final = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)")


def as_markdown(summary: Summary) -> str:
    """The article's headline as a heading, then the sentences in the summary's style.

    paragraph: a paragraph for each sentence; bullets: a list item for each; lead: one paragraph; headline: a heading, and no other.
    Under each stand the Arabic as a quotation, its source (article, paragraph, characters) and what looks wrong; at the end what looks
    wrong with the whole.
    """
    blocks = [] if summary.style == "headline" else [f"## {_escaped(summary.title or summary.id)}"]
    if summary.style == "lead":
        blocks.append(_block(summary, list(summary.sentences)))
    for sentence in summary.sentences if summary.style != "lead" else ():
        block = _block(summary, [sentence])
        if summary.style == "bullets":
            block = f"- {block}".replace("\n", "\n  ").replace("\n  \n", "\n\n")
        blocks.append(f"## {block}" if summary.style == "headline" else block)
    blocks += [f"> ⚠ {_escaped(warning)}" for warning in summary.warnings]
    return "\n\n".join(blocks) + "\n"


def _block(summary: Summary, sentences: list[SummarySentence]) -> str:
    """The sentences in English where there is any, and the Arabic quoted under it; else the Arabic, and its source quoted."""
    arabic = " ".join(_escaped(sentence.text) for sentence in sentences if sentence.text)
    english = " ".join(labelled(_escaped(sentence.english), draft=sentence.draft) for sentence in sentences if sentence.english)
    quoted = [arabic] if arabic and english and "ar" in summary.languages else []
    quoted.append(f"— {_source(summary, sentences)}")
    quoted += [f"⚠ {_escaped(warning)}" for sentence in sentences for warning in sentence.warnings]
    return f"{english or arabic}\n\n" + "\n>\n".join(f"> {line}" for line in quoted)


def _source(summary: Summary, sentences: list[SummarySentence]) -> str:
    spans = dict.fromkeys(span for sentence in sentences for span in sentence.sources)
    places = [
        f"{_escaped(article)}, {'; '.join(_place(summary, span) for span in group)}"
        for article, group in groupby(spans, key=lambda span: span.article or summary.id)
    ]
    return "; ".join([*(places or [f"{_escaped(summary.id)}, place not found"]), *_supports(sentences)])


def _place(summary: Summary, span: Span) -> str:
    characters = f"characters {span.start}–{span.end}"
    number = summary.paragraphs.get(span)
    return f"paragraph {number}, {characters}" if number else characters


def _supports(sentences: list[SummarySentence]) -> Iterator[str]:
    known = [sentence.support for sentence in sentences if sentence.support is not None]
    if known:
        yield "support " + ", ".join(f"{support:.0%}" for support in known)


def _escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    line = _INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    return _LIST.sub(lambda sign: f"{sign[1]}\\{sign[2]}" if sign[1] else f"\\{sign[3]}", line)
