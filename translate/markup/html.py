"""HTML → its segments: blocks of text with their inline tags, and the attributes that readers see."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Literal

from translate.markup.segments import ARABIC, Edit, Markup, Segment, SegmentBuilder
from translate.markup.tokens import Attribute, Token, attributes, pieces, tokens


def _names(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


INLINE = _names("""
a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label map mark math nobr picture q rp rt ruby s samp
small source span strike strong sub sup svg time tt u var wbr
""")
"""Elements in the middle of a sentence; any other, but for prefixed ones such as Word's <o:p>, ends a segment."""
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6 title")
_CODE = _names("code kbd samp var tt")
_LEFT = _CODE | _names("pre math svg template object canvas audio video")
"""Elements left as they are (besides those in which the tokenizer reads no tags)."""
_SILENT = _LEFT - _CODE | {"sup"}
"""Those of them that are no words of the sentence around them."""
_LONGEST_REFERENCE = 1000  # characters of markup
_SEEN = _names("alt title aria-label placeholder")
_META = _names("description og:title og:description og:image:alt twitter:title twitter:description twitter:image:alt")
_ASK = re.compile(r"(?:alt|title|label|placeholder|content|charset|lang|dir|translate|notranslate)\b", re.IGNORECASE)
_ENCODING = re.compile(r"(?:<meta\b[^>]*?charset|<\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_ARABIC_CODE = re.compile(r"ar(?:[-_]\w+)*\Z", re.IGNORECASE)


def read_html(page: str) -> Markup:
    """The segments of a page. Broken markup is read leniently, as browsers do; nothing is an error.

    Text is left as it is in scripts, styles, `pre`, code, forms' contents, `translate="no"` and class `notranslate`. With the
    text, `lang` and `dir` change (everywhere, not only on `html`), and so does the encoding the page declares: results are
    UTF-8.
    """
    return read_html_part(page, 0, len(page))


def read_html_part(page: str, start: int, end: int) -> Markup:
    """As `read_html`, for `page[start:end]`; places count in the whole page."""
    reader = _Reader(page, list(tokens(page, start, end)))
    reader.read()
    segments = sorted(reader.segments, key=lambda segment: segment.starts[0])
    return Markup(tuple(segments), tuple(reader.edits))


def tag_kind(page: str, tag: Token) -> Literal["open", "close", "atom"]:
    """Whether a tag is an "open", a "close" or stands by itself ("atom")."""
    if tag.kind == "end":
        return "close"
    return "atom" if tag.name in _VOID or tag.kind != "start" or page.endswith("/>", tag.start, tag.end) else "open"


class _Reader:
    """Walks through a page's tokens. A segment ends where an element that is not inline begins or ends, and at `<br>`."""

    def __init__(self, page: str, page_tokens: Sequence[Token]) -> None:
        self.page, self.tokens = page, page_tokens
        self.segments, self.edits = list[Segment](), list[Edit]()
        self._builder = SegmentBuilder(escape_text)
        self._ends = _matching_ends(page_tokens)
        self._links = list[tuple[int, int]]()  # the segment's links, as parts of its text
        self._link_start: int | None = None
        self._in_heading = False

    def read(self) -> None:
        """Read all tokens."""
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            if token.kind == "text" or (token.kind == "raw" and token.name == "title"):
                for piece in pieces(self.page, token.start, token.end):
                    self._builder.text(*piece)
            elif token.kind == "start":
                place = self._start(token, place)
            elif token.kind == "end":
                self._end(token)
            elif token.kind == "other":
                self._builder.mark("atom", token.start, token.end)
                self._declare_utf8(token.start, token.end)
            place += 1
        self._flush()

    def _start(self, tag: Token, place: int) -> int:
        """Read a start tag, and all of its element if that stays as it is. Returns the place of the last token read."""
        found = list(attributes(self.page, tag)) if _ASK.search(self.page, tag.start, tag.end) else []
        left = tag.name in _LEFT or any(_forbids(attribute) for attribute in found)
        if not left:
            self._read_attributes(tag, found)
        if not _inline(tag.name) and not (tag.name == "br" and self._in_heading):
            self._flush()
            self._in_heading = tag.name in _HEADINGS
        if place in self._ends and (left or self._is_reference(place)):
            last = self.tokens[self._ends[place]]
            self._builder.mark("atom", tag.start, last.end, text="" if tag.name in _SILENT else self._code(place))
            if not _inline(tag.name):
                self._flush()
            return self._ends[place]
        if tag.name == "a":
            self._link_start = self._builder.length
        if tag.name == "br":
            self._builder.mark("atom", tag.start, tag.end, text=" ")
        elif _inline(tag.name):
            self._builder.mark(tag_kind(self.page, tag), tag.start, tag.end)
        return place

    def _end(self, tag: Token) -> None:
        if not _inline(tag.name):
            self._flush()
            self._in_heading = False
            return
        if tag.name == "a" and self._link_start is not None:
            self._links.append((self._link_start, self._builder.length))
            self._link_start = None
        self._builder.mark("close", tag.start, tag.end)

    def _flush(self) -> None:
        """End the segment. Where all its words are in links (a menu, a list of tags), each link is one."""
        segment, links = self._builder.build(), self._links
        self._links, self._link_start = [], None
        if segment is None:
            return
        outside, cursor = [], 0
        for start, end in links:
            outside.append(segment.text[cursor:start])
            cursor = end
        if len(links) < 2 or ARABIC.search("".join([*outside, segment.text[cursor:]])):
            self.segments.append(segment)
            return
        for start, end in links:
            text = segment.text[start:end]
            part = segment.part(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
            if ARABIC.search(part.text):
                self.segments.append(part)

    def _is_reference(self, place: int) -> bool:
        """Whether an element is the mark of a footnote: raised, and without words."""
        start, end = self.tokens[place].end, self.tokens[self._ends[place]].start
        return self.tokens[place].name == "sup" and end - start < _LONGEST_REFERENCE and not ARABIC.search(self.page, start, end)

    def _code(self, place: int) -> str:
        """The text of an element that stays as it is."""
        inside = self.tokens[place + 1 : self._ends[place]]
        return "".join(html.unescape(self.page[token.start : token.end]) for token in inside if token.kind == "text")

    def _read_attributes(self, tag: Token, found: Sequence[Attribute]) -> None:
        """What readers see of a tag's attributes, and what says that the page is Arabic."""
        by_name = {attribute.name: attribute.value.strip().lower() for attribute in found}
        for attribute in found:
            if attribute.name in ("lang", "xml:lang") and _ARABIC_CODE.match(attribute.value.strip()):
                self.edits.append(Edit(attribute.start, attribute.end, "en"))
            elif attribute.name == "dir" and by_name["dir"] == "rtl":
                self.edits.append(Edit(attribute.start, attribute.end, "ltr"))
            elif attribute.name in _SEEN or (attribute.name == "content" and {by_name.get("name"), by_name.get("property")} & _META):
                self._read_value(attribute)
            elif tag.name == "meta" and attribute.name in ("charset", "content"):
                self._declare_utf8(tag.start, tag.end)

    def _read_value(self, attribute: Attribute) -> None:
        builder = SegmentBuilder(escape_quoted if attribute.quote else escape_bare)
        for piece in pieces(self.page, attribute.start, attribute.end):
            builder.text(*piece)
        if segment := builder.build():
            self.segments.append(segment)

    def _declare_utf8(self, start: int, end: int) -> None:
        """Let a declaration of the encoding say UTF-8, which is what results are written in."""
        named = _ENCODING.match(self.page, start, end)
        if named and named[1].lower().replace("-", "") != "utf8":
            self.edits.append(Edit(*named.span(1), "utf-8"))


def _inline(name: str) -> bool:
    return name in INLINE or ":" in name


def _forbids(attribute: Attribute) -> bool:
    value = attribute.value.lower()
    return (attribute.name == "translate" and value.strip() == "no") or (attribute.name == "class" and "notranslate" in value.split())


def _matching_ends(page_tokens: Sequence[Token]) -> dict[int, int]:
    """For each start tag that has an end tag of its name, the place of that."""
    ends, open_tags = dict[int, int](), dict[str, list[int]]()
    for place, token in enumerate(page_tokens):
        if token.kind == "start" and token.name not in _VOID:
            open_tags.setdefault(token.name, []).append(place)
        elif token.kind == "end" and open_tags.get(token.name):
            ends[open_tags[token.name].pop()] = place
    return ends


def escape_text(text: str) -> str:
    """Text safe to stand between tags."""
    return html.escape(text, quote=False)


def escape_quoted(text: str) -> str:
    """Text safe to stand between quotation marks."""
    return html.escape(text)


def escape_bare(text: str) -> str:
    """Text safe to be an attribute's value without quotation marks."""
    return re.sub(r"[\s=`]", lambda found: f"&#{ord(found[0])};", html.escape(text))
