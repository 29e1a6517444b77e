"""A news page in HTML → article: trafilatura says what is the story, the raw page says where each of its characters stands."""

from __future__ import annotations

import html
import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from summarize.article import Article, Paragraph, Role
from summarize.loaders.alignment import OUTSIDE, choose
from summarize.loaders.blocks import Block
from summarize.loaders.build import build_article
from summarize.loaders.headline import same_headline
from summarize.loaders.lines import Line
from summarize.loaders.markers import key, word_keys
from summarize.loaders.markup import PageBlock, page_blocks
from summarize.loaders.page import arrange
from translate.errors import InputError
from translate.types import Span

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_SITE = re.compile(r"\s+[|–—»·:-]+\s+")
_SITE_WORDS = "نت نيوز أخبار صحيفة جريدة قناة موقع وكالة إذاعة بوابة news com net"
"""Words in the name of a site, by which it is told from the second half of a headline."""


def article_of_html(
    page: str, *, name: str, title: str | None = None, metadata: Mapping[str, str] | None = None, warnings: tuple[str, ...] = ()
) -> Article:
    """Read a news page.

    Args:
        page: the decoded page, in which spans count.
        name: the article's id, also what errors call it.
        title: the headline, if known; else the page's.
        metadata: what is known beside the page.
        warnings: what was already noticed while decoding.

    Raises:
        InputError: no article is found on the page, or it is not Arabic.
    """
    found = _extracted(page)
    blocks = page_blocks(page)
    choice = choose(blocks, [] if found is None else (found.text or "").split("\n"), page)
    if not choice:
        raise InputError("no article found on this page", where=name, hint="save the page after it has loaded, or pass its text")
    headline, span = _given(blocks, title) if title else _headline(blocks, page, _titles(page, found), found and found.sitename)
    if missing := sum(isinstance(chosen, Paragraph) and chosen.span.end - chosen.span.start != len(chosen.text) for chosen in choice):
        warnings = (
            *warnings,
            f"{missing} paragraph{'s' * (missing != 1)} could not be found in the raw page: the source span is approximate",
        )
    story = [chosen for chosen in choice if isinstance(chosen, Paragraph) or chosen.paragraph.span != span]
    if not story:  # nothing but a headline
        headline, span, story = title, None, choice
    cards = _cards(story)
    parts = arrange([_block(chosen, cards) for chosen in story], title=headline)
    if headline is not None and span is not None:
        parts = replace(parts, title=Paragraph(headline, span))
    return build_article(parts, page, name=name, title=headline, metadata={**_metadata(found), **(metadata or {})}, warnings=warnings)


def _extracted(page: str) -> Any:
    """What trafilatura finds: a document with text and metadata, or None."""
    from trafilatura import bare_extraction

    # Of a page that it cannot use it writes several lines to stderr; our error says it in one.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # Zero bytes upset lxml; blanks keep the text. The extensive search for a date would take any date on the page.
    return bare_extraction(
        page.replace("\0", " "),
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _metadata(found: Any) -> dict[str, str]:
    """trafilatura's metadata by our names."""
    if found is None:
        return {}
    told = {
        "date": found.date,
        "author": found.author,
        "source": found.sitename,
        "url": found.url,
        "category": ", ".join(found.categories or ()),
    }
    return {name: " ".join(value.split()) for name, value in told.items() if value}


def _titles(page: str, found: Any) -> list[str]:
    """What the page calls itself: in its metadata and in its title element, which trafilatura cuts at any dash."""
    element = _TITLE.search(page)
    told = [found.title if found is not None else None, html.unescape(element.group(1)) if element else None]
    if "og:title" not in page:
        told.reverse()
    return [" ".join(title.split()) for title in told if title and title.strip()]


def _cards(choice: Sequence[PageBlock | Paragraph]) -> frozenset[int]:
    """The elements that hold another story: a heading that is a link and a teaser, apart from where most of the text is."""
    blocks = [chosen for chosen in choice if isinstance(chosen, PageBlock)]
    sizes = Counter[int]()
    for block in blocks:
        sizes[block.container] += len(block.paragraph.text)
    main = {container for container, _ in sizes.most_common(1)}
    return frozenset(block.container for block in blocks if block.heading and block.linked > 0.95) - main


def _block(chosen: PageBlock | Paragraph, cards: frozenset[int]) -> Block:
    """The block for `arrange`, with what the markup says about it."""
    if isinstance(chosen, Paragraph):
        return Block(chosen, gap=True)
    line = Line(chosen.paragraph.text)
    role: Role | None = None
    if chosen.around & {"figure", "figcaption"}:
        role = "caption"
    elif chosen.container in cards:
        role = "link"
    elif chosen.linked > 0.95 and line.words <= 20 and not line.stopped:
        role = "link"  # a line that is nothing but a link leads to another page
    return Block(chosen.paragraph, gap=chosen.tag != "li", heading=chosen.heading, role=role)


def _given(blocks: Sequence[PageBlock], title: str) -> tuple[str, Span | None]:
    """The headline that the caller knows, and where it stands if a heading of the page is the same."""
    line = Line(title)
    return title, next(
        (block.paragraph.span for block in blocks if block.heading and same_headline(Line(block.paragraph.text), line)), None
    )


def _headline(blocks: Sequence[PageBlock], page: str, told: Sequence[str], site: str | None) -> tuple[str | None, Span | None]:
    """The headline and where it stands: the heading that the page names itself by, or its only h1, or that name without the site's."""
    headings = [block for block in blocks if block.tag in ("h1", "h2") and not block.around & OUTSIDE]
    for heading in headings:
        line = Line(heading.paragraph.text)
        if line.words >= 3 and any(same_headline(line, Line(title)) for title in told):
            return heading.paragraph.text, heading.paragraph.span
    only = [block.paragraph for block in headings if block.tag == "h1"]
    if len(only) == 1 and Line(only[0].text).words >= 4:
        return only[0].text, only[0].span
    if not told:
        return None, None
    title = _without_site(told[0], site)
    place = page.find(title)
    return title, Span(place, place + len(title)) if place >= 0 else None


def _without_site(title: str, site: str | None) -> str:
    """The title without what stands behind its last bar or dash, if that names a site: "عنوان | العربية نت"."""
    cuts = list(_SITE.finditer(title))
    if not cuts:
        return title
    before, after = title[: cuts[-1].start()], key(title[cuts[-1].end() :])
    named = after == key(site or "") or (
        len(after.split()) <= 4 and ("|" in cuts[-1].group() or not word_keys(_SITE_WORDS).isdisjoint(after.split()))
    )
    return before if named and len(before.split()) >= 2 else title
