"""English casing: which form a word has inside a sentence, and capitals at the start of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

_ENDS = frozenset((".", "!", "?", ":", '"', "(", "...", "•"))


class Truecaser:
    """Knows the commonest form of every word whose commonest form is not plain lower case."""

    def __init__(self, forms: dict[str, str]) -> None:
        """Take lower-cased word → its form."""
        self.forms = forms

    @classmethod
    def learn(cls, sentences: Iterable[list[str]]) -> Truecaser:
        """Count forms that do not stand at a sentence's start; a title in capitals teaches nothing."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for tokens in sentences:
            words = [t for t in tokens if t[0].isalpha()]
            if not words or sum(w[0].isupper() for w in words) > 0.5 * len(words):
                continue
            for before, token in pairwise(tokens):
                if token[0].isalpha() and before not in _ENDS:
                    counts[token.lower()][token] += 1
        best = {word: max(forms, key=lambda f: (forms[f], f)) for word, forms in counts.items()}
        plain = {word: word for word, form in best.items() if form == word and sum(counts[word].values()) > 1}
        return cls({word: form for word, form in best.items() if form != word} | plain)

    def lower_start(self, tokens: list[str]) -> list[str]:
        """A sentence's tokens with the capital that only its start gave taken away; a title's words all in their usual form."""
        words = [t for t in tokens if t[0].isalpha()]
        title = len(words) > 3 and sum(w[0].isupper() for w in words) > 0.6 * len(words)
        result, starts = [], True
        for token in tokens:
            usual = self.forms.get(token.lower())
            result.append(usual if usual and (starts or title) and token[0].isalpha() else token)
            starts = starts and not token[0].isalnum() if token not in _ENDS else True
        return result
