"""A picked sentence as a headline: shortened the way Arabic newsrooms do it, with nothing in it that the sentence does not have.

Two ways: "أكد وزير البيئة خلال زيارة … أن <clause>" becomes "وزير البيئة: <clause>", so that the claim keeps whose it is; any other
sentence is cut behind a clause. Dates in full ("اليوم الثلاثاء 5 مارس 2019") are left out. What cannot be shortened so stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from summarize.article import Article
from summarize.result import SummarySentence
from translate.arabic.clauses import clause_ends
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, words

LONGEST: Final = 15  # words; of ANT's headlines 98% have fewer
_SHORTEST: Final = 5
_SHORTEST_CLAIM: Final = 4
_LONGEST_SPEAKER: Final = 9

_WEEKDAY = r"(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد)"
_MONTH = (
    r"(?:يناير|فبراير|مارس|أبريل|إبريل|ابريل|مايو|يونيو|يونيه|يوليو|يوليه|أغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر|جانفي|فيفري|أفريل|افريل|"
    r"ماي|جوان|جويلية|أوت|اوت|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|كانون (?:الأول|الثاني)|تشرين (?:الأول|الثاني))"
)
_DAY = rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?"
# Behind a word with the article, a mark or the sentence's verb: else it belongs to the word before (طقس اليوم الخميس, من مساء السبت).
_DATE = re.compile(
    rf"(?:(?<=[،,)»”\"])|(?:(?<!\S)[وفبكل]?(?:ال|لل)(?!يوم)\S+)|^(?P<verb>\S+))(?P<date>\s"
    rf"(?:(?:صباح|مساء|ظهر|عشية|ليلة|فجر|يوم) )?(?:(?:اليوم|أمس|امس) )?(?:يوم )?{_WEEKDAY}"
    rf"(?: (?:الماضي|المنقضي|الفارط|المقبل|القادم|الجاري))?(?:[ ،]{{1,2}}{_DAY})?)(?=[\s،,.]|$)"
)
_SAYS = re.compile(
    r"(?:و)?(?:قد )?(?:أكد|اكد|أكّد|قال|أعلن|اعلن|أوضح|اوضح|وضح|وضّح|أفاد|افاد|كشف|صرح|صرّح|اعتبر|إعتبر|شدد|شدّد|"
    r"أشار|اشار|ذكر|بين|بيّن|أضاف|اضاف|أبرز|لفت|يرى|يؤكد|يقول|أقر|أقرّ|حذر|حذّر|نفى)(?:ت|وا)? "
)
# "That it was decided …" with a pronoun that stands for nothing; any other pronoun would be missed.
_THAT = re.compile(
    r" (?:(?:إلى|على|عن|من) )?(?:(?:أن|أنّ|إن|إنّ|ان|بأن|بأنّ)"
    r"|(?:أنه|أنّه|إنه|إنّه|انه|بأنه)(?= (?:تم|تمّ|سيتم|يتم|وقع|سيقع|يجب|يمكن) )) "
)
# Where the name of who says it ends: a comma, or what tells when, where and on what occasion.
_OCCASION = re.compile(
    r"\s*[،,(]|\s(?:في|خلال|اليوم|أمس|على هامش|على|عقب|إثر|اثر|بعد|عبر|لدى|من خلال|أثناء|ضمن|ضيف|مساء|صباح|ظهر|يوم|عن|حول|"
    rf"لوكالة|لمراسل\w*|لإذاعة|لقناة|لل?جوهرة|{_WEEKDAY})\s"
)
# What may be left out behind a comma: what goes on with "and", tells more of the circumstances, or says it once more.
_MORE = re.compile(
    r"(?:و|ف\w{2}|ل[تي]\w{2}|حيث|بينما|كما|مما|إذ|لكن|بعد|قبل|عقب|إثر|خلال|أثناء|منذ|حسب|بحسب|نقلا|نقلًا|بسبب|بهدف|معتبر|مؤكد|مشير|"
    r"مضيف|مبين|موضح|مطالب|داعي|مبرز|لافت)"
)
# A clause with "who" or "which" may still wait for its verb or its object, "between X" waits for "and Y", "because of" for a cause.
_OPEN = re.compile(
    r"\b(?:وبين|بين|ما بين|من بينهم|سواء)(?: \S+){1,5}\s*$|\b(?:الذي|التي|الذين|اللذين|وهو|وهي|وهم)\b"
    r"|\b(?:إثر|عقب|وذلك|جراء|ضمن|وقبل|وبعد)\s*$"
)
_DENIES = re.compile(r"(?:و)?نفى|(?:و)?حذ")
_PAIRS: Final = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
_TRIM: Final = " .،؛,;:…-–—"


def as_headline(sentence: SummarySentence, article: Article) -> SummarySentence:
    """A picked sentence of the article, shortened, with the places of what is left; whole where it cannot be shortened well.

    No word is put in or changed, and only a colon added. A sentence that a model wrote stays as it is.
    """
    if sentence.support is not None or not sentence.sources:
        return sentence
    parts = _shortened(sentence.text)
    first = sentence.sources[0]
    for paragraph in article.paragraphs:
        start = paragraph.text.find(sentence.text)
        if start >= 0 and paragraph.locate(start, start + len(sentence.text)) == replace(first, article=None):
            text = ": ".join(" ".join(sentence.text[a:b] for a, b in part) for part in parts)
            places = (replace(paragraph.locate(start + a, start + b), article=first.article) for part in parts for a, b in part)
            return replace(sentence, text=text, sources=(*places, *sentence.sources[1:]))
    return sentence


def _shortened(text: str) -> Sequence[Sequence[tuple[int, int]]]:
    """What is left of a sentence, as pieces `[start, end)`: who says it and what, or one part."""
    if len(words(text)) > LONGEST:
        for parts in (_claim(text), _beginning(text)):
            if parts and _balanced("".join(text[a:b] for part in parts for a, b in part)):
                return parts
    return [[(0, len(text))]]


def _claim(text: str) -> Sequence[Sequence[tuple[int, int]]] | None:
    """Who says something, and what: of "said X on this occasion that …". None for a sentence of another form."""
    verb = _SAYS.match(text)
    that = verb and _THAT.search(text, verb.end() - 1)
    if not verb or not that or _DENIES.match(text):
        return None
    occasion = _OCCASION.search(text, verb.end(), that.start() + 1)
    speaker = verb.end(), occasion.start() if occasion else that.start()
    if not 1 <= len(words(text[slice(*speaker)])) <= _LONGEST_SPEAKER:
        return None
    claim = _up_to_a_clause(text, that.end(), _SHORTEST_CLAIM)
    return [[speaker], claim] if claim else None


def _beginning(text: str) -> Sequence[Sequence[tuple[int, int]]] | None:
    """The first clauses; None where somebody says something, for what is said comes last."""
    claim = None if _SAYS.match(text) else _up_to_a_clause(text, 0, _SHORTEST)
    return [claim] if claim else None


def _up_to_a_clause(text: str, start: int, fewest: int) -> Sequence[tuple[int, int]] | None:
    """From `start` to the last end of a clause that leaves a headline's length; the dates are left out."""
    ends = (end for end in clause_ends(text, start) if _may_end(text, start, end))
    for end in sorted((*ends, len(text)), reverse=True):
        pieces = list(_without_dates(text, start, end))
        if fewest <= sum(len(words(text[a:b])) for a, b in pieces) <= LONGEST:
            return pieces
    return None


def _may_end(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` says something whole, as far as its words show."""
    rest, last = text[end:].lstrip(), words(text[start:end])[-1:]
    if _OPEN.search(text, start, end) or _OPEN.match(rest) or STOP_WORDS.intersection(normalize(word, FOLD) for word in last):
        return False
    no_subject = _OCCASION.match(text, start + len(text[start:end].split(" ")[0]))
    return not no_subject and (text[end - 1] not in "،," or bool(_MORE.match(rest)))


def _without_dates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of `text[start:end]` between dates, without blanks, commas and stops at their ends."""
    cut = start
    for a, b in [*(match.span("date") for match in _DATE.finditer(text, start, end)), (end, end)]:
        while cut < a and text[cut] in _TRIM:
            cut += 1
        while a > cut and text[a - 1] in _TRIM:
            a -= 1
        if cut < a:
            yield cut, a
        cut = b


def _balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(text.count(left) == text.count(right) for left, right in _PAIRS)
