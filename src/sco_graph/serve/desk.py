"""What a review in the browser needs of the program above the server: what to ask, and where answers go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from sco_graph.resolve.asking import Doubt, Question, Side
from sco_graph.resolve.explaining import Pair


class Desk(Protocol):
    """The project's documents as they are now, resolved, and its files of decisions."""

    @property
    def author(self) -> str:
        """Who decides."""

    def questions(self) -> Sequence[Question]:
        """Return the undecided pairs, the closest first."""

    def doubts(self) -> Sequence[Doubt]:
        """Return the claims of low confidence that nobody has decided on, the least certain first."""

    def set_aside(self) -> Sequence[Doubt]:
        """Return the claims that the last build set aside for a violation, and that nobody has settled since."""

    def pair(self, a: str, b: str) -> Pair:
        """Return why the entities called `a` and `b` are one or two. Raises UnknownName and AmbiguousName."""

    def side(self, path: str) -> Side:
        """Return the entity at `path`, with its names and some sentences about it."""

    def decide(self, decision: Mapping[str, object]) -> Path:
        """Append a decision to the file it belongs to; return that file. Raises DecisionInvalid and UnknownName."""

    def build(self) -> str:
        """Build and release a generation with all decisions; return its id. Raises what a build raises."""
