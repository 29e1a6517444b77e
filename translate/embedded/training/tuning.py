"""The features' weights: dev is translated, they are moved to where its translations score best, and so on; the best round is kept."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from translate.embedded.decoder import Decoder, Piece, Search
from translate.embedded.lm import LanguageModel
from translate.embedded.options import DISTORTION, FEATURES, LM, REORDERING, STATIC, Options
from translate.embedded.rendering import render
from translate.embedded.source import source_words
from translate.embedded.table import PhraseTable
from translate.embedded.training.config import EmbeddedConfig
from translate.embedded.training.objective import Pool, improve, metrics, statistics

START: Final = (
    0.15,
    0.091,
    0.083,
    0.086,
    0.161,
    0.1,
    -1.038,
    0.499,
    -0.496,
    -0.072,
    0.366,
    -0.794,
    -0.2,
    0.19,
    0.066,
    0.009,
    0.005,
    0.082,
    0.05,
    0.042,
    0.031,
)
"""Where earlier runs of this recipe ended, in the order of `FEATURES`."""
_ALONE: Final = 24  # sentences for which no processes are started
_TRIES: Final = 4  # derivations looked at for each different translation wanted

Scored = dict[str, tuple[tuple[float, ...], tuple[float, ...]]]
"""Translations of a sentence, each with its features and its statistics."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the processes share: the weights' owners, the search, and dev."""

    table: PhraseTable
    lm: LanguageModel
    search: Search
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def tune(config: EmbeddedConfig, phrases: Mapping[str, Any], english: Mapping[str, Any], say: Callable[[str], None]) -> dict[str, float]:
    """Find a weight for each feature; the same settings and data give the same weights."""

    import numpy as np

    sources, targets = (_lines(path) for path in (config.dev.source, config.dev.target))
    order = list(range(len(sources)))
    random.Random(config.seed).shuffle(order)
    learned, chosen = order[: config.tuning.sentences], order[config.tuning.sentences :] or order
    task = Task(PhraseTable(phrases), LanguageModel(english), Search(**config.search.model_dump()), sources, targets)
    weights = np.array(config.tuning.start or START)
    pools: dict[int, Scored] = {number: {} for number in learned}
    best = -1.0, weights
    for turn in range(config.tuning.rounds + 1):
        scores = _measure(task, chosen, weights)
        say(f"round {turn}: BLEU {scores[0]:.2f}, chrF {scores[1]:.2f} on the {len(chosen)} other sentences of dev")
        best = max(best, (sum(scores), weights), key=lambda pair: pair[0])
        if turn == config.tuning.rounds:
            break
        for number, found in _translate(task, learned, weights, config.tuning.best):
            pools[number] = found | pools[number]
        pool = Pool.of([list(pools[number].values()) for number in learned])
        weights = improve(pool, weights.tolist())
    return dict(zip(FEATURES, (round(float(weight), 4) for weight in best[1]), strict=True))


def _lines(path: Any) -> tuple[str, ...]:
    return tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines())


def _measure(task: Task, numbers: Sequence[int], weights: Any) -> tuple[float, float]:
    import numpy as np

    found = _translate(task, numbers, weights, 1)
    return metrics(np.sum([next(iter(scored.values()))[1] for _, scored in found], axis=0))


def _translate(task: Task, numbers: Sequence[int], weights: Any, best: int) -> list[tuple[int, Scored]]:
    global _TASK
    _TASK = task
    jobs = [(number, tuple(map(float, weights)), best) for number in numbers]
    if len(jobs) <= _ALONE:
        return [_one(job) for job in jobs]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(_one, jobs, chunksize=4)


_TASK: Task | None = None


def _one(job: tuple[int, tuple[float, ...], int]) -> tuple[int, Scored]:
    number, weights, best = job
    task = _TASK
    assert task is not None
    words = source_words(task.sources[number])
    decoder = Decoder(Options(task.table, task.lm, weights), task.lm, weights, task.search)
    found: Scored = {}
    for _, pieces in islice(decoder.ranked(words), _TRIES * best):
        text = render(pieces, words)
        if text not in found:
            found[text] = tuple(features_of(pieces, task.lm)), tuple(statistics(text, task.targets[number]))
        if len(found) == best:
            break
    return number, found


def features_of(pieces: Sequence[Piece], lm: LanguageModel) -> list[float]:
    """The features of a derivation, summed over its phrases."""
    sums = [0.0] * len(FEATURES)
    for piece, before in zip(pieces, (None, *pieces), strict=False):
        option = piece.option
        for place, value in enumerate(option.static):
            sums[place] += value
        last = before.end if before else 0
        sums[DISTORTION] -= abs(piece.start - last)
        side = 0 if piece.start == last else 1 if before and piece.end == before.start else 2
        sums[REORDERING + side] += option.reordering[side]
        if before:
            sums[REORDERING + 3 + side] += before.option.reordering[3 + side]
    sums[LM] = lm.score_sentence([token for piece in pieces for token in piece.option.target])
    assert len(pieces) == 0 or len(pieces[0].option.static) == STATIC
    return sums
