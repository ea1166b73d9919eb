"""Part of: a body belongs to another body or to a state.

RDF: org:subOrganizationOf, https://www.w3.org/TR/vocab-org/#property-suborganizationof
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import ORG, Iris, Triple

_OF = re.compile(
    r"\b(?:of|under) (?:the )?"
    r"(?:(?:[Pp]resident|[Gg]overnment|[Pp]rime [Mm]inister|[Cc]abinet of [Mm]inisters) of (?:the )?)?"
    r"(?:[A-Z]\w+(?: [A-Z]\w+){0,2}['’]s )?$"
)
_WITHIN = re.compile(r"\b(?:in|at|within) (?:the )?$")
_JOINED = re.compile(
    r"(?: ?\([^()]{1,40}\))?(?:,? ?(?:within|under|at|of|in)| with) (?:the )?(?:framework of (?:the )?)?"
)
_FAR = 100  # characters, more than any match of `_JOINED` has
_POSSESSIVE = len("'s ")
_DEPARTMENT = re.compile(r"\b(?:department|division|directorate|faculty|section|bureau|school)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?: ?\([^()]{1,40}\))?, ")
_INSTITUTE = re.compile(r"\b(?:cent(?:er|re)|institute|academy|unit|laboratory)\b", re.IGNORECASE)
_POSTED = re.compile(
    r"(?:['’]s)? (?:(?!and\b|of\b)[\w-]+ ){0,3}(?:chair(?:man|woman|person)?|head|secretary|director|chief|commander|president|speaker"
    r"|justice|judge|deputy|member|spokes\w+)"
    r" (?:of|at) (?:the )?",
    re.IGNORECASE,
)
_ENDED = re.compile(r" ?(?:[;.)]|and\b|, read\b|$)")
_TITLED = re.compile(
    r"\b(?:head|director|professor|dean|fellow|researcher|secretary[- ]general|manager|chief|minister|secretary"
    r"|chair(?:man|woman|person)?|member|commissioner|rector|speaker|president)(?: ?\([^()]{1,40}\))?(?:,| of| at)(?: the)? $",
    re.IGNORECASE,
)
"""A title before a part of an institution; in a list of institutions, what follows a comma is another one."""
_LEVELS = (frozenset(("section", "desk")), frozenset(("division", "unit")), frozenset(("directorate",)))
"""Units by which names begin or end, from the smallest to the largest, that are always a part of what follows them."""
_HOUSES = frozenset(("Ministry", "University", "Secretariat", "Institute", "Committee"))
_TOPIC = re.compile(
    r"[^\w,;.:()]*(?:studies|research|affairs|relations|countries|member|participating|observer|partner|states)\b(?! [Ss]tates['’])",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"\b(?:Studies|Research|Relations)$")
_STATE_HEADS = re.compile(
    r"\b(?:ministry|government|parliament|senate|cabinet|embassy|consulate|mission|army|police|secretariat|administration"
    r"|council|committee|commission|duma|service|agency|department|office|assembly|court|structure)\b",
    re.IGNORECASE,
)
_STATE_BODY = re.compile(
    r"(?:['’]s)?[\w '’-]*\b(?:ministry|government|parliament|senate|cabinet|embassy|consulate|army|duma|mfa|mofa|armed forces"
    r"|(?:national|state|federal|supreme|presidential|security|central|transitional|interim)\b[\w '’-]*"
    r"(?:assembly|service|committee|council|agency|commission|court|guard|administration|authority)"
    r"|(?:prosecutor[\w-]*|president|prime minister)['’]s office|chamber of (?:commerce|industry))\b",
    re.IGNORECASE,
)
_SOCIETY = re.compile(
    r"\b(?:chamber|confederation|association|union|society|congress of youth|world congress|federation of|club|league|alliance"
    r"|guild|company|corporation|university|party|movement|network|community|group|journalists|writers|museum|theatre)\b",
    re.IGNORECASE,
)
"""Bodies that bear the name of a state without being its own."""
_CHAMBER = re.compile(r"\b(?:chamber of (?:commerce|industry)|CCI)\b", re.IGNORECASE)
"""Chambers that are their state's one, set up by its law."""
_OFFICE = re.compile(
    r" (?:first )?(?:president|government|parliament|prime minister|head of|cabinet|king|emir)", re.IGNORECASE
)
_OWNED = frozenset(
    (None, "Agency", "Assembly", "Committee", "Council", "Embassy", "Government", "Ministry", "Secretariat")
)
_UNITS = frozenset(("Institute", "Centre", "Agency", "Committee", "Council", "Secretariat"))
_AGENTS = (EntityType.ORGANIZATION, EntityType.COUNTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Claim):
    """`child`, a body, is a part of `parent`, a body or a state."""

    kind: ClassVar[str] = "part_of"

    child: Mention
    parent: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the chains of bodies that `text` shows."""
        for sentence in text.sentences:
            if sentence.block is not BlockKind.FURNITURE:
                for child, parent, rule in _parts(text, sentence):
                    rule = f"{cls.kind}/{rule}"
                    evidence = text.evidence(min(child.start, parent.start), max(child.end, parent.end))
                    yield cls(child=child, parent=parent, evidence=evidence, rule=rule)

    def subject(self, iris: Iris) -> NamedNode:
        """Return the smaller body."""
        return iris.of(self.child)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one org:subOrganizationOf."""
        yield iris.of(self.child), ORG.subOrganizationOf, iris.of(self.parent)


