"""`python -m translate.lexicon.learn`: makes the files in translate/lexicon/data from parallel text, entries and English text.

Nothing in it is random: the same input gives the same files.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from translate.lexicon import statistics
from translate.lexicon.analysis import Analysis
from translate.lexicon.buckwalter import entry_of, fold, load_tables
from translate.lexicon.glosses import alternatives
from translate.lexicon.inflect import gerund, participle, past, plural, third_person
from translate.lexicon.learn import tables
from translate.lexicon.learn.align import translation_table
from translate.lexicon.learn.cldr import cldr_entries
from translate.lexicon.learn.corpus import Pair, TrueCase, english_stem, read_english, read_pairs
from translate.lexicon.learn.english import learn_language_model, prune
from translate.lexicon.learn.entries import Entry, add_entries, read_entries
from translate.lexicon.learn.held_out import HeldOut
from translate.lexicon.learn.names import learn_spelling
from translate.lexicon.learn.numbers import number_entries
from translate.lexicon.learn.phrases import align_units, count_phrases, lexeme_words, word_table
from translate.lexicon.learn.readings import WordTable, learn_readings
from translate.lexicon.ranking import log_prior
from translate.lexicon.transfer import units_of

log = logging.getLogger(__name__)

_GENERAL: Final = 2.0  # what a pair counts that is not of a minor corpus
_LIKELY: Final = 0.01  # least probability of an English word for an Arabic one to be evidence for a reading
_PRUNED: Final = 1.5  # see `english.prune`
_NAMES: Final = ("transliteration", "geonames")

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--parallel", multiple=True, required=True, type=_FILE, help="Arabic TAB English, or corpus TAB Arabic TAB English.")
@click.option("--entries", type=_FILE, help="Names and dictionary entries: list TAB Arabic TAB English.")
@click.option("--english", type=_FILE, help="English text for the language model: corpus TAB sentence.")
@click.option("--held-out", multiple=True, required=True, type=_FILE, help="Sentences, a line each, that must not be learned from.")
@click.option("--minor", default="", help="Corpora of narrow subjects, which count half; names, separated by commas.")
@click.option("--out", default="translate/lexicon/data", type=click.Path(file_okay=False, path_type=Path), show_default=True)
def main(parallel: tuple[Path, ...], entries: Path | None, english: Path | None, held_out: tuple[Path, ...], minor: str, out: Path) -> None:
    """Learn the tables of the lexicon and write them to --out."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    started = time.monotonic()

    def said(what: str) -> None:
        log.info("%4.0f s  %s", time.monotonic() - started, what)

    out.mkdir(parents=True, exist_ok=True)
    aside = HeldOut(held_out)
    pairs, dropped = read_pairs(parallel, aside)
    said(f"{len(pairs)} pairs; left out: {dropped.repeated} twice, {dropped.held_out} held out, {dropped.implausible} implausible")
    listed = [*cldr_entries(), *number_entries(), *(read_entries(entries) if entries else ())]
    names = [(fold(entry.arabic), entry.english) for entry in listed if entry.source in _NAMES and " " not in entry.arabic + entry.english]
    spelling = learn_spelling(sorted(names))
    tables.write_table(out / statistics.SPELLING, (f"{gram}\t{count}" for gram, count in spelling.items()))
    said(f"spelling from {len(names)} names")
    known = _learn_translations(pairs, listed, frozenset(minor.split(",")), out, said)
    text = read_english(english, aside) if english else []
    tables.write_table(out / statistics.ENGLISH, _language_model(pairs, text, frozenset(minor.split(",")), known))
    said("language model")


def _learn_translations(
    pairs: Sequence[Pair], entries: Sequence[Entry], minor: frozenset[str], out: Path, said: Callable[[str], None]
) -> frozenset[str]:
    """Readings, words and phrases; gives the English words that a translation can have."""
    counts = learn_readings(pairs, _word_table(pairs))
    tables.write_table(out / statistics.READINGS, tables.reading_lines(counts))
    said("readings")

    def rank(reading: Analysis) -> float:
        return log_prior(reading, counts)

    aligned = align_units(pairs, [units_of(pair.arabic, rank) for pair in pairs])
    said("alignments")
    words = lexeme_words(aligned)
    tables.write_table(out / statistics.WORDS, tables.word_lines(words))
    joint = count_phrases(aligned, [1.0 if pair.source in minor else _GENERAL for pair in pairs])
    likely = word_table(aligned)
    added = add_entries(entries, joint, rank, weight=_GENERAL)
    lines = list(tables.phrase_lines(joint, likely, once=_GENERAL, listed=added))
    tables.write_table(out / statistics.PHRASES, lines)
    said(f"translations of {len(lines)} runs of units")
    return frozenset(word for line in lines for cell in line.split("\t")[1::4] for word in cell.split()) | _gloss_words()


def _gloss_words() -> frozenset[str]:
    """Every word that a gloss of the lexicon may have, in all its forms."""
    rows = (row for rows in load_tables().stems.values() for row in rows)
    words = {word for row in rows for gloss in alternatives(entry_of(row).gloss) for word in gloss.split()}
    return frozenset(form(word) for word in words for form in (str, plural, past, participle, gerund, third_person))


def _word_table(pairs: Sequence[Pair]) -> WordTable:
    """The English stems of each Arabic word, by an alignment that knows nothing of the lexicon."""
    arabic: dict[str, int] = {}
    english: dict[str, int] = {}
    sources = [[arabic.setdefault(token.text, len(arabic) + 1) for token in pair.arabic] for pair in pairs]
    targets = [[english.setdefault(english_stem(word), len(english) + 1) for word in pair.english] for pair in pairs]
    words, stems = list(arabic), list(english)
    found: dict[str, dict[str, float]] = {}
    for (source, target), probability in translation_table(sources, targets).items():
        if source and probability > _LIKELY:
            found.setdefault(words[source - 1], {})[stems[target - 1]] = probability
    return found


def _language_model(pairs: Sequence[Pair], text: list[list[str]], minor: frozenset[str], known: frozenset[str]) -> Iterable[str]:
    """The model's lines; English text and general pairs count twice as much as minor ones, for the same reason as phrases."""
    case = TrueCase([*text, *(list(pair.english) for pair in pairs)])
    sentences = [case.restore(line) for line in text]
    sentences += [list(pair.english) for pair in pairs]
    sentences += [list(pair.english) for pair in pairs if pair.source not in minor]
    scores: Mapping[str, tuple[float, float]] = prune(learn_language_model(sentences, fewest=(2, 2, 3), vocabulary=known), _PRUNED)
    return tables.english_lines(scores, known | {"<s>", "</s>"})


if __name__ == "__main__":
    main()
