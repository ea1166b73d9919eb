"""Stored queries with values for their parameters, as text that any SPARQL 1.1 engine can run: see `query.placing`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Store

from sco_graph.errors import QueryInvalid
from sco_graph.query import StoredQuery, placed, variable_for_grlc
from sco_graph.query.syntax import invalid, refuse_service, tokens
from sco_graph.rdf import PREFIXES


def with_values(query: StoredQuery, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """Return the text of `query` with these terms for its parameters, and declarations of the prefixes it uses.

    Raises QueryInvalid if it cannot be parsed, is an update, asks for SERVICE, or has no place for a value.
    """
    refuse_service(query.name, query.text)
    try:
        Store().query(query.text, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        raise invalid(query.name, query.text, str(error)) from error
    text, left = placed(query, bindings)
    for parameter in query.parameters:
        if parameter.name in left:
            way_out = f"Write BIND(?{variable_for_grlc(parameter)} AS ?{parameter.name}) where the query begins."
            raise QueryInvalid(query.name, f"another store cannot be given a value for {parameter.name}. {way_out}")
    return prologue(text, PREFIXES) + text


def prologue(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the declarations of those `prefixes` that `query` uses and does not declare."""
    found = [token for _, token in tokens(query)]
    used = {token.partition(":")[0] for token in found if ":" in token and token[0] not in "<\"'"}
    declared = {name.removesuffix(":") for keyword, name in pairwise(found) if keyword.upper() == "PREFIX"}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if name in used - declared)
