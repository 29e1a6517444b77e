"""The summarizer without weights: it picks the sentences that say most about the article and prints them unchanged.

How a sentence is judged (each part is a number from 0 to 1):

- relevance: how close its words are to those of the rest of the article (cosine with the centroid of the others);
- title: what share of the headline's words it takes up that no sentence chosen before has (the headline is the editor's own summary);
- position: earlier counts more, since news is told most important first;
- brevity: a sentence as long as a paragraph is no brief.

The best sentence is taken first; then again and again the best of the rest, less what it repeats of those already taken
(maximal marginal relevance, Carbonell & Goldstein 1998, doi:10.1145/290941.291025; the likeness is squared, because two
sentences on one subject may share words, and only near copies must not both be taken). The chosen sentences are put back into
the article's order. Words are compared by their light Arabic stems, without function words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from summarize.article import Article
from summarize.result import SummarySentence
from summarize.speech import SAID, any_of
from translate.arabic.normalize import FOLD, normalize
from translate.arabic.sentences import split_sentences
from translate.arabic.words import STOP_WORDS, stem, words
from translate.types import ModelRef

Vector = Mapping[str, float]

# "And he added that …": who it was stands in the sentence before.
_GONE_ON: Final = "تابع أعرب استطرد واصل"
_NO_SPEAKER: Final = (
    "إلى الى على في من عن قبل بعد منذ خلال عقب أيضا كذلك قائلا قائلة بالقول اليوم أمس"
    " ب?أن ب?أنّ إن إنّ ان أنه أنها إنه إنها انه انها أنهم إنهم"
)
_GOES_ON = re.compile(rf"(?:و|كما )?{any_of(f'{SAID} {_GONE_ON}')}(?:ت|وا)?[،:]? ?(?:\"|{any_of(_NO_SPEAKER)}(?!\w))")
_ENDED = re.compile(r"[.!?؟…][\"'»”)\]]*$")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the judgement counts. Chosen on one half of ANT's articles; the README says what they give on the other.

    `opening` is what the first sentence is worth besides where no headline is known: nothing else then tells so well what the news is.
    """

    relevance: float = 1.0
    title: float = 2.0
    position: float = 0.2
    opening: float = 0.3
    brevity: float = 0.3
    redundancy: float = 1.0


FEWEST_WORDS = 4  # shorter ones (a name, a place and a date) are taken only when sentences run out
FEWEST_BEFORE_COLON = 12  # words; shorter ones only announce ("وقال الوزير:"), longer ones tell the news that a list then spells out
BRIEF = 60  # words; longer than about nine in ten sentences of Arabic news


