"""Errors of each kind put into the graph of the demonstration are found; without them it conforms by pySHACL alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.injected import ERRORS, Injected, inject, released

from sco_graph.store import Generation
from sco_graph.validate import Report, whole
from sco_graph.validate.check import found, rules_of


@pytest.fixture(scope="module")
def injected(demo: Generation) -> Injected:
    return inject(demo.lines(), demo.base)


@pytest.fixture(scope="module")
def report(demo: Generation, injected: Injected) -> Report:
    lines = injected.lines()
    return whole(lambda: lines, base=demo.base)


def test_each_error_is_found_and_none_is_invented(injected: Injected, report: Report) -> None:
    told = {(r.shape.rsplit("#")[1], f"<{claim}>") for r in report.results for claim in r.claims}
    assert len(injected.expected) >= len(ERRORS)
    assert told == injected.expected
    assert not report.blocking


def test_what_is_left_without_the_claims_to_blame_conforms(
    demo: Generation, injected: Injected, report: Report
) -> None:
    blamed = {claim for result in report.results for claim in result.claims}
    left = released(injected.lines(), demo.base, blamed)
    rules = rules_of(None)
    without_quick_checks = replace(rules, rules=tuple(replace(rule, check=None) for rule in rules.rules))
    assert not list(found(left, without_quick_checks, demo.base))
