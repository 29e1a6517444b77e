"""Parts of a page and what is known beside them → a checked `Article`; the path from plain text to one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from summarize.article import Article, Aside
from summarize.loaders.lines import Line
from summarize.loaders.markers import BYLINE_LABELS, SOURCE_LABELS, phrase_keys
from summarize.loaders.page import Parts, arrange
from summarize.loaders.plain import read_blocks
from translate.errors import InputError

_LEAST_ARABIC = 0.1
"""Below this share of Arabic letters a text is not taken for an Arabic one."""
_SURROGATE = re.compile("[\ud800-\udfff]")

# Which aside tells which metadata, when nothing better is known.
_TELLING = {"date": "date", "byline": "author", "dateline": "dateline", "source": "source"}


def article_of_text(
    text: str, *, name: str, title: str | None = None, metadata: Mapping[str, str] | None = None, warnings: tuple[str, ...] = ()
) -> Article:
    """Read plain text or a page scrape.

    Args:
        text: the decoded input.
        name: the article's id, also what errors call it.
        title: the headline, if it is known apart from the text.
        metadata: what is known beside the text.
        warnings: what was already noticed while decoding.

    Raises:
        InputError: the text is blank or not Arabic.
    """
    text, damage = _encodable(text)
    if not text.strip():
        raise InputError("the text is empty", where=name)
    return build_article(
        arrange(read_blocks(text), title=title), text, name=name, title=title, metadata=metadata or {}, warnings=(*warnings, *damage)
    )


def build_article(
    parts: Parts, text: str, *, name: str, title: str | None, metadata: Mapping[str, str], warnings: tuple[str, ...] = ()
) -> Article:
    """Put the article together and check that it is Arabic.

    Raises:
        InputError: less than a tenth of the letters is Arabic.
    """
    language, doubts = _language(parts, name)
    found = parts.title
    return Article(
        id=name,
        text=text,
        title=found.text if found is not None else title,
        title_span=None if found is None else found.span,
        paragraphs=parts.paragraphs,
        subheadings=parts.subheadings,
        related=parts.related,
        asides=parts.asides,
        metadata={**_told(parts.asides), **metadata, "language": language},
        warnings=(*warnings, *doubts),
    )


def _encodable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with U+FFFD for halves of surrogate pairs, which JSON escapes can hold and no output could write."""
    clean, count = _SURROGATE.subn("\ufffd", text)
    return clean, (f"{count} broken character{'s' * (count != 1)} read as U+FFFD",) if count else ()


def _told(asides: tuple[Aside, ...]) -> dict[str, str]:
    """The metadata that stand on the page itself; the first line of each kind counts."""
    told: dict[str, str] = {}
    for aside in asides:
        if (name := _TELLING.get(aside.role)) is not None:
            told.setdefault(name, _value(aside))
    return {name: value for name, value in told.items() if value}


def _value(aside: Aside) -> str:
    """The line without "بقلم:", "المصدر:" in front and dashes around."""
    labels = phrase_keys(BYLINE_LABELS) | phrase_keys(SOURCE_LABELS)
    rest = next((rest for label, _, rest in Line(aside.text).labels() if label in labels), aside.text)
    value = " ".join(rest.strip("-–—: ").split())
    return value[1:-1] if value.startswith("(") and value.endswith(")") else value


def _language(parts: Parts, name: str) -> tuple[str, tuple[str, ...]]:
    """The body's language code, and a warning where it does not look like Arabic."""
    from translate.arabic.script import detect_script, doubt_about

    report = detect_script("\n".join(paragraph.text for paragraph in parts.paragraphs))
    if report.arabic < _LEAST_ARABIC:
        what = "has no Arabic text" if report.arabic == 0 else f"is hardly Arabic ({report.arabic:.0%} of the letters)"
        raise InputError(what, where=name, hint="mujaz reads Arabic articles")
    if report.language == "latin":
        return "ar", (f"only {report.arabic:.0%} of the letters are Arabic",)
    doubt = doubt_about(report.language)
    return report.language, (doubt,) if doubt else ()
