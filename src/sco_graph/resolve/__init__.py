"""Resolve: the mentions of all documents -> entities with lasting identifiers.

Referents become atoms (`atoms`), atoms of a type that share a block are compared (`candidates`, `comparison`), clusters
are what strong comparisons join (`clusters`), and the register gives each its identifier (`identifiers`). Bodies come
before persons, who hold posts in them, and both before events, which they take part in. Then people's "same" is applied
to the identifiers (`replay`), so that taking it back restores what was.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sco_graph.claims.extraction import Extraction
from sco_graph.model import EntityType, Referent
from sco_graph.rdf import slug
from sco_graph.resolve.atoms import Atom, Atoms, collect
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.candidates import pairs
from sco_graph.resolve.clusters import Clusters, Constraints, cluster
from sco_graph.resolve.comparison import Comparison, Verdict, compare
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.identifiers import Claimant, assign, withdraw
from sco_graph.resolve.profiles import profiles_of
from sco_graph.resolve.register import Register
from sco_graph.resolve.replay import Replay, Trouble

_COMPARED = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.EVENT)


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
    """Which entity each referent is: `(document id, referent id)` -> IRI, and the entities by IRI.

    `undecided` are the comparisons that a person should look at, `troubles` the decisions that could not be carried
    out; `paths` gives the path of each atom's key, `clusters` what was joined by evidence and what was kept from it;
    `titles` is the preferred label of each post of the authority data, by its slug.
    """

    iris: Mapping[tuple[str, str], str]
    entities: Mapping[str, Entity]
    undecided: tuple[Comparison, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    atoms: Atoms = field(default_factory=lambda: Atoms({}, {}))
    paths: Mapping[str, str] = field(default_factory=dict)
    clusters: Clusters = field(default_factory=Clusters)
    titles: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no collector of circular garbage run: there is none here, and looking for it takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def resolve(
    extractions: Sequence[Extraction],
    authority: Authority,
    register: Register,
    base: str,
    decisions: Decisions | None = None,
) -> Resolution:
    """Return what the referents of `extractions` resolve to; new identifiers are added to `register`.

    The result depends on the order of neither `extractions` nor `decisions`.
    """
    for iri, entry in sorted(authority.by_iri.items()):
        if iri.startswith(base):
            register.reserve(iri.removeprefix(base), f"{entry.type}:{iri.removeprefix(base)}")
    fixed = {entry.iri.removeprefix(base): entry.iri for entry in authority.compared()}
    replay = Replay(decisions or Decisions(), extractions, register, fixed)
    atoms = collect(extractions, authority)
    if parted := replay.parted(atoms.keys):
        atoms = collect(extractions, authority, parted)
    apart = replay.apart(atoms.keys)
    clusters, comparisons = _clusters(atoms, register, apart, base)
    paths = assign(_claimants(clusters, atoms, authority, base), register)
    paths |= {key: key.removeprefix(base) for key in atoms.by_key if key not in paths}
    withdraw({key: atom.documents for key, atom in atoms.by_key.items()}, paths, register)
    replaced = replay.together(atoms.keys, paths, apart)
    for path, kept in sorted(replaced.items()):
        register.retire(path, kept)
    final = {key: replaced.get(path, path) for key, path in paths.items()}
    return Resolution(
        {ref: base + final[key] for ref, key in atoms.keys.items()},
        _entities(atoms, final, authority, base),
        _open(comparisons, final, replay.unsure(atoms.keys, final), apart),
        tuple(replay.troubles),
        atoms,
        final,
        clusters,
        {slug(title): title for entry in authority.compared() for title, _ in entry.posts},
    )


def _clusters(
    atoms: Atoms, register: Register, apart: frozenset[tuple[str, str]], base: str
) -> tuple[Clusters, list[Comparison]]:
    """Return the clusters of all atoms, and the comparisons that were made."""
    whole, made = Clusters({key: key for key in atoms.by_key}), []
    for type_ in _COMPARED:
        profiles = profiles_of(atoms, type_, whole.root)
        comparisons = [compare(a, b) for a, b in pairs(profiles)]
        paths = register.paths() | {p.key: p.key.removeprefix(base) for p in profiles if p.known}
        found = cluster(profiles, comparisons, Constraints(paths, register.parted(), apart))
        whole.root |= found.root
        whole.cuts += found.cuts
        whole.joins += found.joins
        made += comparisons
    return whole, made


def _claimants(clusters: Clusters, atoms: Atoms, authority: Authority, base: str) -> list[Claimant]:
    found = []
    for keys in clusters.members().values():
        here = [atoms.by_key[key] for key in keys]
        if not any(atom.referents for atom in here):
            continue  # authority data that no document speaks of have their identifiers already
        names: Counter[str] = sum((atom.names for atom in here), Counter())
        fixed = next((key for key in keys if key in authority.by_iri), None)
        found.append(
            Claimant(
                tuple(keys),
                len(set().union(*(atom.documents for atom in here))),
                here[0].type,
                _favourite(names),
                fixed.removeprefix(base) if fixed else None,
                tuple(sorted(set().union(*(atom.earlier for atom in here)))),
            )
        )
    return found


def _open(
    comparisons: Sequence[Comparison],
    paths: Mapping[str, str],
    unsure: frozenset[frozenset[str]],
    apart: frozenset[tuple[str, str]],
) -> tuple[Comparison, ...]:
    """Return the undecided comparisons that nobody has answered, the closest first, one for a pair of identifiers."""
    found: dict[frozenset[str], Comparison] = {}
    for comparison in sorted(comparisons, key=lambda c: (-c.points, c.a, c.b)):
        pair = frozenset((paths[comparison.a], paths[comparison.b]))
        answered = len(pair) == 1 or pair in unsure or (comparison.a, comparison.b) in apart
        if comparison.verdict is not Verdict.DIFFERENT and not answered:
            found.setdefault(pair, comparison)
    return tuple(found.values())


def _entities(atoms: Atoms, paths: Mapping[str, str], authority: Authority, base: str) -> dict[str, Entity]:
    members: dict[str, list[Atom]] = defaultdict(list)
    for key in sorted(paths):
        members[base + paths[key]].append(atoms.by_key[key])
    told = [iri for iri, here in sorted(members.items()) if any(atom.referents for atom in here)]
    return {iri: _entity(iri, members[iri], authority) for iri in told}


def _entity(iri: str, atoms: Sequence[Atom], authority: Authority) -> Entity:
    referents: list[Referent] = [r for atom in atoms for _, r in atom.referents]
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
