from __future__ import annotations

import io

import pytest
from article_pages import ARTICLES, FIRST, OTHER_TITLE, SECOND, THIRD, TITLE, assert_located, body, set_aside
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.article import Article
from summarize.loaders import article_from_text, read_articles
from translate.arabic.sentences import split_sentences
from translate.errors import InputError
from translate.markup.charset import decode_html


def page(*parts: str, head: str = "") -> Article:
    article = article_from_text(f"<html><head>{head}</head><body>{''.join(parts)}</body></html>")
    assert_located(article)
    return article


def story(*parts: str, head: str = "") -> Article:
    return page("<nav><a href='/'>الرئيسية</a></nav><article>", *parts, "</article><footer>جميع الحقوق محفوظة</footer>", head=head)


def test_the_sample_page() -> None:
    [article] = read_articles([str(ARTICLES / "science.html")])
    assert isinstance(article, Article)
    assert_located(article)
    assert article.title == "مرصد الجبل الأبيض يعثر على كوكب صخري يدور حول نجمين"
    assert article.text[article.title_span.start : article.title_span.end] == article.title  # type: ignore[union-attr]
    assert [words.split()[0] for words in body(article)] == ["أعلن", "ويبلغ", "ورصد", "وقالت", "ويأمل", "ومن"]
    assert [heading.text for heading in article.subheadings] == ["ظل مزدوج"]
    assert ("link", "اقرأ أيضا: أقدم ضوء يصل إلى مرآة المرصد") in set_aside(article)
    assert dict(article.metadata) == {
        "author": "دينا الصباغ",
        "category": "علوم",
        "date": "2025-02-18",
        "dateline": "الجبل الأبيض - وكالات",
        "encoding": "utf-8",
        "language": "ar",
        "source": "بوابة المدار",
        "url": "https://almadar.example/science/2025/two-suns",
    }
    assert article.warnings == ()


def test_sentences_without_markup_are_their_slice_of_the_raw_page() -> None:
    article = story(f"<h1>{TITLE}</h1>", f"<p>{FIRST} {SECOND}</p>", f"<p>{THIRD}</p>")
    for paragraph in article.paragraphs:
        for sentence in split_sentences(paragraph.text):
            span = paragraph.locate(sentence.start, sentence.end)
            assert article.text[span.start : span.end] == sentence.text


def test_sentences_with_markup_and_entities_are_within_their_slice() -> None:
    article = story(
        f"<h1>{TITLE}</h1><p>{FIRST}</p>",
        "<p>قال <b>الوزير</b>&nbsp;إن &laquo;العمل&raquo;\n   مستمر &amp; <a href='x'>سريع</a>&#46; وتابع.</p>",
    )
    paragraph = article.paragraphs[1]
    assert paragraph.text == "قال الوزير إن «العمل» مستمر & سريع. وتابع."
    span = paragraph.locate(0, paragraph.text.index(".") + 1)
    assert article.text[span.start : span.end] == "قال <b>الوزير</b>&nbsp;إن &laquo;العمل&raquo;\n   مستمر &amp; <a href='x'>سريع</a>&#46;"


