"""The text of a marked-up document in segments: what is translated together, with the markup inside it and each character's place."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from translate.addresses import EMAIL, TEMPLATE, URL

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_BLANKS_OR_WORDS = re.compile(r"\S+(?: \S+)*|\s+")
# No words of a language: addresses, and the places that a template engine fills in.
_VERBATIM = re.compile(f"{URL}|{EMAIL}|{TEMPLATE}")

Escape = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of markup inside a segment.

    Attributes:
        kind: "open" and "close" for what goes around text; "atom" for what stands by itself (an image, inline code, a
            comment); "break" for a line break in the source that means no more than a blank.
        at: where it stands in the segment's text.
        until: the end of the text that it stands for (inline code: the code; a break: its blank); else the same as `at`.
        start: its place in the raw document, `start` to `end`.
        rewritten: what replaces it once its segment is translated; None: it stays as it is.
        apart: whether it is an atom with blanks on both sides, of which the segment's text has only one.
        hollow: whether it is markup even with nothing between open and close, as `****` is not.
    """

    kind: Literal["open", "close", "atom", "break"]
    at: int
    until: int
    start: int
    end: int
    rewritten: str | None = None
    apart: bool = False
    hollow: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """Text that is translated together: a paragraph, a cell, an attribute's value. Runs of blanks are one blank.

    Attributes:
        text: what a reader reads: entities and escapes resolved.
        starts: for each character of `text`, where it begins in the raw document.
        ends: likewise, where it ends.
        marks: the markup inside, in the document's order.
        escape: makes plain text safe to stand in its place.
    """

    text: str
    starts: array[int]
    ends: array[int]
    marks: tuple[Mark, ...]
    escape: Escape

    def part(self, start: int, end: int) -> Segment:
        """The segment of `text[start:end]`, with the marks that lie in it."""
        first, last = bisect_left(self.marks, start, key=_at), bisect_right(self.marks, end, key=_until)
        marks = tuple(replace(mark, at=mark.at - start, until=mark.until - start) for mark in self.marks[first:last])
        return Segment(self.text[start:end], self.starts[start:end], self.ends[start:end], marks, self.escape)

    def marks_at(self, place: int) -> tuple[Mark, ...]:
        """The marks between two characters of the text."""
        return self.marks[bisect_left(self.marks, place, key=_at) : bisect_right(self.marks, place, key=_until)]

    @property
    def inner_marks(self) -> tuple[Mark, ...]:
        """The marks inside the text, and those just before or after it whose other half is inside."""
        inside = {number for number, mark in enumerate(self.marks) if mark.until > mark.at or 0 < mark.at < len(self.text)}
        for pair in _pairs(self.marks):
            if not inside.isdisjoint(pair):
                inside.update(pair)
        return self.marks[min(inside) : max(inside) + 1] if inside else ()

    @property
    def is_arabic(self) -> bool:
        """Whether there is Arabic to translate: text that is not what marks stand for."""
        cursor = 0
        for mark in self.marks:
            if mark.until > mark.at:
                if ARABIC.search(self.text, cursor, mark.at):
                    return True
                cursor = mark.until
        return ARABIC.search(self.text, cursor) is not None

    @property
    def reach(self) -> int:
        """The end of the text and its markup in the raw document."""
        return max(self.ends[-1], self.marks[-1].end if self.marks else 0)


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of the raw document's `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What can be translated in a document, and what changes with its language whatever the translation says. Both by place."""

    segments: tuple[Segment, ...]
    edits: tuple[Edit, ...]


