"""The start page, lists, search, and suggestions while one types."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish
from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.searching import Hit
from sco_graph.catalogue.searching import search as find
from sco_graph.catalogue.selecting import Listing, Selection, choices, listing, unknown
from sco_graph.publish import PAGE, Asked, Form, Links, record
from sco_graph.query import Source
from sco_graph.serve import protocol
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, page, queries, site, texts
from sco_graph.serve.responses import HTML, answer, entity_tag

LARGEST_PAGE = 1000
"""How many things a page of a list has at most."""

_MOST_HITS = 50
_MOST_SUGGESTED = 8
_MOST_VALUES = 50
_LONGEST = 200
_JSON, _CSV = "application/json", "text/csv"
_SUFFIXES = {"json": _JSON, "csv": _CSV}
_COLUMNS = ("iri", "name", "kind", "about", "date", "planned", "documents")


def home(request: Request) -> Response:
    """Answer with the start page."""
    generation = current(request)
    return page(request, generation, publish.home(generation, queries(request), site(request)), "home", *texts(request))


def set_aside(request: Request) -> Response:
    """Answer with the claims that are set aside."""
    generation = current(request)
    return page(request, generation, publish.set_aside(generation, site(request)), "set-aside")


def browse(request: Request) -> Response:
    """Answer with a page of a list, as HTML, JSON or CSV by suffix or Accept."""
    generation = current(request)
    kind, _, suffix = request.path_params["kind"].partition(".")
    if kind not in KINDS or (suffix and suffix not in _SUFFIXES):
        raise HTTPException(404, f"There is no such list. There are: {', '.join(KINDS)}; as data with .json or .csv.")
    asked = _asked(kind, request)
    wrong = unknown(catalogue(generation.listed), asked.selection)
    if wrong:
        told = "; ".join(f"{facet} “{key[:_LONGEST]}”" for facet, key in wrong)
        raise HTTPException(400, f"Nothing in this list has {told}. Choose from the values on its page.")
    form = _SUFFIXES.get(suffix) or best(request.headers.get("accept"), (HTML, _JSON, _CSV))
    if form is None:
        raise HTTPException(406, f"A list comes as {HTML}, {_JSON} or {_CSV}.")
    return _listed(request, generation, asked, form)


def _listed(request: Request, generation: Source, asked: Asked, form: str) -> Response:
    found = catalogue(generation.listed)
    part = listing(found, asked.selection, asked.number, asked.size)
    if part is None:
        raise HTTPException(404, f"This list has no page {asked.number}.")
    if form == HTML:
        data = publish.browse(generation, asked, site(request)) or b""
        media_type = Form.HTML.media_type
    elif form == _JSON:
        data, media_type = _json(_as_json(generation, asked, part)), _JSON
    else:
        data, media_type = _as_csv(part), f"{_CSV}; charset=utf-8; header=present"
    tag = entity_tag(generation, "browse", asked.selection.kind, asked.query(), form, request.app.state.name)
    made = answer(request, data, media_type, tag)
    links = [f'<{query or "?"}>; rel="{name}"' for name, query in _around(asked, part).items()]
    if links:
        made.headers["Link"] = ", ".join(links)
    return made


def _around(asked: Asked, part: Listing) -> dict[str, str]:
    """Return the queries of the pages before and after, by the relation of RFC 8288 that they stand in."""
    numbers = {"first": 1, "prev": part.number - 1, "next": part.number + 1, "last": part.pages}
    return {
        name: Asked(asked.selection, number, asked.size).query()
        for name, number in numbers.items()
        if 1 <= number <= part.pages and part.pages > 1
    }


def _as_json(generation: Source, asked: Asked, part: Listing) -> dict[str, object]:
    around = _around(asked, part)
    return {
        "generation": generation.id,
        "kind": asked.selection.kind,
        "total": part.total,
        "page": part.number,
        "pages": part.pages,
        "previous": around.get("prev"),
        "next": around.get("next"),
        "facets": {
            facet.name: [
                {"value": c.key, "label": c.label, "count": c.count, "chosen": c.chosen} for c in facet.choices
            ]
            for facet in choices(catalogue(generation.listed), asked.selection, asked.whole)
        },
        "items": [record(item) for item in part.items],
    }


def _as_csv(part: Listing) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS)  # lines end as RFC 4180 has them
    writer.writeheader()
    writer.writerows(record(item) for item in part.items)
    return text.getvalue().encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _asked(kind: str, request: Request) -> Asked:
    """Return which page of which list is asked for. Raises HTTPException for what means nothing."""
    given: dict[str, list[str]] = defaultdict(list)
    for name, value in protocol.fields(request.scope["query_string"]):
        if value.strip():
            given[name].append(value)
    facets = KINDS[kind].facets
    known = [*facets, "q", "sort", "size", "all", "page"]
    for name in given:
        if name not in known:
            raise HTTPException(400, f"This list has no parameter “{name[:_LONGEST]}”. It has: {', '.join(known)}.")
    values = {facet: tuple(sorted(set(given.pop(facet)))) for facet in facets if facet in given}
    if sum(map(len, values.values())) > _MOST_VALUES:
        raise HTTPException(400, f"A list can be narrowed by {_MOST_VALUES} values at once, not more.")
    single = _single(given)
    sort = _one_of("sort", single.get("sort", ""), ("", *KINDS[kind].sorts))
    whole = _one_of("all", single.get("all", ""), ("", *facets))
    words = " ".join(single.get("q", "").split())[:_LONGEST]
    number, size = _number(single, "page", 1), _number(single, "size", PAGE)
    if size > LARGEST_PAGE:
        raise HTTPException(400, f"A page of a list has {LARGEST_PAGE} things at most.")
    return Asked(Selection(kind, values, words, sort), number, size, whole)


def _single(given: Mapping[str, list[str]]) -> dict[str, str]:
    for name, values in given.items():
        if len(values) > 1:
            raise HTTPException(400, f"The parameter “{name}” is given more than once.")
    return {name: values[0] for name, values in given.items()}


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise HTTPException(
            400, f"“{value[:_LONGEST]}” is no value of “{name}”. It has: {', '.join(filter(None, known))}."
        )
    return value


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, f"{default}").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value)):
        raise HTTPException(400, f"“{value[:_LONGEST]}” is no number that “{name}” can have: 1, 2, 3 ...")
    return int(value)


def search(request: Request) -> Response:
    """Answer with what can be called by the words in `q`, as a page or as JSON."""
    generation = current(request)
    words, kind = _words_and_kind(request)
    hits = find(catalogue(generation.listed), words, kind or None, _MOST_HITS)
    form = best(request.headers.get("accept"), (HTML, _JSON))
    if form == _JSON:
        return _hits(request, generation, words, kind, hits)
    return page(request, generation, publish.search(generation, site(request), words, kind, hits), f"{kind} {words}")


def suggest(request: Request) -> Response:
    """Answer, as JSON, with the few things that the words typed so far mean most likely."""
    generation = current(request)
    words, kind = _words_and_kind(request)
    return _hits(
        request, generation, words, kind, find(catalogue(generation.listed), words, kind or None, _MOST_SUGGESTED)
    )


def _words_and_kind(request: Request) -> tuple[str, str]:
    given = dict(protocol.fields(request.scope["query_string"]))
    words = " ".join(given.get("q", "").split())[:_LONGEST]
    return words, _one_of("kind", given.get("kind", "").strip(), ("", *KINDS))


def _hits(request: Request, generation: Source, words: str, kind: str, hits: tuple[Hit, ...]) -> Response:
    found = {
        "query": words,
        "hits": [
            {
                **record(hit.item),
                "type": KINDS[hit.item.kind].one,
                "matched": hit.name,
                "exact": hit.exact,
                # Below the folder that this answer is in; a path in an IRI may have letters that a URL may not.
                "path": Links("", "").file(hit.item.path),
            }
            for hit in hits
        ],
    }
    return answer(request, _json(found), _JSON, entity_tag(generation, "suggest", words, kind, f"{len(hits)}"))


ROUTES = (
    Route("/", home),
    Route("/browse/{kind}", browse),
    Route("/set-aside", set_aside),
    Route("/search", search),
    Route("/suggest", suggest),
)
