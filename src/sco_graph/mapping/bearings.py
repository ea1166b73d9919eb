"""Bearings: what the outlines of all documents together tell, and one document by itself does not.

These are the names that posts go by, and which of the things that one document plans another reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b

import msgspec

from sco_graph.mapping.document import post_held
from sco_graph.mapping.outline import Happening, Outline
from sco_graph.rdf import slug

Told = tuple[Outline, Mapping[str, str], Collection[str]]
"""The outline of a document, the IRIs of its referents, and those of its claims that are set aside."""

_HASH = 16


class Account(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What some documents tell that others depend on.

    `used` counts how often they use each title, `plans` give of each document its claims on what is planned and what
    that is, `reported` is what they report. An event, or somebody's taking part in it, stands there as its hash
    (BLAKE2b, 128 bits), and `reported` has them in one row.
    """

    used: dict[str, int]
    plans: dict[str, tuple[tuple[str, bytes], ...]]
    reported: bytes


def account(told: Iterable[Told]) -> Account:
    """Return what documents tell."""
    used: Counter[str] = Counter()
    plans: dict[str, tuple[tuple[str, bytes], ...]] = {}
    reported: set[bytes] = set()
    hashed = cache(_hash)
    for outline, iris, without in told:
        titles = (post.title for post in outline.posts if not post.timed and post.claim not in without)
        used.update(title for each in titles for title in _with_held(each))
        here = [happening for happening in outline.happenings if happening.claim not in without]
        if planned := tuple((h.claim, hashed(*_subject(h, iris))) for h in here if h.planned):
            plans[outline.document] = planned
        for happening in here:
            if not happening.planned:
                event, agent, capacity = _subject(happening, iris)
                reported |= {hashed(event, None, None), hashed(event, agent, capacity)}
    return Account(used, plans, b"".join(sorted(reported)))


class Bearings:
    """What is told by `accounts` of all documents, each of which stands in one of them."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._used: Counter[str] = Counter()
        self._plans: dict[str, tuple[tuple[str, bytes], ...]] = {}
        reports = []
        for each in accounts:
            self._used.update(each.used)
            self._plans |= each.plans
            reports.append(each.reported)
        planned = frozenset(subject for plans in self._plans.values() for _, subject in plans)
        self._happened = frozenset[bytes]().union(*(planned.intersection(_parted(report)) for report in reports))

    def happened(self, document: str) -> frozenset[str]:
        """Return the keys of those claims of a document on what is planned whose subjects have happened after all."""
        return frozenset(claim for claim, subject in self._plans.get(document, ()) if subject in self._happened)

    def titles(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the label of each role by its slug: that of `known`, or of the titles with one slug the favourite."""
        by_slug: dict[str, list[str]] = defaultdict(list)
        for title in self._used:
            by_slug[slug(title)].append(title)
        found = {key: min(titles, key=lambda t: (-self._used[t], t)) for key, titles in by_slug.items()}
        return found | dict(known)


def titles_of(told: Outline, without: Collection[str]) -> list[str]:
    """Return the titles that a document uses, and those of the posts formerly held, each once and sorted."""
    return sorted({t for post in told.posts if post.claim not in without for t in _with_held(post.title)})


def _with_held(title: str) -> Iterator[str]:
    yield title
    while held := post_held(title):
        yield (title := held)


def _subject(happening: Happening, iris: Mapping[str, str]) -> tuple[str, str | None, str | None]:
    """Return an event by its IRI, or somebody's taking part in it: with the IRI of the agent and the capacity."""
    agent = iris[happening.agent] if happening.agent is not None else None
    return iris[happening.event], agent, happening.capacity


def _hash(*subject: str | None) -> bytes:
    return blake2b(msgspec.msgpack.encode(subject), digest_size=_HASH).digest()


def _parted(hashes: bytes) -> Iterator[bytes]:
    return (hashes[at : at + _HASH] for at in range(0, len(hashes), _HASH))
