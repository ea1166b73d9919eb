"""Authority data: what is known of states and bodies before any document is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.model import EntityType
from sco_graph.rdf import DEFAULT_BASE, FOAF, ORG, RDF, SCHEMA, SCO, SKOS
from sco_graph.resolve.names import normalise

# The narrower type wins: a state is an organization and a place too.
_TYPES = (
    (SCHEMA.Country, EntityType.COUNTRY),
    (FOAF.Person, EntityType.PERSON),
    (SCHEMA.Event, EntityType.EVENT),
    (ORG.Organization, EntityType.ORGANIZATION),
    (SCHEMA.Place, EntityType.PLACE),
)


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One entity of the authority data: its IRI, type, names (the preferred one first), ISO code and parents."""

    iri: str
    type: EntityType
    labels: tuple[str, ...]
    code: str | None = None
    parents: tuple[str, ...] = ()


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

    def named(self, type_: EntityType, name: str) -> AuthorityEntry | None:
        """Return the entry of that type with that name, or None."""
        return self._by_name.get((type_, normalise(name)))

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
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            by_subject[quad.subject.value][quad.predicate.value].append(quad.object.value)
    found = []
    for iri, values in by_subject.items():
        types = set(values[RDF.term("type").value])
        type_ = next((t for cls, t in _TYPES if cls.value in types), None)
        labels = [
            *values[SKOS.prefLabel.value],
            *sorted(values[SKOS.altLabel.value]),
            *sorted(values[SCO.abbreviation.value]),
        ]
        if type_ and labels:
            code = values[SCO.isoCode.value]
            parents = tuple(sorted(values[ORG.subOrganizationOf.value]))
            found.append(AuthorityEntry(iri, type_, tuple(labels), code[0] if code else None, parents))
    return found
