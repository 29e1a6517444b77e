"""Several reports on one story as one brief: what two tell is told once, and every sentence names its report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, Upper
from tiny_models import tiny_model

from summarize import PipelineConfig, build_pipeline
from summarize.article import Article
from summarize.loaders import article_from_text
from summarize.pipeline import Pipeline
from translate.errors import ConfigError, InputError

LEAD = "أعلنت بلدية المدينة القديمة إغلاق الجسر الحجري أمام السيارات ابتداء من الشهر المقبل لترميم دعائمه."
LEAD_TOO = "وأعلنت بلدية المدينة القديمة إغلاق الجسر الحجري أمام السيارات والشاحنات ابتداء من الشهر المقبل لترميم دعائمه."
HURT = "وقالت الشرطة إن 12 شخصا أصيبوا عندما سقط حجر من الجسر الحجري على حافلة مدرسية يوم الاثنين."
HURT_TOO = "وقالت الشرطة إن 15 شخصا أصيبوا عندما سقط حجر من الجسر الحجري على حافلة مدرسية يوم الاثنين."
COST = "وتبلغ كلفة ترميم الجسر الحجري مليوني دينار يمول نصفها صندوق التراث."
TRAFFIC = "وستحول حركة السيارات إلى جسر السوق حتى تنتهي أشغال الجسر الحجري."
OTHER = "فاز المنتخب الوطني لكرة اليد بكأس القارة بعد مباراة صعبة في النهائي. وسجل القائد عشرة أهداف في الشوط الثاني وحده."
REPORTS = {"a.txt": [LEAD, HURT, COST], "b.txt": [LEAD_TOO, TRAFFIC, HURT_TOO]}


def article(name: str, sentences: list[str]) -> Article:
    return article_from_text("\n\n".join(sentences), id=name)


def brief(**options: object) -> Pipeline:
    return build_pipeline(PipelineConfig.model_validate({"to": "ar", **options}))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, sentences in REPORTS.items():
        (tmp_path / name).write_text("\n\n".join(sentences), encoding="utf-8")
    return [tmp_path / name for name in REPORTS]


def test_what_two_reports_tell_is_told_once_with_both_places() -> None:
    articles = [article(name, sentences) for name, sentences in REPORTS.items()]
    summary = brief(sentences=4).together(articles)
    texts = [sentence.text for sentence in summary.sentences]
    assert len({LEAD, LEAD_TOO} & set(texts)) == 1 and len({HURT, HURT_TOO} & set(texts)) == 1
    assert {COST, TRAFFIC} <= set(texts)
    by_id = {each.id: each.text for each in articles}
    [lead] = [sentence for sentence in summary.sentences if sentence.text in (LEAD, LEAD_TOO)]
    assert [by_id[span.article or ""][span.start : span.end] for span in lead.sources] == [LEAD, LEAD_TOO]
    assert all(span.article in by_id for sentence in summary.sentences for span in sentence.sources)


def test_numbers_that_differ_between_reports_are_said() -> None:
    summary = brief(sentences=4).together([article(name, sentences) for name, sentences in REPORTS.items()])
    [hurt] = [sentence for sentence in summary.sentences if sentence.text in (HURT, HURT_TOO)]
    assert hurt.text == HURT and hurt.warnings == ("b.txt has 15 where this has 12",)
    assert not any(sentence.warnings for sentence in summary.sentences if sentence is not hurt)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "وقال الوزير إن فرق الإنقاذ لم تعثر على ناجين تحت أنقاض الجسر الحجري.",
            "وقال الوزير إن فرق الإنقاذ عثرت على ناجين تحت أنقاض الجسر الحجري.",
        ),
        ("ارتفعت أسعار الوقود في المدينة القديمة بنسبة 5 في المئة.", "انخفضت أسعار الوقود في المدينة القديمة بنسبة 5 في المئة."),
        ("قال وزير الدفاع إن أشغال الجسر الحجري ستنتهي خلال أسبوعين.", "قال وزير الخارجية إن أشغال الجسر الحجري ستنتهي خلال أسبوعين."),
        ("تم إمضاء اتفاق الزيادة في أجور عمال الجسر الحجري.", "من المنتظر أن يتم إمضاء اتفاق الزيادة في أجور عمال الجسر الحجري."),
        ("قتل ثلاثة عمال في حادث وقع أمس قرب الجسر الحجري.", "أصيب ثلاثة عمال في حادث وقع أمس قرب الجسر الحجري."),
        ("هزم فريق المدينة القديمة فريق الساحل في مباراة أمس.", "هزم فريق الساحل فريق المدينة القديمة في مباراة أمس."),
    ],
)
def test_what_two_reports_tell_differently_is_not_one_fact(one: str, other: str) -> None:
    summary = brief(sentences=2).together([article("a.txt", [one, COST]), article("b.txt", [other, TRAFFIC])])
    for sentence in summary.sentences:
        assert len(sentence.sources) == 1
        if sentence.text in (one, other):
            against = other if sentence.text == one else one
            assert [warning.partition(": ")[2] for warning in sentence.warnings] == [against]


def test_a_report_that_says_less_is_not_named_for_more() -> None:
    longer = LEAD.replace("السيارات", "السيارات والشاحنات والحافلات")
    summary = brief(sentences=1).together([article("a.txt", [longer, COST]), article("b.txt", [LEAD, TRAFFIC])])
    [sentence] = summary.sentences
    assert sentence.text == longer and [span.article for span in sentence.sources] == ["a.txt"]


def test_what_two_tell_comes_before_what_one_tells() -> None:
    reports = [article("a.txt", [TRAFFIC, COST, HURT]), article("b.txt", [OTHER, HURT])]
    assert [sentence.text for sentence in brief(sentences=1).together(reports).sentences] == [HURT]


def test_an_article_that_repeats_itself_is_not_two_reports() -> None:
    summary = brief(sentences=3).together([article("a.txt", [LEAD, COST, LEAD_TOO]), article("b.txt", [TRAFFIC])])
    assert all(len(sentence.sources) == 1 for sentence in summary.sentences)


def test_a_report_on_another_story_is_named() -> None:
    articles = [*(article(name, sentences) for name, sentences in REPORTS.items()), article("c.txt", [OTHER])]
    assert brief().together(articles).warnings == ("c.txt seems to be about another story than the rest",)
    assert brief().together(articles[:2]).warnings == ()


def test_two_reports_with_one_id_are_refused() -> None:
    with pytest.raises(InputError, match="two reports have this id"):
        brief().together([article("a", [LEAD]), article("a", [COST])])


def test_what_could_not_be_read_or_nothing_at_all_is_one_error() -> None:
    with pytest.raises(InputError, match="nothing to put together"):
        brief().together([])
    broken = InputError("is empty", where="b.txt")
    with pytest.raises(InputError, match=r"b\.txt"):
        brief().together([article("a", [LEAD]), broken])  # type: ignore[list-item]


def test_one_report_is_summarized_as_ever() -> None:
    one = article("a.txt", [LEAD, HURT, COST])
    assert brief().together([one]) == brief()(one)


def test_a_headline_of_several_reports_has_its_places_in_the_first() -> None:
    said = "أكد رئيس البلدية، خلال مؤتمر صحفي عقده في مقر المجلس، أن الجسر الحجري سيغلق أمام السيارات ابتداء من الشهر المقبل."
    articles = [article("a.txt", [said, COST]), article("b.txt", [said, TRAFFIC])]
    [sentence] = brief(style="headline").together(articles).sentences
    assert sentence.text == "رئيس البلدية: الجسر الحجري سيغلق أمام السيارات ابتداء من الشهر المقبل"
    assert [span.article for span in sentence.sources] == ["a.txt", "a.txt", "b.txt"]


def test_english_of_a_brief_in_both_orders(upper: Upper) -> None:
    articles = [article(name, sentences) for name, sentences in REPORTS.items()]
    for strategy in ("summarize-translate", "translate-summarize"):
        pipeline = Pipeline(brief().summarizer, upper, strategy=strategy, sentences=2)  # type: ignore[arg-type]
        summary = pipeline.together(articles)
        assert len(summary.sentences) == 2
        assert all(sentence.english == f"EN {sentence.text}" for sentence in summary.sentences)


def test_the_command_writes_one_result_and_names_the_reports(files: list[Path], mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", *files, "--together", "--to", "ar", "--sentences", "4", "--format", "json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict) and found["id"] == " + ".join(map(str, files))
    assert {span["article"] for sentence in found["sentences"] for span in sentence["source"]} == {str(path) for path in files}
    text = mujaz("summarize", *files, "--together", "--to", "ar", "--sentences", "4")
    assert all(f"[{', '.join(names)}]" in text.out for names in ([str(files[0]), str(files[1])], [str(files[0])], [str(files[1])]))
    assert "has 15 where this has 12" in text.err


def test_a_folder_and_a_jsonl_file_can_be_put_together(files: list[Path], tmp_path: Path, mujaz: Callable[..., Ran]) -> None:
    ran = mujaz("summarize", tmp_path, "--together", "--to", "ar", "--format", "json")
    assert ran.code == 0 and "+" in json.loads(ran.out)["id"]
    lines = tmp_path / "two.jsonl"
    rows = [{"id": name, "text": "\n\n".join(sentences)} for name, sentences in REPORTS.items()]
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    ran = mujaz("summarize", lines, "--together", "--to", "ar", "--format", "json")
    assert ran.code == 0 and json.loads(ran.out)["id"] == "a.txt + b.txt"


def test_what_cannot_be_read_is_said_and_the_rest_is_used(files: list[Path], tmp_path: Path, mujaz: Callable[..., Ran]) -> None:
    (tmp_path / "empty.txt").touch()
    ran = mujaz("summarize", files[0], tmp_path / "empty.txt", files[1], "--together", "--to", "ar", "--format", "json")
    assert ran.code == 1 and "empty.txt" in ran.err
    assert len(json.loads(ran.out)["sentences"]) == 3
    ran = mujaz("summarize", tmp_path / "empty.txt", tmp_path / "no.txt", "--together", "--to", "ar")
    assert ran.code == 2 and ran.out == ""


def test_a_model_writes_one_brief_of_all_reports(files: list[Path], mujaz: Callable[..., Ran]) -> None:
    options = ("--summarizer", tiny_model("mt5"), "--to", "ar", "--device", "cpu", "--sentences", "2", "--format", "json")
    ran = mujaz("summarize", *files, "--together", *options)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert 1 <= len(found["sentences"]) <= 2
    assert all(span["article"] in map(str, files) for sentence in found["sentences"] for span in sentence["source"])
    pipeline = build_pipeline(
        PipelineConfig(
            summarizer=str(tiny_model("mt5")), translator=str(tiny_model("marian")), to="en", strategy="translate-summarize", device="cpu"
        )
    )
    with pytest.raises(ConfigError, match="use --strategy summarize-translate"):
        pipeline.together([article(name, sentences) for name, sentences in REPORTS.items()])
