"""The page of a document: its text as stored, marked where claims rest on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from sco_graph.publish import aside, saying, schema_org
from sco_graph.publish.graph import Graph
from sco_graph.publish.view import DocumentPage, Mark, Piece, Reading, Row
from sco_graph.rdf import DCTERMS, NIF, PROV, SCO, char_fragment, stretch_at

_DETAILS = {"Published": DCTERMS.issued, "Publisher": DCTERMS.publisher, "Language": DCTERMS.language}
_FILE = {"Name of the file": DCTERMS.identifier, "SHA-256 of the file": SCO.contentHash}


def page(graph: Graph, about: NamedNode, path: str) -> DocumentPage:
    """Return the page of the document `about` at `path`; of a text not at hand, the words of the evidence alone.

    Raises UnknownName if its text is not stored.
    """
    text = graph.generation.text(path.rpartition("/")[2])
    stretches = _stretches(graph, about)
    numbers = {stretch: number for number, stretch in enumerate(sorted(stretches), 1)}
    withheld = aside.of_document(graph, about)
    places = {(row.begin, row.end): 0 for row in withheld} | numbers
    readings = tuple(
        _reading(graph, _quote(graph, about, text, stretch), stretch, number, stretches[stretch])
        for stretch, number in numbers.items()
    )
    return DocumentPage(
        iri=about.value,
        path=path,
        title=graph.name(about),
        language=language(graph, about),
        details=_told(graph, about, _DETAILS),
        file=_told(graph, about, _FILE),
        sources=tuple(term.value for term in graph.objects(about, DCTERMS.source)),
        marks=tuple(marks(text, places) if text is not None else _quotes(readings)),
        is_whole=text is not None,
        readings=readings,
        kinds=tuple(sorted(Counter(kind for reading in readings for kind in reading.kinds).items())),
        aside=withheld,
        data=schema_org.article(graph, about),
    )


def _told(graph: Graph, about: NamedNode, labels: dict[str, NamedNode]) -> tuple[tuple[str, str], ...]:
    return tuple((label, words) for label, predicate in labels.items() for words in graph.words(about, predicate))


def language(graph: Graph, document: NamedNode) -> str:
    """Return the BCP 47 tag of the document's language; "und" where it has none."""
    return next(iter(graph.words(document, DCTERMS.language)), "und")


def marks(text: str, numbers: dict[tuple[int, int], int]) -> Iterator[Mark]:
    """Yield `text` in pieces, with a begin and an end around each stretch (begin, end) in `numbers`.

    The begins and ends nest, as elements must: a stretch that crosses the end of the one around it goes on behind
    that as a second part without anchor. The words between the marks, put together, are `text`.
    """
    waiting = [
        (begin, -end, char_fragment(begin, end), n) for (begin, end), n in numbers.items() if begin < end <= len(text)
    ]
    waiting.sort()
    open_until: list[int] = []
    at = 0
    while waiting or open_until:
        if not open_until or (waiting and waiting[0][0] < open_until[-1]):
            begin, end, anchor, number = waiting[0][0], -waiting[0][1], *waiting.pop(0)[2:]
            if open_until and end > open_until[-1]:
                waiting.append((open_until[-1], -end, "", number))
                waiting.sort()
                end = open_until[-1]
            yield from _words(text[at:begin])
            at = begin
            open_until.append(end)
            yield Mark(opens=True, anchor=anchor, number=number)
        else:
            yield from _words(text[at : open_until[-1]])
            at = open_until.pop()
            yield Mark(closes=True)
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Mark]:
    if text:
        yield Mark(text=text)


def _quotes(readings: Iterable[Reading]) -> Iterator[Mark]:
    """Yield the words of each stretch, in order, and what stands for the text between them."""
    for reading in readings:
        yield Mark(opens=True, anchor=reading.anchor, number=reading.number)
        yield Mark(text=reading.quote)
        yield Mark(closes=True)
        yield Mark(text=" … ")


def _quote(graph: Graph, document: NamedNode, text: str | None, stretch: tuple[int, int]) -> str:
    """Return the words of a stretch, as the graph has them where the text is not at hand."""
    begin, end = stretch
    if text is not None:
        return text[begin:end]
    evidence = NamedNode(stretch_at(document.value, begin, end))
    return next(iter(graph.words(evidence, NIF.anchorOf)), "")


def _stretches(graph: Graph, document: NamedNode) -> dict[tuple[int, int], list[str]]:
    """Return the claims that rest on each stretch of the document."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for evidence in graph.subjects(NIF.referenceContext, document):
        begin, end = (int(graph.words(evidence, p)[0]) for p in (NIF.beginIndex, NIF.endIndex))
        found[begin, end] += [claim.value for claim in graph.subjects(PROV.wasDerivedFrom, evidence)]
    return found


def _reading(graph: Graph, quote: str, stretch: tuple[int, int], number: int, claims: Iterable[str]) -> Reading:
    nodes = [NamedNode(iri) for iri in sorted(set(claims))]
    kinds = {word.replace("_", " ") for node in nodes for word in graph.words(node, SCO.claimKind)}
    rows = tuple(_row(graph, node) for node in nodes)
    return Reading(char_fragment(*stretch), number, quote, rows, tuple(sorted(kinds)))


def _row(graph: Graph, claim: NamedNode) -> Row:
    kinds = ", ".join(graph.words(claim, SCO.claimKind)).replace("_", " ")
    marks = tuple(graph.name(modality) for modality in graph.nodes(claim, SCO.modality))
    return Row((Piece(kinds, claim.value), Piece(": "), *saying.in_one_line(graph, claim.value)), claim.value, marks)
