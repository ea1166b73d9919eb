"""Every constraint is broken once, and reports that it is, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from mutations import Breaker, Mutation, moved
from pyoxigraph import parse

from sco_graph.rdf import DEFAULT_BASE, SH
from sco_graph.resources import resource_dir
from sco_graph.validate.check import found, joined
from sco_graph.validate.described import constraints
from sco_graph.validate.shapes import read

COMPLETE = frozenset(
    (str(q.subject), str(q.predicate), str(q.object)) for q in parse(path=Path(__file__).parent / "complete.ttl")
)
SHAPES = read(resource_dir("shapes"))
BREAKER = Breaker(SHAPES.graph, COMPLETE)
CONSTRAINTS = {c.shape: c for c in constraints() if not c.whole}
MUTATIONS = [
    mutation
    for c in CONSTRAINTS.values()
    for name in c.parameters
    if name != "property"
    for mutation in BREAKER.mutations(f"<{c.shape}>", name)
]
# What cannot be broken alone: a literal is of no class, a text without a language is not in English, and what is one of
# a list of one has no other beside it.
# Nor can the time of a post be none, without what is no time being one.
ALONG = {"nodeKind": {"class", "or"}, "datatype": {"languageIn"}, "maxCount": {"in"}}

SHAPES_ALONG = {"membership-during": "interval-typed"}


def component(name):
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


@pytest.fixture(scope="session")
def reported():
    """Return what each mutation reports: that of the first of its graphs that reports nothing else, or of the last."""
    told: dict[int, set] = {}
    for turn in range(max(len(mutation.graphs) for mutation in MUTATIONS)):
        left = [n for n, m in enumerate(MUTATIONS) if turn < len(m.graphs) and not right(m, told.get(n, set()))]
        told |= judged({n: MUTATIONS[n].graphs[turn] for n in left})
    return told


def judged(graphs):
    """Return the results by the number of the graph: all graphs are judged in one go."""
    facts = [
        (*fact, f"<{DEFAULT_BASE}graph/authority>") for number, graph in graphs.items() for fact in moved(graph, number)
    ]
    results = defaultdict(set)
    for result in joined(found(facts, SHAPES, DEFAULT_BASE), DEFAULT_BASE).results:
        results[int(re.search(r"/m(\d+)-", result.focus)[1])].add(result)
    return {number: results[number] for number in graphs}


def right(mutation: Mutation, results) -> bool:
    """Whether only the constraint is reported, or else what cannot but come along."""
    own = CONSTRAINTS[mutation.shape[1:-1]]
    wanted = component(mutation.name)
    along = {component(name) for name in ALONG.get(mutation.name, ()) if name in own.parameters}
    shapes = {r.shape.rpartition("#")[2] for r in results}
    return (
        shapes - {SHAPES_ALONG.get(own.name)} == {own.name}
        and wanted in {r.component for r in results}
        and {r.component for r in results} <= {wanted} | along
    )


def test_the_graph_that_is_broken_conforms_before():
    assert joined(
        found([(*f, f"<{DEFAULT_BASE}graph/authority>") for f in COMPLETE], SHAPES, DEFAULT_BASE), ""
    ).conforms


@pytest.mark.parametrize(
    "number", range(len(MUTATIONS)), ids=lambda n: f"{CONSTRAINTS[MUTATIONS[n].shape[1:-1]].name}-{MUTATIONS[n].name}"
)
def test_a_broken_constraint_reports_itself_and_nothing_else(reported, number):
    mutation, results = MUTATIONS[number], reported[number]
    own = CONSTRAINTS[mutation.shape[1:-1]]
    told = {(r.component.rpartition("#")[2], r.shape.rpartition("#")[2], r.value) for r in results}
    assert right(mutation, results), told
    for result in results if len({r.shape for r in results}) == 1 else ():
        assert (result.path or "", result.message, result.see) == (own.path, own.message, own.see)
        assert result.severity == f"{SH}{own.severity}"


def test_no_constraint_is_without_a_mutation():
    broken = {(m.shape[1:-1], m.name) for m in MUTATIONS}
    assert broken == {(c.shape, name) for c in CONSTRAINTS.values() for name in c.parameters if name != "property"}
