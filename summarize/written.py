"""What looks wrong in a summary that a model wrote: nothing in it, another language's script, a loop, more than was there to summarize."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from translate.arabic.script import detect_script
from translate.arabic.sentences import split_sentences
from translate.checks.extent import is_empty
from translate.checks.finding import Pair
from translate.checks.loops import check_loops
from translate.retry import Check
from translate.runtime.engine import Output

Target = Literal["ar", "en"]

_NAMES = {"ar": "Arabic", "en": "English"}
_LEAST = 0.5  # share of letters in the script of the language wanted; a summary may quote a name in another


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a summary, and what looks wrong in it.

    `own`: it is no model's, but the article's, because the model wrote nothing.
    """

    text: str
    warnings: tuple[str, ...] = ()
    own: bool = False


def checking(language: Target) -> Check:
    """A check of whole summaries in a language, given the text and its summary: one line for each fault."""

    def check(source: str, summary: str) -> list[str]:
        return [*wrong_language(summary, language), *_wrong_as_a_whole(source, summary)]

    return check


def wrong_language(text: str, language: Target) -> Iterator[str]:
    """A line where a text is in another script than its language's. Which of the languages of a script it is, is not looked at."""
    found = detect_script(text)
    share = found.arabic if language == "ar" else found.latin
    if found.letters and share < _LEAST:
        yield f"the model wrote this in another script than that of {_NAMES[language]}"


def sentences_of(source: str, output: Output, language: Target) -> list[Written]:
    """The sentences of a summary with their warnings; what is wrong with it as a whole is said with the last. None where it is empty."""
    if is_empty(output.text):
        return []
    texts = [sentence.text for sentence in split_sentences(output.text)]
    whole = list(_wrong_as_a_whole(source, output.text))
    if not output.complete:
        whole.append("the model did not end its summary, which was cut off")
    last = len(texts) - 1
    return [
        Written(text, (*wrong_language(text, language), *(whole if place == last else ())))
        for place, text in enumerate(texts)
        if not is_empty(text) or place == last
    ]


def _wrong_as_a_whole(source: str, summary: str) -> Iterator[str]:
    for loop in check_loops(Pair(source, summary)):
        yield f"the summary repeats itself: {loop.words[0][:60]!r}"
    if len(summary) > len(source):
        yield "the summary is longer than what it is of"
