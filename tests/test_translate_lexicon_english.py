import math

import pytest

from translate.lexicon.decode import decode
from translate.lexicon.detokenize import GLUE, detokenize
from translate.lexicon.inflect import gerund, participle, past, plural, third_person
from translate.lexicon.language_model import END, START, LanguageModel
from translate.lexicon.learn.english import learn_language_model
from translate.lexicon.learn.tables import english_lines
from translate.lexicon.options import Option
from translate.lexicon.transliterate import Transliterator


def model_of(*sentences: str) -> tuple[LanguageModel, set[str]]:
    lines = [sentence.split() for sentence in sentences]
    words = {word for line in lines for word in line}
    scores = learn_language_model(lines, fewest=(1, 1, 1))
    return LanguageModel(dict(line.split("\t", 1) for line in english_lines(scores, frozenset({*words, START, END})))), words


def test_plurals() -> None:
    singular = "city box class man human child head_of_state news boy analysis"
    plurals = "cities boxes classes men humans children heads_of_state news boys analyses"
    assert [plural(word.replace("_", " ")).replace(" ", "_") for word in singular.split()] == plurals.split()


def test_verbs() -> None:
    verbs = ["stop", "study", "write", "carry out", "visit", "refer", "die", "have", "go"]
    assert [past(verb) for verb in verbs] == ["stopped", "studied", "wrote", "carried out", "visited", "referred", "died", "had", "went"]
    assert [participle(verb) for verb in verbs[:3]] == ["stopped", "studied", "written"]
    assert [third_person(verb) for verb in verbs] == [
        "stops",
        "studies",
        "writes",
        "carries out",
        "visits",
        "refers",
        "dies",
        "has",
        "goes",
    ]
    assert [gerund(verb) for verb in ("run", "make", "die", "see", "take place")] == [
        "running",
        "making",
        "dying",
        "seeing",
        "taking place",
    ]


def test_probabilities_after_any_history_add_up_to_one() -> None:
    model, words = model_of("the cat sat", "the dog sat down", "a cat ran")
    for before, last in ((START, START), (START, "the"), ("the", "cat"), ("dog", "ran")):
        total = sum(math.exp(model.score(before, last, word)) for word in (*words, END))
        assert total == pytest.approx(1.0, abs=0.03), (before, last)


def test_a_seen_trigram_is_likelier_than_an_unseen_one_and_an_unknown_word_is_unlikely() -> None:
    model, _ = model_of("the cat sat", "the cat sat", "the dog ran")
    assert model.score("the", "cat", "sat") > model.score("the", "cat", "ran") > model.score("the", "cat", "xyzzy")


def test_the_search_covers_every_unit_once_and_takes_what_the_model_prefers() -> None:
    model, _ = model_of("the phone call", "the phone call", "call the bank")
    options = [
        [Option(("the",), 1, 0.0), Option((), 1, -9.0)],
        [Option(("telephone",), 1, 0.0), Option(("phone",), 1, 0.0), Option(("bank", "account"), 2, -9.0)],
        [Option(("call",), 1, 0.0)],
    ]
    best = decode(options, model, weight=1.0, per_token=0.0)
    assert [token for option in best for token in option.tokens] == ["the", "phone", "call"]
    assert sum(option.length for option in best) == len(options)


def test_tokens_become_a_sentence() -> None:
    assert detokenize(["he", "said", ":", '"', "yes", ",", "it", "'s", "(", "5", "%", ")", '"', "."]) == 'He said: "yes, it\'s (5%)".'
    assert detokenize(["the", "the", "a", "apple", f"{GLUE}-", "tree"]) == "The an apple-tree"
    assert detokenize([]) == ""


def test_names_are_spelled_as_learned_and_letters_that_were_never_seen_still_have_a_spelling() -> None:
    speller = Transliterator({"^:": 4, "ب:b": 4, "ا:a": 4, "ا:o": 2, "^: ب:b": 4, "ب:b ا:a": 4, "^: ^:": 4})
    assert speller.spell("باب") == "Bab"
    assert speller.spell("باش") == "Bash"
