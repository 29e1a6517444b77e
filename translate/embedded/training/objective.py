"""BLEU plus chrF of whole sets of hypotheses, from sacrebleu's sufficient statistics, and where to move weights to raise it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


_BLEU: Final = 10  # hypothesis length, reference length, four matches, four totals
_CHRF: Final = 6  # orders, each with three statistics: of the hypothesis, of the reference, shared
_BETA: Final = 2.0
_TINY: Final = 1e-9


def statistics(hypothesis: str, reference: str) -> list[float]:
    """A hypothesis' statistics for BLEU, then for chrF, as sacrebleu counts them."""
    bleu, chrf = (list(metric._extract_corpus_statistics([hypothesis], [[reference]])[0]) for metric in _metrics())
    return [*map(float, bleu), *map(float, chrf)]


@cache
def _metrics() -> tuple[Any, ...]:
    from sacrebleu.metrics import BLEU, CHRF

    return BLEU(effective_order=True), CHRF()


def metrics(sums: Floats) -> tuple[float, float]:
    """Corpus BLEU and chrF (0 to 100) of summed statistics, which need not be whole numbers."""

    import numpy as np

    hypothesis, reference = sums[0], sums[1]
    precisions = (sums[2:6] + _TINY) / (sums[6:10] + _TINY)
    brevity = min(0.0, 1 - reference / max(hypothesis, _TINY))
    bleu = 100 * float(np.exp(brevity + np.log(precisions).mean()))
    rows = sums[_BLEU:].reshape(_CHRF, 3)
    precision, recall = rows[:, 2] / (rows[:, 0] + _TINY), rows[:, 2] / (rows[:, 1] + _TINY)
    factor = _BETA**2
    f = (1 + factor) * precision * recall / (factor * precision + recall + _TINY)
    return bleu, 100 * float(f.mean())


@dataclass(frozen=True, slots=True)
class Pool:
    """Hypotheses of all sentences, padded: features (n × most × features), statistics (n × most × 28), and which are there (n × most)."""

    features: Floats
    statistics: Floats
    there: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[tuple[Sequence[float], Sequence[float]]]]) -> Pool:
        """Pad lists of (features, statistics)."""

        import numpy as np

        most = max(map(len, sentences))
        first = next(hypotheses[0] for hypotheses in sentences if hypotheses)
        features = np.zeros((len(sentences), most, len(first[0])))
        counted = np.zeros((len(sentences), most, len(first[1])))
        there = np.zeros((len(sentences), most), dtype=bool)
        for row, hypotheses in enumerate(sentences):
            for column, (values, stats) in enumerate(hypotheses):
                features[row, column], counted[row, column], there[row, column] = values, stats, True
        return cls(features, counted, there)

    def best(self, weights: Floats) -> tuple[float, float]:
        """BLEU and chrF of the hypotheses that these weights choose."""

        import numpy as np

        chosen = np.where(self.there, self.features @ weights, -np.inf).argmax(axis=1)
        return metrics(self.statistics[np.arange(len(chosen)), chosen].sum(axis=0))

    def expected(self, weights: Floats) -> tuple[float, Floats]:
        """BLEU plus chrF of expected statistics when a hypothesis is as likely as its weighted features say, and the gradient."""

        import numpy as np

        scores = np.where(self.there, self.features @ weights, -np.inf)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        sums = np.einsum("nh,nhk->k", shares, self.statistics)
        value = sum(metrics(sums))
        slope = np.empty_like(sums)
        for k in range(len(sums)):
            step = max(sums[k], 1.0) * 1e-4
            moved = sums.copy()
            moved[k] += step
            slope[k] = (sum(metrics(moved)) - value) / step
        gains = self.statistics @ slope
        gains = shares * (gains - (shares * gains).sum(axis=1, keepdims=True))
        return value, np.einsum("nh,nhf->f", gains, self.features)


def improve(
    pool: Pool, weights: Sequence[float], *, steps: int = 300, rate: float = 0.03, keep: float = 0.5, sharpness: float = 4.0
) -> Floats:
    """Climb by gradient (Adam; Kingma and Ba 2015) from some weights; deterministic.

    Args:
        pool: what to choose among.
        weights: where to start.
        steps: of the climb.
        rate: how far a step goes, as a share of each weight's size.
        keep: how strongly weights are held where they were.
        sharpness: what scores are multiplied with to be logarithms of probabilities.
    """

    import numpy as np

    start = np.array(weights, dtype=np.float64)
    unit = np.abs(start) + 0.05
    at, mean, square = np.zeros_like(start), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        _, gradient = pool.expected(sharpness * (start + at * unit))
        gradient = gradient * sharpness * unit - keep * at
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        at += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    found: Floats = start + at * unit
    scaled: Floats = found * np.abs(start).sum() / np.abs(found).sum()
    return scaled
