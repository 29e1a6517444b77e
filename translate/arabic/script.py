"""Which script a text is in, and whether Arabic script is Arabic, Persian, Urdu or Sorani Kurdish: well enough to warn."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Language = Literal["ar", "fa", "ur", "ckb", "latin", "other", "none"]

_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN_SCRIPT = re.compile("[A-Za-zªº\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5\u06fa-\u06fc\u200c]+")

# Letters that only one of the languages has, or that Arabic lacks. ک and ی prove nothing: Persian keyboards type Arabic with them,
# and گ پ چ ڤ spell foreign names in Arabic, so one word with them proves little.
_MARKERS: dict[Language, re.Pattern[str]] = {
    "ar": re.compile("[ةىأإؤ\u064b-\u064d]|^[وفبك]?ال..|^لل.."),
    "fa": re.compile("[پچژگ]|\u200c|^نمی|^نمي"),
    "ur": re.compile("[ٹڈڑںےھہ]"),
    "ckb": re.compile("[ێۆەڕڵ]"),
    "other": re.compile("[ټډړږښګۍېۇۈۋٻڀڄڃڇڍڊڏڱڻ]"),
}


_NEIGHBOURS: dict[Language, str] = {"fa": "Persian", "ur": "Urdu", "ckb": "Kurdish", "other": "another language"}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "ar": _listed(
        "في من على إلى الى أن ان عن مع هذا هذه ذلك التي الذي الذين كان كانت قال وقال قد لا لم لن هو هي بعد قبل بين كل ما يا مش دي ده "
        "شو إيش ايه اللي هيك كده ليش وين عشان احنا إحنا نحن انا أنا وفي ومن وهو وهي غير خلال منذ حيث ثم أو او فی علی إلی الی التی الذی"
    ),
    "fa": _listed(
        "است این که را می از به در با برای شد بود یک خود تا کرد نیست هر شما هم آن ها های نمی چه اين كه ميشود شده کند کنند بودند دارد شود "
        "کرده گفت وی بر همه اما باید روی ولی هستند"
    ),
    "ur": _listed("ہے ہیں کے کی کا کو میں سے اور نے پر یہ وہ تھا تھی تھے بھی نہیں کہ ایک گیا کیا اس ان تو ہو جو لیے"),
    "ckb": _listed("لە بە کە ئەم ئەو بۆ لەگەڵ هەر نە دوای ئێمە بوو دەکات کرد کراوە ئەوە سەر"),
    "other": _listed("په کې چې دې شو سره لپاره دی ده"),
}
# How much must speak for another language before Arabic script is taken for it.
_LEAST_WORDS = 2
_LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class ScriptReport:
    """Shares (0..1) of a text's letters by script, how many letters there are, and the language that they suggest.

    `language` is "latin" or "other" where another script has the most letters, "none" where there are no letters.
    """

    arabic: float
    latin: float
    other: float
    letters: int
    language: Language


def detect_script(text: str) -> ScriptReport:
    """Count letters by script; where Arabic script leads, tell Arabic from its neighbours by letters and function words.

    In doubt Arabic script is Arabic: a warning about a real Arabic article would be worse than none about a short foreign line.
    """
    letters: Counter[str] = Counter()
    for character, times in Counter(text).items():
        if character.isalpha():
            arabic = _ARABIC_SCRIPT.match(character)
            letters["arabic" if arabic else "latin" if _LATIN_SCRIPT.match(character) else "other"] += times
    total = letters.total()
    if not total:
        return ScriptReport(0.0, 0.0, 0.0, 0, "none")
    first = max(("arabic", "latin", "other"), key=lambda script: letters[script])
    language: Language = language_of(text) if first == "arabic" else "latin" if first == "latin" else "other"
    return ScriptReport(letters["arabic"] / total, letters["latin"] / total, letters["other"] / total, total, language)


def language_of(text: str) -> Language:
    """The language of a text's words in Arabic script, whatever else is in it (the tags of a page): the one that most of them speak for."""
    counts = Counter(_WORD.findall(text))
    evidence: dict[Language, int] = dict.fromkeys(_MARKERS, 0)
    for word, times in counts.items():
        for language, marker in _MARKERS.items():
            if word in _FUNCTION_WORDS[language] or marker.search(word):
                evidence[language] += times
    best = max(evidence, key=lambda language: evidence[language])
    enough = evidence[best] >= max(_LEAST_WORDS, _LEAST_SHARE * counts.total())
    return best if enough and evidence[best] > evidence["ar"] else "ar"


def doubt_about(language: Language) -> str | None:
    """What to tell a user who gives such a text for an Arabic one; None for Arabic and for other scripts."""
    return f"this looks like {_NEIGHBOURS[language]}, not Arabic: the result may be poor" if language in _NEIGHBOURS else None
