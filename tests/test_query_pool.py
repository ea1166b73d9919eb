"""The processes that evaluate queries: they are kept, replaced, shared fairly, and end with the program."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from sco_graph.errors import QueryTooCostly, TooManyQueries
from sco_graph.query import Limits, LoopCall, Pool, QueryGivenUp, Question, Spooled, seats, spool, spool_in_loop
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Generation, write_generation
from tools import children

COSTLY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) < STR(?j)) }"
QUICK = "ASK { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def pool():
    pool = Pool(3)
    yield pool
    pool.close()


def ask(pool: Pool, generation: Generation, text: str, seconds: int = 20) -> Spooled:
    return spool(generation.path, Question(text, results_type="text/csv"), Limits(seconds, 1024), pool)


class Asking:
    """Somebody who asks a query ad hoc, in an event loop of its own, until it is answered or `stop` is called."""

    def __init__(self, threads: ThreadPoolExecutor, pool: Pool, generation: Generation, text: str, client: str = "a"):
        self._begun: Future[LoopCall] = Future()
        self.task = threads.submit(asyncio.run, self._ask(pool, generation, text, client))

    async def _ask(self, pool: Pool, generation: Generation, text: str, client: str) -> Spooled:
        call = LoopCall(client, ad_hoc=True)
        self._begun.set_result(call)
        return await spool_in_loop(generation.path, Question(text), Limits(90, 1024), pool, call)

    def stop(self) -> None:
        if not self.task.done():
            self._begun.result().stop()


def until(is_so, seconds: float = 10):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def test_one_process_answers_one_query_after_the_other(pool, sample):
    before = children(os.getpid())
    ask(pool, sample, QUICK).read()
    first = children(os.getpid()) - before
    for _ in range(5):
        ask(pool, sample, QUICK).read()
    assert children(os.getpid()) - before == first
    assert len(first) == 1


def test_a_process_that_was_killed_is_replaced(pool, sample):
    before = children(os.getpid())
    ask(pool, sample, QUICK).read()
    (worker,) = children(os.getpid()) - before
    with pytest.raises(QueryTooCostly, match="stopped after 1 seconds"):
        ask(pool, sample, COSTLY, seconds=1)
    assert worker not in children(os.getpid())
    assert ask(pool, sample, COUNT).read().data.startswith(b"n\r\n")


def test_answers_of_two_generations_are_kept_apart(pool, tmp_path):
    def made(name: str, count: int) -> Generation:
        lines = [f"<{DEFAULT_BASE}s> <{DEFAULT_BASE}p> <{DEFAULT_BASE}o{n}> .\n".encode() for n in range(count)]
        return write_generation(tmp_path, name, lines, {}, {"base": DEFAULT_BASE}, {}, [])

    generations = [made(f"g{count}", count) for count in (1, 2, 3)]
    found = [ask(pool, generation, COUNT).read().data for generation in [*generations, *reversed(generations)]]
    assert found == [f"n\r\n{count}\r\n".encode() for count in (1, 2, 3, 3, 2, 1)]


def test_many_threads_get_each_their_own_answer(pool, sample):
    with ThreadPoolExecutor(16) as threads:
        found = threads.map(lambda n: ask(pool, sample, f"SELECT ({n} AS ?n) {{}}").read().data, range(100))
        assert list(found) == [f"n\r\n{n}\r\n".encode() for n in range(100)]


def test_quick_queries_are_answered_while_long_ones_run(pool, sample):
    with ThreadPoolExecutor(8) as threads:
        long = [Asking(threads, pool, sample, COSTLY) for _ in range(4)]
        try:
            time.sleep(0.5)
            # A stored query finds the seat that ad-hoc queries leave free.
            ask(pool, sample, QUICK).read()
            assert not any(asking.task.done() for asking in long)
            # An ad-hoc query of somebody else gets the next seat, for which a long query is stopped.
            Asking(threads, pool, sample, QUICK, "b").task.result().read()
        finally:
            for asking in long:
                asking.stop()
    assert {type(asking.task.exception()) for asking in long} == {TooManyQueries, QueryGivenUp}


def test_a_query_that_nobody_wants_any_more_is_stopped(pool, sample):
    before = children(os.getpid())
    with ThreadPoolExecutor(1) as threads:
        asking = Asking(threads, pool, sample, COSTLY)
        until(lambda: children(os.getpid()) - before)
        asking.stop()
        assert isinstance(asking.task.exception(timeout=5), QueryGivenUp)
    until(lambda: children(os.getpid()) == before)


def test_a_queue_that_is_full_says_so_at_once(sample):
    pool = Pool(1, most_waiting=1)
    with ThreadPoolExecutor(2) as threads:
        running = [Asking(threads, pool, sample, COSTLY) for _ in range(2)]
        time.sleep(0.5)
        with pytest.raises(TooManyQueries, match="Ask again"):
            ask(pool, sample, QUICK)
        for asking in running:
            asking.stop()
        assert [type(asking.task.exception(timeout=5)) for asking in running] == [QueryGivenUp, QueryGivenUp]
    pool.close()


def test_seats_go_to_the_client_that_has_the_fewest():
    order: list[str] = []
    all_seats = seats.Seats(2, 100)
    enough = threading.Semaphore(0)

    def sit(client: str) -> None:
        with all_seats.seat(seats.Call(client)):
            order.append(client)
            enough.acquire()

    threads = [threading.Thread(target=sit, args=(client,)) for client in ("a", "a", "a", "a", "b")]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for count in range(1, len(threads) + 1):
        until(lambda count=count: len(order) >= min(count + 1, len(threads)))
        enough.release()
    for thread in threads:
        thread.join()
    assert order.index("b") == 2


def test_a_long_answer_comes_whole_in_a_file(pool, sample):
    wide = "SELECT (CONCAT(STR(?a), STR(?d), STR(?e)) AS ?x) { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    whole = ask(pool, sample, wide)
    assert whole.size > 1024 * 1024
    assert whole.read().data.count(b"\r\n") == 20001


PROGRAM = """
import sys, threading
from pathlib import Path
from sco_graph.query import Limits, Pool, Question, spool
pool, path = Pool(2), Path(sys.argv[1])
costly = path, Question(sys.argv[2]), Limits(600, 1024), pool
askers = [threading.Thread(target=spool, args=costly, daemon=True) for _ in range(2)]
for asker in askers:
    asker.start()
for asker in askers:
    asker.join()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_program(sample, how):
    command = [sys.executable, "-c", PROGRAM, str(sample.path), COSTLY]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        until(lambda: len(children(program.pid)) == 2)
        workers = children(program.pid)
        program.send_signal(how)
    until(lambda: not any(map(is_alive, workers)))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_processes_load_nothing_but_the_engine(pool, sample):
    before = children(os.getpid())
    ask(pool, sample, QUICK).read()
    (worker,) = children(os.getpid()) - before
    loaded = Path(f"/proc/{worker}/maps").read_text()
    assert "pyoxigraph" in loaded
    assert "spacy" not in loaded
    assert json.loads(ask(pool, sample, QUICK).read().data)["boolean"]
