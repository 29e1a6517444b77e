"""Finds the best English for a line of units: a beam search from left to right over options, scored with a language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.lexicon.language_model import END, START, LanguageModel
from translate.lexicon.options import Option


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    before: str
    last: str
    option: Option | None
    previous: _Path | None


def decode(options: Sequence[Sequence[Option]], model: LanguageModel, *, weight: float, per_token: float, beam: int = 24) -> list[Option]:
    """The best sequence of options that covers every unit once, in order.

    Args:
        options: for each place the options that begin there; each place has one of length 1.
        model: the language model.
        weight: how much the language model counts.
        per_token: what each English token adds, against a preference for short output.
        beam: how many partial results are kept at each place.
    """
    columns: list[dict[tuple[str, str], _Path]] = [{} for _ in range(len(options) + 1)]
    columns[0][START, START] = _Path(0.0, START, START, None, None)
    for place, here in enumerate(options):
        paths = sorted(columns[place].values(), key=lambda path: -path.score)[:beam]
        for path in paths:
            for option in here:
                score, before, last = path.score + option.score, path.before, path.last
                for token in option.tokens:
                    score += weight * model.score(before, last, token) + per_token
                    before, last = last, token
                column = columns[place + option.length]
                kept = column.get((before, last))
                if kept is None or kept.score < score:
                    column[before, last] = _Path(score, before, last, option, path)
    return _trace(max(columns[-1].values(), key=lambda path: path.score + weight * model.score(path.before, path.last, END)))


def _trace(path: _Path) -> list[Option]:
    found = []
    step: _Path | None = path
    while step is not None and step.option is not None:
        found.append(step.option)
        step = step.previous
    return found[::-1]
