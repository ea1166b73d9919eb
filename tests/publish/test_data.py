"""What a publication offers to machines: the data whole, their description, and how to cite and use them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
import zstandard
from lxml import etree
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from sco_graph.project import Creator, Publishing
from sco_graph.publish import publish
from sco_graph.publish.sitemap import sitemaps
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import write_generation

VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")

URL = "https://data.example.org/sco/"
SETTINGS = Publishing(
    title="A sample: with a colon",
    description="What a few documents tell.",
    license="CC-BY-4.0",
    creators=(Creator("The makers"), Creator("The Secretariat", "https://orcid.org/0000-0002-1825-0097")),
    homepage="https://example.org/about",
    url=URL,
    sparql="https://example.org/sparql",
    issued="2026-01-31",
)

# rdflib's JSON-LD parser uses a class that rdflib has deprecated.
RDFLIB_S_OWN = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def described(sample, tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("described") / "site"
    publish(sample, directory, "Sample", settings=SETTINGS)
    return directory


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    return zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()


@RDFLIB_S_OWN
def test_the_whole_graph_is_there_in_three_formats_each_in_two_compressions(sample, site):
    data = site / "data"
    for suffix in ("gz", "zst"):
        assert unpacked(data / f"all.nq.{suffix}") == b"".join(sample.lines())
        knowledge = Graph().parse(data=unpacked(data / f"knowledge.ttl.{suffix}"))
        again = Graph().parse(data=unpacked(data / f"knowledge.jsonld.{suffix}"), format="json-ld")
        assert isomorphic(knowledge, again)
        assert len(knowledge) > 100


def test_a_compressed_file_names_no_time_and_no_file(site):
    for path in (site / "data").glob("*.gz"):
        head = path.read_bytes()[:10]
        assert head[3] == 0, "no flag, so no name (RFC 1952, section 2.3.1)"
        assert head[4:8] == b"\0\0\0\0", "no time"


def test_the_checksums_are_those_that_sha256sum_finds(site):
    found = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=site / "data", capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.count(": OK") == 6


def test_the_description_of_the_dataset_counts_what_is_there(site):
    about = Graph().parse(site / "void.ttl")
    knowledge = Graph().parse(data=unpacked(site / "data" / "knowledge.ttl.gz"))
    dataset = about.value(predicate=RDF.type, object=DCAT.Dataset)
    assert int(about.value(dataset, VOID.triples)) == len(knowledge)
    assert int(about.value(dataset, VOID.distinctSubjects)) == len(set(knowledge.subjects()))
    assert int(about.value(dataset, VOID.distinctObjects)) == len(set(knowledge.objects()))
    classes = {
        about.value(p, VOID["class"]): int(about.value(p, VOID.entities))
        for p in about.objects(dataset, VOID.classPartition)
    }
    assert classes == {c: len(set(knowledge.subjects(RDF.type, c))) for c in set(knowledge.objects(None, RDF.type))}
    properties = {
        about.value(p, VOID.property): int(about.value(p, VOID.triples))
        for p in about.objects(dataset, VOID.propertyPartition)
    }
    assert properties == {p: len(list(knowledge.triples((None, p, None)))) for p in set(knowledge.predicates())}
    links = sum(int(about.value(links, VOID.triples)) for links in about.subjects(RDF.type, VOID.Linkset))
    assert links == len(list(knowledge.triples((None, OWL.sameAs, None))))
    assert not [node for triple in about for node in triple if isinstance(node, BNode)]


def test_the_description_gives_each_file_with_size_checksum_and_compression(described):
    about = Graph().parse(described / "void.ttl")
    dataset = about.value(predicate=RDF.type, object=DCAT.Dataset)
    distributions = list(about.objects(dataset, DCAT.distribution))
    assert len(distributions) == 6
    for distribution in distributions:
        path = described / str(about.value(distribution, DCAT.downloadURL)).removeprefix(URL)
        assert int(about.value(distribution, DCAT.byteSize)) == path.stat().st_size
        checksum = about.value(distribution, SPDX.checksum)
        assert str(about.value(checksum, SPDX.checksumValue)) == hashlib.sha256(path.read_bytes()).hexdigest()
        kind = {".gz": "gzip", ".zst": "zstd"}[path.suffix]
        assert str(about.value(distribution, DCAT.compressFormat)).endswith(f"application/{kind}")


def test_the_description_says_what_the_settings_say(described):
    about = Graph().parse(described / "void.ttl")
    dataset = URIRef(f"{URL}void.ttl#dataset")
    assert about.value(dataset, DCTERMS.title) == Literal(SETTINGS.title, "en")
    assert str(about.value(dataset, DCTERMS.license)) == "https://spdx.org/licenses/CC-BY-4.0"
    assert str(about.value(dataset, DCTERMS.issued)) == "2026-01-31"
    assert str(about.value(dataset, VOID.sparqlEndpoint)) == SETTINGS.sparql
    assert about.value(predicate=DCAT.servesDataset, object=dataset) is not None
    assert len(list(about.objects(dataset, DCTERMS.creator))) == 2


def test_without_settings_the_day_of_issue_is_that_of_the_newest_document_and_no_licence_is_told(sample, site):
    about = Graph().parse(site / "void.ttl")
    dataset = about.value(predicate=RDF.type, object=DCAT.Dataset)
    days = re.findall(rb'dc/terms/issued> "(\d{4}-\d\d-\d\d)"', b"".join(sample.lines()))
    assert str(about.value(dataset, DCTERMS.issued)) == max(days).decode()
    assert about.value(dataset, DCTERMS.license) is None
    assert "No licence has been stated" in (site / "LICENSE.txt").read_text()


def test_the_citation_file_has_what_the_format_demands(described, site):
    told = yaml.safe_load((described / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0"
    assert (told["type"], told["title"], told["license"]) == ("dataset", SETTINGS.title, "CC-BY-4.0")
    assert told["authors"] == [
        {"name": "The makers"},
        {"name": "The Secretariat", "orcid": "https://orcid.org/0000-0002-1825-0097"},
    ]
    assert told["date-released"] == "2026-01-31"
    for path in (described, site):
        least = yaml.safe_load((path / "CITATION.cff").read_text(encoding="utf-8"))
        assert {"cff-version", "message", "title", "authors"} <= set(least), "the schema's required keys"
        assert least["authors"]


def test_the_research_object_lists_files_that_are_there(described):
    crate = json.loads((described / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    nodes = {node["@id"]: node for node in crate["@graph"]}
    assert len(nodes) == len(crate["@graph"]), "each entity stands there once"
    descriptor = nodes["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    root = nodes["./"]
    assert {"@type", "name", "description", "datePublished", "license", "hasPart"} <= set(root)
    for part in root["hasPart"]:
        assert (described / part["@id"]).is_file(), part
        assert nodes[part["@id"]]["@type"] == "File"
    for reference in (root["license"], *root["author"]):
        assert nodes[reference["@id"]]["name"]
    for path, node in nodes.items():
        if "sha256" in node:
            assert node["sha256"] == hashlib.sha256((described / path).read_bytes()).hexdigest()


def test_without_any_day_there_is_no_research_object_and_the_outcome_says_so(sample_lines, sample_texts, tmp_path):
    lines = [line for line in sample_lines if b"dc/terms/issued" not in line]
    undated = write_generation(tmp_path / ".sco-graph", "undated", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    published = publish(undated, tmp_path / "site", "Sample")
    assert not published.described
    assert not (tmp_path / "site" / "ro-crate-metadata.json").exists()
    assert "ro-crate" not in (tmp_path / "site" / "data.html").read_text(encoding="utf-8")


def test_the_sitemap_lists_every_page_but_the_one_for_missing_ones(described):
    urls = etree.parse(described / "sitemap.xml").getroot()
    listed = {unquote(url.text.removeprefix(URL)) or "index.html" for url in urls.iter("{*}loc")}
    pages = {page.relative_to(described).as_posix() for page in described.rglob("*.html")}
    assert listed == pages - {"404.html"}
    assert f"Sitemap: {URL}sitemap.xml" in (described / "robots.txt").read_text()


def test_a_long_sitemap_is_split_and_its_parts_are_listed():
    files = dict(sitemaps(URL, [f"claim/{n}&é.html" for n in range(7)], limit=3))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = etree.fromstring(files["sitemap.xml"])
    assert etree.QName(index).localname == "sitemapindex"
    assert [loc.text for loc in index.iter("{*}loc")] == [f"{URL}sitemap-{n}.xml" for n in (1, 2, 3)]
    counts = [len(list(etree.fromstring(files[f"sitemap-{n}.xml"]).iter("{*}loc"))) for n in (1, 2, 3)]
    assert counts == [3, 3, 1]
    first = next(etree.fromstring(files["sitemap-1.xml"]).iter("{*}loc"))
    assert first.text == f"{URL}claim/0&%C3%A9.html"


def test_the_page_of_the_data_tells_how_to_cite_and_what_is_allowed(described):
    page = (described / "data.html").read_text(encoding="utf-8")
    for told in ("all.nq.zst", "CC-BY-4.0", "The makers", "SHA256SUMS", "ro-crate-metadata.json", SETTINGS.sparql):
        assert told in page, told
