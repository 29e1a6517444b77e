"""What every span of a source sentence can become: phrases that were seen, glosses of the lexicon, spelled names, figures, nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from translate.embedded.glosses import glosses_of, listed, name_of, spelled
from translate.embedded.lm import LanguageModel
from translate.embedded.source import Word
from translate.lexicon.options import DROPPED

FEATURES: Final = (
    "p(e|f)", "p(f|e)", "lex(e|f)", "lex(f|e)", "once", "special", "gloss", "share", "dropped", "phrases", "words", "unknown", "strange",
    "lm", "distortion", "before monotone", "before swapped", "before apart", "after monotone", "after swapped", "after apart",
)  # fmt: skip
"""The features in the order of a weight vector.

Logarithms of probabilities, of what was seen (p, lex) and of the lexicon's glosses (share); counts: of phrases seen once
(negative), or in texts about special subjects only (negative), glosses, words left out, phrases, English words, spelled words, English
words that the model does not know; the model; words jumped over (negative); and the lexicalised reordering.
"""

SEEN: Final = 6  # features that an entry of the table has of its own
STATIC: Final = FEATURES.index("lm")
LM: Final = STATIC
DISTORTION: Final = FEATURES.index("distortion")
REORDERING: Final = FEATURES.index("before monotone")
LONGEST: Final = 6
_NEUTRAL: Final = (-0.4, -3.0, -1.6) * 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A target phrase of the table: tokens; `SEEN` features; six logs of reordering probabilities."""

    target: tuple[str, ...]
    features: tuple[float, ...]
    reordering: tuple[float, ...]


class Table(Protocol):
    """Finds the entries of a source phrase."""

    def find(self, source: tuple[str, ...]) -> Sequence[Entry]:
        """The entries, likeliest first; none where the phrase is unknown."""


@dataclass(frozen=True, slots=True)
class Option:
    """An entry ready for the search: numbered words, weighted costs (`sided`: alone, by its neighbour before), raw features for tuning."""

    target: tuple[str, ...]
    numbers: tuple[int, ...]
    static: tuple[float, ...]
    base: float
    inner: float
    reordering: tuple[float, ...]
    weighted: tuple[float, ...]
    sided: tuple[float, ...]


Banned = tuple[int, int, tuple[str, ...]]
"""Start and end of a span, and a target that it must not become."""

Spans = list[list[tuple[int, list[Option]]]]
"""For every start, the ends of spans that begin there, each with its options, best first."""


class Options:
    """Makes the options of spans for one set of weights.

    Args:
        table: the phrase table.
        lm: the language model.
        weights: one for each of `FEATURES`.
        most: how many options of a span are kept.
        banned: what is not to be used, as far as a word has anything else.
    """

    def __init__(
        self, table: Table, lm: LanguageModel, weights: Sequence[float], *, most: int = 20, banned: Collection[Banned] = ()
    ) -> None:
        self._banned = banned
        self._table, self._lm, self._weights, self._most = table, lm, weights, most

    def of(self, words: Sequence[Word]) -> Spans:
        """The options of every span that something is known of, and of every single word."""
        self._lm.forget()
        keys = [word.key for word in words]
        result: Spans = []
        for start, word in enumerate(words):
            spans = []
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                found = [self._seen(entry) for entry in self._table.find(tuple(keys[start:end]))]
                found += self._listed(words[start:end]) if not found else []
                found += self._sounding(words, start, end)
                if end == start + 1:
                    found = self._with_own(word, found)
                if self._banned:
                    allowed = [option for option in found if (start, end, option.target) not in self._banned]
                    found = allowed if allowed or end > start + 1 else found
                if found:
                    best = {option.target: option for option in sorted(found, key=lambda o: o.base + o.inner)}
                    spans.append((end, sorted(best.values(), key=lambda o: -(o.base + o.inner))[: self._most]))
            result.append(spans)
        return result

    def _listed(self, words: Sequence[Word]) -> list[Option]:
        """What the lexicon's own phrases have for words that the table does not have together."""
        return [self._make(target, (*_never_seen(), 1.0, share, 0.0, 1.0), 0.0) for target, share in listed(words)]

    def _sounding(self, words: Sequence[Word], start: int, end: int) -> list[Option]:
        """A whole written word as the name it sounds like, where the model knows that name and no text has the word's usual reading."""
        name = name_of(words, start, end)
        if name is None or name not in self._lm.number:
            return []
        return [self._make((name,), (*_never_seen(), 0.0, 0.0, 0.0, 1.0), 1.0)]

    def _with_own(self, word: Word, found: list[Option]) -> list[Option]:
        """What a single word has besides phrases: glosses, nothing at all where that can be, its spelling where there is nothing else."""
        found += [self._make(tuple(text.split()), (*_never_seen(), 1.0, share, 0.0, 1.0), 0.0) for text, share in glosses_of(word)]
        if word.key in DROPPED:
            found.append(self._make((), (*_never_seen(), 0.0, 0.0, 1.0, 1.0), 0.0))
        if not found:
            found.append(self._make(spelled(word, self._table), (*_never_seen(), 0.0, 0.0, 0.0, 1.0), 1.0))
        return found

    def _seen(self, entry: Entry) -> Option:
        dropped = 0.0 if entry.target else 1.0
        return self._make(entry.target, (*entry.features, 0.0, 0.0, dropped, 1.0), 0.0, entry.reordering)

    def _make(self, target: tuple[str, ...], own: tuple[float, ...], unknown: float, reordering: tuple[float, ...] = _NEUTRAL) -> Option:
        numbers = tuple(self._lm.number.get(token, 0) for token in target)
        static = (*own, float(len(target)), unknown, float(numbers.count(0)))
        weights = self._weights
        inner, state, length = 0.0, 0, 0
        for number in numbers:
            score, state, length = self._lm.score(state, length, number)
            inner += score
        weighted = tuple(w * r for w, r in zip(weights[REORDERING:], reordering, strict=True))
        base = sum(w * f for w, f in zip(weights, static, strict=False))
        sided = tuple(base + weight for weight in weighted[:3])
        return Option(target, numbers, static, base, inner * weights[LM], reordering, weighted, sided)


def _never_seen() -> Iterator[float]:
    return iter((0.0,) * SEEN)
