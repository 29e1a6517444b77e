"""The stages of training: data read, words aligned, phrases scored, the English model counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from translate.embedded.tokens import english_tokens
from translate.embedded.training import corpus as pairs_of
from translate.embedded.training.align import grow_links
from translate.embedded.training.config import DataList, EmbeddedConfig
from translate.embedded.training.english import read_english
from translate.embedded.training.entries import read_entries
from translate.embedded.training.ngrams import number_words, train
from translate.embedded.training.pairs import Pair, masked, read_pairs
from translate.embedded.training.phrases import LONGEST_SOURCE, LONGEST_TARGET, Found, Phrase, add_empty, collect, forget_rare, score
from translate.embedded.training.prune import Evidence
from translate.embedded.training.weights import model_arrays, phrase_arrays
from translate.embedded.truecase import Truecaser
from translate.lexicon.learn.align import Points
from translate.lexicon.learn.corpus import english_stem
from translate.lexicon.learn.held_out import HeldOut

Say = Callable[[str], None]
Counts = dict[Phrase, dict[Phrase, Found]]
WordCounts = dict[tuple[str, str], float]
_KEEP: Final = 20  # targets of a source phrase
_LONGEST_ONCE: Final = 4  # words of a source phrase that was seen once


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentence pairs, dictionary entries, how English words are cased, and the lexicon's glosses by class."""

    pairs: list[Pair]
    entries: list[Pair]
    forms: dict[str, str]
    glosses: dict[str, set[str]]

    @property
    def all(self) -> list[Pair]:
        """Pairs, then entries."""
        return self.pairs + self.entries


def held_out(config: EmbeddedConfig) -> HeldOut:
    """The sentences of dev and of the files that are held out."""
    return HeldOut((config.dev.source, config.dev.target, *config.held_out))


def read_corpus(config: EmbeddedConfig, data: DataList, say: Say) -> Corpus:
    """Read parallel text and entries."""
    rows = list(pairs_of.read_corpus(data.parallel, config.sources, held_out(config), say))
    case = Truecaser.learn(english_tokens(english) for _, _, english in rows)
    glosses: dict[str, set[str]] = {}
    pairs = read_pairs(rows, case, glosses)
    entries = read_pairs(read_entries(config.sources, list(data.entries)), Truecaser({}), {})
    say(f"{len(pairs)} pairs, {len(entries)} entries")
    return Corpus(pairs, entries, case.forms, glosses)


def align(corpus: Corpus) -> list[Points]:
    """Points between the words of every pair and entry."""
    english = [[english_stem(word) for word in pair.english] for pair in corpus.all]
    return grow_links([pair.classes for pair in corpus.all], english, corpus.glosses)


def phrases(corpus: Corpus, links: Sequence[Points], data: DataList, say: Say) -> dict[str, Any]:
    """The arrays of the phrase table."""
    weights = _weights(data)
    table, words = collect((p.keys, p.english, points, weights[p.name]) for p, points in zip(corpus.pairs, links, strict=False))
    forget_rare(table, longest=_LONGEST_ONCE)
    known = set(_add_entries(zip(corpus.entries, links[len(corpus.pairs) :], strict=True), weights, table, words))
    add_empty(table, words)
    evidence = Evidence(((p.keys, p.english, points) for p, points in zip(corpus.all, links, strict=True)), known)
    kept = list(evidence.kept(score(table, words, keep=_KEEP)))
    say(f"{len(kept)} phrase pairs")
    return phrase_arrays(kept)


def _weights(data: DataList) -> dict[str, float]:
    return {entry["name"]: float(entry.get("weight", 1.0)) for entry in data.all()}


def _add_entries(
    entries: Iterable[tuple[Pair, Points]], weights: Mapping[str, float], table: Counts, words: WordCounts
) -> Iterator[tuple[Phrase, Phrase]]:  # fmt: skip
    """Count entries as phrases; single words only where the lexicon lacks them, but for lists that are trusted (weight 2 or more)."""
    for pair, links in entries:
        weight = weights[pair.name]
        if len(pair.keys) > LONGEST_SOURCE or len(pair.english) > LONGEST_TARGET or (len(pair.keys) == 1 and pair.plain and weight < 2):
            continue
        inner = tuple(sorted(links)) or tuple((i, j) for i in range(len(pair.keys)) for j in range(len(pair.english)))
        found = table.setdefault(pair.keys, {}).setdefault(pair.english, Found(inner))
        found.count, found.general = found.count + weight, found.general + weight
        for i, j in inner:
            words[pair.keys[i], pair.english[j]] += weight / max(1, len(inner) / max(len(pair.keys), len(pair.english)))
        yield pair.keys, pair.english


def language_model(corpus: Corpus, config: EmbeddedConfig, data: DataList, say: Say) -> dict[str, Any]:
    """The arrays of the English model."""
    case = Truecaser(corpus.forms)
    text = read_english(config.sources, data.english, held_out(config))
    sentences: list[Sequence[str]] = [masked(case.lower_start(english_tokens(sentence))) for _, sentence in text]
    say(f"{len(sentences)} English sentences of {sum(map(len, sentences))} words beside those of the pairs")
    sentences += [pair.english for pair in corpus.pairs]
    words = number_words(sentences, (word for pair in corpus.pairs for word in pair.english))
    levels = train(sentences, words, config.order, config.prune)
    say(f"n-grams by length: {', '.join(str(len(level.keys)) for level in levels)}")
    return model_arrays(words, levels)
