"""Resolve: the mentions of all documents -> entities with lasting identifiers.

Each document has a share in the atoms (`shares`), and shares are put together in bundles (`bundles`); both are
remembered from build to build (`memo`). They come to the atoms of all documents (`atoms`). Atoms of a type that share a
block are compared (`candidates`, `comparison`), clusters are what strong comparisons join (`clusters`), and the
register gives each its identifier (`identifiers`). Bodies come before persons, who hold posts in them, and both before
events, which they take part in. Then people's "same" is applied to the identifiers (`replay`), so that taking it back
restores what was.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sco_graph.claims.extraction import Extraction
from sco_graph.model import EntityType
from sco_graph.rdf import slug
from sco_graph.resolve.atoms import Atoms
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.bundles import Gathering, Runner
from sco_graph.resolve.candidates import pairs
from sco_graph.resolve.clusters import Clusters, Constraints, cluster
from sco_graph.resolve.comparison import Closeness, Comparison, closeness, compare, open_by_names
from sco_graph.resolve.decisions import Decisions, Words
from sco_graph.resolve.entities import Entities, Entity, favourite, total
from sco_graph.resolve.identifiers import Claimant, assign, withdraw
from sco_graph.resolve.memo import Kept, Memo, Stored, stored
from sco_graph.resolve.profiles import Profiles
from sco_graph.resolve.register import Register
from sco_graph.resolve.remembering import remembered
from sco_graph.resolve.replay import Replay, called
from sco_graph.resolve.resolution import Iris, Resolution
from sco_graph.resolve.shares import Shares

__all__ = ["Entity", "Resolution", "resolve"]

_COMPARED = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.EVENT)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no collector of circular garbage run: there is none here, and looking for it takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was and not gc.get_freeze_count():
            gc.freeze()  # and back at once: what was made counts as old, and is not gone through when collecting begins
            gc.unfreeze()
        if was:
            gc.enable()


@_uncollected()
def resolve(
    extractions: Iterable[Extraction | Stored],
    authority: Authority,
    register: Register,
    base: str,
    decisions: Decisions | None = None,
    memo: Memo | None = None,
    run: Runner = map,
) -> Resolution:
    """Return what the referents of `extractions` resolve to; new identifiers are added to `register`.

    The result depends on the order of neither `extractions` nor `decisions`, nor on what `memo` knows. Extractions
    are walked once, and one that is `Stored` is decoded only where `memo` does not know its share: by what `run` runs,
    if there are many.
    """
    for iri, entry in sorted(authority.by_iri.items()):
        if iri.startswith(base):
            register.reserve(iri.removeprefix(base), f"{entry.type}:{iri.removeprefix(base)}")
    fixed = {entry.iri.removeprefix(base): entry.iri for entry in authority.compared()}
    replay = Replay(decisions or Decisions(), register, fixed)
    atoms = _atoms(extractions, authority, replay, memo, run)
    apart = replay.apart(atoms)
    clusters, comparisons = _clusters(atoms, register, apart, base, memo)
    paths = assign(_claimants(clusters, atoms, authority, base), register, _naming(atoms))
    paths |= {key: key.removeprefix(base) for key in atoms.by_key if key not in paths}
    withdraw(atoms.speaking_of, paths, register)
    replaced = replay.together(atoms, paths, apart)
    for path, kept in sorted(replaced.items()):
        register.retire(path, kept)
    final = {key: replaced.get(path, path) for key, path in paths.items()} if replaced else paths
    return Resolution(
        Iris(atoms, final, base),
        Entities(atoms, final, authority, base, memo),
        _open(comparisons, final, replay.unsure(atoms, final), apart),
        tuple(replay.troubles),
        atoms,
        final,
        clusters,
        {slug(title): title for entry in authority.compared() for title, _ in entry.posts},
    )


def _atoms(
    extractions: Iterable[Extraction | Stored], authority: Authority, replay: Replay, memo: Memo | None, run: Runner
) -> Atoms:
    """Return the atoms of `extractions`, less the referents that decisions take out of them.

    What they take out depends on the keys in the documents that they name, which therefore come last.
    """
    kept = Kept() if memo is None else memo
    gathering = Gathering(Shares(authority, kept), kept, run)
    named = replay.documents()
    keys: dict[str, Mapping[str, str]] = {}
    words: dict[Words, Sequence[str]] = {}
    told_by: dict[str, str] = {}
    for told, share in gathering.take((stored(given, memo) for given in extractions), named):
        keys[share.document] = share.key_of_each()
        told_by[share.document] = told.key
        referents = told.load().referents if named[share.document] else ()
        words |= {said: called(referents, said.words) for said in named[share.document]}
    replay.named(words)
    parted = {told_by[document]: out for document, out in replay.parted(keys).items()}
    return gathering.finish(parted, authority)


def _clusters(
    atoms: Atoms, register: Register, apart: frozenset[tuple[str, str]], base: str, memo: Memo | None
) -> tuple[Clusters, list[Comparison]]:
    """Return the clusters of all atoms, and the comparisons of what is close and not joined."""
    whole, made = Clusters({key: key for key in atoms.by_key}), []
    known = {key: key.removeprefix(base) for key, atom in atoms.by_key.items() if atom.known}
    constraints = Constraints(register.paths() | known, register.parted(), apart)
    for type_ in _COMPARED:
        profiles = Profiles(atoms, type_, whole.root)
        close = list(_close(profiles, memo))
        found = cluster(profiles, close, constraints)
        left = (pair for pair in close if found.root[pair.a] != found.root[pair.b])
        made += [compare(profiles.of(pair.a), profiles.of(pair.b)) for pair in left]
        whole.root |= found.root
        whole.cuts += found.cuts
        whole.joins += found.joins
    return whole, made


def _close(profiles: Profiles, memo: Memo | None) -> Iterator[Closeness]:
    if memo and profiles.type is EntityType.EVENT:
        yield from remembered(pairs(profiles, memo), profiles, memo)
        return
    for a, b in pairs(profiles, memo):
        if profiles.type is EntityType.EVENT or open_by_names(profiles.type, profiles.names(a), profiles.names(b)):
            found = closeness(profiles.of(a), profiles.of(b))
            if found is not None:
                yield found


def _claimants(clusters: Clusters, atoms: Atoms, authority: Authority, base: str) -> list[Claimant]:
    found = []
    for keys in clusters.members().values():
        here = [atoms.by_key[key] for key in keys]
        number = here[0].number if len(here) == 1 else len(set().union(*(atom.documents for atom in here)))
        if number:  # authority data that no document speaks of have their identifiers already
            fixed = next((key.removeprefix(base) for key in keys if key in authority.by_iri), None)
            earlier = tuple(sorted({key for atom in here for key in atom.earlier}))
            found.append(Claimant(tuple(keys), number, here[0].type, fixed, earlier))
    return found


def _naming(atoms: Atoms) -> Callable[[Claimant], str]:
    """Return what gives the name that a new identifier is made of."""
    return lambda claimant: favourite(total(atoms.by_key[key].names for key in claimant.keys))


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
        if not answered:
            found.setdefault(pair, comparison)
    return tuple(found.values())
