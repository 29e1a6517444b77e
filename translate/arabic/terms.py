"""Finding listed Arabic terms in a text, whatever is written onto them: particles, the article, diacritics, hamza spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from translate.arabic.normalize import FOLD, INVISIBLE, normalize
from translate.arabic.words import STOP_WORDS

_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\p{{N}}_{INVISIBLE}]+")
_BARE = ("controls", "presentation_forms", "persian_letters", "diacritics", "tatweel")
# Letter for letter, so that places in the folded word are places in the bare one.
_FOLDED = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩", "اااايهءء0123456789")
_PARTICLES = tuple(joined + preposition for joined in ("", "و", "ف") for preposition in ("", "ب", "ل", "ك"))
_PREFIXES = sorted({*_PARTICLES, *(p.removesuffix("ل") + ("لل" if p.endswith("ل") else "ال") for p in _PARTICLES)}, key=len)
_PRONOUNS = ("ه", "ها", "هما", "هم", "هن", "ك", "كما", "كم", "كن", "نا")  # not ي, which is more often the dual (حكومتي البلدين)


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: `text[start:end]` with all that is written onto it.

    Attributes:
        start, end: places of its first character and after its last one.
        term: its index in the list of terms.
        particles: the conjunction and preposition before it (وب), without the article.
        pronoun: the possessive pronoun after it, "" where there is none.
    """

    start: int
    end: int
    term: int
    particles: str = ""
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text without diacritics, as it is spelled and folded, and what stands between it and the word before."""

    bare: str
    folded: str
    start: int
    end: int
    gap: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which a term's first word is written, filed under its folded spelling; the other words follow.

    Attributes:
        exact: the spelling that must stand there, None where folding does no harm.
        prefixes: what may be written before it.
        eaten: a preposition that this form has swallowed (للأمم is ل before الأمم).
        pronoun: the possessive pronoun that it ends with.
    """

    term: int
    rest: tuple[_Word, ...]
    exact: str | None
    prefixes: frozenset[str]
    eaten: str = ""
    pronoun: str = ""


class TermFinder:
    """Finds terms as Arabic writes them.

    A term is found behind و ف ب ل ك and the article in all their combinations (وال, بال, لل …), with or without
    diacritics and tatweel, in any spelling of hamza, alef, final ya and ta marbuta; a term of one word in ta marbuta also
    with a possessive pronoun (شركتها). Each word of a longer term may take the article (بنك مركزي finds البنك المركزي);
    a term listed with the article is found with it only. Other inflections, duals and plurals must be listed.
    Never inside another word, and the longest of several terms wins.

    A term that could be a function word but for its spelling (علي, not على) must be spelled as listed.

    Args:
        terms: Arabic terms of one or more words.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._forms: dict[str, list[_Form]] = {}
        for index, term in enumerate(terms):
            if words := list(_words(term)):
                for spelling, form in _forms(index, words):
                    self._forms.setdefault(spelling, []).append(form)

    def find(self, text: str) -> list[Found]:
        """The terms of a text in order, none overlapping another."""
        words = list(_words(text))
        found, place = [], 0
        while place < len(words):
            best = max(self._at(words, place), key=lambda pair: pair[0], default=None)
            if best is None:
                place += 1
                continue
            (length, _), term = best
            found.append(term)
            place += length
        return found

    def _at(self, words: Sequence[_Word], place: int) -> Iterator[tuple[tuple[int, int], Found]]:
        """The terms that begin with the word at `place`, each with how many words it has and how little is taken for a prefix."""
        head = words[place]
        for prefix in _PREFIXES:
            if not head.bare.startswith(prefix):
                continue
            for form in self._forms.get(head.folded[len(prefix) :], ()):
                if prefix not in form.prefixes or (form.exact is not None and form.exact != head.bare[len(prefix) :]):
                    continue
                tail = words[place + 1 : place + 1 + len(form.rest)]
                if len(tail) == len(form.rest) and all(map(_same, tail, form.rest)):
                    end = tail[-1].end if tail else head.end
                    particles = prefix.removesuffix("ال") if prefix.endswith("ال") else prefix.replace("لل", "ل")
                    yield (1 + len(tail), -len(prefix)), Found(head.start, end, form.term, particles + form.eaten, form.pronoun)


def spelling(term: str) -> str:
    """A term folded: two terms of the same spelling are the same to a TermFinder, and it would find only the first."""
    words = list(_words(term))
    folded = [word.bare if _only_as_listed(words) else word.folded for word in words]
    return " ".join(f"{word.gap}{text}" for word, text in zip(words, folded, strict=True))


def _only_as_listed(words: Sequence[_Word]) -> bool:
    return len(words) == 1 and normalize(words[0].bare, FOLD) in STOP_WORDS


def _forms(term: int, words: Sequence[_Word]) -> Iterator[tuple[str, _Form]]:
    """The spellings of a term's first word, each with what goes with it."""
    head, rest = words[0], tuple(words[1:])
    exact = head.bare if _only_as_listed(words) else None
    yield head.folded, _Form(term, rest, exact, frozenset(_PREFIXES))
    if head.bare.startswith("ال") and len(head.bare) > 3:
        # ل + الأمم is written للأمم, and ل + اللجنة, with one ل less, للجنة.
        contracted = head.folded[1:] if head.bare[2] == "ل" else "ل" + head.folded[1:]
        yield contracted, _Form(term, rest, None, frozenset(("", "و", "ف")), eaten="ل")
    if not rest and head.bare.endswith("ة") and not head.bare.startswith("ال"):
        for pronoun in _PRONOUNS:
            yield f"{head.folded[:-1]}ت{pronoun}", _Form(term, rest, None, frozenset(_PARTICLES), pronoun=pronoun)


def _same(word: _Word, listed: _Word) -> bool:
    """Whether a later word of a term stands here, perhaps with the article."""
    return word.gap == listed.gap and (word.folded == listed.folded or (word.bare[:2] == "ال" and word.folded[2:] == listed.folded))


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(text):
        bare = _bare(match[0])
        if bare:
            yield _Word(bare, bare.translate(_FOLDED).lower(), match.start(), match.end(), _gap(text[end : match.start()]))
            end = match.end()


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    return normalize(word, _BARE)


def _gap(between: str) -> str:
    """What separates two words but for blanks and invisible signs; a line break separates like punctuation."""
    return "\n" if "\n" in between else re.sub(rf"[\s{INVISIBLE}]", "", between)
