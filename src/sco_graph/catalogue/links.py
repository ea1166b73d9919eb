"""How the entities of a generation hang together. IRIs and words are interned as numbers, and pairs of these kept."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sco_graph.catalogue.gleaning import Entity, Gleaned, Node


@dataclass(slots=True)
class Links:
    """How entities hang together, by the numbers of what they are: pairs by relation, and posts.

    `posts` are (holder, post or -1, body or -1, whether it has ended, the last day on which it is attested).
    `read` counts the claims that each document gave, `triples` those of the knowledge.
    """

    refs: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, tuple[array[int], array[int]]] = field(
        default_factory=lambda: defaultdict(lambda: (array("i"), array("i")))
    )
    posts: list[tuple[int, int, int, bool, str]] = field(default_factory=list)
    read: Counter[int] = field(default_factory=Counter)
    triples: int = 0

    def take(self, gleaned: Gleaned) -> None:
        """Add what lines tell."""
        for entity in gleaned.entities:
            self._entity(entity)
        for node in gleaned.nodes:
            self._node(node)
        for document, claims in gleaned.read.items():
            self.read[self.ref(document)] += claims

    def ref(self, text: str) -> int:
        """Return the number of an IRI, or of the words of a literal: these begin with a quotation mark."""
        return self.refs.setdefault(text, len(self.refs))

    def _entity(self, entity: Entity) -> None:
        one = self.ref(entity.iri)
        for relation, text in entity.related:
            self._add(relation, one, self.ref(text))

    def _node(self, node: Node) -> None:
        who, what, where = ([self.ref(iri) for iri in iris] for iris in (node.who, node.what, node.where))
        post, body = (next(iter(refs), -1) for refs in (what, where))
        for one in who:
            if node.kind == "membership":
                self.posts.append((one, post, body, node.ended, node.last))
            for value in what:
                self._add(f"{node.kind} as", one, value)
                for place in where:
                    self._add(f"{node.kind} of", place, value)
            for place in where:
                self._add(f"{node.kind} in", one, place)

    def _add(self, relation: str, one: int, other: int) -> None:
        """Note that `one` stands in `relation` to `other`."""
        ones, others = self.pairs[relation]
        ones.append(one)
        others.append(other)
