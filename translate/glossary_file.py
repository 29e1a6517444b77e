"""Glossary files: two columns, Arabic and English, with every mistake named by file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from translate.arabic.normalize import normalize
from translate.arabic.terms import spelling
from translate.console import note
from translate.errors import ConfigError
from translate.glossary import Glossary, Term
from translate.inputs import read_text, shown

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_HEADINGS = ("english", "en", "english term", "target")
_DELIMITERS = "\t,;"
_COLUMNS = "the columns are Arabic term, English term"


def read_glossary(path: str) -> Glossary:
    """Read a CSV file (also separated by tabs or semicolons, also .gz) with an Arabic and an English column.

    Blank lines and lines that begin with # do not count, nor does a first row of headings. A term that is there twice with
    the same English is said on stderr.

    Raises:
        ConfigError: a row is not two cells, a cell is empty or in the wrong language, an Arabic term has two English ones,
            or there is no term at all.
        InputError: the file cannot be read, or is not text.
    """
    where = shown(path)
    decoded = read_text(path)
    for warning in decoded.warnings:
        note(f"{where}: {warning}")
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    for number, term in _terms(decoded.text, where):
        key = spelling(term.arabic)
        first = terms.setdefault(key, term)
        line = lines.setdefault(key, number)
        if first.english != term.english:
            what = f'«{term.arabic}» is "{term.english}" here and "{first.english}" in line {line}'
            raise ConfigError(what, where=f"{where}:{number}", hint="keep one of them")
        if line != number:
            note(f"{where}:{number}: «{term.arabic}» is already in line {line}")
    if not terms:
        raise ConfigError("holds no term", where=where, hint=_COLUMNS)
    return Glossary(list(terms.values()))


def _terms(text: str, where: str) -> Iterator[tuple[int, Term]]:
    """The rows, with their line numbers."""
    lines = ["" if line.lstrip().startswith("#") else line for line in text.splitlines()]
    sample = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=next((sign for sign in _DELIMITERS if sign in sample), ","), skipinitialspace=True, strict=True)
    first = True
    try:
        for row in reader:
            cells = [normalize(cell, ("controls", "presentation_forms", "whitespace")) for cell in row]
            if any(cells):
                if not (first and _is_heading(cells)):
                    yield reader.line_num, _term(cells, f"{where}:{reader.line_num}")
                first = False
    except csv.Error as error:
        raise ConfigError(f"is not CSV ({error})", where=f"{where}:{reader.line_num}") from error


def _is_heading(cells: Sequence[str]) -> bool:
    """Both in one language (Arabic,English · العربية,الإنجليزية), or the second a usual heading (المصطلح,English)."""
    if len(cells) != 2 or not all(cells):
        return False
    return cells[1].casefold() in _HEADINGS or bool(_ARABIC.search(cells[0])) == bool(_ARABIC.search(cells[1]))


def _term(cells: Sequence[str], where: str) -> Term:
    arabic, english = (*cells, "")[:2]
    if any(cells[2:]):
        raise ConfigError(f"has {len(cells)} columns", where=where, hint=f"{_COLUMNS}; a term with a comma needs quotation marks")
    if not arabic or not english:
        raise ConfigError(f"the {'English' if arabic else 'Arabic'} term is empty", where=where, hint=_COLUMNS)
    if not _ARABIC.search(arabic):
        raise ConfigError(f"{arabic!r} has no Arabic letter", where=where, hint=_COLUMNS)
    if _ARABIC.search(english) or not re.search(r"\w", english):
        raise ConfigError(f"{english!r} is not English", where=where, hint=_COLUMNS)
    return Term(arabic, english)
