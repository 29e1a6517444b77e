"""Raw HTML → tags, texts and what is neither, with exact places, as browsers read it (the HTML standard's tokenizer, simplified).

The standard library's parser would not do: it does not say where attributes stand, reads broken pages differently from one
patch release of Python to the next, and raises AssertionError on some (`<![x[y]]>`, Python 3.11.7).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Each alternative takes all that it looked at, up to the end of the page if need be: the time is linear whatever the input.
_MARKUP = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))                                              # a comment
    |   <(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*)
        (?>[^=>]+|=\s*+(?>"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))|=)*+(?:>|\Z)           # a tag; its quoted values may hold ">"
    |   <[!?/][^>]*(?:>|\Z)                                                      # doctype, processing instruction, nonsense
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=][^\s/>=]*)
        (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?""",
    re.VERBOSE,
)
_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements in which no tags are read."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,40});?")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the page from `start` to `end`; `name` is a tag's, in lower case. "raw" is the text of a script and the like."""

    kind: Literal["text", "start", "end", "other", "raw"]
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its value, entities resolved, and the place of the raw value; `quote` is what stands around it."""

    name: str
    value: str
    start: int
    end: int
    quote: str


def tokens(page: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `page[start:end]`, in order and without gaps."""
    cursor = start
    while found := _MARKUP.search(page, cursor, end):
        if found.start() > cursor:
            yield Token("text", cursor, found.start())
        cursor, name = found.end(), (found["name"] or "").lower()
        if not name:
            yield Token("other", found.start(), cursor)
            continue
        yield Token("end" if found["slash"] else "start", found.start(), cursor, name)
        if name in _RAW and not found["slash"]:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, cursor, end)
            stop = closing.start() if closing else end
            if stop > cursor:
                yield Token("raw", cursor, stop, name)
            cursor = stop
    if cursor < end:
        yield Token("text", cursor, end)


def attributes(page: str, tag: Token) -> Iterator[Attribute]:
    """The attributes of a start tag; of one that is there twice, the first counts."""
    seen = set[str]()
    for found in _ATTRIBUTE.finditer(page, tag.start + 1 + len(tag.name), tag.end):
        name = found["name"].lower()
        if name in seen:
            continue
        seen.add(name)
        group = next((group for group in ("double", "single", "bare") if found[group] is not None), None)
        if group is None:
            yield Attribute(name, "", found.end(), found.end(), "")
        else:
            quote = {"double": '"', "single": "'"}.get(group, "")
            yield Attribute(name, html.unescape(found[group]), found.start(group), found.end(group), quote)


def pieces(page: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A text in runs without entities and single entities, each with its place."""
    cursor = start
    for found in _ENTITY.finditer(page, start, end):
        if found.start() > cursor:
            yield page[cursor : found.start()], cursor, found.start()
        yield html.unescape(found[0]), found.start(), found.end()
        cursor = found.end()
    if cursor < end:
        yield page[cursor:end], cursor, end
