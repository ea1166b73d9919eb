"""What is remembered is told apart by identity, and does not grow with what is read."""

from __future__ import annotations

from sco_graph.claims.remembering import remembered


def test_a_value_is_read_once_and_its_equal_anew():
    read = []

    @remembered(2)
    def length(words: list[str]) -> int:
        read.append(words)
        return len(words)

    first, equal = ["a", "b"], ["a", "b"]
    assert [length(first), length(first), length(equal)] == [2, 2, 2]
    assert [w is first for w in read] == [True, False]


def test_no_more_values_are_kept_than_asked_for():
    class Value:
        alive = 0

        def __init__(self) -> None:
            Value.alive += 1

        def __del__(self) -> None:
            Value.alive -= 1

    kept = remembered(3)(lambda value: id(value))
    for _ in range(50):
        kept(Value())
        assert Value.alive <= 3
