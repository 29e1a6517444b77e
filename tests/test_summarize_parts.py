"""Cutting a text into parts for a model: nothing lost, nothing twice, nothing too long, no crumbs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.parts import cut_evenly, pack
from translate.errors import ConfigError

SENTENCES = [f"قال المتحدث رقم {number} إن العمل في الجسر رقم {number * 7} انتهى." for number in range(60)]
PARAGRAPHS = [" ".join(SENTENCES[start : start + 3]) for start in range(0, 60, 3)]


def words_of(parts: list[str]) -> list[str]:
    return " ".join(parts).split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ابتثجح .؟،\n", max_size=120), max_size=12), st.integers(min_value=5, max_value=150))
def test_every_letter_is_in_exactly_one_part_and_every_part_fits(paragraphs: list[str], limit: int) -> None:
    parts = pack(paragraphs, lambda text: len(text) <= limit)
    assert "".join("".join(parts).split()) == "".join("".join(paragraphs).split())
    assert all(0 < len(part) <= limit for part in parts)


def test_parts_are_cut_between_paragraphs_and_about_equal() -> None:
    parts = pack(PARAGRAPHS, lambda text: len(text) <= 1000)
    assert words_of(parts) == words_of(PARAGRAPHS)
    assert all(part.split("\n")[0] in PARAGRAPHS for part in parts)
    sizes = [len(part) for part in parts]
    assert min(sizes) > 0.7 * max(sizes)


def test_there_are_no_more_parts_than_needed() -> None:
    assert pack(PARAGRAPHS, lambda text: True) == ["\n".join(PARAGRAPHS)]
    longest = max(map(len, PARAGRAPHS))
    assert len(pack(PARAGRAPHS, lambda text: len(text) <= 2 * longest + 1)) == len(PARAGRAPHS) / 2


def test_a_paragraph_that_does_not_fit_is_cut_between_sentences_and_a_sentence_at_its_clauses() -> None:
    parts = pack([" ".join(SENTENCES)], lambda text: len(text) <= 200)
    assert all(part.endswith(".") for part in parts) and words_of(parts) == words_of(SENTENCES)
    clauses = "، ".join(["قال إن الجسر مغلق"] * 40)
    parts = pack([clauses], lambda text: len(text) <= 200)
    assert words_of(parts) == clauses.split() and all(part.endswith("،") for part in parts[:-1])


def test_it_does_not_look_at_every_unit_again_for_every_part() -> None:
    looked = 0

    def fits(text: str) -> bool:
        nonlocal looked
        looked += len(text)
        return len(text) <= 20_000

    paragraphs = PARAGRAPHS * 100
    pack(paragraphs, fits)
    assert looked < 20 * sum(map(len, paragraphs))


def test_cutting_evenly_gives_so_many_parts_of_whole_sentences() -> None:
    parts = cut_evenly(PARAGRAPHS, 3, lambda text: True)
    assert len(parts) == 3 and words_of(parts) == words_of(SENTENCES)
    assert all(part.endswith(".") for part in parts)
    assert cut_evenly(["جملة واحدة فقط."], 3, lambda text: True) == ["جملة واحدة فقط."]
    assert cut_evenly([], 3, lambda text: True) == []


def test_a_limit_without_room_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(ConfigError, match="no room"):
        pack(["نص"], lambda text: False)
