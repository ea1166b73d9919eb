"""JSON-LD framed on one thing: it is the outermost object, and holds what is said of it and of what names it.

JSON-LD 1.1 Framing (https://www.w3.org/TR/json-ld11-framing/) describes such trees; here each node stands once, at the
place nearest to the thing, and by its identifier alone wherever else it is named, so that nothing is lost or repeated.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from sco_graph.export import context, jsonld

_Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Link:
    """A property that leads from one node to another, with its value as it stands in the first."""

    source: str
    key: str
    value: Any
    target: str


def framed(quads: Iterable[Quad], about: NamedNode, base: str, context_address: str) -> bytes:
    """Return `quads`, ordered by graph and subject, as JSON-LD framed on `about`.

    The context stands in by its address, which may be relative to that of the file. What names `about` or another node
    stands in that node's "@reverse"; what is reached from nowhere, under "@included". A named graph is the "@graph" of
    its node.
    """
    compaction = _compaction(base)
    nodes: dict[str, _Node] = {}
    links: list[_Link] = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            plain = list(members)
            nodes = {node["@id"]: node for node in compaction.nodes(plain)}
            links = [link for quad in plain if (link := _link(compaction, quad)) and link.target in nodes]
        else:
            _node(nodes, compaction.reference(graph))["@graph"] = list(compaction.nodes(members))
    root = _node(nodes, compaction.reference(about))
    ways = _ways(root["@id"], links)
    for node in nodes.values():
        _nest(node, nodes, ways)
    left = [node for identifier, node in nodes.items() if identifier not in ways]
    head = {"@context": [context_address, {"@base": base}]}
    included = {"@included": left} if left else {}
    return json.dumps({**head, **root, **included}, ensure_ascii=False, indent=1).encode() + b"\n"


@lru_cache(maxsize=8)
def _compaction(base: str) -> jsonld.Compaction:
    return jsonld.Compaction(context.load(), base)


def _node(nodes: dict[str, _Node], identifier: str) -> _Node:
    return nodes.setdefault(identifier, {"@id": identifier})


def _link(compaction: jsonld.Compaction, quad: Quad) -> _Link | None:
    if not isinstance(quad.object, NamedNode):
        return None
    key, value = compaction.entry(quad.predicate, quad.object)
    return _Link(compaction.reference(quad.subject), key, value, compaction.reference(quad.object))


def _ways(root: str, links: Iterable[_Link]) -> dict[str, _Link | None]:
    """Return by which link each node is reached on the shortest way from `root`, along links or against them."""
    near: dict[str, list[tuple[str, _Link]]] = {}
    known = [link for link in links if link.key != "@type"]
    for link in known:
        near.setdefault(link.source, []).append((link.target, link))
    for link in known:
        near.setdefault(link.target, []).append((link.source, link))
    found: dict[str, _Link | None] = {root: None}
    waiting = deque([root])
    while waiting:
        for other, link in near.get(waiting.popleft(), ()):
            if other not in found:
                found[other] = link
                waiting.append(other)
    return found


def _nest(node: _Node, nodes: dict[str, _Node], ways: dict[str, _Link | None]) -> None:
    """Put into `node` those that are reached from it, and itself into the one that it leads to."""
    here = node["@id"]
    for key in [key for key in node if not key.startswith("@")]:
        many = node[key] if isinstance(node[key], list) else [node[key]]
        values = [value for value in (_placed(value, here, key, nodes, ways) for value in many) if value is not None]
        if values:
            node[key] = values if len(values) > 1 else values[0]
        else:
            del node[key]
    way = ways.get(here)
    if way and way.source == here:
        nodes[way.target].setdefault("@reverse", {}).setdefault(way.key, []).append(node)


def _placed(value: Any, here: str, key: str, nodes: dict[str, _Node], ways: dict[str, _Link | None]) -> Any:
    """Return a value, the node in its place if that is reached by it, or None if the reverse property says it."""
    own = ways.get(here)
    if own and (own.source, own.key, own.value) == (here, key, value):
        return None
    target = str(value.get("@id") if isinstance(value, dict) else value)
    way = ways.get(target)
    reached = way and (way.source, way.key, way.value, way.target) == (here, key, value, target)
    return nodes[target] if reached else value
