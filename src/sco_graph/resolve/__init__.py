"""Resolve: the mentions of all documents -> entities with lasting identifiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_graph.claims.extraction import Extraction
from sco_graph.model import EntityType, Referent
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.keys import Keys
from sco_graph.resolve.register import Register


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions in one or more documents resolve to; `labels` are all its names, the preferred one first."""

    iri: str
    type: EntityType
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each referent is: `(document id, referent id)` -> IRI, and the entities by IRI."""

    iris: Mapping[tuple[str, str], str]
    entities: Mapping[str, Entity]


class _Members:
    """What will be one entity: its referents, and the names its identifier can be made of."""

    def __init__(self) -> None:
        self.referents: list[tuple[str, Referent]] = []
        self.names: Counter[str] = Counter()
        self.earlier: set[str] = set()


def resolve(
    extractions: Sequence[Extraction],
    authority: Authority,
    register: Register,
    base: str,
    decisions: Decisions | None = None,
) -> Resolution:
    """Return what the referents of `extractions` resolve to; new identifiers are added to `register`.

    The result does not depend on the order of `extractions`.
    """
    decisions = decisions or Decisions()
    for iri, entry in sorted(authority.by_iri.items()):
        if iri.startswith(base):
            register.reserve(iri.removeprefix(base), f"{entry.type}:{iri.removeprefix(base)}")
    by_key = _by_key(extractions, authority, register, base, decisions)
    by_iri: dict[str, list[tuple[str, Referent]]] = defaultdict(list)
    for key in sorted(by_key):
        path = _path(key, by_key[key], authority, register, base)
        kept = decisions.kept(path)
        if kept != path:
            register.retire(path, kept)
        else:
            register.revive(path)
        by_iri[base + kept] += by_key[key].referents
    entities = {iri: _entity(iri, by_iri[iri], authority) for iri in sorted(by_iri)}
    iris = {(document, r.id): iri for iri, members in by_iri.items() for document, r in members}
    return Resolution(iris, entities)


def _by_key(
    extractions: Sequence[Extraction], authority: Authority, register: Register, base: str, decisions: Decisions
) -> dict[str, _Members]:
    found: dict[str, _Members] = defaultdict(_Members)
    for extraction in sorted(extractions, key=lambda e: e.document.id):
        document = extraction.document.id
        keys = Keys(extraction, authority)
        for referent, key, own in keys.triples():
            path = key.removeprefix(base) if key in authority.by_iri else register.path_of(key)
            if path and decisions.apart(path, document):
                key = f"{own}@{document}"
            members = found[key]
            members.referents.append((document, referent))
            members.names[keys.name(referent)] += 1
            if own != key:
                members.earlier.add(own)
    return found


def _path(key: str, members: _Members, authority: Authority, register: Register, base: str) -> str:
    """Return the identifier of `key`; what it was called before the authority data knew it, is retired."""
    if key not in authority.by_iri:
        return register.identifier(key, members.referents[0][1].type, _favourite(members.names))
    path = key.removeprefix(base)
    for own in sorted(members.earlier):
        earlier = register.path_of(own)
        if earlier and earlier != path:
            register.retire(earlier, path)
    return path


def _entity(iri: str, members: list[tuple[str, Referent]], authority: Authority) -> Entity:
    referents = [r for _, r in members]
    known = authority.by_iri.get(iri)
    forms = Counter(name for r in referents for name in (r.name or r.label,) if name)
    preferred = known.labels[0] if known else _favourite(forms)
    others = {*forms, *(a for r in referents for a in r.aliases)} - {preferred}
    return Entity(
        iri,
        referents[0].type,
        (preferred, *sorted(others)),
        tuple(sorted({r.abbreviation for r in referents if r.abbreviation})),
        tuple(sorted({r.kind for r in referents if r.kind})),
        next((r.code for r in referents if r.code), None),
    )


def _favourite(forms: Counter[str]) -> str:
    """Return the form used most often; of several, the longest, then the first in code point order."""
    return min(forms, key=lambda form: (-forms[form], -len(form), form))
