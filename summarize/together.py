"""Several reports on one story as one brief: the same fact told twice is taken once, with its place in each report."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

import regex

from summarize.article import Article
from summarize.extractive import article_sentences, content_stems
from summarize.result import SummarySentence
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.words import STOP_WORDS, stem, words
from translate.errors import InputError

_FEWEST: Final = 4  # words of a sentence that can be told to be another's
_MORE: Final = 0.2
"""How many more words, as a share of all, one of two sentences that tell the same may have."""
_ALIKE: Final = 0.6
"""The share of words in common from which on an editor should compare two sentences that do not tell the same."""
_TURNING: Final = frozenset(
    normalize(
        "لم لن لا ليس ليست ليسوا غير عدم دون بدون ما نفى نفت ينفي قد لقد فقد سوف ربما لعل كاد كادت لو إذا إلا سوى لكن ولكن بل هل كان كانت"
        " يكون تكون المنتظر منتظر المتوقع متوقع يتوقع المرجح مرجح المحتمل محتمل يمكن يجب ينبغي",
        FOLD,
    ).split()
)
"""Words that turn what the others say: sentences that tell the same both have them."""
_NUMBER: Final = regex.compile(r"\p{Nd}+(?:[.,٫]\p{Nd}+)*")
_TOLD_BY_ALL: Final = 1.0  # as much as being closest of all to the rest of the reports, which a fact told once can be too
_RELATED: Final = 0.12
"""How close (cosine of content words) a report is at least to one other on the story."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of the reports.

    `depth` is how far down in its report it stands (0 the beginning, 1 the end), `terms` are its words that count, `said` those that are
    no numbers, each once.
    """

    sentence: SummarySentence
    article: int
    depth: float
    terms: tuple[str, ...]
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or several reports tell in nearly the same words.

    `first` is the sentence that stands first, `others` tell the same, and `compare` tell something like it that is not the same.
    """

    first: Told
    others: tuple[Told, ...] = ()
    compare: tuple[Told, ...] = ()

    def sentence(self, articles: Sequence[Article]) -> SummarySentence:
        """The first telling, with the places of all that say no less, and a warning where one has another number or other words."""
        spans, warnings = list(self.first.sentence.sources), list(self.first.sentence.warnings)
        for other in self.others:
            conflict = _conflict(self.first.terms, other.terms)
            warnings += [f"{articles[other.article].id} has {theirs} where this has {ours}" for ours, theirs in conflict]
            if not conflict and len(other.terms) >= len(self.first.terms):
                spans += other.sentence.sources
        warnings += [f"compare {articles[other.article].id}: {other.sentence.text}" for other in self.compare]
        return replace(self.first.sentence, sources=tuple(dict.fromkeys(spans)), warnings=tuple(dict.fromkeys(warnings)))


def all_facts(articles: Sequence[Article]) -> list[Fact]:
    """Every sentence of the articles, those that tell the same put together; what stands higher up in its article first."""
    told = sorted(_told(articles), key=lambda each: (each.depth, each.article))
    groups: list[list[Told]] = []
    alike: defaultdict[int, list[Told]] = defaultdict(list)
    by_term: defaultdict[str, list[int]] = defaultdict(list)
    for each in told:
        near = [place for place, _ in Counter(place for term in set(each.terms) for place in by_term[term]).most_common()]
        place = next((place for place in near if _tells_the_same(groups[place], each)), len(groups))
        if place == len(groups):
            for other in near:
                if _alike(groups[other][0], each):
                    alike[other].append(each)
                    alike[place].append(groups[other][0])
            groups.append([])
            for term in set(each.terms):
                by_term[term].append(place)
        groups[place].append(each)
    return [Fact(first, tuple(others), tuple(alike[place])) for place, (first, *others) in enumerate(groups)]


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


