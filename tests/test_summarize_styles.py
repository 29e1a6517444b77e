"""The forms of a summary: headlines that keep who says what, leads, bullets, and Markdown that can be pasted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ARTICLES, Ran, Upper

from summarize import PipelineConfig, build_pipeline
from summarize.extractive import article_sentences
from summarize.headlines import as_headline
from summarize.loaders import article_from_text
from summarize.pipeline import Pipeline

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


def test_another_sentence_ends_before_its_circumstances() -> None:
    text, places = headline(RAN)
    assert text == "تمكنت فرقة الشرطة البلدية مساء اليوم الثلاثاء من حجز ثلاث شاحنات محملة بالمواد الغذائية المدعمة"
    assert places == [text]


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


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير سالم الحداد في مؤتمر صحفي عقده في العاصمة إنه لا يعتقد أن الحكومة ستسقط قبل نهاية العام الجاري.",
        "أكد الطبيب خالد العمري أنه ليس صحيحا أن اللقاح الجديد يسبب العقم عند النساء كما يشاع في مواقع التواصل.",
        "قال المحافظ في تصريح لإذاعة محلية إن من غير المرجح أن ترتفع أسعار الفائدة في الاجتماع القادم للبنك المركزي هذا العام.",
        "أكدت الدراسة البريطانية ضرورة ممارسة الرياضة بصفة منتظمة بعد أن توصلت إلى أن الجلوس الطويل يعجل الشيخوخة.",
        "قال إنه لم يقل يوما للصحافة إن الحكومة الحالية ستستقيل في حال رفض البرلمان مشروع الميزانية الجديد.",
        "وأشار المدير أيضا في تصريح لنا صباح اليوم إلى أن الأشغال في الجسر ستنتهي في الأسبوع القادم من الشهر.",
        "قالت وكالة رويترز نقلا عن مسؤول كبير في الإدارة الأمريكية إن إيران وافقت على شروط الاتفاق الجديد.",
        "أفاد مصدر في الشرطة الأمريكية في بلاغ نشر صباح اليوم بأن رجلا مسلحا أطلق النار على المارة وسط المدينة.",
    ],
)
def test_no_claim_is_made_of_what_was_denied_doubted_or_said_by_somebody_else(text: str) -> None:
    found = headline(text)[0]
    assert found == text or found.startswith("المحافظ: من غير المرجح")


@pytest.mark.parametrize(
    "rest",
    [
        "وذلك في حال لم تستجب الوزارة لمطالبهم",
        "بحسب ما ذكرت والدته للصحافة",
        "وذلك وفق ما قال وزير الاقتصاد",
        "حيث لم يتم التوقيع بعد على الاتفاق",
        "إلا إذا ارتفع سعر النفط في السوق",
        "لكن النقابة نفت ذلك في بيان لها",
    ],
)
def test_what_limits_or_ascribes_a_sentence_is_not_cut_off(rest: str) -> None:
    text = f"سيتوقف أصحاب المصانع في الولاية عن قبول الحليب ابتداء من يوم الاثنين، {rest}."
    assert headline(text) == (text, [text])


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
    assert line in paragraph


def test_a_headline_through_the_command_names_its_two_places(tmp_path: Path, mujaz: Callable[..., Ran]) -> None:
    (tmp_path / "a.txt").write_text(f"{SAID}\n\n{REST}", encoding="utf-8")
    ran = mujaz("summarize", tmp_path / "a.txt", "--to", "ar", "--style", "headline", "--format", "json")
    [sentence] = json.loads(ran.out)["sentences"]
    assert sentence["ar"] == "وزير البيئة نجيب درويش: الوزارة خصصت 217 مليارا لمشاريع التطهير في الولاية"
    assert len(sentence["source"]) == 2


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


def test_markdown_ends_with_what_is_wrong_with_the_whole() -> None:
    from summarize.markdown import as_markdown

    pipeline = Pipeline(build_pipeline(PipelineConfig(to="ar")).summarizer, sentences=1, missing="no English: no translator")
    assert as_markdown(pipeline(article_from_text(f"{RAN}\n\n{REST}"))).splitlines()[-1] == "> ⚠ no English: no translator"
