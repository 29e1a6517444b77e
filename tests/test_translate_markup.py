"""HTML and Markdown through the translator and back: everything but the words stays, and markup follows its words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import tiny_model

from translate.errors import InputError
from translate.markup.charset import decode_html
from translate.markup.formats import kind_of, read_document
from translate.markup.html import read_html
from translate.markup.markdown import read_markdown
from translate.markup.rewrite import translate_markup
from translate.markup.segments import Markup
from translate.types import ModelRef, Translation

Reader = Callable[[str], Markup]


class By:
    """A translator that does what a function or a dictionary says (what is not in it stays), and remembers what it got."""

    ref = ModelRef("by")

    def __init__(self, how: Callable[[str], str] | Mapping[str, str]) -> None:
        self.how = how if callable(how) else lambda text: how.get(text, text)
        self.calls: list[list[str]] = []

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        self.calls.append(list(texts))
        return [Translation(text, self.how(text)) for text in texts]


def translated(read: Reader, document: str, how: Callable[[str], str] | Mapping[str, str], window: int = 100_000) -> str:
    return "".join(part.text for part in translate_markup(document, read(document), By(how), window=window))


def html(document: str, how: Callable[[str], str] | Mapping[str, str]) -> str:
    return translated(read_html, document, how)


def markdown(document: str, how: Callable[[str], str] | Mapping[str, str]) -> str:
    return translated(read_markdown, document, how)


def sent(read: Reader, document: str) -> list[str]:
    """What the translator gets."""
    by = By({})
    for _ in translate_markup(document, read(document), by, window=100_000):
        pass
    return [text for call in by.calls for text in call]


# --- HTML ---

MINISTRY = {
    "أعلنت وزارة الصحة، الأربعاء، أن 3 مستشفيات فتحت أبوابها.": "The Ministry of Health said on Wednesday that 3 hospitals had opened.",
    "وزارة الصحة": "Ministry of Health",
    "الأربعاء": "Wednesday",
    "الخبر & الصحة": "News & health",
    "صورة المستشفى": 'The "new" hospital',
}


def test_a_page_keeps_all_but_its_words() -> None:
    page = """<!DOCTYPE html>
<html lang="ar-EG" dir=rtl><head><meta charset="windows-1256"><title>الخبر &amp; الصحة</title>
<style>p::before { content: "نص" }</style><script>var title = "<p>نص</p>";</script></head>
<body class=a   id='b'><!-- <p>تعليق</p> -->
<P>أعلنت <a href="/m?a=1&b=2" >وزارة
   الصحة</a>، <b><i>الأربعاء</i></b>، أن 3 مستشفيات&nbsp;فتحت أبوابها.</P>
<img alt='صورة المستشفى' src=a.png><pre>نص <b>نص</b></pre>Plain &copy; text
</body></html>
"""
    expected = """<!DOCTYPE html>
<html lang="en" dir=ltr><head><meta charset="utf-8"><title>News &amp; health</title>
<style>p::before { content: "نص" }</style><script>var title = "<p>نص</p>";</script></head>
<body class=a   id='b'><!-- <p>تعليق</p> -->
<P>The <a href="/m?a=1&b=2" >Ministry
   of Health</a> said on <b><i>Wednesday</i></b> that 3 hospitals had opened.</P>
