"""What is asked again is given again, without being made again."""

from __future__ import annotations

import httpx
import pytest
from starlette.responses import Response

from sco_graph.serve.app import keeping
from sco_graph.serve.reading import Here
from serve.test_warming import alone

PLAIN = {"Accept-Encoding": "identity"}
ASK = "/sparql?query=ASK+%7B%7D"


def asked(root, requests, headers, size=0):
    """Return the ends of answers to the methods and paths, of an application that numbers what it makes."""
    made = []

    async def numbering(scope, receive, send):
        made.append(scope)
        await Response(f"{' ' * size}answer {len(made)}", headers=headers)(scope, receive, send)

    async def ask():
        transport = httpx.ASGITransport(keeping(numbering, Here(root / ".sco-graph"), 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=PLAIN) as client:
            return [(await client.request(method, path)).text.strip() for method, path in requests]

    return alone(ask())


def test_an_answer_of_a_query_is_kept_for_whoever_asks_for_the_same(root):
    answers = asked(root, [("GET", ASK), ("GET", ASK), ("GET", f"{ASK}+"), ("GET", ASK)], {"ETag": 'W/"a"'})
    assert answers == ["answer 1", "answer 1", "answer 2", "answer 1"]


@pytest.mark.parametrize(
    ("method", "headers"),
    [("POST", {"ETag": 'W/"a"'}), ("GET", {}), ("GET", {"ETag": 'W/"a"', "Cache-Control": "no-store"})],
)
def test_an_answer_that_may_be_another_one_the_next_time_is_asked_for_anew(root, method, headers):
    assert asked(root, [(method, ASK)] * 2, headers) == ["answer 1", "answer 2"]


def test_an_answer_that_would_fill_the_memory_is_passed_on_and_not_kept(root):
    assert asked(root, [("GET", ASK)] * 2, {"ETag": 'W/"a"'}, size=100_000) == ["answer 1", "answer 2"]
