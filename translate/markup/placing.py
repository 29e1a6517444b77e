"""Where the markup inside a sentence goes in its translation.

The marks keep their order, so that elements stay balanced and nested as they were. What is linked or emphasised is also
translated by itself, and looked for in the translation of the whole sentence; what is not found goes where it stands in the
source, measured in letters, at the edge of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from translate.markup.matching import Line, Match, best_chain, find_literal, find_phrase
from translate.markup.segments import ARABIC, Mark

_LETTER = re.compile(r"[^\W_]")
_OPENING = "\"'“‘«([{"
_CLOSING = "\"'”’»)]},.;:!?…،؛؟"


@dataclass(frozen=True, slots=True)
class Insertion:
    """A mark in place of the translation's characters `start` to `end`; `apart`: it needs blanks on both sides."""

    start: int
    end: int
    mark: Mark
    apart: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """Where all marks go, in their order, and the phrases (of the source) for which that is a guess."""

    insertions: tuple[Insertion, ...]
    guessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of the source between two marks, line breaks not counted.

    Attributes:
        text: its text, from `start` on.
        covered: whether it is inside an element.
        literal: whether a mark stands for it.
        letters: how many letters it has; none in a literal.
    """

    text: str
    start: int
    covered: bool
    literal: bool
    letters: int

    @property
    def phrase(self) -> str:
        """Its text without blanks around it."""
        return self.text.strip()


def phrases(source: str, marks: Sequence[Mark]) -> list[str]:
    """The phrases whose own translations help to place the marks: none where no mark stands between words.

    Args:
        source: a sentence.
        marks: those inside it; their places count in it.
    """
    runs = _runs(source, marks)
    return [runs[number].phrase for number in _sought(runs) if not runs[number].literal and ARABIC.search(runs[number].phrase)]


def place(source: str, marks: Sequence[Mark], target: str, own: Mapping[str, str]) -> Placement:
    """Find a place for every mark of a sentence, but for line breaks that would have no word between them.

    Args:
        source: the sentence.
        marks: those inside it, in order; their places count in it.
        target: its translation, words with one blank between them.
        own: the translation of each of its `phrases`.
    """
    runs, line = _runs(source, marks), Line(target)
    sought = _sought(runs)
    matches = _matches(source, [runs[number] for number in sought], line, own)
    found = {sought[number]: match for number, match in matches.items()}
    cuts = _cuts(source, runs, line, found, [mark.at for mark in marks if mark.kind == "break"])
    exact = {runs[number].start: match.exact for number, match in found.items() if match.exact}
    atoms = [mark for mark in marks if mark.kind == "atom"]
    beside = {("open", atom.at) for atom in atoms} | {("close", atom.until) for atom in atoms if atom.until > atom.at}
    insertions, least = list[Insertion](), 0
    for mark in marks:
        if wanted := exact.get(mark.at) if mark.until > mark.at else None:
            insertion = Insertion(*wanted, mark, False)
        else:
            insertion = _insertion(mark, source, line, cuts[mark.at], (mark.kind, mark.at) in beside)
        if insertion.start < least:
            insertion = replace(insertion, start=least, end=least)
        if mark.kind != "break" or insertion.end > insertion.start:
            insertions.append(insertion)
            least = insertion.end
    guessed = dict.fromkeys(runs[number].phrase for number in sought if number not in found)
    return Placement(tuple(insertions), tuple(guessed))


def _runs(source: str, marks: Sequence[Mark]) -> list[_Run]:
    solid = [mark for mark in marks if mark.kind != "break"]
    edges = sorted({0, len(source), *(mark.at for mark in solid), *(mark.until for mark in solid)})
    literals = {mark.at for mark in solid if mark.until > mark.at}
    steps, depth, lowest = Counter[int](), 0, 0
    for mark in solid:
        step = {"open": 1, "close": -1}.get(mark.kind, 0)
        steps[mark.at] += step
        depth += step
        lowest = min(lowest, depth)
    depth, runs = -lowest, []  # what is closed without having been opened was opened before the sentence
    for start, end in pairwise(edges):
        depth += steps[start]
        letters = 0 if start in literals else _letters(source[start:end])
        runs.append(_Run(source[start:end], start, depth > 0, start in literals, letters))
    return runs


def _sought(runs: Sequence[_Run]) -> list[int]:
    """The numbers of the runs that are looked for in the translation."""
    worded = [number for number, run in enumerate(runs) if _LETTER.search(run.text)]
    return [number for number in worded if runs[number].covered or runs[number].literal] if len(worded) > 1 else []


def _matches(source: str, runs: Sequence[_Run], line: Line, own: Mapping[str, str]) -> dict[int, Match]:
    found = list[list[Match]]()
    for run in runs:
        expected = (run.start + len(run.text) / 2) / len(source)
        if run.literal:
            found.append(find_literal(run.text, line, expected))
        else:
            found.append(find_phrase(own.get(run.phrase, run.phrase), line, expected))
    return best_chain(found, [not run.literal for run in runs], len(line.units))


def _cuts(source: str, runs: Sequence[_Run], line: Line, found: Mapping[int, Match], breaks: Sequence[int]) -> dict[int, int]:
    """For each place where a run or a line break begins, and for the end, a unit: by a match, else in proportion to the letters."""
    fixed = {0: 0}
    for number in sorted(found):
        fixed[number] = found[number].start
        fixed[number + 1] = found[number].end
    fixed.setdefault(len(runs), len(line.units))
    cuts = dict[int, int]()
    for (first, low), (last, high) in pairwise(fixed.items()):
        shares = _shares([(run.letters, run.covered) for run in runs[first:last]], line, low, high)
        cuts |= {run.start: cut for run, cut in zip(runs[first:last], shares, strict=True)}
    cuts[len(source)] = fixed[len(runs)]
    edges = sorted(cuts)
    for (start, end), inside in groupby(breaks, lambda place: _around(edges, place)):
        parts = list(pairwise([start, *inside, end]))
        shares = _shares([(_letters(source[begin:stop]), False) for begin, stop in parts], line, cuts[start], cuts[end])
        cuts |= {begin: cut for (begin, _), cut in zip(parts, shares, strict=True) if begin not in cuts}
    return cuts


def _around(edges: Sequence[int], place: int) -> tuple[int, int]:
    """The two edges with the place between them."""
    after = bisect_right(edges, place)
    return edges[after - 1], edges[after]


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


def _shares(parts: Sequence[tuple[int, bool]], line: Line, low: int, high: int) -> list[int]:
    """The first unit of each part when parts of so many letters share the units `low` to `high`.

    A part with letters has at least one unit, if there are so many; of single letters ("and") only one that must (the bool).
    """
    total = sum(letters for letters, _ in parts)
    before = accumulate((letters for letters, _ in parts[:-1]), initial=0)
    cuts = [*(line.nearest(letters / total, low, high) if total else low for letters in before), high]
    least = [int(letters > 1 or (letters > 0 and must)) for letters, must in parts]
    if sum(least) > high - low:
        least = [int(letters > 0 and must) for letters, must in parts]
    if sum(least) <= high - low:
        for place in range(1, len(parts)):
            cuts[place] = max(cuts[place], cuts[place - 1] + least[place - 1])
        for place in range(len(parts) - 1, 0, -1):
            cuts[place] = min(cuts[place], cuts[place + 1] - least[place])
    return cuts[:-1]


def _insertion(mark: Mark, source: str, line: Line, cut: int, beside: bool) -> Insertion:
    """The mark between the unit before the cut and the one from it on, punctuation inside or outside as in the source.

    Args:
        mark: the mark.
        source: the sentence that it stands in.
        line: the sentence's translation.
        cut: a unit of it.
        beside: whether it goes around an atom that is just beside it, and not around a word and its punctuation.
    """
    left, right = line.end_of(cut - 1), line.start_of(cut)
    before, after = ("", "") if beside else (source[mark.at - 1 : mark.at], source[mark.at : mark.at + 1])
    if source[mark.at : mark.until] == " " and left < right:
        return Insertion(left, right, mark, False)
    if mark.kind in ("break", "open"):
        unit = line.text[right : line.end_of(cut)] if cut < len(line.units) else ""
        begin = right + (0 if after in _OPENING else _hanging(unit, unit.lstrip(_OPENING)))
        return Insertion(begin, begin, mark, False)
    if mark.kind == "close" or (mark.until == mark.at and not mark.apart and before.strip()):
        unit = line.text[line.start_of(cut - 1) : left] if cut else ""
        end = left - (0 if before in _CLOSING else _hanging(unit, unit.rstrip(_CLOSING)))
        return Insertion(end, end, mark, False)
    return Insertion(right, right, mark, mark.apart or mark.until > mark.at)


def _hanging(unit: str, bare: str) -> int:
    """How much punctuation hangs on a unit; none on one that is nothing else."""
    return len(unit) - len(bare) if bare else 0
