"""Nouns that head phrases for events only in some company: "the SCO meet", "presidential elections", "video conference"."""

from __future__ import annotations

from collections.abc import Sequence

from sco_graph.claims.words import Word
from sco_graph.extract.event_words import OF_VOTES


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
