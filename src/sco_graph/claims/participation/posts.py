"""Posts without names: "the foreign ministers of Ⓑ and Ⓑ", whose holders stand for their states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sco_graph.claims.participation.units import BODY, PERSON, REPRESENTED, Unit
from sco_graph.model import EntityType, Mention, Sentence

_HOLDER = (
    r"(?:ministers?|heads?|leaders?|presidents?|premiers?|chancellors?|chairm[ae]n|chairpersons?|secretar(?:y|ies)|chiefs?|prosecutors?"
    r"|commanders?|representatives?|delegations?|delegates|officials|justices|speakers)"
)
HOLDERS = "minister head leader president premier chancellor chair secretar chief prosecutor commander representative delegat official justice speaker"
"""Parts of words without one of which no post is told, parted by spaces."""
POST = rf"(?:[a-z&'’/-]+ ){{0,6}}?{_HOLDER}\b(?: [a-z&'’/,-]+){{0,8}}? (?:of|from) (?:the )?(?:(?:[\w-]+ ){{0,2}}(?:member|observer|partner|participating) (?:states|countries|nations) )?"
"""Words of a gist for a post, up to the body whose it is."""
_POST = re.compile(rf"\b{POST}$")
_GOVERNMENT = re.compile(
    r"(?:government|cabinet|state council|council of ministers|people['’]s council|republic)\b", re.IGNORECASE
)
_SEPARATORS = frozenset((",", ";", ":", "."))
_NAMING = frozenset((",", ":", "-", "–", "—", "("))
_MOST = 16  # words


def of_post(units: Sequence[Unit], n: int) -> bool:
    """Return whether unit `n` is a body behind the name of a post."""
    before = units[max(0, n - _MOST) : n]
    begin = next((k for k in range(len(before), 0, -1) if before[k - 1].word in _SEPARATORS or before[k - 1].agent), 0)
    words = " ".join(u.word for u in before[begin:])
    return units[n].word in (BODY, REPRESENTED) and bool(_POST.search(words + " "))


def holders(sentences: Sequence[Sentence], units: Sequence[Unit], n: int) -> Unit:
    """Return unit `n`, left with those who stand for its states: the persons named behind it, else the states themselves."""
    unit = units[n]
    if n + 2 < len(units) and units[n + 1].word in _NAMING and units[n + 2].word == PERSON:
        people = tuple(m for m in units[n + 2].mentions if m.type is EntityType.PERSON)
        if len(people) + 1 >= len(
            unit.mentions
        ):  # else somebody comes after the states: "the ministers of Ⓑ, Ⓑ and Ⓑ, and Ⓐ"
            return replace(units[n + 2], mentions=people)
    if unit.word == REPRESENTED:  # "the minister of Ⓑ, and representatives of Ⓑ"
        return unit
    if unit.word == PERSON:
        return replace(unit, mentions=())
    states = [tuple(state(sentences, m)) for m in unit.mentions]
    # "The ministers of Ⓑ and Ⓑ, and Ⓑ": bodies behind the states are there in their own right.
    found = [s or ((m,) if any(states[:n]) else ()) for n, (m, s) in enumerate(zip(unit.mentions, states, strict=True))]
    return replace(unit, mentions=tuple(m for each in found for m in each))


def state(sentences: Sequence[Sentence], mention: Mention) -> Iterator[Mention]:
    """Yield the mention if it is a state, or the state whose government it is: "the State Council of China"."""
    if mention.type is EntityType.COUNTRY:
        yield mention
    elif mention.type is EntityType.ORGANIZATION and _GOVERNMENT.match(mention.text):
        within = (m for s in sentences for m in s.mentions if mention.start <= m.start and m.end <= mention.end)
        yield from (m for m in within if m.type is EntityType.COUNTRY)
