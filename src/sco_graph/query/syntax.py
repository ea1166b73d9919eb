"""What can be said of a query's text without evaluating it: SERVICE, updates, and where its syntax breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_TOKEN = re.compile(rf"{_OPAQUE.pattern} | (?:[^\W\d][\w.-]*)?:[\w.:%-]* | \w+ | \S", re.VERBOSE | re.DOTALL)
"""What a query is made of, as far as its keywords, variables and brackets go."""

_UPDATE = re.compile(
    r"\s*(?:(?:BASE|PREFIX\s*[^\s:]*:|VERSION)\s*)*(INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b",
    re.IGNORECASE,
)
"""How an update begins (SPARQL 1.1 Update §3), its IRIs and strings left out."""

_PARSER = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|\[(?:'[^']*'|[^\]'])*\]|[^,\[\"]+")
_ANY = "[_]"  # any character
_MOST_EXPECTED = 8
_WIDEST = 120


def refuse_service(name: str, query: str) -> None:
    """Raise QueryInvalid if `query` could send a request to another endpoint (SPARQL 1.1 Federated Query).

    Outside of comments, strings, IRIs, variables and local names, any "service" is taken for the keyword, since
    parsers also accept it without white space around it.
    """
    at = re.search("service", bare(query), re.IGNORECASE)
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
    update = _UPDATE.match(bare(query))
    if update:
        at, problem = update.start(1), "this is an update, and the graph can only be queried"
    else:
        at, problem = _problem(query, _offset(query, int(found[1]), int(found[2])), found[3])
    line, column = _place(query, at)
    return QueryInvalid(name, f"line {line}, column {column}: {problem}.{_shown(query, line, column)}", (line, column))


def _problem(query: str, at: int, expected: str) -> tuple[int, str]:
    """Return where the problem is and what, in words, from where the parser stopped and what it expected there.

    It expects keywords, signs in quotes, classes of characters in brackets, and sentences. A keyword that is not
    there it misses at the place where the keyword would end, often behind the place of the problem.

    >>> _problem("ASK { ?s a:b 1 }", 12, "Prefix not found, ['.']")
    (12, 'prefix not found')
    >>> _problem("SELEC * {}", 9, "CONSTRUCT")
    (0, 'what begins here cannot be read')
    >>> _problem("ASK { 1 ?p }", 11, '"(", "<"')
    (11, 'expected ( or <')
    """
    parts: list[str] = list(filter(None, map(str.strip, _EXPECTED.findall(expected))))
    sentences = [part for part in parts if " " in part and part[0] not in '"[']
    if sentences:
        return at, sentences[0].replace("Prefix", "prefix").replace("The SELECT", "the SELECT")
    keywords = [part for part in parts if part[0] not in '"[']
    if len(keywords) + parts.count(_ANY) == len(parts):
        if not bare(query).strip():
            return 0, "the query is empty"
        if not keywords:
            return at, "something before this place cannot be read"
        return max(at - min(map(len, keywords)), 0), "what begins here cannot be read"
    if not query[at:].strip():
        return at, "the query ends too early"
    signs = [part[1:-1].replace('\\"', '"') for part in parts if part.startswith('"')] + keywords
    if len(signs) in range(1, _MOST_EXPECTED):
        return at, "expected " + " or ".join(filter(None, (", ".join(signs[:-1]), signs[-1])))
    return at, "this cannot stand here, or something is missing before it"


def tokens(query: str) -> Iterator[tuple[int, str]]:
    """Yield the tokens of `query`, each after its offset; without comments."""
    return ((found.start(), found[0]) for found in _TOKEN.finditer(query) if not found[0].startswith("#"))


def without_text(query: str) -> str:
    """Return `query` with blanks for its comments and strings, as long as it was."""
    return _OPAQUE.sub(lambda found: " " * len(found[0]) if found[0][0] in "#\"'" else found[0], query)


def bare(query: str) -> str:
    """Return `query` with blanks for what cannot hold a keyword."""
    return _OPAQUE.sub(lambda found: " " * len(found[0]), query)


def _offset(query: str, line: int, column: int) -> int:
    return sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1


def _shown(query: str, line: int, column: int) -> str:
    """Return the line with a mark under the column, or nothing if it is too wide to show."""
    text = next(iter(query.split("\n")[line - 1 :]), "").removesuffix("\r").expandtabs(1)
    if not text.strip() or len(text) > _WIDEST:
        return ""
    return f"\n  {text}\n  {' ' * (column - 1)}^"


def _place(query: str, start: int) -> tuple[int, int]:
    before = query[:start]
    return before.count("\n") + 1, start - before.rfind("\n")
