"""What the next build needs to tell what differs is there, however long ago it was worked out."""

from __future__ import annotations

from sco_graph import store
from sco_graph.cache import Memos
from sco_graph.cache.memos import KEPT
from sco_graph.model import Modality
from sco_graph.pipeline import difference
from sco_graph.pipeline.compiling import linking_version
from sco_graph.pipeline.incumbents import POSTS
from sco_graph.pipeline.ledger import kept
from sco_graph.pipeline.mapped import LINES
from sco_graph.project import load_project
from test_history import DAYS, EVENTS, ISSUED, History


def test_the_lines_of_a_generation_are_not_forgotten_while_other_documents_change(tmp_path, monkeypatch):
    monkeypatch.setattr(difference, "_PART", 1)
    history = History(tmp_path / "p")
    history.step("write", "d000", (ISSUED[0], (("role", "Li", "Director", "RATS", None, Modality.ASSERTED),)))
    for number in range(KEPT + 2):
        day = DAYS[number % len(DAYS)]
        history.step("write", "d001", (ISSUED[0], (("date", EVENTS[0], day, day, Modality.ASSERTED),)))
        history.build(history.directory)
    state = load_project(history.directory).state
    with Memos(state / "cache", linking_version()) as memos:
        ledger = kept(store.current(state).id, memos)
        for kind, keys in ((LINES, list(ledger.documents.values())), (POSTS, list(ledger.posts.values()))):
            assert keys
            assert memos.known(kind, keys) == set(keys)
