"""What a reader is told of two builds, and the laws that hold for any two."""

from __future__ import annotations

import io
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from compare.steps import STEPS, masked
from sco_graph.compare import FORMATS, Cause, Fate, Which, applied, as_json
from sco_graph.compare.changes import pairs
from sco_graph.compare.merging import differing
from sco_graph.compare.patch import rows
from sco_graph.compare.wording import HEADINGS

GOLDEN = Path(__file__).parent / "golden"
PAIRS = [(old, new) for old, new in product(STEPS, STEPS) if old != new]
LINES = st.frozensets(st.integers(0, 60)).map(lambda numbers: sorted(b'<s> <p> "%d" .\n' % n for n in numbers))

# The nodes that claims tell of; none is in both generations, as no node is both lost and gained.
CLAIMS = st.sampled_from([b"1", b"2", b"3", b"4"])


def nodes(names: str) -> st.SearchStrategy[dict[bytes, set[str]]]:
    return st.dictionaries(CLAIMS, st.sets(st.sampled_from(names)))


LOST, GAINED = nodes("aceg"), nodes("bdfh")


def written(comparison, name: str) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(comparison, out)
    return out.getvalue()


def changes(comparison, fate: Fate, kind: str = "") -> set[str]:
    return {c.words for c in comparison.difference.changes if c.fate is fate and c.kind in (kind or HEADINGS)}


def named(comparison, words: str):
    return next(c for c in comparison.difference.changes if c.words == words)


@pytest.mark.parametrize(("old", "new"), list(pairwise(STEPS)))
def test_a_reader_is_told_what_changed(compared, old, new, update_golden):
    path = GOLDEN / f"{new}.txt"
    found = masked(written(compared[old, new], "text").decode())
    if update_golden:
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_every_golden_text_is_of_a_step():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(STEPS[1:])


def test_a_new_document_is_the_ground_of_what_it_says(compared):
    comparison = compared["first", "added"]
    gained = named(comparison, "Zhang Ming, attendee at SCO summit in Samarkand, 2022")
    assert (gained.fate, gained.documents) == (Fate.GAINED, ("samarkand",))
    ground = gained.grounds[0]
    assert (ground.which, ground.cause) == (Which.NEW, Cause.DOCUMENT)
    text = comparison.new.text("samarkand")
    assert text[ground.begin : ground.end] == ground.quote == "Zhang Ming, Secretary-General of the SCO, attended it."


def test_a_changed_document_is_the_ground_of_the_date_it_no_longer_gives(compared):
    changed = named(compared["added", "changed"], "SCO summit in Dushanbe, 2021 (2021-09-17, Dushanbe, Tajikistan)")
    begins = next(a for a in changed.alterations if a.property == "begins")
    assert [value.words for value in begins.before] == ["2021-09-16"]
    assert {g.cause for g in changed.grounds if g.document == "dushanbe"} == {Cause.TEXT}


def test_people_merged_by_a_decision_take_their_posts_and_events_with_them(compared):
    comparison = compared["changed", "merged"]
    merged = named(comparison, "E. Rakhmonov")
    assert (merged.fate, merged.became.words) == (Fate.MERGED, "Emomali Rahmon")
    assert any("decisions/identities.yaml" in ground.detail for ground in merged.grounds)
    moved = [c for c in comparison.difference.changes if c.kind == "participation"]
    assert [(c.fate, c.became.words.split(",")[0], c.words.split(",")[0]) for c in moved] == [
        (Fate.CHANGED, "E. Rakhmonov", "Emomali Rahmon")
    ]


def test_a_rejected_claim_is_lost_with_the_reason(compared):
    lost = named(compared["merged", "rejected"], "Zhang Ming, attendee at SCO summit in Samarkand, 2022")
    assert lost.fate is Fate.LOST
    assert [(g.cause, g.detail) for g in lost.grounds] == [(Cause.SET_ASIDE, "a person's decision rejects it")]


def test_a_removed_document_takes_with_it_what_only_it_said(compared):
    comparison = compared["rejected", "removed"]
    assert "Vladimir Norov, speaker at SCO summit in Dushanbe, 2021" in changes(comparison, Fate.LOST, "participation")
    assert {c.kind for c in comparison.difference.changes if c.fate is Fate.GAINED} <= {"role"}


@pytest.mark.parametrize("step", STEPS)
def test_a_generation_does_not_differ_from_itself(compared, step):
    difference = compared[step, step].difference
    assert difference.empty
    assert (difference.changes, difference.inputs) == ((), ())


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_is_gained_one_way_is_lost_the_other_way(compared, old, new):
    there, back = compared[old, new], compared[new, old]
    for fate, other in ((Fate.GAINED, Fate.LOST), (Fate.LOST, Fate.GAINED), (Fate.MERGED, Fate.PARTED)):
        assert changes(there, fate) == changes(back, other)
    altered = {
        (c.kind, c.iri if c.became is None else c.became.iri)
        for c in there.difference.changes
        if c.fate is Fate.CHANGED
    }
    assert altered == {(c.kind, c.iri) for c in back.difference.changes if c.fate is Fate.CHANGED}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_patch_applied_to_the_old_graph_gives_the_new_one(compared, old, new):
    comparison = compared[old, new]
    patch = written(comparison, "patch").splitlines(keepends=True)
    assert list(applied(comparison.old.lines(), patch)) == list(comparison.new.lines())


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_another_program_applies_the_patch_to_the_same_end(compared):
    comparison = compared["changed", "merged"]
    dataset, wanted = Dataset(), Dataset()
    dataset.parse(data=b"".join(comparison.old.lines()), format="nquads")
    wanted.parse(data=b"".join(comparison.new.lines()), format="nquads")
    dataset.parse(data=written(comparison, "patch"), format="patch")
    assert set(dataset.quads()) == set(wanted.quads())


@given(LINES, LINES)
def test_any_two_sorted_files_are_patched_into_each_other(old, new):
    assert list(applied(old, rows(differing(old, new)))) == new


@given(LINES, LINES, LINES)
def test_a_patch_for_another_graph_is_refused_or_changes_nothing_it_should_not(old, new, other):
    patch = list(rows(differing(old, new)))
    taken, added = set(old) - set(new), set(new) - set(old)
    if taken <= set(other) and not added & set(other):
        assert list(applied(other, patch)) == sorted((set(other) - taken) | added)
    else:
        with pytest.raises(ValueError, match="not for this graph"):
            list(applied(other, patch))


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_json_has_all_of_it_and_can_be_read_back(compared, old, new):
    comparison = compared[old, new]
    assert as_json.read(written(comparison, "json")) == comparison.difference


@given(LOST, GAINED)
def test_what_belongs_together_does_so_whichever_generation_is_looked_at_first(lost, gained):
    assert {b: a for a, b in pairs(lost, gained).items()} == pairs(gained, lost)


def test_every_quote_stands_in_its_document(compared):
    for comparison in compared.values():
        sides = {Which.OLD: comparison.old, Which.NEW: comparison.new}
        for ground in (g for c in comparison.difference.changes for g in c.grounds if g.claim):
            assert sides[ground.which].text(ground.document)[ground.begin : ground.end] == ground.quote
