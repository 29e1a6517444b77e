"""The forms of a summary: headlines that keep who says what, leads, bullets, and Markdown that can be pasted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ARTICLES, Ran, Upper

from summarize import PipelineConfig, build_pipeline
from summarize.extractive import article_sentences
from summarize.headlines import LONGEST, as_headline
from summarize.loaders import article_from_text
from summarize.pipeline import Pipeline
from translate.arabic.words import words

ARTICLE = ARTICLES / "economy.txt"
SAID = "أكد وزير البيئة نجيب درويش، خلال زيارة اليوم الخميس 21 جويلية 2016 إلى سوسة، أن الوزارة خصصت 217 مليارا لمشاريع التطهير في الولاية."
RAN = "تمكنت فرقة الشرطة البلدية مساء اليوم الثلاثاء من حجز ثلاث شاحنات محملة بالمواد الغذائية المدعمة، وذلك إثر ورود معلومات سرية."
REST = "وأضافت الوزارة في بيانها أن الأشغال ستبدأ في مطلع الشهر القادم."


def headline(text: str) -> tuple[str, list[str]]:
    """The headline of a text's first sentence, and what stands in the text where its spans say."""
    article = article_from_text(f"{text}\n\n{REST}", title="عنوان")
    shortened = as_headline(article_sentences(article)[0], article)
    return shortened.text, [article.text[span.start : span.end] for span in shortened.sources]


def test_what_somebody_says_keeps_its_speaker() -> None:
    text, places = headline(SAID)
    assert text == "وزير البيئة نجيب درويش: الوزارة خصصت 217 مليارا لمشاريع التطهير في الولاية"
    assert places == ["وزير البيئة نجيب درويش", "الوزارة خصصت 217 مليارا لمشاريع التطهير في الولاية"]


def test_another_sentence_ends_behind_a_clause() -> None:
    text, places = headline(RAN)
    assert text == "تمكنت فرقة الشرطة البلدية من حجز ثلاث شاحنات محملة بالمواد الغذائية المدعمة"
    assert places == ["تمكنت فرقة الشرطة البلدية", "من حجز ثلاث شاحنات محملة بالمواد الغذائية المدعمة"]


@pytest.mark.parametrize(
    "text",
    [
        "قال مساعد وكيل الجمهورية بالمحكمة الابتدائية بتونس ومدير مكتب الإعلام فيها لمراسلنا عما جرى في الجلسة ما نشرناه قبل يومين.",
        "نفى وزير المالية في تصريح لإذاعة محلية صباح اليوم أن تكون الحكومة قد قررت زيادة الضرائب على المحروقات في السنة القادمة.",
        "أصدرت الدول المقاطعة لقطر وهي مصر والسعودية والبحرين والإمارات التي أعلنت مقاطعتها في الشهر الماضي بيانا مشتركا يدعو إلى الحوار.",
        "تم مساء أمس، خلال جلسة عامة لمجلس نواب الشعب حضرها كثيرون، التصويت بالرفض على مقترح تقدمت به مجموعة من أعضاء لجنة المالية.",
    ],
)
def test_what_cannot_be_cut_well_stays_whole(text: str) -> None:
    assert headline(text) == (text, [text])


def test_a_date_that_belongs_to_the_word_before_it_stays() -> None:
    assert (
        "طقس اليوم الخميس"
        in headline("يشهد طقس اليوم الخميس ظهور ضباب محلي في الصباح على السواحل الشرقية، حيث تنخفض الرؤية إلى أقل من كيلومتر واحد.")[0]
    )


def test_a_short_sentence_stays_as_it_is() -> None:
    assert headline("أغلقت البلدية الجسر الحجري أمام السيارات.")[0] == "أغلقت البلدية الجسر الحجري أمام السيارات."


def test_every_style_through_the_command(mujaz: Callable[..., Ran]) -> None:
    def text(*options: str) -> list[str]:
        ran = mujaz("summarize", ARTICLE, "--to", "ar", *options)
        assert ran.code == 0, ran.err
        return [line for line in ran.out.splitlines() if line]

    title, *paragraph = text("--style", "paragraph")
    assert len(paragraph) == 3
    assert text("--style", "bullets") == [title, *(f"• {line}" for line in paragraph)]
    assert text("--style", "lead")[0] == title and len(text("--style", "lead")) == 2
    [line] = text("--style", "headline")
    assert line != title and len(words(line)) <= LONGEST + 9


def test_a_headline_of_several_sentences_is_one_and_says_so(mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", ARTICLE, "--to", "ar", "--style", "headline", "--sentences", "4", "--format", "json")
    assert ran.code == 0 and "a headline has at most 1 sentence, so --sentences 4 does not count" in ran.err
    assert len(json.loads(ran.out)["sentences"]) == 1


def test_an_unknown_style_is_one_line_with_the_known_ones(mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", ARTICLE, "--style", "haiku")
    assert ran.code == 2 and "'headline'" in ran.err


def test_markdown_has_the_english_with_the_arabic_and_its_place_under_it(upper: Upper, tmp_path: Path) -> None:
    from summarize.markdown import as_markdown

    pipeline = Pipeline(build_pipeline(PipelineConfig(to="ar")).summarizer, upper, sentences=1)
    article = article_from_text(f"{RAN}\n\n{REST}", id="a.txt", title="عنوان")
    heading, english, *quoted = [line for line in as_markdown(pipeline(article)).splitlines() if line]
    assert heading == "## عنوان" and english.startswith("EN ")
    assert quoted[0] == f"> {english.removeprefix('EN ')}"
    assert quoted[-1].startswith("> — a.txt, paragraph 1, characters ")
