"""A text of any length cut into parts that a model takes: at paragraphs, else at sentences, at worst inside one; nothing is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate.arabic.clauses import split_clauses
from translate.arabic.sentences import split_sentences

Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut any more, and what stands before it in its text: a line break where a paragraph begins, else a space."""

    text: str
    joint: str


def pack(paragraphs: Sequence[str], fits: Fits) -> list[str]:
    """As few parts as there can be, all of about the same length: a crumb at the end would count as much as the rest.

    Args:
        paragraphs: the text.
        fits: whether a part is short enough. It is taken that the beginning of what fits will fit.

    Returns:
        The parts in order. Each word of the text is in exactly one.

    Raises:
        ConfigError: not even one character fits.
    """
    units = [unit for text in paragraphs for unit in _units(text, fits)]
    greedy = list(_greedy(units, fits))
    even = _even(units, len(greedy))
    return even if all(map(fits, even)) else greedy


def cut_evenly(paragraphs: Sequence[str], count: int, fits: Fits) -> list[str]:
    """About `count` parts of about the same length, cut between sentences, for a text that fits as a whole; fewer where it is short."""
    units = [unit for text in paragraphs for unit in _sentences(text, fits)]
    return _even(units, min(count, len(units)))


def _units(text: str, fits: Fits) -> Iterator[_Unit]:
    if fits(text):
        yield from (_Unit(text.strip(), "\n") for _ in range(1) if text.strip())
    else:
        yield from _sentences(text, fits)


def _sentences(text: str, fits: Fits) -> Iterator[_Unit]:
    joint = "\n"
    for sentence in split_sentences(text):
        for piece in [sentence.text] if fits(sentence.text) else split_clauses(sentence.text, fits):
            yield _Unit(piece, joint)
            joint = " "


def _greedy(units: Sequence[_Unit], fits: Fits) -> Iterator[str]:
    """One full part after the other. Where a part ends is found by doubling and halving: to look at each unit would be quadratic."""
    start = 0
    while start < len(units):
        end, step, growing = start + 1, 1, True
        while step and end < len(units):
            reach = min(end + step, len(units))
            if fits(_joined(units[start:reach])):
                end = reach
                step = step * 2 if growing else step // 2
            else:
                growing = False
                step //= 2
        yield _joined(units[start:end])
        start = end


def _even(units: Sequence[_Unit], count: int) -> list[str]:
    """The units in `count` groups of about the same length, without empty ones."""
    total = sum(len(unit.text) for unit in units)
    groups: list[list[_Unit]] = [[] for _ in range(count)]
    before = 0
    for unit in units:
        groups[min(count - 1, int((before + len(unit.text) / 2) * count / total))].append(unit)
        before += len(unit.text)
    return [_joined(group) for group in groups if group]


def _joined(units: Sequence[_Unit]) -> str:
    return "".join(unit.joint + unit.text for unit in units).lstrip()
