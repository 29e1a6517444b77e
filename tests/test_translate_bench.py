"""The benchmark: every way translates the same sentences with the same weights, each in a process of its own."""

from __future__ import annotations

import pytest
from tiny_models import tiny_model

from translate.bench import BEAMS, WAYS, TranslationSpeed, bench_translation
from translate.bench.model import Scale, sentences
from translate.runtime.loading import load_tokenizer

TINY = Scale(layers=1, width=32, vocabulary=300, sentences=3, shortest=8, longest=16, new_tokens=4)


def test_every_way_is_measured() -> None:
    pytest.importorskip("ctranslate2")
    speed = bench_translation(TINY, rounds=1)
    assert set(speed.seconds) == set(BEAMS)
    for beams in BEAMS:
        assert set(speed.seconds[beams]) == set(WAYS)
        assert all(seconds is not None and seconds > 0 for seconds in speed.seconds[beams].values())
    assert all(peak is not None and peak > 10_000_000 for peak in speed.memory.values())
    assert str(speed).count("×") == len(BEAMS) * len(WAYS)


def test_the_sentences_are_as_long_as_is_said() -> None:
    tokenizer = load_tokenizer(tiny_model("marian"), family="marian", name="tiny")
    scale = Scale(sentences=20, shortest=20, longest=60)
    lengths = sorted(len(tokenizer(sentence)["input_ids"]) for sentence in sentences(scale, tokenizer))
    assert len(lengths) == 20 and lengths[0] <= 20 and lengths[-1] <= 60
    assert sum(lengths) / len(lengths) > 0.7 * 40


def test_what_is_not_installed_is_said() -> None:
    speed = TranslationSpeed({4: {"loop": 4.0, "ct2": None}}, {"loop": 1, "ct2": None})
    assert str(speed).splitlines()[1] == "beam 4  ct2       not installed"
    assert speed.to_json() == {"beam4": {"loop": 4.0, "ct2": None}, "memory": {"loop": 1, "ct2": None}}
