"""Other stores: generations pushed to them, and questions put to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from sco_graph import catalogue, query, remote, store
from sco_graph import explain as explaining
from sco_graph.explain import Explanation, TripleExplanation
from sco_graph.pipeline.asking import evidence_of_rows, limits
from sco_graph.project import Project
from sco_graph.publish.printing import Progress
from sco_graph.query import Answer, EvidenceItem, Result, StoredQuery
from sco_graph.remote import Pushed, Verdict

_LOCK = "push.lock"


@dataclass(frozen=True, slots=True)
class Place:
    """Another store: the address of its queries; that of its updates, and its dialect, None to find them out."""

    url: str
    update_url: str | None = None
    dialect: str | None = None


def push(
    project: Project, place: Place, replace_all: bool, verify: bool, progress: Progress
) -> tuple[Pushed, Verdict | None]:
    """Make a store hold the current generation; return what was done and, with `verify`, whether all is there.

    A second push from the same project waits until the first has ended. Raises NotBuilt, and what `remote.push` and
    `remote.connect` raise.
    """
    with _alone(project) as generation, _connected(place) as connection:
        pushed = remote.push(connection, generation, partial(store.find, project.state), replace_all, progress)
        return pushed, remote.verify(connection, generation) if verify else None


def register(project: Project, place: Place) -> tuple[Pushed, Verdict]:
    """Note in a store that it holds the current generation, if it does; see `remote.register`. Raises as `push`."""
    with _alone(project) as generation, _connected(place) as connection:
        verdict = remote.register(connection, generation)
        return Pushed(generation.id, None, 0, 0, resumed=False), verdict


@contextmanager
def _alone(project: Project) -> Iterator[store.Generation]:
    hold = store.hold(project.state)
    try:
        with store.alone(project.state / _LOCK):
            yield hold.generation
    finally:
        hold.release()


@dataclass(frozen=True, slots=True)
class There:
    """The generation of a project that another store holds; each call raises NotPushed, and what `remote` raises."""

    project: Project
    place: Place

    def run_query(self, asked: StoredQuery, values: Mapping[str, str]) -> Result:
        """Return the answer of a query as terms."""
        with self._generation() as generation:
            return remote.run(generation, asked, values, limits(self.project))

    def answer_query(self, asked: StoredQuery, values: Mapping[str, str], results_format: str) -> Answer:
        """Return the answer of a query as bytes of a standard format ("json", "xml", "csv", "tsv")."""
        media_type = query.RESULTS_TYPES[results_format]
        with self._generation() as generation:
            return remote.answer(generation, asked, values, limits(self.project), media_type)

    def evidence(self, asked: StoredQuery, result: Result) -> list[tuple[EvidenceItem, ...]]:
        """Return, for each row of the answer `result` of `asked`, the evidence it rests on."""
        with self._generation() as generation:
            return evidence_of_rows(generation, asked, result)

    def explain(self, name: str) -> Explanation:
        """Return what the graph says of an entity or a claim. Raises UnknownName or AmbiguousName."""
        with self._generation() as generation:
            return explaining.explain(generation, name)

    def explain_triple(self, subject: str, predicate: str, value: str) -> TripleExplanation:
        """Return which claims state a triple, and from which it follows. Raises UnknownName or AmbiguousName."""
        with self._generation() as generation:
            return explaining.explain_triple(generation, subject, predicate, value)

    def _generation(self) -> AbstractContextManager[remote.RemoteGeneration]:
        return _there(self.project, self.place)


def look(project: Project, place: Place) -> None:
    """Make the index that lists rest on, if the store holds a generation of the project; raises as `There` does."""
    with _there(project, place) as generation:
        catalogue.prepare(generation.listed)


@contextmanager
def _there(project: Project, place: Place) -> Iterator[remote.RemoteGeneration]:
    kept = partial(store.find, project.state)  # what a store holds can be asked without a build
    with _connected(place) as connection:
        yield remote.RemoteGeneration.there(connection, project.base, project.state, kept)


def _connected(place: Place) -> AbstractContextManager[remote.Connection]:
    return remote.connect(place.url, place.update_url, place.dialect)
