"""The number words of Arabic and English: cardinals, scales, and what may stand for a number (ordinals, fractions, decades)."""

from __future__ import annotations

from typing import Final

from translate.arabic.normalize import FOLD, normalize


def _lexicon(rows: str) -> dict[str, float]:
    """`5 خمسة خمس` a row: each word after the value stands for it, folded."""
    return {word: float(value) for value, *words in map(str.split, normalize(rows, FOLD).strip().splitlines()) for word in words}


SCALES_AR: Final = _lexicon(
    """
    1e3 ألف ألفا آلاف
    1e6 مليون مليونا ملايين
    1e9 مليار مليارا مليارات بليون
    1e12 تريليون ترليون تريليونا تريليونات
    """
)
CARDINALS_AR: Final = _lexicon(
    """
    3 ثلاثة ثلاث
    4 أربعة أربع
    5 خمسة خمس
    6 ستة ست
    7 سبعة سبع
    8 ثمانية ثماني ثمان
    9 تسعة تسع
    10 عشرة عشر
    20 عشرون عشرين
    30 ثلاثون ثلاثين
    40 أربعون أربعين
    50 خمسون خمسين
    60 ستون ستين
    70 سبعون سبعين
    80 ثمانون ثمانين
    90 تسعون تسعين
    100 مئة مائة
    200 مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي
    300 ثلاثمئة ثلاثمائة
    400 أربعمئة أربعمائة
    500 خمسمئة خمسمائة
    600 ستمئة ستمائة
    700 سبعمئة سبعمائة
    800 ثمانمئة ثمانمائة ثمانيمائة
    900 تسعمئة تسعمائة
    2e3 ألفان ألفين ألفي
    2e6 مليونان مليونين مليوني
    2e9 ملياران مليارين ملياري
    """
)
LOOSE_AR: Final = _lexicon(
    """
    1 واحد واحدة أحد إحدى أول أولى حادي حادية مرة
    2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثان ثاني ثانية مرتين مرتان ضعف ضعفي زوج زوجين كلا كلتا
    3 ثالث ثالثة ثلاثي ثلاثية أثلاث
    4 رابع رابعة رباعي رباعية أرباع
    5 خامس خامسة خماسي خماسية أخماس
    6 سادس سادسة سداسي أسداس
    7 سابع سابعة سباعي أسباع
    8 ثامن ثامنة ثماني أثمان
    9 تاسع تاسعة أتساع
    10 عاشر عاشرة عشرات عقد عقود
    12 دزينة
    20 عشرينات عشرينيات
    30 ثلاثينات ثلاثينيات
    40 أربعينات أربعينيات
    50 خمسينات خمسينيات
    60 ستينات ستينيات
    70 سبعينات سبعينيات
    80 ثمانينات ثمانينيات
    90 تسعينات تسعينيات
    100 مئات قرن قرون
    0.5 نصف
    0.25 ربع
    0.33 ثلث ثلثي ثلثين
    0.2 خمس
    0.1 عشر
    """
)
"""Ordinals, fractions, decades: they may stand for the number in digits, but are too many other words to be asked for."""

_WORDS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
SCALES_EN: Final = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
CARDINALS_EN: Final = {
    **{word: float(value) for value, word in enumerate(_WORDS.split(), start=1)},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)},
}
LOOSE_EN: Final = {word: float(value) for value, word in enumerate(_ORDINALS.split(), start=1)} | _lexicon(
    """
    0.25 quarter
    0.5 half
    1 once single i
    2 twice double both pair couple ii
    3 triple trio triad triplet trimester iii
    4 quartet quadruple iv
    6 vi
    7 vii
    8 viii
    9 ix
    10 decade
    11 xi
    12 xii
    13 xiii
    14 xiv
    15 xv
    16 xvi
    30 thirtieth
    40 fortieth
    50 fiftieth
    60 sixtieth
    70 seventieth
    80 eightieth
    90 ninetieth
    100 hundredth century centuries
    """
)
