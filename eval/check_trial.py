"""How good `translate.checks` is: how many good translations it complains about, and how many that were spoilt on purpose it catches.

    python -m eval.check_trial SOURCE.ar TARGET.en [--system HYPOTHESES.en]… [--seed N] [--show KIND]

SOURCE and TARGET belong together line by line. Each translation is spoilt in every way that it can be, in the same way on every run with
one seed; a spoilt one is caught when it gets a warning that the translation itself does not get. With `--system`, also how many of the
translations that a system made of SOURCE get a warning, by kind.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from translate.checks import findings
from translate.console import Results
from translate.encoding import decode
from translate.errors import InputError

_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_NUMBER_WORD: Final = re.compile(r"\b(three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b")
_CLAUSE: Final = re.compile(r"[^,;:.!?]+")
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_ALONE: Final = re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,}\b(?=[,;.]| [a-z])")
_NEGATION: Final = re.compile(r"\b(?:(?:do|does|did) not |not |never |no (?=[a-z]))|(?<=[a-z])n['’]t\b")
_LOWER: Final = re.compile(r"\b[a-z]+\b")
_REPEATED_WORDS: Final = 3  # in the shortest clause that is repeated

Spoil = Callable[[str, random.Random], str | None]
"""Makes a translation worse; None where it has nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many translations could be spoilt in one way, how many of them were caught, and the lines that were not."""

    name: str
    tried: int
    caught: int
    missed: tuple[str, ...]


def spoilers(targets: Sequence[str]) -> dict[str, Spoil]:
    """The ways to spoil a translation.

    Args:
        targets: what the names come from that are put in the place of others. A name is a word that has a capital inside a sentence,
            never occurs without one, and stands alone at least once, as Council of "Security Council" does not.
    """
    lower = {word for target in targets for word in _LOWER.findall(target)}
    names = sorted({name for target in targets for name in _ALONE.findall(target) if name.lower() not in lower})
    return {
        "number changed": _change_number,
        "number word changed": _change_number_word,
        "clause repeated": _repeat_clause,
        "emptied": lambda target, chance: "" if target.strip() else None,
        "name swapped": lambda target, chance: _swap_name(target, names, chance),
        '"not" dropped': _drop_negation,
        "second half lost": _drop_half,
    }


def trial(sources: Sequence[str], targets: Sequence[str], seed: int) -> Iterator[Outcome]:
    """Spoil each translation in each way, and see whether the checks say more of it than before."""
    before = [frozenset(findings(source, target)) for source, target in zip(sources, targets, strict=True)]
    for name, spoil in spoilers(targets).items():
        tried, missed = 0, []
        for line, (source, target) in enumerate(zip(sources, targets, strict=True)):
            spoilt = spoil(target, random.Random(f"{seed} {name} {line}"))
            if spoilt is None:
                continue
            tried += 1
            if not set(findings(source, spoilt)) - before[line]:
                missed.append(f"{source}\n    {target}\n    {spoilt}")
        yield Outcome(name, tried, tried - len(missed), tuple(missed))


def _change_number(target: str, chance: random.Random) -> str | None:
    """Other digits in one number, as many as it has."""
    if not (found := list(_NUMBER.finditer(target))):
        return None
    number = chance.choice(found)
    while (other := re.sub(r"\d", lambda _: chance.choice("123456789"), number[0])) == number[0]:
        pass
    return _replace(target, number, other)


def _change_number_word(target: str, chance: random.Random) -> str | None:
    if not (found := list(_NUMBER_WORD.finditer(target))):
        return None
    number = chance.choice(found)
    others = [word for word in _NUMBER_WORD.pattern[3:-3].split("|") if word != number[0]]
    return _replace(target, number, chance.choice(others))


def _repeat_clause(target: str, chance: random.Random) -> str | None:
    """A clause, or what stands between two marks, once more after itself."""
    if not (found := [clause for clause in _CLAUSE.finditer(target) if len(clause[0].split()) >= _REPEATED_WORDS]):
        return None
    clause = chance.choice(found)
    return _replace(target, clause, f"{clause[0].rstrip()}, {clause[0].lstrip()}")


def _swap_name(target: str, names: Sequence[str], chance: random.Random) -> str | None:
    found = [name for name in _NAME.finditer(target) if name[0] in set(names)]
    others = [name for name in names if name not in target]
    return _replace(target, chance.choice(found), chance.choice(others)) if found and others else None


def _drop_negation(target: str, chance: random.Random) -> str | None:
    found = list(_NEGATION.finditer(target))
    return _replace(target, chance.choice(found), "") if found else None


def _drop_half(target: str, chance: random.Random) -> str | None:
    words = target.split()
    return " ".join(words[: len(words) // 2]) if len(words) > 1 else None


def _replace(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]


def warned(sources: Sequence[str], targets: Sequence[str]) -> Counter[str]:
    """How many translations get a warning, under "any", and one of each kind."""
    kinds = ({finding.kind for finding in findings(source, target)} for source, target in zip(sources, targets, strict=True))
    return Counter(kind for found in kinds if found for kind in ("any", *found))


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--system", "systems", multiple=True, type=click.Path(path_type=Path), help="What a system made of SOURCE (repeatable).")
@click.option("--seed", type=int, default=1, show_default=True, help="Of what is spoilt.")
@click.option("--show", metavar="KIND", help="Also print the spoilt translations of this kind that were not caught.")
def main(source: Path, target: Path, systems: tuple[Path, ...], seed: int, show: str | None) -> None:
    """Measure the checks of translations on SOURCE and TARGET, which belong together line by line."""
    sources = lines_of(source)
    outcomes = list(trial(sources, lines_of(target, len(sources)), seed))
    with Results(None) as results:
        results.write(f"{'spoilt':<22}{'lines':>8}{'caught':>9}\n")
        for outcome in outcomes:
            results.write(f"{outcome.name:<22}{outcome.tried:>8}{outcome.caught / max(1, outcome.tried):>9.1%}\n")
        results.write(f"\n{'as they are':<30}{'lines':>8}{'warned':>9}  by kind\n")
        for path in (target, *systems):
            kinds = warned(sources, lines_of(path, len(sources)))
            share = kinds.pop("any", 0) / len(sources)
            results.write(f"{path.name:<30}{len(sources):>8}{share:>9.1%}  {', '.join(f'{kind} {n}' for kind, n in kinds.most_common())}\n")
        results.write("".join(f"\n{missed}\n" for outcome in outcomes if outcome.name == show for missed in outcome.missed))


def lines_of(path: Path, count: int | None = None) -> list[str]:
    """The lines of a file, `count` of them where that is given.

    Raises:
        click.UsageError: the file cannot be read, is no text, or has not `count` lines.
    """
    try:
        text = decode(path.read_bytes(), where=str(path)).text
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error
    except InputError as error:
        raise click.UsageError(str(error)) from error
    lines = text.removesuffix("\n").split("\n")
    if count not in (None, len(lines)):
        raise click.UsageError(f"{path} has {len(lines)} lines, but the source has {count}")
    return lines


if __name__ == "__main__":
    main()
