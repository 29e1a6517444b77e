"""A second try: only for what fails the checks, and only kept where it is better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tiny_models import CORPUS, FAMILIES, tiny_model

from summarize.config import PipelineConfig
from translate.errors import ConfigError
from translate.layers import Layers
from translate.retry import STANDARD, RetryEngine
from translate.runtime.engine import Output, Progress
from translate.settings import read_settings
from translate.spec import Generation
from translate.translator import load_translator

WIDE, WIDER = Generation(num_beams=8), Generation(num_beams=16)
SOURCE = "وشارك في البحث 37 عالما من 12 بلدا"
GOOD, NO_37, NOTHING_RIGHT = "The research involved 37 scientists from 12 countries", "Scientists from 12 countries", "Scientists"


def check(source: str, target: str) -> tuple[str, ...]:
    """A check of the tests' own: one warning for each number that got lost."""
    return tuple(f"number {number} is missing" for number in re.findall(r"\d+", source) if number not in target.split())


class Scripted:
    """An engine that answers by search parameters and text, and remembers what it was asked."""

    def __init__(self, answers: dict[Generation | None, dict[str, Output]]) -> None:
        self.answers, self.calls = answers, []

    def fits(self, text: str) -> bool:
        return True

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        self.calls.append((generation, list(texts)))
        return [self.answers[generation][text] for text in texts]


def answered(*outputs: Output | str) -> tuple[Scripted, Output]:
    """An engine whose answers to SOURCE are these, the first one without and the others with an attempt; and what is kept."""
    made = [output if isinstance(output, Output) else Output(output, True) for output in outputs]
    engine = Scripted({settings: {SOURCE: output} for settings, output in zip((None, WIDE, WIDER), made, strict=False)})
    [kept] = RetryEngine(engine, (WIDE, WIDER)[: len(outputs) - 1], check).run([SOURCE])
    return engine, kept


@pytest.mark.parametrize("bad", [Output(NO_37, True), Output("", True), Output(GOOD, False), Output(NOTHING_RIGHT, True)])
def test_a_failed_check_is_tried_again_and_the_better_kept(bad: Output) -> None:
    engine, kept = answered(bad, GOOD)
    assert kept == Output(GOOD, True)
    assert engine.calls == [(None, [SOURCE]), (WIDE, [SOURCE])]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (NO_37, NOTHING_RIGHT, NO_37),
        (NO_37, "37 scientists", NO_37),  # as many faults: the first
        (NOTHING_RIGHT, NO_37, NO_37),
        (NO_37, "", NO_37),
        ("", NOTHING_RIGHT, NOTHING_RIGHT),
    ],
)
def test_what_is_not_better_is_not_kept(first: str, second: str, kept: str) -> None:
    assert answered(first, second)[1].text == kept


def test_cut_off_is_worse_than_a_warning() -> None:
    assert answered(Output(GOOD, False), NO_37)[1].text == NO_37
    assert answered(NO_37, Output(GOOD, False))[1].text == NO_37


def test_attempts_go_on_until_one_passes_and_no_further() -> None:
    assert [settings for settings, _ in answered(NOTHING_RIGHT, NO_37, GOOD)[0].calls] == [None, WIDE, WIDER]
    assert [settings for settings, _ in answered(NOTHING_RIGHT, GOOD, GOOD)[0].calls] == [None, WIDE]
    engine, kept = answered(NOTHING_RIGHT, NO_37, NOTHING_RIGHT)
    assert kept.text == NO_37 and len(engine.calls) == 3


def test_only_what_fails_is_tried_again_in_one_call_and_order_is_kept() -> None:
    sources = [f"وصل {number} شخصا" for number in range(11, 17)]
    right = {source: Output(f"{source.split()[1]} people came", True) for source in sources}
    wrong = {source: Output("people came", True) if place % 2 else right[source] for place, source in enumerate(sources)}
    engine = Scripted({None: wrong, WIDE: right})
    assert RetryEngine(engine, [WIDE], check).run(sources) == [right[source] for source in sources]
    assert engine.calls == [(None, sources), (WIDE, sources[1::2])]


def test_nothing_is_tried_when_all_is_well_or_nothing_was_asked_for() -> None:
    assert len(answered(GOOD, GOOD)[0].calls) == 1
    assert len(answered(NO_37)[0].calls) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_search_parameters_of_one_call_are_those_of_that_call_only(family: str) -> None:
    engine = load_translator(str(tiny_model(family)), device="cpu", dtype="float32").engine
    texts = [text for text in CORPUS[:4] if engine.fits(text)]
    usual = engine.run(texts)
    changed = engine.run(texts, generation=Generation(num_beams=1, repetition_penalty=5.0))
    assert engine.run(texts) == usual != changed
    config = engine.generator._model.generation_config
    config.num_beams, config.repetition_penalty = 1, 5.0
    assert engine.run(texts) == changed


def test_a_real_model_is_no_worse_for_a_retry() -> None:
    folder = str(tiny_model("nllb"))
    plain = load_translator(folder, device="cpu", dtype="float32").translate(CORPUS[:4])
    again = load_translator(folder, device="cpu", dtype="float32", layers=Layers(retry=STANDARD)).translate(CORPUS[:4])
    assert [translation.source for translation in again] == CORPUS[:4]
    assert all(len(second.warnings) <= len(first.warnings) for first, second in zip(plain, again, strict=True))


def test_a_pipeline_file_says_how_to_try_again(mujaz, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("retry: [{num_beams: 8, no_repeat_ngram_size: 3}, {repetition_penalty: 1.1}]\nsentences: 1\n")
    assert read_settings(path, PipelineConfig).retry == (
        Generation(num_beams=8, no_repeat_ngram_size=3),
        Generation(repetition_penalty=1.1),
    )
    ran = mujaz("summarize", "--config", path, "--translator", tiny_model("marian"), "--to", "en", stdin=CORPUS[0].encode())
    assert ran.code == 0 and ran.out.strip()
    path.write_text("retry: [{beams: 8}]\n")
    with pytest.raises(ConfigError, match="beams"):
        read_settings(path, PipelineConfig)


def test_the_command_line_has_it_as_a_flag(mujaz) -> None:
    for command in ("translate", "summarize"):
        ran = mujaz(command, "--retry", "--translator", tiny_model("marian"), "--dtype", "float32", stdin=CORPUS[0].encode())
        assert ran.code == 0 and ran.out.strip()
