"""Every format gives back the same triples to other programs, and the same bytes each time."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld as pyld
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib.compare import to_isomorphic

from sco_graph import export
from sco_graph.errors import ExportNotPossible, OutputRefused, UnknownName
from sco_graph.export import WRITERS, context, jsonld
from sco_graph.export.dataset import GraphChoice, parts
from sco_graph.rdf import DEFAULT_BASE, ORG, PREFIXES, RDF, SCHEMA, SCO, SKOS, XSD
from sco_graph.resources import resource_dir

# rdflib warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

RDFLIB = {"turtle": "turtle", "jsonld": "json-ld", "nquads": "nquads", "trig": "trig", "ntriples": "nt"}
ONE_GRAPH = {"turtle", "ntriples"}
ALL = [(name, graph) for name in WRITERS for graph in GraphChoice if graph == "knowledge" or name not in ONE_GRAPH]


def written(sample, name: str, graph: str) -> bytes:
    file = io.BytesIO()
    WRITERS[name].write(sample, GraphChoice(graph), file)
    return file.getvalue()


def quads(lines: Iterable[bytes]) -> set[tuple[str, ...]]:
    """Return quads as rdflib sees them: canonical N-Quads is the form that all formats are held against."""
    return from_rdflib(b"".join(lines), "nquads")


def from_rdflib(data: bytes, form: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=form)
    default = dataset.default_graph.identifier
    return {(s.n3(), p.n3(), o.n3(), "" if g in {None, default} else str(g)) for s, p, o, g in dataset.quads()}


@pytest.mark.parametrize(("name", "graph"), ALL)
def test_rdflib_finds_the_same_quads_in_every_format(sample, name, graph):
    lines = [line for line in sample.lines() if graph == "all" or not parts(line)[1]]
    assert from_rdflib(written(sample, name, graph), RDFLIB[name]) == quads(lines)


@pytest.mark.parametrize(("name", "graph"), ALL)
def test_another_process_with_another_hash_seed_writes_the_same_bytes(sample, tmp_path, name, graph):
    code = (
        "import sys; from pathlib import Path; from sco_graph import export; from sco_graph.store import Generation\n"
        "export.write(Generation('sample', Path(sys.argv[1])), sys.argv[2], sys.argv[3], Path(sys.argv[4]))"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(sample.path), name, graph, str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    first = (tmp_path / "1").read_bytes()
    assert first == (tmp_path / "2").read_bytes() == written(sample, name, graph)


@pytest.mark.parametrize("name", sorted(ONE_GRAPH))
def test_a_format_of_one_graph_refuses_many_and_names_those_that_hold_them(sample, tmp_path, name):
    target = tmp_path / "out"
    target.write_text("as it was")
    with pytest.raises(ExportNotPossible, match="nquads, trig or jsonld"):
        export.write(sample, name, "all", target)
    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]


def test_a_directory_is_refused_before_anything_is_written_for_it(sample, tmp_path, monkeypatch):
    monkeypatch.setitem(WRITERS, "turtle", None)
    with pytest.raises(OutputRefused, match="it is a directory"):
        export.write(sample, "turtle", "knowledge", tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_or_graph_is_answered_with_those_there_are(sample, tmp_path):
    with pytest.raises(UnknownName, match="turtle, jsonld"):
        export.write(sample, "rdfxml", "all", tmp_path / "out")
    with pytest.raises(UnknownName, match="knowledge, all"):
        export.write(sample, "turtle", "some", tmp_path / "out")


def test_nquads_of_everything_are_the_canonical_lines_themselves(sample):
    assert written(sample, "nquads", "all") == b"".join(sample.lines())


def test_turtle_reads_well(sample):
    text = written(sample, "turtle", "knowledge").decode()
    assert 'place:astana a schema:Place ;\n\tskos:prefLabel "Astana"@en .' in text


def test_trig_has_each_named_graph_once(sample):
    text = written(sample, "trig", "all").decode()
    named = {parts(line)[1] for line in sample.lines()} - {b""}
    assert text.count(" {\n") == len(named)


def test_pyld_expands_an_export_to_the_same_quads(sample):
    data = json.loads(written(sample, "jsonld", "all"))
    found = pyld.to_rdf(data, {"format": "application/n-quads"})
    assert sorted(set(found.encode().splitlines(keepends=True))) == [
        serialize([quad], format=RdfFormat.N_QUADS) for quad in parse(b"".join(sample.lines()), RdfFormat.N_QUADS)
    ]


def test_pyld_finds_the_same_with_the_published_context_fetched_by_its_address(sample):
    address = "https://w3id.org/sco-graph/context.jsonld"
    published = json.loads((resource_dir("ontology") / "context.jsonld").read_text(encoding="utf-8"))

    def load(url: str, _options: object) -> dict[str, object]:
        assert url == address, "nothing else is fetched"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": published}

    data = json.loads(written(sample, "jsonld", "knowledge"))
    options = {"format": "application/n-quads", "documentLoader": load}
    inline = pyld.to_rdf(data, options)
    data["@context"] = [address, {"@base": DEFAULT_BASE}]
    assert pyld.to_rdf(data, options) == inline


def test_the_context_in_an_export_is_the_published_one(sample):
    data = json.loads(written(sample, "jsonld", "knowledge"))
    assert data["@context"] == {**context.load(), "@base": DEFAULT_BASE}


def test_making_the_context_anew_changes_nothing():
    committed = (resource_dir("ontology") / context.FILE_NAME).read_text(encoding="utf-8")
    assert context.make(resource_dir("ontology")) == committed, "run `python -m sco_graph.export`"


def test_a_node_in_json_ld_is_plain_to_read(sample):
    data = json.loads(written(sample, "jsonld", "knowledge"))
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert nodes["id/organization/sco"] == {
        "@id": "id/organization/sco",
        "@type": ["Organization", "Agent", "InternationalOrganization"],
        "abbreviation": "SCO",
        "altLabel": {"en": "Shanghai Cooperation Organisation"},
        "hasMember": ["id/person/nurlan-yermekbayev", "id/person/zhang-ming"],
        "hasSubOrganization": "id/organization/sco-secretariat",
        "prefLabel": {"en": "Shanghai Cooperation Organization"},
    }
    assert nodes["id/membership/00000000000d"]["member"] == "id/person/nurlan-yermekbayev"


IRIS = st.sampled_from(
    [
        f"{DEFAULT_BASE}id/person/x",
        f"{DEFAULT_BASE}id/event/a:b",
        f"{DEFAULT_BASE}id/document/d#char=1,2",
        f"{DEFAULT_BASE}other",
        DEFAULT_BASE,
        f"{SCO}speaker",
        f"{SCO}a/b",
        f"{SCO}",
        f"{SCHEMA}//x",
        "http://example.org/id/x",
        "urn:x:y",
        "https://w3id.org/sco-graph-other/id/x",
        "mailto:a@example.org",
    ]
).map(NamedNode)
PREDICATES = st.sampled_from(
    [
        *(RDF.term("type"), SKOS.prefLabel, SCO.capacity, SCO.confidence, SCO.theme, SCHEMA.startDate, ORG.member),
        *(NamedNode("http://example.org/p"), NamedNode(f"{SCO}x/y")),
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "ru", "zh-hans"])),
    st.sampled_from([Literal("0.5", datatype=XSD.decimal), Literal("2024-07", datatype=XSD.gYearMonth)]),
    st.sampled_from([Literal("7", datatype=XSD.integer), Literal("true", datatype=XSD.boolean)]),
    st.just(Literal("x", datatype=NamedNode("http://example.org/type"))),
)
GRAPHS = st.one_of(st.just(DefaultGraph()), st.builds(NamedNode, st.just(f"{DEFAULT_BASE}claim/0123456789ab")))


@settings(max_examples=150, deadline=None)
@given(st.sets(st.builds(Quad, IRIS, PREDICATES, st.one_of(IRIS, LITERALS), GRAPHS), max_size=8))
def test_json_ld_keeps_any_quads(found):
    ordered = sorted(found, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    file = io.BytesIO()
    jsonld.write_quads(ordered, DEFAULT_BASE, file)
    expected = {line for quad in found for line in serialize([quad], format=RdfFormat.N_QUADS).splitlines()}
    expanded = pyld.to_rdf(json.loads(file.getvalue()), {"format": "application/n-quads"})
    again = {serialize([quad], format=RdfFormat.N_QUADS).strip() for quad in parse(expanded, RdfFormat.N_QUADS)}
    assert again == {line.strip() for line in expected}


@given(st.builds(Quad, IRIS, PREDICATES, st.one_of(IRIS, LITERALS), GRAPHS))
def test_a_line_is_parted_into_its_triple_and_its_graph(quad):
    triple, graph = parts(serialize([quad], format=RdfFormat.N_QUADS))
    assert triple.decode() == str(quad.triple)
    assert graph.decode() == ("" if quad.graph_name == DefaultGraph() else str(quad.graph_name))


def test_turtle_and_json_ld_are_one_graph(sample):
    def graph(name: str) -> rdflib.Graph:
        return rdflib.Graph().parse(data=written(sample, name, "knowledge"), format=RDFLIB[name])

    assert to_isomorphic(graph("turtle")) == to_isomorphic(graph("jsonld"))
    assert dict(graph("turtle").namespaces())["sco"] == rdflib.URIRef(PREFIXES["sco"])
