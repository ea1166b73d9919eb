"""The least set to set aside: no conflict stays, no claim goes in vain, and ties have one outcome."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph.validate.quarantine import EXACT, Standing, least

CLAIMS = "abcdefgh"
conflicts_of_few = st.lists(st.frozensets(st.sampled_from(CLAIMS), min_size=1, max_size=4), max_size=8)
conflicts_of_many = st.lists(
    st.frozensets(st.integers(0, 3 * EXACT).map(str), min_size=1, max_size=5), min_size=EXACT, max_size=4 * EXACT
)
standings = st.dictionaries(
    st.sampled_from(CLAIMS), st.builds(Standing, st.sampled_from([0.1, 0.5, 0.9]), st.integers(1, 3))
)


def solves(claims, conflicts):
    return all(conflict & set(claims) for conflict in conflicts)


@given(conflicts_of_few | conflicts_of_many)
def test_no_conflict_stays_and_no_claim_can_be_spared(conflicts):
    aside = least(conflicts)
    assert solves(aside, conflicts)
    assert not any(solves(aside - {claim}, conflicts) for claim in aside)


@given(conflicts_of_few, standings)
def test_of_few_claims_the_fewest_go_then_the_least_sure_then_those_with_fewest_sources(conflicts, standing):
    def cost(claims):
        known = [standing.get(claim, Standing()) for claim in claims]
        return (len(claims), round(sum(s.confidence for s in known), 6), sum(s.sources for s in known), claims)

    every = [c for n in range(len(CLAIMS) + 1) for c in combinations(CLAIMS, n) if solves(c, conflicts)]
    assert least(conflicts, standing) == set(min(every, key=cost))


@given(conflicts_of_few | conflicts_of_many, st.randoms())
def test_the_order_of_the_conflicts_does_not_matter(conflicts, random_):
    assert least(random_.sample(conflicts, len(conflicts))) == least(conflicts)


def test_of_two_claims_that_exclude_each_other_the_surer_stays_then_that_with_more_sources():
    pair = [frozenset("ab")]
    assert least(pair) == {"a"}
    assert least(pair, {"a": Standing(0.9, 1), "b": Standing(0.5, 9)}) == {"b"}
    assert least(pair, {"a": Standing(0.9, 2), "b": Standing(0.9, 1)}) == {"b"}


def test_a_conflict_that_no_claim_is_part_of_cannot_be_solved():
    with pytest.raises(ValueError, match="without claims"):
        least([frozenset()])
