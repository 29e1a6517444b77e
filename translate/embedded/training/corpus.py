"""The training set: every source of the data list read, cleaned, freed of duplicates and of what the test sets contain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from translate.arabic.normalize import normalize
from translate.embedded.training.readers import READERS

LONGEST: Final = 90  # words of a pair that is kept: longer ones align badly
OVERLAP: Final = 7  # words in a row shared with a test sentence: the pair is dropped
_ARABIC = re.compile(r"[ء-ي]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"\w+")


def read_corpus(listed: Iterable[dict[str, Any]], sources: Path, known: Held, say: Callable[[str], None]) -> Iterator[tuple[str, str, str]]:
    """Every pair that may be trained on.

    Args:
        listed: the sources, as the list of data has them.
        sources: the folder that their `root`s stand in.
        known: sentences that no pair may share.
        say: told how many pairs of each source were kept, and why others were not.

    Yields:
        The source's name, the Arabic, the English.
    """
    seen: set[tuple[str, str]] = set()
    for entry in listed:
        counts: Counter[str] = Counter()
        for arabic, english in READERS[entry["kind"]](sources / entry["root"], entry):
            pair = normalize(arabic, ["controls", "diacritics", "tatweel", "whitespace"]).strip(), re.sub(r"\s+", " ", english).strip()
            why = "twice" if pair in seen else "held out" if known.shares(*pair) else "implausible" if not plausible(*pair) else "kept"
            counts[why] += 1
            seen.add(pair)
            if why == "kept":
                yield entry["name"], *pair
        say(f"{entry['name']}: {', '.join(f'{count} {why}' for why, count in counts.most_common())}")


def plausible(arabic: str, english: str) -> bool:
    """Whether two texts can be translations: scripts, lengths, and the same digits."""
    left, right = arabic.split(), english.split()
    if not (0 < len(left) <= LONGEST and 0 < len(right) <= LONGEST):
        return False
    if len(right) > 3 and not 0.45 <= len(right) / len(left) <= 2.6:
        return False
    letters = len(_ARABIC.findall(arabic)), len(_LATIN.findall(arabic)), len(_ARABIC.findall(english)), len(_LATIN.findall(english))
    return letters[0] > 1.5 * letters[1] and letters[3] > 0 and letters[2] == 0 and arabic != english


class Held:
    """Sentences kept aside: knows whether a text repeats one, whole or by `OVERLAP` words in a row."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._whole: set[tuple[str, ...]] = set()
        for path in files:
            for line in path.read_text(encoding="utf-8").splitlines():
                words = self._words(line)
                self._whole.add(words)
                self._runs.update(words[i : i + OVERLAP] for i in range(len(words) - OVERLAP + 1))

    @staticmethod
    def _words(text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(normalize(text, ["diacritics", "tatweel", "alef"]).lower()))

    def shares(self, *texts: str) -> bool:
        """Whether any of the texts repeats a sentence kept aside."""
        for text in texts:
            words = self._words(text)
            if words in self._whole or any(words[i : i + OVERLAP] in self._runs for i in range(len(words) - OVERLAP + 1)):
                return True
        return False
