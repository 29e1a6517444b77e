"""Keeps dev and test apart from what is trained on: every text is looked for among the held-out ones, word for word and nearly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.building.leakage import folded_words
from eval.building.near_copies import NearCopies, fingerprint
from eval.finetune.pairs import Pair

THRESHOLD = 0.7
"""Share of common three-word runs from which on two texts count as one: a sentence of twenty words with one word changed has 0.71."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A pair one side of which is held out: where it stands, where the held-out text stands, and how alike they are (0 to 1)."""

    where: str
    held_out: str
    similarity: float

    def __str__(self) -> str:
        return f"{self.where} {'is' if self.similarity == 1 else 'is nearly'} {self.held_out}"


class Guard:
    """The held-out texts, both sides of each pair. Spelling (alef, diacritics), case and punctuation do not tell texts apart."""

    def __init__(self) -> None:
        self._held = NearCopies(THRESHOLD)

    def hold_out(self, pairs: Iterable[Pair]) -> None:
        """Add texts that must not be met again."""
        for pair in pairs:
            for text in (pair.source, pair.target):
                if words := folded_words(text):
                    self._held.add(pair.where, fingerprint(words))

    def find(self, pair: Pair) -> Overlap | None:
        """What is wrong with a pair, None when neither side is held out."""
        for text in (pair.source, pair.target):
            words = folded_words(text)
            if words and (copy := self._held.find(fingerprint(words))):
                return Overlap(pair.where, copy.id, copy.similarity)
        return None
