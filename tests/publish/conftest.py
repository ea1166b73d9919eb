"""A publication of the sample, and a generation whose every text is hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from sco_graph.publish import publish
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Generation, write_generation

HOSTILE = Path(__file__).parent / "hostile.trig"


@pytest.fixture(scope="session")
def site(sample: Generation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("publication") / "site"
    publish(sample, directory, "Sample")
    return directory


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    quads = parse(HOSTILE.read_bytes(), RdfFormat.TRIG, base_iri=DEFAULT_BASE)
    lines = sorted({serialize([quad], format=RdfFormat.N_QUADS) for quad in quads})
    text = "<script>alert('text')</script> & </div> said \"<b>so</b>\".\n"
    state = tmp_path_factory.mktemp("hostile") / ".sco-graph"
    return write_generation(state, "hostile", lines, {"bad": text}, {"base": DEFAULT_BASE}, {}, [])
