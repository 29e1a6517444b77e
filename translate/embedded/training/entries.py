"""Dictionary entries and names in Arabic and English: from Wiktionary, WordNet, CLDR, ISO codes, GeoNames, transliterations."""

from __future__ import annotations

import gettext
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from translate.arabic.normalize import normalize

Entries = Iterator[tuple[str, str]]
_ARABIC_ONLY = re.compile(r"^[ء-ي\u064b-\u0652 ]+$")


def read_wiktionary(root: Path, entry: dict[str, Any]) -> Entries:
    """`english {pos} (sense) :: arabic {m} /latin/, arabic` a line."""
    for line in (root / entry["file"]).read_text(encoding="utf-8").splitlines():
        head, _, tail = line.partition(" :: ")
        english = re.sub(r"\s*[{(/].*", "", head).strip()
        for part in re.sub(r"/[^/]*/|\{[^}]*\}|\([^)]*\)|\[[^\]]*\]", " ", tail).split(","):
            arabic = re.sub(r"\s+", " ", part.replace("ـ", "")).strip()
            if english and _ARABIC_ONLY.match(arabic):
                yield arabic, (f"to {english}" if "{v}" in head and not english.startswith("to ") else english).removeprefix("to ")


def read_wordnet(root: Path, entry: dict[str, Any]) -> Entries:
    """Arabic lemmas of a synset with the two first English lemmas of the same synset of WordNet 3.0."""
    english: dict[str, list[str]] = {}
    for part, tag in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (root / entry["wordnet"] / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                cells = line.split(" ")
                lemmas = [re.sub(r"\(\w+\)$", "", cells[4 + 2 * i]).replace("_", " ") for i in range(int(cells[3], 16))]
                english[f"{cells[0]}-{tag}"] = lemmas
    for line in (root / entry["file"]).read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[1].endswith("lemma") and _ARABIC_ONLY.match(cells[2]):
            yield from ((cells[2], lemma) for lemma in english.get(cells[0], [])[:2])


def read_cldr(root: Path, entry: dict[str, Any]) -> Entries:
    """Countries, languages, currencies, months and days."""
    from babel import Locale

    arabic, english = Locale("ar"), Locale("en")
    for kind in ("territories", "languages", "currencies", "scripts"):
        left, right = getattr(arabic, kind), getattr(english, kind)
        yield from ((left[key], right[key]) for key in left if key in right)
    for kind in ("months", "days"):
        left, right = (getattr(locale, kind)["format"]["wide"] for locale in (arabic, english))
        yield from ((left[key], right[key]) for key in left)


def read_iso(root: Path, entry: dict[str, Any]) -> Entries:
    """Names in the Arabic message catalogues of the ISO code lists."""
    for path in sorted((root / entry["folder"]).glob("*.mo")):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for english, arabic in catalogue.items():
            if isinstance(english, str) and english and _ARABIC_ONLY.match(arabic):
                yield arabic, re.sub(r"[;,(].*", "", english).strip()


def plain_letters(name: str) -> str:
    """A name without the signs of learned transliterations: Abū Ghurayb as Abu Ghurayb, but São Paulo as it is."""
    parts = (letter if letter <= "ÿ" else unicodedata.normalize("NFKD", letter) for letter in name)
    return "".join(c for part in parts for c in part if not unicodedata.combining(c) and c not in "ʻʼ‘’ʿʾ")


def read_geonames(root: Path, entry: dict[str, Any]) -> Entries:
    """Cities with their Arabic names; the spelling that sounds most like the English one where there are several."""
    for city in json.loads((root / entry["file"]).read_text(encoding="utf-8")).values():
        names = [n for n in city["alternatenames"] if _ARABIC_ONLY.match(n)]
        if names and city["population"] >= entry.get("population", 0):
            name = min(names, key=lambda n: (abs(len(n) - len(city["name"]) * 0.8), n))
            yield name, plain_letters(city["name"])


def read_names(root: Path, entry: dict[str, Any]) -> Entries:
    """Arabic, tab, transliteration in lower case."""
    for line in (root / entry["file"]).read_text(encoding="utf-8").splitlines():
        arabic, _, english = line.partition("\t")
        if len(arabic) > 2 and len(english) > 2 and _ARABIC_ONLY.match(arabic):
            yield arabic, english.strip().title()


READERS: dict[str, Callable[[Path, dict[str, Any]], Entries]] = {
    "wiktionary": read_wiktionary,
    "wordnet": read_wordnet,
    "cldr": read_cldr,
    "iso": read_iso,
    "geonames": read_geonames,
    "names": read_names,
}


def read_entries(sources: Path, listed: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """All entries once: the source's name, Arabic without diacritics, English."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for entry in listed:
        for arabic, english in READERS[entry["kind"]](sources / entry["root"], entry):
            plain = normalize(arabic, ["controls", "diacritics", "tatweel", "alef", "whitespace"])
            if plain and english and len(plain.split()) <= 5 and english not in seen[plain]:
                seen[plain].add(english)
                yield entry["name"], plain, english
