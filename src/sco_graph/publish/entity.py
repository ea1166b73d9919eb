"""The page of a person, organization, state, place, event, post, membership, participation, statement or other node."""

from __future__ import annotations

from pyoxigraph import NamedNode

from sco_graph.publish import facts, posts, saying, schema_org, taking_part
from sco_graph.publish.graph import RECORDS, TYPE, Graph
from sco_graph.publish.rows import Draft, Find, Found, draft_of, marks, of_kind, section
from sco_graph.publish.terms import broader
from sco_graph.publish.view import EntityPage, Piece, Row
from sco_graph.query import term_words
from sco_graph.rdf import DCTERMS, ORG, OWL, SCHEMA, SCO, SKOS

_DOCUMENTS = 6
"""How many of the documents that name a thing are listed."""


def page(graph: Graph, about: NamedNode, path: str) -> EntityPage:
    """Return the page of `about`, which the generation knows, at `path`."""
    kind = path.split("/")[1]
    order = dict.fromkeys((*_ORDER.get(kind, ()), *_SECTIONS))
    if kind != "person":
        del order["company"]
    found = [(key, _SECTIONS[key][2](graph, about)) for key in order]
    if kind in RECORDS:
        # Each claim says all of them, so their evidence stands once.
        found = [("facts", facts.without_evidence(found[0][1])), ("evidence", facts.evidence(graph, about)), *found[1:]]
    documents = facts.documents(graph, about)
    return EntityPage(
        iri=about.value,
        path=path,
        kind=kind,
        title=graph.name(about),
        types=_types(graph, about),
        aliases=tuple(sorted({*graph.words(about, SKOS.altLabel), *graph.words(about, SCO.abbreviation)})),
        same_as=facts.addresses(graph, about, OWL.sameAs),
        sources=facts.addresses(graph, about, DCTERMS.source),
        documents=tuple(Row((saying.value(graph, node),), day=day) for day, node in documents[:_DOCUMENTS]),
        more_documents=max(0, len(documents) - _DOCUMENTS),
        marks=marks(graph, about),
        sections=tuple(
            section(graph, key, _TITLES.get((kind, key), _SECTIONS[key][0]), _SECTIONS[key][1], rows)
            for key, rows in found
            if rows.drafts
        ),
        data=schema_org.entity(graph, about, kind),
    )


def _types(graph: Graph, about: NamedNode) -> tuple[Piece, ...]:
    """Return the classes of a thing by their names, without those that are wider than another."""
    classes = graph.nodes(about, TYPE)
    wider = {iri for node in classes for iri in broader(node.value)}
    named = {term_words(node.value): node for node in reversed(classes) if node.value not in wider}
    widest = next((words for words in _WIDE if words in named), None)
    narrow = {words: node for words, node in named.items() if words not in _WIDE or words == widest}
    if len(narrow) > 1 and widest:
        del narrow[widest]
    return tuple(Piece(words, node.value) for words, node in sorted(narrow.items()))


def _affiliations(predicate: NamedNode) -> Find:
    """Return a search for the standings of a state in bodies, or of states in a body."""

    def find(graph: Graph, about: NamedNode) -> Found:
        nodes, total = graph.related(predicate, about)
        affiliations = of_kind(graph, nodes, "affiliation")
        drafts = [draft_of(graph, n, Row(tuple(saying.affiliation(graph, n, about)))) for n in affiliations]
        return Found(sorted(drafts, key=_words), total - len(nodes) + len(affiliations))

    return find


def _words(draft: Draft) -> tuple[str, str]:
    return "".join(piece.text for piece in draft.row.pieces), draft.row.node or ""


_WIDE = ("country", "person", "event", "place", "organization", "role", "agent", "concept", "thing")
"""Words for classes that are told only of what has no narrower one, the first of these before the others."""

_SECTIONS: dict[str, tuple[str, str, Find]] = {
    "facts": ("Facts", "facts", facts.stated),
    "posts": ("Posts", "posts", posts.posts(ORG.member, ORG.member)),
    "people": ("People and their posts", "posts", posts.posts(ORG.organization, ORG.role)),
    "holders": ("Held by", "posts", posts.posts(ORG.role, ORG.organization)),
    "standing": ("Standing in organizations", "rows", _affiliations(SCO.affiliate)),
    "states": ("States", "rows", _affiliations(SCO.affiliatedWith)),
    "parts": ("Parts", "rows", facts.inverse(ORG.subOrganizationOf)),
    "subevents": ("Programme", "rows", facts.inverse(SCHEMA.superEvent)),
    "participants": ("Who took part", "rows", taking_part.participants),
    "events": ("Events", "rows", taking_part.events),
    "held-here": ("Events held here", "rows", facts.inverse(SCHEMA.location, grouped=True)),
    "places": ("Places in it", "names", facts.inverse(SCHEMA.containedInPlace)),
    "statements": ("Statements", "speech", taking_part.said(SCO.speaker)),
    "said": ("What was said there", "speech", taking_part.said(SCO.statedAt)),
    "company": ("With whom", "names", taking_part.company),
    "mentions": ("Spoken of by others", "speech", taking_part.said(SCHEMA.mentions)),
    "narrower": ("More exactly", "names", facts.inverse(SKOS.broader)),
    "evidence": ("The words it rests on", "evidence", lambda _graph, _about: Found((), 0)),
    "other": ("Other properties", "facts", facts.other),
}

_ORDER = {
    "person": ("posts", "events", "statements", "company", "mentions", "facts"),
    "organization": ("facts", "people", "events", "states", "standing", "parts"),
    "country": ("standing", "people", "events", "parts", "held-here"),
}
_TITLES = {
    ("event", "facts"): "When and where",
    ("organization", "events"): "Events it took part in",
    ("country", "events"): "Events it took part in",
}
