"""English text for the language model: every source of the data list as sentences, without what the test sets contain."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from translate.embedded.training.blocks import split_english
from translate.lexicon.learn.held_out import HeldOut


def read_plain(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """Text files, a paragraph a line."""
    for path in sorted(root.glob(entry["files"])):
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


_SKIPPED = re.compile(r"<(m:math|footnote|code|exercise|equation|media)\b.*?</\1>", flags=re.S)
_PARAGRAPH = re.compile(r"<(?:para|item|caption|meaning)\b[^>]*>(.*?)</(?:para|item|caption|meaning)>", flags=re.S)
_SHORTEST = 40  # characters of a paragraph


def read_cnxml(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """Textbooks as OpenStax has them: paragraphs without formulas, notes, code and exercises."""
    for folder in sorted(root.glob(entry["folders"])):
        for path in sorted(folder.rglob("*.cnxml")):
            text = _SKIPPED.sub(" ", re.sub(r"\s+", " ", path.read_text(encoding="utf-8", errors="replace")))
            for paragraph in _PARAGRAPH.findall(text):
                plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", paragraph))).strip()
                if len(plain) > _SHORTEST:
                    yield plain


def read_treebank(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """The `# text` lines of CoNLL-U files."""
    for path in sorted(root.glob(entry["files"])):
        yield from re.findall(r"^# text = (.+)$", path.read_text(encoding="utf-8"), flags=re.M)


def read_wordnet(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """Definitions and example sentences of WordNet."""
    for path in sorted(root.glob("data.*")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if " | " in line and not line.startswith("  "):
                yield from (part.strip(' "') for part in line.split(" | ", 1)[1].split(";"))


def read_factbook(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """All texts of the JSON country files."""
    for path in sorted(root.rglob("*.json")):
        yield from _texts(json.loads(path.read_text(encoding="utf-8", errors="replace")))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for child in node.values():
            yield from _texts(child)
    elif isinstance(node, str):
        plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(node)))
        yield from (part.strip() for part in re.split(r"(?:\+\+|\|\|| ;)", plain))


def read_zipped(root: Path, entry: dict[str, Any]) -> Iterator[str]:
    """Plain texts in a zip file, a paragraph between blank lines; `tagged: true` for word_TAG or word/TAG tokens."""
    with zipfile.ZipFile(root / entry["file"]) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(entry.get("ending", ".txt")) and "README" not in name:
                text = archive.read(name).decode("utf-8", errors="replace")
                if entry.get("tagged"):
                    text = re.sub(r"[/_][A-Z$,.:'`()#-]+(?=\s|$)", "", text)
                yield from (re.sub(r"\s+", " ", part) for part in re.split(r"\n\s*\n", text))


READERS: dict[str, Callable[[Path, dict[str, Any]], Iterator[str]]] = {
    "cnxml": read_cnxml,
    "plain": read_plain,
    "treebank": read_treebank,
    "wordnet": read_wordnet,
    "factbook": read_factbook,
    "zipped": read_zipped,
}


def read_english(sources: Path, listed: Iterable[dict[str, Any]], known: HeldOut) -> Iterator[tuple[str, str]]:
    """Sentences by source, each once, of five to eighty words."""
    seen: set[str] = set()
    for entry in listed:
        for paragraph in READERS[entry["kind"]](sources / entry["root"], entry):
            for sentence in split_english(paragraph):
                if sentence not in seen and 3 <= len(sentence.split()) <= 80 and not known.has(sentence):
                    seen.add(sentence)
                    yield entry["name"], sentence
