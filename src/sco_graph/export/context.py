"""The JSON-LD context: ontology/context.jsonld, generated from the prefixes and the ontology, and read by `jsonld`.

Published at https://w3id.org/sco-graph/context.jsonld. `python -m sco_graph.export` makes it anew.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store

from sco_graph.rdf import OWL, PREFIXES, RDF, RDFS, SKOS
from sco_graph.resources import resource_dir

FILE_NAME = "context.jsonld"

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# Their values carry a language tag: {"prefLabel": {"en": "..."}}.
_TAGGED = {SKOS.prefLabel.value, SKOS.altLabel.value}


def make(ontology: Path) -> str:
    """Return the context for the ontology in the directory `ontology`, as it is committed.

    A class or property goes by its local name, unless two vocabularies share it: then by prefix only. An object
    property's values are IRIs; a datatype property with one range gives its values that datatype.
    """
    store = Store()
    store.load(path=ontology / "sco.ttl", format=RdfFormat.TURTLE)
    found = {node: kind for kind in _KINDS for node in _of_kind(store, kind)}
    local = Counter(_split(node)[1] for node in found)
    terms = {
        _split(node)[1]: _definition(store, node, kind) for node, kind in found.items() if local[_split(node)[1]] == 1
    }
    prefixes = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
    context = {"@version": 1.1, **dict(sorted(prefixes.items())), **dict(sorted(terms.items()))}
    return json.dumps({"@context": context}, indent=2, ensure_ascii=False) + "\n"


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Return the published context: the value of its "@context"."""
    text = (resource_dir("ontology") / FILE_NAME).read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


def _of_kind(store: Store, kind: NamedNode) -> list[NamedNode]:
    nodes = [quad.subject for quad in store.quads_for_pattern(None, RDF.term("type"), kind)]
    return [node for node in nodes if isinstance(node, NamedNode) and _split(node)[0]]


def _split(node: NamedNode) -> tuple[str, str]:
    """Return prefix and local name, or two empty strings if no prefix fits."""
    for prefix, start in PREFIXES.items():
        if node.value.startswith(start):
            return prefix, node.value[len(start) :]
    return "", ""


def _definition(store: Store, node: NamedNode, kind: NamedNode) -> str | dict[str, str]:
    compact = ":".join(_split(node))
    if node.value in _TAGGED:
        return {"@id": compact, "@container": "@language"}
    if kind == OWL.ObjectProperty:
        return {"@id": compact, "@type": "@id"}
    ranges = [quad.object for quad in store.quads_for_pattern(node, RDFS.range, None)]
    if kind == OWL.DatatypeProperty and len(ranges) == 1 and isinstance(ranges[0], NamedNode):
        prefix, name = _split(ranges[0])
        # xsd:string and rdf:langString are what JSON strings are by themselves.
        if prefix == "xsd" and name != "string":
            return {"@id": compact, "@type": f"{prefix}:{name}"}
    return compact
