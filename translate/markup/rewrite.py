"""A marked-up document in another language: its sentences translated, window by window, and everything else as it was."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from translate.arabic.sentences import split_sentences
from translate.document import DocumentTranslation, TranslatedSentence
from translate.glossary import translate_counting
from translate.markup.placing import Placement, phrases, place
from translate.markup.segments import Edit, Escape, Mark, Markup, Segment
from translate.types import Span, Translation, Translator


def translate_markup(document: str, markup: Markup, translator: Translator, *, window: int) -> Iterator[DocumentTranslation]:
    """Translate a document's segments; whatever is not translated text stays as it is, character for character.

    A sentence that the translator gives back as it was stays as it was written. One that it gives back empty stays as well,
    with a warning. What has no Arabic is not sent to it.

    Args:
        document: the document.
        markup: what the document's reader found in it.
        translator: anything that translates one text into one text.
        window: how many characters of text are translated in one call, about.

    Yields:
        The document's parts, in order. Sentences have their places in the whole document.
    """
    cursor = 0
    for group in _windows(markup.segments, window):
        end = max(segment.reach for segment in group)
        yield _translated(document, Span(cursor, end), group, _between(markup.edits, cursor, end), translator)
        cursor = end
    rest = _spliced(document, cursor, len(document), _between(markup.edits, cursor, len(document)))
    yield DocumentTranslation(rest, ())


def _windows(segments: Sequence[Segment], size: int) -> Iterator[list[Segment]]:
    """Segments in groups of about `size` characters. One inside another, as a picture's description in a sentence, goes with it."""
    group, length, reach = list[Segment](), 0, 0
    for segment in segments:
        if length >= size and segment.starts[0] >= reach:
            yield group
            group, length = [], 0
        group.append(segment)
        length += len(segment.text)
        reach = max(reach, segment.reach)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a segment.

    Attributes:
        part: the sentence as a segment of its own.
        marks: the markup that moves with its words.
        place: where it is in the document, with these marks.
        blank_before: whether a blank must come before it that the source has not.
        blank_after: likewise after it.
    """

    part: Segment
    marks: tuple[Mark, ...]
    place: Span
    blank_before: bool
    blank_after: bool


def _sentences(segment: Segment) -> list[_Sentence]:
    """The sentences of a segment that have something to translate."""
    spans = list[tuple[int, int]]()
    for sentence in split_sentences(segment.text, keep_quotations=False):
        if spans and segment.starts[sentence.start] < segment.ends[spans[-1][1] - 1]:
            spans[-1] = (spans[-1][0], sentence.end)  # what a mark stands for is in one sentence, whatever is in it
        else:
            spans.append((sentence.start, sentence.end))
    # Between sentences without a blank one must be put, before a mark that opens and after one that closes: **bold ** is not bold.
    glued = {
        start: any(mark.kind == "close" for mark in segment.marks_at(start)) for (_, end), (start, _) in pairwise(spans) if end == start
    }
    sentences, cursor = list[_Sentence](), 0
    for start, end in spans:
        part = segment.part(start, end)
        marks = tuple(mark for mark in part.inner_marks if mark.start >= cursor)
        first = min(part.starts[0], marks[0].start) if marks else part.starts[0]
        cursor = max(part.ends[-1], marks[-1].end) if marks else part.ends[-1]
        if part.is_arabic:
            blank_before, blank_after = glued.get(start, False), not glued.get(end, True)
            sentences.append(_Sentence(part, marks, Span(first, cursor), blank_before, blank_after))
    return sentences


def _translated(document: str, part: Span, group: Sequence[Segment], fixed: Sequence[Edit], translator: Translator) -> DocumentTranslation:
    """A part of the document, with the sentences of these segments translated in one call."""
    # What is inside another segment ends before that does; it must be ready when that is written.
    plans = [(segment, _sentences(segment)) for segment in sorted(group, key=lambda segment: segment.ends[-1])]
    found = [sentence for _, sentences in plans for sentence in sentences]
    own = list(dict.fromkeys(phrase for sentence in found for phrase in phrases(sentence.part.text, sentence.marks)))
    texts = [*(sentence.part.text for sentence in found), *own]
    translated = translate_counting(translator, texts, len(found))
    assert len(translated) == len(texts), f"{len(translated)} translations for {len(texts)} texts"
    phrase_book = {phrase: translation.text for phrase, translation in zip(own, translated[len(found) :], strict=True)}
    writer, translations = _Writer(document, fixed, phrase_book), iter(translated)
    for segment, sentences in plans:
        writer.write(segment, [(sentence, next(translations)) for sentence in sentences])
    done = sorted(writer.done, key=lambda sentence: sentence.span.start)
    return DocumentTranslation(_spliced(document, part.start, part.end, writer.edits), tuple(done))


class _Writer:
    """Collects the edits that put translations into a document.

    Args:
        document: the document.
        fixed: edits that are made in any case.
        own: what phrases with markup around them are by themselves, for `place`.
    """

    def __init__(self, document: str, fixed: Sequence[Edit], own: Mapping[str, str]) -> None:
        self.document, self.edits, self.own = document, list(fixed), own
        self.done = list[TranslatedSentence]()

    def write(self, segment: Segment, translated: Sequence[tuple[_Sentence, Translation]]) -> None:
        """Write a segment's sentences. Segments that are inside others must come first."""
        written = list[Edit]()
        for sentence, translation in translated:
            target = " ".join(translation.text.split())
            warnings = list(translation.warnings)
            if not target:
                warnings.append("the translation is empty: the sentence stays as it is")
            elif target != sentence.part.text:
                text, guessed = self._rendered(sentence, target, translation.label)
                written.append(Edit(sentence.place.start, sentence.place.end, text))
                if guessed:
                    warnings.append(f"the place of the markup around {'; '.join(guessed[:3])} is a guess")
            span = Span(sentence.part.starts[0], sentence.part.ends[-1])
            self.done.append(TranslatedSentence(replace(translation, warnings=tuple(warnings)), span))
        if written:
            written += [Edit(mark.start, mark.end, mark.rewritten) for mark in segment.marks if mark.rewritten is not None]
        for edit in written:
            insort(self.edits, edit, key=_order)

    def _rendered(self, sentence: _Sentence, target: str, label: str) -> tuple[str, tuple[str, ...]]:
        """A translation with its label and its sentence's markup, and the phrases whose markup is in a guessed place."""
        part, cursor = sentence.part, 0
        line = _WrittenLine(part.escape)
        placement = place(part.text, sentence.marks, target, self.own) if sentence.marks else Placement((), ())
        for insertion in placement.insertions:
            line.add_words(target[cursor : insertion.start])
            mark = insertion.mark
            raw = mark.rewritten or _spliced(self.document, mark.start, mark.end, self.edits)
            line.add_mark(mark, raw, apart=insertion.apart)
            cursor = insertion.end
        line.add_words(target[cursor:])
        blank = part.escape(" ")
        return f"{blank * sentence.blank_before}{part.escape(label)}{line}{blank * sentence.blank_after}", placement.guessed


