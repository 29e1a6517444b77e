"""Markdown pages in two languages cut into blocks (headings, paragraphs, list items, cells) and paired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from translate.arabic.sentences import split_sentences

_ENGLISH_END = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[\"“'(]*[A-Z0-9])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Dr|St|No|U\.S|[A-Z])\.$")
_LINE = re.compile(r"^(?P<indent>\s*)(?P<mark>#{1,6}\s|[-*+]\s|\d+[.)]\s|>\s?|\|)?(?P<rest>.*)$")
_CLEANING = [
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), " "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>]+>"), " "),
    (re.compile(r"\[!\w+\]|\{[^}]*\}"), " "),
    (re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|`+"), ""),
    (re.compile(r"&nbsp;|&#160;"), " "),
    (re.compile(r"\s+"), " "),
]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: what kind it is ("h", "p", "l", "c") and its plain text."""

    kind: str
    text: str


def read_blocks(markdown: str) -> list[Block]:
    """Cut a page into blocks, without front matter, code and markup."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown.replace("\r\n", "\n"), flags=re.S)
    body = re.sub(r"^\s*(```|~~~).*?^\s*\1\s*$", "\n", body, flags=re.S | re.M)
    return [block for block in _lines(body) if block.text]


def _lines(body: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in [*body.split("\n"), ""]:
        found = _LINE.match(line)
        mark, rest = ((found["mark"] or "").strip(), found["rest"]) if found else ("", line)
        if not mark and rest.strip():
            paragraph.append(rest)
            continue
        if paragraph:
            yield Block("p", _plain(" ".join(paragraph)))
            paragraph = []
        if mark == "|":
            yield from (Block("c", _plain(cell)) for cell in rest.strip().strip("|").split("|") if not re.fullmatch(r"[\s:-]*", cell))
        elif mark.startswith("#"):
            yield Block("h", _plain(rest))
        elif mark:
            yield Block("l", _plain(rest))


def _plain(text: str) -> str:
    for pattern, by in _CLEANING:
        text = pattern.sub(by, text)
    return text.strip()


def pair_blocks(arabic: list[Block], english: list[Block]) -> Iterator[tuple[str, str]]:
    """Pair the blocks of a page and of its translation where their kinds run in step, and cut the pairs into sentences."""
    matcher = SequenceMatcher(None, [b.kind for b in arabic], [b.kind for b in english], autojunk=False)
    shortest = 1 if len(arabic) == len(english) else 6
    for left, right, size in matcher.get_matching_blocks():
        if size >= shortest:
            for offset in range(size):
                yield from pair_sentences(arabic[left + offset].text, english[right + offset].text)


def pair_sentences(arabic: str, english: str) -> Iterator[tuple[str, str]]:
    """Cut a paragraph and its translation into sentences; one pair for all of it where the counts differ."""
    left = [sentence.text for sentence in split_sentences(arabic)]
    right = split_english(english)
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
    else:
        yield arabic, english


def split_english(text: str) -> list[str]:
    """English sentences of a paragraph."""
    parts: list[str] = []
    for part in _ENGLISH_END.split(text.strip()):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += " " + part
        elif part:
            parts.append(part)
    return parts
