"""`python -m translate.lexicon.learn.sources`: English text for the language model, out of checkouts and archives that are on the machine.

From a folder with nltk_data's `packages/corpora` (masc_tagged.zip, state_union.zip, inaugural.zip, wordnet.zip), factbook.json and
UD_English-EWT, each under its repository's name. Sentences that share seven words in a row with a held-out file are left out.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from translate.lexicon.learn.held_out import HeldOut

_SHORTEST: Final = 4
_END: Final = re.compile(r"(?<=[.;!?])\s+")
_TABULAR: Final = re.compile(r"\d{4} est|:\s*\d")  # the Factbook's figures, which are no sentences
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--held-out", multiple=True, required=True, type=_FILE, help="English sentences that must not be learned from.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def main(folder: Path, held_out: tuple[Path, ...], out: Path) -> None:
    """Write `corpus TAB sentence` lines from the sources in FOLDER."""
    aside = HeldOut(held_out)
    with out.open("w", encoding="utf-8") as lines:
        for source, sentence in dict.fromkeys(_sentences(folder)):
            if len(re.findall(r"\w+", sentence)) >= _SHORTEST and not aside.has(sentence):
                lines.write(f"{source}\t{sentence}\n")


def _sentences(folder: Path) -> Iterator[tuple[str, str]]:
    corpora = folder / "nltk_data" / "packages" / "corpora"
    for line in _lines(corpora / "masc_tagged.zip", ".txt"):
        yield "masc", " ".join(word.rpartition("_")[0] for word in line.split())
    for name in ("state_union", "inaugural"):
        for line in _lines(corpora / f"{name}.zip", ".txt"):
            yield from ((name, sentence) for sentence in _END.split(" ".join(line.split())))
    for line in _lines(corpora / "wordnet.zip", ""):
        _, bar, gloss = line.partition(" | ")
        yield from (("wordnet", part.strip('" ')) for part in (gloss.strip().split("; ") if bar else ()))
    for path in sorted((folder / "factbook.json").rglob("*.json")):
        yield from (("factbook", sentence) for text in _strings(json.loads(path.read_text(encoding="utf-8"))) for sentence in _prose(text))
    for path in sorted((folder / "UD_English-EWT").glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield "ewt", line.removeprefix("# text = ")


def _lines(archive: Path, suffix: str) -> Iterator[str]:
    """The lines of an archive's files, paragraphs of speeches as one."""
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            if name.endswith(suffix) and not name.endswith(("/", "README")):
                yield from files.read(name).decode("utf-8", "ignore").splitlines()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _prose(text: str) -> Iterator[str]:
    for sentence in _END.split(" ".join(re.sub(r"<[^>]+>", " ", text).split())):
        if 30 < len(sentence) < 400 and re.search("[a-z] [a-z]", sentence) and not _TABULAR.search(sentence):
            yield sentence


if __name__ == "__main__":
    main()
