"""Pages that are made from the program."""

from __future__ import annotations

from sco_graph.query import Bars, Network, Timeline, stored
from sco_graph.query.values import Parameter, StoredQuery
from sco_graph.rdf import prefixed
from sco_graph.validate.described import Constraint, Topic, topics

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


_SHAPES_HEAD = """\
# Shapes: the rules that the graph keeps

Each is a constraint in a file of [`shapes/`](../shapes), in the W3C's
[Shapes Constraint Language](https://www.w3.org/TR/shacl/). A result of [`sco-graph validate`](commands/validate.md)
leads to the row of its constraint (`rdfs:seeAlso`).

- A **violation** is what cannot be. Each claim is judged by itself
  ([why](decisions/0002-claims-are-validated-apart.md)), and one that breaks a rule is set aside by the build.
- A **warning** is what is odd in all documents together, and for a person to look at; an **info** is what is not
  known. They set nothing aside, and the graph conforms.

This page is made from the files; `pytest tests/docs --update-golden` makes it anew.
"""
_WHOLE = """
# Warnings and remarks on the knowledge as a whole

These are queries ([`shapes/warnings/`](../shapes/warnings)) that `sco-graph validate` asks of the knowledge, each once,
within two minutes. A result names the claims that the query's solution names, and those that state a triple between any
two of its terms; if there are none, those that tell of the thing itself.
"""


def shapes_page() -> str:
    """Return docs/shapes.md."""
    found = topics()
    parts = [_topic(topic) for topic in found if not topic.whole]
    return _SHAPES_HEAD + "".join(parts) + _WHOLE + "".join(_topic(topic) for topic in found if topic.whole)


def _topic(topic: Topic) -> str:
    folder = "shapes/warnings" if topic.whole else "shapes"
    heading = f"{topic.name}, all documents together" if topic.whole else topic.name
    lines = ["", f"## {heading}", "", f"{topic.about} ([`{topic.name}.ttl`](../{folder}/{topic.name}.ttl))", ""]
    lines += ["| constraint | demands | severity | why | what to do |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*lines, *map(_constraint_row, topic.constraints)]) + "\n"


def _constraint_row(constraint: Constraint) -> str:
    about = prefixed(constraint.path) if constraint.path else ", ".join(map(prefixed, constraint.targets))
    name = f'<a id="{constraint.name}"></a>`{constraint.name}`' + (f" on `{about}`" if about else "")
    told = (name, constraint.message, constraint.severity.lower(), constraint.why, constraint.remedy)
    return f"| {' | '.join(told)} |"
