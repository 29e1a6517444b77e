"""How good `summarize.support` is: how often it complains of written summaries, and how many wrong numbers and names in them it catches.

    python -m eval.support_trial [--seed N] [--show KIND]

On mujaz-mini: each sentence of the reference summaries is compared with its article as it is, then with one number or one name swapped
for another, in the same way on every run with one seed. A swap is caught when there is a warning that the sentence itself does not get.
The names were marked by hand (`sets/mujaz-mini.names.json`), and each is swapped for another of its kind that its article does not have.
The extracts are those of the extractive summarizer.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final, Literal

import click

from eval.check_trial import spoilers
from eval.record_files import read_references
from summarize.article import Article
from summarize.extractive import ExtractiveSummarizer
from summarize.loaders import article_from_text
from summarize.support import Evidence, Support
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.sentences import split_sentences
from translate.console import Results

Language = Literal["ar", "en"]

_SETS: Final = Path(__file__).parent / "sets"
_NUMBER: Final = re.compile(r"(?<![\w.,٫])\d+(?:[.,٫]\d+)*(?!\w)")
_DIGITS: Final = {"ar": "١٢٣٤٥٦٧٨٩", "en": "123456789"}
_PREFIX: Final = "[وفبلك]?"
EXTRACTED: Final = 10  # sentences of each article


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of a reference summary, its article's text in the sentence's language, and what the Arabic article has for it."""

    id: str
    language: Language
    text: str
    article: str
    evidence: Evidence

    def support(self, text: str) -> Support:
        """What the article has for another wording of the sentence."""
        return self.evidence.of_arabic(text) if self.language == "ar" else self.evidence.of_english(text)


@dataclass(frozen=True, slots=True)
class _Item:
    article: Article
    evidence: Evidence
    references: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many sentences could be spoilt in one way, how many of them were caught, and the others."""

    name: str
    tried: int
    caught: int
    missed: tuple[str, ...]


Spoil = Callable[[Case, random.Random], str | None]
"""Puts something wrong into a sentence; None where it has nothing of the kind."""


def cases(language: Language) -> list[Case]:
    """The sentences of mujaz-mini's reference summaries."""
    return [
        Case(each.article.id, language, sentence.text, each.texts[language], each.evidence)
        for each in _articles()
        for sentence in split_sentences(each.references[language][0])
    ]


def swaps(language: Language) -> dict[str, Spoil]:
    """The ways to spoil a summary sentence: one number in digits, one in words, one name of each kind."""
    ways: dict[str, Spoil] = {"number changed": _change_number}
    if language == "ar":
        ways["number word changed"] = _change_number_word
    else:
        change = spoilers(())["number word changed"]
        ways["number word changed"] = lambda case, chance: change(case.text, chance)
    return ways | {f"{kind} swapped": partial(_swap_name, kind=kind) for kind in ("person", "place", "nationality")}


def trial(language: Language, seed: int) -> Iterator[Outcome]:
    """Spoil each sentence in each way, and see whether there are warnings that it did not get before."""
    untouched = [(case, set(case.support(case.text).warnings)) for case in cases(language)]
    for name, spoil in swaps(language).items():
        tried, missed = 0, []
        for number, (case, before) in enumerate(untouched):
            spoilt = spoil(case, random.Random(f"{seed} {name} {number}"))
            if spoilt is None:
                continue
            tried += 1
            if not set(case.support(spoilt).warnings) - before:
                missed.append(f"{case.id}\n    {case.text}\n    {spoilt}")
        yield Outcome(name, tried, tried - len(missed), tuple(missed))


def alarms(language: Language) -> list[tuple[Case, Support]]:
    """The reference sentences that get a warning as they are."""
    return [(case, found) for case in cases(language) if (found := case.support(case.text)).warnings]


def extract_alarms() -> tuple[int, list[str]]:
    """How many sentences the extractive summarizer picks, and the warnings that they get."""
    picked = [
        (each.evidence, sentence)
        for each in _articles()
        for sentence in ExtractiveSummarizer().summarize(each.article, sentences=EXTRACTED)
    ]
    return len(picked), [warning for evidence, sentence in picked for warning in evidence.of_arabic(sentence.text).warnings]


