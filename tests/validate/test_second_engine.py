"""Another engine, written by others in another language, finds the same: rudof, https://rudof-project.github.io/rudof/."""

import random

import pytest
from test_equality import BASE, DATATYPES, SHAPES, XSD, canonical, mutated

from sco_graph.validate.judge import judged
from sco_graph.validate.terms import of_lines, text
from sco_graph.validate.view import view
from tools import missing

WELL_FORMED = dict(
    zip(DATATYPES, "2024-07-04 2024 2024-07 2024-07-04T10:00:00 7 12 0.5 true plain".split(), strict=True)
)
LITERALS = [
    *(f'"{words}"^^<{XSD}{datatype}>' for datatype, words in WELL_FORMED.items() if datatype != "string"),
    *('"plain"', '""', '"Астана"@ru', '"Astana"@en', '""@en'),
]
# Where values of two types are compared, SHACL leaves an order that the engines tell by different numbers of results.
COMPARING = ("lessThan", "Inclusive", "-order")


def triples(facts):
    return "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in facts)


def told(results):
    # A literal as focus node has one form here and another there.
    return {(focus, shape, component) for focus, shape, component in results if focus.startswith(BASE)}


@pytest.mark.parametrize("seed", range(5))
def test_rudof_finds_the_same_violations_where_literals_are_well_formed(sample_lines, seed):
    try:
        import pyrudof
    except ImportError:
        missing("rudof: pip install pyrudof")
    facts = [fact for fact in of_lines(sample_lines) if fact[3] not in ("", f"<{BASE}graph/inferred>")]
    seen = view(of_lines(canonical(mutated(facts, random.Random(seed), 40, LITERALS))), BASE).facts
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(triples(seen.near(seen.own, 0)), pyrudof.RDFFormat.NTriples)
    session.read_shacl(triples(SHAPES.triples), pyrudof.ShaclFormat.NTriples)
    theirs = told((e.focus_node, e.source_shape, e.constraint_component) for e in session.validate_shacl())
    results = judged(SHAPES, seen)
    ours = told((text(r.focus), r.shape, r.component) for r in results)
    assert len(ours) > 50
    assert [each for each in ours ^ theirs if not any(name in "".join(each[1:]) for name in COMPARING)] == []
