"""What of the phrase table is kept: no names and figures that nothing in the source phrase explains, no pairs whose words are strangers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from translate.embedded.sounds import sounds_like
from translate.embedded.training.phrases import Phrase, Scored
from translate.lexicon.learn.align import Points

_LATIN: Final = re.compile(r"^[\x20-\x7eÀ-ÿ]+$")
_UNLIKELY: Final = -4.5  # mean log of lexical probabilities of a pair seen once, below which it is taken for a misalignment
_ALIKE: Final = 0.55
_SHARE: Final = 0.05  # of a word's links that a name has to have


class Evidence:
    """How often words were linked, and what dictionaries say.

    Args:
        sentences: source tokens, target tokens and links of all pairs, entries among them.
        entries: phrase pairs that dictionaries have; they are kept as they are.
    """

    def __init__(self, sentences: Iterable[tuple[Sequence[str], Sequence[str], Points]], entries: Container[tuple[Phrase, Phrase]]) -> None:
        self._links: Counter[tuple[str, str]] = Counter()
        self._totals: Counter[str] = Counter()
        self._entries = entries
        for source, target, links in sentences:
            self._links.update((source[i], target[j]) for i, j in links)
            self._totals.update(source[i] for i, _ in links)

    def kept(self, scored: Iterable[Scored]) -> Iterator[Scored]:
        """The pairs that are worth keeping."""
        return (pair for pair in scored if (pair.source, pair.target) in self._entries or (self._supported(pair) and not _strangers(pair)))

    def _supported(self, pair: Scored) -> bool:
        """Whether every capitalised word and figure of the target is linked with a word that explains it."""
        for place, word in enumerate(pair.target):
            if not _LATIN.match(word):
                return False
            named, figure = word[0].isupper() and word != "I", word[0].isdigit()
            if named or figure:
                linked = [pair.source[i] for i, j in pair.alignment if j == place]
                if not any(self._explains(source, word, least=3 if figure else 2) for source in linked):
                    return False
        return True

    def _explains(self, source: str, word: str, least: int) -> bool:
        count = self._links[source, word]
        if word[0].isdigit():
            return count >= least
        return source == word or (count >= least and count >= _SHARE * self._totals[source]) or sounds_like(source, word) >= _ALIKE


def _strangers(pair: Scored) -> bool:
    if pair.count > 1 or not pair.target:
        return False
    return min(pair.features[2] / len(pair.target), pair.features[3] / len(pair.source)) < _UNLIKELY
