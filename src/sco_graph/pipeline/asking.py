"""Questions to the current generation on this disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sco_graph import explain as explaining
from sco_graph import query, store
from sco_graph.explain import Explanation, TripleExplanation
from sco_graph.project import Project
from sco_graph.query import Answer, EvidenceItem, Result, StoredQuery


@dataclass(frozen=True, slots=True)
class Here:
    """The current generation of a project, on this disk. Each call raises NotBuilt."""

    project: Project

    def run_query(self, asked: StoredQuery, values: Mapping[str, str]) -> Result:
        """Return the answer of a query as terms."""
        return query.run(store.current(self.project.state), asked, values, limits(self.project))

    def answer_query(self, asked: StoredQuery, values: Mapping[str, str], results_format: str) -> Answer:
        """Return the answer of a query as bytes of a standard format ("json", "xml", "csv", "tsv")."""
        media_type = query.RESULTS_TYPES[results_format]
        return query.answer(store.current(self.project.state), asked, values, limits(self.project), media_type)

    def evidence(self, asked: StoredQuery, result: Result) -> list[tuple[EvidenceItem, ...]]:
        """Return, for each row of the answer `result` of `asked`, the evidence it rests on; nothing without rows."""
        return evidence_of_rows(store.current(self.project.state), asked, result)

    def explain(self, name: str) -> Explanation:
        """Return what the graph says of an entity or a claim. Raises UnknownName or AmbiguousName."""
        return explaining.explain(store.current(self.project.state), name)

    def explain_triple(self, subject: str, predicate: str, value: str) -> TripleExplanation:
        """Return which claims state a triple, and from which it follows. Raises UnknownName or AmbiguousName."""
        return explaining.explain_triple(store.current(self.project.state), subject, predicate, value)


def evidence_of_rows(generation: query.Source, asked: StoredQuery, result: Result) -> list[tuple[EvidenceItem, ...]]:
    """Return, for each row of the answer `result` of `asked`, the evidence it rests on; nothing without rows."""
    rows = result.rows if isinstance(result, query.Solutions) else ()
    return [query.evidence_for(generation, row, asked.evidence) for row in rows]


def limits(project: Project) -> query.Limits:
    """Return what one query may use, as the project says."""
    return query.Limits(project.query_seconds, project.query_megabytes)
