"""What a check reads and what it says: a pair of texts, and a finding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Final, Literal

import regex

from translate.arabic.normalize import FOLD, normalize

Kind = Literal["empty", "number", "percent", "currency", "date", "name", "negation", "leftover", "loop", "length"]

_TOKEN: Final = regex.compile(r"\d+(?:[.,]\d+)*|[\p{L}\p{M}]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong in a translation.

    Attributes:
        kind: what sort of trouble it is.
        words: the words it is about, as the checks read them; none for the length.
        message: one line for the user.
    """

    kind: Kind
    words: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Pair:
    """A source and its translation, each prepared once for all checks."""

    source: str
    target: str

    @cached_property
    def folded(self) -> str:
        """The source with one spelling for each word, and ASCII digits."""
        return normalize(self.source, FOLD).replace("،", ",")

    @cached_property
    def plain(self) -> str:
        """The target with ASCII digits and straight apostrophes, and no HTML entities."""
        return normalize(unescape(self.target), ("controls", "digits")).replace("’", "'")

    @cached_property
    def source_tokens(self) -> list[str]:
        """Words and numbers of the folded source."""
        return _TOKEN.findall(self.folded)

    @cached_property
    def cased_tokens(self) -> list[str]:
        """Words and numbers of the target."""
        return _TOKEN.findall(self.plain)

    @cached_property
    def target_tokens(self) -> list[str]:
        """Words and numbers of the target, in lower case."""
        return [token.lower() for token in self.cased_tokens]
