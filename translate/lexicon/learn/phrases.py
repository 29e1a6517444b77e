"""Learns how units are translated: phrases of up to four units, and the English words of each lexeme."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from translate.lexicon.learn.align import Points, align
from translate.lexicon.learn.corpus import Pair, english_stem
from translate.lexicon.learn.readings import content_stems
from translate.lexicon.ranking import aligned_as, lexeme
from translate.lexicon.units import Unit

LONGEST_SOURCE: Final = 4
_LONGEST_TARGET: Final = 6
_DICTIONARY: Final = 0.4  # pseudo-count of a gloss in the alignment


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence pair as units and English tokens, with their alignment."""

    units: tuple[Unit, ...]
    english: tuple[str, ...]
    points: Points


def align_units(pairs: Sequence[Pair], units: Sequence[Sequence[Unit]]) -> list[Aligned]:
    """Align units with English tokens; inflections of a lexeme and of an English word count as one, glosses as evidence.

    Args:
        pairs: the corpus.
        units: of each pair's Arabic side.
    """
    arabic: dict[str, int] = {}
    english: dict[str, int] = {}
    sources = [[arabic.setdefault(aligned_as(unit.readings, unit.key), len(arabic) + 1) for unit in line] for line in units]
    targets = [[english.setdefault(english_stem(word), len(english) + 1) for word in pair.english] for pair in pairs]
    prior = {
        (arabic[aligned_as(unit.readings, unit.key)], english[stems[0]]): _DICTIONARY
        for line in units
        for unit in line
        for reading in unit.readings[:1]
        for stems in content_stems(reading.glosses)
        if len(stems) == 1 and stems[0] in english
    }
    points = align(sources, targets, prior=prior)
    return [Aligned(tuple(line), pair.english, found) for line, pair, found in zip(units, pairs, points, strict=True)]


def count_phrases(corpus: Sequence[Aligned], weights: Sequence[float]) -> dict[tuple[str, str], float]:
    """How often each phrase was seen that the alignments allow (Koehn, Och and Marcu 2003); what nothing is aligned with, as "".

    Args:
        corpus: the aligned pairs.
        weights: how much each pair counts.
    """
    joint: dict[tuple[str, str], float] = defaultdict(float)
    for aligned, weight in zip(corpus, weights, strict=True):
        for phrase in _phrases(aligned):
            joint[phrase] += weight
    return dict(joint)


def word_table(corpus: Sequence[Aligned]) -> dict[tuple[str, str], float]:
    """The probability of each English token for each unit that it is aligned with."""
    links: Counter[tuple[str, str]] = Counter()
    for aligned in corpus:
        links.update((aligned.units[s].key, aligned.english[t]) for s, t in aligned.points)
    totals: Counter[str] = Counter()
    for (key, _), count in links.items():
        totals[key] += count
    return {pair: count / totals[pair[0]] for pair, count in links.items()}


def _phrases(aligned: Aligned) -> Iterator[tuple[str, str]]:
    by_source: dict[int, list[int]] = defaultdict(list)
    by_target: dict[int, list[int]] = defaultdict(list)
    for s, t in aligned.points:
        by_source[s].append(t)
        by_target[t].append(s)
    keys = [unit.key for unit in aligned.units]
    for place, key in enumerate(keys):
        if place not in by_source:
            yield key, ""
    for start in range(len(keys)):
        low, high = len(aligned.english), -1
        for end in range(start, min(start + LONGEST_SOURCE, len(keys))):
            for t in by_source.get(end, ()):
                low, high = min(low, t), max(high, t)
            if high < 0 or high - low >= _LONGEST_TARGET:
                continue
            if any(not start <= s <= end for t in range(low, high + 1) for s in by_target.get(t, ())):
                continue
            source = " ".join(keys[start : end + 1])
            yield from ((source, target) for target in _targets(aligned.english, by_target, low, high))


def _targets(english: Sequence[str], by_target: Mapping[int, list[int]], low: int, high: int) -> Iterator[str]:
    """The English span, and the same with the unaligned words around it."""
    first = low
    while first >= 0 and (first == low or first not in by_target):
        last = high
        while last < len(english) and (last == high or last not in by_target):
            if last - first < _LONGEST_TARGET:
                yield " ".join(english[first : last + 1])
            last += 1
        first -= 1


def lexeme_words(corpus: Sequence[Aligned]) -> dict[str, Counter[str]]:
    """For each lexeme, the English tokens (in lower case) that it is aligned with alone."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for aligned in corpus:
        sources, targets = Counter(s for s, _ in aligned.points), Counter(t for _, t in aligned.points)
        for s, t in aligned.points:
            readings = aligned.units[s].readings
            if readings and readings[0].glosses and sources[s] == 1 and targets[t] == 1 and aligned.english[t][0].isalpha():
                words[lexeme(readings[0])][aligned.english[t]] += 1
    return words
