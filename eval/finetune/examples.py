"""Pairs as token ids, with the model family's own conventions, held in Arrow tables of the `datasets` library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from eval.finetune.data import Tally
from eval.finetune.pairs import Pair
from translate.arabic.normalize import normalize
from translate.errors import MissingExtra
from translate.families.base import Family
from translate.spec import Limits

if TYPE_CHECKING:
    from datasets import Dataset

_CHUNK = 2000  # pairs encoded at once


@dataclass(frozen=True, slots=True)
class Encoder:
    """How a text pair becomes ids.

    Attributes:
        family: the model's conventions.
        limits: tokens of a source and of a target, special ones included.
        too_long: what becomes of a pair with a longer source. One with a longer target is always left out: a target that was cut
            teaches to stop in the middle.
    """

    family: Family
    limits: Limits
    too_long: Literal["drop", "cut"]

    def encode(self, pairs: Sequence[Pair], tally: Tally | None = None) -> Dataset:
        """A table with the columns `source` and `target`, each a list of ids, in the order of the pairs.

        Args:
            pairs: what to encode.
            tally: counts what is left out or cut; without one, too long pairs are cut on both sides, and none is left out.

        Raises:
            MissingExtra: datasets is not installed.
        """
        try:
            from datasets import Dataset, Features, Sequence, Value, concatenate_datasets
        except ImportError as error:
            raise MissingExtra("fine-tuning", "finetune") from error
        features = Features({"source": Sequence(Value("int32")), "target": Sequence(Value("int32"))})
        chunks = [Dataset.from_dict(self._columns(chunk, tally), features=features) for chunk in _chunks(pairs, _CHUNK)]
        return concatenate_datasets(chunks)

    def _columns(self, pairs: Sequence[Pair], tally: Tally | None) -> dict[str, list[list[int]]]:
        texts = [prepared(pair.source) for pair in pairs]
        sources, targets = self.family.encode(texts), self.family.encode_targets([pair.target for pair in pairs])
        most_source, most_target = self.limits.max_source_tokens, self.limits.max_target_tokens
        columns: dict[str, list[list[int]]] = {"source": [], "target": []}
        for pair, text, source, target in zip(pairs, texts, sources, targets, strict=True):
            if tally and len(target) > most_target:
                tally.add(f"training pairs left out, whose target has more than {most_target} tokens", pair.where)
                continue
            if len(source) > most_source:
                if self.too_long == "cut" or not tally:
                    source = self.family.encode([self.shortened(text)])[0]
                if tally and len(source) > most_source:  # not to be cut, or its first word (or the prompt) is too long
                    tally.add(f"training pairs left out, whose source has more than {most_source} tokens", pair.where)
                    continue
                if tally:
                    tally.add(f"training sources cut to {most_source} tokens", pair.where)
            columns["source"].append(source[:most_source])
            columns["target"].append(target[:most_target])
        return columns

    def shortened(self, text: str) -> str:
        """As many words of a text, from its beginning, as the limit lets through."""
        return longest_start(text, lambda start: len(self.family.encode([start])[0]) <= self.limits.max_source_tokens)


def prepared(text: str) -> str:
    """A source as the model gets it at work: normalized, whitespace a single space."""
    return " ".join(normalize(text).split())


def longest_start(text: str, fits: Callable[[str], bool]) -> str:
    """The most words from a text's beginning that fit; the first word if none does.

    >>> longest_start("one two three", lambda start: len(start) < 8)
    'one two'
    """
    words = text.split()
    low, high = 1, max(1, len(words))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(" ".join(words[:middle])) else (low, middle - 1)
    return " ".join(words[:low])


def _chunks(pairs: Sequence[Pair], size: int) -> Iterator[list[Pair]]:
    waiting = iter(pairs)
    while chunk := list(islice(waiting, size)):
        yield chunk


def lengths(table: Any, column: str) -> list[int]:
    """The number of ids in each row of a column, counted by Arrow."""
    from pyarrow import compute

    counted: list[int] = compute.list_value_length(table.data.column(column)).to_pylist()
    return counted
