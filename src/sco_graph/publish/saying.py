"""Nodes and claims in words: the pieces of a row, with what is to be linked in them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from sco_graph.publish.graph import RECORDS, TYPE, Graph, Value
from sco_graph.publish.view import Piece
from sco_graph.query import term_words
from sco_graph.rdf import ORG, SCHEMA, SCO, SKOS

# One claim says this of a membership, and another does not.
_SAID_APART = {SCO.tenure, ORG.memberDuring}
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


def node(graph: Graph, about: NamedNode) -> list[Piece]:
    """Return what a membership, participation, statement or affiliation says; any other node is only named."""
    kind = about.value.removeprefix(f"{graph.base}id/").partition("/")[0]
    match kind:
        case "membership":
            return post(graph, about)
        case "participation":
            who = [*_part(graph, about, "", SCO.participant, ", "), *_part(graph, about, "", SCO.capacity)]
            return [*who, *_part(graph, about, " – ", SCO.event)]
        case "affiliation":
            return affiliation(graph, about)
        case "statement":
            return speech(graph, about)
    return [value(graph, about)]


def post(graph: Graph, about: NamedNode, without: NamedNode | None = None) -> list[Piece]:
    """Return who holds which post in which body by a membership; `without` is not named again."""
    pieces = [*_part(graph, about, "", ORG.member, "", without), *_part(graph, about, " – ", ORG.role, "", without)]
    return _begun([*pieces, *_part(graph, about, " – ", ORG.organization, "", without)])


def attended(graph: Graph, about: NamedNode) -> list[Piece]:
    """Return the event of a participation, and the capacity."""
    return [*_part(graph, about, "", SCO.event), *_part(graph, about, " – ", SCO.capacity)]


def affiliation(graph: Graph, about: NamedNode, without: NamedNode | None = None) -> list[Piece]:
    """Return who has which standing in which body, and since when; `without` is not named again."""
    who = [*_part(graph, about, "", SCO.affiliate, "", without), *_part(graph, about, " – ", SCO.standing)]
    where = _part(graph, about, " – ", SCO.affiliatedWith, "", without)
    times = [*_part(graph, about, " since ", SCHEMA.startDate), *_part(graph, about, " until ", SCHEMA.endDate)]
    return _begun([*who, *where, *times])


def speech(graph: Graph, about: NamedNode, without: NamedNode | None = None) -> list[Piece]:
    """Return who said what, where, and of whom; `without` is not named again."""
    said = [Piece(text, quoted=True) for text in graph.words(about, SCHEMA.text)]
    where = _part(graph, about, " – at ", SCO.statedAt, "", without)
    return [*_part(graph, about, "", SCO.speaker, ": ", without), *said, *where]


def _part(
    graph: Graph, about: NamedNode, before: str, predicate: NamedNode, after: str = "", without: NamedNode | None = None
) -> list[Piece]:
    found = values(graph, (term for term in graph.objects(about, predicate) if term != without))
    return [piece for piece in (Piece(before), *found, Piece(after)) if piece.text] if found else []


def _begun(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without a dash before the first of them."""
    return pieces[1:] if pieces and pieces[0].text == " – " else pieces


def claim(graph: Graph, iri: str) -> list[list[Piece]]:
    """Return what a claim says, a line for each of the nodes and plain triples in it."""
    said = graph.store.quads_for_pattern(None, None, None, NamedNode(iri))
    quads = sorted(said, key=lambda q: (str(q.subject), q.predicate == SCHEMA.endDate, str(q)))
    starts = tuple(f"{graph.base}id/{kind}/" for kind in RECORDS)
    nodes = {q.subject for q in quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(starts)}
    lines = {about: node(graph, about) for about in sorted(nodes, key=lambda n: n.value)}
    plain = []
    for quad in quads:
        subject, term = quad.subject, quad.object
        if quad.predicate in NAMING or not isinstance(subject, NamedNode) or not isinstance(term, (NamedNode, Literal)):
            continue
        if subject not in nodes:
            words = Piece(f" – {term_words(quad.predicate.value)}: ")
            plain.append([value(graph, subject), words, value(graph, term)])
        elif quad.predicate in _SAID_APART:
            lines[subject] += [Piece(", "), value(graph, term)]
    return [*lines.values(), *plain]


def in_one_line(graph: Graph, iri: str) -> list[Piece]:
    """Return what a claim says, all in one line."""
    return [piece for line in claim(graph, iri) for piece in (Piece("; "), *line)][1:]
