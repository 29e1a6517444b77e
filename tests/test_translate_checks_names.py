"""Names and negation in a translation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from translate.checks import check, findings
from translate.checks.sounds import distance, symbols_of
from translate.checks.vocabulary import is_common, is_name

RIGHT = [
    ("التقى بوتين نظيره", "He met Putin, his counterpart"),
    ("سافر إلى هاليفاكس", "He went to Halifax"),
    ("قال جورج بوش", "George Bush said"),
    ("عاد من نيويورك وواشنطن", "He came back from New York and Washington"),
    ("شي جين بينغ في بكين", "Xi Jinping in Beijing"),
    ("قبر توت عنخ آمون", "The tomb of Tutankhamun"),
    ("المستشارة أنغيلا ميركل", "Chancellor Angela Merkel"),
    ("وقال نتنياهو", "Netanyahu said"),
    ("فاز برشلونة على تشيلسي", "Barcelona beat Chelsea"),
    ("في اليونان", "In Greece"),
    ("الجيش المصري", "The Egyptian army"),
    ("سكان القدس", "The people of Jerusalem"),
    ("البحر الأبيض المتوسط", "The Mediterranean"),
    ("عاصمة النمسا", "The capital of Austria"),
    ("قال المتحدث باسم الخارجية الألمانية", "A German Foreign Office spokesman said"),
    ("مجلس الأمن الدولي", "The Security Council"),
    ("منظمة التعاون", "The Organisation for Cooperation"),
    ("أعلنت شركة Craiglist", "Craiglist announced"),
    ("عقد الاتحاد الأوروبي قمة في لندن", "The EU held a summit"),
    ("العيون", "The eyes"),
    ("جزيرة بورتوريكو", "The island of Puerto Rico"),
    ("دير سان دييغو", "The Templo de San Diego"),
    ("المطثية العسيرة", "Spores of Clostridium difficile"),
]
WRONG = [
    ("سافر إلى هاليفاكس في كندا", "He went to Honolulu in Canada", "Honolulu"),
    ("التقى بوتين نظيره", "He met Merkel, his counterpart", "Merkel"),
    ("زار وزير الخارجية باريس", "The foreign minister visited London", "London"),
    ("زار وزير الخارجية باريس", "The foreign minister visited London", "باريس"),
    ("احتجت تركيا", "Protests came from China", "China"),
    ("احتجت تركيا", "There were protests", "تركيا"),
    ("قال الرئيس الفرنسي", "The Polish president said", "Polish"),
    ("وقال نتنياهو", "Netanyahu and Abbas said in Ramallah", "Ramallah"),
]
TRANSLITERATED = {
    "Putin": "بوتين", "Halifax": "هاليفاكس", "Washington": "واشنطن", "Churchill": "تشرشل", "Khamenei": "خامنئي", "Zuckerberg": "زوكربيرغ",
    "Thatcher": "تاتشر", "Schwarzenegger": "شوارزنيغر", "Volkswagen": "فولكسفاغن", "Maurizio": "ماوريتسيو", "Guinness": "غينيس",
    "Philadelphia": "فيلادلفيا", "Quebec": "كيبيك", "Jackson": "جاكسون", "Google": "جوجل",
}  # fmt: skip

LET_PASS = [
    ("لم يحضر أحد", "Nobody came"),
    ("لم يتمكن من الحضور", "He was unable to come"),
    ("لا يزال هناك", "He is still there"),
    ("لا شك أنه هناك", "He is surely there"),
    ("لا يعرفه إلا أخوه", "Only his brother knows him"),
    ("ما رأيته", "I did not see him"),
    ("نفى الوزير ذلك", "The minister said it was not so"),
]
NEGATED = [
    ("لم يحضر الوزير", "The minister came", "لم"),
    ("لن نستسلم", "We will give up", "لن"),
    ("الأمر ليس خطيرا", "The matter is serious", "ليس"),
    ("حضر الوزير", "The minister did not come", "not"),
    ("حضر الوزير", "The minister didn’t come", "n't"),
]


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_a_name_that_is_there_is_not_complained_about(source: str, target: str) -> None:
    assert check(source, target) == ()


@pytest.mark.parametrize(("source", "target", "name"), WRONG)
def test_a_swapped_name_is_named(source: str, target: str, name: str) -> None:
    assert ("name", (name,)) in [(finding.kind, finding.words) for finding in findings(source, target)]


def test_the_message_says_what_is_wrong() -> None:
    assert check("سافر إلى هاليفاكس", "He went to Honolulu") == (
        "name Honolulu is in the translation but nothing like it is in the source",
        "name هاليفاكس is missing from the translation",
    )


@pytest.mark.parametrize("name", TRANSLITERATED)
def test_every_name_is_nearest_to_its_own_transliteration(name: str) -> None:
    symbols = symbols_of(name)
    assert min(TRANSLITERATED.values(), key=lambda word: distance(symbols, word)) == TRANSLITERATED[name]


def test_a_swapped_name_is_far() -> None:
    far, near = distance(symbols_of("Honolulu"), "هاليفاكس"), distance(symbols_of("Halifax"), "هاليفاكس")
    assert near < 0.2 < 0.5 < far


@pytest.mark.parametrize("word", ["Security", "Organisation", "Colours", "Neighbouring", "Betacoronavirus", "Oneworld", "Turkey"])
def test_common_words_are_no_names(word: str) -> None:
    assert is_common(word)
    assert not is_name(word)


@pytest.mark.parametrize("word", ["Paris", "Oakland", "Liverpool"])
def test_names_of_the_dictionary_are_no_common_words(word: str) -> None:
    assert is_name(word)
    assert not is_common(word)


@pytest.mark.parametrize(("source", "target"), LET_PASS)
def test_a_negation_in_other_words_is_not_complained_about(source: str, target: str) -> None:
    assert check(source, target) == ()


@pytest.mark.parametrize(("source", "target", "word"), NEGATED)
def test_a_lost_or_added_negation_is_named(source: str, target: str, word: str) -> None:
    assert [(finding.kind, finding.words) for finding in findings(source, target)] == [("negation", (word,))]


def test_importing_the_checks_loads_no_dictionary_and_no_locale_data() -> None:
    code = (
        "import sys, translate.checks; sys.exit(any(name.split('.')[0] in ('babel', 'spylls', 'numpy', 'torch') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1]).returncode == 0