@pytest.mark.parametrize("ending", [" | العربية نت", " - BBC News عربي", " :: صحيفة المدار"])
def test_the_title_has_no_site_in_it(ending: str) -> None:
    head = f"<title>{TITLE}{ending}</title>"
    assert story(f"<p>{FIRST}</p><p>{SECOND}</p>", head=head).title == TITLE
    assert story(f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>", head=head).title == TITLE


def test_a_dash_in_a_headline_stays() -> None:
    headline = "قمة المناخ - خلاف على التمويل"
    assert story(f"<p>{FIRST}</p><p>{SECOND}</p>", head=f"<title>{headline}</title>").title == headline


def test_a_site_name_in_the_only_h1_is_not_the_headline() -> None:
    assert (
        page("<h1>المدار</h1>", f"<div><h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p></div>", head=f"<title>{TITLE} :: المدار</title>").title
        == TITLE
    )


def test_paragraphs_beside_the_extracted_ones_are_not_lost() -> None:
    parts = [f"<div><p>{FIRST}</p><p>{SECOND}</p></div>", "<div class='ad'>إعلان</div>", f"<div><p>{THIRD}</p></div>"]
    assert body(story(f"<h1>{TITLE}</h1>", *parts)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "markup", ["<div>{}<br><br>{}<br/>{}</div>", "<p>{}<p>{}<p>{}", "<ul><li>{}</li><li>{}</li></ul><blockquote>{}</blockquote>"]
)
def test_paragraphs_of_other_making(markup: str) -> None:
    assert body(story(f"<h1>{TITLE}</h1>", markup.format(FIRST, SECOND, THIRD))) == [FIRST, SECOND, THIRD]


def test_a_title_that_the_caller_knows_is_kept() -> None:
    html = f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    other, same = article_from_text(html, title=OTHER_TITLE), article_from_text(html, title=TITLE)
    assert (other.title, other.title_span) == (OTHER_TITLE, None)
    assert same.title_span is not None
    assert body(same) == [FIRST, SECOND]


def test_a_page_that_is_only_a_headline() -> None:
    article = page(f"<h1>{TITLE}</h1>")
    assert (article.title, body(article)) == (None, [TITLE])


def test_links_captions_and_cards_are_set_aside() -> None:
    teaser = "<p>افتتح رئيس البلدية المستشفى الجديد في الحي الشرقي اليوم.</p>"
    card = f"<div class='c'><h3><a href='/2'>خبر آخر له عنوان طويل قليلا</a></h3>{teaser}</div>"
    article = story(
        f"<h1>{TITLE}</h1><p>{FIRST}</p>",
        f"<figure><img src='x'><figcaption>القطار في المحطة</figcaption></figure><p><a href='/1'>{OTHER_TITLE}</a></p>",
        f"<p>{SECOND}</p><p>{THIRD}</p>",
        card,
    )
    assert body(article) == [FIRST, SECOND, THIRD]


def test_a_text_that_is_in_a_script_only_has_its_span_there() -> None:
    text = f"{FIRST} {SECOND} {THIRD}"
    article = page(
        "<div id='app'></div>", head=f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script>'
    )
    assert body(article) == [text]
    span = article.paragraphs[0].locate(0, len(FIRST))
    assert article.text[span.start : span.end] == FIRST


def test_a_text_that_is_nowhere_in_the_raw_page_is_kept_with_a_warning() -> None:
    text = f"{FIRST} {SECOND} {THIRD}"
    escaped = text.encode("ascii", "backslashreplace").decode()
    article = article_from_text(
        f'<html><head><script type="application/ld+json">{{"articleBody":"{escaped}"}}</script></head><body></body></html>'
    )
    assert body(article) == [text]
    assert len(article.warnings) == 1
    assert "approximate" in article.warnings[0]
    span = article.paragraphs[0].locate(0, 3)
    assert escaped[:20] in article.text[span.start : span.end]


def test_a_page_without_an_article_says_what_to_do() -> None:
    with pytest.raises(InputError, match="no article found on this page; save the page after it has loaded"):
        article_from_text("<html><body><div id='root'></div><script>load()</script></body></html>")


def test_a_page_in_another_language_is_refused() -> None:
    with pytest.raises(InputError, match="has no Arabic text"):
        article_from_text("<html><body><p>This is a long paragraph about nothing in particular, in English.</p></body></html>")


@pytest.mark.parametrize("charset", ["windows-1256", "WINDOWS-1256", "iso-8859-6"])
@pytest.mark.parametrize("meta", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'])
def test_the_encoding_is_what_the_page_says(charset: str, meta: str) -> None:
    html = f"<html><head>{meta.format(charset)}</head><body><p>{FIRST}</p></body></html>"
    decoded = decode_html(html.encode(charset), where="x.html")
    assert (decoded.text, decoded.warnings) == (html, ())


def test_a_page_saved_as_utf8_with_its_old_meta_element() -> None:
    html = f"<html><head><meta charset=windows-1256></head><body><p>{FIRST}</p></body></html>"
    assert decode_html(html.encode(), where="x.html").text == html


def test_a_wrong_meta_element_is_not_believed() -> None:
    html = f"<html><head><meta charset=utf-8></head><body><p>{FIRST} {SECOND}</p></body></html>"
    assert decode_html(html.encode("windows-1256"), where="x.html").text == html


_TAGS = [
    "p",
    "div",
    "b",
    "a href=x",
    "h1",
    "h2",
    "li",
    "ul",
    "article",
    "nav",
    "br",
    "script",
    "table",
    "td",
    "figure",
    "blockquote",
    "title",
]
_pieces = st.one_of(
    st.sampled_from(
        [
            FIRST,
            SECOND,
            TITLE,
            "اقرأ أيضا",
            "&nbsp;",
            "&laquo;",
            "&#1575;",
            "&bogus;",
            "&",
            "<",
            "<!--",
            "-->",
            "]]>",
            "\x00",
            "\u200f",
            "\n",
        ]
    ),
    st.sampled_from(_TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.text(max_size=10),
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(_pieces, max_size=30))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    [article] = read_articles(["-"], input_format="html", stdin=io.BytesIO("".join(pieces).encode("utf-8", "replace")))
    if isinstance(article, Article):
        assert_located(article)


@pytest.mark.parametrize(
    "odd", ["<![x[y]]>", "<![if !IE]>", "<![endif]>", "<![CDATA[x]]>", "<![", "<!x", "<!-- x", "<?xml x?>", "<![foo[", "<!DOCTYPE"]
)
def test_odd_declarations_do_not_break_a_page(odd: str) -> None:
    first, second = "افتتح المتحف الوطني أبوابه أمام الزوار صباح اليوم", "وحضر المئات إلى الافتتاح الرسمي رغم المطر الغزير."
    page = f"<html><body><article><h1>عنوان الخبر</h1><p>{first}. {second}</p><p>{first} {odd} ثم تحدث المدير.</p></article></body></html>"
    article = article_from_text(page)
    assert any(second in paragraph.text for paragraph in article.paragraphs)
