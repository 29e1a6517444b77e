"""`mujaz eval score`, `build` and `bench`: the contract's JSON, plain text, and every broken input named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sacrebleu
from conftest import SHARED
from eval_sets import ARTICLES, leads, predictions, read_jsonl, references, write_jsonl

import eval.bench
import translate.bench

REFERENCE = {identifier: arabic for identifier, (_, _, arabic, _) in ARTICLES.items()}
ENGLISH = [english for _, _, _, english in ARTICLES.values()]


@pytest.fixture
def refs(tmp_path) -> Path:
    return write_jsonl(tmp_path / "refs.jsonl", references())


def score(mujaz, made, refs, *options):
    return mujaz("eval", "score", made, "--references", refs, "--format", "json", *options)


def test_json_of_one_file_is_the_contracts(mujaz, tmp_path, refs) -> None:
    made = write_jsonl(tmp_path / "lead.jsonl", predictions(leads()))
    ran = score(mujaz, made, refs)
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert found.keys() == {"n", "scores"} and found["n"] == 6
    for profile in ("unicode", "normalized", "xlsum", "xlsum-unstemmed"):
        for kind in ("rouge1", "rouge2", "rougeL", "rougeLsum"):
            for part in ("", ".precision", ".recall"):
                each = found["scores"][f"ar.rouge.{profile}.{kind}{part}"]
                assert each.keys() == {"value", "low", "high", "signature"}
                assert 0 <= each["low"] <= each["value"] <= each["high"] <= 100


def test_identical_arabic_texts_score_100(mujaz, tmp_path, refs) -> None:
    found = json.loads(score(mujaz, write_jsonl(tmp_path / "same.jsonl", predictions(REFERENCE)), refs).out)
    rouge = {key: each["value"] for key, each in found["scores"].items() if key.startswith("ar.rouge.")}
    assert len(rouge) == 48 and set(rouge.values()) == {100.0}


def test_several_files_are_keyed_by_file(mujaz, tmp_path, refs) -> None:
    made = [write_jsonl(tmp_path / f"{name}.jsonl", predictions(texts)) for name, texts in (("lead", leads()), ("same", REFERENCE))]
    found = json.loads(mujaz("eval", "score", *made, "--references", refs, "--format", "json").out)
    assert list(found) == [str(path) for path in made]
    assert found[str(made[0])] == json.loads(score(mujaz, made[0], refs).out)
    table = mujaz("eval", "score", *made, "--references", refs).out
    assert [line.split()[0] for line in table.splitlines()[2:4]] == [str(path) for path in made]
    assert "100.00 [100.00, 100.00]" in table and "profile:normalized" in table


def test_text_has_intervals_and_signatures(mujaz, tmp_path, refs) -> None:
    out = mujaz("eval", "score", write_jsonl(tmp_path / "lead.jsonl", predictions(leads())), "--references", refs).out
    assert out.startswith("6 items")
    assert "ar.rouge.xlsum.rouge1 " in out and "ar.rouge.xlsum.*: *|profile:xlsum|stem:nltk-" in out


def test_items_are_the_scores_behind_the_mean(mujaz, tmp_path, refs) -> None:
    made = write_jsonl(tmp_path / "lead.jsonl", predictions(leads()))
    found = json.loads(score(mujaz, made, refs, "--items", tmp_path / "items.jsonl").out)
    rows = read_jsonl(tmp_path / "items.jsonl")
    assert [row["id"] for row in rows] == list(ARTICLES)
    key = "ar.rouge.normalized.rougeL"
    assert sum(row["scores"][key] for row in rows) / 6 == pytest.approx(found["scores"][key]["value"])


def test_a_result_can_go_to_a_file(mujaz, tmp_path, refs) -> None:
    ran = score(mujaz, write_jsonl(tmp_path / "lead.jsonl", predictions(leads())), refs, "-o", tmp_path / "scores.json")
    assert ran.out == "" and json.loads((tmp_path / "scores.json").read_text())["n"] == 6


def test_only_the_language_asked_for_is_scored(mujaz, tmp_path, refs) -> None:
    rows = [{**row, "prediction": {**row["prediction"], "en": "A text."}} for row in predictions(leads())]
    made = write_jsonl(tmp_path / "both.jsonl", rows)
    keys = {}
    for language in ("ar", "en"):
        keys[language] = {key.split(".")[0] for key in json.loads(score(mujaz, made, refs, "--lang", language).out)["scores"]}
    assert keys == {"ar": {"ar"}, "en": {"en"}}


def test_plain_text_is_scored_line_by_line_as_sacrebleu_does(mujaz, tmp_path) -> None:
    hypotheses = [line.replace("the", "a").replace("of", "from") for line in ENGLISH]
    (tmp_path / "hyp.txt").write_text("\n".join(hypotheses) + "\n", encoding="utf-8")
    (tmp_path / "ref.txt").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    found = json.loads(score(mujaz, tmp_path / "hyp.txt", tmp_path / "ref.txt", "--lang", "en").out)["scores"]
    bleu = sacrebleu.corpus_bleu(hypotheses, [ENGLISH])
    assert found["en.bleu"]["value"] == pytest.approx(bleu.score) and bleu.score < 99
    assert found["en.chrf"]["value"] == pytest.approx(sacrebleu.corpus_chrf(hypotheses, [ENGLISH]).score)
    assert found["en.chrf++"]["value"] == pytest.approx(sacrebleu.corpus_chrf(hypotheses, [ENGLISH], word_order=2).score)
    assert found["en.bleu"]["signature"].startswith("nrefs:1|case:mixed|")


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
@pytest.mark.parametrize("peer", ["google", "argos"])
def test_flores_scores_are_those_of_the_sacrebleu_command(mujaz, peer) -> None:
    folder = SHARED / "data/flores200"
    command = [
        sys.executable,
        "-m",
        "sacrebleu",
        folder / "devtest.en",
        "-i",
        folder / f"peers/{peer}.en",
        "-m",
        "bleu",
        "chrf",
        "-b",
        "-w",
        "4",
    ]
    printed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ran = score(mujaz, folder / f"peers/{peer}.en", folder / "devtest.en", "--lang", "en", "--samples", "20")
    found = json.loads(ran.out)["scores"]
    assert [round(found[key]["value"], 4) for key in ("en.bleu", "en.chrf")] == printed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:-1], "1 of 6 references have no prediction: heat"),
        (lambda rows: [*rows[:-1], {**rows[-1], "id": "moon"}], "heat"),
        (lambda rows: [*rows, {**rows[0], "id": "moon"}], "1 predictions have no reference: moon"),
        (lambda rows: [*rows, rows[2]], "line 7, id 'harvest': the id 'harvest' is used twice"),
        (lambda rows: [{**rows[0], "seconds": float("nan")}, *rows[1:]], "line 1, id 'bridge': NaN is not a value"),
        (lambda rows: [*rows[:5], {**rows[5], "prediction": {"en": "A text."}}], "heat"),
        (lambda rows: [*rows[:5], {"id": "heat"}], "line 6, id 'heat': prediction is missing"),
    ],
    ids=["missing", "mismatched", "unknown", "duplicate", "nan", "language", "field"],
)
def test_predictions_that_do_not_fit_are_named(mujaz, tmp_path, refs, change, said) -> None:
    ran = score(mujaz, write_jsonl(tmp_path / "made.jsonl", change(predictions(leads()))), refs)
    assert ran.code == 2 and ran.out == ""
    assert said in ran.err and "made.jsonl" in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: {**row, "references": {"ar": []}}, "a reference is missing"),
        (lambda row: {**row, "references": {"ar": [" "]}}, "a reference is missing"),
        (lambda row: {**row, "id": "museum"}, "the id 'museum' is used twice"),
        (lambda row: {**row, "document": None}, "document is None"),
    ],
)
def test_references_that_do_not_work_are_named(mujaz, tmp_path, change, said) -> None:
    rows = references()
    refs = write_jsonl(tmp_path / "bad.jsonl", [change(rows[0]), *rows[1:]])
    ran = score(mujaz, write_jsonl(tmp_path / "made.jsonl", predictions(leads())), refs)
    assert ran.code == 2 and said in ran.err and "bad.jsonl" in ran.err and ran.err.count("\n") == 1


def test_an_empty_prediction_scores_0_and_is_counted(mujaz, tmp_path, refs) -> None:
    whole = json.loads(score(mujaz, write_jsonl(tmp_path / "same.jsonl", predictions(REFERENCE)), refs).out)
    ran = score(mujaz, write_jsonl(tmp_path / "made.jsonl", predictions({**REFERENCE, "heat": " "})), refs)
    found = json.loads(ran.out)
    assert ran.code == 0 and "1 of 6 predictions in ar are empty (heat)" in ran.err
    key = "ar.rouge.normalized.rouge1"
    assert found["n"] == 6 and found["scores"][key]["value"] == pytest.approx(whole["scores"][key]["value"] * 5 / 6)


@pytest.mark.parametrize(
    ("made", "expected", "options", "said"),
    [
        ("a\nb\n", "a\n", ["--lang", "en"], "2 lines, but"),
        ("a\n", "a\n", [], "say --lang"),
        ("a\nb\n", "a\n \n", ["--lang", "en"], "line 2: a reference is missing"),
        ('{"id": "a"}\n', "a\n", ["--lang", "en"], "is plain text, but"),
        (None, "a\n", ["--lang", "en"], "cannot be read"),
    ],
)
def test_text_files_that_do_not_belong_together_are_named(mujaz, tmp_path, made, expected, options, said) -> None:
    if made is not None:
        (tmp_path / "hyp").write_text(made)
    (tmp_path / "ref").write_text(expected)
    ran = score(mujaz, tmp_path / "hyp", tmp_path / "ref", *options)
    assert ran.code == 2 and said in ran.err and ran.err.count("\n") == 1


def test_build_writes_a_set_that_score_reads(mujaz, tmp_path) -> None:
    filler = " ".join(f"وقال شاهد آخر إن الحادث رقم {number} لم يكن متوقعا في تلك الساعة." for number in range(12))
    lead = "أعلنت البلدية اليوم إغلاق الجسر الحجري القديم أمام الشاحنات حتى نهاية العام."
    write_jsonl(tmp_path / "articles.jsonl", [{"id": "a", "title": "إغلاق الجسر الحجري", "text": f"{lead}\n{filler}"}])
    ran = mujaz("eval", "build", tmp_path / "articles.jsonl", "--reference", "lead", "-o", tmp_path / "set.jsonl", "--licence", "MIT")
    assert ran.code == 0 and ran.out == "" and "kept 1 of 1" in ran.err
    header, row = read_jsonl(tmp_path / "set.jsonl")
    assert header["mujaz_set"]["licence"] == "MIT"
    assert row["references"]["ar"] == [lead] and lead not in row["document"]
    made = write_jsonl(tmp_path / "made.jsonl", predictions({"a": lead}))
    assert json.loads(score(mujaz, made, tmp_path / "set.jsonl").out)["scores"]["ar.rouge.unicode.rouge2"]["value"] == 100


def test_bench_measures_what_there_is(mujaz, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(eval.bench, "ARTICLES", 10)
    monkeypatch.setattr(eval.bench, "PAIRS", 20)
    seconds = {4: {"loop": 9.0, "torch": 3.0, "ct2": 1.0, "raw_ct2": None}, 1: {"loop": 4.0, "torch": 2.0, "ct2": 0.5, "raw_ct2": None}}
    speed = translate.bench.TranslationSpeed(seconds, {"loop": 8_000_000, "torch": 7_000_000, "ct2": 3_000_000, "raw_ct2": None})
    monkeypatch.setattr(translate.bench, "bench_translation", lambda: speed)
    ran = mujaz("eval", "bench", "-o", tmp_path / "bench.json")
    assert ran.code == 0
    found = json.loads((tmp_path / "bench.json").read_text())
    assert {"machine", "translate", "extractive", "rouge"} <= found.keys()
    assert found["translate"]["beam4"] == seconds[4] and found["translate"]["beam1"] == seconds[1]
    assert "beam 4 ct2 1.00 s 9.0× 3 MB" in ran.err and "beam 1 raw_ct2 not installed" in ran.err
    assert found["extractive"]["articles_per_second"] > 0
    assert found["rouge"]["loop"] > 0 and found["rouge"]["ours"] > 0 and found["rouge"]["pairs"] == 20


@pytest.mark.parametrize("command", ["build", "score", "compare", "run", "report", "bench"])
def test_every_command_has_help(mujaz, command) -> None:
    ran = mujaz("eval", command, "--help")
    assert ran.code == 0 and ran.out.startswith(f"Usage: mujaz eval {command}")


def test_a_malformed_set_option_is_named(mujaz, tmp_path) -> None:
    ran = mujaz("eval", "run", "mini", "-o", tmp_path / "out", "--set", "mini")
    assert ran.code == 2 and "NAME=PATH" in ran.err


HELP = """
import sys
sys.argv = ["mujaz", "eval", "--help"]
try:
    from summarize.cli import main
    main()
