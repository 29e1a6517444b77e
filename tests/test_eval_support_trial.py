"""The trial of the support of sentences: what it swaps, and a floor under what is caught."""

from __future__ import annotations

import random

import pytest
from click.testing import CliRunner

from eval.support_trial import alarms, cases, extract_alarms, main, swaps, trial


@pytest.mark.parametrize("language", ["ar", "en"])
def test_wrong_numbers_and_names_are_caught(language) -> None:
    outcomes = list(trial(language, 1))
    tried = sum(outcome.tried for outcome in outcomes)
    assert tried > 150
    assert sum(outcome.caught for outcome in outcomes) / tried >= 0.8
    assert len(alarms(language)) / len(cases(language)) <= 0.2


def test_extracted_sentences_raise_no_alarm() -> None:
    count, warnings = extract_alarms()
    assert count > 300
    assert warnings == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_swap_changes_the_sentence_and_always_in_the_same_way(language) -> None:
    for name, spoil in swaps(language).items():
        spoilt = [(case, spoil(case, random.Random(7)), spoil(case, random.Random(7))) for case in cases(language)]
        assert any(one for _, one, _ in spoilt), name
        assert all(one == two and one != case.text for case, one, two in spoilt)


def test_the_command_prints_shares_and_what_was_missed() -> None:
    ran = CliRunner().invoke(main, ["--show", "alarms"])
    assert ran.exit_code == 0, ran.output
    assert "references as they are" in ran.output and "all swaps" in ran.output
