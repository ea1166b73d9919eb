"""Queries of clients, put to another store without holding up the event loop: given up as soon as nobody waits."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO

import httpx

from sco_graph.errors import QueryInvalid, QueryTooCostly
from sco_graph.query import Limits, Question, Spooled
from sco_graph.query.syntax import without_text
from sco_graph.rdf import PREFIXES
from sco_graph.remote.asking import RemoteGeneration
from sco_graph.remote.connection import CONNECT_SECONDS, check, reaching
from sco_graph.remote.dialects import Dialect
from sco_graph.remote.values import prologue
from sco_graph.remote.writing import ACCEPTED, rewrite


async def spool(
    client: httpx.AsyncClient, generation: RemoteGeneration, question: Question, is_graph: bool, limits: Limits
) -> Spooled:
    """Return the whole answer of a query, which is known to be one, in a file.

    Raises QueryInvalid for what only the server's own language has, QueryTooCostly past `limits`, StoreUnreachable and
    StoreRefused. When the task that waits is cancelled, so is the request.
    """
    _refuse_own(question, generation.connection.dialect)
    wanted = question.graph_type if is_graph else question.results_type
    with ExitStack() as files:
        found, out = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        try:
            async with asyncio.timeout(limits.seconds):
                await _fetch(client, generation, question, ACCEPTED[is_graph], found, limits.megabytes * 1024**2)
        except TimeoutError as error:
            raise QueryTooCostly(question.name, f"{limits.seconds} seconds") from error
        except OverflowError as error:
            raise QueryTooCostly(question.name, f"{limits.megabytes} megabytes of answer") from error
        found.seek(0)
        media_type = await asyncio.to_thread(rewrite, generation.connection.url, found, out, is_graph, wanted)
        files.pop_all()
        found.close()
    size = out.tell()
    out.seek(0)
    return Spooled(media_type, out, size)


async def _fetch(
    client: httpx.AsyncClient, generation: RemoteGeneration, question: Question, accept: str, out: IO[bytes], most: int
) -> None:
    url = generation.connection.url
    form: dict[str, str | Sequence[str]] = {
        "query": prologue(question.text, PREFIXES) + question.text,
        "default-graph-uri": _default_graphs(generation, question),
        "named-graph-uri": question.named_graphs,
    }
    timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
    with reaching(url):
        async with client.stream("POST", url, data=form, headers={"Accept": accept}, timeout=timeout) as response:
            if not response.is_success:
                await response.aread()
            check(url, response)
            async for part in response.aiter_bytes():
                if out.tell() + len(part) > most:
                    raise OverflowError(most)
                out.write(part)


def _default_graphs(generation: RemoteGeneration, question: Question) -> Sequence[str]:
    """Return the default graphs of the dataset; one that names none has an empty one (SPARQL 1.1 Protocol §2.1.4)."""
    if question.default_graphs or not generation.knowledge:
        return question.default_graphs
    return [f"{generation.base}graph/nothing"] if question.named_graphs else [generation.knowledge]


def _refuse_own(question: Question, dialect: Dialect) -> None:
    """Raise QueryInvalid for functions of the server's own, some of which do more than calculate.

    They are called by absolute IRIs, which begin with a scheme of theirs wherever they, or the prefix, are written.
    """
    code = without_text(question.text)
    if dialect.own and re.search(rf"\\[uU]|\b(?:{'|'.join(dialect.own)}):", code, re.IGNORECASE):
        raise QueryInvalid(question.name, "functions of the server's own, and escapes outside of strings, are refused.")
