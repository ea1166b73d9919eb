"""Nodes and claims in words: the pieces of a row, with what is to be linked in them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from sco_graph.publish.graph import TYPE, Graph, Value
from sco_graph.publish.view import Piece
from sco_graph.query import term_words
from sco_graph.rdf import ORG, SCHEMA, SCO, SKOS

NAMING = {TYPE, SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation}


def value(graph: Graph, term: Value) -> Piece:
    """Return one value: a name that links, or the words of a literal."""
    if isinstance(term, Literal):
        return Piece(term.value, quoted=term.language is not None)
    return Piece(graph.name(term), term.value)


def values(graph: Graph, terms: Iterable[Value]) -> list[Piece]:
    """Return values, separated by commas."""
    pieces: list[Piece] = []
    for term in terms:
        pieces += [Piece(", "), value(graph, term)] if pieces else [value(graph, term)]
    return pieces


def node(graph: Graph, about: NamedNode, without: NamedNode | None = None) -> list[Piece]:
    """Return what a membership, participation, statement or affiliation says; `without` is not named again."""
    kind = about.value.removeprefix(f"{graph.base}id/").partition("/")[0]

    def part(before: str, predicate: NamedNode, after: str = "") -> list[Piece]:
        terms = [term for term in graph.objects(about, predicate) if term != without]
        found = values(graph, terms)
        return [Piece(before), *found, Piece(after)] if found else []

    match kind:
        case "membership":
            pieces = [*part("", ORG.member, ": "), *part("", ORG.role), *part(" – ", ORG.organization)]
            pieces += part(", ", ORG.memberDuring)
        case "participation":
            pieces = [*part("", SCO.participant, ", "), *part("", SCO.capacity), *part(" – ", SCO.event)]
        case "affiliation":
            pieces = [*part("", SCO.affiliate, ", "), *part("", SCO.standing), *part(" – ", SCO.affiliatedWith)]
            pieces += [*part(" since ", SCHEMA.startDate), *part(" until ", SCHEMA.endDate)]
        case "statement":
            said = [Piece(text, quoted=True) for text in graph.words(about, SCHEMA.text)]
            pieces = [*part("", SCO.speaker, ": "), *said, *part(" – at ", SCO.statedAt)]
        case _:
            pieces = [value(graph, about)]
    return [piece for piece in pieces if piece.text]


def claim(graph: Graph, iri: str) -> list[list[Piece]]:
    """Return what a claim says, a line for each of the nodes and plain triples in it."""
    said = graph.store.quads_for_pattern(None, None, None, NamedNode(iri))
    quads = sorted(said, key=lambda q: (str(q.subject), q.predicate == SCHEMA.endDate, str(q)))
    starts = tuple(f"{graph.base}id/{kind}/" for kind in ("membership", "participation", "statement", "affiliation"))
    nodes = {q.subject for q in quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(starts)}
    lines = [node(graph, about) for about in sorted(nodes, key=lambda n: n.value)]
    for quad in quads:
        subject, term = quad.subject, quad.object
        if subject in nodes or quad.predicate in NAMING:
            continue
        if isinstance(subject, NamedNode) and isinstance(term, (NamedNode, Literal)):
            words = Piece(f" – {term_words(quad.predicate.value)}: ")
            lines.append([value(graph, subject), words, value(graph, term)])
    return lines
