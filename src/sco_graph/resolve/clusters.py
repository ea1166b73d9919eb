"""Clusters: the profiles that are one entity, joined strongest evidence first and never across a contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sco_graph.resolve.comparison import Comparison, Feature, Profile, Verdict, contradicts


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

    def __init__(self, profiles: Iterable[Profile], constraints: Constraints) -> None:
        self.whole = {p.key: p for p in profiles}
        self._parent = {key: key for key in self.whole}
        self._members = {key: {key} for key in self.whole}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._path = {key: path for key in self.whole if (path := constraints.paths.get(key))}
        for a, b in constraints.apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = key = self._parent[self._parent[key]]
        return key

    def barred(self, a: str, b: str) -> bool:
        """Return whether a decision keeps the clusters of `a` and `b` apart."""
        small, large = sorted((self._members[a], self._members[b]), key=len)
        return any(self._apart[key] & large for key in small if key in self._apart)

    def published(self, a: str, b: str) -> bool:
        """Return whether each cluster has an identifier of its own, and authority data know neither of them."""
        if self.whole[a].known or self.whole[b].known:
            return False
        return a in self._path and b in self._path and self._path[a] != self._path[b]

    def contradiction(self, a: str, b: str) -> Feature | None:
        return contradicts(self.whole[a], self.whole[b])

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
        self._members[first] |= self._members.pop(second)
        self.whole[first] = self.whole[first].joined(self.whole.pop(second))


def cluster(profiles: Sequence[Profile], comparisons: Iterable[Comparison], constraints: Constraints) -> Clusters:
    """Return the clusters of `profiles` that `comparisons` and `constraints` make; the order of neither matters.

    What has one path comes first, then the comparisons that say "same", by their points. A join is refused where a
    constraint, or what is known of the two clusters as wholes, rules it out.
    """
    joining = _Joining(profiles, constraints)
    found = Clusters()
    by_path = _by_path(joining.whole, constraints.paths)
    for keys in by_path.values():
        found.joins += joining.unite(keys)
    for path, before in sorted(constraints.parted.items()):
        found.joins += joining.unite([*by_path.get(before, ())[:1], *by_path.get(path, ())])
    said = (c for c in comparisons if c.verdict is Verdict.SAME)
    for comparison in sorted(said, key=lambda c: (-c.points, c.a, c.b)):
        one, other = joining.root(comparison.a), joining.root(comparison.b)
        if one == other:
            continue
        if joining.barred(one, other):
            found.cuts.append(Cut(comparison, "a person's decision"))
        elif against := joining.contradiction(one, other):
            found.cuts.append(Cut(comparison, f"{against.name}: {against.words}"))
        elif joining.published(one, other):
            found.cuts.append(Cut(comparison, "each has an identifier of its own"))
        else:
            joining.join(one, other)
            found.joins.append(Join(comparison.a, comparison.b, comparison))
    found.root = {key: joining.root(key) for key in joining._parent}
    return found


def _by_path(keys: Iterable[str], paths: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of each path, both in order."""
    under: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        if path := paths.get(key):
            under[path].append(key)
    return dict(sorted(under.items()))
