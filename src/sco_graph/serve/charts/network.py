"""A network: things on a circle, joined ones near each other, and in the middle one that all are joined to."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from pyoxigraph import NamedNode

from sco_graph.publish import Graph
from sco_graph.query import Network, Solutions
from sco_graph.serve.charts.parts import WIDTH, column, fitting

_MOST = 40
_MOST_EDGES = 120
_HEIGHT = 740
_RADIUS = 170
_THICKEST = 6.0

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing at x, y; its label leads away from the middle, turned by `angle` degrees, and ends there if `ends`."""

    iri: str
    label: str
    whole_label: str
    x: float
    y: float
    size: float
    angle: float
    ends: bool
    centre: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A curve from one thing to another by way of a point nearer the middle."""

    x1: float
    y1: float
    by_x: float
    by_y: float
    x2: float
    y2: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All in units of the drawing; `more` things, those with the fewest relations, are left out.

    So are pairs that fewer than `least` rows have.
    """

    summary: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int
    least: int
    kind: str = "network"
    width: int = WIDTH
    height: int = _HEIGHT


def draw(chart: Network, graph: Graph, found: Solutions) -> Drawing | None:
    """Return the network of the things with the most relations, or None if no two are joined."""
    weights = _weights(chart, found)
    if not weights:
        return None
    degree: Counter[str] = Counter()
    for pair, weight in weights.items():
        degree.update(dict.fromkeys(pair, weight))
    least = _least(weights)
    most = _most(weights, degree, least)
    edges = {pair: weight for pair, weight in weights.items() if weight >= least and set(pair) <= set(most)}
    # What every line ends at is the middle of them.
    centre = next((node for node in most if len(most) > 2 and all(node in pair for pair in edges)), None)
    around = _order([node for node in most if node != centre], edges)
    places = {node: _place(n, len(around)) for n, node in enumerate(around)} | ({centre: (0.0, 0.0)} if centre else {})
    names = {node: graph.name(NamedNode(node)) for node in most}
    largest = max(degree[node] for node in most)
    return Drawing(
        summary=f"{len(degree)} things in {len(weights)} pairs; {names[most[0]]} is in most rows.",
        nodes=tuple(
            _node(node, names[node], places[node], 4 + 6 * degree[node] / largest, n / max(1, len(around)))
            for n, node in enumerate([*around, *([centre] if centre else [])])
        ),
        edges=tuple(_edge(pair, edges[pair], max(edges.values()), places, names) for pair in sorted(edges)),
        more=len(degree) - len(most),
        least=least,
    )


def _weights(chart: Network, found: Solutions) -> dict[Pair, int]:
    """Return how many rows have each pair of things, whichever of the two comes first."""
    one, other = column(found, chart.source), column(found, chart.target)
    if one is None or other is None:
        return {}
    rows = [(row[one], row[other]) for row in dict.fromkeys(found.rows)]
    pairs: Counter[Pair] = Counter()
    for left, right in rows:
        if isinstance(left, NamedNode) and isinstance(right, NamedNode) and left != right:
            low, high = sorted((left.value, right.value))
            pairs[low, high] += 1
    # An answer that tells each pair from both sides counts it twice.
    known = set(rows)
    mirrored = all((right, left) in known for left, right in rows)
    return {pair: count // 2 if mirrored else count for pair, count in pairs.items()}


def _least(weights: dict[Pair, int]) -> int:
    """Return how many rows a pair must have, so that no more than `_MOST_EDGES` do, or as few as there can be."""
    counted = sorted(weights.values(), reverse=True)
    if len(counted) <= _MOST_EDGES:
        return 1
    return min(counted[_MOST_EDGES] + 1, counted[0])


def _most(weights: dict[Pair, int], degree: Counter[str], least: int) -> list[str]:
    """Return the things with the most relations, those with the most first, each with one that it is joined to."""
    strong = [pair for pair, weight in weights.items() if weight >= least]
    kept: dict[str, None] = {}
    for pair in sorted(strong, key=lambda pair: (-weights[pair], -degree[pair[0]] - degree[pair[1]], pair)):
        if len({*kept, *pair}) <= _MOST:
            kept.update(dict.fromkeys(pair))
    return sorted(kept, key=lambda node: (-degree[node], node))


def _order(nodes: Sequence[str], edges: Iterable[Pair]) -> list[str]:
    """Return `nodes` so that those that are joined stand near each other: each part of the network breadth first."""
    joined: dict[str, list[str]] = {node: [] for node in nodes}
    for one, other in sorted(edges):
        if one in joined and other in joined:
            joined[one].append(other)
            joined[other].append(one)
    order: dict[str, None] = {}
    for start in sorted(nodes, key=lambda node: (-len(joined[node]), node)):
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            if node not in order:
                order[node] = None
                waiting.extend(sorted(joined[node], key=lambda other: (-len(joined[other]), other)))
    return list(order)


def _place(n: int, count: int) -> tuple[float, float]:
    turn = 2 * pi * n / count
    return _RADIUS * cos(turn), _RADIUS * sin(turn)


def _node(iri: str, name: str, place: tuple[float, float], size: float, turn: float) -> Node:
    x, y = place
    centre = x == y == 0
    ends = not centre and 0.25 < turn < 0.75
    return Node(
        iri,
        fitting(name, 24),
        name,
        round(WIDTH / 2 + x, 1),
        round(_HEIGHT / 2 + y, 1),
        round(size, 1),
        0.0 if centre else round(360 * turn - (180 if ends else 0), 1),
        ends,
        centre,
    )


def _edge(
    pair: Pair, weight: int, heaviest: int, places: dict[str, tuple[float, float]], names: dict[str, str]
) -> Edge:
    (x1, y1), (x2, y2) = (places[node] for node in pair)
    middle_x, middle_y = WIDTH / 2, _HEIGHT / 2
    # Neighbours are joined by a shallow curve, what lies opposite by one that passes near the middle.
    pull = 0.45 - 0.15 * hypot(x1 - x2, y1 - y2) / _RADIUS
    return Edge(
        round(middle_x + x1, 1),
        round(middle_y + y1, 1),
        round(middle_x + (x1 + x2) * pull, 1),
        round(middle_y + (y1 + y2) * pull, 1),
        round(middle_x + x2, 1),
        round(middle_y + y2, 1),
        round(1 + (_THICKEST - 1) * (weight - 1) / max(1, heaviest - 1), 1),
        f"{names[pair[0]]} – {names[pair[1]]}: {weight}",
    )
