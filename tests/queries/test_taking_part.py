"""Who took part together with whom: by what is reported, not by what is only planned."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from sco_graph.query import named, run, stored
from sco_graph.rdf import DEFAULT_BASE, FOAF, RDF, SCHEMA, SCO, SKOS
from sco_graph.reason import inferred
from sco_graph.store import Generation, write_generation

EVENT = NamedNode(f"{DEFAULT_BASE}id/event/opening")
TAKING = {"a-attendee": ("a", False), "b-attendee": ("b", False), "b-speaker": ("b", True), "c-attendee": ("c", True)}
"""Participations in the opening: of whom, and whether it is only planned."""


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    said = [(EVENT, RDF.type, SCHEMA.Event), (EVENT, SKOS.prefLabel, Literal("opening", language="en"))]
    for name, (who, planned) in TAKING.items():
        person, node = NamedNode(f"{DEFAULT_BASE}id/person/{who}"), NamedNode(f"{DEFAULT_BASE}id/participation/{name}")
        said += [(person, RDF.type, FOAF.Person), (person, SKOS.prefLabel, Literal(who))]
        said += [(node, SCO.participant, person), (node, SCO.event, EVENT)]
        said += [(node, SCO.modality, SCO.planned)] if planned else []
    quads = [Quad(*triple, DefaultGraph()) for triple in [*said, *inferred(said)]]
    lines = sorted({serialize([quad], format=RdfFormat.N_QUADS) for quad in quads})
    state: Path = tmp_path_factory.mktemp("opening") / ".sco-graph"
    return write_generation(state, "opening", lines, {}, {"base": DEFAULT_BASE}, {}, [])


@pytest.mark.parametrize("name", ["co-participants", "co-participation"])
def test_what_is_only_planned_is_nothing_in_common(name: str, opening: Generation) -> None:
    found = run(opening, named(name, stored()), {})
    shown = [[row[found.variables.index(v)].value for v in ("name", "with", "times")] for row in found.rows]
    assert shown == [["a", "b", "1"], ["b", "a", "1"]]
