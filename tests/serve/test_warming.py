"""Pages of things are there before anybody asks for them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
from starlette.responses import PlainTextResponse

from sco_graph.serve.app import app, keeping
from sco_graph.serve.reading import Here
from sco_graph.serve.shelf import MEGABYTE, Depot
from sco_graph.serve.warming import Part, heaviest, warm
from sco_graph.store import current


def alone(coroutine):
    """Run a coroutine in a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()


async def asked(served, path):
    """Return the status and body of an answer, as a browser that takes gzip gets it."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://localhost") as client:
        answer = await client.get(path, headers={"Accept": "text/html", "Accept-Encoding": "gzip, br"})
        return answer.status_code, answer.content


def test_what_is_made_ahead_is_given_by_workers_that_cannot_make_it(root, tmp_path):
    state = root / ".sco-graph"
    depot = Depot(tmp_path, 16 * MEGABYTE)
    for number in range(2):
        alone(warm(keeping(app(state), Here(state), 0, depot), state, current(state), depot, Part(number, 2)))
    broken = keeping(PlainTextResponse("not made", 500), Here(state), 16, depot)
    paths = heaviest(current(state))
    assert "id/person/zhang-ming" in paths
    for path in paths:
        assert alone(asked(broken, f"/{path}.html"))[0] == 200, path
    assert alone(asked(broken, "/browse/person")) == (500, b"not made")
