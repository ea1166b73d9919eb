"""Resolution: what resolving gives, as views that make nothing before it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sco_graph.resolve.atoms import Atoms
from sco_graph.resolve.clusters import Clusters
from sco_graph.resolve.comparison import Comparison
from sco_graph.resolve.entities import Entities
from sco_graph.resolve.replay import Trouble


class Iris(Mapping[tuple[str, str], str]):
    """The IRI of each referent `(document id, referent id)`."""

    def __init__(self, atoms: Atoms, paths: Mapping[str, str], base: str) -> None:
        self._keys = atoms.keys
        self._iris = {key: base + path for key, path in paths.items()}

    def of(self, document: str) -> dict[str, str]:
        """Return the IRI of each referent of a document. Raises KeyError for an unknown one."""
        iris = self._iris
        return {referent: iris[key] for referent, key in self._keys.of(document).items()}

    def __getitem__(self, referent: tuple[str, str]) -> str:
        return self._iris[self._keys[referent]]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each referent is: `(document id, referent id)` -> IRI, and the entities by IRI.

    `undecided` are the comparisons that a person should look at, `troubles` the decisions that could not be carried
    out; `paths` gives the path of each atom's key, `clusters` what was joined by evidence and what was kept from it;
    `titles` is the preferred label of each post of the authority data, by its slug.
    """

    iris: Iris
    entities: Entities
    undecided: tuple[Comparison, ...]
    troubles: tuple[Trouble, ...]
    atoms: Atoms
    paths: Mapping[str, str]
    clusters: Clusters
    titles: Mapping[str, str]

    def of(self, document: str) -> Mapping[str, str]:
        """Return the IRI of each referent of one document. Raises KeyError for an unknown one."""
        return self.iris.of(document)

    def digest(self, document: str) -> str:
        """Return a hash (SHA-256, hexadecimal) of what the referents of one document resolve to.

        It tells the IRI of each, without the base, and all that is known of these entities. Raises KeyError for an
        unknown document.
        """
        told = self.atoms.documents[document]
        here = [self.entities.digest(self.paths[key]) for key in told.keys]
        return hashlib.sha256(told.hash + b"\n".join(here)).hexdigest()
