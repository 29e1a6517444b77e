"""Paths, folders, compressed files and stdin → articles, in input order and one at a time; what cannot be read is an error in its place."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

from summarize.article import Article
from summarize.loaders.build import article_of_text
from summarize.loaders.jsonl import field_names, read_jsonl
from translate.encoding import decode
from translate.errors import InputError
from translate.inputs import BUFFER, reading, shown, standard_input, unpacked

InputFormat = Literal["auto", "text", "html", "jsonl"]

LARGEST = 20_000_000
"""Bytes of a file that is not JSONL. The longest news pages have two."""

_SUFFIXES: Mapping[str, InputFormat] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_TEXT_SUFFIXES = (".txt", ".text", ".md")
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")
_HTML = re.compile(
    r"\s*<.{0,5000}?(?:<!doctype|</?(?:html|head|body|main|article|section|div|h1|p|span|br|meta)\b)", re.IGNORECASE | re.DOTALL
)


def read_articles(
    paths: Sequence[str],
    *,
    input_format: str = "auto",
    fields: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | InputError]:
    """Read articles lazily, in the order of `paths`. What cannot be read is yielded as an error in its place.

    Args:
        paths: files (also .gz), folders (their text, HTML and JSONL files, sorted), "-" for stdin.
        input_format: "text", "html" or "jsonl"; "auto" goes by the file's name, then by how it begins.
        fields: what JSONL rows call an article's fields, e.g. `{"text": "corps"}`.
        stdin: read in place of the process's own.

    Raises:
        ConfigError: `fields` names something that is no field of an article.
    """
    field_names(fields or {})
    for path in paths:
        if path == "-":
            yield from _stream(unpacked(stdin or standard_input()), "stdin", input_format, fields)
            continue
        for found in _files(path):
            if isinstance(found, InputError):
                yield found
            else:
                yield from _file(found, input_format, fields)


def article_from_text(text: str, *, id: str = "text", title: str | None = None, input_format: str = "auto") -> Article:
    """Read one article from a string: plain text, a page scrape or HTML.

    Args:
        text: the article; spans count in it.
        id: the article's id.
        title: the headline, if it does not stand in the text.
        input_format: "text", "html", or "auto": HTML when it begins with a tag.

    Raises:
        InputError: the text is empty or not Arabic, or the page holds no article.
    """
    if input_format == "html" or (input_format == "auto" and _HTML.match(text[:BUFFER])):
        from summarize.loaders.html import article_of_html

        return article_of_html(text, name=id, title=title)
    return article_of_text(text, name=id, title=title)


def _files(path: str) -> Iterator[str | InputError]:
    """The path itself, or the usable files of a folder, sorted; folders that cannot be opened are errors."""
    if not Path(path).is_dir():
        yield path
        return
    usable, errors = 0, list[OSError]()
    for folder, inner, names in os.walk(path, onerror=errors.append):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            suffix = Path(name.removesuffix(".gz")).suffix.lower()
            if not name.startswith(".") and (suffix in _SUFFIXES or suffix in _TEXT_SUFFIXES):
                usable += 1
                yield str(Path(folder, name))
    yield from (InputError(error.strerror or "cannot be read", where=shown(str(error.filename))) for error in errors)
    if not usable and not errors:
        yield InputError("no articles in this folder", where=shown(path), hint="looked for .txt, .md, .html, .jsonl files and .gz of these")


def _file(path: str, input_format: str, fields: Mapping[str, str] | None) -> Iterator[Article | InputError]:
    try:
        with reading(shown(path)), Path(path).open("rb", buffering=BUFFER) as file:
            yield from _stream(unpacked(file), shown(path), input_format, fields)
    except InputError as error:
        yield error


def _stream(stream: io.BufferedReader, name: str, input_format: str, fields: Mapping[str, str] | None) -> Iterator[Article | InputError]:
    """Read one stream; whatever stops it is yielded, not raised."""
    try:
        with reading(name):
            kind = _format(name, stream.peek(BUFFER)) if input_format == "auto" else input_format
            if kind == "jsonl":
                yield from read_jsonl(stream, name=name, fields=fields)
            else:
                yield _whole(stream, name, kind)
    except InputError as error:
        yield error


def _format(name: str, head: bytes) -> str:
    """By the file's name, else by how it begins (zero bytes of UTF-16 left out)."""
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").decode("latin-1")
    if _JSON.match(start):
        return "jsonl"
    return "html" if _HTML.match(start) else "text"


def _whole(stream: io.BufferedReader, name: str, kind: str) -> Article:
    """Read a file that is one article. Raises InputError."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        size = (
            f"{Path(name).stat().st_size / 1e6:.0f} MB"
            if Path(name).is_file() and not name.endswith(".gz")
            else f"more than {LARGEST // 1_000_000} MB"
        )
        raise InputError(f"is too large for one article ({size})", where=name, hint="split it, or write JSONL with one article a line")
    if kind == "html":
        from summarize.loaders.html import article_of_html
        from translate.markup.charset import decode_html

        decoded = decode_html(data, where=name)
        return article_of_html(decoded.text, name=name, metadata={"encoding": decoded.encoding}, warnings=decoded.warnings)
    decoded = decode(data, where=name)
    return article_of_text(decoded.text, name=name, metadata={"encoding": decoded.encoding}, warnings=decoded.warnings)
