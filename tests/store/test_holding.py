"""A generation that somebody reads outlives the builds that come after it."""

from __future__ import annotations

from sco_graph.store import KEPT, current, hold, write_generation


def release(state, number):
    return write_generation(state, f"g{number}", [], {}, {}, {}, [])


def test_a_held_generation_stays_however_many_builds_follow(tmp_path):
    release(tmp_path, 0)
    held = hold(tmp_path)
    for number in range(1, 2 * KEPT):
        release(tmp_path, number)
    assert held.generation.id == "g0"
    assert held.generation.documents() == ()
    assert len(list((tmp_path / "generations").iterdir())) == KEPT + 1
    held.release()
    release(tmp_path, 99)
    assert not held.generation.path.exists()
    assert len(list((tmp_path / "generations").iterdir())) == KEPT


def test_two_readers_hold_apart(tmp_path):
    release(tmp_path, 0)
    one, other = hold(tmp_path), hold(tmp_path)
    one.release()
    for number in range(1, KEPT + 2):
        release(tmp_path, number)
    assert other.generation.path.is_dir()
    other.release()


def test_the_current_generation_is_held(tmp_path):
    release(tmp_path, 0)
    held = hold(tmp_path)
    assert held.generation == current(tmp_path)
    held.release()
