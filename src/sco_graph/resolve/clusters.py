"""Clusters: the profiles that are one entity, joined strongest evidence first and never across a contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from sco_graph.resolve.comparison import SAME, Closeness, Comparison, Feature, Profile, compare, contradicts
from sco_graph.resolve.profiles import Profiles


@dataclass(frozen=True, slots=True)
class Cut:
    """Two profiles that a comparison takes for one, and what keeps them apart all the same."""

    comparison: Comparison
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """Two keys that were joined: by a comparison, or (None) because they were published as one."""

    a: str
    b: str
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What evidence has no say in: the path that each key has been published under, and the pairs (smaller key first)
    that must not be one entity.

    Keys of one path are one entity, unless they must not be. Keys of two paths are joined by people and authority data
    alone: otherwise an identifier would go with one document, and come back with the next. `parted` tells which paths
    were minted when people took keys out of which: the keys go back where nobody keeps them apart any more.
    """

    paths: Mapping[str, str] = field(default_factory=dict)
    parted: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class Clusters:
    """The clusters of some profiles: the key of the first member stands for a cluster."""

    root: dict[str, str] = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)

    def members(self) -> Mapping[str, list[str]]:
        """Return the keys of each cluster, by its root; sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.root):
            found[self.root[key]].append(key)
        return found


class _Joining:
    """Clusters in the making."""

    def __init__(self, profiles: Profiles, constraints: Constraints) -> None:
        self.keys = [atom.key for atom in profiles.atoms]
        self._profiles = profiles
        self._parent = {key: key for key in self.keys}
        self._members: dict[str, list[str]] = {}
        self._whole: dict[str, Profile] = {}
        self._known: set[str] = {key for key in self.keys if profiles.known(key)}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._path = {key: path for key in self.keys if (path := constraints.paths.get(key))}
        for a, b in constraints.apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = key = self._parent[self._parent[key]]
        return key

    def barred(self, a: str, b: str) -> bool:
        """Return whether a decision keeps the clusters of `a` and `b` apart."""
        if not self._apart:
            return False
        small, large = sorted((self._together(a), self._together(b)), key=len)
        others = set(large)
        return any(self._apart[key] & others for key in small if key in self._apart)

    def published(self, a: str, b: str) -> bool:
        """Return whether each cluster has an identifier of its own, and authority data know neither of them."""
        if a in self._known or b in self._known:
            return False
        return a in self._path and b in self._path and self._path[a] != self._path[b]

    def contradiction(self, a: str, b: str) -> Feature | None:
        return contradicts(self._profile(a), self._profile(b))

    def compared(self, pair: Closeness) -> Comparison:
        return compare(self._profiles.of(pair.a), self._profiles.of(pair.b))

    def unite(self, keys: Sequence[str]) -> Iterator[Join]:
        """Join the clusters of `keys`, but for those that decisions keep apart."""
        for key in keys[1:]:
            one, other = self.root(keys[0]), self.root(key)
            if one != other and not self.barred(one, other):
                self.join(one, other)
                yield Join(keys[0], key)

    def join(self, a: str, b: str) -> None:
        first, second = sorted((a, b))
        self._parent[second] = first
        if path := self._path.pop(second, None):
            self._path.setdefault(first, path)
        if second in self._known:
            self._known.add(first)
        self._members.setdefault(first, [first]).extend(self._members.pop(second, (second,)))
        one, other = self._whole.pop(first, None), self._whole.pop(second, None)
        if one and other:
            self._whole[first] = one.joined(other)

    def _together(self, root: str) -> Sequence[str]:
        """Return the keys of a cluster, in the order in which they were joined."""
        return self._members.get(root, (root,))

    def _profile(self, root: str) -> Profile:
        """Return the profile of a cluster as a whole."""
        found = self._whole.get(root)
        if found is None:
            found = self._whole[root] = reduce(Profile.joined, map(self._profiles.of, self._together(root)))
        return found


def cluster(profiles: Profiles, close: Iterable[Closeness], constraints: Constraints) -> Clusters:
    """Return the clusters of `profiles` that what is `close` and `constraints` make; the order of neither matters.

    What has one path comes first, then the pairs that are the same, by their points. A join is refused where a
    constraint, or what is known of the two clusters as wholes, rules it out.
    """
    joining = _Joining(profiles, constraints)
    found = Clusters()
    by_path = _by_path(joining.keys, constraints.paths)
    for keys in by_path.values():
        found.joins += joining.unite(keys)
    for path, before in sorted(constraints.parted.items()):
        found.joins += joining.unite([*by_path.get(before, ())[:1], *by_path.get(path, ())])
    for pair in sorted((c for c in close if c.points >= SAME), key=lambda c: (-c.points, c.a, c.b)):
        _weigh(pair, joining, found)
    found.root = {key: joining.root(key) for key in joining.keys}
    return found


def _weigh(pair: Closeness, joining: _Joining, found: Clusters) -> None:
    """Join what is close enough to be one, unless something keeps it apart."""
    one, other = joining.root(pair.a), joining.root(pair.b)
    if one == other:
        return
    comparison = joining.compared(pair)
    if joining.barred(one, other):
        found.cuts.append(Cut(comparison, "a person's decision"))
    elif against := joining.contradiction(one, other):
        found.cuts.append(Cut(comparison, f"{against.name}: {against.words}"))
    elif joining.published(one, other):
        found.cuts.append(Cut(comparison, "each has an identifier of its own"))
    else:
        joining.join(one, other)
        found.joins.append(Join(comparison.a, comparison.b, comparison))


def _by_path(keys: Iterable[str], paths: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of each path, both in order; `keys` are in order."""
    under: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if path := paths.get(key):
            under[path].append(key)
    return dict(sorted(under.items()))
