"""What is trained on: files of all kinds, held-out texts kept out, nothing left out in silence, batches that cover every pair."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from finetune_runs import DEV, PAIRS, write_tsv
from hypothesis import given
from hypothesis import strategies as st

from eval.finetune.batches import Batches, Place
from eval.finetune.config import DataFile, FinetuneConfig
from eval.finetune.data import Tally, load_data
from eval.finetune.examples import longest_start
from eval.finetune.guard import Guard
from eval.finetune.pairs import Pair, read_pairs
from translate.errors import ConfigError, InputError


def read(file: DataFile, folder: Path, task: str = "translation") -> list[Pair | InputError]:
    return list(read_pairs(file, folder, task))  # type: ignore[arg-type]


def config(**data: object) -> FinetuneConfig:
    never = data.pop("never_train_on", ())
    files = {"train": [{"path": "train.tsv"}], "dev": [{"path": "dev.tsv"}], **data}
    return FinetuneConfig.model_validate({"base": "x", "data": files, "never_train_on": never, "training": {"steps": 1}})


# files


def test_tsv_jsonl_and_plain_text_give_the_same_pairs(tmp_path: Path) -> None:
    write_tsv(tmp_path / "a.tsv", PAIRS)
    named = write_tsv(tmp_path / "named.tsv", [("id", "en\tar"), *((str(n), f"{en}\t{ar}") for n, (ar, en) in enumerate(PAIRS))])
    rows = "".join(json.dumps({"source": ar, "target": en}, ensure_ascii=False) + "\n" for ar, en in PAIRS)
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(rows)
    (tmp_path / "b.jsonl").write_text(rows.replace('"source"', '"document"').replace('"target"', '"summary"'), encoding="utf-8")
    (tmp_path / "a.ar").write_text("\ufeff" + "".join(f"{ar}\r\n" for ar, _ in PAIRS), encoding="utf-8")
    (tmp_path / "a.en").write_text("".join(f"{en}\n" for _, en in PAIRS), encoding="utf-8")
    files = {
        DataFile(path="a.tsv"): "translation",
        DataFile(path=str(named), source="ar", target="en"): "translation",
        DataFile(path=str(named), source=3, target=2): "translation",
        DataFile(path="a.jsonl.gz"): "translation",
        DataFile(path="b.jsonl"): "summarization",
        DataFile(path="a.ar", targets="a.en"): "translation",
    }
    for file, task in files.items():
        skipped = 1 if file.source == 3 else 0  # where columns are numbered, a header is a pair like any other
        found = read(file, tmp_path, task)[skipped:]
        assert [(pair.source, pair.target) for pair in found if isinstance(pair, Pair)] == PAIRS, file
    assert read(DataFile(path="a.tsv"), tmp_path)[2].where == "a.tsv:3"  # type: ignore[union-attr]


def test_unusable_rows_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("a\tb\nonly one\n \tblank\nc\td\n", encoding="utf-8")
    found = read(DataFile(path="t.tsv"), tmp_path)
    assert [str(row) for row in found if isinstance(row, InputError)] == [
        "t.tsv:2: has 1 columns, not 2",
        "t.tsv:3: one side is blank",
    ]
    assert len(found) == 4
    (tmp_path / "t.jsonl").write_text('{"source": "a", "target": "b"}\nnonsense\n[1]\n{"source": "a", "target": 3}\n', encoding="utf-8")
    errors = [str(row) for row in read(DataFile(path="t.jsonl"), tmp_path)[1:]]
    assert errors == ["t.jsonl:2: is not JSON", *(f"t.jsonl:{n}: has no text under source and target" for n in (3, 4))]


def test_a_line_is_ended_by_a_line_feed_only(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("a\u2028a\x0ca\tb\x85b\nc\td\n", encoding="utf-8", newline="")
    assert [pair.source for pair in read(DataFile(path="t.tsv"), tmp_path)] == ["a\u2028a\x0ca", "c"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (DataFile(path="none.tsv"), "none.tsv: cannot be read (No such file or directory)"),
        (DataFile(path="latin.tsv"), "latin.tsv: is not UTF-8; convert it (iconv)"),
        (DataFile(path="torn.jsonl.gz"), "torn.jsonl.gz: cannot be read (Compressed file ended"),
        (DataFile(path="a.ar"), "a.ar: is plain text, and its targets are not named"),
        (DataFile(path="a.ar", targets="a.en"), "a.ar: has more lines than a.en"),
        (DataFile(path="a.tsv", source="de"), "a.tsv: has no column 'de'; its first line names x, y"),
        (DataFile(path="a.tsv", targets="a.en"), "a.tsv: targets goes with plain text only"),
    ],
    ids=lambda value: value.path if isinstance(value, DataFile) else "",
)
def test_a_file_that_cannot_be_used_is_one_line(file: DataFile, line: str, tmp_path: Path) -> None:
    (tmp_path / "latin.tsv").write_bytes("é\té\n".encode("latin-1"))
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 1000)[:-20])
    (tmp_path / "a.ar").write_text("a\nb\n")
    (tmp_path / "a.en").write_text("a\n")
    (tmp_path / "a.tsv").write_text("x\ty\n")
    with pytest.raises((InputError, ConfigError)) as error:
        read(file, tmp_path)
    assert str(error.value).replace(f"{tmp_path}/", "").startswith(line)


# the guard


def test_a_training_pair_of_which_one_side_is_held_out_is_refused_with_both_places(tmp_path: Path) -> None:
    write_tsv(tmp_path / "dev.tsv", DEV)
    write_tsv(tmp_path / "train.tsv", [*PAIRS, (DEV[1][0], "another translation")])
    with pytest.raises(ConfigError, match=r"data: 1 training pairs are in a held-out set: train.tsv:7 is dev.tsv:2; .*overlap: drop"):
        load_data(config(), tmp_path, "translation")
    data = load_data(config(overlap="drop"), tmp_path, "translation")
    assert len(data.train) == len(PAIRS) == data.train_files[0].pairs
    assert data.tally.lines() == ["1 training pairs are in a held-out set: train.tsv:7 is dev.tsv:2"]


def test_test_sets_keep_out_of_dev_too_and_are_found_in_another_spelling(tmp_path: Path) -> None:
    write_tsv(tmp_path / "dev.tsv", DEV)
    write_tsv(tmp_path / "train.tsv", [*PAIRS, ("نص آخر", "RESTORATION  years!")])
    (tmp_path / "test.ar").write_text(f"\n{PAIRS[1][0].replace('إ', 'ا')}.\n", encoding="utf-8")
    (tmp_path / "test.en").write_text("Restoration years\n", encoding="utf-8")
    never = [{"path": "test.ar"}, {"path": "test.en"}]
    data = load_data(config(overlap="drop", never_train_on=never), tmp_path, "translation")
    assert data.tally.lines() == [
        "1 dev pairs are in a held-out set: dev.tsv:1 is test.en:1",
        "2 training pairs are in a held-out set: train.tsv:2 is test.ar:2, train.tsv:7 is test.en:1",
    ]
    assert [file.pairs for file in data.held_out_files] == [2, 1]


def test_a_sentence_with_one_word_changed_counts_as_the_same_and_short_ones_do_not() -> None:
    words = [f"word{number}" for number in range(20)]
    guard = Guard()
    guard.hold_out([Pair(" ".join(words), "", "test:1"), Pair("نعم ذلك ما حدث", "", "test:2")])
    words[7] = "other"
    found = guard.find(Pair(" ".join(words), "x", "train:1"))
    assert found and found.held_out == "test:1" and found.similarity < 1 and "is nearly" in str(found)
    assert guard.find(Pair("نعم ذلك ما قال", "x", "train:2")) is None
    assert guard.find(Pair("...", "x", "train:3")) is None


def test_nothing_left_to_train_on_says_why(tmp_path: Path) -> None:
    write_tsv(tmp_path / "dev.tsv", DEV)
    write_tsv(tmp_path / "train.tsv", [DEV[0]])
    with pytest.raises(InputError, match=r"no usable training pair is left; 1 training pairs are in a held-out set: train.tsv:1"):
        load_data(config(overlap="drop"), tmp_path, "translation")


def test_a_tally_names_the_first_of_many() -> None:
    tally = Tally()
    for number in range(5):
        tally.add("rows were blank", f"f:{number}")
    assert tally.lines() == ["5 rows were blank: f:0, f:1, f:2, …"]


# batches


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.integers(20, 200), st.integers(0, 3))
def test_every_pair_is_in_each_epoch_once_and_no_batch_is_over_the_budget(lengths: list[int], budget: int, epoch: int) -> None:
    batches = Batches(lengths, budget=budget, seed=1).epoch(epoch)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= budget for batch in batches)


def test_the_stream_goes_on_from_any_place_as_if_it_had_never_stopped() -> None:
    batches = Batches([5, 9, 3, 8, 7, 2, 6], budget=12, seed=7)
    whole = list(islice(batches.stream(Place()), 20))
    assert whole[-1][1].epoch >= 2
    for cut in range(1, 19):
        assert list(islice(batches.stream(whole[cut - 1][1]), 20 - cut)) == whole[cut:]
    assert batches.epoch(0) != batches.epoch(1)
    assert batches.epoch(0) != Batches([5, 9, 3, 8, 7, 2, 6], budget=12, seed=8).epoch(0)


@given(st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=12), st.integers(1, 40))
def test_a_text_is_cut_at_a_word_as_late_as_it_fits(words: list[str], limit: int) -> None:
    start = longest_start(" ".join(words), lambda text: len(text) <= limit)
    kept = len(start.split())
    assert words[:kept] == start.split()
    assert len(start) <= limit or kept == 1
    assert kept == len(words) or len(" ".join(words[: kept + 1])) > limit
