"""From the lines of a generation: its entities, one after the other, and how they hang together.

The lines are sorted, so that all lines about a subject stand together, and one pass is enough. Only what lists and
searches need is parsed. IRIs and words are interned as numbers: what hangs together is kept as pairs of these.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.catalogue.kinds import KINDS
from sco_graph.rdf import DCTERMS, ORG, OWL, PROV, QUARANTINE, RDF, SCHEMA, SCO, SKOS
from sco_graph.store import Generation

_BATCH = 20_000
_TYPE = RDF.term("type")
_NAMES = (SKOS.prefLabel, DCTERMS.term("title"))
_OTHER_NAMES = (SKOS.altLabel, SCO.abbreviation)
_DATES = (SCHEMA.startDate, DCTERMS.issued)
# What the facets of an entity are read from directly; see `facets`.
DIRECT = {
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
_WANTED = {
    f"<{predicate.value}>".encode()
    for predicate in (
        *DIRECT,
        *_NAMES,
        *_OTHER_NAMES,
        *_DATES,
        *(p for predicates in _NODES.values() for p in predicates),
        SCO.lastAttestedOn,
        SCO.status,
        SCO.modality,
        DCTERMS.isReplacedBy,
        OWL.deprecated,
        PROV.wasDerivedFrom,
    )
}
_Values = dict[NamedNode, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of a list.

    `ref` is its number; `day` is ISO 8601 or nothing; `planned` is what no document reports as having happened;
    `documents` is how many speak of it.
    """

    ref: int
    kind: str
    iri: str
    name: str
    others: tuple[str, ...]
    day: str
    planned: bool
    documents: int


@dataclass(slots=True)
class Links:
    """How entities hang together, by the numbers of what they are: pairs by relation, and posts.

    `posts` are (holder, post or -1, body or -1, whether it has ended, the last day on which it is attested).
    `read` counts the claims that each document gave, `triples` those of the knowledge.
    """

    refs: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, tuple[array[int], array[int]]] = field(
        default_factory=lambda: defaultdict(lambda: (array("i"), array("i")))
    )
    posts: list[tuple[int, int, int, bool, str]] = field(default_factory=list)
    read: Counter[int] = field(default_factory=Counter)
    triples: int = 0

    def ref(self, term: NamedNode | Literal | str) -> int:
        """Return the number of an IRI, or of the words of a literal: these begin with a quotation mark."""
        text = term if isinstance(term, str) else f'"{term.value}' if isinstance(term, Literal) else term.value
        return self.refs.setdefault(text, len(self.refs))

    def add(self, relation: str, one: int, other: int) -> None:
        """Note that `one` stands in `relation` to `other`."""
        ones, others = self.pairs[relation]
        ones.append(one)
        others.append(other)


def read(generation: Generation, links: Links) -> Iterator[Entity]:
    """Yield the entities that lists show, in the order of their IRIs; fill `links` on the way."""
    base = generation.base
    for subject, quads in groupby(_quads(generation, links), key=attrgetter("subject")):
        if not isinstance(subject, NamedNode):
            continue
        area, _, local = subject.value.removeprefix(base).partition("/")
        kind, _, name = local.partition("/")
        if area == "claim":
            _claim(base, quads, links)
        elif area == "id" and kind in KINDS and _has_page(name):
            found = _entity(base, subject.value, kind, list(quads), links)
            if found:
                yield found
        elif area == "id" and kind in _NODES:
            _node(kind, _values(quads), links)


def _has_page(name: str) -> bool:
    """Tell whether the last segment of an identifier can be that of a page: nothing that leads elsewhere."""
    decoded = unquote(name)
    return decoded not in {"", ".", ".."} and not set("/#\0") & set(decoded)


def _quads(generation: Generation, links: Links) -> Iterator[Quad]:
    wanted = (line for line in _counted(generation, links) if line.split(b" ", 2)[1] in _WANTED)
    while lines := b"".join(islice(wanted, _BATCH)):
        yield from parse(lines, RdfFormat.N_QUADS)


def _counted(generation: Generation, links: Links) -> Iterator[bytes]:
    for line in generation.lines():
        # Blanks stand only between terms and in literals, so that " <" behind the last quotation mark is a graph.
        quote = line.rfind(b'"')
        links.triples += b" <" not in line[quote:] if quote > 0 else line.count(b" <") == 2
        yield line


def _values(quads: Iterable[Quad]) -> _Values:
    """Return what the knowledge says of a subject."""
    found: _Values = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.object, (NamedNode, Literal)):
            found[quad.predicate].append(quad.object)
    return found


def _entity(base: str, iri: str, kind: str, quads: list[Quad], links: Links) -> Entity | None:
    values = _values(quads)
    retired = values.get(DCTERMS.isReplacedBy) or values.get(OWL.deprecated)
    if retired or not values.get(_TYPE):
        return None
    ref = links.ref(iri)
    for predicate, relation in DIRECT.items():
        for value in values.get(predicate, ()):
            links.add(relation, ref, links.ref(value))
    names = _words(values, _NAMES)
    others = _words(values, _OTHER_NAMES)
    name = next(iter([*names, *others]), iri.rpartition("/")[2])
    day = min(_words(values, _DATES), default="")
    if day:
        links.add("year", ref, links.ref(f'"{day[:4]}'))
    start = f"{base}graph/document/"
    graphs = {q.graph_name.value for q in quads if q.predicate == _TYPE and isinstance(q.graph_name, NamedNode)}
    documents = sum(graph.startswith(start) for graph in graphs)
    rest = tuple(sorted({*names, *others} - {name}))
    planned = SCO.planned in values.get(SCO.modality, ())
    return Entity(ref, kind, iri, name, rest, day, planned, documents)


def _words(values: _Values, predicates: Iterable[NamedNode]) -> list[str]:
    """Return the words of literals, by predicate, in order; white space is one blank."""
    return [
        words
        for predicate in predicates
        for words in sorted(" ".join(v.value.split()) for v in values.get(predicate, ()) if isinstance(v, Literal))
        if words
    ]


def _node(kind: str, values: _Values, links: Links) -> None:
    who, what, where = ([v for v in values.get(p, ()) if isinstance(v, NamedNode)] for p in _NODES[kind])
    for holder in who:
        one = links.ref(holder)
        if kind == "membership":
            ended = any(status == SCO.ended for status in values.get(SCO.status, ()))
            last = max(_words(values, (SCO.lastAttestedOn,)), default="")
            post, body = (min((links.ref(n) for n in nodes), default=-1) for nodes in (what, where))
            links.posts.append((one, post, body, ended, last))
        for value in what:
            links.add(f"{kind} as", one, links.ref(value))
            for place in where:
                links.add(f"{kind} of", links.ref(place), links.ref(value))
        for place in where:
            links.add(f"{kind} in", one, links.ref(place))


def _claim(base: str, quads: Iterable[Quad], links: Links) -> None:
    start = f"{base}id/document/"
    aside = NamedNode(base + QUARANTINE)
    named = (q.object for q in quads if isinstance(q.object, NamedNode) and q.graph_name != aside)
    sources = {node.value.partition("#")[0] for node in named}
    for source in sources:
        if source.startswith(start):
            links.read[links.ref(source)] += 1
