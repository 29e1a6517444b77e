"""The extractive summarizer: whole sentences, in order, about the story, without repetition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.extractive import ExtractiveSummarizer, Weights, article_sentences
from summarize.loaders import article_from_text

LEAD = "أعلنت بلدية المدينة القديمة إغلاق الجسر الحجري أمام السيارات ابتداء من الشهر المقبل."
AGAIN = "وأعلنت البلدية إغلاق الجسر الحجري أمام السيارات ابتداء من الشهر المقبل في بيان."
REASON = "وقال المهندس المشرف إن الفحوص أظهرت تشققات في ثلاث من دعائم الجسر السبع بسبب مرور الشاحنات."
SIDE = "ويحب سكان الحي شرب الشاي مساء في المقاهي القريبة من السوق."
COST = "وتبلغ كلفة ترميم الجسر مليوني دينار يمول نصفها صندوق التراث."


def chosen(sentences: list[str], *, title: str | None = None, count: int = 1) -> list[str]:
    return [sentences[i] for i in ExtractiveSummarizer().choose(sentences, title=title, count=count)]


def test_spans_are_the_sentences_themselves() -> None:
    article = article_from_text("\n".join([LEAD, f"{REASON} {SIDE}", COST]), title="إغلاق الجسر")
    summary = ExtractiveSummarizer().summarize(article, sentences=3)
    assert len(summary) == 3
    for sentence in summary:
        (span,) = sentence.sources
        assert article.text[span.start : span.end] == sentence.text
    starts = [sentence.sources[0].start for sentence in summary]
    assert starts == sorted(starts)


def test_side_remark_is_left_out() -> None:
    assert SIDE not in chosen([LEAD, REASON, SIDE, COST], count=3)


def test_the_headline_decides() -> None:
    sentences = [LEAD, SIDE, COST, REASON]
    assert chosen(sentences, title="مليونا دينار كلفة ترميم الجسر") == [COST]
    assert chosen(sentences, title="تشققات في دعائم الجسر بسبب الشاحنات") == [REASON]


def test_a_repetition_is_not_taken_twice() -> None:
    both = chosen([LEAD, AGAIN, REASON, COST], title="إغلاق الجسر الحجري أمام السيارات", count=2)
    assert not {LEAD, AGAIN} <= set(both)
    without = ExtractiveSummarizer(Weights(redundancy=0.0)).choose(
        [LEAD, AGAIN, REASON, COST], title="إغلاق الجسر الحجري أمام السيارات", count=2
    )
    assert without == [0, 1]  # the same judgement without its redundancy part would repeat itself


def test_fragments_only_when_there_is_nothing_else() -> None:
    assert chosen(["الجسر الحجري.", LEAD, "الجسر."], title="الجسر الحجري") == [LEAD]
    assert chosen(["الجسر الحجري.", LEAD, "الجسر."], count=3) == ["الجسر الحجري.", LEAD, "الجسر."]
    assert chosen([LEAD, "وقال المهندس المشرف أمس:", "ع ب م", "هاجر النوالي"], count=3) == [LEAD]
    assert chosen(["ع ب م"], count=3) == ["ع ب م"]


def test_fewer_sentences_than_asked_for() -> None:
    assert chosen([LEAD, COST], count=5) == [LEAD, COST]
    assert chosen([], count=3) == []


@given(st.lists(st.text(alphabet="ابتثج دذرز 12.،", max_size=40), max_size=12), st.integers(1, 6), st.none() | st.text(max_size=20))
def test_choice_is_ascending_unique_and_as_long_as_it_can_be(sentences: list[str], count: int, title: str | None) -> None:
    indices = ExtractiveSummarizer().choose(sentences, title=title, count=count)
    assert indices == sorted(set(indices))
    assert len(indices) <= count and bool(indices) == bool(sentences)
    assert indices == ExtractiveSummarizer().choose(sentences, title=title, count=count)


def test_every_sentence_of_the_body_is_a_candidate() -> None:
    article = article_from_text(f"{LEAD} {REASON}\n{SIDE}")
    assert [sentence.text for sentence in article_sentences(article)] == [LEAD, REASON, SIDE]


@pytest.mark.parametrize("opening", ["وأضاف أن", "كما أوضح قبل أشهر أن", "وأكدت في تصريح إذاعي أن", "وقال إن"])
def test_a_sentence_whose_speaker_stands_before_it_is_taken_last(opening: str) -> None:
    goes_on = f"{opening} إغلاق الجسر الحجري أمام السيارات سيبدأ من الشهر المقبل."
    assert chosen([LEAD, REASON, goes_on, COST], title="إغلاق الجسر الحجري أمام السيارات", count=3) == [LEAD, REASON, COST]
    assert goes_on in chosen([LEAD, goes_on], count=2)
    assert "وأضاف المهندس أن" in chosen(["وأضاف المهندس أن الجسر الحجري سيغلق الشهر المقبل.", COST], title="إغلاق الجسر الحجري")[0]


def test_what_announces_a_list_in_a_whole_sentence_can_be_taken() -> None:
    news = "أجرت رابطة كرة القدم تعديلا جديدا في برنامج مقابلات الجولة الأخيرة من البطولة وفي ما يلي البرنامج الجديد:"
    assert chosen([news, SIDE], title="تعديل في برنامج مقابلات الجولة الأخيرة") == [news]


def test_without_a_headline_the_first_sentence_counts_more() -> None:
    def first(opening: float, title: str | None) -> list[int]:
        return ExtractiveSummarizer(Weights(opening=opening)).choose([SIDE, LEAD, REASON, AGAIN], title=title, count=1)

    assert first(0.0, None) != [0] and first(1.0, None) == [0]
    assert first(1.0, "إغلاق الجسر الحجري") != [0]
