"""The transfer rules: an Arabic sentence's words, put into English order before they are translated.

1. Adjectives go before their noun, in reverse order, without the article that they share with it (المكالمة الهاتفية الأخيرة: the last
   telephone conversation). An adjective after an idafa belongs to the last noun, unless only the first agrees with it in gender.
2. Between the nouns of an idafa stands "of", and the first is definite when the last is (رئيس الدولة: the head of the state).
3. A verb of the third person singular that stands before its subject goes behind it, with its particles (لم يعلن الرئيس: the president did
   not announce). What follows a verb is taken for its subject when it is a noun without preposition that agrees with it in gender.
4. A possessive pronoun goes before its noun and the adjectives of the noun; conjunctions, prepositions and object pronouns that are written
   onto a word are words of their own (`Word.units`).
5. The tens of a number go before its ones (خمسة وعشرون: twenty five). A weekday is one word with its article, and stands beside أمس, not
   in an idafa with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from translate.lexicon.analysis import Analysis
from translate.lexicon.analyzer import analyze
from translate.lexicon.buckwalter import fold
from translate.lexicon.tokens import Token
from translate.lexicon.units import WEEKDAYS, Unit, Word

Rank = Callable[[Analysis], float]
"""The log prior of a reading."""

_NAMES: Final = ("prop", "unknown", "foreign")
_PREVERBAL: Final = frozenset("قد لم لن لا سوف ما لقد فقد وقد ولم ولن ولا".split())
_LONGEST_SUBJECT: Final = 7
_ONES: Final = frozenset(
    "واحد احدي اثنان اثنين اثنتان اثنتين ثلاثة ثلاث اربعة اربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني ثمان تسعة تسع".split()
)
_TENS: Final = frozenset(f"{stem}{end}" for stem in "عشر ثلاث اربع خمس ست سبع ثمان تسع".split() for end in ("ون", "ين"))
_YESTERDAY: Final = "امس"
_QUANTIFIERS: Final = frozenset("كل بعض جميع أحد إحدى أي معظم نفس غير عدة كافة مئات آلاف ملايين".split())


def read(tokens: Sequence[Token], rank: Rank) -> list[Word]:
    """Each token with its readings, ranked; only those stay that cut the word as the best one does."""
    words = []
    for token in tokens:
        readings = sorted(analyze(token.text), key=lambda each: (not _is_weekday(each), -rank(each))) if token.kind == "word" else []
        same = [reading for reading in readings if reading.segments == readings[0].segments and reading.pos in _LIKE[readings[0].pos]]
        weekday = [reading for reading in same if _is_weekday(reading)]
        words.append(Word(token, tuple(weekday or same)))
    return words


def _is_weekday(reading: Analysis) -> bool:
    return reading.pos == "prop" and reading.definite and fold(reading.stem) in WEEKDAYS


_LIKE: Final = {pos: like for like in (("noun", "adj", "prop"), ("verb",), ("particle",), ("unknown",)) for pos in like}


def units_of(tokens: Sequence[Token], rank: Rank) -> list[Unit]:
    """The units of a sentence in English order.

    Args:
        tokens: the sentence.
        rank: tells how likely a reading is.
    """
    words = _subjects_first(_noun_phrases(_tens_first(read(tokens, rank))))
    return [unit for word in words for unit in word.units()]


def _tens_first(words: list[Word]) -> list[Word]:
    """Rule 5, of numbers."""
    for place in range(len(words) - 1):
        ones, tens = words[place].reading, words[place + 1].reading
        if ones and tens and fold(ones.stem) in _ONES and fold(tens.stem) in _TENS and [each.tag for each in tens.prefixes] == ["CONJ"]:
            words[place + 1].tens = True
            words[place : place + 2] = words[place + 1], words[place]
    return words


def _noun_phrases(words: list[Word]) -> list[Word]:
    """Rules 1 and 2: adjectives filed under their nouns, idafas marked."""
    done: list[Word] = []
    chain: list[Word] = []
    for word in words:
        if chain and _is_adjective_of(word, chain):
            _noun_of(word, chain).adjectives.insert(0, word)
            continue
        if chain and _continues(word, chain[-1]):
            word.of = True
            chain.append(word)
        else:
            _close(chain)
            chain = [word] if (word.pos == "noun" and not word.tens) or word.weekday else []
        done.append(word)
    _close(chain)
    return done


def _continues(word: Word, head: Word) -> bool:
    """Whether a word is the next part of an idafa."""
    reading = head.reading
    if reading is None or reading.definite or reading.pronoun or head.adjectives or head.pos != "noun" or word.bound:
        return False
    if word.weekday and fold(reading.stem) == _YESTERDAY:
        return False
    if reading.stem.endswith(("ا", "ون", "ان")) and reading.number != "sg":
        return False
    if word.pos == "adj":  # with an article that the noun has not, it stands for a noun: وزير الخارجية
        return word.reading is not None and word.reading.definite
    return word.pos in ("noun", *_NAMES)


def _close(chain: Sequence[Word]) -> None:
    """The nouns of an idafa whose last part is definite are definite too."""
    last = chain[-1] if len(chain) > 1 else None
    if last is not None and (last.pos in _NAMES or (last.reading is not None and (last.reading.definite or last.reading.pronoun))):
        for word in chain[:1]:
            word.implied = word.reading is not None and word.reading.stem not in _QUANTIFIERS


def _is_adjective_of(word: Word, chain: Sequence[Word]) -> bool:
    reading = word.reading
    if reading is None or word.bound or reading.pronoun:
        return False
    last = chain[-1].reading
    if last is None:
        return False
    definite = last.definite or last.pronoun is not None or chain[-1].pos in _NAMES
    if reading.pos == "adj":
        return reading.definite == definite
    return reading.pos == "noun" and reading.definite and last.definite and not _plural_gloss(reading)


def _plural_gloss(reading: Analysis) -> bool:
    return bool(reading.glosses) and reading.glosses[0].endswith("s") and reading.number == "sg" and not reading.feminine


def _noun_of(adjective: Word, chain: Sequence[Word]) -> Word:
    """The noun of an idafa that an adjective belongs to: the last one that agrees in gender, else the last."""
    reading = adjective.reading
    if chain[-1].weekday:
        return chain[0]
    agreeing = [word for word in chain if word.reading and reading and _feminine(word.reading) == reading.feminine]
    return agreeing[-1] if agreeing and not chain[-1].adjectives else chain[-1]


def _feminine(reading: Analysis) -> bool:
    """Whether an adjective or verb takes feminine form after it, as it also does after plurals of things."""
    return reading.feminine or reading.stem.endswith(("ة", "ات")) or _plural_gloss(reading)


def _subjects_first(words: list[Word]) -> list[Word]:
    """Rule 3."""
    done: list[Word] = []
    place = 0
    while place < len(words):
        verb = words[place]
        end = _subject_end(words, place + 1) if _takes_subject(verb, words[place + 1 : place + 2]) else place + 1
        if end == place + 1:
            done.append(verb)
        else:
            particles = _particles_before(done)
            subject = words[place + 1 : end]
            done[len(done) - len(particles) :] = [*subject, *particles, verb]
        place = end
    return done


def _takes_subject(verb: Word, following: Sequence[Word]) -> bool:
    reading, subject = verb.reading, following[0] if following else None
    if reading is None or subject is None or reading.pos != "verb" or reading.person not in ("3MS", "3FS") or verb.bound:
        return False
    if subject.bound or subject.of or reading.pronoun:
        return False
    if subject.pos in _NAMES:
        return subject.pos != "foreign"
    noun = subject.reading
    return noun is not None and noun.pos == "noun" and (reading.person == "3FS") == _feminine(noun)


def _subject_end(words: Sequence[Word], start: int) -> int:
    """Where the noun phrase ends that begins at `start`; `start` when it is too long to be moved over."""
    end = start + 1
    while end < len(words) and not words[end].bound and (words[end].of or words[end].pos in _NAMES):
        end += 1
    return end if end - start <= _LONGEST_SUBJECT else start


def _particles_before(done: Sequence[Word]) -> list[Word]:
    particles: list[Word] = []
    for word in reversed(done):
        if word.token.text not in _PREVERBAL:
            break
        particles.insert(0, word)
    return particles
