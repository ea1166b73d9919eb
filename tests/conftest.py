"""What tests of several folders share: the option that rewrites golden files, and a small generation to ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from extractions import derived
from sco_graph import pipeline
from sco_graph.pipeline.quarantine import Cause, quarantined, violation
from sco_graph.project import load_project
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, NIF, PREFIXES, PROV, RDF, SCHEMA, SCO, SH, XSD, digest
from sco_graph.reason import inferred
from sco_graph.store import Generation, current, write_generation
from sco_graph.validate import Result

pytest_plugins = ("browser",)

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "queries" / "sample"
_THINGS = "country document event interval membership organization participation person place role statement".split()
_HEAD = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in [*PREFIXES.items(), *((thing, f"{DEFAULT_BASE}id/{thing}/") for thing in _THINGS)]
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --update-golden."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is found")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def sample_lines() -> list[bytes]:
    """Return the sample dataset, with what follows from it, as canonical N-Quads lines."""
    quads = list(sample_quads())
    denied = [q.subject.value for q in quads if (q.predicate, q.object) == (SCO.modality, SCO.denied)]
    known = [q for q in quads if q.graph_name == DefaultGraph()]
    for triple in [*derived(quads, denied), *inferred(known)]:
        quads += _twice(Triple(*triple), "graph/inferred")
    return sorted({serialize([quad], format=RdfFormat.N_QUADS) for quad in quads})


@pytest.fixture(scope="session")
def sample_texts() -> dict[str, str]:
    """Return the texts of the sample documents by id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((SAMPLE / "texts").glob("*.txt"))}


@pytest.fixture(scope="session")
def sample(
    tmp_path_factory: pytest.TempPathFactory, sample_lines: list[bytes], sample_texts: dict[str, str]
) -> Generation:
    """Return a released generation of four short documents; see tests/queries/sample."""
    state = tmp_path_factory.mktemp("project") / ".sco-graph"
    return write_generation(state, "sample", sample_lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """Return the generation of this repository as a project: the demonstration corpus, built anew."""
    directory = tmp_path_factory.mktemp("demo")
    shutil.copy(ROOT / "sco-graph.toml", directory)
    shutil.copytree(ROOT / "data", directory / "data")
    project = load_project(directory)
    pipeline.build(project)
    return current(project.state)


def sample_quads() -> Iterator[Quad]:
    """Yield the quads of the sample dataset, as mapping makes them (MODEL.md, "Claims and evidence")."""
    entities = list(_turtle((SAMPLE / "entities.ttl").read_text(encoding="utf-8")))
    for triple in entities:
        yield from _twice(triple, "graph/authority")
    documents = yaml.safe_load((SAMPLE / "documents.yaml").read_text(encoding="utf-8"))
    for name, known in documents.items():
        for triple in _document(name, known):
            yield from _twice(triple, f"graph/document/{name}")
    for claim in yaml.safe_load((SAMPLE / "claims.yaml").read_text(encoding="utf-8")):
        key = digest([claim["in"], claim["kind"], claim["quote"]])
        graph, provenance = (NamedNode(f"{DEFAULT_BASE}{path}") for path in (f"claim/{key}", "graph/provenance"))
        said = [Quad(t.subject, t.predicate, t.object, graph) for t in _turtle(claim["says"])]
        told = [Quad(*triple, provenance) for triple in _provenance(claim, key, documents[claim["in"]]["issued"])]
        if "aside" in claim:
            yield from quarantined([*said, *told], {key: (_violation(claim["aside"], said[0]),)}, DEFAULT_BASE)
            continue
        yield from (*said, *told)
        named = {term for quad in said for term in (quad.subject, quad.object)}
        here = NamedNode(f"{DEFAULT_BASE}graph/document/{claim['in']}")
        yield from (Quad(*t, here) for t in entities if t.subject in named and t.predicate == RDF.term("type"))
        if claim.get("modality") != "denied":
            yield from (Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in said)


def _violation(message: str, quad: Quad) -> Cause:
    shape = f"{DEFAULT_BASE}shapes#by-hand"
    return violation(
        Result(quad.subject.value, None, None, f"{SH}NodeConstraintComponent", shape, f"{SH}Violation", message)
    )


def _turtle(text: str) -> Iterator[Triple]:
    return (quad.triple for quad in parse(_HEAD + text, RdfFormat.TURTLE))


def _twice(triple: Triple, graph: str) -> Iterator[Quad]:
    for name in (NamedNode(DEFAULT_BASE + graph), DefaultGraph()):
        yield Quad(triple.subject, triple.predicate, triple.object, name)


def _document(name: str, known: dict[str, str]) -> Iterator[Triple]:
    node = NamedNode(f"{DEFAULT_BASE}id/document/{name}")
    yield Triple(node, RDF.term("type"), SCHEMA.NewsArticle)
    yield Triple(node, DCTERMS.identifier, Literal(name))
    yield Triple(node, DCTERMS.term("title"), Literal(known["title"], language="en"))
    yield Triple(node, DCTERMS.issued, Literal(known["issued"], datatype=XSD.date))


def _provenance(claim: dict[str, str], key: str, issued: str) -> list[tuple[NamedNode, NamedNode, object]]:
    text = (SAMPLE / "texts" / f"{claim['in']}.txt").read_text(encoding="utf-8")
    begin = text.index(claim["quote"])
    end = begin + len(claim["quote"])
    node = NamedNode(f"{DEFAULT_BASE}claim/{key}")
    document = NamedNode(f"{DEFAULT_BASE}id/document/{claim['in']}")
    evidence = NamedNode(f"{document.value}#char={begin},{end}")
    modality = claim.get("modality")
    return [
        (node, RDF.term("type"), SCO.Claim),
        (node, PROV.wasDerivedFrom, evidence),
        (node, SCO.claimKind, Literal(claim["kind"])),
        (node, SCO.rule, Literal(f"{claim['kind']}/by-hand")),
        (node, SCO.confidence, Literal("0.90", datatype=XSD.decimal)),
        (node, SCO.attestedOn, Literal(issued, datatype=XSD.date)),
        *([(node, SCO.modality, SCO.term(modality))] if modality else []),
        (evidence, RDF.term("type"), NIF.RFC5147String),
        (evidence, NIF.anchorOf, Literal(claim["quote"], language="en")),
        (evidence, NIF.beginIndex, Literal(str(begin), datatype=XSD.nonNegativeInteger)),
        (evidence, NIF.endIndex, Literal(str(end), datatype=XSD.nonNegativeInteger)),
        (evidence, NIF.referenceContext, document),
    ]
