"""A user's glossary: Arabic terms, the English that must stand for them, and an engine that sees to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from translate.arabic.normalize import normalize
from translate.arabic.terms import Found, TermFinder
from translate.retry import Check, keep_better
from translate.runtime.engine import Engine, Output, Progress
from translate.spec import Generation
from translate.types import Translation, Translator

_QUOTES = '"“”„«»'
_NAMED = 10  # missing terms in a line for people


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary."""

    arabic: str
    english: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often each term that occurs in a text is in its translation, and how often it is missing there."""

    applied: Counter[Term] = field(default_factory=Counter)
    missing: Counter[Term] = field(default_factory=Counter)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.applied + other.applied, self.missing + other.missing)

    def __sub__(self, earlier: Outcome) -> Outcome:
        return Outcome(self.applied - earlier.applied, self.missing - earlier.missing)

    def __str__(self) -> str:
        """One line that says how many were applied and names those that were not."""
        applied, missing = self.applied.total(), self.missing.total()
        line = f"glossary: {applied} of {applied + missing} occurrences applied"
        if not missing:
            return line
        named = ", ".join(f'«{term.arabic}» → "{term.english}" ({times})' for term, times in self.missing.most_common(_NAMED))
        return f"{line}, not applied: {named}" + (f" and {len(self.missing) - _NAMED} more" if len(self.missing) > _NAMED else "")

    def to_json(self) -> dict[str, Any]:
        """`{"applied": […], "missing": […]}`, each a list of `{"ar", "en", "times"}`, the most frequent first."""
        return {"applied": _listed(self.applied), "missing": _listed(self.missing)}


class Glossary:
    """Terms, and what became of them in a translation.

    Args:
        terms: each Arabic term once.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        # Kept, because a sentence is looked through again for every attempt and check.
        self._find = lru_cache(maxsize=4096)(TermFinder([term.arabic for term in self.terms]).find)

    def find(self, text: str) -> list[Found]:
        """The places of terms in an Arabic text; see `TermFinder` for what counts as one."""
        return self._find(text)

    def outcome(self, source: str, target: str) -> Outcome:
        """Which occurrences of terms in the source are matched by one of the English term in the target.

        English terms count in whole words, in upper or lower case. A term that occurs twice must stand there twice, also
        when two Arabic terms have the same English.
        """
        wanted = Counter(self.terms[found.term] for found in self.find(source))
        there = _count(target, tuple(dict.fromkeys(_plain(term.english) for term in wanted)))
        applied: Counter[Term] = Counter()
        for term, times in wanted.items():
            applied[term] = min(times, there[_plain(term.english)])
            there[_plain(term.english)] -= applied[term]
        return Outcome(+applied, wanted - applied)

    def check(self, source: str, target: str) -> tuple[str, ...]:
        """A warning for each term that is missing, in the manner of `translate.checks.check`."""
        outcome = self.outcome(source, target)
        return tuple(_warning(term, outcome.applied[term], times) for term, times in outcome.missing.items())

    def replaced(self, text: str, terms: Collection[Term], *, quote: str = "") -> str:
        """The text with some of its terms in English; the particles before them and the pronouns after them stay Arabic.

        Args:
            text: Arabic.
            terms: which terms.
            quote: a sign to put before and after the English.
        """
        pieces, end = [], 0
        for found in self.find(text):
            term = self.terms[found.term]
            if term in terms:
                # A particle by itself is to the models' tokenizers what it is at the beginning of a word: ▁و, ▁ل.
                particles = f"{found.particles} " if found.particles else ""
                possessive = f" الخاصة ب{found.pronoun}" if found.pronoun else ""
                pieces += [text[end : found.start], particles, quote, term.english, quote, possessive]
                end = found.end
        return "".join((*pieces, text[end:]))


def checking_terms(check: Check, glossary: Glossary) -> Check:
    """The check, and besides whether the terms are applied. Where they are, the source counts as having them in English.

    Otherwise a glossary's own English (حركة النهضة → Ennahda Movement) would be taken for a wrong name.
    """

    def both(source: str, target: str) -> tuple[str, ...]:
        outcome = glossary.outcome(source, target)
        return (*check(glossary.replaced(source, outcome.applied), target), *glossary.check(source, target))

    return both


