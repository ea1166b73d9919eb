"""From sorted lines: the entities that lists show, how they hang together, and which documents claims were read from.

Only what lists and searches need is parsed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from urllib.parse import unquote

from msgspec import Struct
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.spelling import sort_key, spelt
from sco_graph.rdf import DCTERMS, ORG, OWL, PROV, QUARANTINE, RDF, SCHEMA, SCO, SKOS

_TYPE = RDF.term("type")
_NAMES = (SKOS.prefLabel, DCTERMS.term("title"))
_OTHER_NAMES = (SKOS.altLabel, SCO.abbreviation)
_DATES = (SCHEMA.startDate, DCTERMS.issued)
# What the facets of an entity are read from directly; see `facets`.
_DIRECT = {
    SCHEMA.nationality: "nationality",
    SCHEMA.containedInPlace: "container",
    SCHEMA.location: "location",
    ORG.subOrganizationOf: "parent",
    DCTERMS.publisher: "publisher",
    DCTERMS.language: "language",
    _TYPE: "type",
}
_NODES = {
    "membership": (ORG.member, ORG.role, ORG.organization),
    "participation": (SCO.participant, SCO.capacity, SCO.event),
    "affiliation": (SCO.affiliate, SCO.standing, SCO.affiliatedWith),
}
_KNOWN = {
    f"<{predicate.value}>".encode()
    for predicate in (
        *_DIRECT,
        *_NAMES,
        *_OTHER_NAMES,
        *_DATES,
        *(p for predicates in _NODES.values() for p in predicates),
        SCO.lastAttestedOn,
        SCO.status,
        SCO.modality,
        DCTERMS.isReplacedBy,
        OWL.deprecated,
    )
}
_TYPED = f"<{_TYPE.value}>".encode()
_DERIVED = f"<{PROV.wasDerivedFrom.value}>".encode()
_IN_NO_GRAPH = b".\n"
_Values = dict[NamedNode, list[NamedNode | Literal]]


class Entity(Struct, frozen=True, array_like=True, gc=False):
    """One entity of a list.

    `spelt` and `sort` are what its names are found and put in order by (see `spelling`). `day` is ISO 8601 or nothing;
    `planned` is what no document reports as having happened; `documents` is how many speak of it. `related` are IRIs,
    and words behind a quotation mark, each with what it is to the entity.
    """

    kind: str
    iri: str
    name: str
    spelt: bytes
    sort: str
    day: str
    planned: bool
    documents: int
    related: tuple[tuple[str, str], ...]


class Node(Struct, frozen=True, array_like=True, gc=False):
    """A membership, participation or affiliation, by the IRIs of who, as what and where.

    A membership tells whether it has `ended`, and the `last` day on which it is attested.
    """

    kind: str
    who: tuple[str, ...]
    what: tuple[str, ...]
    where: tuple[str, ...]
    ended: bool
    last: str


class Gleaned(Struct, frozen=True, array_like=True):
    """What lines tell: entities, nodes, and how many claims were read from each document, by its IRI."""

    entities: tuple[Entity, ...]
    nodes: tuple[Node, ...]
    read: Mapping[str, int]


class Sieve:
    """Keeps of lines those that lists need: where `base` is that of the identifiers."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._claims = f"<{base}claim/".encode()
        self._listed = tuple(f"<{base}id/{kind}/".encode() for kind in (*KINDS, *_NODES))
        self._speaking = f"<{base}graph/document/".encode()
        self._aside = f"<{base}{QUARANTINE}> ".encode()

    def sift(self, lines: Iterable[bytes]) -> tuple[int, list[bytes]]:
        """Return how many of `lines` are triples of the knowledge, and those lines that lists need."""
        triples, kept = 0, []
        for line in lines:
            subject, predicate, value, rest = line.split(b" ", 3)
            # Blanks stand only between terms and in literals, so that " <" behind the last quotation mark is a graph.
            if rest == _IN_NO_GRAPH or (value[0] == 34 and b" <" not in line[line.rfind(b'"') :]):
                triples += 1
                if predicate in _KNOWN and b"#" not in subject and subject.startswith(self._listed):
                    kept.append(line)
            elif predicate == _TYPED:
                if rest.startswith(self._speaking) and b"#" not in subject and subject.startswith(self._listed):
                    kept.append(line)
            elif predicate == _DERIVED and subject.startswith(self._claims) and not rest.startswith(self._aside):
                kept.append(line)
        return triples, kept


