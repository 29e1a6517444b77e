"""What in an article supports the sentences of an abstractive summary: the source sentences behind each, how much, and what has none.

By rules over words, numbers and names: no model, no network. It sees what was made up, not what was put together wrongly, so a silent
check proves nothing. `python -m eval.support_trial` measures both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.article import Article
from summarize.result import SummarySentence
from summarize.support.evidence import Evidence, Support

__all__ = ["Evidence", "Support", "supported"]


def supported(sentences: Sequence[SummarySentence], *articles: Article) -> list[SummarySentence]:
    """The same sentences with the spans that support them best, a score, and warnings of what the articles do not have.

    Args:
        sentences: of a summary that was written, not picked. Where `text` is empty the English is compared with the Arabic articles.
        articles: what was summarized; with several, each span names its article.
    """
    evidence = Evidence(*articles)
    return [_with_support(sentence, evidence) for sentence in sentences]


def _with_support(sentence: SummarySentence, evidence: Evidence) -> SummarySentence:
    found = evidence.of_arabic(sentence.text) if sentence.text.strip() else evidence.of_english(sentence.english or "")
    return replace(sentence, sources=found.sources, support=found.score, warnings=sentence.warnings + found.warnings)
