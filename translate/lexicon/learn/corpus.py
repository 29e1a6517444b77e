"""Parallel text as the learner takes it: pairs of token lists, English in true case."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import regex
import snowballstemmer

from translate.lexicon.inflect import IRREGULAR_VERBS
from translate.lexicon.learn.held_out import HeldOut
from translate.lexicon.tokens import Token, tokenize

_ENGLISH: Final = regex.compile(
    r"n't\b|https?://\S+|\d+(?:[.,:/-]\d+)*|\p{L}[\p{L}\p{M}\p{N}]*(?:[-.&]\p{L}[\p{L}\p{N}]*)*(?:'(?:s|re|ve|ll|d|m)\b)?|\.{3}|\S"
)
_SPLIT: Final = regex.compile(r"(?<=\p{L})(?='(?:s|re|ve|ll|d|m)$)")
_NOT: Final = regex.compile(r"(?<=\p{L})(?=n't\b)")
_LONGEST: Final = 80
_QUOTES: Final = str.maketrans("’‘“”–—", "''\"\"--")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, and what corpus it is from."""

    source: str
    arabic: tuple[Token, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many pairs were left out: the same as one before, held out, no translation by their lengths."""

    repeated: int
    held_out: int
    implausible: int


def english_tokens(sentence: str) -> list[str]:
    """An English sentence's words, numbers and signs; 's, n't and the like are tokens of their own."""
    found = _ENGLISH.findall(_NOT.sub(" ", sentence.translate(_QUOTES)))
    return [part for token in found for part in _SPLIT.split(token) if part]


def read_pairs(paths: Iterable[Path], held_out: HeldOut) -> tuple[list[Pair], Dropped]:
    """Read parallel text, leave out what is held out or no translation, and restore English case.

    Args:
        paths: files (.tsv or .tsv.gz) of lines `Arabic TAB English`, from the corpus that the file is named after, or
            `corpus TAB Arabic TAB English`.
        held_out: sentences that neither side of a pair may repeat.

    Returns:
        The pairs, each once, in order; and how many were left out and why.
    """
    read = [row for path in paths for row in _rows(path)]
    rows = {row[1:]: row[0] for row in read}
    free = {row: source for row, source in rows.items() if not any(map(held_out.has, row))}
    raw = [(source, tokenize(arabic), english_tokens(english)) for (arabic, english), source in free.items()]
    count = len(raw)
    raw = [row for row in raw if _plausible(row[1], row[2])]
    case = TrueCase(english for _, _, english in raw)
    pairs = [Pair(source, tuple(arabic), tuple(case.restore(english))) for source, arabic, english in raw]
    return pairs, Dropped(repeated=len(read) - len(rows), held_out=len(rows) - len(free), implausible=count - len(raw))


def read_english(path: Path, held_out: HeldOut) -> list[list[str]]:
    """Read English text, a line `corpus TAB sentence` each, as tokens; without what is held out."""
    sentences = (line.partition("\t")[2] for line in _lines(path))
    return [tokens for sentence in sentences if not held_out.has(sentence) and (tokens := english_tokens(sentence))]


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in _lines(path):
        cells = line.split("\t")
        if len(cells) > 1:
            yield (cells[0], cells[1], cells[2]) if len(cells) > 2 else (path.name.partition(".")[0], cells[0], cells[1])


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def _plausible(arabic: list[Token], english: list[str]) -> bool:
    few, many = sorted((len(arabic), len(english)))
    return few > 0 and many <= _LONGEST and many <= 3 * few + 3 and any(token.kind == "word" for token in arabic)


class TrueCase:
    """How each word is written in the middle of sentences; what begins a sentence is put back to that."""

    def __init__(self, sentences: Iterable[list[str]]) -> None:
        forms: dict[str, Counter[str]] = {}
        for sentence in sentences:
            words = [token for token in sentence if token[0].isalpha()]
            if 2 * sum(word[0].isupper() for word in words) <= len(words):  # not a headline
                for word in words[1:]:
                    forms.setdefault(word.lower(), Counter())[word] += 1
        self._form = {word: counts.most_common(1)[0][0] for word, counts in forms.items()}

    def restore(self, sentence: list[str]) -> list[str]:
        """The sentence with its first word, or all words of a headline, as they are written elsewhere."""
        words = [token for token in sentence if token[0].isalpha()]
        headline = len(words) > 1 and 2 * sum(word[0].isupper() for word in words) > len(words)
        first = next((place for place, token in enumerate(sentence) if token[0].isalpha()), 0)
        restored = []
        for place, token in enumerate(sentence):
            again = place == first or (headline and token[0].isupper() and not token.isupper())
            restored.append(self._form.get(token.lower(), token.lower() if headline and token.istitle() else token) if again else token)
        return restored


@lru_cache(maxsize=1 << 16)
def english_stem(word: str) -> str:
    """What counts as the same English word when words are aligned: its stem, an irregular verb's that of its infinitive."""
    word = irregular_verbs().get(word.lower(), word)
    return str(snowballstemmer.stemmer("english").stemWord(word.lower()))


@lru_cache(maxsize=1)
def irregular_verbs() -> dict[str, str]:
    """Irregular forms of English verbs, each with its infinitive."""
    return {form: verb for verb, forms in IRREGULAR_VERBS.items() for form in forms if form not in IRREGULAR_VERBS}
