"""What a query is, what limits it, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sco_graph.query.charts import Chart

Term = NamedNode | BlankNode | Literal
Row = tuple[Term | None, ...]


class ParameterType(StrEnum):
    """How the value of a parameter is read; see `bindings.bind`."""

    IRI = "iri"
    STRING = "string"
    DATE = "date"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a stored query that can be bound. Unbound, the query answers for all its values.

    `default` is bound if nothing else is given; `values`, if any, are the only ones allowed.
    """

    name: str
    type: ParameterType
    description: str
    example: str | None = None
    default: str | None = None
    values: tuple[str, ...] = ()

    @property
    def short_values(self) -> dict[str, str]:
        """The allowed values, each by the word that is enough to give it: the end of an IRI."""
        return {re.split("[#/:]", value)[-1]: value for value in self.values}


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A SPARQL query with its question (`summary`) and parameters; `text` is the whole file.

    `evidence` names the kinds of claim that its rows rest on, all if it is empty; see `evidence_for`. `chart` is what
    suits its answer, None if only a table does.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    evidence: tuple[str, ...] = ()
    chart: Chart | None = None

    def bound(self, values: Iterable[str]) -> set[str]:
        """Return the names of the parameters that have a value: those named in `values`, and those with a default."""
        return {parameter.name for parameter in self.parameters if parameter.default is not None}.union(values)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds of time, megabytes of memory, and as many megabytes of answer."""

    seconds: int = 30
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT query: `rows` in the query's order, a term or None for each of `variables`.

    `bound` names the variables that were parameters, and so have one value in all rows.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a query as bytes of `media_type`, exactly as SPARQL 1.1 and RDF define it."""

    media_type: str
    data: bytes


Result = Solutions | bool | tuple[Triple, ...]
"""The answer of SELECT, of ASK, or of CONSTRUCT and DESCRIBE."""
