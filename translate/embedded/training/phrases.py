"""Phrase pairs: extracted from aligned sentences, scored, pruned."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from translate.embedded.tokens import NUMBER
from translate.lexicon.learn.align import Points

LONGEST_SOURCE: Final = 6
LONGEST_TARGET: Final = 7
GENERAL: Final = 1.0
"""The least weight of a source that is not about a special subject."""
Phrase = tuple[str, ...]


@dataclass(slots=True)
class Found:
    """How often a phrase pair was seen, how often in general texts, its alignment where first seen, where its neighbours stood."""

    alignment: tuple[tuple[int, int], ...]
    count: float = 0.0
    general: float = 0.0
    before: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])  # monotone, swapped, apart
    after: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])


def extract(source: Sequence[str], target: Sequence[str], links: Points) -> Iterator[tuple[int, int, int, int]]:
    """Spans (i1, i2, j1, j2), ends not included, of all phrase pairs that the alignment allows (Och and Ney 2004)."""
    of_source: list[list[int]] = [[] for _ in source]
    of_target: list[list[int]] = [[] for _ in target]
    for i, j in links:
        of_source[i].append(j)
        of_target[j].append(i)
    for i1 in range(len(source)):
        low, high = len(target), -1
        for i2 in range(i1, min(len(source), i1 + LONGEST_SOURCE)):
            for j in of_source[i2]:
                low, high = min(low, j), max(high, j)
            if high < 0 or high - low >= LONGEST_TARGET:
                continue
            if any(i < i1 or i > i2 for j in range(low, high + 1) for i in of_target[j]):
                continue
            j1 = low
            while True:
                j2 = high
                while j2 - j1 < LONGEST_TARGET:
                    yield i1, i2 + 1, j1, j2 + 1
                    j2 += 1
                    if j2 >= len(target) or of_target[j2]:
                        break
                j1 -= 1
                if j1 < 0 or of_target[j1] or high - j1 >= LONGEST_TARGET:
                    break


def collect(
    sentences: Iterable[tuple[Sequence[str], Sequence[str], Points, float]],
) -> tuple[dict[Phrase, dict[Phrase, Found]], dict[tuple[str, str], float]]:
    """Count phrase pairs and word links over all sentences, each with its weight."""
    table: defaultdict[Phrase, dict[Phrase, Found]] = defaultdict(dict)
    words: defaultdict[tuple[str, str], float] = defaultdict(float)
    for source, target, links, weight in sentences:
        _count_words(source, target, links, weight, words)
        starts, ends = set(links), set(links)
        n, m = len(source), len(target)
        starts.add((n, m))
        ends.add((-1, -1))
        for i1, i2, j1, j2 in extract(source, target, links):
            left, right = tuple(source[i1:i2]), tuple(target[j1:j2])
            if left.count(NUMBER) != right.count(NUMBER):
                continue
            found = table[left].get(right)
            if found is None:
                found = table[left][right] = Found(tuple(sorted((i - i1, j - j1) for i, j in links if i1 <= i < i2 and j1 <= j < j2)))
            found.count += weight
            found.general += weight * (weight >= GENERAL)
            found.before[0 if (i1 - 1, j1 - 1) in ends else 1 if (i2, j1 - 1) in links else 2] += weight
            found.after[0 if (i2, j2) in starts else 1 if (i1 - 1, j2) in links else 2] += weight
    return table, words


def _count_words(source: Sequence[str], target: Sequence[str], links: Points, weight: float, words: dict[tuple[str, str], float]) -> None:
    left, right = {i for i, _ in links}, {j for _, j in links}
    for i, j in sorted(links):  # sets have their order by chance, and sums depend on it
        words[source[i], target[j]] += weight
    for i, word in enumerate(source):
        if i not in left:
            words[word, ""] += weight
    for j, word in enumerate(target):
        if j not in right:
            words["", word] += weight


@dataclass(frozen=True, slots=True)
class Scored:
    """A phrase pair ready for the table.

    Attributes:
        source, target: its tokens.
        features: natural logarithms of p(e|f), p(f|e), lex(e|f), lex(f|e), then -1 if it was seen no more than once, else 0, and
            -1 if it was seen in texts about special subjects only, else 0.
        reordering: natural logarithms of how likely it is to stand monotone, swapped or apart, by its neighbour before, then after.
        alignment: of its words.
        count: how often it was seen.
    """

    source: Phrase
    target: Phrase
    features: tuple[float, ...]
    reordering: tuple[float, ...]
    alignment: tuple[tuple[int, int], ...]
    count: float


def score(table: dict[Phrase, dict[Phrase, Found]], words: dict[tuple[str, str], float], *, keep: int = 20) -> Iterator[Scored]:
    """Score phrase pairs: discounted relative frequencies, lexical weights, smoothed orientations; the `keep` best of each source."""
    forward, backward = _lexical(words)
    totals: defaultdict[Phrase, float] = defaultdict(float)
    for options in table.values():
        for target, found in options.items():
            totals[target] += found.count
    prior = [_orientations(table, "before"), _orientations(table, "after")]
    for source, options in table.items():
        total = sum(found.count for found in options.values())
        scored = []
        for target, found in options.items():
            discounted = max(found.count - 0.4, found.count * 0.3)
            features = (
                math.log(discounted / total),
                math.log(discounted / totals[target]),
                lexical_weight(source, target, found.alignment, forward),
                lexical_weight(target, source, [(j, i) for i, j in found.alignment], backward),
                -1.0 if found.count <= 1 else 0.0,
                0.0 if found.general else -1.0,
            )
            reordering = (*_smoothed(found.before, prior[0]), *_smoothed(found.after, prior[1]))
            scored.append(Scored(source, target, features, reordering, found.alignment, found.count))
        scored.sort(key=_place)
        yield from scored[:keep]


def _place(pair: Scored) -> tuple[float, Phrase]:
    """Best first; pairs that are as good, but for the last digits of sums, in the order of their words."""
    p, back, lexical, lexical_back = pair.features[:4]
    return -round(p + 0.3 * back + 0.5 * lexical + 0.3 * lexical_back, 9), pair.target


def forget_rare(table: dict[Phrase, dict[Phrase, Found]], *, longest: int = 4) -> int:
    """Take out phrases of more than `longest` words that were seen once in all; returns how many."""
    rare = [source for source, options in table.items() if len(source) > longest and sum(found.count for found in options.values()) <= 1]
    for source in rare:
        del table[source]
    return len(rare)


def add_empty(table: dict[Phrase, dict[Phrase, Found]], words: dict[tuple[str, str], float], *, least: float = 0.1) -> None:
    """Add that a word is nothing in English, where at least this share of it has no link."""
    totals: defaultdict[str, float] = defaultdict(float)
    for (source, _), count in words.items():
        totals[source] += count
    for (source, target), count in list(words.items()):
        if source and not target and count >= 3 and count / totals[source] >= least and source != NUMBER:
            table.setdefault((source,), {})[()] = Found((), count=count, general=count, before=[count, 0.0, 0.0], after=[count, 0.0, 0.0])


def _lexical(words: dict[tuple[str, str], float]) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    left: defaultdict[str, float] = defaultdict(float)
    right: defaultdict[str, float] = defaultdict(float)
    for (f, e), count in words.items():
        left[f] += count
        right[e] += count
    return {(f, e): c / left[f] for (f, e), c in words.items()}, {(e, f): c / right[e] for (f, e), c in words.items()}


def lexical_weight(given: Phrase, words: Phrase, links: Iterable[tuple[int, int]], table: dict[tuple[str, str], float]) -> float:
    """Natural log of lex(words | given, links) (Koehn, Och and Marcu 2003)."""
    linked: defaultdict[int, list[int]] = defaultdict(list)
    for g, w in links:
        linked[w].append(g)
    weight = 0.0
    for w, word in enumerate(words):
        chances = [table.get((given[g], word), 1e-7) for g in linked[w]] or [table.get(("", word), 1e-7)]
        weight += math.log(max(sum(chances) / len(chances), 1e-7))
    return weight


def _orientations(table: dict[Phrase, dict[Phrase, Found]], side: str) -> list[float]:
    sums = [0.0, 0.0, 0.0]
    for options in table.values():
        for found in options.values():
            sums = [a + b for a, b in zip(sums, getattr(found, side), strict=True)]
    return [(value + 0.1) / (sum(sums) + 0.3) for value in sums]


def _smoothed(counts: list[float], prior: list[float]) -> list[float]:
    total = sum(counts) + 2.0
    return [math.log((count + 2.0 * p) / total) for count, p in zip(counts, prior, strict=True)]
