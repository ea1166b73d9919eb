"""What a request asks a stored query: its values, the generation, and the part of the answer that a page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sco_graph import query
from sco_graph.query import Source, StoredQuery
from sco_graph.serve import protocol
from sco_graph.serve.pages import kept, queries

GENERATION = "generation"
"""The name in an address of the generation that is asked; no parameter of a query is called so."""

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_OWN = ("_run", "_sort", "_page", "_columns", "_evidence")


@dataclass(frozen=True, slots=True)
class View:
    """Which part of an answer is shown: the page `number`, from 1, of its rows.

    `sort` is a variable to order by, with "-" before it for descending, or "" for the query's own order. `whole` shows
    every column. `evidence` is the number, from 1, of a row that is to show what it rests on, 0 for none.
    """

    sort: str = ""
    number: int = 1
    whole: bool = False
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored query with the `values` of its parameters, asked of `generation`.

    `pinned` tells that the request names the generation, `filled` that it asks for an answer at all.
    """

    stored: StoredQuery
    generation: Source
    values: Mapping[str, str]
    pinned: bool
    filled: bool
    view: View

    @property
    def parameters(self) -> str:
        """What follows the "?" in an address for the same values, of the same generation if one was named."""
        return urlencode(self._named(self.pinned))

    @property
    def permanent(self) -> str:
        """The same with the generation named in any case."""
        return urlencode({"_run": "1", **self._named(True)})

    @property
    def newest(self) -> str:
        """The same for a page of the current generation."""
        return urlencode({"_run": "1", **self.values})

    @property
    def told(self) -> str:
        """All that tells one request from another."""
        return str((sorted(self.values.items()), self.pinned, self.filled, self.view))

    def page(self, **changes: str | int | bool) -> str:
        """Return what follows the "?" in the address of a page that differs in its view, with no evidence asked for."""
        view = replace(self.view, **{"evidence": 0, **changes})  # type: ignore[arg-type]
        own = {"_sort": view.sort, "_page": str(view.number) if view.number > 1 else "", "_columns": "all" * view.whole}
        own["_evidence"] = str(view.evidence or "")
        return urlencode({"_run": "1", **self._named(self.pinned), **{k: v for k, v in own.items() if v}})

    def _named(self, pinned: bool) -> dict[str, str]:
        return {**self.values, **({GENERATION: self.generation.id} if pinned else {})}


def read(request: Request, name: str, of_page: bool = True) -> Asked:
    """Return what a request asks the stored query `name`; what says how to show it is that of a page only.

    Raises UnknownName for a query that there is not, HTTPException 400 for a request that cannot be understood, and
    GenerationNotKept.
    """
    stored = query.named(name, queries(request))
    given = protocol.fields(request.scope["query_string"])
    names = [name for name, _ in given]
    if len(set(names)) < len(names):
        raise HTTPException(400, "A parameter is given more than once.")
    # A field of a form that is left empty gives no value.
    values = {name: value for name, value in given if value.strip()}
    own = {name: values.pop(name, "") if of_page else "" for name in _OWN}
    wanted = values.pop(GENERATION, None)
    return Asked(stored, kept(request, wanted), values, pinned=wanted is not None, filled=bool(given), view=_view(own))


def _view(own: Mapping[str, str]) -> View:
    for name in ("_page", "_evidence"):
        if own[name] and not _NUMBER.fullmatch(own[name]):
            raise HTTPException(400, f"{name} must be a number, from 1.")
    return View(own["_sort"], int(own["_page"] or 1), own["_columns"] == "all", int(own["_evidence"] or 0))
