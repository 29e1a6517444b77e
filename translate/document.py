"""Whole documents: every line of the input becomes exactly one line of the output, and every sentence keeps its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from translate.arabic.sentences import split_sentences
from translate.types import Span, Translation, Translator

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """A sentence's translation and where the sentence stands: characters of the document's text."""

    translation: Translation
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentTranslation:
    """A translated document: its text, line for line (joined by `\\n`), and the sentences it is made of."""

    text: str
    sentences: tuple[TranslatedSentence, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings of all sentences, each with the sentence that it is about."""
        return tuple(
            f"{warning} (in: {sentence.translation.source[:60]})"
            for sentence in self.sentences
            for warning in sentence.translation.warnings
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a document: the blanks that it begins with (all of it, if it is blank) and the spans of its sentences."""

    indent: str
    spans: tuple[Span, ...]


def translate_document(text: str, translator: Translator) -> DocumentTranslation:
    """Translate one document; see `translate_documents`."""
    return translate_documents([text], translator)[0]


def translate_documents(texts: Sequence[str], translator: Translator) -> list[DocumentTranslation]:
    """Translate documents sentence by sentence; the sentences of all of them go to the translator in one call.

    Args:
        texts: plain text. Lines end with `\\n`, `\\r\\n` or `\\r`.
        translator: anything that translates one text into one text.

    Returns:
        One translation for each document, in order, with as many lines as the document; blank lines stay blank.
    """
    documents = [_lines(text) for text in texts]
    sources = [text[span.start : span.end] for text, lines in zip(texts, documents, strict=True) for line in lines for span in line.spans]
    translated = translator.translate(sources)
    assert len(translated) == len(sources), f"{len(translated)} translations for {len(sources)} sentences"
    translations = iter(translated)
    return [_rebuilt(lines, translations) for lines in documents]


def _lines(text: str) -> list[_Line]:
    """The document's lines; their spans are places in the whole document."""
    lines, start = [], 0
    for line in _LINE_END.split(text):
        indent = line[: len(line) - len(line.lstrip())]
        sentences = split_sentences(line, keep_quotations=False)
        lines.append(_Line(indent, tuple(Span(start + sentence.start, start + sentence.end) for sentence in sentences)))
        start += len(line) + 1
        if text.startswith("\r\n", start - 1):
            start += 1
    return lines


def _labelled(translation: Translation) -> str:
    return f"{translation.label}{translation.text}" if translation.text.strip() else translation.text


def _rebuilt(lines: Sequence[_Line], translations: Iterator[Translation]) -> DocumentTranslation:
    """A document out of its lines and the next translations, one for each span."""
    texts, sentences = [], []
    for line in lines:
        done = [
            TranslatedSentence(translation, span)
            for span, translation in zip(line.spans, islice(translations, len(line.spans)), strict=True)
        ]
        # A translation must not bring line breaks of its own, so its words are joined anew.
        texts.append(line.indent + " ".join(word for sentence in done for word in _labelled(sentence.translation).split()))
        sentences += done
    return DocumentTranslation("\n".join(texts), tuple(sentences))
