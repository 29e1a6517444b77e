"""Files, compressed files and standard input as byte streams, with every way of failing said in one line."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from translate.encoding import Decoded, decode
from translate.errors import InputError

BUFFER = 65_536


def shown(path: str) -> str:
    """A path as typed; bytes of a file name that are not UTF-8 become U+FFFD, so that a result can be written."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """The stream with look-ahead, decompressed if its first bytes are gzip's."""
    peekable = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream), BUFFER)
    if peekable.peek(2)[:2] != b"\x1f\x8b":
        return peekable
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=peekable)), BUFFER)


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn what goes wrong while a stream is opened or read into an InputError."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError("is damaged gzip", where=where, hint="get a fresh copy") from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=where) from error


def standard_input() -> BinaryIO:
    """The bytes of standard input.

    Raises:
        InputError: it is closed.
    """
    if sys.stdin is None:
        raise InputError("is closed", where="stdin", hint="name a file")
    return sys.stdin.buffer


def read_text(path: str, *, stdin: BinaryIO | None = None) -> Decoded:
    """The decoded text of a file (also .gz) or, for "-", of standard input.

    Raises:
        InputError: it cannot be read, or is not text.
    """
    return decode(read_bytes(path, stdin=stdin), where="stdin" if path == "-" else shown(path))


def read_bytes(path: str, *, stdin: BinaryIO | None = None) -> bytes:
    """The bytes of a file (decompressed, if it is gzip's) or, for "-", of standard input.

    Raises:
        InputError: it cannot be read.
    """
    if path == "-":
        with reading("stdin"):
            return unpacked(stdin or standard_input()).read()
    with reading(shown(path)), Path(path).open("rb", buffering=BUFFER) as file:
        return unpacked(file).read()
