"""Summaries that a model writes: of texts of any length, all of which it has read, as long as was asked for, with their faults said."""

from __future__ import annotations

import random

import pytest
from conftest import ARTICLES
from writers import AGAIN, Pen, first_sentence, first_words, summarizer

from summarize import Pipeline, article_from_text
from summarize.article import Article
from summarize.loaders import read_articles
from translate.errors import InputError

ECONOMY = (ARTICLES / "economy.txt").read_text(encoding="utf-8")
_LETTERS = "بتجحدرسصطعفقكلمنه"


def long_article(words: int, seed: int = 1) -> Article:
    """An article in which each paragraph has words that stand nowhere else."""
    chance, paragraphs, count = random.Random(seed), [], 0

    def sentence(name: str) -> str:
        rest = ("".join(chance.choices(_LETTERS, k=5)) for _ in range(chance.randint(4, 18)))
        return f"قال المسؤول {name} إن {' '.join(rest)} في العام {chance.randint(1, 9999)}."

    while count < words:
        paragraphs.append(" ".join(sentence(f"م{len(paragraphs)}س{number}") for number in range(chance.randint(1, 6))))
        count += len(paragraphs[-1].split())
    return article_from_text("\n\n".join(paragraphs))


def test_thirty_thousand_words_are_all_read_and_never_more_at_once_than_fits() -> None:
    article = long_article(30_000)
    pen = Pen(first_words, limit=2000)
    summary = summarizer(pen).summarize(article, sentences=3)
    first, *later = pen.calls
    assert " ".join(" ".join(first).split()) == " ".join(" ".join(each.text for each in article.paragraphs).split())
    assert len(first) > 80 and len(later) >= 2 and len(pen.calls[-1]) == 1  # in the end one pass over everything that is left
    assert len(summary) == 3 and all(sentence.sources for sentence in summary)
    assert all(article.text[span.start : span.end].strip() for sentence in summary for span in sentence.sources)


def test_what_fits_is_read_once_and_whole() -> None:
    pen = Pen(lambda text: "صادرات التمور ترتفع. المياه شحيحة. المزارعون يشتكون. والسوق تنمو.", limit=100_000)
    [article] = read_articles([str(ARTICLES / "economy.txt")])
    assert not isinstance(article, InputError)
    summary = summarizer(pen).summarize(article, sentences=2)
    assert [sentence.text for sentence in summary] == ["صادرات التمور ترتفع.", "المياه شحيحة."]
    assert pen.calls == [["\n".join(paragraph.text for paragraph in article.paragraphs)]]


@pytest.mark.parametrize("wanted", [1, 2, 3, 5])
def test_a_model_that_writes_one_sentence_is_asked_about_the_parts_for_the_others(wanted: int) -> None:
    article = long_article(300)
    pen = Pen(first_sentence, limit=100_000)
    summary = summarizer(pen).summarize(article, sentences=wanted)
    assert len(summary) == wanted == len({sentence.text for sentence in summary})
    assert [len(call) for call in pen.calls] == ([1] if wanted == 1 else [1, wanted])
    places = [sentence.sources[0].start for sentence in summary]
    assert places == sorted(places)


def test_a_model_that_says_the_same_of_every_part_gives_one_sentence() -> None:
    summary = summarizer(Pen(lambda text: "قال المسؤول إن العمل في الجسر انتهى اليوم.", limit=500)).summarize(
        long_article(2000), sentences=3
    )
    assert [sentence.text for sentence in summary] == ["قال المسؤول إن العمل في الجسر انتهى اليوم."]


def test_a_model_that_writes_as_much_as_it_reads_comes_to_an_end() -> None:
    pen = Pen(lambda text: text, limit=400)
    summary = summarizer(pen, again=None).summarize(long_article(2000), sentences=3)
    assert len(summary) == 3 and len(pen.calls) == 1


def test_several_articles_share_the_models_batches_and_get_what_each_gets_alone() -> None:
    articles = [long_article(size, seed) for seed, size in enumerate((40, 900, 3000, 60))]
    pen = Pen(first_words, limit=1500)
    together = list(Pipeline(summarizer(pen), to="ar").run(articles))
    calls = len(pen.calls)
    alone = [Pipeline(summarizer(pen), to="ar")(article) for article in articles]
    assert together == alone
    assert calls < len(pen.calls) - calls
    assert len(pen.calls[0]) > 4


def test_an_answer_in_the_wrong_script_is_tried_once_more_with_another_search() -> None:
    pen = Pen(lambda text: "ارتفعت صادرات التمور.", again=lambda text: "Date exports rose.", limit=100_000)
    [sentence] = summarizer(pen, "en").summarize(article_from_text(ECONOMY), sentences=1)
    assert (sentence.text, sentence.english) == ("", "Date exports rose.")
    assert pen.tries == [None, AGAIN]
    assert not any("script" in warning for warning in sentence.warnings)


def test_an_answer_that_stays_in_the_wrong_script_is_kept_and_said() -> None:
    pen = Pen(lambda text: "ارتفعت صادرات التمور.", limit=100_000)
    [sentence] = summarizer(pen, "en").summarize(article_from_text(ECONOMY), sentences=1)
    assert sentence.english == "ارتفعت صادرات التمور." and pen.tries == [None, AGAIN]
    assert "the model wrote this in another script than that of English" in sentence.warnings
    [arabic] = summarizer(Pen(lambda text: "Date exports rose."), "ar").summarize(article_from_text(ECONOMY), sentences=1)
    assert "the model wrote this in another script than that of Arabic" in arabic.warnings


@pytest.mark.parametrize(
    ("answer", "warning"),
    [
        ("ارتفعت صادرات التمور في الواحات في الواحات في الواحات في الواحات في الواحات.", "repeats itself"),
        ("ارتفعت الصادرات. " + "وقال خبير آخر غير ذلك تماما وأضاف كلاما كثيرا. " * 60, "longer than"),
    ],
)
def test_loops_and_overlong_summaries_are_said(answer: str, warning: str) -> None:
    summary = summarizer(Pen(lambda text: answer, limit=100_000)).summarize(article_from_text(ECONOMY), sentences=500)
    assert any(warning in line for sentence in summary for line in sentence.warnings)


def test_a_summary_that_was_cut_off_is_said() -> None:
    summary = summarizer(Pen(lambda text: "ارتفعت الصادرات. وقال", limit=100_000, complete=False)).summarize(article_from_text(ECONOMY))
    assert "the model did not end its summary, which was cut off" in summary[1].warnings and not any(
        "cut off" in warning for warning in summary[0].warnings
    )


@pytest.mark.parametrize("nothing", ["", "  ", "…", "<"])
def test_an_empty_summary_is_no_result(nothing: str) -> None:
    article = article_from_text(ECONOMY)
    [sentence] = summarizer(Pen(lambda text: nothing, limit=100_000)).summarize(article, sentences=1)
    assert sentence.text == first_sentence(article.lead) and "the model wrote nothing" in sentence.warnings[0]
    [span] = sentence.sources
    assert article.text[span.start : span.end] == sentence.text
    [english] = summarizer(Pen(lambda text: nothing, limit=100_000), "en").summarize(article, sentences=1)
    assert english.text == sentence.text and english.english is None


def test_a_part_about_which_the_model_writes_nothing_still_counts() -> None:
    article = long_article(1500)
    pen = Pen(lambda text: "" if "م3س0" in text else first_words(text), limit=1000)
    summarizer(pen).summarize(article, sentences=3)
    [silent] = [text for text in pen.calls[0] if "م3س0" in text]
    assert any(first_sentence(silent) in text for call in pen.calls[1:] for text in call)