<img alt='The &quot;new&quot; hospital' src=a.png><pre>نص <b>نص</b></pre>Plain &copy; text
</body></html>
"""
    assert html(page, MINISTRY) == expected


@pytest.mark.parametrize(
    "left",
    [
        "<pre>نص</pre>",
        "<code>نص</code>",
        "<kbd>نص</kbd>",
        "<textarea>نص</textarea>",
        "<script>نص</script>",
        "<style>نص</style>",
        '<div translate="no" title="نص" dir="rtl"><p lang="ar">نص</p></div>',
        '<span class="x notranslate"><b>نص</b></span>',
        "<svg><title>نص</title><text>نص</text></svg>",
        "<!-- نص -->",
        '<a href="/نص" data-x="نص">x</a>',
        '<meta name="author" content="نص">',
    ],
)
def test_what_is_left_alone(left: str) -> None:
    assert html(f"{left}<p>نص</p>", lambda text: "text") == f"{left}<p>text</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<img alt="نص">', '<img alt="&lt;&quot;x&quot; &amp;&gt;">'),
        ("<img alt='نص'>", "<img alt='&lt;&quot;x&quot; &amp;&gt;'>"),
        ("<img alt=نص src=a>", "<img alt=&lt;&quot;x&quot;&#32;&amp;&gt; src=a>"),
        ('<a title="نص" aria-label="نص">x</a>', '<a title="&lt;&quot;x&quot; &amp;&gt;" aria-label="&lt;&quot;x&quot; &amp;&gt;">x</a>'),
        ('<input placeholder="نص">', '<input placeholder="&lt;&quot;x&quot; &amp;&gt;">'),
        ('<meta property="og:title" content="نص">', '<meta property="og:title" content="&lt;&quot;x&quot; &amp;&gt;">'),
        ("<p>نص</p>", '<p>&lt;"x" &amp;&gt;</p>'),
        ("<title>نص</title>", '<title>&lt;"x" &amp;&gt;</title>'),
    ],
)
def test_a_translation_cannot_be_markup(source: str, expected: str) -> None:
    assert html(source, lambda text: '<"x" &>') == expected


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>نص أول.<br>نص ثان.</p>", ["نص أول.", "نص ثان."]),
        ("<h1>نص أول<br>نص ثان</h1>", ["نص أول نص ثان"]),
        ("<li>أول<li>ثان", ["أول", "ثان"]),
        ("<a>الأخبار</a> | <a>الرياضة</a>|<a>الطقس</a>", ["الأخبار", "الرياضة", "الطقس"]),
        ("<p>نص<sup><a href=#1>[1]</a></sup> آخر.", ["نص آخر."]),
        ("<p>قال. &#1606;&#x635;<!-- x -->; A.", ["قال.", "نص; A."]),
        ("<p>BBC 2024</p>", []),
        ("<td> نص\n\t نص&nbsp;</td>", ["نص نص"]),
        ("<p>نص<o:p></o:p> <i\nclass=x>نص</i></p>", ["نص نص", "نص"]),
    ],
)
def test_what_is_translated_together(source: str, texts: list[str]) -> None:
    assert sent(read_html, source) == texts


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("<meta charset=windows-1256>", "<meta charset=utf-8>"),
        ('<META http-equiv=x content="text/html; charset=cp1256">', '<META http-equiv=x content="text/html; charset=utf-8">'),
        ("<?xml version='1.0' encoding='windows-1256'?>", "<?xml version='1.0' encoding='utf-8'?>"),
        ("<meta charset=UTF-8>", "<meta charset=UTF-8>"),
        ('<div lang="ar" xml:lang="ar_EG" dir="RTL">', '<div lang="en" xml:lang="en" dir="ltr">'),
        ('<div lang="arc" dir="auto">', '<div lang="arc" dir="auto">'),
    ],
)
def test_what_a_page_says_of_itself(declared: str, expected: str) -> None:
    assert html(declared, {}) == expected


def test_a_page_is_decoded_as_it_says() -> None:
    page = "<meta charset='iso-8859-6'><p>نص قصير"
    assert decode_html(page.encode("iso-8859-6"), where="x").text == page
    assert decode_html(page.encode("utf-8"), where="x").encoding == "utf-8"


# --- where markup goes ---


@pytest.mark.parametrize(
    ("source", "own", "target", "expected"),
    [
        # the link moves with its words: from the end of the sentence to its beginning
        ("قال الوزير في <a>القاهرة</a>", {"القاهرة": "Cairo"}, "In Cairo, the minister spoke", "In <a>Cairo</a>, the minister spoke"),
        # clitics stay outside, and other forms of a word are the same word
        ("ول<a>لشركة</a> فروع", {"لشركة": "Companies"}, "And the company has branches", "And the <a>company</a> has branches"),
        # of two equal places the nearer one
        ("البنك زار <b>البنك</b> الآن", {"البنك": "bank"}, "The bank visited the bank now", "The bank visited the <b>bank</b> now"),
        # two links, both found
        ("<a>مصر</a> و<i>قطر</i> هنا", {"مصر": "Egypt", "قطر": "Qatar"}, "Here Egypt and Qatar", "Here <a>Egypt</a> and <i>Qatar</i>"),
        # the order of the tags does not change, even where the words' does: one of the two must give way
        ("<a>مصر</a> ثم <i>قطر</i>", {"مصر": "Egypt", "قطر": "Qatar"}, "Qatar after Egypt", None),
        # nothing is found: by position, at the edges of words, never empty
        ("كلمة <b>ثانية</b> وكلمة رابعة", {}, "One two three four", "One <b>two</b> three four"),
        ("كلمة <b>ثانية</b>", {}, "One", "<b>One</b>"),
        # punctuation inside as in the source
        ("قال «<a>نعم</a>» اليوم.", {"نعم": "yes"}, 'He said "yes" today.', 'He said "<a>yes</a>" today.'),
        ("قال <a>«نعم»</a> اليوم.", {"«نعم»": "yes"}, 'He said "yes" today.', 'He said <a>"yes"</a> today.'),
        # what is not for translation is put back where it stands in the translation, else where it stood
        ("نفذ <code>git push</code> الآن", {}, "Run git push now", "Run <code>git push</code> now"),
        ("نفذ <code>git push</code> الآن", {}, "Run now", "Run <code>git push</code> now"),
        ("زر https://a.b/c_d، غدا", {}, "Visit HTTPS://A.B/C_D, tomorrow", "Visit https://a.b/c_d, tomorrow"),
        ("مرحبا {{ user.name }} بك", {}, "Hello you", "Hello {{ user.name }} you"),
        # pictures keep their distance, footnotes do not
        ("نص <img src=x> آخر", {}, "Some text", "Some <img src=x> text"),
        ("قال الوزير<sup>1</sup>، ثم خرج", {}, "The minister said, then left", "The minister said<sup>1</sup>, then left"),
    ],
)
def test_markup_follows_its_words(source: str, own: dict[str, str], target: str, expected: str | None) -> None:
    sentence = sent(read_html, f"<p>{source}</p>")[0]
    done = html(f"<p>{source}</p>", lambda text: target if text == sentence else own.get(text, "zzz"))
    if expected is None:
        assert re.findall("<[^>]*>", done) == re.findall("<[^>]*>", f"<p>{source}</p>")
        assert "<a></a>" not in done and "<i></i>" not in done
    else:
        assert done == f"<p>{expected}</p>"


def test_markup_at_the_edges_of_sentences_stays_there() -> None:
    page = "<p><b>جملة أولى.</b> <a>جملة ثانية.</a><i>جملة ثالثة.</i></p>"
    assert html(page, lambda text: "A b.") == "<p><b>A b.</b> <a>A b.</a><i> A b.</i></p>"


def test_a_decimal_comma_is_found_as_a_point() -> None:
    page = "<p>ارتفع <b>12,5</b> في المئة"
    (part, _) = translate_markup(page, read_html(page), By({"ارتفع 12,5 في المئة": "It rose 12.5 percent"}), window=100)
    assert part.text == "<p>It rose <b>12.5</b> percent" and part.warnings == ()


def test_a_guessed_place_is_said() -> None:
    parts = list(
        translate_markup("<p>كلمة <b>ثانية</b> هنا", read_html("<p>كلمة <b>ثانية</b> هنا"), By(lambda text: "one two"), window=100)
    )
    assert [sentence.translation.warnings for part in parts for sentence in part.sentences] == [()]
    parts = list(
        translate_markup(
            "<p>كلمة <b>ثانية</b> هنا", read_html("<p>كلمة <b>ثانية</b> هنا"), By({"ثانية": "x", "كلمة ثانية هنا": "a b c"}), window=9
        )
    )
    assert [sentence.translation.warnings for part in parts for sentence in part.sentences] == [
        ("the place of the markup around ثانية is a guess",)
    ]


def test_an_empty_translation_leaves_the_source_and_says_so() -> None:
    (sentence,) = [
        s for part in translate_markup("<p><b>نص</b>", read_html("<p><b>نص</b>"), By(lambda text: " "), window=9) for s in part.sentences
    ]
    assert html("<p><b>نص</b>", lambda text: " ") == "<p><b>نص</b>"
    assert "empty" in sentence.translation.warnings[0]


def test_places_count_in_the_document() -> None:
    page = '<p title="عنوان">جملة <b>أولى</b>. جملة&nbsp;ثانية</p>'
    parts = list(translate_markup(page, read_html(page), By(str.upper), window=1))
    spans = [sentence.span for part in parts for sentence in part.sentences]
    assert [page[span.start : span.end] for span in spans] == ["عنوان", "جملة <b>أولى</b>.", "جملة&nbsp;ثانية"]


def test_windows_are_one_call_each() -> None:
    page = "<p>جملة <b>أولى</b>.</p>" * 10
    by = By(lambda text: "EN")
    parts = list(translate_markup(page, read_html(page), by, window=25))
    assert [len(call) for call in by.calls] == [4, 4, 4, 2] and len(parts) == 5
    assert by.calls[0] == ["جملة أولى.", "جملة أولى.", "جملة أولى.", "أولى"]


# --- Markdown ---

GUIDE = """\
---
title: عنوان
---
# مقدمة {#intro}

