"""The trial of drafts: what it takes for kept, made up and invented, and the table that it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.draft_trial import faithfulness, main
from translate import translator as translators
from translate.registry import load_spec
from translate.types import ModelRef, Translation

SOURCE = "قال بوتين إن 25 جنديا و3.5 مليون دولار وصلت إلى سوريا"


@pytest.mark.parametrize(
    ("target", "lost", "made_up", "invented"),
    [
        ("Putin said that 25 soldiers and 3.5 million dollars arrived in Syria.", (), (), ()),
        ("Putin said that twenty-five soldiers and $3.5 million arrived in Syria.", (), (), ()),
        ("Putin said that soldiers and 3.5 million dollars arrived in Syria.", ("25",), (), ()),
        ("Putin said that 25 soldiers and 3.5 million dollars arrived in Syria, 700 in all.", (), ("700",), ()),
        ("Putin said to Merkel that 25 soldiers and 3.5 million dollars arrived in Syria.", (), (), ("Merkel",)),
    ],
)
def test_what_is_lost_and_what_comes_from_nowhere(
    target: str, lost: tuple[str, ...], made_up: tuple[str, ...], invented: tuple[str, ...]
) -> None:
    found = faithfulness(SOURCE, target)
    assert (found.numbers, found.lost, found.made_up, found.invented) == (2, lost, made_up, invented)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    texts = {
        "a.ar": f"{SOURCE}\nوصل ميركل",
        "a.en": "Putin said that 25 soldiers and 3.5 million dollars arrived in Syria.\nMerkel arrived.",
        "bad.en": "He said that 12 soldiers arrived in Paris.\nMerkel arrived.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    return tuple(str(tmp_path / name) for name in texts)


def test_the_table_has_a_row_for_each_system(files: tuple[str, ...]) -> None:
    source, target, bad = files
    ran = CliRunner().invoke(main, [source, target, "--system", bad, "--show"])
    assert ran.exit_code == 0, ran.output
    rows = {cells[1].strip(): cells[2:] for line in ran.stdout.splitlines() if len(cells := line.split("|")) > 2}
    assert [cell.strip() for cell in rows["reference"][2:5]] == ["100.0%", "0.0%", "0.0%"]
    assert [cell.strip() for cell in rows["bad"][2:5]] == ["0.0%", "50.0%", "50.0%"]
    assert "bad:1: lost 25, 3.5; made up 12; invented Paris" in ran.stdout


def test_a_translator_is_run_and_its_output_kept(files: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Perfect:
        spec, ref = load_spec("gloss"), ModelRef("perfect")

        def translate(self, texts: list[str]) -> list[Translation]:
            return [Translation(text, "Merkel arrived.") for text in texts]

    monkeypatch.setattr(translators, "load_translator", lambda name, **settings: Perfect())
    source, target, _ = files
    ran = CliRunner().invoke(main, [source, target, "--translator", "perfect", "--keep", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "out/perfect.en").read_text() == "Merkel arrived.\n" * 2
    assert "| perfect |" in ran.stdout


def test_files_of_different_lengths_are_refused(files: tuple[str, ...], tmp_path: Path) -> None:
    source, target, _ = files
    (tmp_path / "short.en").write_text("one line\n")
    ran = CliRunner().invoke(main, [source, target, "--system", str(tmp_path / "short.en")])
    assert ran.exit_code == 2 and "1 lines" in ran.output
