"""What has drifted from one generation to the next."""

from __future__ import annotations

import pytest

from reporting import history
from sco_graph.validate.tally import SHARES, Share, Tally
from sco_graph.validate.trend import FEWEST, trend


@pytest.mark.parametrize(
    ("before", "after", "drifted"),
    [
        (FEWEST, FEWEST // 2, True),
        (FEWEST, FEWEST // 2 + 1, False),
        (FEWEST - 1, 0, False),
        (1000, 0, True),
        (0, 1000, False),
    ],
)
def test_a_number_has_drifted_if_half_is_lost_of_what_is_more_than_a_few(before, after, drifted):
    assert bool(history(before, after).trend.drifted) is drifted


@pytest.mark.parametrize(
    ("before", "after", "drifted"),
    [
        (Share(80, 100), Share(40, 100), True),
        (Share(80, 100), Share(41, 100), False),
        (Share(80, 100), Share(400, 1000), True),  # more in number, and yet half as often
        (Share(80, 100), Share(5, 10), False),  # that the things went is told of them
        (Share(FEWEST - 1, 100), Share(0, 100), False),
        (Share(0, 0), Share(0, 0), False),
    ],
)
def test_a_fill_rate_has_drifted_if_it_is_half_of_what_it_was(before, after, drifted):
    sides = (Tally({}, {}, {**dict.fromkeys(SHARES, Share(0, 0)), "events-with-date": s}) for s in (before, after))
    assert [f.name for f in trend(*sides).drifted] == (["events-with-date"] if drifted else [])