class _WrittenLine:
    """A sentence as it is written, word by word and mark by mark; `str` has it."""

    def __init__(self, escape: Escape) -> None:
        self._escape, self._pieces = escape, list[str]()
        self._opens = 0  # how many marks at the end open something
        self._after_blank = True
        self._owes_blank = False

    def __str__(self) -> str:
        return "".join(self._pieces)

    def add_words(self, text: str) -> None:
        """Add text, after a blank if one is owed."""
        if text:
            self._pay(not text[0].isspace())
            self._pieces.append(self._escape(text))
            self._opens, self._after_blank = 0, text[-1].isspace()

    def add_mark(self, mark: Mark, raw: str, *, apart: bool) -> None:
        """Add markup. With `apart` it gets blanks on both sides: outside of what opens just before and closes just after it."""
        if mark.kind == "close" and self._opens and not mark.hollow:
            self._pieces.pop()  # nothing is in it, and then it would be no markup
            self._opens -= 1
            return
        if mark.kind != "close":
            self._pay(mark.kind != "break")
        if apart and not self._after_blank:
            self._pieces.insert(len(self._pieces) - self._opens, " ")
        self._pieces.append(raw)
        self._opens = self._opens + 1 if mark.kind == "open" else 0
        if mark.kind in ("atom", "break"):
            self._after_blank, self._owes_blank = mark.kind == "break", apart

    def _pay(self, needed: bool) -> None:
        if self._owes_blank and needed:
            self._pieces.append(" ")
            self._opens, self._after_blank = 0, True
        self._owes_blank = False


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end


def _between(edits: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    """The edits that begin in `start` to `end`."""
    return edits[bisect_left(edits, start, key=lambda edit: edit.start) : bisect_left(edits, end, key=lambda edit: edit.start)]


def _spliced(document: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """`document[start:end]` with the edits in it made; of two of which one contains the other, the outer one."""
    written, cursor = list[str](), start
    for edit in _between(edits, start, end):
        if edit.start >= cursor:
            written += [document[cursor : edit.start], edit.text]
            cursor = edit.end
    return "".join([*written, document[cursor:end]])
