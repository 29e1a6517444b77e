"""Speed on this machine, for `mujaz eval bench`: translation, summaries without a model a second, and ROUGE against a plain loop."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from importlib import resources
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from eval.bench_rouge import bench_rouge
from eval.record_files import read_references
from eval.records import Reference
from eval.running.machine import machine, versions
from eval.running.systems import article_of
from summarize.extractive import ExtractiveSummarizer
from translate.arabic.sentences import split_sentences
from translate.bench import TranslationSpeed
from translate.errors import InputError

ARTICLES: Final = 440  # for the extractive summarizer
PAIRS: Final = 10_000  # for ROUGE
_SEED: Final = 12345


def measure_speed(translation: TranslationSpeed, references: Path | None = None) -> dict[str, Any]:
    """The bench's JSON; what is not measured is null.

    Args:
        translation: what `translate.bench.bench_translation` found. Before all else: it wants a process that holds little.
        references: a set whose documents are used. The bundled one when None: its 44 articles have few words, and what is remembered
            of a word (its tokens, its stem) is met again more often than in a corpus, so ROUGE looks faster on it than it is there.

    Returns:
        `machine`, `translate` (seconds for the same text by beam size and engine, and each one's peak memory in bytes), `extractive`
        and `rouge`.
    """
    place = references or Path(str(resources.files("eval"))) / "sets" / "mujaz-mini.jsonl"
    items = read_references(place).references
    return {
        "machine": {**machine(), "versions": versions()},
        "set": place.stem,
        "translate": translation.to_json(),
        "extractive": {"articles_per_second": round(_articles_per_second(items), 1)},
        "rouge": _rouge(items),
    }


def _articles_per_second(items: Sequence[Reference]) -> float:
    articles = [article_of(item) for item in islice(cycle(items), ARTICLES)]
    summarizer = ExtractiveSummarizer()
    summarizer.summarize(articles[0], sentences=3)  # what is loaded once is not part of the speed
    start = time.perf_counter()
    for article in articles:
        summarizer.summarize(article, sentences=3)
    return len(articles) / (time.perf_counter() - start)


def _rouge(items: Sequence[Reference]) -> dict[str, Any]:
    """Pairs of two sentences each, one of them in common, drawn from all documents: no two pairs are alike."""
    sentences = [sentence.text for item in items for sentence in split_sentences(item.document)]
    if len(sentences) < 3:
        raise InputError("has fewer than three sentences, too few to measure on")
    generator = random.Random(_SEED)
    drawn = [generator.sample(sentences, 3) for _ in range(PAIRS)]
    expected = [f"{first} {shared}" for first, shared, _ in drawn]
    made = [f"{shared} {last}" for _, shared, last in drawn]
    distinct = len({word for text in (*expected, *made) for word in text.split()})
    return {**bench_rouge(expected, made).to_json(), "distinct_words": distinct}
