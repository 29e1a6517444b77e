"""The training set: every source of the data list read, cleaned, freed of duplicates and of what the test sets contain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from translate.arabic.normalize import normalize
from translate.embedded.training.readers import READERS
from translate.lexicon.learn.held_out import HeldOut

LONGEST: Final = 90  # words of a pair that is kept: longer ones align badly
_ARABIC = re.compile(r"[ء-ي]")
_LATIN = re.compile(r"[A-Za-z]")


def read_corpus(
    listed: Iterable[dict[str, Any]], sources: Path, known: HeldOut, say: Callable[[str], None]
) -> Iterator[tuple[str, str, str]]:
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
            why = "twice" if pair in seen else "held out" if any(map(known.has, pair)) else "kept" if plausible(*pair) else "implausible"
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
