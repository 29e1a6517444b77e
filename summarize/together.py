"""Several reports on one story as one brief: the same fact told twice is taken once, with its place in each report."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import regex

from summarize.article import Article
from summarize.extractive import article_sentences, content_stems
from summarize.result import SummarySentence
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem
from translate.errors import InputError

_SAME: Final = 0.6
"""The share of the shorter one's words from which on two sentences of two reports tell the same."""
_FEWEST: Final = 4  # content words of a sentence that can be told to be another's
_COUNTED: Final = regex.compile(r"(\d+(?:[.,]\d+)*)\s+(\p{L}{2,})")
_TOLD_BY_ALL: Final = 1.0  # as much as being closest of all to the rest of the reports, which a fact told once can be too
_RELATED: Final = 0.12
"""How close (cosine of content words) a report is at least to one other on the story."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of the reports: how far down in its report it stands (0 the beginning, 1 the end), and its content words."""

    sentence: SummarySentence
    article: int
    depth: float
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or several reports tell in nearly the same words: the sentence that stands first, and the others."""

    first: Told
    others: tuple[Told, ...] = ()

    def sentence(self, articles: Sequence[Article]) -> SummarySentence:
        """The first telling, with the places of all, and a warning where one has another number."""
        spans = (span for told in (self.first, *self.others) for span in told.sentence.sources)
        warnings = (
            f"{articles[other.article].id} has {theirs} where this has {ours}"
            for other in self.others
            for ours, theirs in _conflict(self.first.sentence.text, other.sentence.text)
        )
        return replace(
            self.first.sentence,
            sources=tuple(dict.fromkeys(spans)),
            warnings=(*self.first.sentence.warnings, *dict.fromkeys(warnings)),
        )


def all_facts(articles: Sequence[Article]) -> list[Fact]:
    """Every sentence of the articles, those that tell the same put together; what stands higher up in its article first."""
    told = sorted(_told(articles), key=lambda each: (each.depth, each.article))
    groups: list[list[Told]] = []
    by_term: defaultdict[str, list[int]] = defaultdict(list)
    for each in told:
        shared = Counter(place for term in each.terms for place in by_term[term])
        same = (place for place, _ in shared.most_common() if _tells_the_same(groups[place], each))
        place = next(same, len(groups))
        if place == len(groups):
            groups.append([])
            for term in each.terms:
                by_term[term].append(place)
        groups[place].append(each)
    return [Fact(first, tuple(others)) for first, *others in groups]


def unrelated(articles: Sequence[Article]) -> Iterator[str]:
    """A line for each article that is not about the story of the others."""
    vectors = [_vector(article) for article in articles]
    for place, article in enumerate(articles):
        closest = max((_cosine(vectors[place], other) for number, other in enumerate(vectors) if number != place), default=1.0)
        if closest < _RELATED:
            yield f"{article.id} seems to be about another story than the rest"


def told_by_many(facts: Sequence[Fact]) -> list[float]:
    """What each fact is worth for being told by several reports: of 0 (by one) to `_TOLD_BY_ALL` (by as many as any)."""
    most = max((len(fact.others) for fact in facts), default=0) or 1
    return [_TOLD_BY_ALL * len(fact.others) / most for fact in facts]


def joined(articles: Sequence[Article]) -> Article:
    """The reports as one article, for a model to read; only its text and its headline mean something."""
    return replace(articles[0], title=title_of(articles), paragraphs=tuple(each for article in articles for each in article.paragraphs))


def title_of(articles: Sequence[Article]) -> str | None:
    """The headline of the first report that has one."""
    return next((article.title for article in articles if article.title), None)


def refuse_namesakes(articles: Sequence[Article]) -> None:
    """Reports are told apart by their ids.

    Raises:
        InputError: two have the same.
    """
    twice = [name for name, times in Counter(article.id for article in articles).items() if times > 1]
    if twice:
        raise InputError("two reports have this id", where=twice[0], hint="--together names each sentence's report by it: make them differ")


def name_of(articles: Sequence[Article]) -> str:
    """The id of a brief: its articles' ids, of many the first and how many more."""
    named = [article.id for article in articles[:5]]
    return " + ".join([*named, *([f"{len(articles) - 5} more"] if len(articles) > 5 else [])])


def _told(articles: Sequence[Article]) -> Iterator[Told]:
    for number, article in enumerate(articles):
        sentences = article_sentences(article)
        for place, sentence in enumerate(sentences):
            spans = tuple(replace(span, article=article.id) for span in sentence.sources)
            yield Told(replace(sentence, sources=spans), number, place / len(sentences), frozenset(content_stems(sentence.text)))


def _tells_the_same(group: Sequence[Told], each: Told) -> bool:
    """Whether a sentence tells what a group tells, of which none is of its article: an article that repeats itself may mean to."""
    terms = group[0].terms
    shorter = min(len(terms), len(each.terms))
    return shorter >= _FEWEST and len(terms & each.terms) >= _SAME * shorter and all(other.article != each.article for other in group)


def _conflict(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    """Numbers in digits that stand before the same word in two sentences and are not the same."""
    one, other = _counted(ours), _counted(theirs)
    for word in sorted(one.keys() & other.keys()):
        if one[word][1].isdisjoint(other[word][1]):
            yield one[word][0], other[word][0]


def _counted(text: str) -> dict[str, tuple[str, frozenset[float]]]:
    """What a sentence counts: the stem of the word after each number → the number as written, and its values at each such place."""
    found: dict[str, tuple[str, frozenset[float]]] = {}
    for match in _COUNTED.finditer(normalize(text, FOLD)):
        if match[2] in STOP_WORDS:
            continue
        written, values = found.get(stem(match[2]), (match[1], frozenset[float]()))
        found[stem(match[2])] = (written, values | {float(match[1].replace(",", ""))})
    return found


def _vector(article: Article) -> Mapping[str, float]:
    counts = Counter(stem for paragraph in article.paragraphs for stem in content_stems(paragraph.text))
    counts.update(content_stems(article.title or ""))
    return {term: 1 + math.log(count) for term, count in counts.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(value * other.get(term, 0.0) for term, value in one.items())
    lengths = math.sqrt(sum(value * value for value in one.values()) * sum(value * value for value in other.values()))
    return shared / lengths if lengths else 0.0
