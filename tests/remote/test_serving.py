"""Pages of the generation that another store holds: those of this disk, whatever store they come from."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from remote.conftest import generation
from remote.servers import Server, oxigraph
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.remote import RemoteGeneration, connect, push
from sco_graph.remote.ledger import Ledger
from sco_graph.store import Generation
from serve.servers import Running, serving

PERSON = "/id/person/zhang-ming"
THINGS = [PERSON, "/id/event/chs-24", "/id/organization/sco", "/id/country/kazakhstan", "/id/document/s2"]
PATHS = [
    *(f"{thing}{suffix}" for thing in THINGS for suffix in (".html", ".ttl", ".jsonld", ".nt", "")),
    "/id/document/s1.txt",
    "/id/person/nobody",
    "/",
    "/ontology",
    "/queries",
    "/queries/person-posts?person=zhang-ming&_run=1",
    "/queries/event-participants?capacity=chair&_run=1&_evidence=1&_sort=-name",
    "/api/queries/person-posts.csv?person=zhang-ming",
    "/browse/person",
    "/browse/event.json",
    "/browse/document.csv",
    "/search?q=tokaev",
    "/suggest?q=zhan",
    "/sparql?format=csv&query=SELECT+%3Fn+%7B+%3Fs+skos%3AprefLabel+%3Fn+%7D+ORDER+BY+%3Fn",
    "/sparql?format=json&query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D",
    "/sparql?format=turtle&query=CONSTRUCT+WHERE+%7B+%3Fs+skos%3AprefLabel+%22Zhang+Ming%22%40en+%7D",
]


@pytest.fixture(scope="module")
def here(sample: Generation) -> Iterator[httpx.Client]:
    """Return a client of a server of the sample on this disk."""
    with serving(sample.path.parents[2]) as running, httpx.Client(base_url=running.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def elsewhere(there: RemoteGeneration, sample: Generation) -> Iterator[httpx.Client]:
    """Return a client of a server of the sample in another store."""
    running = serving(sample.path.parents[2], store=there.connection.url)
    with running as found, httpx.Client(base_url=found.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def bare(there: RemoteGeneration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server of the sample in another store, which has nothing on its disk."""
    root = tmp_path_factory.mktemp("bare")
    with serving(root, store=there.connection.url) as found, httpx.Client(base_url=found.url, timeout=60) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_has_the_bytes_that_it_has_without_the_other_store(path, here, elsewhere):
    ours, theirs = here.get(path), elsewhere.get(path)
    assert (theirs.status_code, theirs.text) == (ours.status_code, ours.text)
    for name in ("content-type", "etag", "location", "link"):
        assert theirs.headers.get(name) == ours.headers.get(name)


def test_every_claim_of_a_page_has_its_own_page_as_ever(here, elsewhere):
    claims = set(re.findall(r"claim/[0-9a-f]{12}", here.get(f"{PERSON}.html").text))
    assert claims
    for path in (f"/{claim}{suffix}" for claim in sorted(claims) for suffix in (".html", ".ttl", ".jsonld")):
        assert elsewhere.get(path).content == here.get(path).content


@pytest.mark.parametrize("path", ["/", "/browse/person", "/browse/event.json", "/search?q=tokaev", "/suggest?q=zhan"])
def test_lists_need_no_generation_on_this_disk(path, here, bare):
    assert bare.get(path).text == here.get(path).text


def test_without_the_text_a_document_has_the_words_of_its_evidence_and_says_so(here, bare):
    page = bare.get("/id/document/s2.html")
    assert "The rest of the text is not kept here." in page.text
    quotes = re.findall(r'class="quote"[^>]*>([^<]*)<', here.get("/id/document/s2.html").text)
    assert quotes
    assert re.findall(r'class="quote"[^>]*>([^<]*)<', page.text) == quotes
    assert bare.get("/id/document/s2.txt").status_code == 404


def test_pages_with_and_without_texts_are_told_apart_by_clients_that_keep_them(here, bare):
    etag = here.get(f"{PERSON}.html").headers["etag"]
    assert bare.get(f"{PERSON}.html", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "update"),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {", "too early"),
    ],
)
def test_what_is_refused_here_does_not_get_there(text, reason, elsewhere):
    answer = elsewhere.post("/sparql", data={"query": text})
    assert answer.status_code == 400
    assert reason in answer.text
    assert elsewhere.post("/sparql", data={"update": text}).status_code in {400, 403, 405}


def test_functions_of_the_server_itself_are_not_called(elsewhere, there):
    assert elsewhere.post("/sparql", data={"query": "SELECT (<bif:version>() AS ?v) {}"}).status_code == 400
    # Nothing would come of this, so that the parser here does not look at it.
    unseen = {"query": "ASK { FILTER(false && <bif:version>()) }"}
    assert elsewhere.post("/sparql", data=unseen).status_code == 400 or there.connection.dialect.name == "oxigraph"


def test_another_generation_than_the_one_there_is_told_to_be_gone(elsewhere):
    assert elsewhere.get("/queries/themes?_run=1&generation=another").status_code == 410


def test_the_server_says_nowhere_which_store_it_reads(elsewhere, there):
    port = str(httpx.URL(there.connection.url).port)
    for path in ("/", "/health", "/sparql", f"{PERSON}.html"):
        assert port not in elsewhere.get(path, headers={"Accept": "text/html"}).text


