"""The embedded translator: the likeliest English for a sentence among what is true to its numbers and names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from translate.checks import findings
from translate.checks.dates import check_dates
from translate.checks.finding import Finding
from translate.checks.names import check_invented_names
from translate.checks.numbers import check_numbers
from translate.embedded.consensus import by_consensus
from translate.embedded.decoder import Decoder, Piece, Search
from translate.embedded.lm import LanguageModel
from translate.embedded.options import FEATURES, Banned, Options
from translate.embedded.rendering import render, tokens_of
from translate.embedded.source import Word, source_words
from translate.embedded.table import PhraseTable
from translate.embedded.tokens import english_tokens
from translate.errors import ConfigError, MissingExtra, ModelUnavailable
from translate.lexicon.gloss import gloss_sentence

PHRASES: Final = "phrases.npz"
ENGLISH: Final = "english.npz"
SETTINGS: Final = "embedded.json"
_ALTERNATIVES: Final = 40  # different translations of a sentence that are compared
_DERIVATIONS: Final = 160  # ways to them that are looked at
_FAITHFUL: Final = (check_numbers, check_dates, check_invented_names)
_ROUNDS: Final = 3  # of searches without the phrases that were at fault


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: phrase table, language model, the weight of each feature, and how wide to search."""

    table: PhraseTable
    lm: LanguageModel
    weights: tuple[float, ...]
    search: Search


@lru_cache(maxsize=2)
def load_model(folder: Path) -> Model:
    """Read a folder of weights, which takes about a second.

    Raises:
        ModelUnavailable: a file is missing.
        ConfigError: the folder was made for another version of mujaz.
        MissingExtra: numpy is not installed.
    """
    import json

    try:
        import numpy as np
    except ImportError as error:
        raise MissingExtra("the weights of the embedded translator", "lexicon") from error

    for name in (SETTINGS, PHRASES, ENGLISH):
        if not (folder / name).is_file():
            raise ModelUnavailable(f"holds no embedded translator: it has no {name}", where=str(folder))
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    if settings["features"] != list(FEATURES):
        raise ConfigError("these weights have other features than this version of mujaz", where=str(folder), hint="train them anew")
    archives = {}
    for name in (PHRASES, ENGLISH):
        with np.load(folder / name, allow_pickle=False) as archive:
            archives[name] = {key: archive[key] for key in archive.files}
    weights = tuple(map(float, settings["weights"]))
    return Model(PhraseTable(archives[PHRASES]), LanguageModel(archives[ENGLISH]), weights, Search(**settings["search"]))


def translate_sentence(text: str, model: Model) -> str:
    """A sentence in English; the gloss where nothing else is true to the numbers and names of the source.

    Args:
        text: one Arabic sentence.
        model: the weights.

    Raises:
        MissingExtra: the Arabic lexicon is not installed.
    """
    words = source_words(text)
    if not words:
        return ""
    best, fewest = "", len(text) + 1
    banned: set[Banned] = set()
    for _ in range(_ROUNDS):
        found = _likely(words, model, banned)
        blamed: set[Banned] = set()
        for target in _in_order(found):
            wrong = unfaithful(text, target)
            if not wrong:
                return target
            if len(wrong) < fewest:
                best, fewest = target, len(wrong)
            blamed = blamed or set(_at_fault(found[target].pieces, words, wrong))
        if not blamed - banned:
            break
        banned |= blamed
    gloss = gloss_sentence(text)
    return gloss if len(unfaithful(text, gloss)) < fewest else best


@dataclass(frozen=True, slots=True)
class _Found:
    """A translation's phrases and its score."""

    pieces: list[Piece]
    score: float


def _likely(words: Sequence[Word], model: Model, banned: Collection[Banned]) -> dict[str, _Found]:
    """Different translations, the likeliest first."""
    options = Options(model.table, model.lm, model.weights, banned=banned)
    decoder = Decoder(options, model.lm, model.weights, model.search)
    found: dict[str, _Found] = {}
    for score, pieces in islice(decoder.ranked(words), _DERIVATIONS):
        found.setdefault(render(pieces, words), _Found(pieces, score))
        if len(found) == _ALTERNATIVES:
            break
    return found


def _in_order(found: Mapping[str, _Found]) -> list[str]:
    """The translations in the order in which they are checked: by consensus."""
    return by_consensus(list(found), [each.score for each in found.values()])


def unfaithful(source: str, target: str) -> list[Finding]:
    """Numbers, months and weekdays that are on one side only, and names that nothing in the source explains."""
    return [found for found in findings(source, target, _FAITHFUL) if found.kind != "empty"]


def _at_fault(pieces: Sequence[Piece], words: Sequence[Word], faults: Sequence[Finding]) -> Iterator[Banned]:
    """The phrases that brought what is not in the source, or that lost what is."""
    blamed = {token.lower() for fault in faults for word in fault.words for token in english_tokens(word)}
    missing = {word for fault in faults for word in fault.words}
    for piece in pieces:
        said = {token.lower() for token in tokens_of([piece], words)}
        asked = {word.unit.token.text for word in words[piece.start : piece.end] if word.unit.token is not None}
        if blamed & said or missing & asked:
            yield piece.start, piece.end, piece.option.target