def usable(inputs: Sequence[Article | InputError]) -> list[Article]:
    """The reports, which are told apart by their ids.

    Raises:
        InputError: there is none, one could not be read, or two have the same id.
    """
    articles = [item for item in inputs if isinstance(item, Article)]
    for item in inputs:
        if isinstance(item, InputError):
            raise item
    if not articles:
        raise InputError("there is nothing to put together")
    twice = [name for name, times in Counter(article.id for article in articles).items() if times > 1]
    if twice:
        raise InputError("two reports have this id", where=twice[0], hint="--together names each sentence's report by it: make them differ")
    return articles


def name_of(articles: Sequence[Article]) -> str:
    """The id of a brief: its articles' ids, of many the first and how many more."""
    named = [article.id for article in articles[:5]]
    return " + ".join([*named, *([f"{len(articles) - 5} more"] if len(articles) > 5 else [])])


def _told(articles: Sequence[Article]) -> Iterator[Told]:
    for number, article in enumerate(articles):
        sentences = article_sentences(article)
        for place, sentence in enumerate(sentences):
            spans = tuple(replace(span, article=article.id) for span in sentence.sources)
            terms = tuple(_terms(sentence.text))
            said = frozenset(term for term in terms if not _NUMBER.fullmatch(term))
            yield Told(replace(sentence, sources=spans), number, place / len(sentences), terms, said)


def _terms(text: str) -> Iterator[str]:
    """The stems of a sentence's words, numbers, and those function words that turn what it says, in its order."""
    for word in words(normalize(text, FOLD)):
        if word in _TURNING:
            yield word
        elif word not in STOP_WORDS:
            yield stem(word.removeprefix("و") if len(word) > _FEWEST else word)


def _tells_the_same(group: Sequence[Told], each: Told) -> bool:
    """Whether a sentence tells what a group tells, of which none is of its article: an article that repeats itself may mean to."""
    one = group[0]
    if not (one.said <= each.said or each.said <= one.said):  # not even in any order: most pairs, and quickly told
        return False
    return all(other.article != each.article for other in group) and _same(one.terms, each.terms)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two sentences only has a few words more than the other, or other numbers in the same places.

    Words that both have in another order, or each instead of the other's (won, lost; the minister, the president), make another fact.
    """
    if min(len(one), len(other)) < _FEWEST or abs(len(one) - len(other)) > max(1, _MORE * max(len(one), len(other))):
        return False
    changes = _changes(one, other)
    only_one = [before for before, after in changes if not after]
    only_other = [after for before, after in changes if not before]
    numbers = [(before, after) for before, after in changes if before and after]
    return (
        not (only_one and only_other)
        and _TURNING.isdisjoint(word for more in (*only_one, *only_other) for word in more)
        and all(len(before) == len(after) and all(map(_NUMBER.fullmatch, (*before, *after))) for before, after in numbers)
    )


def _alike(one: Told, other: Told) -> bool:
    """Whether sentences of two reports have most of their words in common."""
    shorter, longer = sorted((len(one.terms), len(other.terms)))
    if one.article == other.article or shorter < max(_FEWEST, _ALIKE * longer):
        return False
    shared = sum((Counter(one.terms) & Counter(other.terms)).values())
    return shared >= _ALIKE * longer


def _changes(one: Sequence[str], other: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """What stands in one text and what in its place in the other, each perhaps nothing."""
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(one[a:b], other[c:d]) for tag, a, b, c, d in codes if tag != "equal"]


def _conflict(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Numbers of two sentences that tell the same, where they differ."""
    return [pair for before, after in _changes(ours, theirs) if before and after for pair in zip(before, after, strict=True)]


def _vector(article: Article) -> Mapping[str, float]:
    counts = Counter(stem for paragraph in article.paragraphs for stem in content_stems(paragraph.text))
    counts.update(content_stems(article.title or ""))
    return {term: 1 + math.log(count) for term, count in counts.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(value * other.get(term, 0.0) for term, value in one.items())
    lengths = math.sqrt(sum(value * value for value in one.values()) * sum(value * value for value in other.values()))
    return shared / lengths if lengths else 0.0
