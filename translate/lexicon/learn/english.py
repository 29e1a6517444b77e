"""Counts a language model: interpolated Kneser-Ney trigrams, pruned, as `LanguageModel` takes them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from translate.lexicon.language_model import END, START

_DISCOUNT: Final = 0.75


def learn_language_model(
    sentences: Iterable[Sequence[str]], *, fewest: Sequence[int] = (1, 1, 2), vocabulary: frozenset[str] | None = None
) -> dict[str, tuple[float, float]]:
    """Log probability and backoff weight of each n-gram.

    Args:
        sentences: English, as tokens in true case.
        fewest: how often a unigram, bigram, trigram must be seen to be kept.
        vocabulary: where given, only n-grams of these words are kept.
    """
    trigrams: Counter[tuple[str, ...]] = Counter()
    for sentence in sentences:
        line = (START, START, *sentence, END)
        trigrams.update(zip(line, line[1:], line[2:], strict=False))
    bigrams: Counter[tuple[str, ...]] = Counter(gram[1:] for gram in trigrams)
    for gram, count in trigrams.items():
        if gram[0] == START and gram[1] == START:
            bigrams[gram[1:]] += count - 1  # nothing can stand before the start, so its own count
    unigrams: Counter[tuple[str, ...]] = Counter(gram[1:] for gram in bigrams)
    total = sum(unigrams.values())
    scores = {gram[0]: (math.log(count / total), 0.0) for gram, count in unigrams.items() if count >= fewest[0]}
    one = {gram: count / total for gram, count in unigrams.items()}
    two, weight_two = _interpolated(bigrams, one)
    three, weight_three = _interpolated(trigrams, two)
    for word, weight in weight_two.items():
        if word[0] in scores or word[0] == START:
            scores[word[0]] = (scores.get(word[0], (-99.0, 0.0))[0], math.log(weight))
    start = (START, START)
    scores[" ".join(start)] = (-99.0, math.log(weight_three[start]))
    for gram, probability in two.items():
        if bigrams[gram] >= fewest[1]:
            scores[" ".join(gram)] = (math.log(probability), math.log(weight_three.get(gram, 1.0)))
    for gram, probability in three.items():
        if trigrams[gram] >= fewest[2]:
            scores[" ".join(gram)] = (math.log(probability), 0.0)
    if vocabulary is not None:
        known = vocabulary | {START, END}
        scores = {gram: score for gram, score in scores.items() if known.issuperset(gram.split(" "))}
    return scores


def _interpolated(
    counts: Counter[tuple[str, ...]], shorter: dict[tuple[str, ...], float]
) -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], float]]:
    """Probabilities of n-grams, and for each history the weight of the shorter model."""
    totals: Counter[tuple[str, ...]] = Counter()
    kinds: Counter[tuple[str, ...]] = Counter()
    for gram, count in counts.items():
        totals[gram[:-1]] += count
        kinds[gram[:-1]] += 1
    weights = {history: _DISCOUNT * kinds[history] / total for history, total in totals.items()}
    probabilities = {
        gram: (count - _DISCOUNT) / totals[gram[:-1]] + weights[gram[:-1]] * shorter.get(gram[1:], 1e-9) for gram, count in counts.items()
    }
    return probabilities, weights


def prune(scores: dict[str, tuple[float, float]], least: float) -> dict[str, tuple[float, float]]:
    """Without the bigrams and trigrams that shorter ones predict almost as well.

    Args:
        scores: the model.
        least: by how much the log probability of an n-gram must differ from what its shorter history gives.
    """
    kept = dict(scores)
    for order in (3, 2):
        histories = {gram.rpartition(" ")[0] for gram in kept if gram.count(" ") == order} if order == 2 else set()
        for gram in [gram for gram in kept if gram.count(" ") == order - 1]:
            history, _, token = gram.rpartition(" ")
            shorter = f"{history.partition(' ')[2]} {token}".strip()
            if gram in histories or shorter not in kept:
                continue
            if abs(kept[gram][0] - kept.get(history, (0.0, 0.0))[1] - kept[shorter][0]) < least:
                del kept[gram]
    return kept
