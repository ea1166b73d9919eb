"""Role: a person holds a post in a body or a state.

RDF: org:Membership of the W3C Organization Ontology, https://www.w3.org/TR/vocab-org/#membership-roles-posts-and-reporting
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import ORG, RDF, SCO, Iris, Triple


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
        yield from ()

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
