"""Word alignment of the training set, in both directions, made one. Nothing in it is random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from translate.lexicon.learn.align import Points, align

_DICTIONARY: Final = 0.4
"""What a dictionary's word for word counts beside pairs that were seen."""


def grow_links(
    source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], dictionary: Mapping[str, Iterable[str]] | None = None
) -> list[Points]:
    """Align pairs of token lists; see `translate.lexicon.learn.align` for the model.

    Args:
        source, target: the token lists, as many of each.
        dictionary: target tokens that a source token may stand for.
    """
    left: dict[str, int] = {}
    right: dict[str, int] = {}
    sources = [[left.setdefault(token, len(left) + 1) for token in tokens] for tokens in source]
    targets = [[right.setdefault(token, len(right) + 1) for token in tokens] for tokens in target]
    listed = ((left[name], right[word]) for name, words in (dictionary or {}).items() if name in left for word in words if word in right)
    return align(sources, targets, prior=dict.fromkeys(listed, _DICTIONARY))
