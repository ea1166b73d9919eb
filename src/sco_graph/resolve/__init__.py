"""Resolve: the mentions of all documents -> entities with lasting identifiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_graph.claims.extraction import Extraction
from sco_graph.model import EntityType, Referent
from sco_graph.resolve.authority import Authority
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


def resolve(extractions: Sequence[Extraction], authority: Authority, register: Register, base: str) -> Resolution:
    """Return what the referents of `extractions` resolve to; new identifiers are added to `register`.

    The result does not depend on the order of `extractions`.
    """
    members: dict[str, list[tuple[str, Referent]]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction in sorted(extractions, key=lambda e: e.document.id):
        keys = Keys(extraction, authority)
        referents = {r.id: r for r in extraction.referents}
        for referent_id, key in keys.pairs():
            members[key].append((extraction.document.id, referents[referent_id]))
            names[key][keys.name(referents[referent_id])] += 1
    for iri, entry in sorted(authority.by_iri.items()):
        if iri.startswith(base):
            register.reserve(iri.removeprefix(base), f"{entry.type}:{iri}")
    iris: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for key in sorted(members):
        entity = _entity(key, members[key], names[key], authority, register, base)
        entities[entity.iri] = entity
        iris.update({(document, referent.id): entity.iri for document, referent in members[key]})
    return Resolution(iris, entities)


def _entity(
    key: str,
    members: list[tuple[str, Referent]],
    names: Counter[str],
    authority: Authority,
    register: Register,
    base: str,
) -> Entity:
    referents = [r for _, r in members]
    type_ = referents[0].type
    known = authority.by_iri.get(key)
    iri = known.iri if known else base + register.identifier(key, type_, _favourite(names))
    forms = Counter(name for r in referents for name in (r.name or r.label,) if name)
    preferred = known.labels[0] if known else _favourite(forms)
    others = {*forms, *(a for r in referents for a in r.aliases)} - {preferred}
    return Entity(
        iri,
        type_,
        (preferred, *sorted(others)),
        tuple(sorted({r.abbreviation for r in referents if r.abbreviation})),
        tuple(sorted({r.kind for r in referents if r.kind})),
        next((r.code for r in referents if r.code), None),
    )


def _favourite(forms: Counter[str]) -> str:
    """Return the form used most often; of several, the longest, then the first in code point order."""
    return min(forms, key=lambda form: (-forms[form], -len(form), form))
