"""Posts that one person holds at a time: `sole_posts.tsv`, each with its reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STATE, ORGANIZATION, PLACE = "state", "organization", "place"


@dataclass(frozen=True, slots=True)
class Body:
    """Where a post is: what it is (`STATE`, `ORGANIZATION` or `PLACE`), and all its names."""

    kind: str
    names: Collection[str]


@dataclass(frozen=True, slots=True)
class SolePost:
    """A line of the table: `title` in lower case, `body` as the table's head explains, the `post`, the `reason`."""

    title: str
    body: str
    post: str
    reason: str


def sole_post(title: str, body: Body) -> str | None:
    """Return the post, by one name for all its titles, if `title` in `body` can be held by one person only.

    >>> sole_post("Minister of External Affairs", Body(STATE, ["India"]))
    'Foreign Minister'
    >>> sole_post("Deputy Foreign Minister", Body(STATE, ["India"])) is None
    True
    """
    rows = _by_title().get(" ".join(title.casefold().split()), ())
    return next((row.post for row in rows if _fits(row.body, body)), None)


def _fits(wanted: str, body: Body) -> bool:
    if wanted in (STATE, ORGANIZATION, PLACE):
        return wanted == body.kind
    return any(f" {wanted.casefold()} " in f" {name.casefold()} " for name in body.names)


def table() -> tuple[SolePost, ...]:
    """Return the lines of the table."""
    lines = (files("sco_graph.incumbency") / "sole_posts.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(SolePost(*line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def _by_title() -> dict[str, tuple[SolePost, ...]]:
    found: dict[str, tuple[SolePost, ...]] = {}
    for row in table():
        found[row.title] = (*found.get(row.title, ()), row)
    return found
