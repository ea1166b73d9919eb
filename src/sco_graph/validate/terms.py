"""Terms as N-Triples writes them, which is what validation works on: strings compare, hash and travel fast.

An IRI is `<...>`, a literal `"..."`, `"..."@tag` or `"..."^^<...>` (RDF 1.1 N-Triples, section 2), as pyoxigraph
writes them: one form for each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import intern

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from sco_graph.rdf import FactInGraph

STRING = "<http://www.w3.org/2001/XMLSchema#string>"
LANG_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def iri(node: NamedNode) -> str:
    """Return `node` as a term."""
    return f"<{node.value}>"


def of_quads(quads: Iterable[Quad]) -> Iterator[FactInGraph]:
    """Yield `quads` as terms: subject, predicate, object, and graph or "" for the default graph."""
    # Rust writes and Python splits faster than Python asks each quad for its terms.
    return of_lines((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines())


def of_lines(lines: Iterable[bytes]) -> Iterator[FactInGraph]:
    """Yield canonical N-Quads lines (RDF 1.1 N-Quads, section 4), with or without line feed, as terms."""
    for line in lines:
        subject, predicate, rest = line.decode().rstrip(" .\n").split(" ", 2)
        predicate = intern(predicate)  # there are few, and a view holds one for each fact
        value, _, graph = rest.rpartition(" ")
        # Without a graph, what follows the last space is the end of the value.
        if value and graph[0] in "<_" and '"' not in graph:
            yield subject, predicate, value, graph
        else:
            yield subject, predicate, rest, ""


def datatype(term: str) -> str:
    """Return the datatype of a literal, rdf:langString for one with a language tag."""
    if term.endswith('"'):
        return STRING
    return term[term.rindex('"^^') + 3 :] if term.endswith(">") else LANG_STRING


def language(term: str) -> str:
    """Return the language tag of a literal, "" if it has none."""
    return "" if term.endswith(('"', ">")) else term[term.rindex("@") + 1 :]


def text(term: str) -> str:
    """Return an IRI without its brackets, or the lexical form of a literal."""
    if term.startswith("<"):
        return term[1:-1]
    lexical = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescaped, lexical) if "\\" in lexical else lexical


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CONTROL.get(match[3], match[3])
