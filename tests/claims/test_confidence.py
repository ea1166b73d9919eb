from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph.claims.confidence import confidence, estimate

SEEN = {"role/a": (90, 10), "role/b": (1, 3), "theme/a": (2, 2)}
COUNTS = st.dictionaries(
    st.from_regex(r"[a-c]/[a-e]", fullmatch=True), st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=9
)


def test_a_rule_seen_often_goes_by_its_own_share() -> None:
    assert estimate("role/a", {**SEEN, "role/a": (9000, 1000)}) == pytest.approx(0.9, abs=0.01)


def test_a_rule_seen_seldom_leans_on_its_kind() -> None:
    assert 0.25 < estimate("role/b", SEEN) < estimate("role/unseen", SEEN) < estimate("role/a", SEEN)


def test_a_kind_never_seen_leans_on_all_others() -> None:
    assert 0.6 < estimate("speech/a", SEEN) < 0.9


@given(COUNTS, st.from_regex(r"[a-d]/[a-f]", fullmatch=True))
def test_an_estimate_is_a_share_and_one_more_right_claim_never_lowers_it(
    counts: dict[str, tuple[int, int]], rule: str
) -> None:
    right, wrong = counts.get(rule, (0, 0))
    before, after = estimate(rule, counts), estimate(rule, {**counts, rule: (right + 1, wrong)})
    assert 0 < before <= after < 1


def test_the_measured_rules_differ_in_confidence() -> None:
    assert confidence("statement/that") > confidence("attendance/count")
