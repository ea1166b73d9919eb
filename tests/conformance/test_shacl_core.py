"""The W3C's test suite for SHACL Core, https://w3c.github.io/data-shapes/data-shapes-test-suite/, on the quick way.

The suite comes with pySHACL's source distribution, of the version and with the hash that the lock file has.
"""

import logging
import re
import subprocess
import sys
import tarfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from urllib.request import url2pathname

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, SH, BNode, Graph, Namespace
from rdflib.collection import Collection
from rdflib.util import from_n3

from sco_graph.validate.facts import Facts, by_subject, told_axioms
from sco_graph.validate.judge import judged
from sco_graph.validate.shapes import read
from tools import missing

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
LOCK = Path(__file__).parents[2] / "requirements.lock"
# pySHACL, whose verdict counts, takes "1" for true in sh:uniqueLang.
DIFFERENT = {"property/uniqueLang-002"}


@pytest.fixture(scope="session")
def suite(tmp_path_factory):
    """Return the folder of the suite's core tests."""
    folder = tmp_path_factory.mktemp("suite")
    wanted = folder / "wanted.txt"
    (locked,) = re.findall(r"^pyshacl==(?:.*\\\n)*.*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    wanted.write_text(locked, encoding="utf-8")
    command = "-m pip download --quiet --disable-pip-version-check --no-deps --no-binary pyshacl --require-hashes -r"
    done = subprocess.run(
        [sys.executable, *command.split(), wanted, "-d", folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        missing(f"the source distribution of pySHACL, from the package index: {done.stderr[-500:]}")
    with tarfile.open(folder / f"pyshacl-{version('pyshacl')}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder / f"pyshacl-{version('pyshacl')}" / "test" / "resources" / "sht_tests" / "core"


def facts(path):
    own = by_subject()
    for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri()):
        own[str(quad.subject)][str(quad.predicate)].add(str(quad.object))
    return Facts(own, axioms=told_axioms(own))


def reports(suite):
    """Yield the name, the data, the shapes and the expected results of each test that expects a report."""
    for file in sorted(suite.glob("*/*.ttl")):
        manifest = Graph().parse(file, publicID=file.as_uri())
        for entries in manifest.objects(None, MF.entries):
            for test in Collection(manifest, entries):
                action, report = manifest.value(test, MF.action), manifest.value(test, MF.result)
                if (report, RDF.type, SH.ValidationReport) in manifest:
                    data, shapes = (
                        url2pathname(manifest.value(action, p)[7:]) for p in (SHT.dataGraph, SHT.shapesGraph)
                    )
                    name = f"{file.parent.name}/{file.stem}"
                    yield name, facts(Path(data)), read(Path(shapes)), Counter(expected(manifest, report))


def expected(manifest, report):
    for result in manifest.objects(report, SH.result):
        focus = manifest.value(result, SH.focusNode)
        severity, component = (manifest.value(result, p) for p in (SH.resultSeverity, SH.sourceConstraintComponent))
        yield "_" if isinstance(focus, BNode) else focus.n3(), str(severity), str(component)


def told(raw):
    return "_" if raw.focus.startswith("_:") else from_n3(raw.focus).n3(), raw.severity, raw.component


@pytest.mark.filterwarnings("ignore")
def test_every_core_test_has_the_expected_results_of_which_most_are_judged_quickly(suite, caplog):
    caplog.set_level(logging.CRITICAL)
    tried, quick, different = 0, 0, set()
    for name, data, shapes, wanted in reports(suite):
        tried += 1
        quick += not shapes.beyond
        results = judged(shapes, data)
        if Counter(told(raw) for raw in results) != wanted:
            different.add(name)
    assert different == DIFFERENT
    assert (tried, quick) == (98, 75)