class SegmentBuilder:
    """Puts a segment together as a reader walks through a document.

    Args:
        escape: see `Segment`.
    """

    def __init__(self, escape: Escape) -> None:
        self._escape = escape
        self._reset()

    def _reset(self) -> None:
        self._text: list[str] = []
        self._starts, self._ends, self._marks = array("I"), array("I"), list[Mark]()

    @property
    def length(self) -> int:
        """How many characters there are so far."""
        return len(self._starts)

    def text(self, text: str, start: int, end: int) -> None:
        """Add text that stands at `start` to `end`: character by character, or as a whole (an entity) where the lengths differ."""
        if len(text) != end - start:
            self._add(text if text.strip() else " ", start, end, whole=True)
            return
        for piece in _BLANKS_OR_WORDS.finditer(text):
            if not piece[0].isspace():
                self._add(piece[0], start + piece.start(), start + piece.end())
            elif "\n" in piece[0]:
                self.line_break(start + piece.start(), start + piece.end())
            else:
                self._add(" ", start + piece.start(), start + piece.end(), whole=True)

    def mark(
        self,
        kind: Literal["open", "close", "atom"],
        start: int,
        end: int,
        *,
        text: str = "",
        rewritten: str | None = None,
        hollow: bool = True,
    ) -> None:
        """Add markup that stands at `start` to `end`; `text` is what it stands for."""
        at = self.length
        self._add(" ".join(text.split()) or (" " if text else ""), start, end, whole=True)
        self._marks.append(Mark(kind, at, self.length, start, end, rewritten=rewritten, hollow=hollow))

    def line_break(self, start: int, end: int) -> None:
        """Add a line break that means no more than a blank."""
        if self._ends_blank() and self._ends[-1] == start:
            start = self._starts[-1]
            self._drop_last()
        at = self.length
        self._add(" ", start, end, whole=True)
        if self.length > at:
            self._marks.append(Mark("break", at, self.length, start, end))

    def build(self) -> Segment | None:
        """The segment, None if there is nothing in it to translate; the next one begins."""
        if self._ends_blank():
            self._drop_last()
        text = "".join(self._text)
        segment = Segment(text, self._starts, self._ends, tuple(self._marks), self._escape)
        self._reset()
        if not ARABIC.search(text):
            return None
        segment = replace(segment, marks=_with_verbatim(segment))
        return segment if segment.is_arabic else None

    def _add(self, text: str, start: int, end: int, whole: bool = False) -> None:
        if text == " " and (not self._text or self._ends_blank()):
            if self._marks and self._marks[-1].kind == "atom" and self._marks[-1].until == self.length:
                self._marks[-1] = replace(self._marks[-1], apart=True)
            return
        if text:
            self._text.append(text)
            self._starts.extend([start] * len(text) if whole else range(start, end))
            self._ends.extend([end] * len(text) if whole else range(start + 1, end + 1))

    def _ends_blank(self) -> bool:
        return bool(self._text) and self._text[-1] == " "

    def _drop_last(self) -> None:
        self._text.pop()
        self._starts.pop()
        self._ends.pop()
        # Markup around the blank alone now stands after the text before it.
        for place in range(len(self._marks) - 1, -1, -1):
            mark = self._marks[place]
            if mark.until <= self.length:
                break
            if mark.kind == "break":
                del self._marks[place]
            else:
                self._marks[place] = replace(mark, at=min(mark.at, self.length), until=self.length)


def _with_verbatim(segment: Segment) -> tuple[Mark, ...]:
    """The segment's marks, and one more for each address or template's place that has no markup inside."""
    marks = list(segment.marks)
    for found in _VERBATIM.finditer(segment.text):
        start, end = found.span()
        if bisect_right(marks, start, key=_until) == bisect_left(marks, end, key=_at):
            place = bisect_right(marks, start, key=_at)
            marks.insert(place, Mark("atom", start, end, segment.starts[start], segment.ends[end - 1]))
    return tuple(marks)


def _pairs(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """The numbers of the marks that open and close an element."""
    opened = list[int]()
    for number, mark in enumerate(marks):
        if mark.kind == "open":
            opened.append(number)
        elif mark.kind == "close" and opened:
            yield opened.pop(), number


def _at(mark: Mark) -> int:
    return mark.at


def _until(mark: Mark) -> int:
    return mark.until