def glean(lines: Sequence[bytes], base: str) -> Gleaned:
    """Return what `lines` tell, which are all that a `Sieve` keeps of some subjects."""
    known, speaking = [], defaultdict[str, set[bytes]](set)
    derived = set()
    start = f"<{base}id/document/".encode()
    for line in lines:
        subject, predicate, value, rest = line.split(b" ", 3)
        if predicate == _DERIVED:
            if value.startswith(start):
                derived.add((subject, value[1:-1].partition(b"#")[0]))
        elif predicate == _TYPED and rest != _IN_NO_GRAPH:
            speaking[subject[1:-1].decode()].add(rest)
        else:
            known.append(line)
    entities, nodes = [], []
    for iri, values in _subjects(known):
        kind, _, name = iri.removeprefix(f"{base}id/").partition("/")
        if kind in _NODES:
            nodes.append(_node(kind, values))
        elif _has_page(name) and (found := _entity(kind, iri, values, len(speaking.get(iri, ())))):
            entities.append(found)
    read = Counter(document.decode() for _, document in derived)
    return Gleaned(tuple(entities), tuple(nodes), dict(sorted(read.items())))


def _subjects(lines: Iterable[bytes]) -> Iterator[tuple[str, _Values]]:
    """Yield what the knowledge says of each subject."""
    for subject, quads in groupby(parse(b"".join(lines), RdfFormat.N_QUADS), key=attrgetter("subject")):
        yield subject.value, _values(quads)


def _has_page(name: str) -> bool:
    """Tell whether the last segment of an identifier can be that of a page: nothing that leads elsewhere."""
    decoded = unquote(name)
    return decoded not in {"", ".", ".."} and not set("/#\0") & set(decoded)


def _values(quads: Iterable[Quad]) -> _Values:
    found: _Values = defaultdict(list)
    for quad in quads:
        if isinstance(quad.object, (NamedNode, Literal)):
            found[quad.predicate].append(quad.object)
    return found


def _entity(kind: str, iri: str, values: _Values, documents: int) -> Entity | None:
    retired = values.get(DCTERMS.isReplacedBy) or values.get(OWL.deprecated)
    if retired or not values.get(_TYPE):
        return None
    names = _words(values, _NAMES)
    others = _words(values, _OTHER_NAMES)
    name = next(iter([*names, *others]), iri.rpartition("/")[2])
    day = min(_words(values, _DATES), default="")
    related = [(what, _text(value)) for predicate, what in _DIRECT.items() for value in values.get(predicate, ())]
    if day:
        related.append(("year", f'"{day[:4]}'))
    found_by = spelt(kind, name, sorted({*names, *others} - {name}))
    planned = SCO.planned in values.get(SCO.modality, ())
    return Entity(kind, iri, name, found_by, sort_key(name), day, planned, documents, tuple(related))


def _text(value: NamedNode | Literal) -> str:
    return f'"{value.value}' if isinstance(value, Literal) else value.value


def _words(values: _Values, predicates: Iterable[NamedNode]) -> list[str]:
    """Return the words of literals, by predicate, in order; white space is one blank."""
    return [
        words
        for predicate in predicates
        for words in sorted(" ".join(v.value.split()) for v in values.get(predicate, ()) if isinstance(v, Literal))
        if words
    ]


def _node(kind: str, values: _Values) -> Node:
    ended = SCO.ended in values.get(SCO.status, ())
    last = max(_words(values, (SCO.lastAttestedOn,)), default="")
    who, what, where = (tuple(v.value for v in values.get(p, ()) if isinstance(v, NamedNode)) for p in _NODES[kind])
    return Node(kind, who, what, where, ended, last)
