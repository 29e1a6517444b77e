"""What kind of document an input is, text, HTML or Markdown, and each kind's way of being translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from translate.arabic.script import detect_script, doubt_about, language_of
from translate.document import DocumentTranslation
from translate.encoding import decode
from translate.errors import InputError
from translate.inputs import read_bytes, shown
from translate.markup.charset import decode_html
from translate.markup.html import read_html
from translate.markup.markdown import read_markdown
from translate.markup.rewrite import translate_markup
from translate.types import Translator

Kind = Literal["text", "html", "markdown"]

_SUFFIXES: Mapping[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_ROWS = (".jsonl", ".ndjson", ".json")
_PAGE = re.compile(r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    r"\s*<(?:div|p|article|section|main|h[1-6]|ul|ol|table|figure|blockquote|span|a)\b[^>]*>.*>\s*\Z", re.IGNORECASE | re.DOTALL
)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6} |[-*+] |\d+\. |>|```)|\]\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A text to translate, what kind it is, and what was noticed while it was read."""

    text: str
    kind: Kind
    warnings: tuple[str, ...]


def read_document(path: str, input_format: Kind | Literal["auto"] = "auto", *, stdin: BinaryIO | None = None) -> Document:
    """Read a file (also .gz), or standard input for "-".

    Args:
        path: the file.
        input_format: its kind. "auto" goes by the name, where that says nothing by the content: HTML is known by how it
            begins; Markdown without a name counts as text.
        stdin: read in place of the process's own.

    Raises:
        InputError: it cannot be read, is not text, has letters but no Arabic, or is JSON.
    """
    suffix = Path(path.lower().removesuffix(".gz")).suffix
    if input_format == "auto" and suffix in _ROWS:
        hint = "mujaz summarize reads it; to translate it whole, extract its text first"
        raise InputError(f"is {suffix[1:]}, and mujaz translate takes text, HTML or Markdown", where=shown(path), hint=hint)
    where = "stdin" if path == "-" else shown(path)
    data = read_bytes(path, stdin=stdin)
    kind = _SUFFIXES.get(suffix) if input_format == "auto" else input_format
    decoded = decode_html(data, where=where) if kind in ("html", None) else decode(data, where=where)
    script = detect_script(decoded.text)
    if script.letters and not script.arabic:
        raise InputError("has no Arabic text", where=where, hint="mujaz translates from Arabic")
    doubt = doubt_about(language_of(decoded.text))
    return Document(decoded.text, kind or kind_of(decoded.text), (*decoded.warnings, *([doubt] if doubt else [])))


def kind_of(text: str) -> Literal["text", "html"]:
    """Whether a text is plainly HTML: a page, or a piece of one with tags at both ends and nothing of Markdown."""
    if _PAGE.match(text) or (_FRAGMENT.match(text) and not _MARKDOWN.search(text)):
        return "html"
    return "text"


def translate_marked_up(document: Document, translator: Translator, *, window: int) -> Iterator[DocumentTranslation]:
    """Translate HTML or Markdown; see `translate_markup`."""
    markup = read_html(document.text) if document.kind == "html" else read_markdown(document.text)
    return translate_markup(document.text, markup, translator, window=window)
