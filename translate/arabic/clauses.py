"""Cutting a sentence that is too long for a model at clause marks, conjunctions or spaces, so that nothing need be truncated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from translate.errors import ConfigError

# After a clause mark and the signs that close with it. A comma inside 1,000 or a colon inside 10:30 is no clause mark.
_CLAUSE = re.compile(r"(?:[؛;،,:!?؟…](?=[\s\"»”’)\]])|\.{2,}(?=\s)|[،؛](?=[^\W\d_])|\s[-–—](?=\s))[\"»”’)\]]*")
# Before a word with و (and), but for common words whose first letter it is, and before words that open a clause.
_CONJUNCTION = re.compile(
    r"(?=\s(?:و(?!زير|زار|زراء|اشنطن|كال|لاي|قت|فد|فق|ضع|صول|صل|جود|جه|حد|سط|طن|لد|رق|راء|باء|ثيق|سيل|سائل|اقع|اجب|الد|احد)\w{2,}"
    r"|(?:ثم|لكن|ولكن|بل|أو|حيث|إذ|لأن|بينما|فيما|كما|مما|حتى|قبل|بعد|الذي|التي|الذين)\s))"
)
_SPACE = re.compile(r"(?=\s)")
# Between letters, but not between a letter and its diacritics.
_LETTER = re.compile(r"(?=[^\W_]|[^\w\s\u0300-\u036f\u064b-\u065f\u0670])")
_ANYWHERE = re.compile("")

# A clause mark or conjunction is taken only where its piece has at least this share of what would fit: no crumbs.
_LEVELS = ((_CLAUSE, 1 / 3), (_CONJUNCTION, 1 / 3), (_SPACE, 0.0), (_LETTER, 0.0), (_ANYWHERE, 0.0))
_LOOKAHEAD = 16  # how far the patterns look past a cut
_FIRST_TRY = 64  # characters; doubled until they do not fit


def split_clauses(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text into pieces that each fit, as long as possible, at the best places there are.

    A cut falls after a clause mark (؛ ، : …), else before a conjunction, else at a space, at worst inside a word.
    Only blanks at the cuts are lost.

    Args:
        text: one sentence.
        fits: whether a piece is short enough, e.g. counts its tokens. Each piece has passed it; where to look for the longest, it is
            taken that the beginning of what fits will fit.

    Returns:
        The pieces without blanks around them, none for a blank text.

    Raises:
        ConfigError: not even one character fits.
    """
    return list(_pieces(text.strip(), fits))


def _pieces(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    start = 0
    while start < len(text):
        reach = _reach(text, start, fits)
        cut = len(text) if reach == len(text) else _best_cut(text, start, reach, fits)
        yield text[start:cut].rstrip()
        start = cut
        while start < len(text) and text[start].isspace():
            start += 1


def _reach(text: str, start: int, fits: Callable[[str], bool]) -> int:
    """The end of the longest piece from `start` that fits, wherever it ends: found by doubling, then by bisection."""
    low, high = start, min(start + _FIRST_TRY, len(text))
    while fits(text[start:high].rstrip()):
        if high == len(text):
            return high
        low, high = high, min(start + 2 * (high - start), len(text))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(text[start:middle].rstrip()) else (low, middle)
    if low == start:
        raise ConfigError("the length limit leaves no room for a single character", hint="check the model's max_source_tokens")
    return low


def _best_cut(text: str, start: int, reach: int, fits: Callable[[str], bool]) -> int:
    """The last cut up to `reach` of the best kind that there is."""
    for pattern, least_share in _LEVELS:
        found = pattern.finditer(text, start + 1, min(reach + _LOOKAHEAD, len(text)))
        cuts = [cut.end() for cut in found if cut.end() <= reach]
        for cut in reversed(cuts):
            if cut - start >= least_share * (reach - start) and fits(text[start:cut].rstrip()):
                return cut
    return reach
