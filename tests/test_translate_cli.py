"""`mujaz translate` and `mujaz models` as users see them, with real tiny models from folders and from the hub cache."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import COMMIT, FAMILIES, as_snapshot, tiny_model

from translate.command import windows
from translate.registry import load_spec

TEXT = "قال الوزير إن الأسعار ستنخفض.\n\nافتتح المتحف أبوابه اليوم. وحضر المئات.\n\n\nفاز المنتخب."


@pytest.mark.parametrize("family", FAMILIES)
def test_one_line_for_one_line(mujaz, family: str) -> None:
    ran = mujaz("translate", "--translator", tiny_model(family), "--dtype", "float32", stdin=TEXT.encode())
    assert ran.code == 0
    lines = ran.out.removesuffix("\n").split("\n")
    assert len(lines) == len(TEXT.split("\n"))
    assert [line for line, source in zip(lines, TEXT.split("\n"), strict=True) if not source] == [""] * 3


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_folder_translates_a_summary(mujaz, family: str) -> None:
    ran = mujaz("summarize", "--translator", tiny_model(family), "--sentences", 2, "--format", "json", stdin=TEXT.encode())
    assert ran.code == 0
    result = json.loads(ran.out)
    assert result["models"]["translator"]["name"] == f"tiny-{family}"
    assert len(result["sentences"]) == 2 and all(isinstance(sentence["en"], str) for sentence in result["sentences"])


def test_json_has_the_place_of_every_sentence(mujaz, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    ran = mujaz("translate", path, "--translator", tiny_model("marian"), "--format", "json")
    record, text = json.loads(ran.out), path.read_bytes().decode()
    assert record["id"] == str(path)
    for sentence in record["sentences"]:
        (span,) = sentence["source"]
        assert text[span["start"] : span["end"]] == sentence["ar"]
    assert [sentence["ar"] for sentence in record["sentences"]] == [
        "قال الوزير إن الأسعار ستنخفض.",
        "افتتح المتحف أبوابه اليوم.",
        "وحضر المئات.",
        "فاز المنتخب.",
    ]


def test_a_bad_file_does_not_stop_the_others(mujaz, tmp_path: Path) -> None:
    for name, content in (("a.txt", b""), ("b.txt", TEXT.encode()), ("c.jsonl", b'{"text": "x"}')):
        (tmp_path / name).write_bytes(content)
    ran = mujaz("translate", *sorted(tmp_path.iterdir()), "--translator", tiny_model("marian"), "--format", "jsonl")
    assert ran.code == 1
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [str(tmp_path / "b.txt")]
    assert "a.txt: is empty" in ran.err and "c.jsonl: is jsonl" in ran.err


def test_auto_takes_the_best_installed_one(mujaz, empty_cache: Path) -> None:
    missing = mujaz("translate", stdin=TEXT.encode())
    assert missing.code == 2 and "mujaz models pull" in missing.err and missing.err.count("\n") == 1
    for family, name in (("m2m100", "m2m100_418M"), ("nllb", "nllb-200-distilled-600M")):
        spec = load_spec(name)
        as_snapshot(tiny_model(family), empty_cache, spec.repo, spec.revision or COMMIT)
    ran = mujaz("summarize", "--format", "json", stdin=TEXT.encode())
    assert ran.code == 0
    assert json.loads(ran.out)["models"]["translator"] == {
        "name": "nllb-200-distilled-600M",
        "revision": load_spec("nllb-200-distilled-600M").revision,
        "licence": "CC-BY-NC-4.0",
    }
    assert ran.err.count("not for commercial use") == 1


def test_models_commands(mujaz, empty_cache: Path) -> None:
    assert "opus-mt-ar-en" in mujaz("models", "list").out
    spec = load_spec("opus-mt-ar-en")
    folder = as_snapshot(tiny_model("marian"), empty_cache, spec.repo, spec.revision or COMMIT)
    assert mujaz("models", "path", "opus-mt-ar-en").out.strip() == str(folder)
    listed = {row["name"]: row for row in json.loads(mujaz("models", "list", "--format", "json").out)}
    assert listed["opus-mt-ar-en"]["installed"] is True and listed["m2m100_418M"]["installed"] is False
    shown = mujaz("models", "info", "opus-mt-ar-en").out
    assert "Apache-2.0" in shown and str(folder) in shown
    assert mujaz("models", "pull", "opus-mt-ar-en").out.strip() == str(folder)
    offline = mujaz("models", "pull", "m2m100_418M")
    assert offline.code == 2 and "HF_HUB_OFFLINE" in offline.err.splitlines()[-1]


def test_the_help_names_all_that_downloads(mujaz) -> None:
    text = " ".join(mujaz("models", "pull", "--help").out.split())
    assert "only command" not in text and "mujaz summarize --download" in text and "mujaz translate --download" in text


def test_windows_cut_between_lines_and_lose_nothing() -> None:
    text = "سطر أول\r\n\nسطر ثان طويل بعض الشيء\nثالث"
    for size in (1, 10, 30, 1000):
        pieces = list(windows(text, size))
        assert "".join(piece for _, piece in pieces) == text
        assert all(text.startswith(piece, start) for start, piece in pieces)
        assert all(piece.endswith("\n") for _, piece in pieces[:-1])
