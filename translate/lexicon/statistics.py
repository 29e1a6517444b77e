"""What was learned from parallel text and ships with mujaz, read lazily: a file's lines are split when it is opened, parsed when looked up.

Files in `data/`, gzipped, a key and its values a line: see README.md there for how they were made, from what, and under which licences.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final

from translate.lexicon.language_model import LanguageModel
from translate.lexicon.transliterate import Transliterator

READINGS: Final = "readings.tsv.gz"
WORDS: Final = "words.tsv.gz"
PHRASES: Final = "phrases.tsv.gz"
ENGLISH: Final = "english.tsv.gz"
SPELLING: Final = "spelling.tsv.gz"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learned translation of some units.

    Attributes:
        target: English tokens joined by blanks; "" where nothing is said in English.
        forward, backward, lexical: logarithms of how likely the target is for the source, the source for the target, and the target
            word by word.
    """

    target: str
    forward: float
    backward: float
    lexical: float


class Statistics:
    """The learned tables.

    Args:
        files: each file's lines by key.
    """

    def __init__(self, files: Mapping[str, Mapping[str, str]]) -> None:
        self.counts: dict[str, float] = {key: float(value) for key, value in files[READINGS].items()}
        self._files, self._words, self._phrases = files, files[WORDS], files[PHRASES]
        self.speller = Transliterator({gram: int(count) for gram, count in files[SPELLING].items()})

    @cached_property
    def english(self) -> LanguageModel:
        """The language model, which only the gloss needs."""
        return LanguageModel(self._files[ENGLISH])

    def words(self, lexeme: str) -> dict[str, float]:
        """English words that a lexeme was aligned with, in lower case, and how often."""
        cells = self._words.get(lexeme, "").split("\t")
        return {word: float(count) for word, count in zip(cells[::2], cells[1::2], strict=False)}

    def candidates(self, source: str) -> Iterator[Candidate]:
        """The learned translations of a run of units, given by their keys joined by blanks."""
        cells = self._phrases.get(source, "").split("\t")
        for place in range(0, len(cells) - 3, 4):
            forward, backward, lexical = (float(cell) / 10 for cell in cells[place + 1 : place + 4])
            yield Candidate(cells[place], forward, backward, lexical)


class _Shipped(Mapping[str, Mapping[str, str]]):
    """The files in `data/`, each read when it is asked for."""

    def __getitem__(self, name: str) -> Mapping[str, str]:
        text = gzip.decompress((resources.files("translate.lexicon") / "data" / name).read_bytes()).decode("utf-8")
        return dict(line.split("\t", 1) for line in text.splitlines())

    def __iter__(self) -> Iterator[str]:
        return iter((READINGS, WORDS, PHRASES, ENGLISH, SPELLING))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=1)
def load_statistics() -> Statistics:
    """The tables that ship with mujaz, which takes about half a second."""
    return Statistics(_Shipped())
