"""Arabic words without the particles and the article that are written onto them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

PREFIXES: Final = tuple(
    sorted((f"{first}{second}" for first in ("", "و", "ف") for second in ("", "ال", "ب", "بال", "ل", "لل", "ك", "كال")), key=len)[1:]
)
"""Particles and articles before an Arabic word, the shortest first."""


@lru_cache(maxsize=1 << 15)
def bare_forms(word: str) -> tuple[str, ...]:
    """What a folded word may be without particles and article, the word itself first: والقدس, القدس, لقدس (no: two letters stay), قدس."""
    return (word, *(word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= 2))
