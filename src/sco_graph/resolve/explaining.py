"""Explaining: why two names are, or are not, one entity."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sco_graph.claims.extraction import Extraction
from sco_graph.model import EntityType
from sco_graph.resolve import Resolution
from sco_graph.resolve.clusters import Join
from sco_graph.resolve.comparison import Comparison, Profile, compare
from sco_graph.resolve.decisions import Decisions, Target, Words
from sco_graph.resolve.names import normalise
from sco_graph.resolve.profiles import Profiles

_BY_KEY = {
    EntityType.COUNTRY: "a state is known by its ISO code or its authority entry",
    EntityType.PLACE: "a place is known by its name",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One step from a name to another: what joins them. `points` is None where the register or a key does."""

    a: str
    b: str
    why: str
    points: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Whether two names are one entity, and why.

    `paths` are the identifiers of both. For one entity, `links` lead from the first name to the second, and `weakest`
    is the link that the fewest points hold; for two, `comparison` sets both as wholes side by side, and `against` says
    what kept them apart. `moves` are the claims, as (key, document, words), that would change hands if the answer
    were the other one.
    """

    names: tuple[str, str]
    paths: tuple[str, str]
    same: bool
    links: tuple[Link, ...]
    weakest: Link | None
    comparison: Comparison | None
    against: str
    moves: tuple[tuple[str, str, str], ...]


def keys_called(name: str, resolution: Resolution, base: str = "") -> list[str]:
    """Return the keys of the atoms that `name` means: an identifier, or a name or another form of one; sorted."""
    path = name.removeprefix(base)
    path = path if path.startswith("id/") else f"id/{path}"
    if under := sorted(key for key, p in resolution.paths.items() if p == path):
        return under
    wanted = normalise(name)
    atoms = resolution.atoms.by_key
    return sorted(k for k, a in atoms.items() if any(normalise(f) == wanted for f in (*a.forms, *a.names)))


def explain_pair(
    names: tuple[str, str],
    keys: tuple[Sequence[str], Sequence[str]],
    resolution: Resolution,
    read: Callable[[Collection[str]], Iterable[Extraction]],
    decisions: Decisions,
) -> Pair:
    """Return why the atoms of `keys`, called `names`, are one entity or two; `read` gives what documents say."""
    one, other = (keys[0][0], keys[1][0])
    paths = (resolution.paths[one], resolution.paths[other])
    same = paths[0] == paths[1]
    links = _links(set(keys[0]), set(keys[1]), resolution, decisions) if same else ()
    comparison = None if same else _whole(paths, resolution)
    moving = set(keys[1]) if same else {key for key, path in resolution.paths.items() if path == paths[1]}
    return Pair(
        names,
        paths,
        same,
        links,
        min((link for link in links if link.points is not None), key=lambda link: link.points or 0, default=None),
        comparison,
        "" if same else _against(paths, resolution, decisions),
        _moves(moving, resolution, read(_speaking_of(moving, resolution))),
    )


def _links(one: set[str], other: set[str], resolution: Resolution, decisions: Decisions) -> tuple[Link, ...]:
    if both := one & other:
        key = min(both)
        return (Link(key, key, _BY_KEY.get(resolution.atoms.by_key[key].type, "both names have the same key"), None),)
    beside: Mapping[str, list[tuple[str, Join]]] = defaultdict(list)
    for join in resolution.clusters.joins:
        beside[join.a].append((join.b, join))
        beside[join.b].append((join.a, join))
    came: dict[str, tuple[str, Join] | None] = dict.fromkeys(sorted(one))
    queue = deque(sorted(one))
    while queue:
        at = queue.popleft()
        if at in other:
            return _walked(at, came, resolution)
        for key, join in sorted(beside[at], key=lambda step: step[0]):
            if key not in came:
                came[key] = (at, join)
                queue.append(key)
    path, documents = resolution.paths[min(one)], {d for k in one | other for d in resolution.atoms.by_key[k].documents}
    said = next((d for d in decisions.of("same") if any(_concerns(t, path, documents) for t in d.targets)), None)
    return (Link(min(one), min(other), f"a person's decision: {said}" if said else "one authority entry", None),)


def _concerns(target: Target, path: str, documents: set[str]) -> bool:
    return target.document in documents if isinstance(target, Words) else target == path


def _walked(at: str, came: Mapping[str, tuple[str, Join] | None], resolution: Resolution) -> tuple[Link, ...]:
    found = []
    while step := came[at]:
        before, join = step
        comparison = join.comparison or compare(*_profiles({join.a, join.b}, resolution))
        published = "" if join.comparison else "published as one before; now "
        features = "; ".join(f"{f.name} ({f.points:+g}): {f.words}" for f in comparison.features)
        found.append(Link(before, at, published + features, comparison.points))
        at = before
    return tuple(reversed(found))


def _profiles(keys: set[str], resolution: Resolution) -> list[Profile]:
    type_ = resolution.atoms.by_key[min(keys)].type
    profiles = Profiles(resolution.atoms, type_, resolution.clusters.root)
    return [profiles.of(key) for key in sorted(keys)]


def _whole(paths: tuple[str, str], resolution: Resolution) -> Comparison | None:
    """Return the comparison of two entities as wholes, or None if their types differ or are not compared."""
    members = {path: [k for k, p in resolution.paths.items() if p == path] for path in paths}
    types = {resolution.atoms.by_key[k].type for keys in members.values() for k in keys}
    if len(types) != 1 or types & set(_BY_KEY):
        return None
    return compare(*(_joined(_profiles(set(members[path]), resolution)) for path in paths))


def _joined(profiles: Sequence[Profile]) -> Profile:
    whole = profiles[0]
    for profile in profiles[1:]:
        whole = whole.joined(profile)
    return whole


def _against(paths: tuple[str, str], resolution: Resolution, decisions: Decisions) -> str:
    documents = {path: _documents(path, resolution) for path in paths}
    for decision in decisions.of("different"):
        sides = [{p for p in paths if _concerns(t, p, documents[p])} for t in decision.targets]
        if decision.documents:
            sides.append({p for p in paths if documents[p] & set(decision.documents)})
        if set().union(*sides) == set(paths) and all(sides):
            return f"a person's decision: {decision}"
    for cut in resolution.clusters.cuts:
        if {resolution.paths[cut.comparison.a], resolution.paths[cut.comparison.b]} == set(paths):
            return cut.reason
    return ""


def _documents(path: str, resolution: Resolution) -> set[str]:
    return _speaking_of((key for key, p in resolution.paths.items() if p == path), resolution)


def _speaking_of(keys: Iterable[str], resolution: Resolution) -> set[str]:
    return set().union(*(resolution.atoms.by_key[key].documents for key in keys))


def _moves(
    keys: set[str], resolution: Resolution, extractions: Iterable[Extraction]
) -> tuple[tuple[str, str, str], ...]:
    found = []
    for extraction in extractions:
        document = extraction.document.id
        for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
            if any(resolution.atoms.keys[document, m.referent] in keys for m in claim.arguments()):
                found.append((claim.key(), document, quote))
    return tuple(sorted(found, key=lambda move: (move[1], move[0])))