finally:
    print(sorted({"numpy", "torch", "transformers", "sacrebleu", "nltk", "pydantic", "jinja2"} & set(sys.modules)))
"""


def test_help_loads_nothing_heavy() -> None:
    ran = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True)
    assert ran.stdout.startswith("Usage: mujaz eval") and ran.stdout.endswith("[]\n")


def test_build_drops_short_documents_and_says_that_some_inputs_failed(mujaz, tmp_path: Path) -> None:
    body = "افتتح المتحف أبوابه أمام الزوار صباح اليوم بعد أعمال ترميم طويلة. " * 3
    rows = [{"id": "a", "title": "افتتاح متحف المدينة القديمة الجديد", "text": "خبر المتحف في المدينة. " + body}]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    build = ("eval", "build", path, "--reference", "title", "-o", tmp_path / "set.jsonl")
    assert mujaz(*build).code == 2  # nothing is kept
    ran = mujaz(*build, "--min-words", 20)
    assert ran.code == 1 and "kept 1 of 2" in ran.err


def test_a_language_that_no_prediction_has_is_said(mujaz, tmp_path: Path) -> None:
    made = tmp_path / "made.jsonl"
    made.write_text('{"id": "1", "prediction": {"ar": "نص"}}\n', encoding="utf-8")
    expected = tmp_path / "refs.jsonl"
    expected.write_text('{"id": "1", "document": "نص", "references": {"ar": ["نص"]}}\n', encoding="utf-8")
    ran = mujaz("eval", "score", made, "--references", expected, "--lang", "en")
    assert ran.code == 2 and ran.out == "" and "no prediction in 'en'" in ran.err


def test_predictions_are_read_from_standard_input_and_never_written_over(mujaz, tmp_path: Path) -> None:
    made = '{"id": "1", "prediction": {"ar": "نص"}}\n'
    expected = tmp_path / "refs.jsonl"
    expected.write_text('{"id": "1", "document": "نص", "references": {"ar": ["نص"]}}\n', encoding="utf-8")
    ran = mujaz("eval", "score", "-", "--references", expected, "--format", "json", stdin=made.encode())
    assert ran.code == 0 and json.loads(ran.out)["scores"]["ar.rouge.unicode.rouge1"]["value"] == 100
    path = tmp_path / "made.jsonl"
    path.write_text(made, encoding="utf-8")
    assert mujaz("eval", "score", path, "--references", expected, "--items", path).code == 2
    assert path.read_text(encoding="utf-8") == made
