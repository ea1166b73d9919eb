"""Review in the browser: undecided identities and doubtful claims beside their sentences, and forms to decide them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sco_graph.errors import AmbiguousName, DecisionInvalid, ScoGraphError, UnknownName
from sco_graph.publish import Form
from sco_graph.query import evidence_for
from sco_graph.resolve.asking import Doubt
from sco_graph.serve import session
from sco_graph.serve.desk import Desk
from sco_graph.serve.pages import current, rendered

SHOWN = 50
"""How many pairs, and how many claims, the overview lists."""

_ON_PAIRS = ("same", "different", "unsure")
_NONE: Mapping[str, str] = {}
_ON_CLAIMS = ("accept", "correct", "reject")
_VALUE = "value-"  # what the names of the fields begin with that hold the values of a claim


@dataclass
class Review:
    """A review that is going on: its desk, the token that lets in, and what was decided since the last build."""

    desk: Desk
    token: str = field(default_factory=session.new_token)
    decided: dict[tuple[str, ...], str] = field(default_factory=dict)
    built: str = ""
    failed: str = ""
    _building: threading.Thread | None = None

    @property
    def building(self) -> bool:
        """Whether a build is running."""
        return self._building is not None and self._building.is_alive()

    def start_build(self) -> None:
        """Begin a build, unless one is running; `built` or `failed` tell how it ended."""
        if not self.building:
            self.built = self.failed = ""
            self._building = threading.Thread(target=self._build, daemon=True)
            self._building.start()

    def _build(self) -> None:
        waiting = set(self.decided)
        try:
            self.built = self.desk.build()
        except ScoGraphError as error:
            self.failed = str(error)
        else:
            # What was decided meanwhile waits for the next build.
            self.decided = {what: verb for what, verb in self.decided.items() if what not in waiting}


async def overview(request: Request) -> Response:
    """Answer with what there is to decide, or let in who comes with the token."""
    review = _review(request)
    if entry := session.entered(request, review.token):
        return entry
    session.check(request, review.token)
    return await run_in_threadpool(_overview, request, review)


def _overview(request: Request, review: Review) -> Response:
    if review.building:
        return _page(request, "review_building.html", "review", title="Building", refresh=2)
    questions = [q for q in review.desk.questions() if _pair(q.sides[0].path, q.sides[1].path) not in review.decided]
    doubts, aside = (
        [doubt for doubt in found if (doubt.key,) not in review.decided]
        for found in (review.desk.doubts(), review.desk.set_aside())
    )
    told: dict[str, Any] = {"review": review, "questions": questions, "aside": aside, "doubts": doubts, "most": SHOWN}
    return _page(request, "review.html", "review", title="Review", **told)


async def pair(request: Request) -> Response:
    """Answer with two entities side by side, and write down what is decided on them."""
    review = _review(request)
    if request.method == "POST":
        given = await session.form(request, review.token)
        a, b = given.get("a", ""), given.get("b", "")
        return await run_in_threadpool(_decide_pair, request, review, a, b, given)
    session.check(request, review.token)
    a, b = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    return await run_in_threadpool(_show_pair, request, review, a, b)


def _show_pair(request: Request, review: Review, a: str, b: str, problem: str = "") -> Response:
    try:
        found = review.desk.pair(a, b)
    except UnknownName as error:
        raise HTTPException(404, str(error)) from error
    except AmbiguousName as error:
        raise HTTPException(400, str(error)) from error
    sides = [review.desk.side(path) for path in dict.fromkeys(found.paths)]
    decided = review.decided.get(_pair(*found.paths))
    return _page(
        request,
        "review_pair.html",
        "review/pair",
        400 if problem else 200,
        title=" and ".join(side.names[0] if side.names else side.path for side in sides),
        pair=found,
        sides=sides,
        names=(a, b),
        decided=decided,
        problem=problem,
    )


def _decide_pair(request: Request, review: Review, a: str, b: str, given: dict[str, str]) -> Response:
    try:
        found = review.desk.pair(a, b)
    except (UnknownName, AmbiguousName) as error:
        raise HTTPException(400, str(error)) from error
    problem = _decide(review, given, _ON_PAIRS, list(found.paths))
    if problem:
        return _show_pair(request, review, a, b, problem)
    review.decided[_pair(*found.paths)] = given["verb"]
    return _to_overview(request)


async def claim(request: Request) -> Response:
    """Answer with a doubtful claim and its sentence, and write down what is decided on it."""
    review, key = _review(request), request.path_params["key"]
    if request.method == "POST":
        given = await session.form(request, review.token)
        return await run_in_threadpool(_decide_claim, request, review, key, given)
    session.check(request, review.token)
    return await run_in_threadpool(_show_claim, request, review, key)


def _show_claim(request: Request, review: Review, key: str, problem: str = "") -> Response:
    generation = current(request)
    doubt = _doubt(review, key)
    iri = NamedNode(f"{generation.base}claim/{quote(key, safe='')}")
    evidence = evidence_for(generation, (iri,))
    if doubt is None and not evidence:
        raise HTTPException(404, f"There is no claim {key}.")
    return _page(
        request,
        "review_claim.html",
        f"review/claim/{key}",
        400 if problem else 200,
        title="A claim",
        key=key,
        iri=iri.value,
        doubt=doubt,
        evidence=evidence,
        decided=review.decided.get((key,)),
        problem=problem,
    )


def _doubt(review: Review, key: str) -> Doubt | None:
    """Return the claim among those that are set aside or doubtful."""
    return next((d for d in (*review.desk.set_aside(), *review.desk.doubts()) if d.key == key), None)


def _decide_claim(request: Request, review: Review, key: str, given: dict[str, str]) -> Response:
    found = _doubt(review, key)
    before = dict(found.values) if found and given.get("verb") == "correct" else {}
    values = {name: now for name, was in before.items() if (now := given.get(_VALUE + name, was).strip()) != was}
    problem = _decide(review, given, _ON_CLAIMS, [f"claim/{key}"], values)
    if problem:
        return _show_claim(request, review, key, problem)
    review.decided[(key,)] = given["verb"]
    return _to_overview(request)


def _decide(
    review: Review, given: dict[str, str], verbs: tuple[str, ...], targets: list[str], values: Mapping[str, str] = _NONE
) -> str:
    """Write a decision down; return what is wrong with it, in words, if it could not be."""
    verb, reason = given.get("verb", ""), " ".join(given.get("reason", "").split())
    if verb not in verbs:
        return f"Choose one of: {', '.join(verbs)}."
    if not reason:
        return "Say why: whoever reads the decision later wants to know."
    if verb == "correct" and not values:
        return "Change at least one of the values, if they are to be corrected."
    today = f"{datetime.now().astimezone():%Y-%m-%d}"
    what: object = targets[0] if len(targets) == 1 else targets
    more = {"values": dict(values)} if values else {}
    try:
        review.desk.decide({verb: what, **more, "author": review.desk.author, "date": today, "reason": reason})
    except (DecisionInvalid, UnknownName) as error:
        return str(error)
    return ""


async def build(request: Request) -> Response:
    """Begin a build that carries out what was decided."""
    review = _review(request)
    await session.form(request, review.token)
    review.start_build()
    return _to_overview(request)


def _page(request: Request, template: str, here: str, status: int = 200, **values: Any) -> Response:
    secret = session.form_secret(_review(request).token)
    data = rendered(request, current(request), template, here, secret=secret, **values)
    headers = {
        "Content-Type": Form.HTML.media_type,
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        # Under "no-referrer" a browser would not tell with a form where it comes from (Fetch, "Origin" header).
        "Referrer-Policy": "same-origin",
        "Access-Control-Allow-Origin": f"{request.url.scheme}://{request.url.netloc}",
    }
    if refresh := values.get("refresh"):
        headers["Refresh"] = str(refresh)
    return Response(data, status, headers)


def _to_overview(request: Request) -> Response:
    return RedirectResponse(str(request.url_for("review").path), 303, {"Cache-Control": "no-store"})


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _review(request: Request) -> Review:
    review: Review = request.app.state.review
    return review


ROUTES = (
    Route("/review", overview, name="review"),
    Route("/review/pair", pair, methods=["GET", "POST"]),
    Route("/review/claim/{key}", claim, methods=["GET", "POST"]),
    Route("/review/build", build, methods=["POST"]),
)
"""Added to the others only where a review is going on."""
