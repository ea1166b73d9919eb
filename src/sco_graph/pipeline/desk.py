"""The desk of a review in the browser: one study of the project at a time, made anew after each build."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sco_graph import catalogue
from sco_graph.pipeline import identity
from sco_graph.pipeline.building import build
from sco_graph.pipeline.identity import Study
from sco_graph.project import Project
from sco_graph.resolve.asking import Doubt, Question, Side
from sco_graph.resolve.explaining import Pair

_Found = TypeVar("_Found")


class ProjectDesk:
    """A `serve.desk.Desk` over a project; its methods may be called from any thread."""

    def __init__(self, project: Project, author: str) -> None:
        self._project = project
        self._study: Study | None = None
        self._lock = threading.RLock()
        self.author = author

    def questions(self) -> Sequence[Question]:
        """Return the undecided pairs, the closest first."""
        return self._of(Study.questions)

    def doubts(self) -> Sequence[Doubt]:
        """Return the claims of low confidence that nobody has decided on, the least certain first."""
        return self._of(lambda study: study.doubts)

    def set_aside(self) -> Sequence[Doubt]:
        """Return the claims that the last build set aside for a violation, and that nobody has settled since."""
        return self._of(Study.set_aside)

    def pair(self, a: str, b: str) -> Pair:
        """Return why the entities called `a` and `b` are one or two. Raises UnknownName and AmbiguousName."""
        return self._of(lambda study: study.pair(a, b))

    def side(self, path: str) -> Side:
        """Return the entity at `path`, with its names and some sentences about it."""
        return self._of(lambda study: study.side(path))

    def decide(self, decision: Mapping[str, object]) -> Path:
        """Append a decision to the file it belongs to; return that file. Raises DecisionInvalid and UnknownName."""
        return self._of(lambda study: identity.decide(self._project, study, decision))

    def build(self) -> str:
        """Build and release a generation with all decisions; return its id. Raises what `building.build` raises."""
        built = build(self._project)
        catalogue.prepare(built.generation)  # the server waits for it, and who has decided looks at once
        with self._lock:
            self._study = None
        return built.generation.id

    def _of(self, find: Callable[[Study], _Found]) -> _Found:
        with self._lock:
            try:
                return find(self._now())
            except FileNotFoundError:  # builds by other processes have made the cache forget what was studied
                self._study = None
                return find(self._now())

    def _now(self) -> Study:
        if self._study is None:
            self._study = Study(self._project)
        return self._study
