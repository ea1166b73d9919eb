"""Nouns that head phrases for events only in some company: "the SCO meet", "presidential elections", "video conference"."""

from __future__ import annotations

from collections.abc import Sequence

from sco_graph.claims.words import Word
from sco_graph.extract.event_words import HEADS, OF_VOTES

_SOLEMN = frozenset("the an official grand solemn formal ceremonial".split())
_ABOUT = frozenset("on about to for since before after until of".split())
_ENDING = frozenset("in on at and , . who which".split())
_ATTENDING = frozenset("attended attend attends attending at during witnessed".split())
_HAPPENED = frozenset("held place attended hosted".split())
_OPENED = frozenset(
    """
    centre center monument memorial bust plaque museum office embassy consulate mission school university institute
    hospital library park alley square plant factory bridge station terminal airport pavilion hall building structure
    headquarters secretariat branch house complex gallery course line
    """.split()
)


def voted(words: Sequence[Word], n: int) -> bool:
    """Whether the noun is a vote of a people: "early presidential elections", "elections to the Majlis"."""
    before = words[n - 1].lower if n else ""
    behind = [w.lower for w in words[n + 1 : n + 4]]
    to_a_house = behind[:1] == ["to"] and len(behind) > 1 and (behind[1] == "the" or words[n + 2].capital)
    return before in OF_VOTES or to_a_house or (words[n].lower == "referendum" and before != "a")


def met(words: Sequence[Word], n: int) -> bool:
    """Whether "meet" is a noun, as the press of South Asia has it: "the SCO meet", "Foreign Ministers' Meet"."""
    before, word = words[max(0, n - 2) : n], words[n]
    if word.lower == "meets" or not before:
        return False
    owned = before[-1].tag == "POS" or before[-1].lower in ("'", "ministers'", "leaders'")
    told = (
        len(before) > 1
        and before[0].lower in ("the", "this", "a", "an")
        and (before[-1].shouted or before[-1].text == ")")
    )
    return owned or told or (word.tag in ("NN", "NNP") and before[-1].tag not in ("NNS", "NNPS", "PRP", "TO", "MD"))


def by_wire(words: Sequence[Word], n: int, base: str) -> bool:
    """Whether the noun tells how people met: "via videoconference", "by video conference"."""
    if not base.endswith("conference"):
        return False
    far = [w.lower for w in words[max(0, n - 3) : n]]
    apart = base != "conference" or far[-1:] == ["video"]
    return apart and bool({"via", "by", "through"} & set(far))


def opened(words: Sequence[Word], n: int) -> bool:
    """Whether something that is no event itself is opened to guests: "the opening of the Centre", not "of the forum"."""
    behind = [w.lower for w in words[n + 1 : n + 3]]
    if behind[:1] != ["of"] or not n or words[n - 1].lower not in _SOLEMN or behind[1:2] == ["its"]:
        return False
    if n > 1 and words[n - 2].lower in _ABOUT:
        return False
    ahead = {w.lower for w in words[max(0, n - 6) : n]}
    within = [w.lower for w in words[n + 1 : n + 9]]
    until = next((i for i, w in enumerate(within) if i > 1 and w in _ENDING), len(within))
    solid = any(w in _OPENED for w in within[:until])
    there = bool(ahead & _ATTENDING) or bool({w.lower for w in words[n + 1 : n + 20]} & _HAPPENED)
    return solid and there and not any(w in HEADS for w in within[:until])
