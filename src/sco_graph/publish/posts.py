"""Posts on a time axis: since and until when they are said to be held, and when documents tell that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pyoxigraph import NamedNode

from sco_graph.publish import saying
from sco_graph.publish.graph import Graph
from sco_graph.publish.rows import Draft, Find, Found, draft_of, of_kind
from sco_graph.publish.view import ROWS, Bar, Row
from sco_graph.rdf import ORG, SCHEMA, SCO

AXIS = 1000
"""The length of a time axis, in the units of its bars."""

_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_STEPS = (1, 2, 5, 10, 20, 50, 100, 500, 2000)
_MOST_LABELS = 6
_POINT = 8

_Stretch = tuple[str, float, float]
"""A kind of bar, and its begin and end in years ("2022-07-02" is about 2022.5)."""


def posts(predicate: NamedNode, by: NamedNode) -> Find:
    """Return a search for the memberships that name a thing by `predicate`, ordered by the name of what `by` gives."""

    def find(graph: Graph, about: NamedNode) -> Found:
        nodes, total = graph.related(predicate, about)
        found = [
            (_order(graph, n, by), _draft(graph, n, about), _stretches(graph, n))
            for n in of_kind(graph, nodes, "membership")
        ]
        found.sort(key=lambda entry: entry[0])
        shown = found[:ROWS]
        labels, scale = _axis([stretch for _, _, stretches in shown for stretch in stretches])
        drafts = [
            replace(draft, row=replace(draft.row, bars=tuple(_bar(stretch, *scale) for stretch in stretches)))
            for _, draft, stretches in shown
        ]
        return Found(drafts, total - len(nodes) + len(found), axis=labels)

    return find


def _order(graph: Graph, node: NamedNode, by: NamedNode) -> tuple[str, str, str]:
    names = ", ".join(graph.name(n) for n in graph.nodes(node, by)) if by != ORG.member else ""
    days = [*(begin for begin, _ in _spans(graph, node) if begin), *graph.words(node, SCO.firstAttestedOn)]
    return names.casefold(), min(days, default=""), node.value


def _draft(graph: Graph, node: NamedNode, about: NamedNode) -> Draft:
    pieces = tuple(saying.post(graph, node, about))
    return draft_of(graph, node, Row(pieces, times=_times(graph, node)))


def _spans(graph: Graph, node: NamedNode) -> list[tuple[str, str]]:
    """Return from when to when a membership is said to last, either empty."""
    return [
        (
            min(graph.words(interval, SCHEMA.startDate), default=""),
            min(graph.words(interval, SCHEMA.endDate), default=""),
        )
        for interval in graph.nodes(node, ORG.memberDuring)
    ]


def _times(graph: Graph, node: NamedNode) -> tuple[str, ...]:
    """Return in words when a post was held."""
    told = [graph.name(interval) for interval in graph.nodes(node, ORG.memberDuring)]
    first, last = (min(graph.words(node, p), default="") for p in (SCO.firstAttestedOn, SCO.lastAttestedOn))
    if first:
        told.append(f"attested on {first}" if first == last else f"attested from {first} to {last}")
    if SCO.current in graph.nodes(node, SCO.status):
        told.append("held when last attested")
    return tuple(told)


def _stretches(graph: Graph, node: NamedNode) -> list[_Stretch]:
    found: list[_Stretch] = []
    first, last = (min(graph.words(node, p), default="") for p in (SCO.firstAttestedOn, SCO.lastAttestedOn))
    for begin, end in _spans(graph, node):
        if begin or end:
            # Nothing is assumed of the days after a post was last attested.
            begin, end = begin or first or end, end or last or begin
            found += _stretch("said", begin, max(begin, end))
    found += _stretch("attested", first, last)
    for kind, predicate in (("held", SCO.heldOn), ("over", SCO.notHeldOn)):
        for day in graph.words(node, predicate):
            found += _stretch(kind, day, day)
    return found


def _stretch(kind: str, begin: str, end: str) -> list[_Stretch]:
    first, last = _years(begin), _years(end)
    return [(kind, first[0], last[1])] if first and last else []


def _years(day: str) -> tuple[float, float] | None:
    """Return where a date, as precise as it is, begins and ends, in years; None for what is no date."""
    match = _DATE.fullmatch(day)
    if match is None:
        return None
    year, month, number = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not month:
        return float(year), year + 1.0
    if not number:
        return year + (month - 1) / 12, year + month / 12
    begin = year + (date(2001, month, max(1, min(number, 28))).timetuple().tm_yday - 1) / 365
    return begin, begin + 1 / 365


def _axis(stretches: Sequence[_Stretch]) -> tuple[tuple[str, ...], tuple[float, float]]:
    """Return the years at the ticks of an axis that holds all stretches, and its begin and end."""
    if not stretches:
        return (), (0.0, 1.0)
    low, high = int(min(s[1] for s in stretches)), max(s[2] for s in stretches)
    step = next(step for step in _STEPS if (high - low // step * step) / step <= _MOST_LABELS)
    begin = low // step * step
    count = max(1, int(-(-(high - begin) // step)))
    return tuple(str(begin + n * step) for n in range(count)), (begin, begin + count * step)


def _bar(stretch: _Stretch, begin: float, end: float) -> Bar:
    kind, first, last = stretch
    at = round((first - begin) / (end - begin) * AXIS)
    width = _POINT if kind in {"held", "over"} else max(_POINT, round((last - first) / (end - begin) * AXIS))
    return Bar(kind, min(at, AXIS - width), width)