class ExtractiveSummarizer:
    """Picks whole sentences of the article; needs no model, no network and no training.

    >>> from summarize.loaders import article_from_text
    >>> article = article_from_text("افتتح المتحف أبوابه. وزار المتحف ألف شخص في يومه الأول. والطقس جميل هذا اليوم.")
    >>> [sentence.text for sentence in ExtractiveSummarizer().summarize(article, sentences=1)]
    ['وزار المتحف ألف شخص في يومه الأول.']
    """

    ref = ModelRef("extractive", licence="Apache-2.0", commercial_use=True)

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()

    def summarize(self, article: Article, *, sentences: int = 3) -> list[SummarySentence]:
        """The `sentences` best sentences of the article's body (all of them when it has fewer), in its order.

        Each has exactly one source span, and its text is what stands there.
        """
        candidates = article_sentences(article)
        chosen = self.choose([sentence.text for sentence in candidates], title=article.title, count=sentences)
        return [candidates[index] for index in chosen]

    def choose(self, sentences: Sequence[str], *, title: str | None, count: int, extra: Sequence[float] = ()) -> list[int]:
        """The indices of the `count` best of `sentences`, ascending; fewer when the rest is scraps (initials, "وقال الوزير:").

        `extra` is what each is worth besides, for reasons that the text does not show.
        """
        terms = [content_stems(sentence) for sentence in sentences]
        vectors = [_unit(Counter(each)) for each in terms]
        lengths = [len(words(sentence)) for sentence in sentences]
        pool = _candidates(sentences, lengths, count)
        headline = frozenset(content_stems(title or ""))
        worth = [sum(each) for each in zip_longest(self._worth(terms, lengths), extra, fillvalue=0.0)]
        if not headline and worth:
            worth[0] += self.weights.opening
        untaken, repeats, chosen = set(headline), [0.0] * len(sentences), list[int]()
        while pool and len(chosen) < count:
            taken_up = {i: len(untaken.intersection(terms[i])) / (len(headline) or 1) for i in pool}
            scores = {i: worth[i] + self.weights.title * taken_up[i] - self.weights.redundancy * repeats[i] ** 2 for i in pool}
            best = max(pool, key=scores.__getitem__)
            pool.remove(best)
            chosen.append(best)
            untaken.difference_update(terms[best])
            repeats = [max(sofar, _dot(vector, vectors[best])) for sofar, vector in zip(repeats, vectors, strict=True)]
        return sorted(chosen)

    def _worth(self, terms: Sequence[Sequence[str]], lengths: Sequence[int]) -> list[float]:
        """What each sentence is worth by itself, whatever else is chosen."""
        counts = [Counter(each) for each in terms]
        everything = Counter(term for each in terms for term in each)
        square = sum(count * count for count in everything.values())
        return [
            self.weights.relevance * _closeness_to_rest(each, everything, square)
            + self.weights.position / (1 + place)
            + self.weights.brevity * (length <= BRIEF)
            for place, (each, length) in enumerate(zip(counts, lengths, strict=True))
        ]


def article_sentences(article: Article) -> list[SummarySentence]:
    """Every sentence of the article's body, in order, with the span it has in the article's decoded text."""
    return [
        SummarySentence(sentence.text, (paragraph.locate(sentence.start, sentence.end),))
        for paragraph in article.paragraphs
        for sentence in split_sentences(paragraph.text)
    ]


def _candidates(sentences: Sequence[str], lengths: Sequence[int], count: int) -> list[int]:
    """The indices of what may be chosen: sentences that say something; if those are too few also short ones, if they end as one."""
    whole = [i for i, text in enumerate(sentences) if lengths[i] >= (FEWEST_BEFORE_COLON if text.endswith(":") else FEWEST_WORDS)]
    alone = [i for i in whole if i == 0 or not _GOES_ON.match(sentences[i])]
    if len(alone) >= count:
        return alone
    if len(whole) >= count:
        return whole
    short = [i for i, text in enumerate(sentences) if lengths[i] < FEWEST_WORDS and _ENDED.search(text)]
    return [*whole, *short] or list(range(len(sentences)))


def content_stems(text: str) -> list[str]:
    """The light stems of a text's words, folded and without function words."""
    return [stem(word) for word in words(normalize(text, FOLD)) if word not in STOP_WORDS]


def _closeness_to_rest(counts: Mapping[str, int], everything: Mapping[str, int], square: int) -> float:
    """The cosine of a sentence with all the others together, from the article's counts and their sum of squares.

    Without the sentence's own words in the sum: else an odd one would be close to itself, all the more in a short article.
    """
    own = sum(count * count for count in counts.values())
    shared = sum(count * everything[term] for term, count in counts.items())
    rest = square - 2 * shared + own
    return (shared - own) / math.sqrt(own * rest) if own and rest else 0.0


def _unit(counts: Mapping[str, int]) -> Vector:
    length = math.sqrt(sum(count * count for count in counts.values())) or 1.0
    return {term: count / length for term, count in counts.items()}


def _dot(left: Vector, right: Vector) -> float:
    return sum(value * right.get(term, 0.0) for term, value in left.items())
