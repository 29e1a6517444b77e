"""Markdown (CommonMark with GitHub's tables, footnotes, task lists; front matter) → its segments, with pulldown-cmark's places."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, cast

from translate.markup.html import INLINE, read_html_part, tag_kind
from translate.markup.segments import ARABIC, Edit, Markup, Segment, SegmentBuilder
from translate.markup.tokens import tokens

_INLINE_ELEMENTS = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_LEFT_BLOCKS = frozenset({"MetadataBlock", "CodeBlock"})
_SHORTCUTS = frozenset({"Collapsed", "CollapsedUnknown", "Shortcut", "ShortcutUnknown"})
# Always, unless inside a word; at the end (of a heading); at the beginning (of a line). All of these read the same escaped.
_ESCAPED = re.compile(
    r"[\\*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)"
    r"|\{(?=[^{}]*\}$)|(?<!\w)#(?=#*$)"
    r"|^[>(:^]|^[-+=#](?!\w)"
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Event:
    """What the parser says: begin or end of an element, or something without an end; its data; its place in characters."""

    kind: str
    name: str
    data: Any
    start: int
    end: int

    @property
    def link_type(self) -> str:
        """How a link or an image says its address."""
        kind = self.data["link_type"] if self.name in ("Link", "Image") else ""
        return kind if isinstance(kind, str) else next(iter(kind))


def read_markdown(document: str) -> Markup:
    """The segments of a Markdown document. Nothing is an error: any text is Markdown.

    Left as they are: front matter, code, formulas, addresses, link targets and titles. HTML blocks are read as HTML.
    """
    reader = _Reader(document)
    for event in _events(document):
        reader.read(event)
    return Markup(tuple(sorted(reader.segments, key=lambda segment: segment.starts[0])), tuple(reader.edits))


def _events(document: str) -> Iterator[_Event]:
    import pyromark

    o = pyromark.Options
    options = (
        o.ENABLE_GFM | o.ENABLE_TABLES | o.ENABLE_FOOTNOTES | o.ENABLE_STRIKETHROUGH | o.ENABLE_TASKLISTS | o.ENABLE_HEADING_ATTRIBUTES
    ) | (o.ENABLE_YAML_STYLE_METADATA_BLOCKS | o.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS | o.ENABLE_MATH | o.ENABLE_WIKILINKS)
    # Its places count bytes of UTF-8.
    places = array("Q", accumulate((len(character.encode()) for character in document), initial=0))
    for event, place in pyromark.events_with_range(document, options=options):
        start, end = bisect_left(places, place["start"]), bisect_left(places, place["end"])
        if isinstance(event, str):
            yield _Event("single", event, None, start, end)
            continue
        ((name, data),) = cast("dict[str, Any]", event).items()
        if name in ("Start", "End"):
            inner, value = (data, None) if isinstance(data, str) else next(iter(data.items()))
            yield _Event(name.lower(), inner, value, start, end)
        else:
            yield _Event("single", name, data, start, end)


class _Reader:
    """Walks through a document's events. A segment ends where a block begins or ends, and at a hard line break."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.segments, self.edits = list[Segment](), list[Edit]()
        self._builders = [SegmentBuilder(escape_markdown)]  # one more for each image around: its description is a segment
        self._open = list[_Event]()
        self._pending: _Event | None = None  # its markup reaches up to the next event
        self._left: _Event | None = None  # an element that is left as it is
        self._cursor = 0  # the end of what has been read
        self._quotes = 0

    def read(self, event: _Event) -> None:
        """Read the next event."""
        if self._left is not None:
            if (event.kind, event.name, event.start) == ("end", self._left.name, self._left.start):
                self._left = None
            return
        start = event.start
        if event.name == "Text" and self._cursor < start and self.document[start - 1] == "\\":
            start -= 1
        self._settle(event, start)
        if event.kind == "single":
            self._single(event, start)
            self._cursor = event.end
        elif event.name not in _INLINE_ELEMENTS:
            self._block(event)
            self._cursor = event.start if event.kind == "start" else event.end
        elif event.kind == "start":
            self._begin(event)
        else:
            self._end(event)
            self._cursor = event.end

    @property
    def _builder(self) -> SegmentBuilder:
        return self._builders[-1]

    def _flush(self) -> None:
        if segment := self._builder.build():
            self.segments.append(segment)

    def _settle(self, event: _Event, start: int) -> None:
        """Add the pending markup, now that it is known where it ends."""
        pending, self._pending = self._pending, None
        if pending is None:
            return
        if pending.name == "SoftBreak":
            self._cursor = pending.end if event.kind == "end" else start
            self._builder.line_break(pending.start, self._cursor)
        else:
            self._cursor = event.end if event.kind == "end" else start
            self._builder.mark("open", pending.start, self._cursor, hollow=pending.name == "Link")

    def _single(self, event: _Event, start: int) -> None:
        if event.name == "Text":
            escaped = event.start - start  # the backslash
            self._builder.text(event.data[:escaped], start, event.start + escaped)
            self._builder.text(event.data[escaped:], event.start + escaped, event.end)
        elif event.name == "SoftBreak":
            self._pending = event
        elif event.name in ("HardBreak", "Rule"):
            self._flush()
        elif event.name == "InlineHtml":
            self._html(event)
        elif event.name in ("InlineMath", "DisplayMath") and ARABIC.search(event.data):
            self._builder.text(self.document[start : event.end], start, event.end)  # two prices in dollars
        elif event.name != "TaskListMarker":
            self._builder.mark("atom", start, event.end, text=event.data if event.name == "Code" else "")

    def _html(self, event: _Event) -> None:
        """A tag or a comment among the text."""
        found = read_html_part(self.document, event.start, event.end)
        self.segments += found.segments
        self.edits += found.edits
        tag = next(tokens(self.document, event.start, event.end))
        if tag.kind in ("start", "end") and tag.name not in INLINE:
            self._flush()
        else:
            self._builder.mark(tag_kind(self.document, tag), event.start, event.end)

    def _begin(self, event: _Event) -> None:
        """The begin of emphasis, a link or an image."""
        if event.link_type in ("Autolink", "Email", "WikiLink"):
            self._leave(event, self.document[event.start : event.end].strip("<>[]"))
        elif event.name == "Image" and event.link_type in _SHORTCUTS:
            self._leave(event, "")  # what describes it is also the name of its address
        else:
            self._open.append(event)
            self._pending = event
            if event.name == "Image":
                self._builders.append(SegmentBuilder(escape_markdown))

    def _leave(self, event: _Event, text: str) -> None:
        self._left = event
        self._builder.mark("atom", event.start, event.end, text=text)
        self._cursor = event.end

    def _end(self, event: _Event) -> None:
        """The end of emphasis, a link or an image."""
        opened = self._open.pop()
        if opened.name == "Image":
            self._flush()
            self._builders.pop()
            self._builder.mark("atom", event.start, event.end)
            return
        # A link whose address is found by its text needs that as a label once the text is another.
        rewritten = f"][{opened.data['id']}]" if opened.link_type in _SHORTCUTS else None
        self._builder.mark("close", self._cursor, event.end, rewritten=rewritten, hollow=event.name == "Link")

    def _block(self, event: _Event) -> None:
        self._flush()
        starts = event.kind == "start"
        if event.name == "BlockQuote":
            self._quotes += 1 if starts else -1
        elif starts and (event.name in _LEFT_BLOCKS or event.name == "HtmlBlock"):
            self._left = event
            # Inside a quotation each of its lines begins with ">", which is no HTML.
            if event.name == "HtmlBlock" and not self._quotes:
                found = read_html_part(self.document, event.start, event.end)
                self.segments += found.segments
                self.edits += found.edits


def escape_markdown(text: str) -> str:
    """Text that reads the same in Markdown, wherever it stands."""
    escaped = _NUMBERED.sub(r"\1\\\2", _ESCAPED.sub(r"\\\g<0>", text))
    if text.count("$") > 1 or text.endswith("$"):
        escaped = escaped.replace("$", r"\$")  # two of them may be a formula; one price is none
    return escaped.replace("`", "&#96;")  # an escaped one would still end code that begins before
