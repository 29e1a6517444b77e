"""Numbers, dates, percentages and currencies of a translation."""

from __future__ import annotations

import pytest

from translate.checks import check, findings

RIGHT = [
    ("قتل خمسة وعشرون شخصا", "Twenty-five people were killed"),
    ("قتل خمسة وعشرون شخصا", "25 people were killed"),
    ("قتل ثلاثة عشر شخصا", "Thirteen people were killed"),
    ("حضر ثلاثمئة وخمسون طالبا", "350 students came"),
    ("حضر مئة وخمسة وعشرون ألف طالب", "125,000 students came"),
    ("يبلغ عددهم ثلاثة ملايين ومئتي ألف", "There are 3.2 million of them"),
    ("كلف 3 إلى 5 ملايين دولار", "It cost $3 to 5 million"),
    ("باع 2,5 مليون نسخة", "It sold 2.5 million copies"),
    ("في القرن التاسع عشر", "In the 19th century"),
    ("في القرن التاسع عشر", "In the 1800s"),
    ("منذ سبعينيات القرن العشرين", "Since the 1970s"),
    ("للمرة الحادية والعشرين", "For the 21st time"),
    ("استغرق ساعة ونصف", "It took 1.5 hours"),
    ("زاد بنسبة عشرين في المئة", "It rose by 20%"),
    ("انخفض إلى النصف", "It fell by 50%"),
    ("بين مليونين وثلاثة ملايين", "Between two million and three million"),
    ("خسر ثلاثة مليارات وخمسة ملايين دولار", "It lost $3,005,000,000"),
    ("حوالي 48 قاعدة", "Some four dozen bases"),
    ("متنزه سيكس فلاجز", "At Six Flags"),
    ("لست هنا", "I am not here"),
    ("ألف كتابا", "He wrote a book"),
    ("قناة ألفا", "Alpha Channel"),
    ("قتل أربعة آلاف جندي", "Four thousands soldiers were killed"),
    ("قتل أربعة آلاف جندي", "4,000 soldiers were killed"),
    ("خسر 5 ملايين دولار", "It lost 5 millions of dollars"),
    ("وصل عشرون ألفا من المدنيين", "Twenty thousand civilians arrived"),
    ("وصل خمسة وعشرون ألفا", "25,000 arrived"),
    ("وصل 20 ألفا", "20 thousand arrived"),
    ("وصلت مئات آلاف الأسر", "Hundreds of thousands of families arrived"),
    ("وصل آلاف اللاجئين", "Refugees arrived in great numbers"),
    ("في 5 جوان 2016", "On 5 June 2016"),
    ("في 5 حزيران/يونيو 2016", "On June 5, 2016"),
    ("في 20 تشرين الثاني", "On November 20"),
    ("في 3 غشت 2019", "On August 3, 2019"),
    ("في أفريل الماضي", "Last April"),
    ("في 12/5/2020", "On May 12, 2020"),
    ("يوم الأربعاء", "On Wednesday"),
    ("في يوم واحد", "In a single day"),
    ("لقي الاثنان حتفهما", "Both died"),
    ("قد يأتي", "May he come"),
    ("دفع ألفي ليرة لبنانية", "He paid 2,000 Lebanese pounds"),
    ("دفع 7 يورو", "He paid €7"),
    ("بطولة أمم أوروبا يورو 2020", "The European Championship, 2020"),
]
WRONG = [
    ("قتل خمسة وعشرون شخصا", "Fifteen people were killed", "number", "خمسه وعشرون"),
    ("قتل خمسة وعشرون شخصا", "Fifteen people were killed", "number", "fifteen"),
    ("كلف 5 ملايين دولار", "It cost 5 billion dollars", "number", "5"),
    ("قتل أربعة آلاف جندي", "Four soldiers were killed", "number", "اربعه الاف"),
    ("وصل عشرون ألفا", "Thirty thousand arrived", "number", "عشرون الفا"),
    ("حضر 1,000 شخص", "100 people came", "number", "1,000"),
    ("في 5 حزيران 2016", "On July 5, 2016", "date", "حزيران"),
    ("في 5 حزيران 2016", "On July 5, 2016", "date", "July"),
    ("في 7 كانون الثاني", "On 7 December", "date", "December"),
    ("يوم الخميس", "On Friday", "date", "Friday"),
    ("يوم الخميس", "Then", "date", "الخميس"),
    ("زاد 20 بالمئة", "It rose by 20", "percent", "بالمئه"),
    ("زاد 20 مترا", "It grew by 20 percent", "percent", "percent"),
    ("دفع 7 دولارات", "He paid 7 euros", "currency", "دولارات"),
    ("دفع 7 دولارات", "He paid 7 yen", "currency", "yen"),
]


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_the_same_number_in_another_form_is_not_complained_about(source: str, target: str) -> None:
    assert check(source, target) == ()


@pytest.mark.parametrize(("source", "target", "kind", "word"), WRONG)
def test_a_changed_number_date_or_unit_is_named_with_its_kind(source: str, target: str, kind: str, word: str) -> None:
    assert (kind, (word,)) in [(finding.kind, finding.words) for finding in findings(source, target)]


def test_digits_without_end_are_no_trouble() -> None:
    assert check("9" * 5000, "9" * 5000) == ()
