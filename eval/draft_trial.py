"""How far translations keep to their source: numbers kept, numbers and names that came from nowhere; with BLEU and chrF beside it.

    python -m eval.draft_trial SOURCE.ar TARGET.en [--system HYPOTHESES.en]… [--translator NAME]… [--keep DIR] [--show]

SOURCE and TARGET belong together line by line. The row of TARGET says how much of what these rules find is no fault: a good translation may
write 12 as "a dozen", and the rules know some names too little. They are those of `translate.checks`, so a system that uses these checks to
choose among its outputs is measured by what it was tuned on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from eval.check_trial import lines_of
from eval.metrics.mt_metrics import mt_scores
from translate.checks.dates import arabic_months, english_months
from translate.checks.finding import Pair
from translate.checks.names import compared_names
from translate.checks.numbers import unexplained, values_of
from translate.checks.quantities import arabic_numbers, english_numbers
from translate.console import Results, note, refuse_overwriting

_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """What of a line's translation comes from its source.

    Attributes:
        numbers: how many numbers the source has in digits.
        lost: those of them that the translation has neither in digits nor in words, as the source writes them.
        made_up: numbers of the translation that nothing in the source explains.
        names: how many names the translation has: words with a capital that are no common words.
        invented: those of them that are like nothing in the source, by lists of places and by their sounds.
    """

    numbers: int
    lost: tuple[str, ...]
    made_up: tuple[str, ...]
    names: int
    invented: tuple[str, ...]


def faithfulness(source: str, target: str) -> Faithfulness:
    """Compare a translation with its source.

    Args:
        source: an Arabic sentence.
        target: its English translation.
    """
    pair = Pair(source, target)
    given, stated = arabic_numbers(pair.source_tokens), english_numbers(pair.cased_tokens)
    digits = [number for number in given if _DIGIT.match(number.text)]
    values = values_of(stated, english_months(pair.cased_tokens))
    known = values_of(given, arabic_months(pair.source_tokens))
    names = compared_names(pair)
    return Faithfulness(
        numbers=len(digits),
        lost=tuple(number.text for number in digits if not number.explained_by(values)),
        made_up=tuple(unexplained(stated, known)),
        names=len(names),
        invented=tuple(name for name, supported in names.items() if not supported),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A system in the table; percentages, and of lines those that have at least one.

    Attributes:
        bleu, chrf: against the reference, as sacrebleu computes them.
        kept: of the source's numbers in digits.
        made_up: of lines, with a number from nowhere.
        names: of lines, with a name from nowhere.
        milliseconds: a line, for systems that were run; None for outputs from a file.
    """

    name: str
    bleu: float | None
    chrf: float | None
    kept: float
    made_up: float
    names: float
    milliseconds: float | None = None


def row_of(name: str, sources: Sequence[str], outputs: Sequence[str], references: Sequence[str] | None, milliseconds: float | None) -> Row:
    """Measure a system's outputs; without references, or for the references themselves, there is no BLEU and chrF."""
    lines = [faithfulness(*pair) for pair in zip(sources, outputs, strict=True)]
    numbers = sum(line.numbers for line in lines)
    bleu, chrf = (each.value for each in mt_scores(references, outputs, ("bleu", "chrf"))) if references else (None, None)
    return Row(
        name,
        bleu,
        chrf,
        kept=100 * (1 - sum(len(line.lost) for line in lines) / max(1, numbers)),
        made_up=100 * sum(bool(line.made_up) for line in lines) / max(1, len(lines)),
        names=100 * sum(bool(line.invented) for line in lines) / max(1, len(lines)),
        milliseconds=milliseconds,
    )


def translated(name: str, sources: Sequence[str]) -> tuple[list[str], float]:
    """What a translator makes of the sources, and the milliseconds that it takes for each, without the time to load it, which is noted.

    Raises:
        MujazError: it is not on this machine, or cannot be loaded.
    """
    from translate.layers import Layers
    from translate.translator import load_translator

    started = time.perf_counter()
    translator = load_translator(name, layers=Layers())
    translator.translate(sources[:1])
    loaded = time.perf_counter()
    outputs = [translation.text for translation in translator.translate(sources)]
    note(f"{name}: {loaded - started:.1f} s to load and to translate the first line")
    return outputs, 1000 * (time.perf_counter() - loaded) / max(1, len(sources))


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| | BLEU | chrF2 | numbers kept | lines with a made-up number | lines with an invented name | ms a line |"]
    lines.append("| --- |" + " ---: |" * 6)
    for row in rows:
        scores = ("–" if score is None else f"{score:.1f}" for score in (row.bleu, row.chrf))
        speed = "–" if row.milliseconds is None else f"{row.milliseconds:.0f}"
        lines.append(f"| {row.name} | {' | '.join(scores)} | {row.kept:.1f}% | {row.made_up:.1f}% | {row.names:.1f}% | {speed} |")
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--system", "systems", multiple=True, type=click.Path(path_type=Path), help="What a system made of SOURCE (repeatable).")
@click.option("--translator", "translators", multiple=True, metavar="NAME", help="A translator to run on SOURCE (repeatable).")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Write what the translators make to NAME.en in this folder.")
@click.option("--show", is_flag=True, help="Also print what was lost and what came from nowhere, line by line.")
def main(source: Path, target: Path, systems: tuple[Path, ...], translators: tuple[str, ...], keep: Path | None, show: bool) -> None:
    """Measure translations of SOURCE; TARGET has the good ones, line by line."""
    sources = lines_of(source)
    references = lines_of(target, len(sources))
    outputs = {path.stem: lines_of(path, len(sources)) for path in systems}
    rows = [row_of("reference", sources, references, None, None)]
    rows += [row_of(name, sources, lines, references, None) for name, lines in outputs.items()]
    for name in translators:
        outputs[name], milliseconds = translated(name, sources)
        rows.append(row_of(name, sources, outputs[name], references, milliseconds))
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            path = keep / f"{Path(name).stem}.en"
            refuse_overwriting(str(path), map(str, (source, target, *systems)))
            path.write_text("\n".join(outputs[name]) + "\n", encoding="utf-8")
    with Results(None) as results:
        results.write(table(rows))
        if show:
            results.write("".join(faults(sources, outputs)))


def faults(sources: Sequence[str], outputs: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Each line of each system with something lost or from nowhere."""
    for name, lines in outputs.items():
        for number, (source, line) in enumerate(zip(sources, lines, strict=True), start=1):
            found = faithfulness(source, line)
            kinds = (("lost", found.lost), ("made up", found.made_up), ("invented", found.invented))
            if said := "; ".join(f"{kind} {', '.join(words)}" for kind, words in kinds if words):
                yield f"\n{name}:{number}: {said}\n    {source}\n    {line}\n"


if __name__ == "__main__":
    main()
