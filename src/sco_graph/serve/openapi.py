"""The description of the API as OpenAPI 3.1, made from the stored queries. https://spec.openapis.org/oas/v3.1.0"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sco_graph import __version__
from sco_graph.query import Parameter, ParameterType, StoredQuery
from sco_graph.serve.asking import GENERATION
from sco_graph.serve.formats import formats

_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_HINTS = {
    ParameterType.IRI: "A name, a path such as `person/zhang-ming`, or an IRI.",
    ParameterType.DATE: "YYYY-MM-DD; YYYY-MM or YYYY means the last day of that month or year.",
    ParameterType.INTEGER: "A whole number.",
    ParameterType.STRING: "",
}
_ERRORS = {
    "400": "A parameter that there is not, is given twice, or has a value that means nothing.",
    "406": "None of the formats is acceptable.",
    "410": "The generation that the request names is not kept here.",
    "414": "The address is too long.",
    "429": "Too many requests.",
    "503": "The server is busy. Ask again later.",
    "504": "The query was stopped at its limit of time or memory.",
}
_TERM = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {"type": ["string", "object"]},
        "xml:lang": {"type": "string"},
        "datatype": {"type": "string"},
    },
}


def description(name: str, queries: Sequence[StoredQuery]) -> dict[str, Any]:
    """Return the description of the API of the site `name`, as a value of JSON."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name}: stored queries",
            "version": __version__,
            "description": "Each stored query as an address. A parameter that is not given is left open: the query "
            "then answers for all its values.",
        },
        "servers": [{"url": "."}],
        "paths": {path: item for stored in queries for path, item in _paths(stored).items()},
        "components": {"schemas": {"Results": _results()}},
    }


def _paths(stored: StoredQuery) -> dict[str, Any]:
    """Return the path of a query that negotiates its format, and one for each suffix."""
    known = formats(stored)
    paths = {f"/api/queries/{stored.name}": {"get": _operation(stored, "", tuple(known.values()))}}
    for suffix, media_type in known.items():
        paths[f"/api/queries/{stored.name}.{suffix}"] = {"get": _operation(stored, suffix, (media_type,))}
    return paths


def _operation(stored: StoredQuery, suffix: str, media_types: Sequence[str]) -> dict[str, Any]:
    return {
        "operationId": f"{stored.name}.{suffix}" if suffix else stored.name,
        "summary": stored.summary or stored.name,
        "description": stored.description,
        "tags": list(stored.tags),
        "parameters": [*map(_parameter, stored.parameters), _generation()],
        "responses": {
            "200": {"description": "The answer.", "content": {kind: _content(kind) for kind in media_types}},
            **{status: _error(words) for status, words in _ERRORS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    words = (part for part in (parameter.description, _HINTS[parameter.type] if not parameter.values else "") if part)
    made: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": ". ".join(words),
        "schema": _schema(parameter),
    }
    if parameter.example is not None:
        made["example"] = int(parameter.example) if parameter.type is ParameterType.INTEGER else parameter.example
    return made


def _schema(parameter: Parameter) -> dict[str, Any]:
    default = {} if parameter.default is None else {"default": parameter.default}
    if parameter.values:
        return {"type": "string", "enum": list(parameter.short_values), **default}
    match parameter.type:
        case ParameterType.INTEGER:
            return {"type": "integer", **({"default": int(parameter.default)} if parameter.default else {})}
        case ParameterType.DATE:
            return {"type": "string", "pattern": _DATE, **default}
    return {"type": "string", "minLength": 1, **default}


def _generation() -> dict[str, Any]:
    return {
        "name": GENERATION,
        "in": "query",
        "description": "The generation of the graph to ask; the current one if it is not given.",
        "schema": {"type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z._-]{0,127}$"},
    }


def _content(media_type: str) -> dict[str, Any]:
    if media_type.endswith("results+json"):
        return {"schema": {"$ref": "#/components/schemas/Results"}}
    return {} if media_type.endswith("ld+json") else {"schema": {"type": "string"}}


def _error(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"text/plain": {"schema": {"type": "string"}}}}


def _results() -> dict[str, Any]:
    """Return the schema of SPARQL 1.1 Query Results JSON Format, as far as these answers use it."""
    bindings = {"type": "array", "items": {"type": "object", "additionalProperties": _TERM}}
    return {
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
            "boolean": {"type": "boolean"},
            "results": {"type": "object", "required": ["bindings"], "properties": {"bindings": bindings}},
        },
    }
