"""Negation: a negated Arabic verb in a source whose translation negates nothing, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex

from translate.arabic.normalize import FOLD, normalize
from translate.checks.finding import Finding, Pair
from translate.checks.particles import bare_forms

_NEGATED: Final = regex.compile(r"\b[وف]?(?:لم|لن|ليس|ليست|ليسوا|لسنا|لست|لا)\b(?! ?/)")
"""Particles that negate a verb or a sentence, folded. ما is too many other words; عدم, غير and دون are often translated freely."""
_IDIOM: Final = regex.compile(
    r"\b[وف]?لا (?:سيما|زالوا|يزال|تزال|يزالون|زال|زالت|بد|شك|باس|داعي|غني|محاله|اقل|تقل|يقل|يخفي|ريب|اكثر|يتجاوز|تتجاوز|يتعدي|تتعدي)\b"
    r"|\bلا[^.,;]{0,40}\bالا\b|\bام لا\b|ليس فقط|نعم/لا"
)
"""What English says without "not": still, doubtless, at least, only, whether or not."""
_EXCEPTION_AR: Final = regex.compile(r"\b(?:الا|سوي|غير)\b")
_EXCEPTION_EN: Final = regex.compile(r"\b(?:only|but|just|except|solely)\b", regex.IGNORECASE)

# English words, and beginnings of words, that negate by themselves.
_WORDS: Final = frozenset(
    """
    not no never none neither nor nothing nobody nowhere without cannot cant dont non unless except hardly barely rarely
    seldom scarcely little few fewer least instead rather regardless too zero absent absence incapable neutral otherwise
    difficult substandard illegal against offline discomfort
    """.split()
)
_BEGINNINGS: Final = regex.compile(
    r"fail|lack|den[iy]|refus|avoid|prevent|prohibit|bans?$|banned|forbid|exclud|los[est]|miss(?:es|ed|ing)?$|reject|oppos|ceas|stop|discontinu"
    r"|ignor|neglect|reluct|elud|withh|discourag|eliminat|halt|exempt|asymptom|declin|illeg|illit|irre|atyp|asym|async"
    r"|un(?!i|der|t|fortun)|non|dis(?:a[bgl]|be|con|ho|in|l|o[rb]|pr|q|re|sa|un)|im(?:mo[rv]|pos|per[cfvm]|prop|prob|mat|pat|pra|pol|mea|mun)"
    r"|ind(?:ef|ir|is|om)|in(?:abil|acc|act|adeq|adv|anim|appl|appr|aud|cap|compa|compl|conc|conv|corr|cur|eff|eli|eq|ev|exp|exh|fin|fle|fre|hum"
    r"|nu|oper|sep|sig|suff|tol|val|var|vis|vul)|\p{L}+less(?:ly|ness)?$"
)

_NOT: Final = regex.compile(r"\b(?:not|never|cannot)\b|n't\b|\byet to\b", regex.IGNORECASE)
"""English negation that hardly ever comes out of nothing."""
_IDIOM_EN: Final = regex.compile(
    r"\b(?:could|can)(?:n't| ?not) (?:be |agree )?(?:more|help)\b|\bwhether or not\b|\bnot only\b", regex.IGNORECASE
)
_CUES_AR: Final = frozenset(
    normalize(
        """
        لا لم لن ليس ليست ليسوا لسنا لست لستم ما غير دون بدون بلا عدم عدمه نفى نفت ينفي تنفي نافيا نفي كلا أبدا قط سوى
        إلا إنما بل مجرد عكس ألا لئلا كيلا وإلا لولا رفض رفضت يرفض ترفض فشل فشلت يفشل تفشل منع تمنع يمنع ممنوع تجنب
        يتجنب انعدام نقص افتقار تفتقر يفتقر خلاف بدلا خال خالية خارج مستحيل صعب يستحيل امتناع امتنع تعذر يتعذر تتعذر
        استحالة نادرا نادر قلما قليلا كف توقف خلو مضاد انتفاء غياب لما ليت أي فقط قبل حذار تحذير لكن بينما مهما عجز عجزت
        عجزنا أخفق أخفقت
        """,
        FOLD,
    ).split()
)


def check_negation(pair: Pair) -> Iterator[Finding]:
    """A negation that is on one side only."""
    if found := _NEGATED.search(_IDIOM.sub(" ", pair.folded)):
        if not (any(map(_negates, pair.target_tokens)) or _NOT.search(pair.plain) or _only(pair)):
            yield Finding("negation", (found[0],), f"{found[0]} (not) is missing from the translation")
    elif (found := _NOT.search(_IDIOM_EN.sub(" ", pair.plain))) and not any(
        form in _CUES_AR for token in pair.source_tokens for form in bare_forms(token)
    ):
        yield Finding("negation", (found[0],), f"{found[0]!r} is in the translation but nothing is negated in the source")


def _only(pair: Pair) -> bool:
    """Whether it is لا … إلا, which is "only"."""
    return bool(_EXCEPTION_AR.search(pair.folded) and _EXCEPTION_EN.search(pair.plain))


@lru_cache(maxsize=1 << 15)
def _negates(word: str) -> bool:
    return word in _WORDS or bool(_BEGINNINGS.match(word))
