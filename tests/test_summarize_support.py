"""Support: where a written sentence comes from, how much of it stands there, and what does not."""

from __future__ import annotations

import pytest

from summarize.extractive import article_sentences
from summarize.loaders import article_from_text
from summarize.result import SummarySentence
from summarize.support import Evidence, supported

TEXT = (
    "افتتح متحف الفنون في بغداد أبوابه أمام الزوار صباح الاثنين. وزار المتحف 1200 شخص في يومه الأول، بحسب مديره أحمد السامرائي. "
    "وتبلغ كلفة الترميم مليوني دينار تدفعها اليابان على ثلاث سنوات."
)
ARTICLE = article_from_text(TEXT, id="a", title="متحف بغداد يعود")
EVIDENCE = Evidence(ARTICLE)


def places(text: str, evidence: Evidence = EVIDENCE) -> list[str]:
    found = evidence.of_arabic(text) if text[0] > "z" else evidence.of_english(text)
    return [TEXT[span.start : span.end] for span in found.sources]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("استقبل المتحف 1200 زائر في يومه الأول.", "1200"),
        ("تدفع اليابان كلفة الترميم.", "اليابان"),
        ("Japan pays two million dinars for the restoration.", "اليابان"),
        ("The museum in Baghdad opened on Monday.", "بغداد"),
    ],
)
def test_the_source_sentence_is_found(sentence: str, word: str) -> None:
    (found,) = places(sentence)
    assert word in found


def test_two_facts_have_two_sources() -> None:
    assert len(places("زار المتحف 1200 شخص في يومه الأول وتدفع اليابان كلفة الترميم.")) == 2


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("زار المتحف 1300 شخص في يومه الأول.", "1300"),
        ("تدفع اليابان كلفة الترميم على أربع سنوات.", "أربع"),
        ("تدفع فرنسا كلفة الترميم.", "فرنسا"),
        ("افتتح متحف الفنون في مدغيرن أبوابه.", "مدغيرن"),
        ("Japan pays three million dinars.", "three million"),
        ("France pays two million dinars.", "France"),
        ("The museum in Damascus opened on Monday.", "Damascus"),
    ],
)
def test_what_the_source_lacks_is_named(sentence: str, word: str) -> None:
    found = EVIDENCE.of_arabic(sentence) if sentence[0] > "z" else EVIDENCE.of_english(sentence)
    assert any(word in warning.split(" is ")[0] for warning in found.warnings), found.warnings


def test_a_number_that_is_there_for_something_else_is_named() -> None:
    evidence = Evidence(article_from_text("أغلقت البلدية 7 شوارع. وأصيب في الحادث ثلاثة عمال بجروح خطيرة."))
    assert evidence.of_arabic("أصيب في الحادث 7 عمال بجروح.").warnings == ("number 7 is said of something else in the source",)
    assert evidence.of_arabic("أصيب في الحادث ثلاثة عمال.").warnings == ()


@pytest.mark.parametrize("sentence", ["افتتح متحف الفنون في بغداد أبوابه.", "The restoration costs Japan two million dinars."])
def test_what_the_source_has_is_not_named(sentence: str) -> None:
    found = EVIDENCE.of_arabic(sentence) if sentence[0] > "z" else EVIDENCE.of_english(sentence)
    assert found.warnings == ()
    assert found.score >= 0.4


def test_a_sentence_about_something_else_has_little_support() -> None:
    found = EVIDENCE.of_arabic("يستعد المنتخب لمباراة حاسمة أمام ضيفه مساء الغد.")
    assert found.score < 0.4
    assert "المنتخب" in found.warnings[-1]


def test_extracted_sentences_are_their_own_source() -> None:
    for sentence in article_sentences(ARTICLE):
        found = EVIDENCE.of_arabic(sentence.text)
        assert (found.score, found.sources, found.warnings) == (1.0, sentence.sources, ())


def test_sentences_keep_their_own_warnings_and_say_their_support() -> None:
    arabic = SummarySentence("زار المتحف 1300 شخص.", (), english="1,300 came.", warnings=("first",))
    english = SummarySentence("", (), english="The museum in Baghdad opened on Monday.")
    one, two = supported([arabic, english], ARTICLE)
    assert one.warnings[0] == "first" and "1300" in one.warnings[1]
    assert one.english == "1,300 came."
    assert one.to_json()["support"] == pytest.approx(one.support, abs=0.005)
    assert two.support is not None and two.support > 0.4
    assert "support" not in arabic.to_json()


def test_of_several_articles_each_span_names_its_own() -> None:
    other = article_from_text("قال وزير الثقافة إن المتحف سيستقبل الطلاب مجانا.", id="b")
    (sentence,) = supported([SummarySentence("الطلاب يزورون المتحف مجانا.", ())], ARTICLE, other)
    assert {span.article for span in sentence.sources} == {"b"}
    assert {span.article for span in Evidence(ARTICLE, other).of_arabic("تدفع اليابان كلفة الترميم.").sources} == {"a"}


def test_a_sentence_without_number_and_name_says_that_it_cannot_be_found() -> None:
    found = EVIDENCE.of_english("It was so.")
    assert found.sources == ()
    assert "no number, name" in found.warnings[0]


@pytest.mark.parametrize("text", ["", "…", "في من على"])
def test_a_text_that_says_nothing_is_no_error(text: str) -> None:
    assert EVIDENCE.of_arabic(text).sources == ()
    assert EVIDENCE.of_english("").sources == ()


def test_a_word_of_marks_alone_is_no_error() -> None:
    marks = "ـ \u064b\u064c زار ـــ المتحف"
    assert EVIDENCE.of_arabic(marks).sources
    assert Evidence(article_from_text(f"{TEXT} {marks}.")).of_english("Japan and Baghdad: 1200.").sources
