"""Bearings: what the outlines of all documents together tell, and one document by itself does not.

These are the names that posts go by, and which of the things that one document plans another reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from sco_graph.mapping.document import post_held
from sco_graph.mapping.outline import Happening, Outline
from sco_graph.rdf import slug

_Subject = tuple[str, str | None, str | None]
"""An event by its IRI, or somebody's taking part in it: with the IRI of the agent and the capacity."""


@dataclass
class Bearings:
    """What is told by outlines, each with the IRIs of its referents and without the claims that are set aside.

    First all that plan something must be shown to `plan`, then all to `report`; then `titles` and `happened` can be
    asked.
    """

    _used: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _plans: dict[str, list[tuple[str, _Subject]]] = field(default_factory=dict)
    _planned: set[_Subject] = field(default_factory=set)
    _happened: set[_Subject] = field(default_factory=set)

    def plan(self, told: Outline, iris: Mapping[str, str], without: Collection[str]) -> None:
        """Take note of what a document plans."""
        plans = [(h.claim, _subject(h, iris)) for h in told.happenings if h.planned and h.claim not in without]
        self._plans[told.document] = plans
        self._planned.update(subject for _, subject in plans)

    def report(self, told: Outline, iris: Mapping[str, str], without: Collection[str]) -> None:
        """Take note of the titles that a document uses, and of what it reports, as far as any has planned it."""
        for post in told.posts:
            if not post.timed and post.claim not in without:
                for title in _with_held(post.title):
                    self._used[slug(title)][title] += 1
        for happening in told.happenings if self._planned else ():
            if not happening.planned and happening.claim not in without:
                event, *taking_part = _subject(happening, iris)
                self._happened |= self._planned & {(event, None, None), (event, *taking_part)}

    def happened(self, document: str) -> frozenset[str]:
        """Return the keys of those claims of a document on what is planned whose subjects have happened after all."""
        return frozenset(claim for claim, subject in self._plans.get(document, ()) if subject in self._happened)

    def titles(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the label of each role by its slug: that of `known`, or of the titles with one slug the favourite."""
        found = {key: min(titles, key=lambda t: (-titles[t], t)) for key, titles in self._used.items()}
        return found | dict(known)


def titles_of(told: Outline, without: Collection[str]) -> list[str]:
    """Return the titles that a document uses, and those of the posts formerly held, each once and sorted."""
    return sorted({t for post in told.posts if post.claim not in without for t in _with_held(post.title)})


def _with_held(title: str) -> Iterator[str]:
    yield title
    while held := post_held(title):
        yield (title := held)


def _subject(happening: Happening, iris: Mapping[str, str]) -> _Subject:
    agent = iris[happening.agent] if happening.agent is not None else None
    return iris[happening.event], agent, happening.capacity