def _parts(text: Text, sentence: Sentence) -> Iterator[tuple[Mention, Mention, str]]:
    """Yield child, parent and rule; names inside events' names say nothing about bodies."""
    events = [m for m in sentence.mentions if m.type is EntityType.EVENT and m.named]
    names = [
        m
        for m in sentence.mentions
        if m.type in _AGENTS and m.named and not any(e.start <= m.start and m.end <= e.end for e in events)
    ]
    for number, child in enumerate(names):
        if child.type is not EntityType.ORGANIZATION or _sent(text, child):
            continue
        inside = [m for m in names[number + 1 :] if m.end <= child.end]
        inside += [m for m in names[:number] if m.start == child.start and m.end < child.end]
        if _TOPIC.match(text.document.text, child.end, child.end + _POSSESSIVE * 8):
            continue  # "the Governments of the SCO member states"
        around = [m for m in names if m.start < child.start and child.end < m.end]
        beside = [m for m in names if not any(a.end >= m.end > child.end for a in around)] if around else names
        if found := _inner(text, child, inside) or _outer(text, child, beside):
            parent, rule = found
            if parent.referent != child.referent:
                yield child, parent, rule


def _sent(text: Text, child: Mention) -> bool:
    """Whether `child` is people sent somewhere, and no body: a delegation."""
    return text.referent(child).kind == "Delegation"


def _inner(text: Text, child: Mention, inside: Sequence[Mention]) -> tuple[Mention, str] | None:
    """Return the body or state within the name of `child` that it belongs to."""
    words = text.document.text
    for parent in sorted(inside, key=lambda m: m.start - m.end):
        before, after = words[child.start : parent.start], words[parent.end : child.end]
        if parent.start == child.start:
            party = text.referent(parent).kind == "Party"  # every one of its committees bears its name
            whole = after.startswith(" of ")  # "Oliy Majlis of Uzbekistan" is no part of "Oliy Majlis"
            if parent.type is EntityType.ORGANIZATION and not (party or whole) and not _TOPIC.match(after):
                return parent, "prefix"
            if parent.type is EntityType.COUNTRY and text.referent(child).kind in _OWNED and _of_state(after):
                return parent, "adjective"
        elif (
            _OF.search(plain := " ".join(before.split()) + " ")
            or (parent.type is EntityType.ORGANIZATION and _WITHIN.search(plain))
        ) and not _TOPIC.match(after):
            if parent.type is not EntityType.COUNTRY:
                return parent, "chain"
            if (
                (not _SOCIETY.search(before) or _CHAMBER.search(before))
                and not _STUDIES.search(after)
                and (not _adjective(text, parent) or _OFFICE.match(after))
            ):
                return parent, "state"
    return None


