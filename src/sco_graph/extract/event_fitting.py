"""Fitting: whether a phrase may mean an event that the text has told of, by its words, edition, place and time."""

from __future__ import annotations

from collections.abc import Sequence

from sco_graph.extract.event_occurrences import Chain, Occurrence
from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.extract.event_words import FAMILIES, STEM

LEADERS = frozenset("heads leaders presidents premiers".split())
"""Those who meet at a summit."""
_COUNCILS = {
    "chs": ("heads", "state"),
    "chg": ("heads", "government"),
    "cfm": ("foreign", "ministers"),
    "ministerial": ("ministers",),
}
"""What those who meet are called in short."""
_PREMIERS = frozenset("prime premiers government governments".split())
_MEETING = LEADERS | {"council", "prime", "ministers", "affairs", "government", "governments"}
RELATIVE = frozenset("next previous last past preceding".split())
"""Words that tell which event is meant only in their text: "the next meeting of the Council" has no name there."""
ANY = frozenset({"event", "gathering", "edition", "one"})
"""Nouns for events of any kind."""


def related(head: str, heads: set[str], keys: frozenset[str]) -> bool:
    """Return whether a phrase with the noun `head` may take up an event called by `heads` and told apart by `keys`."""
    if head in heads or head in ANY or heads & ANY:
        return True
    if head == "summit":
        return "summit" in keys
    if "summit" in heads and head not in ("meeting", "gathering", "talks", "moot", "retreat", "session", "sitting"):
        return False
    return any(head in family and heads & family for family in FAMILIES)


def who_meets(words: Sequence[str]) -> list[str]:
    """Return the words that tell an event apart, with one set of words for those who meet, however they are called.

    Leaders meet at a "summit", also in the Council of Heads of State; prime ministers are a "government"; ministers are
    the same in a council of theirs.
    """
    spelt = [w for word in words for w in _COUNCILS.get(word, (word,))]
    told = set(spelt)
    premiers = "premiers" in told or {"prime", "ministers"} <= told or ("heads" in told and bool(told & _PREMIERS))
    if premiers:
        return [*(w for w in spelt if w not in _MEETING), "government"]
    if told & LEADERS:
        return [*(w for w in spelt if w not in LEADERS | {"council"}), "summit"]
    if "ministers" in told:
        return [w for w in spelt if w not in ("council", "affairs")]
    return spelt


def told_by(chain: Chain) -> frozenset[str]:
    """Return the words by which the text may mean the event: those of a summit are leaders."""
    leaders = LEADERS | {"council"} if "summit" in chain.keys else frozenset()
    premiers = _MEETING if "government" in chain.keys else frozenset()
    council = frozenset({"council", "affairs"}) if "ministers" in chain.keys else frozenset()
    return chain.keys | chain.heads | leaders | premiers | council


def of_something_else(phrase: EventPhrase, chain: Chain) -> bool:
    """Return whether the phrase adds what the chain's phrases have nothing of: "the round table on tourism"."""
    known = chain.about | {key[:STEM] for key in told_by(chain)}
    return bool(phrase.about) and bool(known) and not phrase.about & known


def compatible(occurrence: Occurrence, chain: Chain) -> bool:
    """Return whether nothing the phrase says of edition, place and time speaks against the chain."""
    phrase = occurrence.phrase
    if phrase.ordinal and chain.ordinal and phrase.ordinal != chain.ordinal:
        return False
    if phrase.ordinal and not chain.ordinal and phrase.name is None:
        return phrase.text.casefold() in chain.texts
    if (phrase.other or None) != (chain.other or None) and {phrase.other, chain.other} & (
        RELATIVE | {"another", "other"}
    ):
        return False
    if phrase.place and not _may_be_at(phrase.place.casefold(), chain, in_state=phrase.in_state):
        return False
    if phrase.year and chain.years - {phrase.year}:
        return False
    period = occurrence.period
    return not (period and chain.periods and not any(_overlap(period, p) for p in chain.periods))


def _may_be_at(place: str, chain: Chain, *, in_state: bool) -> bool:
    """Whether the chain's event may be at `place`: of those that sentences tell, cities only differ from cities."""
    if chain.place:
        return place == chain.place.casefold()
    known = chain.states if in_state else chain.places
    return not known or place in known


def _overlap(a: str, b: str) -> bool:
    """Whether two dates may be of one event: equal as far as both go, days of one month at most a week apart."""
    if a.startswith(b) or b.startswith(a):
        return True
    return a[:7] == b[:7] and len(a) == len(b) == 10 and abs(int(a[8:]) - int(b[8:])) <= 1
