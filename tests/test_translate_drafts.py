"""Drafts: every result that people or programs read says that a translation is one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ARTICLES, Ran

from summarize import Pipeline, article_from_text
from summarize.extractive import ExtractiveSummarizer
from summarize.formats import as_text
from summarize.markdown import as_markdown
from translate import command, translator
from translate.layers import Layers
from translate.memory import Memory
from translate.registry import load_spec
from translate.runtime.engine import Output, Progress
from translate.spec import Generation
from translate.translator import ModelTranslator, installed_drafts, load_translator
from translate.types import ModelRef

TEXT = "أعلنت البلدية إغلاق الجسر الحجري أمام السيارات. وقال المهندس إن في الجسر تشققات كثيرة."


class Rough:
    """An engine that always writes the same."""

    def fits(self, text: str) -> bool:
        return True

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        return [Output("Bridge shut.", complete=True) for _ in texts]


def rough(*, draft: bool = True) -> ModelTranslator:
    return ModelTranslator(load_spec("gloss"), ref=ModelRef("rough", draft=draft), engine=Rough(), check=lambda source, target: ())


def test_a_summary_says_it_with_every_sentence() -> None:
    summary = Pipeline(ExtractiveSummarizer(), rough(), sentences=2)(article_from_text(TEXT))
    assert [sentence["draft"] for sentence in summary.to_json()["sentences"]] == [True, True]
    assert summary.english == "Bridge shut. Bridge shut."
    assert as_text(summary).count("\n(draft) Bridge shut.") == 2
    assert as_markdown(summary).count("\n(draft) Bridge shut.") == 2


def test_arabic_and_what_is_no_draft_is_not_marked() -> None:
    arabic = Pipeline(ExtractiveSummarizer(), to="ar")(article_from_text(TEXT))
    fluent = Pipeline(ExtractiveSummarizer(), rough(draft=False))(article_from_text(TEXT))
    for summary in (arabic, fluent):
        assert all("draft" not in sentence for sentence in summary.to_json()["sentences"])
        assert "(draft)" not in as_text(summary) + as_markdown(summary)


def test_what_has_nothing_to_translate_is_no_draft() -> None:
    assert [done.draft for done in rough().translate([TEXT, "", "2026"])] == [True, False, False]


@pytest.fixture
def translate(mujaz: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setattr(command, "load_translator", lambda *args, **kwargs: rough())
    return lambda text, *options: mujaz("translate", *options, stdin=text.encode())


def test_translated_lines_say_it_and_stay_as_many(translate: Callable[..., Ran]) -> None:
    ran = translate("أغلق الجسر. أغلق الجسر.\n\n2026\nأغلق الجسر")
    assert ran.out == "(draft) Bridge shut. (draft) Bridge shut.\n\n2026\n(draft) Bridge shut.\n"
    assert "rough writes drafts" in ran.err and "mujaz models pull" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02\xff" * 50, b"no Arabic"])
def test_an_unusable_only_input_ends_with_one_line(translate: Callable[..., Ran], tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    ran = translate("", path)
    assert ran.code == 2 and ran.out == ""
    assert ran.err.count("\n") == 1 and "a.txt: " in ran.err


def test_an_output_that_cannot_be_written_is_one_line(translate: Callable[..., Ran], tmp_path: Path) -> None:
    ran = translate("أغلق الجسر.", "-o", tmp_path / "none" / "out.txt")
    assert ran.code == 2 and ran.err.count("\n") == 1 and "cannot be written" in ran.err


def test_drafts_are_said_once_and_before_the_first_result_only(translate: Callable[..., Ran], tmp_path: Path) -> None:
    for name, content in (("a.txt", ""), ("b.txt", "أغلق الجسر."), ("c.txt", "أغلق الجسر.")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    ran = translate("", *sorted(tmp_path.iterdir()))
    first, second = ran.err.splitlines()
    assert ran.code == 1 and "a.txt: is empty" in first and "rough writes drafts" in second


def test_the_json_of_a_translation_says_it_beside_the_text(translate: Callable[..., Ran]) -> None:
    done = json.loads(translate("أغلق الجسر. 2026\n", "--format", "json").out)
    assert [sentence.get("draft") for sentence in done["sentences"]] == [True, None]
    assert done["text"]["en"] == "Bridge shut. 2026\n"


def test_marked_up_documents_say_it_and_keep_their_markup(translate: Callable[..., Ran]) -> None:
    page = translate("<p>أغلق الجسر</p><p>2026</p>", "--input-format", "html").out
    assert page == "<p>(draft) Bridge shut.</p><p>2026</p>\n" or page == "<p>(draft) Bridge shut.</p><p>2026</p>"


def test_auto_takes_a_draft_only_where_there_is_nothing_better(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(translator, "installed_drafts", installed_drafts)
    monkeypatch.setattr("translate.store.find_spec", lambda name: object())
    assert load_translator().ref == ModelRef("embedded", None, load_spec("embedded").licence, True, draft=True)
    better = load_spec("opus-mt-ar-en")
    monkeypatch.setattr(translator, "installed_translators", lambda: [better])
    assert translator._first_installed(download=False) is better


def test_a_summary_without_a_model_is_a_draft_and_says_so(mujaz: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.translator.load_translator", lambda *args, **kwargs: rough())
    ran = mujaz("summarize", ARTICLES / "economy.txt", "--sentences", "1")
    assert ran.code == 0 and "\n(draft) Bridge shut.\n" in ran.out
    assert ran.err.count("rough writes drafts") == 1


def test_what_ships_with_mujaz_is_not_remembered(own_cache: Path) -> None:
    engine = Rough()
    assert Layers(memory=Memory()).around_engine(engine, load_spec("gloss"), None, "gloss") is engine
    assert Layers(memory=Memory()).around_engine(engine, load_spec("opus-mt-ar-en"), None, "torch") is not engine