def _adjective(text: Text, state: Mention) -> bool:
    """Whether the state is told by its adjective, as in "Institute of Russian Studies"."""
    referent = text.referent(state)
    return state.text not in (referent.name, *referent.aliases)


def _of_state(after: str) -> bool:
    """Whether what follows a state's name or adjective is a body that only states have."""
    return bool(_STATE_BODY.match(after))


def _outer(text: Text, child: Mention, names: Sequence[Mention]) -> tuple[Mention, str] | None:
    """Return the body or state beside the name of `child` that it belongs to: "China's State Council"."""
    words = text.document.text
    beside = (n for n in names if 0 < child.start - n.end <= _FAR or 0 < n.start - child.end <= _FAR)
    for other in beside:
        if words[other.end : child.start] in ("'s ", "’s ", "?s ") and _owned(text, child, other):
            return other, "possessive"
        if other.type is EntityType.COUNTRY and other.end < child.start <= other.end + _FAR:
            between = words[other.end : child.start]
            before = between[0] in "'’" or between[1:2].isupper() or _adjective(text, other)
            if before and _POSTED.fullmatch(between) and _owned(text, child, other):
                return other, "post"
        listed = other.start > child.end and _LISTED.fullmatch(words, child.end, other.start)
        if listed and other.type is EntityType.COUNTRY and _listed_state(text, child, other):
            return other, "listed"
        if (
            other.type is EntityType.ORGANIZATION
            and other.start > child.end
            and _JOINED.fullmatch(words[child.end : other.start])
        ):
            return other, "joined"
        if listed and _houses(text, child, other):
            return other, "joined"
    return None


def _listed_state(text: Text, child: Mention, state: Mention) -> bool:
    """Whether a programme tells the state behind a holder's body: "Chairman, Committee on Tourism, Tajikistan;"."""
    words = text.document.text
    titled = _TITLED.search(words[max(0, child.start - 60) : child.start])
    ended = _ENDED.match(words, state.end)
    return bool(titled and ended) and _owned(text, child, state)


def _owned(text: Text, child: Mention, owner: Mention) -> bool:
    """Whether the body behind a possessive is the owner's part: "China's State Council", "MGIMO's Institute of ..."."""
    kind = text.referent(child).kind
    if owner.type is EntityType.ORGANIZATION and kind in _UNITS:
        return True
    return kind in _OWNED and bool(_STATE_HEADS.search(child.text))


def _level(body: Mention) -> int:
    """Return how high the kind of unit stands that the name ends in, from 0 up; 9 for what is no unit."""
    words = body.text.lower().split()
    return next((level for level, units in enumerate(_LEVELS) if {words[0], words[-1]} & units), 9)


def _houses(text: Text, child: Mention, other: Mention) -> bool:
    """Whether the body behind a comma holds the one before: "Department of Culture, Ministry of Information"."""
    outer = text.referent(other).kind
    if outer == "Government":
        return text.referent(child).kind == "Ministry"
    if _level(child) < _level(other):
        return True
    if other.text.isupper() and _INSTITUTE.search(child.text) and not child.text.isupper():
        return outer in _HOUSES
    institute = (
        _INSTITUTE.search(child.text) or text.referent(child).kind in ("Council", "Committee")
    ) and _TITLED.search(text.document.text[max(0, child.start - 40) : child.start])
    return bool(institute or _DEPARTMENT.search(child.text)) and outer in _HOUSES and not _DEPARTMENT.search(other.text)
