"""Stored queries: `queries/<name>.rq`, with their question and parameters in decorators.

A decorator is a comment line that starts with `#+`; together these lines are YAML, as grlc reads it
(https://github.com/CLARIAH/grlc, "Decorator syntax"): `summary`, `description`, `tags`, `defaults`, `enumerate`.
`params` is ours, a list of `name`, `type`, `description` and `example`; and so are `evidence`, the kinds of claim that
the rows rest on, where the rows alone do not tell, and `chart` (see `charts`). grlc passes over them.

Parameters are bound as variables, so that no value can change a query. grlc puts values into the text instead, for
variables such as `?__person_iri`; `BIND(?__person_iri AS ?person)` in each SELECT that projects `?person` serves both:
here it never has a value, and the variable keeps what it is bound to. `variable_for_grlc` gives the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sco_graph.errors import QueryInvalid, UnknownName
from sco_graph.query.charts import chart
from sco_graph.query.values import Parameter, ParameterType, StoredQuery
from sco_graph.resources import resource_dir

_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TEXTS = ("summary", "description")
_LISTS = ("tags", "params", "defaults", "enumerate", "evidence")
_KNOWN = (*_TEXTS, *_LISTS, "chart")
_RESERVED = "generation"  # names the generation that is asked, in addresses
_GRLC_TYPES = {
    ParameterType.IRI: "iri",
    ParameterType.STRING: "literal",
    ParameterType.DATE: "xsd_date",
    ParameterType.INTEGER: "integer",
}


def stored(project_root: Path | None = None) -> tuple[StoredQuery, ...]:
    """Return the stored queries by name: those that come with the program, and those of the project's `queries/`.

    A project's query replaces the one of the same name. Raises QueryInvalid if a file's decorators do not fit.
    """
    folders = [resource_dir("queries")] + ([project_root / "queries"] if project_root else [])
    paths = {path.stem: path for folder in folders for path in folder.glob("*.rq")}
    return tuple(parse(paths[name].read_text(encoding="utf-8"), name) for name in sorted(paths))


def named(name: str, queries: Iterable[StoredQuery]) -> StoredQuery:
    """Return the query called `name`. Raises UnknownName with the names there are."""
    found = {query.name: query for query in queries}
    if name not in found:
        raise UnknownName("stored query", name, tuple(found))
    return found[name]


def parse(text: str, name: str) -> StoredQuery:
    """Return the query in `text`, the content of an .rq file; without decorators, a query without parameters.

    Raises QueryInvalid if the decorators are no YAML, or not of the form above.
    """
    lines = [line.removeprefix("#+") for line in text.splitlines() if line.startswith("#+")]
    try:
        decorators = yaml.load("\n".join(lines), Loader=yaml.BaseLoader) or {}  # noqa: S506 - yields only strings
    except yaml.YAMLError as error:
        raise QueryInvalid(name, f"its #+ decorators are not YAML: {error}") from error
    _check(name, decorators)
    defaults = _by_name(name, decorators.get("defaults", []))
    values = _by_name(name, decorators.get("enumerate", []))
    return StoredQuery(
        name=name,
        summary=" ".join(decorators.get("summary", "").split()),
        description=" ".join(decorators.get("description", "").split()),
        tags=tuple(map(str, decorators.get("tags", []))),
        parameters=tuple(_parameter(name, p, defaults, values) for p in decorators.get("params", [])),
        text=text,
        evidence=tuple(map(str, decorators.get("evidence", []))),
        chart=chart(name, decorators["chart"], text) if "chart" in decorators else None,
    )


def variable_for_grlc(parameter: Parameter) -> str:
    """Return the variable, without its "?", for which grlc puts in an optional value of `parameter`.

    grlc's names have no underscore, and dates need `PREFIX xsd:` in the query ("Parameter mapping" of its manual).
    """
    return f"__{parameter.name.replace('_', '')}_{_GRLC_TYPES[parameter.type]}"


def _check(query: str, decorators: Any) -> None:
    if not isinstance(decorators, dict):
        raise QueryInvalid(query, "its #+ decorators must be of the form `#+ name: value`.")
    for name, value in decorators.items():
        if name not in _KNOWN:
            raise QueryInvalid(query, f"{name!r} is no decorator. Known: {', '.join(_KNOWN)}.")
        if name != "chart" and not isinstance(value, str if name in _TEXTS else list):
            raise QueryInvalid(query, f"its decorator `{name}` must be a {'text' if name in _TEXTS else 'list'}.")


def _by_name(query: str, entries: Any) -> dict[str, Any]:
    """Return one mapping for grlc's list of mappings with one key each."""
    if not all(isinstance(entry, dict) for entry in entries):
        raise QueryInvalid(query, "its `defaults` and `enumerate` must be lists of `- name: value`.")
    return {name: value for entry in entries for name, value in entry.items()}


def _parameter(query: str, entry: Any, defaults: dict[str, Any], values: dict[str, Any]) -> Parameter:
    if not isinstance(entry, dict) or not _VARIABLE.fullmatch(str(entry.get("name", ""))):
        raise QueryInvalid(query, f"each of its `params` needs a `name`, and {entry!r} has none.")
    name = str(entry["name"])
    if name == _RESERVED:
        raise QueryInvalid(query, f"a parameter cannot be called {name}: addresses name the graph's generation so.")
    types = [kind.value for kind in ParameterType]
    if entry.get("type") not in types:
        raise QueryInvalid(query, f"the `type` of parameter {name} must be one of {', '.join(types)}.")
    allowed = values.get(name, [])
    if not isinstance(allowed, list):
        raise QueryInvalid(query, f"`enumerate` of parameter {name} must be a list.")
    return Parameter(
        name=name,
        type=ParameterType(entry["type"]),
        description=str(entry.get("description", "")),
        example=entry.get("example"),
        default=defaults.get(name),
        values=tuple(map(str, allowed)),
    )