قالت [وزارة الصحة](https://a.b/c_d "عنوان") إن **المستشفيات**
فتحت. شغل `make نص` ثم `x`\x20\x20
سطر &amp; \\*ثان\\* ![صورة](i.png) <b>آخر</b>

> - [ ] اقتباس
>   أول

| عمود | `رمز` |
|:----|-----:|
| خلية | 3 |

[نص] و[نص][] و[آخر][نص] وحاشية[^1].

<div dir="rtl">نص</div>

```sh
echo نص
```

    نص

[نص]: https://x.y/نص
[^1]: حاشية
"""
GUIDE_EN = {
    "مقدمة": "1. Intro",
    "قالت وزارة الصحة إن المستشفيات فتحت.": "The Ministry of Health says all of the *hospitals* opened.",
    "وزارة الصحة": "Ministry of Health",
    "المستشفيات": "hospitals",
    "شغل make نص ثم x": "Run make نص then x",
    "سطر & *ثان* آخر": "Line & *second* last",
    "آخر": "last",
    "صورة": "A [pic]",
    "اقتباس أول": "- Quote one",
    "عمود": "Col|umn",
    "خلية": "Cell",
    "نص ونص وآخر وحاشية.": "Text and text and last and a note.",
    "نص": "text",
    "حاشية": "Note",
}
GUIDE_DONE = """\
---
title: عنوان
---
# 1\\. Intro {#intro}

The [Ministry of Health](https://a.b/c_d "عنوان") says all of the **\\*hospitals\\***
opened. Run `make نص` then `x`\x20\x20
Line & \\*second\\* ![A \\[pic\\]](i.png) <b>last</b>

> - [ ] \\- Quote
>   one

| Col\\|umn | `رمز` |
|:----|-----:|
| Cell | 3 |

[Text][نص] and [text][نص] and [last][نص] and a note[^1].

<div dir="ltr">text</div>

```sh
echo نص
```

    نص

[نص]: https://x.y/نص
[^1]: Note
"""


def test_a_markdown_document() -> None:
    assert markdown(GUIDE, GUIDE_EN).splitlines() == GUIDE_DONE.splitlines()


def structure(document: str) -> list[object]:
    """What a Markdown document consists of, without its words."""
    import pyromark

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
    found: list[object] = []
    for event in pyromark.events(document, options=options, merge_text=True):
        match event:
            case {"Text": _} | "SoftBreak":
                pass
            case {"Start": {"Link": link}} | {"Start": {"Image": link}}:
                found.append(link["dest_url"])
            case {"Html": tags} | {"InlineHtml": tags}:
                found += re.findall("<[^>]*>", tags)
            case _:
                found.append(event)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "# x",
        "- x",
        "+ x",
        "1. x",
        "12) x",
        "> x",
        "`x`",
        "*x*",
        "_x_",
        "<b>x",
        "[x](y)",
        "![x](y)",
        "~~x~~",
        *["&amp;", "===", "x #", "$x$", "[^1]: x", "[x]: y", "{#x}", "---", "```", "a | b", "x\\", "C# a_b 3.5 -5 $5 (x): y! z?"],
    ],
)
def test_a_translation_cannot_be_markdown(text: str) -> None:
    import pyromark

    assert pyromark.html(markdown("نص", lambda _: text)) == f"<p>{html_of(text)}</p>\n"
    page = "# نص\n\n| نص | نص |\n|---|---|\n| نص | نص |\n\n- نص\n"
    assert structure(markdown(page, lambda _: text)) == structure(page)


def html_of(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_lines_stay_lines() -> None:
    source = "كلمة أولى\nكلمة ثانية\n> كلمة ثالثة\nكلمة رابعة"
    done = markdown(source, lambda text: " ".join("abcdefgh"[: len(text.split())]))
    assert done == "a b\nc d\n> a b\nc d"


def test_emphasis_of_nothing_is_dropped_but_no_link() -> None:
    import pyromark

    page = pyromark.html(markdown("كلمة **ثانية** و*ثالثة* و[رابعة](u)", lambda text: "one"))
    assert '<a href="u">' in page and "*" not in page


# --- properties ---

ARABIC_WORDS = ["قال", "الوزير", "إن", "3", "BBC", "،", "و", "المستشفيات.", "نعم؟", "«لا»"]
TEXT = st.builds("{} {}".format, st.sampled_from(["قال", "«نعم»"]), st.lists(st.sampled_from(ARABIC_WORDS), max_size=4).map(" ".join)).map(
    str.strip
)
ODD = '* _ ` [x](y) <b> &amp; # - 1. | ~~ ! \\ $ **a** {#x} > a_b ] ( ) word two Four, "q" + === --- [^1] : </p> <!-- \''.split()
TRANSLATIONS = st.lists(st.sampled_from(ODD), min_size=1, max_size=6)


def cycling(words: Sequence[str], more: int = 0) -> Callable[[str], str]:
    """A translation of as many words as the text (or more), whatever they are."""
    return lambda text: " ".join(islice(cycle(words), len(text.split()) + more))


INLINE_HTML = [
    "<b>{}</b>",
    "<a href='x?a=1&b=2'>{}</a>",
    "<span>{}</span>",
    "<!-- نص -->{}",
    "{}<br>",
    "<img alt='نص' src=x>{}",
    "{}&nbsp;",
    "<code>نص</code>{}",
]
BLOCK_HTML = [
    "<p>{}</p>",
    "<div>{}</div>",
    "<h1>{}</h1>",
    "<li>{}",
    "<pre>نص</pre>{}",
    "<td title=نص>{}</td>\n  ",
    "{}",
    "<script>'<b>نص'</script>{}",
]


def page_of(inline: Sequence[str], block: Sequence[str]) -> st.SearchStrategy[str]:
    piece = st.recursive(TEXT, lambda inner: st.builds(lambda form, text: form.format(text), st.sampled_from(inline), inner), max_leaves=3)
    run = st.lists(st.one_of(piece, TEXT), min_size=1, max_size=4).map(" ".join)
    return st.lists(st.builds(lambda form, text: form.format(text), st.sampled_from(block), run), max_size=4).map("".join)


HTML = page_of(INLINE_HTML, BLOCK_HTML)
BROKEN_HTML = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<p",
                ">",
                "<a href='",
                "'",
                '"',
                "</",
                "<!--",
                "-->",
                "<![x[y]]>",
                "<?",
                "<title>",
                "<pre>",
                "&",
                "&#",
                "=",
                "<i/>",
                "</p>",
                "<sup>",
                "\0",
                "<td dir=rtl",
            ]
        ),
    ),
    max_size=12,
).map("".join)


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [(name, None if name in ("alt", "title") else value) for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


@settings(max_examples=300, deadline=None)
@given(HTML, st.sampled_from([1, 30, 1000]))
def test_html_that_is_not_changed_is_not_changed(page: str, window: int) -> None:
    assert translated(read_html, page, {}, window) == page


@settings(max_examples=300, deadline=None)
@given(HTML, TRANSLATIONS, st.integers(0, 9))
def test_html_keeps_its_tags(page: str, words: list[str], more: int) -> None:
    for how in (cycling(words, more), cycling(words[:1]), lambda text: words[0], lambda text: ""):
        assert _Tags(html(page, how)).found == _Tags(page).found


@settings(max_examples=300, deadline=None)
@given(BROKEN_HTML, TRANSLATIONS)
def test_broken_html_is_no_error(page: str, words: list[str]) -> None:
    assert html(page.replace("rtl", "x"), {}) == page.replace("rtl", "x")
    html(page, cycling(words))


INLINE_MARKDOWN = [
    "**{}**",
    "*{}*",
    "[{}](u)",
    "[{}][نص]",
    "![{}](i)",
    "`نص` {}",
    "~~{}~~",
    "<b>{}</b>",
    "{}  \n",
    "{}\n",
    "{} https://a.b/c_d",
    "{} \\*",
    "{}[^1]",
]
BLOCK_MARKDOWN = [
    "{}\n\n",
    "# {}\n\n",
    "- {}\n\n",
    "> {}\n\n",
    "1. {}\n\n",
    "```\nنص\n```\n{}\n\n",
    "<div>نص</div>\n\n{}\n\n",
    "    نص\n\n{}\n\n",
]
MARKDOWN = page_of(INLINE_MARKDOWN, BLOCK_MARKDOWN).map(lambda text: text + "\n[نص]: /x\n\n[^1]: نص\n")


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKDOWN, BROKEN_HTML), st.sampled_from([1, 30, 1000]))
def test_markdown_that_is_not_changed_is_not_changed(document: str, window: int) -> None:
    document = document.replace("rtl", "x")
    assert translated(read_markdown, document, {}, window) == document


@settings(max_examples=300, deadline=None)
@given(MARKDOWN, TRANSLATIONS, st.integers(0, 9))
def test_markdown_keeps_its_structure(document: str, words: list[str], more: int) -> None:
    done = markdown(document, cycling(words, more))
    assert structure(done) == structure(document)


def test_a_page_of_five_megabytes() -> None:
    paragraph = "<p class=x>قالت <a href='/x'>الوزارة</a> إن العمل مستمر.</p><script>" + "var x = '<p>نص</p>';" * 250 + "</script>\n"
    page = paragraph * (5_000_000 // len(paragraph))
    assert html(page, lambda text: "The ministry says so").count("<p class=x>") == page.count("<p class=x>")


# --- the command ---


@pytest.fixture
def ran(mujaz: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    return lambda *arguments, stdin=b"": mujaz("translate", "--translator", tiny_model("marian"), *arguments, stdin=stdin)


PAGE = "<!doctype html><html lang=ar dir=rtl><meta charset=windows-1256><title>عنوان</title><p>نص <a href=x>قصير</a></p>"


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_the_command_knows_html_by_its_name(ran: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PAGE.encode("windows-1256"))
    out = ran(tmp_path / name).out
    assert _Tags(out).found == _Tags(PAGE.replace("lang=ar dir=rtl", "lang=en dir=ltr").replace("windows-1256", "utf-8")).found


def test_the_command_knows_html_by_its_content(ran: Callable[..., Ran]) -> None:
    assert "<a href=x>" in ran(stdin=PAGE.encode()).out
    as_text = ran("--input-format", "text", stdin=PAGE.encode())
    assert "lang=ar" in as_text.out or "dir=ltr" not in as_text.out


def test_the_command_reads_markdown(ran: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GUIDE, encoding="utf-8")
    out = ran(tmp_path / "a.md").out
    assert out.startswith("---\ntitle: عنوان\n---\n# ") and "](https://a.b/c_d" in out and "```sh\necho نص\n```" in out
    assert ran("--input-format", "markdown", stdin=GUIDE.encode()).out == out


PERSIAN = "رئیس جمهور گفت که این توافق برای همه است. او از مردم خواست که صبر کنند."


@pytest.mark.parametrize(("name", "text"), [("a.txt", f"{PERSIAN}\n{PERSIAN}\n"), ("a.html", f"<p>{PERSIAN}</p>" * 3), ("a.md", PERSIAN)])
def test_persian_is_said_once_for_a_file(ran: Callable[..., Ran], tmp_path: Path, name: str, text: str) -> None:
    path, arabic = tmp_path / name, tmp_path / "arabic.txt"
    path.write_text(text, encoding="utf-8")
    arabic.write_text("قال الوزير إن الأسعار ستنخفض.", encoding="utf-8")
    err = ran(path, arabic).err
    assert [line for line in err.splitlines() if "not Arabic" in line] == [
        f"mujaz: {path}: this looks like Persian, not Arabic: the result may be poor"
    ]


def test_the_json_has_places_in_the_page(ran: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    record = json.loads(ran(tmp_path / "a.html", "--format", "json").out)
    assert record["text"]["ar"] == PAGE and record["text"]["en"].startswith("<!doctype html><html lang=en dir=ltr>")
    spans = [sentence["source"][0] for sentence in record["sentences"]]
    assert [PAGE[span["start"] : span["end"]] for span in spans] == ["عنوان", "نص <a href=x>قصير"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\n<!-- x --><!DOCTYPE HTML>\n<p>نص", "html"),
        ("<html>", "html"),
        ("<p>نص</p>\n<p>نص</p>\n", "html"),
        ("<p align=center>نص</p>\n\n## نص\n\n<p>نص</p>", "text"),
        ("نص <b>نص</b>", "text"),
        ("3 < 5 > 2", "text"),
        ("# نص", "text"),
    ],
)
def test_what_looks_like_html(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_rows_are_refused_unless_taken_for_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "نص"}', encoding="utf-8")
    with pytest.raises(InputError, match="is jsonl"):
        read_document(str(tmp_path / "a.jsonl"))
    assert read_document(str(tmp_path / "a.jsonl"), "text").kind == "text"
