"""Prompts and answers: what is taken off an answer, and what must stay on it."""

from __future__ import annotations

import pytest

from translate.runtime.prompts import Message, clean_answer, cut_at_stop, messages, one_line, plain, stops, without_markup
from translate.spec import Example, Prompt

SOURCE = "افتتح المتحف أبوابه"
PROMPT = Prompt(user="AR {text} EN", system="S", examples=(Example(source="{text}", target="{text} done"),))


def test_a_conversation_has_the_text_where_its_place_is_and_only_there() -> None:
    assert messages(PROMPT, "x {text} y") == [
        Message("system", "S"),
        Message("user", "AR {text} EN"),
        Message("assistant", "{text} done"),
        Message("user", "AR x {text} y EN"),
    ]
    assert plain(PROMPT, "x") == "S\n\nAR {text} EN {text} done\n\nAR x EN"
    assert messages(Prompt(user="{text}"), "x") == [Message("user", "x")]


def test_stops_of_a_plain_prompt_are_its_line_unless_it_says_otherwise() -> None:
    assert stops(Prompt(user="{text}")) == ()
    assert stops(Prompt(user="{text}", chat=False)) == ("\n",)
    assert stops(Prompt(user="{text}", chat=False, stop=("###",))) == ("###",)


@pytest.mark.parametrize(
    ("answer", "stops", "expected"),
    [
        ("\n A line\nmore", ["\n"], ("A line", True)),
        ("A line", ["\n"], ("A line", False)),
        ("one ## two\nthree", ["\n", "##"], ("one ", True)),
        ("any", [], ("any", False)),
    ],
)
def test_an_answer_is_cut_at_the_first_stop(answer: str, stops: list[str], expected: tuple[str, bool]) -> None:
    assert cut_at_stop(answer, stops) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "The museum opened.",
        "  The museum opened.\n",
        "Here is the translation:\n\nThe museum opened.",
        "Sure! Here's the English translation of the sentence:\nThe museum opened.",
        "Of course. Below is the translation: The museum opened.",
        "**Translation:** The museum opened.",
        "English translation: The museum opened.",
        "English: The museum opened.",
        '"The museum opened."',
        "“The museum opened.”",
        "Here is the translation:\n\n“The museum opened.”",
        "<think>\nA museum: opened?\n</think>\n\nThe museum opened.",
        "A museum: opened?\n</think>\n\nThe museum opened.",
    ],
)
def test_what_stands_around_a_translation_is_taken_off(answer: str) -> None:
    assert clean_answer(answer, SOURCE) == "The museum opened."


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("Translation: a lost art", "الترجمة: فن ضائع"),
        ("Here is the translation of the letter: Dear friend", "إليكم ترجمة الرسالة: صديقي العزيز"),
        ("English: a language of its own", "الإنكليزية: لغة قائمة بذاتها"),
        ("Here is what the minister said: prices fall", "وهذا ما قاله الوزير: الأسعار تنخفض"),
        ('"We won," he said, "and deserved it"', SOURCE),
        ("“Freedom”", "«حرية»"),
        ('"Freedom"', '"حرية"'),
        ("The museum opened.\n\nNote: it is new.", SOURCE),
        ("Sure winners opened the museum", SOURCE),
    ],
)
def test_what_may_be_the_translation_stays(answer: str, source: str) -> None:
    assert clean_answer(answer, source) == answer


@pytest.mark.parametrize("answer", ["", "<think>still thinking", "Here is the translation:"])
def test_nothing_but_surroundings_is_nothing(answer: str) -> None:
    assert clean_answer(answer, SOURCE) == ""


@pytest.mark.parametrize(
    "mark",
    "<|im_end|> <|start_header_id|> <start_of_turn> <end_of_turn> <｜User｜> [INST] [/INST] <<SYS>> </s> <bos> <think> </think>".split(),
)
def test_marks_of_chat_formats_are_taken_apart_and_still_readable(mark: str) -> None:
    text = without_markup(f"قبل {mark} بعد")
    assert mark not in text and text.replace(" ", "") == f"قبل{mark}بعد"


@pytest.mark.parametrize("text", ["5 < 6 > 4", "<3", "a|b|c", "[تحديث] الخبر", "<<قال>>", "النسبة <10%"])
def test_text_that_only_looks_a_little_like_them_is_left_alone(text: str) -> None:
    assert without_markup(text) == text


def test_one_line_has_no_line_breaks_and_nothing_that_moves_a_terminals_cursor() -> None:
    assert one_line(" a\r\n\u2028b\x1b[2Jc\x85d\u200cه ") == "a b [2Jc d\u200cه"