class GlossaryEngine:
    """An engine that applies a glossary as far as a model without constrained search can be brought to.

    What is translated without the term is translated again with the missing terms in English in the source, for the model to
    copy (code-switching, Song et al. 2019, but with a model that was not trained for it, so not every term will be copied);
    if that does not do, once more with all terms in English and in quotation marks. The best of the three is kept. So a
    sentence whose translation has its terms anyway is left alone, and what stays missing is for `Glossary.check` to say.

    Args:
        engine: translates.
        glossary: the terms.
        check: says what looks wrong, missing terms included (`checking_terms`): a term is not bought with a broken sentence.
    """

    def __init__(self, engine: Engine, glossary: Glossary, check: Check) -> None:
        self._engine, self._glossary, self._check = engine, glossary, check

    def fits(self, text: str) -> bool:
        """As the engine says."""
        return self._engine.fits(text)

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Run all, then those without their terms again. The progress told is that of the first run."""
        outputs = self._engine.run(texts, progress, generation=generation)
        for rewritten, read in ((self._missing_in_english, _as_it_is), (self._all_quoted, _unquoted)):
            again = {place: source for place, text in enumerate(texts) if (source := rewritten(text, outputs[place].text))}
            # English may need more tokens than the Arabic did; what does not fit any more is not tried.
            again = {place: source for place, source in again.items() if self._engine.fits(source)}
            if again:
                others = self._engine.run(list(again.values()), generation=generation)
                others = [Output(read(texts[place], other.text), other.complete) for place, other in zip(again, others, strict=True)]
                outputs = keep_better(texts, outputs, list(again), others, self._check)
        return outputs

    def _missing_in_english(self, text: str, target: str) -> str | None:
        missing = self._glossary.outcome(text, target).missing
        return self._glossary.replaced(text, missing) if missing else None

    def _all_quoted(self, text: str, target: str) -> str | None:
        outcome = self._glossary.outcome(text, target)
        return self._glossary.replaced(text, outcome.applied + outcome.missing, quote='"') if outcome.missing else None


def _as_it_is(source: str, target: str) -> str:
    return target


def _unquoted(source: str, target: str) -> str:
    """The target without the quotation marks that were put into the source, if the source had none of its own."""
    return target if set(source) & set(_QUOTES) else re.sub(f"[{_QUOTES}]", "", target)


class GlossaryCounter:
    """A translator that counts, in `outcome`, what becomes of a glossary's terms.

    Args:
        translator: translates.
        glossary: the terms.
    """

    def __init__(self, translator: Translator, glossary: Glossary) -> None:
        self._translator, self._glossary = translator, glossary
        self.ref = translator.ref
        self.outcome = Outcome()

    def translate(self, texts: Sequence[str], *, count: int | None = None) -> list[Translation]:
        """As the translator does. Only the first `count` texts are counted; all when None."""
        translations = self._translator.translate(texts)
        for translation in translations[:count]:
            self.outcome += self._glossary.outcome(translation.source, translation.text)
        return translations


def translate_counting(translator: Translator, texts: Sequence[str], count: int) -> list[Translation]:
    """Translate texts, of which only the first `count` are counted: the others are parts of these."""
    return translator.translate(texts, count=count) if isinstance(translator, GlossaryCounter) else translator.translate(texts)


def _listed(terms: Counter[Term]) -> list[dict[str, Any]]:
    return [{"ar": term.arabic, "en": term.english, "times": times} for term, times in terms.most_common()]


def _warning(term: Term, applied: int, missing: int) -> str:
    how = f"was applied {applied} of {applied + missing} times" if applied else "could not be applied"
    return f'glossary: «{term.arabic}» → "{term.english}" {how}'


@lru_cache(maxsize=1 << 14)
def _plain(english: str) -> str:
    """English for comparison: without case, with plain quotation marks and dashes, single blanks."""
    return " ".join(normalize(english, ("controls", "punctuation")).casefold().split())


def _count(target: str, terms: tuple[str, ...]) -> Counter[str]:
    """How often each term, given as `_plain` has it, stands in a target; within a longer one of them it does not count."""
    return Counter(_pattern(terms).findall(_plain(target))) if terms else Counter()


@lru_cache(maxsize=1 << 14)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(term)}(?!\w)" for term in sorted(terms, key=len, reverse=True)))
