"""Pages of the things that most documents speak of are there before anybody asks for them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.responses import PlainTextResponse

from sco_graph.serve.app import app, keeping
from sco_graph.serve.warming import heaviest, warm
from sco_graph.store import current


def alone(coroutine):
    """Run a coroutine in a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, coroutine).result()


def asked(served, path):
    """Return the status and body of an answer, as a browser that takes gzip gets it."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"accept", b"text/html"), (b"accept-encoding", b"gzip, br")]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    more = {"http_version": "1.1", "scheme": "http", "headers": headers, "root_path": "", "client": None, "state": {}}
    alone(served({**scope, **more}, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


def test_what_is_made_ahead_is_given_by_workers_that_cannot_make_it(root, tmp_path):
    state = root / ".sco-graph"
    alone(warm(keeping(app(state), state, 16, tmp_path), state, current(state)))
    broken = keeping(PlainTextResponse("not made", 500), state, 16, tmp_path)
    paths = list(heaviest(current(state)))
    assert "id/person/zhang-ming" in paths
    for path in paths:
        assert asked(broken, f"/{path}.html")[0] == 200, path
    assert asked(broken, "/browse/person") == (500, b"not made")
