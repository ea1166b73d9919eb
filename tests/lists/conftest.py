"""A generation of some hundred things that hang together in many ways, and one of names that are spelt in many ways."""

from __future__ import annotations

import pytest

from lists.generated import crowd_lines, labelled, line, written
from sco_graph.store import Generation


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return written(tmp_path_factory.mktemp("crowd"), "crowd", crowd_lines())


@pytest.fixture(scope="session")
def spellings(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """Return a generation of the bearers of the labelled names, each under one name only."""
    types = {"person": "foaf:Person", "organization": "org:Organization"}
    lines = []
    for kind, each in types.items():
        for n, name in enumerate(sorted(set(labelled(kind).values()))):
            lines += [line(f"id:{kind}/{n}", "a:", each), line(f"id:{kind}/{n}", "skos:prefLabel", f'"{name}"@en')]
    return written(tmp_path_factory.mktemp("spellings"), "spellings", lines)
