"""Writes what was learned as the files that `statistics` reads."""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Final

from translate.checks.finding import Pair
from translate.checks.names import compared_names

_DISCOUNT: Final = 0.5  # of every count of a phrase: what was seen once was perhaps aligned wrongly
_FLOOR: Final = 1e-4  # probability of a word for units that it was never aligned with
_LISTED: Final = 0.3  # least probability of a word of a listed phrase
_WEAK: Final = math.log(0.12)  # mean probability of a word of a phrase that was seen but once
_NAMED: Final = 0.15  # least probability of a word with a capital
_MOST: Final = 8  # translations of a run of units that are kept
_WORDS: Final = 8  # English words of a lexeme that are kept


def write_table(path: Path, lines: Iterable[str]) -> None:
    """Write lines, sorted, so that the same tables give the same file."""
    text = "".join(f"{line}\n" for line in sorted(lines))
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def reading_lines(counts: Mapping[str, float]) -> Iterable[str]:
    """Counts of lexemes and shapes above a half."""
    return (f"{name}\t{count:.0f}" for name, count in counts.items() if count >= 0.5)


def word_lines(words: Mapping[str, Counter[str]]) -> Iterable[str]:
    """The English words of each lexeme that it was aligned with more than once."""
    for lexeme, counts in words.items():
        kept = [(word, count) for word, count in counts.most_common(_WORDS) if count > 1]
        if kept:
            yield "\t".join([lexeme, *(f"{word}\t{count}" for word, count in kept)])


def phrase_lines(
    joint: Mapping[tuple[str, str], float],
    words: Mapping[tuple[str, str], float],
    *,
    once: float = 1.0,
    listed: Set[tuple[str, str]] = frozenset(),
) -> Iterable[str]:
    """The best translations of each run of units, with a tenth as the unit of the logarithms.

    Args:
        joint: how often each phrase was seen.
        words: probabilities of English tokens for units.
        listed: phrases that a dictionary or a list of names has: their words are likely, whatever the alignments say.
        once: what counts as seen but once; such a phrase is kept when its words are likely for its units, of which it has one or two.
    """
    targets: dict[str, float] = defaultdict(float)
    by_source: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (source, target), count in joint.items():
        targets[target] += count
        by_source[source].append((target, count))
    for source, found in by_source.items():
        total = sum(count for _, count in found)
        cells = [source]
        for target, count in sorted(found, key=lambda item: (-item[1], item[0])):
            known = (source, target) in listed
            lexical = _lexical(source.split(" "), target, words, least=_LISTED if known else _FLOOR)
            weak = source.count(" ") > 1 or not target or lexical < _WEAK * (target.count(" ") + 1)
            if count < once + 0.5 and weak:
                continue
            if not (known or _supported(source.split(" "), target, words)):
                continue
            scores = (
                math.log((count - _DISCOUNT) / (total + _DISCOUNT)),
                math.log((count - _DISCOUNT) / (targets[target] + _DISCOUNT)),
                lexical,
            )
            cells += [target, *(f"{10 * score:.0f}" for score in scores)]
            if len(cells) > 4 * _MOST:
                break
        if len(cells) > 1:
            yield "\t".join(cells)


def _supported(source: list[str], target: str, words: Mapping[tuple[str, str], float]) -> bool:
    """Whether nothing in a translation is invented: no name and no number, nor the rest of a word (the s of 1920s)."""
    tokens = target.split(" ")
    if target and any(key[0].isalpha() and not key.endswith("+") for key in source) and not any(map(_is_word, tokens)):
        return False
    if any(any(sign.isdigit() for sign in token) and token.lower() not in source for token in tokens):
        return False
    numbers = [key for key in source if key[:1].isdigit()]
    return all(number in tokens for number in numbers) and _names_supported(source, tokens, words)


def _names_supported(source: list[str], tokens: list[str], words: Mapping[tuple[str, str], float]) -> bool:
    """Whether each word with a capital is often enough aligned with a unit, and sounds like something there or is what that is called."""
    names = [token for token in tokens if token[:1].isupper() and token != "I"]
    if any(max(words.get((key, name), 0.0) for key in source) < _NAMED for name in names):
        return False
    return not names or sounds_alike(" ".join(key.strip("+") for key in source if not key.startswith("_")), " ".join(tokens))


def sounds_alike(arabic: str, english: str) -> bool:
    """Whether every name of an English phrase is like something in the Arabic one; a name is told from a word inside a sentence only."""
    return all(compared_names(Pair(arabic, f"of {english}")).values())


def _is_word(token: str) -> bool:
    return token[0].isalnum() and (len(token) > 1 or token in ("a", "I") or not token.islower())


def _lexical(source: list[str], target: str, words: Mapping[tuple[str, str], float], *, least: float) -> float:
    tokens = target.split(" ") if target else []
    return sum(math.log(max(least, *(words.get((key, token), 0.0) for key in source))) for token in tokens)


def english_lines(scores: Mapping[str, tuple[float, float]], known: frozenset[str]) -> Iterable[str]:
    """The n-grams of words that a translation can have."""
    for gram, (score, weight) in scores.items():
        if all(token in known for token in gram.split(" ")):
            yield f"{gram}\t{100 * score:.0f}" + (f"\t{100 * weight:.0f}" if weight else "")
