"""Every stored query has a golden answer on the demonstration corpus. `--update-golden` rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_graph.query import answer, stored
from sco_graph.rdf import DEFAULT_BASE, PREFIXES
from sco_graph.store import Generation

GOLDEN = Path(__file__).parent / "demo"
PREFIXES_OF_QUERIES = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
QUERIES = {query.name: query for query in stored()}

# Values where the whole answer would be too long to review.
VALUES = {
    "claim-evidence": {"claim": "854f71456d3f"},
    "co-participants": {"person": "Vladimir Putin"},
    "co-participation": {"person": "Vladimir Putin"},
    "competing-values": {"thing": "SCO summit in Astana, 2011"},
    "documents": {"document": "document/d001"},
    "event-participants": {"capacity": "chair"},
    "person-events": {"person": "Vladimir Putin"},
    "person-posts": {"person": "Zhang Ming"},
    "person-statements": {"speaker": "Zhang Ming"},
    "post-holders": {"as_of": "2022-12-31", "known_on": "2022-12-31", "organization": "SCO"},
    "state-representatives": {"state": "Kazakhstan"},
    "statements-about": {"about": "Afghanistan"},
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_stored_query_gives_its_golden_answer_on_the_demonstration_corpus(
    query, demo: Generation, update_golden: bool
) -> None:
    found = answer(demo, query, VALUES.get(query.name, {}), results_type="text/csv")
    text = found.data.decode().replace("\r\n", "\n").replace(DEFAULT_BASE, "")
    golden = GOLDEN / f"{query.name}.csv"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_without_its_query() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(QUERIES)


BY_CLAIMS = {
    "?a sco:asHolderOf ?b": """
        ?a sco:participant ?person . ?b org:member ?person .
        GRAPH ?taking { ?a sco:participant ?person }
        GRAPH ?holding { ?b org:member ?person }
        GRAPH ?source {
          ?taking prov:wasDerivedFrom/nif:referenceContext ?document .
          ?holding prov:wasDerivedFrom/nif:referenceContext ?document .
          FILTER NOT EXISTS { ?taking sco:modality ?planned }
          FILTER NOT EXISTS { ?holding sco:modality ?planned }
        }
        FILTER NOT EXISTS { ?b sco:tenure sco:former }
        FILTER NOT EXISTS { ?b sco:tenure sco:incoming }
    """,
    "?a sco:toldOn ?b": """
        GRAPH ?claim { ?a org:member ?person }
        GRAPH ?source { ?claim sco:attestedOn ?b FILTER NOT EXISTS { ?claim sco:modality sco:denied } }
    """,
}
"""What queries read in graph/inferred, and what claims and their provenance say of it."""


@pytest.mark.parametrize("inferred", BY_CLAIMS)
def test_what_queries_read_in_place_of_claims_is_what_the_claims_come_to(inferred, demo: Generation) -> None:
    found, wanted = (
        {tuple(row) for row in demo.store().query(f"SELECT ?a ?b {{ {pattern} }}", prefixes=PREFIXES_OF_QUERIES)}
        for pattern in (f"GRAPH ?inferred {{ {inferred} }}", BY_CLAIMS[inferred])
    )
    assert found == wanted
    assert len(found) > 50
