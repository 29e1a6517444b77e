"""The training set as the learner counts in: Arabic units and true-cased English tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from translate.embedded.source import source_words
from translate.embedded.tokens import NUMBER, english_tokens, is_number
from translate.embedded.truecase import Truecaser
from translate.lexicon.learn.readings import content_stems
from translate.lexicon.ranking import aligned_as

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
            keys, classes = tuple(word.key for word in words), tuple(aligned_as(word.unit.readings, word.key) for word in words)
            pairs.append(Pair(name, keys, classes, tokens, all(word.unit.readings and word.unit.readings[0].glosses for word in words)))
            for word, known in zip(words, classes, strict=True):
                if known not in glosses and word.unit.readings:
                    found = content_stems(word.unit.readings[0].glosses)
                    glosses[known] = {stems[0] for stems in found if len(stems) == 1}
    return pairs
