"""Generations on disk: each build releases one, immutable, with an embedded Oxigraph store as its index.

`<state>/generations/<id>/` holds

    graph/           the whole dataset as sorted unique N-Quads lines, the canonical form, in chunks; see `chunks`
    texts/           the text of each document, as offsets count in it, in chunks; see `texts`
    manifest.json    what it was built from and with
    report.json      the validation report
    build.json       what each document gave, and what failed and why
    SHA256SUMS       the checksums of all these
    store/           an Oxigraph store of the graph: an index, derived from it

Generations share the files of what they have in common. Those made before there were chunks have the graph as one file,
`graph.nq`, and a file a text, `texts/<id>.txt`; they are read as ever.

and the file `<state>/current` names the one that is served.
"""

from sco_graph.store.checking import check
from sco_graph.store.chunks import split
from sco_graph.store.draft import Draft
from sco_graph.store.holding import Hold, alone, held, hold
from sco_graph.store.reading import CURRENT, PREVIOUS, Generation, current, find, generation, kept
from sco_graph.store.releases import Release, check_version, freeze, releases, restored
from sco_graph.store.sums import digest_of
from sco_graph.store.writing import KEPT, Writer, write_generation, writing

__all__ = [
    "CURRENT",
    "KEPT",
    "PREVIOUS",
    "Draft",
    "Generation",
    "Hold",
    "Release",
    "Writer",
    "alone",
    "check",
    "check_version",
    "current",
    "digest_of",
    "find",
    "freeze",
    "generation",
    "held",
    "hold",
    "kept",
    "releases",
    "restored",
    "split",
    "write_generation",
    "writing",
]
