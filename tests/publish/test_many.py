"""The page of somebody who took part in thousands of events holds the latest, and says how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sco_graph.publish import Form, Graph, Site, content, find
from sco_graph.rdf import DEFAULT_BASE, FOAF, RDF, SCHEMA, SCO, SKOS, XSD
from sco_graph.store import Generation, write_generation

MANY = 10_000


def lines() -> Iterator[str]:
    for person, name in (("hub", "Someone Everywhere"), ("other", "Someone Else")):
        yield f"id/person/{person}> <{RDF}type> <{FOAF}Person>"
        yield f'id/person/{person}> <{SKOS}prefLabel> "{name}"@en'
    for number in range(MANY):
        event, part = f"id/event/e{number}", f"id/participation/{number:012x}"
        day = f"{2000 + number * 25 // MANY}-01-{1 + number % 28:02}"
        yield f'{event}> <{SKOS}prefLabel> "Meeting {number}"@en'
        yield f'{event}> <{SCHEMA}startDate> "{day}"^^<{XSD}date>'
        yield f"{part}> <{SCO}event> <{DEFAULT_BASE}{event}>"
        yield f"{part}> <{SCO}participant> <{DEFAULT_BASE}id/person/hub>"
        yield f"{part}> <{SCO}capacity> <{SCO}speaker>"
        for person in ("hub", "other"):
            yield f"{event}> <{SCO}hadParticipant> <{DEFAULT_BASE}id/person/{person}>"
        yield f"id/person/hub> <{SCO}hasParticipation> <{DEFAULT_BASE}{part}>"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    state = tmp_path_factory.mktemp("many") / ".sco-graph"
    graph = sorted({f"<{DEFAULT_BASE}{line} .\n".encode() for line in lines()})
    return write_generation(state, "many", graph, {}, {"base": DEFAULT_BASE}, {}, [])


def test_a_page_stays_small_whatever_its_thing_took_part_in(crowded):
    graph = Graph(crowded)
    page = content(graph, find(graph, "id/person/hub"), Form.HTML, Site("Many")).decode()
    assert len(page) < 200_000
    assert f"The latest 100 of {MANY}." in page
    assert f"{MANY - 100} more are in the data" in page
    days = re.findall(r'<time class="day" datetime="([0-9-]+)"', page)
    assert len(days) == 100
    assert days == sorted(days, reverse=True)
    assert {day[:4] for day in days} == {"2024"}
    assert "Someone Else" in page
    assert "People who took part in the same of the latest 100 events." in page


def test_the_data_of_a_thing_are_whole_whatever_their_number(crowded):
    graph = Graph(crowded)
    data = content(graph, find(graph, "id/person/hub"), Form.NTRIPLES, Site("Many"))
    assert data.count(b"ontology#capacity>") == MANY
