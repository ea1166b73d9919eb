"""Kinds of claim, one module each: its value, how texts say it, its RDF. A new kind is listed in `KINDS`."""

from __future__ import annotations

from collections.abc import Iterator

from sco_graph.claims.attendance import Attendance
from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.claims.statement import Statement
from sco_graph.claims.sub_event import SubEvent
from sco_graph.claims.term import Term
from sco_graph.claims.theme import Theme
from sco_graph.model import Text

KINDS: dict[str, type[Claim]] = {
    kind.kind: kind
    for kind in (Role, Term, PartOf, EventDate, EventPlace, Participation, SubEvent, Theme, Attendance, Statement)
}


def claims_of(text: Text) -> Iterator[Claim]:
    """Yield the claims of every kind that `text` makes, kind by kind; each claim (by its key) once."""
    for kind in KINDS.values():
        seen: set[tuple[str, ...]] = set()
        for claim in kind.extract(text):
            if (identity := claim.identity()) not in seen:
                seen.add(identity)
                yield claim
