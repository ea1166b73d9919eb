"""Labelled pairs of names: what may never be merged, and how often the verdict is right (see pairs/README.md)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sco_graph.model import EntityType
from sco_graph.resolve.comparison import Profile, Verdict, compare

PAIRS = Path(__file__).parent / "pairs"


def read(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


OWN = [pair for path in sorted(PAIRS.glob("*.tsv")) for pair in read(path)]
OUTSIDE = read(PAIRS / "outside" / "name_bench.tsv")


def profile(pair, side):
    given = [part.strip() for part in (pair.get(f"{side}_given") or "").split(";") if part.strip()]
    dates = [part for part in given if part[0].isdigit()]
    states = [part for part in given if part.isupper() and len(part) == 2]
    places = [part for part in given if part not in dates and part not in states]
    return Profile(
        key=side,
        type=EntityType(pair["type"]),
        names=(pair[side],),
        states=frozenset(states),
        place_names=frozenset(place.lower() for place in places),
        dates=frozenset((part, part) for part in dates),
    )


def verdict(pair):
    return compare(profile(pair, "a"), profile(pair, "b")).verdict


def quality(pairs, taken):
    """Return precision and recall where a pair is taken for one entity if its verdict is in `taken`."""
    said = [pair for pair in pairs if verdict(pair) in taken]
    right = [pair for pair in said if pair["verdict"] == "same"]
    return len(right) / len(said), len(right) / sum(pair["verdict"] == "same" for pair in pairs)


NOT_ONE = [pair for pair in OWN if pair["verdict"] == "different"]


@pytest.mark.parametrize("pair", NOT_ONE, ids=lambda pair: f"{pair['a']} / {pair['b']}")
def test_two_are_never_merged_by_their_names(pair):
    assert verdict(pair) is not Verdict.SAME


@pytest.mark.parametrize("pair", OWN, ids=lambda pair: f"{pair['a']} / {pair['b']}")
def test_a_pair_gets_one_verdict_in_both_directions(pair):
    turned = pair | {"a": pair["b"], "b": pair["a"], "a_given": pair["b_given"], "b_given": pair["a_given"]}
    assert verdict(turned) is verdict(pair)


@pytest.mark.parametrize(
    ("type_", "precision", "recall", "merged"),
    [("person", 0.93, 0.96, 0.63), ("organization", 1.0, 0.93, 0.83), ("event", 1.0, 1.0, 0.92)],
)
def test_what_is_one_is_merged_or_put_to_a_person(type_, precision, recall, merged):
    pairs = [pair for pair in OWN if pair["type"] == type_]
    found = quality(pairs, {Verdict.SAME, Verdict.UNDECIDED})
    assert found[0] >= precision
    assert found[1] >= recall
    alone = quality(pairs, {Verdict.SAME})
    assert alone[0] == 1.0
    assert alone[1] >= merged


def test_at_least_half_of_the_pairs_are_hard_negatives_and_none_stands_there_twice():
    assert len(OWN) >= 200
    assert len(NOT_ONE) >= len(OWN) / 2
    told = [(frozenset((p["a"], p["b"])), p["a_given"], p["b_given"]) for p in OWN]
    assert len(set(told)) == len(told)


def test_the_outside_yardstick_name_bench():
    precision, recall = quality(OUTSIDE, {Verdict.SAME, Verdict.UNDECIDED})
    assert precision >= 0.95
    assert recall >= 0.54  # half of the rest are slips of the keyboard made on purpose, which we do not guess at
    assert quality(OUTSIDE, {Verdict.SAME})[0] >= 0.96
