"""How each kind of source is read: an iterator of (Arabic, English) for every format in the data list."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from translate.embedded.training.blocks import pair_blocks, pair_sentences, read_blocks

Pairs = Iterator[tuple[str, str]]


def read_tsv(root: Path, entry: dict[str, Any]) -> Pairs:
    """Arabic, tab, English; `swap: true` for the other order."""
    path = root / entry["file"]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2:
                yield (cells[1], cells[0]) if entry.get("swap") else (cells[0], cells[1])


def read_markdown(root: Path, entry: dict[str, Any]) -> Pairs:
    """Pages under `arabic`, each with its original at the same place under `english`."""
    left, right = root / entry["arabic"], root / entry["english"]
    for page in sorted(left.rglob("*.md*")):
        name = str(page.relative_to(left)).replace(".ar.md", ".md")
        original = next((o for o in (right / name, right / name.replace(".md", ".en.md")) if o.is_file()), None)
        if original:
            yield from pair_blocks(read_blocks(_read(page)), read_blocks(_read(original)))


def read_treebank(root: Path, entry: dict[str, Any]) -> Pairs:
    """Two CoNLL-U files of the same sentences: their `# text` lines by `# sent_id`."""
    left, right = (_sentences(root / entry[side]) for side in ("arabic", "english"))
    yield from ((left[key], right[key]) for key in left if key in right)


def _sentences(path: Path) -> dict[str, str]:
    found = re.findall(r"^# sent_id = (.+)\n(?:#.*\n)*?# text = (.+)$", _read(path), flags=re.M)
    return dict(found)


def read_xquad(root: Path, entry: dict[str, Any]) -> Pairs:
    """SQuAD-format files: questions by id, paragraphs cut into sentences."""
    left, right = (json.loads(_read(root / entry[side]))["data"] for side in ("arabic", "english"))
    for article, original in zip(left, right, strict=True):
        for paragraph, first in zip(article["paragraphs"], original["paragraphs"], strict=True):
            yield from pair_sentences(paragraph["context"], first["context"])
            questions = {item["id"]: item["question"] for item in first["qas"]}
            yield from ((item["question"], questions[item["id"]]) for item in paragraph["qas"] if item["id"] in questions)


def read_fluent(root: Path, entry: dict[str, Any]) -> Pairs:
    """Fluent files (`key = text`); brand placeholders become the brand's name, texts with other variables are left out."""
    left, right = root / entry["arabic"], root / entry["english"]
    for path in sorted(left.rglob("*.ftl")):
        original = right / path.relative_to(left)
        if not original.is_file():
            continue
        english = _messages(_read(original))
        for key, text in _messages(_read(path)).items():
            if key in english and "{" not in text + english[key]:
                yield from pair_sentences(text, english[key])


def _messages(text: str) -> dict[str, str]:
    found = re.findall(r"^([\w-]+) = ?(.*(?:\n {4}.+)*)", text, flags=re.M)
    return {key: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", _brands(value))).strip() for key, value in found}


def _brands(text: str) -> str:
    return re.sub(r"\{ ?-brand-name-([\w-]+) ?\}", lambda name: name[1].replace("-", " ").title(), text)


def read_yaml(root: Path, entry: dict[str, Any]) -> Pairs:
    """Flat or nested YAML translation files with the same keys."""
    for path in sorted((root / entry["arabic"]).glob("*.yml")):
        original = root / entry["english"] / path.name
        if original.is_file():
            english = dict(_leaves(yaml.safe_load(_read(original))))
            for key, text in _leaves(yaml.safe_load(_read(path))):
                if key in english:
                    yield from pair_sentences(text, english[key])


def _leaves(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, child in node.items():
            yield from _leaves(child, f"{key}/{name}")
    elif isinstance(node, str):
        yield key, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", node)).strip()


def read_storybooks(root: Path, entry: dict[str, Any]) -> Pairs:
    """Picture stories: pages split by `##`, files matched by their leading number."""
    originals = {path.name[:4]: path for path in (root / entry["english"]).glob("*.md")}
    for path in sorted((root / entry["arabic"]).glob("*.md")):
        original = originals.get(path.name[:4])
        if original:
            left, right = (re.split(r"\n##\s*", _read(p)) for p in (path, original))
            if len(left) == len(right):
                for arabic, english in list(zip(left, right, strict=True))[:-1]:
                    yield from pair_sentences(arabic.lstrip("# ").replace("\n", " "), english.lstrip("# ").replace("\n", " "))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


READERS: dict[str, Callable[[Path, dict[str, Any]], Pairs]] = {
    "tsv": read_tsv,
    "markdown": read_markdown,
    "treebank": read_treebank,
    "xquad": read_xquad,
    "fluent": read_fluent,
    "yaml": read_yaml,
    "storybooks": read_storybooks,
}
