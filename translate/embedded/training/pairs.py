"""The training set as the learner counts in: Arabic units and true-cased English tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from translate.embedded.source import Word, source_words
from translate.embedded.tokens import NUMBER, english_tokens, is_number
from translate.embedded.truecase import Truecaser
from translate.lexicon.learn.corpus import english_stem
from translate.lexicon.learn.readings import content_stems
from translate.lexicon.ranking import lexeme

LONGEST = 120
"""Words on either side of a pair that is kept."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence pair or an entry.

    Attributes:
        name: of the source that it is from.
        keys: the Arabic words as the phrase table knows them.
        classes: the same words for the aligner: one for all forms of a lexeme.
        english: tokens, figures as `NUMBER`.
        plain: whether the lexicon knows every word of it.
    """

    name: str
    keys: tuple[str, ...]
    classes: tuple[str, ...]
    english: tuple[str, ...]
    plain: bool


def masked(tokens: Iterable[str]) -> tuple[str, ...]:
    """Tokens with `NUMBER` for every figure."""
    return tuple(NUMBER if is_number(token) else token for token in tokens)


def read_pairs(rows: Iterable[tuple[str, str, str]], case: Truecaser, glosses: dict[str, set[str]]) -> list[Pair]:
    """Cut rows of (source, Arabic, English); those too long or empty on a side are left out.

    Args:
        rows: the rows.
        case: knows how English words are cased.
        glosses: gets, for each Arabic class, the English classes of the lexicon's glosses that are one word.
    """
    pairs = []
    for name, arabic, english in rows:
        words = source_words(arabic)
        tokens = masked(case.lower_start(english_tokens(english)))
        if 0 < len(words) <= LONGEST and 0 < len(tokens) <= LONGEST:
            keys, classes = tuple(word.key for word in words), tuple(_class(word) for word in words)
            pairs.append(Pair(name, keys, classes, tokens, all(word.unit.readings and word.unit.readings[0].glosses for word in words)))
            for word, known in zip(words, classes, strict=True):
                if known not in glosses and word.unit.readings:
                    found = content_stems(word.unit.readings[0].glosses)
                    glosses[known] = {stems[0] for stems in found if len(stems) == 1}
    return pairs


def _class(word: Word) -> str:
    readings = word.unit.readings
    return lexeme(readings[0]) if readings and readings[0].glosses else word.key


@lru_cache(maxsize=1 << 16)
def english_class(word: str) -> str:
    """What counts as the same English word for the aligner."""
    return english_stem(word)
