"""A summarizer that writes is a system of an evaluation like any other."""

from __future__ import annotations

import json

from eval_sets import ARTICLES, BASIC, read_jsonl, write_config
from tiny_models import tiny_model


def test_a_model_in_a_folder_is_run_and_scored(mujaz, tmp_path) -> None:
    added = f"  - name: written\n    pipeline: {{summarizer: '{tiny_model('arabart')}', to: ar, device: cpu}}\n"
    ran = mujaz("eval", "run", write_config(tmp_path, BASIC.replace("samples:", added + "samples:")), "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    rows = read_jsonl(tmp_path / "out/six/written/predictions.jsonl")
    assert [row["id"] for row in rows] == list(ARTICLES) and all(row["prediction"]["ar"] for row in rows)
    run = json.loads((tmp_path / "out/manifest.json").read_text())["runs"]["six"]["written"]
    assert run["models"] == [{"name": "tiny-arabart", "revision": None, "licence": None}] and run["device"] == "cpu"


def test_english_written_at_once_is_scored_in_english(mujaz, tmp_path) -> None:
    added = f"  - name: direct\n    pipeline: {{summarizer: '{tiny_model('crosssum')}', to: en, device: cpu}}\n"
    config = BASIC.replace("systems:\n", "systems:\n" + added)
    ran = mujaz("eval", "run", write_config(tmp_path, config), "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert all(set(row["prediction"]) == {"en"} for row in read_jsonl(tmp_path / "out/six/direct/predictions.jsonl"))
    assert "en.rouge.unicode.rouge1" in json.loads((tmp_path / "out/six/direct/scores.json").read_text())["scores"]
