"""Lists: coordinated agents become one unit."""

from __future__ import annotations

import re

from msgspec.structs import replace

from sco_graph.claims.participation.titles import is_plural_title
from sco_graph.claims.participation.units import BODY, PERSON, REPRESENTED, Unit
from sco_graph.model import EntityType

_MOST_IN_ITEM = 40
_DEPARTMENT = re.compile(r"(?:\w+ )*(?:Department|Division|Directorate|Bureau|Office|Institute|Centre|Center)\b")
_ENVOYS = frozenset(
    "representatives representative delegates delegations delegation officials observers units troops servicemen contingents forces"
    " ministers leaders members heads".split()
)


_DESCRIBING = frozenset("the a an high-ranking senior other official member person strong".split())


def represented(units: list[Unit]) -> list[Unit]:
    """Let "representatives of", "the delegation of" go into the body that they represent."""
    out: list[Unit] = []
    for n, unit in enumerate(units):
        if (
            unit.word == BODY
            and len(out) > 2
            and out[-1].word == "the"
            and out[-3].word in _ENVOYS
            and not _noun(units, n + 1)
        ):
            del out[-1]
        if unit.word == BODY and len(out) > 1 and out[-1].word in ("of", "from") and out[-2].word in _ENVOYS:
            if out[-2].word in ("ministers", "leaders", "members", "heads"):
                out.append(unit)
                continue
            del out[-2:]
            while out and (out[-1].word in _DESCRIBING or out[-1].tag in ("JJ", "CD", "HYPH")):
                out.pop()
            out.append(replace(unit, word=REPRESENTED))
        else:
            out.append(unit)
    return out


def _noun(units: list[Unit], n: int) -> bool:
    """Return whether a noun stands at `n`, which the body before it only qualifies: "of the SCO member states"."""
    return n < len(units) and units[n].tag in ("NN", "NNS", "JJ", "HYPH", "POS")


def lists(units: list[Unit]) -> list[Unit]:
    """Make one unit of agents that commas, semicolons and conjunctions join."""
    out: list[Unit] = []
    n = 0
    while n < len(units):
        if not units[n].agent:
            out.append(units[n])
            n += 1
            continue
        chain, n = _chain(units, n, governed=bool(out) and _governs(out[-1]) and not _of_leaders(out))
        if _of_leaders(out) and any(u.word == PERSON for u in chain):
            out.extend(_their_leaders(units, chain))
        else:
            out.append(_joined(chain))
    return out


def _their_leaders(units: list[Unit], chain: list[Unit]) -> list[Unit]:
    """Return those whom the list names, without the states whose leaders they are.

    With fewer persons than states, or persons that are told as others, the states stand for their leaders:
    "the ministers of Ⓑ, Ⓑ and Ⓑ, and Ⓐ", "the ministers of Ⓑ and Ⓑ, as well as Ⓐ".
    """
    people = [u for u in chain if u.word == PERSON]
    states = [u for u in chain[: chain.index(people[0])] if u.word == BODY]
    others = bool(states) and any(
        u.word in ("well", "with") for u in units if states[-1].end <= u.start < people[0].start
    )
    if (others or len(people) + 1 < len(states)) and chain[len(states) :] == people:
        comma = Unit(",", ",", people[0].start, people[0].start)
        return [_joined(states), comma, _joined(people)]
    return [_joined(people)]


def _of_leaders(out: list[Unit]) -> bool:
    """Return whether "the presidents of", "the ministers of the observer states" stands last: the states behind it are theirs whom a list names."""
    near = [u.word for u in out[-5:]]
    return "of" in near and any(is_plural_title(word) for word in near[: near.index("of")])


def _chain(units: list[Unit], n: int, *, governed: bool) -> tuple[list[Unit], int]:
    """Return the agents of the list that begins with the agent at `n`, and where to go on."""
    chain, end = [units[n]], n + 1
    before_last, by_comma, semicolons = end, False, False
    while (step := _beside(units, end, chain) or _joint(units, end)) is not None:
        joint = units[end:step]
        if chain == [units[n]] and _leaves_out(units, n) and any(u.word == "with" for u in joint):
            break
        before_last, by_comma = end, all(u.word in (",", "the", "an", "a") for u in joint)
        semicolons = semicolons or any(u.word == ";" for u in joint)
        # "Li Wei, Academy of Sciences; Ayesha Khan, ...": where semicolons part persons, what a comma joins belongs to one.
        if by_comma and _government(units[step]) and chain[-1].word == BODY:
            chain = _without_ministry(chain)
        elif not (by_comma and semicolons and chain[-1].word == PERSON and units[step].word == BODY):
            chain.append(units[step])
        end = step + 1
    # "chaired by India, Zhang Ming said", "met Lavrov, and Wang left": the last is the subject of the next clause.
    opens = n == 0 or units[n - 1].word in (".", ";")  # "Ⓐ, Ⓐ were present"
    if (
        ((by_comma and not opens) or (governed and len(chain) == 2 and not _owners(units, n, chain)))
        and end < len(units)
        and (_predicate(units, end) or units[end].word == "'s" or _parenthetic(units, end))
    ):
        return chain[:-1], before_last
    return chain, end


def _owners(units: list[Unit], n: int, chain: list[Unit]) -> bool:
    """Return whether the list only says whose or where from: "envoys from Ⓑ and Ⓑ attended"."""
    return n > 0 and units[n - 1].word in ("of", "from") and all(u.word == BODY for u in chain)


