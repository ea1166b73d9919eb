"""Authority data: what is known of states, bodies, office holders and events before any document is read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec
from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.model import EntityType
from sco_graph.rdf import DEFAULT_BASE, FOAF, ORG, RDF, SCHEMA, SCO, SKOS, without_diacritics
from sco_graph.resolve.names import normalise

# The narrower type wins: a state is an organization and a place too.
_TYPES = (
    (SCHEMA.Country, EntityType.COUNTRY),
    (FOAF.Person, EntityType.PERSON),
    (SCHEMA.Event, EntityType.EVENT),
    (ORG.Organization, EntityType.ORGANIZATION),
    (SCHEMA.Place, EntityType.PLACE),
)
_Values = defaultdict[str, defaultdict[str, list[str]]]


# A name of a state or a body is matched whole. Persons have namesakes, and an event's name returns every year: these
# entries are compared like any mention, by all that is known of them.
COMPARED = frozenset({EntityType.PERSON, EntityType.EVENT})


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One entity of the authority data: its IRI, type, names (the preferred one first), ISO code and parents.

    `posts` are a person's, as (title, IRI of the body), `states` the states whose citizen the person is; `dates` are an
    event's, as (first, last) in ISO 8601, and `places` the IRIs of where it was held.
    """

    iri: str
    type: EntityType
    labels: tuple[str, ...]
    code: str | None = None
    parents: tuple[str, ...] = ()
    posts: tuple[tuple[str, str], ...] = ()
    states: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def latin(self) -> tuple[str, ...]:
        """The names in Latin letters, the preferred one first."""
        return tuple(label for label in self.labels if without_diacritics(label).isascii())


class Authority:
    """The authority entries, found by normalised name or by ISO code."""

    def __init__(self, entries: Iterable[AuthorityEntry] = ()) -> None:
        self.by_iri: dict[str, AuthorityEntry] = {}
        self._by_name: dict[tuple[EntityType, str], AuthorityEntry] = {}
        self._by_code: dict[str, AuthorityEntry] = {}
        for entry in sorted(entries, key=lambda e: e.iri):
            self.by_iri[entry.iri] = entry
            for label in entry.labels:
                self._by_name.setdefault((entry.type, normalise(label)), entry)
            if entry.code:
                self._by_code.setdefault(entry.code, entry)

    @cached_property
    def digest(self) -> str:
        """A hash of all that `named` and `coded` answer from."""
        matched = [e for e in self.by_iri.values() if e.type not in COMPARED or e.code]
        told = (msgspec.json.encode((e.iri, e.type, e.labels, e.code)) for e in matched)
        return hashlib.sha256(b"\n".join(told)).hexdigest()

    def named(self, type_: EntityType, name: str) -> AuthorityEntry | None:
        """Return the entry of that type with that name, or None; none of the types that are compared."""
        return None if type_ in COMPARED else self._by_name.get((type_, normalise(name)))

    def compared(self) -> Iterator[AuthorityEntry]:
        """Yield the persons and events, by IRI."""
        return (entry for entry in self.by_iri.values() if entry.type in COMPARED)

    def coded(self, code: str | None) -> AuthorityEntry | None:
        """Return the state with that ISO 3166-1 alpha-2 code, or None."""
        return self._by_code.get(code) if code else None


def rebased(quads: Iterable[Quad], base: str) -> list[Quad]:
    """Return `quads` with the identifiers of the default base moved to `base`."""
    if base == DEFAULT_BASE:
        return list(quads)
    return [_moved(quad, base) for quad in quads]


def _moved(quad: Quad, base: str) -> Quad:
    subject, value = quad.subject, quad.object
    if isinstance(subject, NamedNode):
        subject = _moved_iri(subject, base)
    if isinstance(value, NamedNode):
        value = _moved_iri(value, base)
    return Quad(subject, quad.predicate, value, quad.graph_name)


def _moved_iri(iri: NamedNode, base: str) -> NamedNode:
    if iri.value.startswith(DEFAULT_BASE + "id/"):
        return NamedNode(base + iri.value.removeprefix(DEFAULT_BASE))
    return iri


def entries(quads: Iterable[Quad]) -> list[AuthorityEntry]:
    """Return the entities that `quads` type and name."""
    by_subject: _Values = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            by_subject[quad.subject.value][quad.predicate.value].append(quad.object.value)
    posts = _posts(by_subject)
    found = (_entry(iri, values, posts) for iri, values in list(by_subject.items()))
    return [entry for entry in found if entry]


def _entry(
    iri: str, values: Mapping[str, list[str]], posts: Mapping[str, list[tuple[str, str]]]
) -> AuthorityEntry | None:
    types = set(values[RDF.term("type").value])
    type_ = next((t for cls, t in _TYPES if cls.value in types), None)
    labels = [
        *values[SKOS.prefLabel.value],
        *sorted(values[SKOS.altLabel.value]),
        *sorted(values[SCO.abbreviation.value]),
    ]
    if not type_ or not labels:
        return None
    starts, ends = values[SCHEMA.startDate.value], values[SCHEMA.endDate.value]
    return AuthorityEntry(
        iri,
        type_,
        tuple(labels),
        next(iter(values[SCO.isoCode.value]), None),
        tuple(sorted(values[ORG.subOrganizationOf.value])),
        tuple(sorted(posts.get(iri, ()))),
        tuple(sorted(values[SCHEMA.nationality.value])),
        ((starts[0], (ends or starts)[0]),) if starts else (),
        tuple(sorted(values[SCHEMA.location.value])),
    )


def _posts(by_subject: _Values) -> Mapping[str, list[tuple[str, str]]]:
    """Return the posts of each person, as (title, IRI of the body)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for values in list(by_subject.values()):
        titles = [t for role in values[ORG.role.value] for t in by_subject[role][SKOS.prefLabel.value]]
        for person in values[ORG.member.value]:
            found[person] += [(title, body) for title in titles for body in values[ORG.organization.value]]
    return found
