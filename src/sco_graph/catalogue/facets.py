"""Which values each entity has for each facet, from how entities hang together. Numbers are those of `Links`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.links import Links
from sco_graph.rdf import SCHEMA, SCO

_COUNTRY, _DOCUMENT = (list(KINDS).index(kind) for kind in ("country", "document"))
_KIND_OF_TYPES = {SCHEMA.Article.value, SCHEMA.CreativeWork.value}
_Rated = tuple[tuple[bool, str, bool, bool], tuple[int, int]]
Pairs = Iterator[tuple[int, int]]


class Facets:
    """The values of facets; `kinds` has the kind of each entity, as its place among `KINDS`, by the entity's number."""

    def __init__(self, links: Links, kinds: Sequence[int], terms: Sequence[str]) -> None:
        """`terms` are the IRIs and words behind the numbers."""
        self._links = links
        self._kinds = kinds
        self._terms = terms
        self._above = {name: self._map(name) for name in ("parent", "container")}
        self._years = self._map("year")
        self.state_of = cache(self._state_of)

    def pairs(self, kind: str, facet: str) -> Pairs:
        """Yield (entity, value) for the entities of `kind`; some may come twice, others are of other kinds."""
        match kind, facet:
            case _, "type":
                return self._types()
            case "person", "state":
                return self._states("nationality", "membership in")
            case "organization", "state":
                return self._states("parent")
            case "place", "state":
                return self._states("container")
            case "event", "state":
                return self._states("location")
            case "person", "year":
                return ((one, year) for one, event in self._pairs("participation in") for year in self._years[event])
            case "event", "capacity":
                return self._pairs("participation of")
            case "role", "body":
                return ((post, body) for body, post in self._pairs("membership of"))
        return self._pairs(_RELATIONS.get(facet, facet))

    def _state_of(self, ref: int) -> frozenset[int]:
        """Return the states that `ref` is, belongs to or lies in, by way of bodies and places between."""
        found, seen, ahead = set(), {ref}, [ref]
        while ahead:
            one = ahead.pop()
            if self._kinds[one] == _COUNTRY:
                found.add(one)
                continue
            above = {*self._above["parent"][one], *self._above["container"][one]} - seen
            seen |= above
            ahead += above
        return frozenset(found)

    def _states(self, *relations: str) -> Pairs:
        for relation in relations:
            for one, other in self._pairs(relation):
                for state in self.state_of(other):
                    yield one, state

    def _types(self) -> Pairs:
        for one, value in self._pairs("type"):
            iri = self._terms[value]
            narrow = iri.startswith(SCHEMA) and iri not in _KIND_OF_TYPES
            if iri.startswith(SCO) or (narrow and self._kinds[one] == _DOCUMENT):
                yield one, value

    def _pairs(self, relation: str) -> Pairs:
        return zip(*self._links.pairs[relation], strict=True)

    def _map(self, relation: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for one, other in self._pairs(relation):
            found[one].append(other)
        return found


_RELATIONS = {
    "body": "membership in",
    "post": "membership as",
    "capacity": "participation as",
    "standing": "affiliation as",
    "place": "location",
}


def chief_posts(posts: Iterable[tuple[int, int, int, bool, str]], terms: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return the post and body that tell best who a person is: not ended, attested last, named in full.

    Of several as good, those whose IRIs among `terms` come first.
    """
    best: dict[int, _Rated] = {}
    for holder, post, body, ended, last in posts:
        found = (not ended, last, post >= 0, body >= 0), (post, body)
        if holder not in best or _better(found, best[holder], terms):
            best[holder] = found
    return {holder: chosen for holder, (_, chosen) in best.items()}


def _better(one: _Rated, other: _Rated, terms: Sequence[str]) -> bool:
    if one[0] != other[0]:
        return one[0] > other[0]
    first, second = ([terms[ref] if ref >= 0 else "" for ref in refs] for _, refs in (one, other))
    return first < second
