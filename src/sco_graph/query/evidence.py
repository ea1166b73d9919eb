"""The evidence for an answer: which words of which documents a row rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from sco_graph.passages import Passage, passage
from sco_graph.query.source import Patterns, Source
from sco_graph.query.values import Row
from sco_graph.rdf import DCTERMS, NIF, PROV, PROVENANCE, QUARANTINE, SCO

_Values = dict[NamedNode, list[NamedNode | Literal]]
_NODES = ("membership", "participation", "statement")
_CLAIMS, _DOCUMENTS = 4096, 64


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A claim, and one of the stretches of text that it was read from.

    `kind` is the claim's kind ("role"), `modality` "asserted", "planned" or "denied"; `attested` the document's
    date and `published` the same as the document has it, ISO 8601, or None; `begin` and `end` count code points of the
    document's text; `passage` is the sentence around them.
    """

    claim: str
    kind: str
    rule: str
    confidence: float
    modality: str
    attested: str | None
    document: str
    title: str | None
    published: str | None
    begin: int
    end: int
    quote: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    title: str | None
    published: str | None
    text: str | None


def evidence_for(generation: Source, row: Row, kinds: Sequence[str] = ()) -> tuple[EvidenceItem, ...]:
    """Return what a solution rests on, ordered by date, document, place in the text and claim.

    If the row holds claims, it is these, be they set aside. Else, if it holds memberships, participations or
    statements, the claims that tell of them. Else, of the claims of `kinds` (all, if empty), those that no other claim
    outdoes: each holds terms of the row, one of them an entity, that no other claim holds all of with more besides; at
    least two if there are two.
    """
    store, base = generation.store(), generation.base
    nodes = [term for term in row if isinstance(term, NamedNode)]
    claims = {node for node in nodes if node.value.startswith(f"{base}claim/")}
    starts = tuple(f"{base}id/{kind}/" for kind in _NODES)
    exact = [node for node in nodes if node.value.startswith(starts)]
    claims = claims or {claim for node in exact for claim in claims_about(store, base, node)}
    # A membership of the authority data alone rests on no document.
    found = evidence_of(generation, claims if claims or exact else _closest(store, base, row, kinds))
    found = found or evidence_of(generation, claims, QUARANTINE)
    return tuple(item for item in found if not kinds or item.kind in kinds)


def claims_about(store: Patterns, base: str, node: NamedNode) -> set[NamedNode]:
    """Return the claims whose triples have `node` as subject or object."""
    quads = [*store.quads_for_pattern(node, None, None, None), *store.quads_for_pattern(None, None, node, None)]
    graphs = {quad.graph_name for quad in quads}
    return {g for g in graphs if isinstance(g, NamedNode) and g.value.startswith(f"{base}claim/")}


def evidence_of(generation: Source, claims: Iterable[NamedNode], path: str = PROVENANCE) -> tuple[EvidenceItem, ...]:
    """Return the evidence of `claims`, ordered as `evidence_for` does; `path` is that of the graph that tells it."""
    provenance = Provenance(generation, path)
    items = [item for claim in set(claims) for item in provenance.items(claim)]
    return tuple(sorted(items, key=lambda i: (i.published or i.attested or "", i.document, i.begin, i.end, i.claim)))


def _closest(store: Patterns, base: str, row: Row, kinds: Sequence[str]) -> set[NamedNode]:
    # Terms of vocabularies are in too many claims to tell anything.
    entities = {term for term in row if isinstance(term, NamedNode) and term.value.startswith(f"{base}id/")}
    # Stored queries shorten literals to their words or digits, so these are compared, not the datatypes.
    values = {term.value for term in row if isinstance(term, Literal)}
    held: dict[NamedNode, frozenset[str]] = {}
    for claim in {claim for entity in entities for claim in claims_about(store, base, entity)}:
        terms = {t for q in store.quads_for_pattern(None, None, None, claim) for t in (q.subject, q.object)}
        shared = {entity.value for entity in entities if entity in terms}
        held[claim] = frozenset(shared | {t.value for t in terms if isinstance(t, Literal) and t.value in values})
    enough = 1 if kinds or len(entities) == 1 else 2
    best = {terms for terms in held.values() if not any(terms < other for other in held.values())}
    return {claim for claim, terms in held.items() if terms in best and len(terms) >= enough}


class Provenance:
    """Look-ups in the provenance graph of one generation; of claims and documents the last ones are remembered.

    `path`, below the base, is that of another graph that describes claims so.
    """

    def __init__(self, generation: Source, path: str = PROVENANCE) -> None:
        self._generation = generation
        self._store = generation.store()
        self._graph = NamedNode(generation.base + path)
        self.items = lru_cache(maxsize=_CLAIMS)(self._items)
        self._document = lru_cache(maxsize=_DOCUMENTS)(self._read)

    def _items(self, claim: NamedNode) -> tuple[EvidenceItem, ...]:
        """Return the evidence of a claim, a piece a stretch of text."""
        said = self._about(claim, self._graph)
        sources = (term for term in said.get(PROV.wasDerivedFrom, []) if isinstance(term, NamedNode))
        return tuple(self._item(claim, said, source) for source in sources)

    def _item(self, claim: NamedNode, said: _Values, source: NamedNode) -> EvidenceItem:
        place = self._about(source, self._graph)
        document = self._document(place[NIF.referenceContext][0])
        begin, end = int(_first(place, NIF.beginIndex) or 0), int(_first(place, NIF.endIndex) or 0)
        modality = _first(said, SCO.modality)
        quote = _first(place, NIF.anchorOf) or ""
        return EvidenceItem(
            claim=claim.value,
            kind=_first(said, SCO.claimKind) or "",
            rule=_first(said, SCO.rule) or "",
            confidence=float(_first(said, SCO.confidence) or 0),
            modality=modality.rpartition("#")[2] if modality else "asserted",
            attested=_first(said, SCO.attestedOn),
            document=document.id,
            title=document.title,
            published=document.published,
            begin=begin,
            end=end,
            quote=quote,
            passage=_passage(document.text, begin, end, quote),
        )

    def _read(self, node: NamedNode | Literal) -> _Document:
        assert isinstance(node, NamedNode)  # noqa: S101 - the shapes see to it
        known = self._about(node, DefaultGraph())
        name = node.value.rpartition("/")[2]
        title, published = _first(known, DCTERMS.term("title")), _first(known, DCTERMS.issued)
        return _Document(name, title, published, self._generation.text(name))

    def _about(self, subject: NamedNode, graph: NamedNode | DefaultGraph) -> _Values:
        found: _Values = {}
        for quad in self._store.quads_for_pattern(subject, None, None, graph):
            if isinstance(quad.object, (NamedNode, Literal)):
                found.setdefault(quad.predicate, []).append(quad.object)
        for values in found.values():
            values.sort(key=lambda term: term.value)
        return found


def _passage(text: str | None, begin: int, end: int, quote: str) -> Passage:
    return passage(text, begin, end) if text is not None else Passage(quote, begin, 0, len(quote))


def _first(values: _Values, predicate: NamedNode) -> str | None:
    return values[predicate][0].value if predicate in values else None
