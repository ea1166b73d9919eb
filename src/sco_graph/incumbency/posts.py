"""Posts: which memberships are in one post, by what is known of their roles and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sco_graph.incumbency.holdings import Post
from sco_graph.incumbency.sole import ORGANIZATION, PLACE, STATE, Body, sole_post
from sco_graph.rdf import ORG, SCHEMA, SCO


class Known(Protocol):
    """What is known of roles and bodies, by their IRIs; of several values the first is taken."""

    def label(self, role: str) -> str | None:
        """Return the preferred name of a role."""

    def broader(self, role: str) -> str | None:
        """Return the role that `role` narrows: the post itself for a former one."""

    def types(self, body: str) -> Sequence[str]:
        """Return the IRIs of the classes of a body."""

    def names(self, body: str) -> Sequence[str]:
        """Return all names of a body."""

    def preferred(self, body: str) -> Sequence[str]:
        """Return the preferred names of a body, sorted."""

    def whole(self, body: str) -> str | None:
        """Return the body or state that `body` is a part of."""


def post_of(role: str, body: str | None, tenure: str | None, known: Known) -> Post:
    """Return the post of a membership: the same for a former and a present holder."""
    role = known.broader(role) or role
    acting = tenure == "acting"
    sole = sole_post(known.label(role) or "", _body(body, known)) if body else None
    return Post(_whole(body, known), sole, True, acting) if body and sole else Post(body, role, False, acting)


def _body(iri: str, known: Known) -> Body:
    types = known.types(iri)
    kind = ORGANIZATION if ORG.Organization.value in types else PLACE
    return Body(STATE if SCHEMA.Country.value in types else kind, known.names(iri))


def _whole(body: str, known: Known) -> str:
    """Return the body whose head the head of `body` is: the SCO for its secretariat, RATS for its committee."""
    named = " ".join(known.preferred(body)).startswith("Executive Committee")
    if named or SCO.Secretariat.value in known.types(body):
        return known.whole(body) or body
    return body
