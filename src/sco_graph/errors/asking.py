"""Errors in what is asked."""

from __future__ import annotations

from sco_graph.errors.base import ScoGraphError


class UnknownName(ScoGraphError):
    """A name given on the command line or in a request means nothing here."""

    code = "unknown-name"

    def __init__(self, what: str, name: str, known: tuple[str, ...] = ()) -> None:
        hint = f" Known: {', '.join(known)}." if known else ""
        super().__init__(f"there is no {what} {name!r}.{hint}")


class AmbiguousName(ScoGraphError):
    """A name could mean more than one entity."""

    code = "ambiguous-name"

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        super().__init__(f"{name!r} can mean {', '.join(candidates)}. Give one of these identifiers.")


class QueryInvalid(ScoGraphError):
    """A query cannot be parsed, is not read-only, or its parameters do not fit."""

    code = "query-invalid"

    def __init__(self, name: str, reason: str, place: tuple[int, int] | None = None) -> None:
        """Set `place` to the line and column of a syntax error, both counted from 1, in code points."""
        self.place = place
        super().__init__(f"{name}: {reason}")


class QueryTooCostly(ScoGraphError):
    """A query was stopped because it passed the limit of time, of memory or of the size of its answer."""

    code = "query-too-costly"

    def __init__(self, name: str, limit: str) -> None:
        super().__init__(f"{name}: stopped after {limit}. Narrow it, or raise the limit in sco-graph.toml.")


class TooManyQueries(ScoGraphError):
    """A query found no place among those that run, or lost it to others that waited."""

    code = "too-many-queries"

    def __init__(self) -> None:
        super().__init__("Too many queries are running. Ask again in a moment; a narrower query is answered sooner.")
