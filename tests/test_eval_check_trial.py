"""The trial of the checks: what it spoils, and what it reports."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.check_trial import main, spoilers, trial, warned

PAIRS = [
    ("قال بوتين إن 25 جنديا لم يعودوا من سوريا", "On Monday, Putin said that 25 soldiers had not come back from Syria."),
    ("التقى ميركل في برلين", "He met with Merkel in Berlin."),
]
SOURCES, TARGETS = [source for source, _ in PAIRS], [target for _, target in PAIRS]


@pytest.mark.parametrize(
    ("name", "lost"),
    [("number changed", "25"), ('"not" dropped', "not"), ("second half lost", "Syria")],
)
def test_what_is_spoilt_is_gone(name: str, lost: str) -> None:
    spoilt = spoilers(TARGETS)[name](TARGETS[0], random.Random(1))
    assert spoilt is not None
    assert lost in TARGETS[0].split() or lost in TARGETS[0]
    assert lost not in spoilt


def test_a_name_is_swapped_for_one_of_another_line() -> None:
    spoilt = spoilers(TARGETS)["name swapped"](TARGETS[1], random.Random(1))
    others = ("Monday", "Putin", "Syria")
    assert spoilt in {f"He met with {name} in Berlin." for name in others} | {f"He met with Merkel in {name}." for name in others}


def test_a_clause_is_said_twice() -> None:
    spoilt = spoilers(TARGETS)["clause repeated"](TARGETS[1], random.Random(1))
    assert spoilt == "He met with Merkel in Berlin, He met with Merkel in Berlin."


def test_what_cannot_be_spoilt_is_left_out() -> None:
    assert spoilers(TARGETS)["number changed"](TARGETS[1], random.Random(1)) is None


def test_each_seed_spoils_in_its_own_way_and_always_the_same() -> None:
    outcomes = [list(trial(SOURCES * 20, TARGETS * 20, seed)) for seed in (1, 1, 2)]
    assert outcomes[0] == outcomes[1]
    spoil = spoilers(TARGETS)["number changed"]
    assert len({spoil(TARGETS[0], random.Random(f"{seed}")) for seed in range(5)}) > 1


def test_what_is_caught_is_counted() -> None:
    outcomes = {outcome.name: outcome for outcome in trial(SOURCES, TARGETS, 1)}
    assert (outcomes["number changed"].tried, outcomes["number changed"].caught) == (1, 1)
    assert (outcomes["emptied"].tried, outcomes["emptied"].caught) == (2, 2)
    assert (outcomes["name swapped"].tried, outcomes["name swapped"].caught) == (2, 2)
    assert all(len(outcome.missed) == outcome.tried - outcome.caught for outcome in outcomes.values())


def test_warnings_are_counted_by_kind() -> None:
    assert warned(SOURCES, ["On Monday.", ""])["empty"] == 1
    assert warned(SOURCES, TARGETS)["any"] == 1  # Monday is not in the source


def test_the_command_prints_a_table_with_systems(tmp_path: Path) -> None:
    (tmp_path / "a.ar").write_text("\n".join(SOURCES) + "\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("\n".join(TARGETS) + "\n", encoding="utf-8")
    (tmp_path / "bad.en").write_text("\n".join(["Nothing.", "At all."]) + "\n", encoding="utf-8")
    ran = CliRunner().invoke(main, [str(tmp_path / "a.ar"), str(tmp_path / "a.en"), "--system", str(tmp_path / "bad.en")])
    assert ran.exit_code == 0, ran.output
    rows = {line.split("  ")[0]: line.split() for line in ran.output.splitlines() if line}
    assert rows["emptied"][1:] == ["2", "100.0%"]
    assert rows["bad.en"][2] == "100.0%"


def test_files_that_do_not_belong_together_are_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.ar").write_text("ا\nب\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("a\n", encoding="utf-8")
    ran = CliRunner().invoke(main, [str(tmp_path / "a.ar"), str(tmp_path / "a.en")])
    assert ran.exit_code == 2
    assert "has 1 lines, but the source has 2" in ran.output
