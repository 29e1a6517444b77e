"""The numbers that a text states, in digits or in words that add up (خمسة وعشرين ألفا, three hundred and five)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from translate.checks.number_words import CARDINALS_AR, CARDINALS_EN, LOOSE_AR, LOOSE_EN, SCALES_AR, SCALES_EN
from translate.checks.particles import PREFIXES, bare_forms

_SEPARATOR: Final = regex.compile("[.,]")


_VAGUE_AR: Final = frozenset(
    f"{prefix}{scale}" for prefix in ("", *PREFIXES) for scale in ("الف", "الفا", "الاف", "ملايين", "مليارات", "تريليونات")
)
"""Scales that are a number only after another: thousands, millions, ألف, which is also "composed", and ألفا, which is also "alpha"."""
_SCALES_EN: Final = {f"{word}s": value for word, value in SCALES_EN.items()}
"""As rough English has them after a number, too (four thousands); by themselves no certain numbers."""
_PLURALS_EN: Final = {
    **{f"{word}s": value for word, value in (LOOSE_EN | CARDINALS_EN).items()},
    **{f"{word[:-1]}ies": value for word, value in CARDINALS_EN.items() if word.endswith("ty")},
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text states it.

    Attributes:
        text: as written.
        values: what it may stand for; 1,000 is a thousand or 1.0.
        parts: these and the values of its single words, with which a freer translation may do.
        certain: whether it is surely a number, in digits or cardinals, that a translation has to have.
        scale: the value of the scale word after digits; 1 without one.
    """

    text: str
    values: frozenset[float]
    parts: frozenset[float]
    certain: bool
    scale: float = 1

    def explained_by(self, values: Set[float]) -> bool:
        """Whether it may be among the values that the other side states; 3 of "3 to 5 million" may be three million."""
        return bool(self.values & values) or (self.scale > 1 and self.scale in values and bool(self.parts & values - {self.scale}))


@dataclass(frozen=True, slots=True)
class _Word:
    """A number word; `linked` when it may add to the one before it."""

    text: str
    value: float
    linked: bool
    scale: bool
    cardinal: bool


def arabic_numbers(tokens: Sequence[str]) -> list[Number]:
    """The numbers among the words of a folded Arabic text."""
    return list(_numbers(tokens, _arabic_word))


def english_numbers(tokens: Sequence[str]) -> list[Number]:
    """The numbers among the words of an English text; a word with a capital inside it is in a title (Six Flags), so not certain."""
    within = [token for place, token in enumerate(tokens) if not (token == "and" and place and tokens[place - 1] in SCALES_EN)]
    return list(_numbers([token.lower() if place == 0 else token for place, token in enumerate(within)], _english_word))


def _numbers(tokens: Sequence[str], word_of: Callable[[str], _Word | None]) -> Iterator[Number]:
    place = 0
    while place < len(tokens):
        token, place = tokens[place], place + 1
        if token[0].isdigit():
            scale = word_of(tokens[place]) if place < len(tokens) else None
            yield _in_digits(token, scale.value if scale and scale.scale else 1)
            place += scale is not None and scale.scale
        elif word := word_of(token):
            run = [word]
            while place < len(tokens) and (word := word_of(tokens[place])) and _adds(run, word):
                if (scale := word_of(tokens[place + 1]) if place + 1 < len(tokens) else None) and _counts_again(run, scale):
                    break
                run.append(word)
                place += 1
            yield _in_words(run)


def _in_digits(digits: str, scale: float) -> Number:
    bare = frozenset(_readings(digits))
    values = bare if scale == 1 else frozenset(round(value * scale, 6) for value in bare)
    parts = bare if scale == 1 else bare | values | {scale}
    return Number(digits, values, parts, True, scale)


def _readings(digits: str) -> Iterator[float]:
    parts = _SEPARATOR.split(digits)
    if len(parts) == 1:
        yield float(digits)
        if len(digits) == 4:
            yield float(digits[2:])  # 1990 is also '90
        elif len(digits) == 2 and 13 <= int(digits) <= 24:
            yield int(digits) - 12.0  # 19:30 is also 7:30
        return
    yield float("".join(parts))
    yield float(f"{''.join(parts[:-1])}.{parts[-1]}")
    if len(parts) > 2:  # 31.12.2024
        yield from map(float, parts)


def _adds(run: Sequence[_Word], word: _Word) -> bool:
    """Whether a number word goes on with the number before it: خمسة|وعشرين, خمسة|عشر, مئة|وخمسة, ثلاثة|آلاف; twenty|five, three|hundred."""
    last = run[-1]
    if word.scale or (word.value == 100 and last.value < 10):
        return not word.linked
    if not word.linked:
        return False
    if word.value == 10:
        return last.value < 10
    small, large = sorted((last.value, word.value))
    return (0 < small < 10 and 20 <= large < 100) or (last.value >= 100 and word.value < last.value)


def _counts_again(run: Sequence[_Word], scale: _Word) -> bool:
    """Whether the scale two words on is that of the last word, or a larger one: مليونين وثلاثة ملايين are two numbers."""
    return scale.scale and run[-1].value >= 1000 and scale.value * 1000 > run[-1].value


def _in_words(run: Sequence[_Word]) -> Number:
    total = current = 0.0
    for word in run:
        if word.scale and word.value >= 1000:
            total += (current or 1) * word.value
            current = 0
        elif word.scale or (word.value == 100 and 0 < current < 10):
            current = (current or 1) * word.value
        else:
            current += word.value
    values = frozenset({total + current})
    parts = values.union(word.value for word in run)
    return Number(" ".join(word.text for word in run), values, parts, all(word.cardinal for word in run) and run[0].text not in _VAGUE_AR)


@lru_cache(maxsize=1 << 14)
def _arabic_word(token: str) -> _Word | None:
    if token[0].isdigit():
        return None
    for bare in bare_forms(token):
        prefix = token[: len(token) - len(bare)]
        linked = prefix[:1] == "و"
        if value := SCALES_AR.get(bare):
            return _Word(token, value, linked, True, True)
        if value := CARDINALS_AR.get(bare):
            return _Word(token, value, linked != (value == 10), False, not _doubtful(prefix, bare, value))
        if value := LOOSE_AR.get(bare):
            return _Word(token, value, linked, False, False)
    return None


def _doubtful(prefix: str, bare: str, value: float) -> bool:
    """Whether a cardinal is as likely something else: بالمئة (percent), القرن العشرين (the twentieth), لست (I am not)."""
    return (prefix.endswith(("ال", "لل")) and 20 <= value <= 100) or (bare == "ست" and prefix not in ("", "و"))


@lru_cache(maxsize=1 << 14)
def _english_word(token: str) -> _Word | None:
    small = token.lower()
    if value := SCALES_EN.get(small):
        return _Word(token, value, False, True, token != "dozen")
    if value := CARDINALS_EN.get(small):
        return _Word(token, value, value != 10, False, token == small)
    if value := _SCALES_EN.get(small):
        return _Word(token, value, False, True, False)
    value = LOOSE_EN.get(small, _PLURALS_EN.get(small))
    return _Word(token, value, True, False, False) if value is not None else None
