"""Checks of a translation: what must be said, and what must not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from translate.checks import check

SHARED = Path(__file__).parents[2] / "shared"

RIGHT = [
    ("ارتفعت الأسعار بنسبة ٣٫٥٪ عام ٢٠٢٤", "Prices rose by 3.5% in 2024"),
    ("حضر 1,000 شخص", "1000 people came"),
    ("حضر ١٬٠٠٠ شخص", "About 1,000 people came"),
    ("مساحتها 783،562 كيلومترا", "Its area is 783,562 kilometres"),
    ("حضر 25 شخصا", "Twenty-five people came"),
    ("عاش 3 آلاف سنة", "It lived for three thousand years"),
    ("كلف 5 ملايين دولار", "It cost $5,000,000"),
    ("كلف 5000000 دولار", "It cost $5 million"),
    ("في القرن 18", "In the 18th century"),
    ("المركز 3", "Third place"),
    ("الحرب العالمية 2", "World War II"),
    ("حوالي 48 قاعدة", "Some four dozen bases"),
    ("الساعة 19:30", "At 7:30 p.m."),
    ("الساعة 10:00", "At 10 a.m."),
    ("في 31.12.2024", "On December 31, 2024"),
    ("فاز بهدفين في ثلاثين دقيقة", "He scored 2 goals in 30 minutes"),
    ("في الستينيات", "In the 1960s"),
    ("هذا كتاب &amp; قلم", "A book &amp; a pen"),
    ("زار بغداد ثم زار بغداد ثانية", "He went to Baghdad, went to Baghdad"),
    ("قال: لا، لا، لا، لا!", "He said: No, no, no, no!"),
    ("ها ها ها ها ها", "ha ha ha ha ha"),
    ("نعم", "Yes, that is how it is, as we have said before now"),
    ("كَتَبَ الوَلَدُ دَرْسَهُ فِيْ البَيْتِ", "The boy did his homework"),
    ("", ""),
    ("***", ""),
]
WRONG = [
    ("ارتفعت بنسبة ٣٫٥٪", "They rose by 5.3%", "number 3.5 is missing from the translation"),
    ("حضر 1,000 شخص", "100 people came", "number 1,000 is missing from the translation"),
    ("حضر 12 شخصا", "Many people came", "number 12 is missing from the translation"),
    ("حضر الكثيرون", "400 people came", "number 400 is in the translation but not in the source"),
    ("حضر 12 شخصا", "12 people came in 1999", "number 1999 is in the translation but not in the source"),
    ("زار الوزير بغداد", "The minister visited بغداد", "Arabic is left in the translation: بغداد"),
    ("زار الوزير بغداد", "", "the translation is empty"),
    ("زار الوزير بغداد", "...", "the translation is empty"),
    ("هذا كتاب الوزير", "It&#39;s the minister&#39;s book", "HTML is left in the translation: &#39;"),
    ("زار الوزير بغداد", "The minister went to Baghdad, went to Baghdad", "the translation repeats itself: 'went to Baghdad'"),
    ("زار الوزير بغداد", "He went to Baghdad on foot. He went to Baghdad on foot.", "the translation repeats itself"),
    ("زار الوزير بغداد", " \n", "the translation is empty"),
    ("12", "", "the translation is empty"),
    ("زار الوزير بغداد", "The the the the the minister", "the translation repeats itself: 'The'"),
    ("زار الوزير بغداد", "He went to Baghdad, he went to Baghdad, he went to Baghdad, he", "the translation repeats itself"),
    ("زار الوزير بغداد", "connectconnectconnectconnectconnectconnectconnectconnectconnect", "the translation repeats itself"),
    ("زار الوزير العاصمة بغداد صباح اليوم والتقى رئيس الحكومة", "The minister", "the translation is very short: 12 characters for 55"),
    ("زار الوزير بغداد", "The minister went to see many cities and towns. " * 2, "the translation is very long: 95 characters for 16"),
]


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_what_is_right_is_not_complained_about(source: str, target: str) -> None:
    assert check(source, target) == ()


@pytest.mark.parametrize(("source", "target", "said"), WRONG)
def test_what_is_wrong_is_named(source: str, target: str, said: str) -> None:
    warnings = check(source, target)
    assert any(warning.startswith(said) for warning in warnings), warnings
    assert all("\n" not in warning for warning in warnings)


def test_every_lost_number_is_named_once() -> None:
    assert check("بين 7 و9 و7 أشخاص", "Some people") == (
        "number 7 is missing from the translation",
        "number 9 is missing from the translation",
    )


def test_arabic_in_an_address_is_not_left_over() -> None:
    assert check("زر https://ar.example.org/wiki/كتاب اليوم", "Visit https://ar.example.org/wiki/كتاب today") == ()


def test_many_leftover_words_are_counted() -> None:
    [warning] = check("ا ب ت ث ج", "ا ب ت ث ج")
    assert warning == "Arabic is left in the translation: ا, ب, ت and 2 more"


@pytest.mark.skipif(not (SHARED / "data/flores200").is_dir(), reason="needs ../shared/data")
def test_professional_translations_rarely_get_a_warning() -> None:
    sources, targets = ((SHARED / f"data/flores200/dev.{language}").read_text(encoding="utf-8").splitlines() for language in ("ar", "en"))
    warned = sum(bool(check(source, target)) for source, target in zip(sources, targets, strict=True))
    assert warned / len(sources) < 0.03


@pytest.mark.skipif(not (SHARED / "data/flores200").is_dir(), reason="needs ../shared/data")
def test_another_sentences_translation_with_other_numbers_is_noticed() -> None:
    sources, targets = ((SHARED / f"data/flores200/dev.{language}").read_text(encoding="utf-8").splitlines() for language in ("ar", "en"))
    numbered = [(source, target) for source, target in zip(sources, targets, strict=True) if any(letter.isdigit() for letter in source)]
    moved = [(source, target) for (source, _), (_, target) in pairwise(numbered)]
    assert sum(bool(check(source, target)) for source, target in moved) / len(moved) > 0.9
