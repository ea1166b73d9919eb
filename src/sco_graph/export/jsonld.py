"""JSON-LD 1.1, compacted with the published context, a node a line. https://www.w3.org/TR/json-ld11/

The context stands in the file itself, so that it can be read offline and for as long as the file is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.export import context
from sco_graph.export.dataset import GraphChoice, by_graph, knowledge
from sco_graph.rdf import PREFIXES, RDF, XSD, prefixed
from sco_graph.store import Generation

MEDIA_TYPE = "application/ld+json"


def write(generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
    """Write the default graph, or the dataset with its named graphs ordered by IRI."""
    lines = by_graph(generation) if graph is GraphChoice.ALL else knowledge(generation)
    write_quads(parse(b"".join(lines), RdfFormat.N_QUADS), generation.base, file)


def write_quads(quads: Iterable[Quad], base: str, file: BinaryIO) -> None:
    """Write `quads`, which must come ordered by graph and then by subject; `base` becomes the @base."""
    published = context.load()
    compaction = Compaction(published, base)
    head = {**published, "@base": base}
    file.write(b'{"@context":' + _json(head) + b',\n"@graph":[')
    separator = b"\n"
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = compaction.nodes(members)
        if isinstance(graph, (NamedNode, BlankNode)):
            nodes = iter([{"@id": compaction.reference(graph), "@graph": list(nodes)}])
        for node in nodes:
            file.write(separator + _json(node))
            separator = b",\n"
    file.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class Compaction:
    """Terms to JSON-LD values under one context."""

    def __init__(self, published: dict[str, Any], base: str) -> None:
        """`published` is the context, and references below `base` are made relative to it."""
        self._base = base
        self._terms: dict[str, tuple[str, str | None, bool]] = {}
        for term, definition in published.items():
            if term in PREFIXES or term.startswith("@"):
                continue
            parts = {"@id": definition} if isinstance(definition, str) else definition
            prefix, _, name = parts["@id"].partition(":")
            iri = f"{PREFIXES[prefix]}{name}"
            self._terms[iri] = (term, parts.get("@type"), parts.get("@container") == "@language")

    def nodes(self, quads: Iterable[Quad]) -> Iterator[dict[str, Any]]:
        """Yield a node object for each subject."""
        for subject, about in groupby(quads, key=lambda quad: quad.subject):
            node: dict[str, Any] = {}
            for quad in about:
                key, value = self.entry(quad.predicate, quad.object)
                node.setdefault(key, []).append(value)
            yield {"@id": self.reference(subject), **{key: _pack(values) for key, values in node.items()}}

    def reference(self, node: Any) -> str:
        """Return an IRI, shortened where that is safe, for @id."""
        if not isinstance(node, NamedNode):
            return str(node)
        rest = node.value.removeprefix(self._base)
        # A colon would make a relative reference look like a compact IRI (JSON-LD 1.1 API §5.2).
        if rest != node.value and rest.startswith(("id/", "claim/", "graph/")) and ":" not in rest:
            return rest
        return prefixed(node.value)

    def entry(self, predicate: NamedNode, value: Any) -> tuple[str, Any]:
        """Return the key of a property and its value in a node object, under the context."""
        if predicate == RDF.term("type") and isinstance(value, NamedNode):
            return "@type", self._terms.get(value.value, (prefixed(value.value),))[0]
        term, coerced, tagged = self._terms.get(predicate.value, ("", None, False))
        full = prefixed(predicate.value)
        if not isinstance(value, Literal):
            identifier = self.reference(value)
            return (term, identifier) if coerced == "@id" else (full, {"@id": identifier})
        if value.language:
            if tagged:
                return term, (value.language, value.value)
            return full if coerced else term or full, {"@language": value.language, "@value": value.value}
        datatype = prefixed(value.datatype.value)
        if coerced == datatype:
            return term, value.value
        key = full if coerced or tagged else term or full
        plain = value.datatype == XSD.string
        return key, value.value if plain else {"@type": datatype, "@value": value.value}


def _pack(values: list[Any]) -> Any:
    """Return one value, a list of them, or a language map for pairs of language and text."""
    if not isinstance(values[0], tuple):
        return values[0] if len(values) == 1 else values
    by_language: dict[str, list[str]] = {}
    for language, text in values:
        by_language.setdefault(language, []).append(text)
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in by_language.items()}
