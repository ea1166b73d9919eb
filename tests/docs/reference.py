"""Pages that are made from the program."""

from __future__ import annotations

from sco_graph.query import Bars, Network, Timeline, stored
from sco_graph.query.values import Parameter, StoredQuery

_HEAD = """\
# Stored queries

Each is a file in [`queries/`](../queries), and any SPARQL 1.1 engine can run it. A parameter that is not given is left
open: the query then answers for all its values. An `iri` can be given as a name, as a path such as `person/zhang-ming`,
or whole. How to ask: [`sco-graph query`](commands/query.md), or the pages and the API of
[`sco-graph serve`](commands/serve.md). How to add one: [here](how-to/add-a-query.md); how to run them under grlc:
[here](how-to/use-grlc.md).

This page is made from the files; `pytest tests/docs --update-golden` makes it anew.

| query | question |
| --- | --- |
"""
_CHARTS = {Timeline: "a timeline", Network: "a map of relations", Bars: "bars"}


def queries_page() -> str:
    """Return docs/queries.md."""
    queries = stored()
    table = "".join(f"| [`{q.name}`](#{q.name}) | {q.summary} |\n" for q in queries)
    return _HEAD + table + "".join(map(_section, queries))


def _section(query: StoredQuery) -> str:
    lines = ["", f"## {query.name}", "", f"**{query.summary}** {query.description}".rstrip(), ""]
    if query.parameters:
        lines += ["| parameter | type | meaning | example |", "| --- | --- | --- | --- |"]
        lines += map(_row, query.parameters)
        lines.append("")
    example = "".join(f" -p {p.name}='{p.example}'" for p in query.parameters[:1] if p.example)
    if query.chart:
        lines += [f"Its page draws {_CHARTS[type(query.chart)]}.", ""]
    lines += ["```sh", f"sco-graph query {query.name}{example}", "```"]
    return "\n".join(lines) + "\n"


def _row(parameter: Parameter) -> str:
    meaning = parameter.description
    if parameter.values:
        meaning += "; one of " + ", ".join(parameter.short_values)
    if parameter.default:
        meaning += f"; {parameter.default} unless given"
    example = f"`{parameter.example}`" if parameter.example else ""
    return f"| `{parameter.name}` | {parameter.type} | {meaning} | {example} |"
