"""Finds what an Arabic sentence has in other letters, which a translation copies: addresses, commands, file names, C++, F-16, BBC News."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from translate.addresses import TEMPLATE, URL

# Letters, digits and signs of other scripts, and Arabic digits; not the beginning of an address, so that it is read as one.
_CHARACTER: Final = (
    r"(?!https?://|www\.)[[\p{L}\p{M}\p{Nd}\p{No}\p{Sc}!-/:-@\[-`{-~’‐‑–°©®™]--[\p{Arabic}\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff]]"
)
_PIECE: Final = rf"(?:{URL}|{TEMPLATE}|{_CHARACTER})"
_RUN: Final = regex.compile(rf"{_PIECE}(?:[ \t\u00a0]*+{_PIECE})*+", regex.V1)
_WORD: Final = regex.compile(rf"{TEMPLATE}|(?:(?!\{{\{{|\{{%)\S)+|\S", regex.V1)
_LETTER: Final = regex.compile(r"[\p{L}--[\p{Arabic}\u0640]]", regex.V1)
_PROMPT: Final = "$"
_PAUSES: Final = ",;:!?"
_JOINED_BEFORE: Final = regex.compile(r"(?<=\p{Arabic})[-/_](?=\p{L})")
_JOINED_AFTER: Final = regex.compile(r"[-/_](?=\p{Arabic})")
_OPENING: Final = {")": "(", "]": "[", "}": "{", ">": "<"}


def verbatim_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of words with a letter that is not Arabic stand, without the punctuation of the sentence around them.

    Numbers and signs between two such words belong to the run (`pip install '.[fast]'`), before and after it they do not.

    Args:
        text: a sentence.

    Yields:
        The beginning and the end of each run, in order.
    """
    for found in _RUN.finditer(text):
        words = list(_WORD.finditer(found[0]))
        lettered = [place for place, word in enumerate(words) if _LETTER.search(word[0]) or word[0].startswith(("{{", "{%"))]
        if not lettered:
            continue
        first, last = lettered[0], lettered[-1]
        if first and words[first - 1][0].endswith(_PROMPT):
            first -= 1
        start, end = found.start() + words[first].start(), found.start() + words[last].end()
        start += bool(_JOINED_BEFORE.match(text, start))
        end -= bool(_JOINED_AFTER.match(text, end - 1))
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without punctuation at its ends, but for what belongs to it: .env, main(), '.[fast]', C++."""
    while run := text[start:end]:
        if run[0] in _PAUSES or run.startswith("..."):
            start += 1 if run[0] in _PAUSES else 3
        elif run[-1] in f"{_PAUSES}.":
            end -= 1
        elif (run[0], run[-1]) in (('"', '"'), ("(", ")")):
            start, end = start + 1, end - 1
        elif run[0] in '"(' and _is_alone(run[0], run):
            start += 1
        elif _is_alone(run[-1], run):
            end -= 1
        else:
            break
    return start, end


def _is_alone(sign: str, run: str) -> bool:
    """Whether a quotation mark or bracket has no other half in the run."""
    if sign in "\"'’":
        return run.count(sign) % 2 == 1
    if sign == "(":
        return run.count("(") > run.count(")")
    return sign in _OPENING and run.count(sign) > run.count(_OPENING[sign])
