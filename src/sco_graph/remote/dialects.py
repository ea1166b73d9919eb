"""What the servers do in ways of their own, each tried against the server itself."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """A kind of server.

    `banner` begins its Server header. `has_default` tells whether its default graph can be written to and is no union
    of the others; else the knowledge is the graph `<base>graph/knowledge` there. An update has `batch` quads at most,
    an answer `page` rows; fewer mean that there are no more, if the server `tells` when it cuts answers. `updates` are
    the pattern of a query address, and what takes its place for updates. `dump`, if any, is such a replacement for
    the address that gives the whole dataset as N-Quads. `own` are the schemes of IRIs that call functions of its own.
    """

    name: str
    banner: str
    has_default: bool
    batch: int
    page: int
    updates: tuple[str, str]
    tells: bool = True
    dump: str | None = None
    own: tuple[str, ...] = ()

    def knowledge(self, base: str) -> str | None:
        """Return the IRI of the graph that holds the knowledge, None for the default graph (docs/model.md, Graphs)."""
        return None if self.has_default else f"{base}graph/knowledge"

    def update_address(self, query_address: str) -> str:
        """Return where the server takes updates."""
        return re.sub(self.updates[0], self.updates[1], query_address)

    def dump_address(self, query_address: str) -> str | None:
        """Return where the server gives all that it holds, None if it does not in one answer."""
        return re.sub(self.updates[0], self.dump, query_address) if self.dump else None


OXIGRAPH = Dialect("oxigraph", "Oxigraph/", True, 10_000, 1_000_000, ("/query$", "/update"), dump="/store")

# Virtuoso's compiler of SPARQL gives up on INSERT DATA of some 4,900 triples ("memory exhausted"), of fewer if they are
# in many graphs ("length of generated SQL"). Its server calls an answer cut that has ResultSetMaxRows rows, 10,000 in
# the usual virtuoso.ini. It has no default graph to write to.
VIRTUOSO = Dialect(
    "virtuoso", "Virtuoso/", False, 1_000, 9_999, ("/sparql(-auth)?$", "/sparql-auth"), own=("bif", "sql")
)

# The update service of a dataset is its own address, too; its default graph is what SPARQL says, unless the
# configuration makes it the union.
FUSEKI = Dialect("fuseki", "Apache Jena Fuseki", True, 10_000, 10_000, ("/(query|sparql)$", "/update"))

GENERIC = Dialect("sparql", "", True, 2_000, 5_000, ("$", ""), tells=False)

DIALECTS = {dialect.name: dialect for dialect in (OXIGRAPH, VIRTUOSO, FUSEKI, GENERIC)}


def dialect_of(server: str) -> Dialect:
    """Return the dialect of a server by its Server header (RFC 9110 §10.2.4); GENERIC if it says nothing known.

    >>> dialect_of("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu").name
    'virtuoso'
    """
    return next(dialect for dialect in DIALECTS.values() if server.startswith(dialect.banner))
