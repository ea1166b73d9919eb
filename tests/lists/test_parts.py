"""The index made from what chunks tell: the same however the graph is cut, and whatever was known of it before."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lists.generated import crowd_lines, line, written
from sco_graph.cache import Memos
from sco_graph.catalogue import prepare
from sco_graph.catalogue.gleaning import Sieve, glean
from sco_graph.catalogue.parts import part_of, told
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import writing

LINES = sorted(set(crowd_lines()))


def gathered(pieces):
    """Return the triples, entities and nodes that pieces tell together, and the claims read from each document."""
    sieve = Sieve(DEFAULT_BASE)
    triples, entities, nodes, read = 0, [], [], {}
    with TemporaryDirectory() as place, Memos(Path(place), "") as memos:
        for number, found in told((part_of(piece, sieve) for piece in pieces), DEFAULT_BASE, memos):
            triples += number
            entities += found.entities
            nodes += found.nodes
            for document, claims in found.read.items():
                read[document] = read.get(document, 0) + claims
    return triples, entities, nodes, read


WHOLE = gathered([LINES])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, len(LINES)), max_size=40))
def test_lines_tell_the_same_wherever_they_are_cut(places):
    cuts = [0, *sorted(places), len(LINES)]
    assert gathered([LINES[a:b] for a, b in pairwise(cuts)]) == WHOLE


def test_lines_tell_the_same_if_each_is_a_piece():
    assert gathered([[each] for each in LINES]) == WHOLE


def test_of_the_lines_about_a_subject_nothing_is_lost_that_one_look_at_all_of_them_finds():
    triples, kept = Sieve(DEFAULT_BASE).sift(LINES)
    found = glean(kept, DEFAULT_BASE)
    assert (triples, list(found.entities), list(found.nodes), dict(found.read)) == WHOLE


def long_lines(seed):
    """Return lines about a crowd, and so much beside it that they fill several chunks."""
    more = [line(f"id:{kind}/{n:05}/more", "sco:of", '"more"') for kind in ("event", "person") for n in range(9000)]
    return {*crowd_lines(seed), *more}


def changed(lines, seed):
    """Return `lines` with some taken out, and some of another crowd put in."""
    dice = random.Random(seed)
    others = sorted(long_lines(seed) - lines)
    gone = set(dice.sample(sorted(lines), dice.choice((1, 30, 400))))
    return (lines - gone) | set(dice.sample(others, min(len(others), dice.choice((0, 1, 30, 400)))))


@pytest.mark.parametrize("seed", range(2))
def test_an_index_that_takes_over_what_the_one_before_knew_is_the_same_as_one_made_anew(tmp_path, seed):
    lines = long_lines(7)
    now, anew = written(tmp_path / "history", "0", lines), tmp_path / "anew"
    assert len(now.graph_chunks.index.chunks) > 2
    for step in range(1, 3):
        before, old, lines = now, lines, changed(lines, 10 * seed + step)
        prepare(before)
        with writing(before.path.parent.parent) as writer, writer.draft() as draft:
            draft.patch_graph(before, sorted(old - lines), sorted(lines - old))
            draft.patch_texts(before, {})
            now = draft.release(f"{step}", {"base": DEFAULT_BASE}, {}, [])
        other = written(anew, f"{step}", lines)
        assert prepare(now).read_bytes() == prepare(other).read_bytes()
        shutil.rmtree(anew)


@pytest.mark.parametrize("harm", ["spoilt", "cut", "missing"])
def test_what_was_known_of_chunks_and_is_damaged_is_found_anew(tmp_path, harm):
    now = written(tmp_path, "0", long_lines(7))
    index = prepare(now)
    whole, parts = index.read_bytes(), index.parent / "parts" / "memos.sqlite"
    index.unlink()
    match harm:
        case "spoilt":
            with closing(sqlite3.connect(parts)) as file, file:
                file.execute("UPDATE memos SET data = zeroblob(40)")
        case "cut":
            parts.write_bytes(parts.read_bytes()[:9000])
        case "missing":
            shutil.rmtree(parts.parent)
    assert prepare(now).read_bytes() == whole
