"""The verbs with which Arabic news says whose words follow."""

from __future__ import annotations

from typing import Final

SAID: Final = "أكد اكد أكّد قال أعلن أوضح اوضح أفاد اعتبر شدد شدّد أشار اشار ذكر بين بيّن أضاف اضاف لفت"
"""In the past tense, third person singular, as newspapers spell them, with blanks between."""


def any_of(words: str) -> str:
    """A pattern for one of several words, separated by blanks, in which a word may have signs of patterns."""
    return f"(?:{'|'.join(words.split())})"
