"""Namespaces, IRIs and terms (MODEL.md, sections "Things" and "Identifiers")."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from sco_graph.model import Mention

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

Fact = tuple[str, str, str]
"""A triple whose terms are strings, as N-Triples writes them (RDF 1.1 N-Triples, section 2): quick to handle."""

FactInGraph = tuple[str, str, str, str]
"""A quad in the same form; "" is the default graph."""


class Namespace(str):
    """An IRI prefix whose attributes are its terms: `ORG.Membership`."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        # Python asks only for what is not there yet.
        found = self.__dict__[name] = self.term(name)
        return found

    def term(self, name: str) -> NamedNode:
        """Return the term `name`; for names that are also methods of str, such as `title`."""
        return _node(str(self) + name)


@lru_cache(maxsize=1 << 12)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


SCO = Namespace("https://w3id.org/sco-graph/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
TIME = Namespace("http://www.w3.org/2006/time#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
WD = Namespace("http://www.wikidata.org/entity/")

PROVENANCE = "graph/provenance"
"""The path below the base of the graph that tells what claims rest on."""

QUARANTINE = "graph/quarantine"
"""The path below the base of the graph of the claims that are set aside."""

DEFAULT_BASE = "https://w3id.org/sco-graph/"
"""The base of identifiers unless sco-graph.toml says otherwise; the ontology's IRI does not move with it."""

PREFIXES: dict[str, str] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "nif": NIF,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sco": SCO,
    "skos": SKOS,
    "time": TIME,
    "void": VOID,
    "wd": WD,
    "xsd": XSD,
}

_STRETCH = re.compile(r"/id/document/([^/#]+)#char=(\d+),(\d+)$")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

# Letters that NFKD does not take apart, in the usual Latin spelling.
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ʻ": "", "’": "", "'": ""}
)


def prefixed(iri: str) -> str:
    """Return `iri` with a prefix of `PREFIXES` where one fits, else as it is.

    >>> prefixed("http://www.w3.org/ns/org#Membership")
    'org:Membership'
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def without_diacritics(text: str) -> str:
    """Return `text` with the letters of the Latin script in their plain form; other scripts keep their letters."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """Return `name` as one readable ASCII path segment: lower case, words joined by hyphens.

    Diacritics fall away; a name without any Latin letter or digit becomes `x-` and twelve hexadecimal digits
    of its SHA-256, so that every name has a slug. A slug is its own slug.

    >>> slug("SCO Secretariat (Beijing)")
    'sco-secretariat-beijing'
    """
    words = re.findall(r"[a-z0-9]+", without_diacritics(name.casefold()).encode("ascii", "ignore").decode())
    if not words:
        return "x-" + digest([name])
    return "-".join(words)[:96].rstrip("-")


def char_fragment(begin: int, end: int) -> str:
    """Return the fragment of a document's IRI that means text[begin:end] in code points.

    RFC 5147 §2.1.1: a position counts what stands before it.

    >>> char_fragment(0, 12)
    'char=0,12'
    """
    return f"char={begin},{end}"


def stretch_at(document: str, begin: int, end: int) -> str:
    """Return the reference to text[begin:end] of a document, which is named by its IRI, address or id."""
    return f"{document}#{char_fragment(begin, end)}"


def stretch_of(iri: str) -> tuple[str, int, int] | None:
    """Return what `stretch_at` was given for a document's IRI: the document's id, begin and end; None for another IRI.

    >>> stretch_of("https://w3id.org/sco-graph/id/document/d014#char=120,245")
    ('d014', 120, 245)
    """
    found = _STRETCH.search(iri)
    return (found[1], int(found[2]), int(found[3])) if found else None


def date_literal(value: str) -> Literal:
    """Return YYYY-MM-DD, YYYY-MM or YYYY as xsd:date, xsd:gYearMonth or xsd:gYear."""
    return Literal(value, datatype=XSD.term({10: "date", 7: "gYearMonth", 4: "gYear"}[len(value)]))


def interval_path(first: str | None, last: str | None) -> str:
    """Return the path below the base of the interval from `first` to `last`, dates as `date_literal` takes them.

    Equal dates are one interval, whoever tells of it; None is an end of which nothing is said.

    >>> interval_path("2019", "2021-12-31"), interval_path("2022", None)
    ('id/interval/from-2019-to-2021-12-31', 'id/interval/from-2022')
    """
    return "id/interval/" + "-".join([*(("from", first) if first else ()), *(("to", last) if last else ())])


def interval_words(name: str) -> str:
    """Return the last segment of an interval's path in words.

    >>> interval_words("from-2019-to-2021-12-31")
    'from 2019 to 2021-12-31'
    """
    return re.sub(r"-?\b(from|to|ended-by)-", lambda match: f" {match[1].replace('-', ' ')} ", name).strip()


def digest(parts: Iterable[str | None]) -> str:
    """Return twelve hexadecimal digits that tell `parts` apart (SHA-256 over length-prefixed UTF-8)."""
    told = [
        "1n-" if part is None else f"{len(part) if part.isascii() else len(part.encode())}s{part}" for part in parts
    ]
    return hashlib.sha256("".join(told).encode()).hexdigest()[:12]


class Iris(Protocol):
    """How a claim names the nodes of its triples."""

    language: str
    """The BCP 47 tag of the document's language."""

    def of(self, mention: Mention) -> NamedNode:
        """Return the IRI of the entity that `mention` resolves to."""

    def mint(self, kind: str, *parts: NamedNode | str | None) -> NamedNode:
        """Return `id/<kind>/<hash of parts>`: the same parts give the same node in every document."""

    def role(self, title: str) -> NamedNode:
        """Return the org:Role concept of the post `title`; titles with one slug are one concept."""

    def interval(self, first: str | None, last: str | None) -> NamedNode:
        """Return the interval from `first` to `last`: the same dates give the same node in every document."""

    def words(self, start: int, end: int) -> str:
        """Return the document's text from `start` to `end`."""
