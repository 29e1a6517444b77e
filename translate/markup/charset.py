"""The encoding of an HTML page, which may say itself what it is."""

from __future__ import annotations

import codecs
import re

from translate.encoding import Decoded, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which browsers look for it, four times over


def decode_html(data: bytes, *, where: str) -> Decoded:
    """Decode a page: UTF-8 (or UTF-16) where the bytes are that, else what its meta element says, else what `decode` guesses.

    A page that was saved from a browser is often UTF-8 with the old meta element, so the bytes are asked first.

    Raises:
        InputError: not text, or undecodable.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if match := _CHARSET.search(data[:_HEAD]):
            try:
                encoding = codecs.lookup(match.group(1).decode("ascii", "replace")).name
                return Decoded(data.decode(encoding), encoding)
            except (LookupError, UnicodeDecodeError):
                pass  # an unknown or wrong name
    return decode(data, where=where)
