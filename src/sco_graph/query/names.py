"""Names that people give, and what they mean: an IRI, a prefixed name, a path below the base, or a label."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Variable

from sco_graph.errors import AmbiguousName, UnknownName
from sco_graph.query.source import Patterns, Source
from sco_graph.rdf import DCTERMS, ORG, PREFIXES, RDF, RDFS, SCHEMA, SCO, SKOS

LABELS = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation, DCTERMS.term("title"), RDFS.label)
"""The properties that hold names, the preferred one first."""

_PATH = re.compile(r"(?:id/|claim/)?[a-z]+/[A-Za-z0-9._%~-]+(?:#char=\d+,\d+)?")
_HASH = re.compile(r"[0-9a-f]{12}")
_SCHEME = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

_ANY_CASE = """SELECT DISTINCT ?name ?thing {
  ?thing skos:prefLabel|skos:altLabel|sco:abbreviation ?label . FILTER(LCASE(STR(?label)) = LCASE(?name))
}"""


_WORDS = {
    ORG.subOrganizationOf.value: "part of",
    SCHEMA.superEvent.value: "part of",
    SCHEMA.containedInPlace.value: "lies in",
    SCHEMA.startDate.value: "begins",
    SCHEMA.endDate.value: "ends",
    SCHEMA.location.value: "place",
    SCO.attendanceCount.value: "people present",
    SCO.attendanceQualifier.value: "hedged as",
    SCO.isoCode.value: "ISO 3166-1 code",
    SKOS.broader.value: "kind of",
    SKOS.prefLabel.value: "name",
    SKOS.altLabel.value: "other name",
    DCTERMS.source.value: "source",
    RDF.term("type").value: "is",
}


def resolve(generation: Source, name: str) -> NamedNode:
    """Return the thing in the graph that `name` means.

    Tried in this order: a full IRI (with or without angle brackets); a prefixed name (`sco:speaker`); a path below
    the base (`person/zhang-ming`, `id/person/zhang-ming`, `claim/0123456789ab`); the hash of a claim; a preferred
    or other label or abbreviation, exactly; the same whatever its case.

    Raises UnknownName if nothing in the graph is called so, AmbiguousName if more than one thing is.
    """
    found = candidates(generation, name)
    if not found:
        raise UnknownName("entity or claim called", name)
    if len(found) > 1:
        raise AmbiguousName(name, tuple(node.value for node in found))
    return found[0]


def candidates(generation: Source, name: str) -> tuple[NamedNode, ...]:
    """Return all things that `name` can mean by the first rule of `resolve` that finds any, ordered by IRI."""
    name = name.strip()
    store = generation.store()
    for iri in _iris(generation.base, name):
        if _is_known(store, NamedNode(iri)):
            return (NamedNode(iri),)
    exact = {
        quad.subject
        for label in (Literal(name, language="en"), Literal(name))
        for predicate in LABELS
        for quad in store.quads_for_pattern(None, predicate, label, DefaultGraph())
    }
    return _ordered(exact) or _ordered(_called(store, name))


def labels(store: Patterns, nodes: Iterable[NamedNode]) -> dict[str, str]:
    """Return a label for each IRI that has one in the knowledge: the preferred, else the first of the others."""
    found: dict[str, str] = {}
    for node in nodes:
        for predicate in LABELS:
            quads = store.quads_for_pattern(node, predicate, None, DefaultGraph())
            values = sorted(q.object.value for q in quads if isinstance(q.object, Literal))
            if values:
                found[node.value] = values[0]
                break
    return found


def term_words(iri: str) -> str:
    """Return the words for a property, class or concept of a vocabulary.

    >>> term_words("https://w3id.org/sco-graph/ontology#CouncilMeeting")
    'council meeting'
    """
    if iri in _WORDS:
        return _WORDS[iri]
    local = iri.rpartition("#")[2].rpartition("/")[2]
    if not local.isidentifier():
        return iri
    apart = "".join(
        f" {c.lower()}" if c.isupper() and i and not local[i - 1].isupper() else c for i, c in enumerate(local)
    )
    return apart if local.isupper() else apart[:1].lower() + apart[1:]


def _iris(base: str, name: str) -> Iterable[str]:
    bare = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    if _SCHEME.fullmatch(bare):
        yield bare
    prefix, _, local = name.partition(":")
    if prefix in PREFIXES and re.fullmatch(r"[\w.-]+", local):
        yield PREFIXES[prefix] + local
    if _PATH.fullmatch(name):
        yield base + name
        yield f"{base}id/{name}"
    if _HASH.fullmatch(name):
        yield f"{base}claim/{name}"


def _is_known(store: Patterns, node: NamedNode) -> bool:
    patterns = ((node, None, None), (None, None, node), (None, node, None))
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


def _called(store: Patterns, name: str) -> set[NamedNode]:
    rows = store.query(_ANY_CASE, prefixes=dict(PREFIXES), substitutions={Variable("name"): Literal(name)})
    return {row["thing"] for row in rows}


def _ordered(nodes: Iterable[object]) -> tuple[NamedNode, ...]:
    return tuple(sorted((n for n in nodes if isinstance(n, NamedNode)), key=lambda node: node.value))