@pytest.fixture
def store(tmp_path: Path, sample: Generation) -> Iterator[tuple[Server, Path]]:
    """Return a store of its own that holds the sample, and its folder."""
    folder = tmp_path / "store"
    folder.mkdir()
    with oxigraph(folder) as running:
        with connect(running.url) as connection:
            push(connection, sample, lambda name: None)
        yield running, folder


def status(client: httpx.Client, path: str, wanted: int) -> httpx.Response:
    """Return the answer once it has a status, or the last one after some seconds."""
    until = time.monotonic() + 20
    while (answer := client.get(path)).status_code != wanted and time.monotonic() < until:
        time.sleep(0.2)
    return answer


def test_a_store_that_goes_away_is_told_and_one_that_is_back_is_served(sample, tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    with ExitStack() as running:
        first = running.enter_context(ExitStack())
        server = first.enter_context(oxigraph(folder))
        with connect(server.url) as connection:
            push(connection, sample, lambda name: None)
        found = running.enter_context(serving(sample.path.parents[2], store=server.url))
        client = running.enter_context(httpx.Client(base_url=found.url, timeout=60))
        before = client.get(f"{PERSON}.html")
        assert before.status_code == 200
        first.close()
        gone = status(client, f"{PERSON}.html", 503)
        assert gone.status_code == 503
        assert "does not answer" in gone.text
        assert server.url not in gone.text
        assert client.get("/health").status_code == 503
        assert client.get("/assets/style.css").status_code == 200
        assert any(server.url in str(line.get("message")) for line in found.lines())
        running.enter_context(oxigraph(folder, httpx.URL(server.url).port or 0))
        assert status(client, f"{PERSON}.html", 200).content == before.content


def test_a_store_that_is_being_filled_is_not_read_and_what_it_then_holds_is(store, sample, sample_lines, tmp_path):
    server, _ = store
    later = generation(tmp_path / "later", "later", [line for line in sample_lines if b"tokayev" not in line])
    running = serving(tmp_path, store=server.url)
    with running as found, connect(server.url) as connection, httpx.Client(base_url=found.url, timeout=60) as client:
        assert client.get("/health").json()["generation"] == sample.id
        ledger = Ledger(connection, DEFAULT_BASE)
        entry = ledger.read()
        begun = ledger.write(type(entry)("later", entry.generation, None, 10))
        assert "being filled" in status(client, f"{PERSON}.html", 503).text
        ledger.write(entry)
        assert status(client, f"{PERSON}.html", 200).status_code == 200
        assert begun.number < ledger.read().number
        push(connection, later, lambda name: sample if name == sample.id else None)
        assert status(client, "/id/person/tokayev", 404).status_code == 404
        assert client.get("/health").json()["generation"] == "later"


@pytest.fixture
def slow(store: tuple[Server, Path]) -> Iterator[tuple[str, Event]]:
    """Return a way to a store that never answers queries with the word "slow", and whether one was given up.

    To those with the word "broken" it answers with an error.
    """
    given_up = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if b"slow" in body:
                self.connection.settimeout(20)
                if not self.connection.recv(1):
                    given_up.set()
                return
            if b"broken" in body:
                words = b"Virtuoso 42000 Error: no \x1b[1mroom\n\nSPARQL query:\n" + body
                self.send_response(500)
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words)
                return
            kind = {name: self.headers[name] for name in ("Content-Type", "Accept")}
            answer = httpx.post(store[0].url, content=body, headers=kind)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["content-type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def version_string(self) -> str:
            return "Oxigraph/0.5"

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/query", given_up
        server.shutdown()
        thread.join()


@pytest.fixture
def impatient(slow: tuple[str, Event], sample: Generation) -> Iterator[Running]:
    """Return a server that gives a query two seconds."""
    with serving(sample.path.parents[2], seconds=2, store=slow[0]) as running:
        yield running


def test_a_query_that_takes_too_long_there_is_given_up(impatient, slow):
    answer = httpx.post(f"{impatient.url}/sparql", data={"query": "SELECT ?slow { ?s ?p ?slow }"}, timeout=30)
    assert answer.status_code == 504
    assert "2 seconds" in answer.text
    assert slow[1].wait(10)


def test_the_log_tells_why_the_store_refused_a_query_and_not_what_was_asked(impatient):
    answer = httpx.post(f"{impatient.url}/sparql", data={"query": "SELECT ?broken { ?s ?p ?broken }"}, timeout=30)
    assert (answer.status_code, "Virtuoso" in answer.text) == (502, False)
    (told,) = [str(line["message"]) for line in impatient.lines() if line.get("level") == "warning"]
    assert "500 Internal Server Error: Virtuoso 42000 Error: no [1mroom." in told
    assert "broken" not in told


def test_a_query_is_given_up_there_when_its_client_goes(impatient, slow):
    with closing(socket.create_connection(("127.0.0.1", impatient.port))) as client:
        client.sendall(b"GET /sparql?query=ASK+%7B+%3Fslow+%3Fp+%3Fo+%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.8)
    began = time.monotonic()
    assert slow[1].wait(1.0), f"still waiting after {time.monotonic() - began:.1f} s"
