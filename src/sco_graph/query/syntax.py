"""What can be said of a query's text without evaluating it: SERVICE, updates, and where its syntax breaks."""

from __future__ import annotations

import re

from sco_graph.errors import QueryInvalid

_OPAQUE = re.compile(
    r"""
      \\.                                                     # an escaped character of a prefixed name
    | \#[^\r\n]*                                              # a comment
    | <[^<>"{}|^`\\\x00-\x20]*>                              # an IRI
    | \"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
    | [?$]\w+                                                # a variable
    | :[A-Za-z0-9_][A-Za-z0-9_-]*                            # the start of a name after its prefix
    """,
    re.VERBOSE | re.DOTALL,
)
"""What cannot hold a keyword (SPARQL 1.1 §19.8: tokens, the longest match wins)."""

_UPDATE = re.compile(
    r"\s*(?:(?:BASE|PREFIX\s*[^\s:]*:|VERSION)\s*)*(?:INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b",
    re.IGNORECASE,
)
"""How an update begins (SPARQL 1.1 Update §3), its IRIs and strings left out."""

_PARSER = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|\[(?:'[^']*'|[^\]'])*\]|[^,\[\"]+")
_WORDS_FOR_CLASS = {"['0'..='9']": "a digit"}
_MOST_EXPECTED = 8
_WIDEST = 120


def refuse_service(name: str, query: str) -> None:
    """Raise QueryInvalid if `query` could send a request to another endpoint (SPARQL 1.1 Federated Query).

    Outside of comments, strings, IRIs, variables and local names, any "service" is taken for the keyword, since
    parsers also accept it without white space around it.
    """
    bare = _OPAQUE.sub(lambda found: " " * len(found[0]), query)
    at = re.search("service", bare, re.IGNORECASE)
    if at:
        line, column = _place(query, at.start())
        raise QueryInvalid(
            name,
            f"line {line}, column {column}: SERVICE is refused: queries stay on this machine. If it is part of a "
            "prefixed name, write that name as a full IRI in angle brackets.",
            (line, column),
        )


def invalid(name: str, query: str, message: str) -> QueryInvalid:
    """Return the error for a query that pyoxigraph refused with `message`: where, what it expects, and the line."""
    found = _PARSER.fullmatch(message)
    if found is None:
        return QueryInvalid(name, message)
    line, column = int(found[1]), int(found[2])
    where = f"line {line}, column {column}"
    if _UPDATE.match(_OPAQUE.sub(" ", query)):
        return QueryInvalid(name, f"{where}: this is an update, and the graph can only be queried.", (line, column))
    return QueryInvalid(name, f"{where}: {_problem(found[3])}.{_shown(query, line, column)}", (line, column))


def _problem(expected: str) -> str:
    """Return in words what the parser expects. It lists keywords, signs, classes of characters, and sentences.

    >>> _problem('"{", GRAPH, Prefix not found, [_]')
    'prefix not found'
    >>> _problem('"{", GRAPH, [_]')
    'expected { or GRAPH'
    """
    parts = [part.strip() for part in _EXPECTED.findall(expected)]
    sentences = [part for part in parts if " " in part and part[0] not in "\"["]
    if sentences:
        return sentences[0][0].lower() + sentences[0][1:]
    signs = [part.strip('"').replace('\\"', '"') for part in parts if part and not part.startswith("[")]
    if not signs:
        return "this cannot stand here"
    if len(signs) > _MOST_EXPECTED:
        return "this cannot stand here, or something is missing before it"
    return "expected " + " or ".join(filter(None, (", ".join(signs[:-1]), signs[-1])))


def _shown(query: str, line: int, column: int) -> str:
    """Return the line with a mark under the column, or nothing if it is too wide to show."""
    lines = re.split(r"\r\n|\n", query)
    text = lines[line - 1].expandtabs(1) if line <= len(lines) else ""
    if not text.strip() or len(text) > _WIDEST:
        return ""
    return f"\n  {text}\n  {' ' * (column - 1)}^"


def _place(query: str, start: int) -> tuple[int, int]:
    before = query[:start]
    return before.count("\n") + 1, start - before.rfind("\n")
