"""A picked sentence as a headline: shortened the way Arabic newsrooms do it, with nothing in it that the sentence does not have.

Two ways: "أكد وزير البيئة خلال زيارة … أن <claim>" becomes "وزير البيئة: <claim>", so that the claim keeps whose it is; any other
sentence may end at a comma, if nothing behind it takes back, limits or ascribes what stands before. What cannot be shortened so stays
whole: a long headline is better than one that says something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from summarize.article import Article
from summarize.result import SummarySentence
from summarize.speech import SAID, any_of
from translate.arabic.words import words

LONGEST: Final = 15  # words; of ANT's headlines 98% have fewer
_SHORTEST: Final = 5
_SHORTEST_SPEAKER: Final = 2  # one word ("the adviser", "today") does not say who
_LONGEST_SPEAKER: Final = 9
_COMMA = re.compile(r"[،,](?=\s)|\s[-–—]\s|؛")
_MORE_SAID: Final = "اعلن وضح وضّح افاد كشف صرح صرّح إعتبر أبرز أقر أقرّ"
_SAYING: Final = r"[يت](?:رى|ؤكد|قول|ذكر|علن|وضح|شير|فيد|كشف|عتبر)"
_SAYS = re.compile(rf"(?:و)?(?:قد )?{any_of(f'{SAID} {_MORE_SAID} {_SAYING}')}(?:ت|وا)? ")
# What is said begins here, if it begins so for the first time: "that the …", not "that he …", nor "after that …".
_THAT = re.compile(
    r"(?<!بعد)(?<!قبل)(?<!رغم)(?<!حتى)(?<!غير)(?<!دون)(?<!مع)[ ،](?:(?:إلى|على|عن|من) )?ب?(?:أن|أنّ|إن|إنّ|ان)"
    r"(?P<pronoun>ه|ها|هم|هما|هن|نا|ني|ي|ك)?(?=\s|$)"
)
_DAY = any_of("الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد")
_OCCASIONS = any_of(r"في خلال اليوم أمس عقب إثر اثر عبر لدى أثناء ضيف ضيفة مساء صباح ظهر يوم لوكالة لمراسل\w* لإذاعة لقناة لل?جوهرة")
# Where the name of who says it ends: a comma, or what tells when, where and on what occasion.
_OCCASION = re.compile(rf"\s*[،,(]|\s(?:{_OCCASIONS}|على هامش|من خلال|{_DAY})\s")
_NOT_A_SPEAKER = re.compile(
    rf"(?<!\S){any_of(r'نقلا نقلًا عن أيضا كذلك كما هو هي هم نفسه نفسها ذاته ذاتها المصدر ذلك هذا هذه كل عدد بعد قبل')}(?!\S)|[\"«»“”:\d]"
)
# What a sentence needs: negation and doubt, conditions and exceptions, and who says it or thinks so.
_WEIGHTY = re.compile(
    r"(?<!\w)[وف]?"
    + any_of(
        "لم لن لا ليس ليست ليسوا غير عدم دون بدون ما نفى نفت قد ربما محتمل المحتمل المنتظر المتوقع المرجح المفترض يمكن"
        " إلا سوى عدا باستثناء لكن لكنه لكنها بل رغم بينما فيما مقابل إذا لو حال حالة صورة شرط شريطة بشرط"
        " إن أن أنه أنها بأن وفق وفقا وفقًا حسب بحسب حسبما نقلا نقلًا عن حد قوله قولها قولهم تعبيره تعبيرها"
        r" (?:مشير|مؤكد|معتبر|موضح|مضيف|مبرز|مبين)\w*"
    )
    + r"(?!\w)"
)
# What may be left out behind a comma: the circumstances, not the verb's object or its subject.
_MORE = re.compile(any_of(r"وذلك و[تي]\w{3} ل[تي]\w{2} حيث مما إذ بعد قبل عقب إثر خلال أثناء منذ بسبب بهدف بحضور بمشاركة بمناسبة"))
_WAITS = re.compile(
    r"\b(?:بين|من بينهم|سواء)(?: \S+){1,5}\s*$"
    rf"|\b{any_of('الذي التي الذين اللذين وهو وهي وهم')}\b|\b{any_of('إثر عقب وذلك جراء ضمن')}\s*$"
)
_ACCUSATIVE = re.compile(r"(?!ال)\S+(?:ا|اً|ًا)(?=\s)|ال\S+ين(?=\s)")
_PAIRS: Final = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
_TRIM: Final = " .،؛,;:…-–—"


def as_headline(sentence: SummarySentence, article: Article) -> SummarySentence:
    """A picked sentence of the article, shortened, with the places of what is left; whole where it cannot be shortened well.

    No word is put in or changed, and only a colon added. A sentence that a model wrote stays as it is.
    """
    if sentence.support is not None or not sentence.sources:
        return sentence
    pieces = _shortened(sentence.text)
    first = sentence.sources[0]
    for paragraph in article.paragraphs:
        start = paragraph.text.find(sentence.text)
        if start >= 0 and paragraph.locate(start, start + len(sentence.text)) == replace(first, article=None):
            text = ": ".join(sentence.text[a:b] for a, b in pieces)
            places = (replace(paragraph.locate(start + a, start + b), article=first.article) for a, b in pieces)
            return replace(sentence, text=text, sources=(*places, *sentence.sources[1:]))
    return sentence


def _shortened(text: str) -> Sequence[tuple[int, int]]:
    """What is left of a sentence, as pieces `[start, end)`: who says it and what, or one piece."""
    if len(words(text)) > LONGEST:
        for pieces in (_claim(text), _beginning(text)):
            if pieces and all(_balanced(text[a:b]) for a, b in pieces):
                return pieces
    return [(0, len(text))]


def _claim(text: str) -> Sequence[tuple[int, int]] | None:
    """Who says something, and what, all of it: of "said X on this occasion that …". None for a sentence of another form."""
    verb = _SAYS.match(text)
    that = verb and _THAT.search(text, verb.end() - 1)
    if not verb or not that or that["pronoun"]:
        return None
    occasion = _OCCASION.search(text, verb.end(), that.start() + 1)
    speaker = _trimmed(text, verb.end(), occasion.start() if occasion else that.start())
    claim = _trimmed(text, that.end(), len(text))
    said = text[slice(*claim)]
    if (
        not _SHORTEST_SPEAKER <= len(words(text[slice(*speaker)])) <= _LONGEST_SPEAKER
        or _NOT_A_SPEAKER.search(text[slice(*speaker)])
        or _WEIGHTY.search(text[speaker[1] : that.start()])
        or _ACCUSATIVE.match(said)
        or len(words(said)) > LONGEST
    ):
        return None
    return [speaker, claim]


def _beginning(text: str) -> Sequence[tuple[int, int]] | None:
    """Up to the last comma that may end a headline; None where somebody says something, for what is said comes last."""
    if _SAYS.match(text) or _OCCASION.match(text, len(text.split(" ")[0])):
        return None
    for mark in reversed(list(_COMMA.finditer(text))):
        kept, rest = text[: mark.start()], text[mark.end() :].lstrip()
        fits = _SHORTEST <= len(words(kept)) <= LONGEST
        if fits and _MORE.match(rest) and not _WEIGHTY.search(rest) and not _WAITS.search(kept) and not _SAYS.search(rest):
            return [_trimmed(text, 0, mark.start())]
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` without blanks and marks at its ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(text.count(left) == text.count(right) for left, right in _PAIRS)
