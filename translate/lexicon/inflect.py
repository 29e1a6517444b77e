"""English forms: plurals, the third person, past tense and participles, by rule with the common exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_VERBS: Final = """
    arise arose arisen/awake awoke awoken/be was been/bear bore borne/beat beat beaten/become became become/begin began begun/bend bent bent
    bet bet bet/bind bound bound/bite bit bitten/bleed bled bled/blow blew blown/break broke broken/breed bred bred/bring brought brought
    broadcast broadcast broadcast/build built built/burst burst burst/buy bought bought/cast cast cast/catch caught caught
    choose chose chosen/cling clung clung/come came come/cost cost cost/creep crept crept/cut cut cut/deal dealt dealt/dig dug dug
    do did done/draw drew drawn/drink drank drunk/drive drove driven/eat ate eaten/fall fell fallen/feed fed fed/feel felt felt
    fight fought fought/find found found/flee fled fled/fling flung flung/fly flew flown/forbid forbade forbidden/foresee foresaw foreseen
    forget forgot forgotten/forgive forgave forgiven/freeze froze frozen/get got gotten/give gave given/go went gone/grind ground ground
    grow grew grown/hang hung hung/have had had/hear heard heard/hide hid hidden/hit hit hit/hold held held/hurt hurt hurt/keep kept kept
    kneel knelt knelt/know knew known/lay laid laid/lead led led/leave left left/lend lent lent/let let let/lie lay lain/lose lost lost
    make made made/mean meant meant/meet met met/mislead misled misled/mistake mistook mistaken/overcome overcame overcome
    overthrow overthrew overthrown/overtake overtook overtaken/pay paid paid/put put put/quit quit quit/read read read/rid rid rid
    ride rode ridden/ring rang rung/rise rose risen/run ran run/say said said/see saw seen/seek sought sought/sell sold sold
    send sent sent/set set set/shake shook shaken/shed shed shed/shine shone shone/shoot shot shot/show showed shown/shrink shrank shrunk
    shut shut shut/sing sang sung/sink sank sunk/sit sat sat/slay slew slain/sleep slept slept/slide slid slid/speak spoke spoken
    spend spent spent/spin spun spun/split split split/spread spread spread/spring sprang sprung/stand stood stood/steal stole stolen
    stick stuck stuck/sting stung stung/strike struck struck/strive strove striven/swear swore sworn/sweep swept swept/swim swam swum
    swing swung swung/take took taken/teach taught taught/tear tore torn/tell told told/think thought thought/throw threw thrown
    thrust thrust thrust/tread trod trodden/undergo underwent undergone/understand understood understood/undertake undertook undertaken
    undo undid undone/uphold upheld upheld/upset upset upset/wake woke woken/wear wore worn/weave wove woven/weep wept wept/win won won
    wind wound wound/withdraw withdrew withdrawn/withhold withheld withheld/withstand withstood withstood/wring wrung wrung
    write wrote written/rewrite rewrote rewritten/outdo outdid outdone/rebuild rebuilt rebuilt/bid bid bid/foretell foretold foretold
"""
IRREGULAR_VERBS: Final[dict[str, tuple[str, ...]]] = {
    verb: (past, participle) for verb, past, participle in (entry.split() for entry in re.split(r"[/\n]", _VERBS) if entry.strip())
} | {"be": ("was", "been", "is", "are", "were", "am"), "have": ("had", "had", "has"), "do": ("did", "done", "does")}
"""Past tense and past participle, then any other irregular forms."""

_NOUNS: Final = dict(
    entry.split()
    for entry in """
    man men/woman women/child children
    person people/foot feet/tooth teeth/goose geese/mouse mice/ox oxen/leaf leaves/life lives/knife knives
    wife wives/half halves/wolf wolves/shelf shelves/thief thieves/loaf loaves/calf calves/self selves/crisis crises/analysis analyses
    basis bases/thesis theses/hypothesis hypotheses/phenomenon phenomena/criterion criteria/bacterium bacteria/medium media/datum data
    stimulus stimuli/nucleus nuclei/hero heroes/potato potatoes/tomato tomatoes/echo echoes/index indices/diagnosis diagnoses
    """.replace("\n", "/").split("/")
    if entry.strip()
)
_UNCOUNTED: Final = frozenset(
    """sheep fish deer series species aircraft means news information equipment research advice police people cattle data media progress
    knowledge furniture evidence money software hardware traffic weather staff clothes politics economics mathematics physics ethics
    personnel troops headquarters crossroads offspring youth oil water""".split()
)
_MEN: Final = frozenset("human german roman ottoman norman talisman shaman caiman".split())
_SHORT: Final = re.compile(r"^(?:[^aeiou]*|qu|squ)[aeiou][bdgklmnpt]$|^(?:[^aeiou]+)[aeiou]r$")
_STRESSED: Final = frozenset(
    "admit begin commit compel control confer defer deter equip expel forget infer occur omit permit prefer propel rebel recur refer regret"
    " repel submit transfer transmit".split()
)


@lru_cache(maxsize=1 << 14)
def plural(noun: str) -> str:
    """The plural of a noun, or of the first noun of `X of Y`; what is in the plural already stays."""
    head, of, rest = noun.partition(" of ")
    before, space, last = head.rpartition(" ")
    return f"{before}{space}{_plural(last)}{of}{rest}"


def _plural(noun: str) -> str:
    low = noun.lower()
    if low in _NOUNS:
        return _NOUNS[low] if noun.islower() else noun
    if low in _UNCOUNTED or low in _NOUNS.values() or is_plural(low):
        return noun
    for singular, forms in _NOUNS.items():
        if low.endswith(singular) and singular in ("man", "woman", "child", "foot", "wife", "life", "analysis") and low not in _MEN:
            return noun[: len(noun) - len(singular)] + forms
    if re.search(r"(?:s|x|z|ch|sh)$", low):
        return f"{noun}es"
    if re.search(r"[^aeiou]y$", low) and noun.islower():
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural: books, not class or virus."""
    return bool(re.search(r"[^suio]s$|ies$", noun)) and not re.search(r"(?:sis|'s)$", noun)


def third_person(verb: str) -> str:
    """A verb as it goes with he, she or it."""
    return _on_first(verb, _third)


def past(verb: str) -> str:
    """The past tense of a verb."""
    return _on_first(verb, lambda word: IRREGULAR_VERBS[word][0] if word in IRREGULAR_VERBS else _regular(word))


def participle(verb: str) -> str:
    """The past participle of a verb."""
    return _on_first(verb, lambda word: IRREGULAR_VERBS[word][1] if word in IRREGULAR_VERBS else _regular(word))


def gerund(verb: str) -> str:
    """The -ing form of a verb."""
    return _on_first(verb, _gerund)


def _on_first(phrase: str, form: Callable[[str], str]) -> str:
    first, space, rest = phrase.partition(" ")
    return f"{form(first)}{space}{rest}"


def _third(verb: str) -> str:
    if verb in ("be", "have", "do", "go"):
        return {"be": "is", "have": "has", "do": "does", "go": "goes"}[verb]
    if re.search(r"(?:s|x|z|ch|sh)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _doubles(verb) else f"{verb}ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if _doubles(verb) else f"{verb}ing"


def _doubles(verb: str) -> bool:
    return bool(_SHORT.search(verb)) or verb in _STRESSED
