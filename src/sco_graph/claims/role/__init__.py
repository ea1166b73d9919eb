"""Role: a person holds a post in a body or a state.

RDF: org:Membership of the W3C Organization Ontology, https://www.w3.org/TR/vocab-org/#membership-roles-posts-and-reporting
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.role.bodies import Bodies
from sco_graph.claims.role.holders import Holding, Reader, alone
from sco_graph.claims.role.items import items_of
from sco_graph.claims.role.posts import Post, posts_of
from sco_graph.model import BlockKind, Mention, Text
from sco_graph.rdf import ORG, RDF, SCO, Iris, Triple

_CONFIDENCE = {
    "role/prenominal": 0.9,
    "role/apposition": 0.9,
    "role/brackets": 0.9,
    "role/announced": 0.85,
    "role/predicate": 0.8,
    "role/distributed": 0.85,
    "role/counterpart": 0.75,
    "role/heads": 0.8,
    "role/held": 0.8,
    "role/stacked": 0.85,
}
"""How often each rule is right: estimates, not measured yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Claim):
    """`person` holds the post `title` in `organization`, which is None if the text names none.

    `title` stands without its body and keeps "former" or "acting"; `tenure` is then that word:
    "former", "acting" or "incoming", else None.
    """

    kind: ClassVar[str] = "role"

    person: Mention
    title: str
    organization: Mention | None
    tenure: str | None = None

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the posts that `text` gives to persons."""
        read = []
        above: Mention | None = None
        headed: Post | None = None
        for number, sentence in enumerate(text.sentences):
            if sentence.block is not BlockKind.FURNITURE:
                items = items_of(sentence)
                posts = posts_of(items)
                holdings = list(Reader(items, posts).holdings())
                if above and not holdings and posts and posts[0].first == 0:
                    holdings = [Holding(above, posts[0], "stacked", 0, posts[0].last)]
                    headed = None
                person = alone(items)
                if person and headed:
                    holdings = [Holding(person, headed, "stacked", 0, len(items))]
                above = None if holdings else person
                headed = (
                    posts[0] if posts and not holdings and posts[0].first == 0 and posts[0].last == len(items) else None
                )
                read.append((number, items, holdings))
        bodies = Bodies(text, [h for _, _, holdings in read for h in holdings])
        for number, items, holdings in read:
            for holding in holdings:
                if not bodies.names_a_post(holding):
                    continue
                rule = f"{cls.kind}/{holding.rule}"
                yield cls(
                    person=holding.person,
                    title=holding.post.title,
                    organization=bodies.of(holding, holdings, text.sentences[number]),
                    tenure=holding.post.tenure,
                    evidence=text.evidence(items[holding.first].start, items[holding.last - 1].end),
                    rule=rule,
                    confidence=_CONFIDENCE[rule],
                )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the membership, told apart by its holder, post, body and tenure."""
        body = iris.of(self.organization) if self.organization else None
        return iris.mint("membership", iris.of(self.person), iris.role(self.title), body, self.tenure)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one org:Membership."""
        membership = self.subject(iris)
        yield membership, RDF.term("type"), ORG.Membership
        yield membership, ORG.member, iris.of(self.person)
        yield membership, ORG.role, iris.role(self.title)
        if self.organization:
            yield membership, ORG.organization, iris.of(self.organization)
        if self.tenure:
            yield membership, SCO.tenure, SCO.term(self.tenure)