def _change_number(case: Case, chance: random.Random) -> str | None:
    """Other digits in one number, as many as it has and of the same kind."""
    if not (found := list(_NUMBER.finditer(case.text))):
        return None
    number = chance.choice(found)
    digits = _DIGITS["en" if re.search("[0-9]", number[0]) else "ar"]
    while (other := re.sub(r"\d", lambda _: chance.choice(digits), number[0])) == number[0]:
        pass
    return case.text[: number.start()] + other + case.text[number.end() :]


def _change_number_word(case: Case, chance: random.Random) -> str | None:
    """Another number word of the same gender for one."""
    found = [(word, row) for row in _NUMBER_WORDS for word in re.finditer(rf"(?<!\w){_PREFIX}({'|'.join(row)})(?!\w)", case.text)]
    if not found:
        return None
    word, row = chance.choice(found)
    other = chance.choice([each for each in row if each != word[1]])
    return case.text[: word.start(1)] + other + case.text[word.end(1) :]


def _root(name: str) -> str:
    """The beginning of a name that its other forms share (Sudan, Sudanese; السودانية, سوداني): what the article has is no wrong name."""
    return normalize(name, FOLD).removeprefix("ال")[:4]


def _swap_name(case: Case, chance: random.Random, *, kind: str) -> str | None:
    """Another name of the kind for one; of nationalities one of the same gender."""
    marked = _names()[case.language][kind]
    found = [(name, place) for name in marked.get(case.id, ()) for place in re.finditer(rf"(?<!\w){_PREFIX}({name})(?!\w)", case.text)]
    if not found:
        return None
    name, place = chance.choice(found)
    others = sorted({each for id, names in marked.items() if id != case.id for each in names} - set(marked[case.id]))
    others = [each for each in others if kind != "nationality" or each.endswith("ة") == name.endswith("ة")]
    others = [each for each in others if _root(each) not in normalize(case.article, FOLD)]
    return case.text[: place.start(1)] + chance.choice(others) + case.text[place.end(1) :]


_NUMBER_WORDS: Final = (
    "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split(),
    "ثلاث أربع خمس ست سبع ثمان تسع عشر".split(),
    "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split(),
    "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين".split(),
)


@cache
def _names() -> Mapping[Language, Mapping[str, Mapping[str, Sequence[str]]]]:
    names: dict[Language, dict[str, dict[str, list[str]]]] = json.loads((_SETS / "mujaz-mini.names.json").read_text(encoding="utf-8"))
    return names


@cache
def _articles() -> Sequence[_Item]:
    references = read_references(_SETS / "mujaz-mini.jsonl").references
    articles = [article_from_text(each.document, id=each.id, title=each.title) for each in references]
    return [
        _Item(article, Evidence(article), each.references, {"ar": f"{each.title}\n{each.document}", **(each.translation or {})})
        for article, each in zip(articles, references, strict=True)
    ]


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Of what is swapped.")
@click.option("--show", metavar="KIND", help="Also print the sentences of this kind that were not caught; `alarms` for the false alarms.")
def main(seed: int, show: str | None) -> None:
    """Measure the support of summary sentences on mujaz-mini."""
    with Results(None) as results:
        languages: tuple[Language, ...] = ("ar", "en")
        for language in languages:
            outcomes = list(trial(language, seed))
            tried, caught = sum(each.tried for each in outcomes), sum(each.caught for each in outcomes)
            for each in (*outcomes, Outcome("all swaps", tried, caught, ())):
                results.write(f"{language}  {each.name:<22}{each.tried:>6}{each.caught / max(1, each.tried):>9.1%} caught\n")
            warned = alarms(language)
            total = len(cases(language))
            results.write(f"{language}  {'references as they are':<22}{total:>6}{len(warned) / total:>9.1%} warned\n\n")
            shown = [text for each in outcomes if each.name == show for text in each.missed]
            if show == "alarms":
                shown = [f"{case.id}\n    {case.text}\n    {'; '.join(found.warnings)}" for case, found in warned]
            results.write("".join(f"{text}\n\n" for text in shown))
        count, warnings = extract_alarms()
        results.write(f"ar  {'extracted sentences':<22}{count:>6}{len(warnings) / count:>9.1%} warned\n")


if __name__ == "__main__":
    main()