def _leaves_out(units: list[Unit], n: int) -> bool:
    """Return whether the agent at `n` is said to be missing from a list: "all states except Ⓑ, along with Ⓑ"."""
    return n > 0 and units[n - 1].word in ("except", "excluding", "barring")


def _beside(units: list[Unit], n: int, chain: list[Unit]) -> int | None:
    """Return `n` if an agent stands there that belongs to the list without a comma.

    A person right behind another, since a title between them was taken for a name, or a state in a list of states.
    """
    last = chain[-1]
    if n >= len(units) or units[n].word != last.word or not units[n].mentions:
        return None
    if last.word == PERSON:
        return n if units[n].mentions[-1].named else None
    states = [u.mentions[0].type for u in (*chain, units[n])]
    return n if len(chain) > 1 and set(states) == {EntityType.COUNTRY} else None


def _government(unit: Unit) -> bool:
    """Return whether the unit is a government, which behind a body's name only says whose body it is."""
    return unit.word == BODY and unit.mentions[0].text.lower().startswith(("government of", "govt"))


def _without_ministry(chain: list[Unit]) -> list[Unit]:
    """Leave out the ministry between its department and the government: "the Department of Ⓑ, Ministry of Ⓑ, Government of Ⓑ"."""
    if (
        len(chain) > 1
        and chain[-1].mentions[0].text.startswith("Ministry")
        and _DEPARTMENT.match(chain[-2].mentions[0].text)
    ):
        return chain[:-1]
    return chain


def _governs(unit: Unit) -> bool:
    """Return whether agents behind `unit` are its object."""
    return unit.word in ("with", "by", "of", "to", "from", "for", "and") or unit.tag.startswith("VB")


def finite(unit: Unit) -> bool:
    """Return whether `unit` is a finite verb."""
    return unit.tag in ("VBD", "VBZ", "VBP", "MD")


def _predicate(units: list[Unit], n: int) -> bool:
    """Return whether a finite verb stands at `n`, or behind one adverb."""
    adverb = n + 1 < len(units) and (units[n].tag == "RB" or units[n].word == "first")
    return finite(units[n + 1] if adverb else units[n])


def _parenthetic(units: list[Unit], n: int) -> bool:
    return units[n].word == "," and n + 1 < len(units) and finite(units[n + 1])


def _joined(chain: list[Unit]) -> Unit:
    chain = _without_affiliations(chain)
    signs = {u.word for u in chain}
    word = next(sign for sign in (PERSON, REPRESENTED, BODY) if sign in signs)
    mentions = tuple(m for u in chain for m in u.mentions)
    return Unit(word, chain[0].tag, chain[0].start, chain[-1].end, mentions)


def _without_affiliations(chain: list[Unit]) -> list[Unit]:
    """Leave out states that only say where each person comes from: "Liang, director, China, Singh, director, India"."""
    belongs = [
        n > 0 and unit.word == BODY and chain[n - 1].word == PERSON and unit.mentions[0].type is EntityType.COUNTRY
        for n, unit in enumerate(chain)
    ]
    bodies = sum(unit.word != PERSON for unit in chain)
    if sum(belongs) < 2 or sum(belongs) < bodies:
        return chain
    return [unit for unit, affiliation in zip(chain, belongs, strict=True) if not affiliation]


_CONJUNCTIONS = (
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("jointly", "with"),
    *(
        ("in", word, "with")
        for word in (
            "cooperation",
            "collaboration",
            "partnership",
            "conjunction",
            "association",
            "coordination",
            "concert",
        )
    ),
    ("and", "by"),
    ("and", "from"),
    ("and", "of"),
    ("and", "with"),
    ("and",),
    ("&",),
    ("by",),
    ("from",),
)
_CONJUNCTIONS_BY_OPENING = {words[0]: tuple(w for w in _CONJUNCTIONS if w[0] == words[0]) for words in _CONJUNCTIONS}
_MOST_SEPARATORS = 5
_ARTICLES = frozenset("the an a same his her its their".split())


def _joint(units: list[Unit], n: int) -> int | None:
    """Return where the next agent of a list stands if only separators lie between, else None."""
    separated = False
    for _ in range(_MOST_SEPARATORS):
        if n < len(units) and units[n].word in (",", ";"):
            n += 1
            separated = True
        elif (words := _conjunction(units, n)) and (separated or words not in (("by",), ("from",))):
            n += len(words)
            separated = True
        else:
            break
    if separated and [u.word for u in units[n : n + 2]] == ["of", PERSON]:
        n += 1  # "prime ministers of Ⓑ Ⓐ, of Ⓑ Ⓐ": the states went into those who bear the title
    n = _over_articles(units, n)
    if separated and n < len(units) and not units[n].agent and units[n - 1].word == ";":
        n = _over_articles(units, _over_unknown_item(units, n))
    return n if separated and n < len(units) and units[n].agent else None


def _over_articles(units: list[Unit], n: int) -> int:
    while n < len(units) and units[n].word in _ARTICLES:
        n += 1
    return n


def _over_unknown_item(units: list[Unit], n: int) -> int:
    """Return where the item after the one at `n` begins, in a list with semicolons; `n` if this is no such item."""
    end = n
    while end < len(units) and end - n < _MOST_IN_ITEM and not units[end].agent and not finite(units[end]):
        if units[end].word == ";":
            return end + 1
        end += 1
    return n


def _conjunction(units: list[Unit], n: int) -> tuple[str, ...]:
    possible = _CONJUNCTIONS_BY_OPENING.get(units[n].word, ()) if n < len(units) else ()
    return next((w for w in possible if tuple([u.word for u in units[n : n + len(w)]]) == w), ())
