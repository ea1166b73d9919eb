"""JSON-LD framed on one thing: it is the outermost object, and holds what is said of it and of what names it.

JSON-LD 1.1 Framing (https://www.w3.org/TR/json-ld11-framing/) describes such trees; here each node stands once, at the
place nearest to the thing, and by its identifier alone wherever else it is named, so that nothing is lost or repeated.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from sco_graph.export import context, jsonld

_Node = dict[str, Any]


def framed(quads: Iterable[Quad], about: NamedNode, base: str, context_address: str) -> bytes:
    """Return `quads`, ordered by graph and subject, as JSON-LD framed on `about`.

    The context stands in by its address, which may be relative to that of the file. What names `about` or another node
    stands in that node's "@reverse"; what is reached from nowhere, under "@included". A named graph is the "@graph" of
    its node.
    """
    compaction = _compaction(base)
    nodes: dict[str, _Node] = {}
    links: list[tuple[str, str, str]] = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            plain = list(members)
            nodes = {node["@id"]: node for node in compaction.nodes(plain)}
            links = [_link(compaction, q) for q in plain if isinstance(q.object, NamedNode)]
        else:
            node = nodes.setdefault(compaction.reference(graph), {"@id": compaction.reference(graph)})
            node["@graph"] = list(compaction.nodes(members))
    root = nodes.setdefault(compaction.reference(about), {"@id": compaction.reference(about)})
    placed = _nest(root, nodes, links)
    left = [node for identifier, node in nodes.items() if identifier not in placed]
    head = {"@context": [context_address, {"@base": base}]}
    included = {"@included": left} if left else {}
    return json.dumps({**head, **root, **included}, ensure_ascii=False, indent=1).encode() + b"\n"


@lru_cache(maxsize=8)
def _compaction(base: str) -> jsonld.Compaction:
    return jsonld.Compaction(context.load(), base)


def _link(compaction: jsonld.Compaction, quad: Quad) -> tuple[str, str, str]:
    key, _ = compaction.entry(quad.predicate, quad.object)
    return compaction.reference(quad.subject), key, compaction.reference(quad.object)


def _nest(root: _Node, nodes: dict[str, _Node], links: Iterable[tuple[str, str, str]]) -> set[str]:
    """Put each node into the node nearest to `root` that it names or is named by; return the identifiers placed."""
    out: dict[str, list[tuple[str, str]]] = {}
    back: dict[str, list[tuple[str, str]]] = {}
    for subject, key, target in links:
        if key != "@type" and target in nodes:
            out.setdefault(subject, []).append((key, target))
            back.setdefault(target, []).append((key, subject))
    placed, waiting = {root["@id"]}, deque([root])
    while waiting:
        node = waiting.popleft()
        for key, target in out.get(node["@id"], []):
            if target not in placed:
                placed.add(target)
                node[key] = _with(node[key], target, nodes[target])
                waiting.append(nodes[target])
        for key, source in back.get(node["@id"], []):
            if source not in placed:
                placed.add(source)
                # The reverse property says what this one said, so that it is not said twice.
                _without(nodes[source], key, node["@id"])
                node.setdefault("@reverse", {}).setdefault(key, []).append(nodes[source])
                waiting.append(nodes[source])
    return placed


def _with(values: Any, identifier: str, node: _Node) -> Any:
    """Return the values of a property with the node in the place of its identifier."""
    many = values if isinstance(values, list) else [values]
    found = [node if _identifies(value, identifier) else value for value in many]
    return found if isinstance(values, list) else found[0]


def _without(node: _Node, key: str, identifier: str) -> None:
    values = node[key] if isinstance(node[key], list) else [node[key]]
    left = [value for value in values if not _identifies(value, identifier)]
    if left:
        node[key] = left if len(left) > 1 else left[0]
    else:
        del node[key]


def _identifies(value: Any, identifier: str) -> bool:
    return value in (identifier, {"@id": identifier})
