"""How the server behaves towards clients: limits, names, forms, what is kept, and the log."""

from __future__ import annotations

import contextlib
import socket
import time

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph.serve import Settings
from sco_graph.serve.guard import Buckets, network
from sco_graph.serve.shelf import Depot, Kept, Shelf
from serve.servers import Running, received, serving

PERSON = "/id/person/zhang-ming.html"
TURTLE = "/id/person/zhang-ming.ttl"
PAGES = [
    "/",
    PERSON,
    TURTLE,
    "/browse/person",
    "/search",
    "/queries",
    "/ontology",
    "/assets/style.css",
    "/health",
]
SECURITY = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
}


@pytest.fixture(scope="module")
def one(root):
    """Return a server with one worker, and little patience."""
    with serving(root, {"HEAD_SECONDS": 1.0, "BODY_SECONDS": 1.0, "TAKING_SECONDS": 1.0}) as running:
        yield running


@pytest.mark.parametrize("path", PAGES)
def test_head_is_get_without_the_body_and_options_tells_the_methods(one: Running, path):
    got, head, options = httpx.get(one.url + path), httpx.head(one.url + path), httpx.options(one.url + path)
    assert (head.status_code, head.content) == (got.status_code, b"") == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["content-type"] == got.headers["content-type"]
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_told_which_there_are(one: Running, method):
    answer = httpx.request(method, one.url + PERSON)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_every_answer_has_the_security_headers_errors_included(one: Running):
    answers = [httpx.get(one.url + path) for path in ("/", "/nothing", "/sparql?query=x", "/assets/style.css")]
    answers += [httpx.post(f"{one.url}/"), httpx.get(one.url, headers={"Host": "evil.example"})]
    assert [answer.status_code for answer in answers] == [200, 404, 400, 200, 405, 421]
    for answer in answers:
        assert set(answer.headers) >= SECURITY
        assert "server" not in answer.headers
    broken = one.raw(b"NONSENSE\r\n\r\n").lower()
    assert broken.startswith(b"http/1.1 400 ")
    assert all(name.encode() in broken for name in SECURITY)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "192.168.0.1"])
def test_a_foreign_name_that_resolves_to_this_machine_gets_nothing(one: Running, host):
    answer = httpx.get(one.url + PERSON, headers={"Host": host})
    assert answer.status_code in {400, 421}
    assert "Zhang" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8000", "localhost."])
def test_the_names_of_this_machine_are_answered(one: Running, host):
    assert httpx.get(one.url + PERSON, headers={"Host": host}).status_code == 200


def test_a_target_with_a_host_is_judged_by_that_host(one: Running):
    lines = b"HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert one.raw(b"GET http://evil.example/health " + lines).startswith(b"HTTP/1.1 421 ")
    assert one.raw(b"GET http://localhost:80/health " + lines).startswith(b"HTTP/1.1 200 ")
    assert one.raw(b"GET ftp://localhost/health " + lines).startswith(b"HTTP/1.1 400 ")
    assert one.raw(b"GET health " + lines).startswith(b"HTTP/1.1 400 ")
    assert one.raw(b"OPTIONS * " + lines).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % (b"a" * 9000), 414),
        (b"GET /search?q=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % (b"a" * 33_000), 414),
        (b"GET /%s" % (b"a" * 200_000), 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: %s\r\n\r\n" % (b"a" * 40_000), 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n" % (b"A: b\r\n" * 200), 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: %s" % (b"a" * 200_000), 431),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n", 400),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        (b"GET /a%0d%0aSet-Cookie:%20a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20, 400),
    ],
)
def test_requests_that_are_too_large_or_no_http_are_refused(one: Running, request_, status):
    assert one.raw(request_, seconds=5).startswith(f"HTTP/1.1 {status} ".encode())
    assert httpx.get(f"{one.url}/health").status_code == 200


@pytest.mark.parametrize(
    ("begin", "drip"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n"),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
         b"Content-Length: 1000\r\n\r\nASK", b" "),
    ],
    ids=["head", "body"],
)  # fmt: skip
def test_a_client_that_drips_its_request_is_cut_off(one: Running, begin, drip):
    with socket.create_connection(("127.0.0.1", one.port), timeout=10) as connection:
        connection.sendall(begin)
        begun = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - begun < 8:
                connection.sendall(drip)
                time.sleep(0.2)
        assert time.monotonic() - begun < 5
        assert received(connection).startswith((b"HTTP/1.1 408 ", b""))
    assert {"status": 408}.items() <= one.lines()[-1].items()


def test_a_client_that_sends_nothing_is_cut_off(one: Running):
    with socket.create_connection(("127.0.0.1", one.port), timeout=10) as connection:
        assert received(connection) == b""


def test_two_requests_on_one_connection_are_each_given_their_time(one: Running):
    with httpx.Client(base_url=one.url) as client:
        for _ in range(3):
            assert client.get(PERSON).status_code == 200
            time.sleep(0.7)


def test_a_small_answer_comes_in_one_piece(one: Running):
    with socket.create_connection(("127.0.0.1", one.port), timeout=20) as connection:
        connection.sendall(b"GET /assets/icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).endswith(b"</svg>\n")


def test_the_log_has_a_line_a_request_without_what_was_asked_for(one: Running):
    httpx.get(f"{one.url}/search", params={"q": "a secret interest"})
    httpx.get(f"{one.url}/%1b%5b31m%e2%80%a8")
    wanted = {"method": "GET", "path": "/search", "status": 200, "generation": "first"}
    line = next(line for line in reversed(one.lines()) if line.get("path") == "/search")
    assert wanted.items() <= line.items()
    assert set(line) == {"time", "method", "path", "status", "bytes", "ms", "generation"}
    text = one.log.read_text()
    assert "secret" not in text
    assert "\x1b" not in text
    assert text.isascii()
    assert one.lines()[-1]["status"] == 400


def test_pages_come_compressed_to_those_who_can_read_it(one: Running):
    plain = httpx.get(one.url + PERSON, headers={"Accept-Encoding": "identity"})
    packed = httpx.get(one.url + PERSON, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept, Accept-Encoding"


def test_a_page_that_the_client_has_is_not_sent_again_nor_is_one_for_another_form(one: Running):
    first = httpx.get(f"{one.url}/ontology", headers={"Accept": "text/html"})
    same = {"If-None-Match": first.headers["etag"]}
    again = httpx.get(f"{one.url}/ontology", headers={"Accept": "text/html", **same})
    other = httpx.get(f"{one.url}/ontology", headers={"Accept": "text/turtle", **same})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "content-type" not in again.headers
    assert other.status_code == 200
    assert httpx.get(f"{one.url}/ontology", headers={"Accept": "text/html"}).content == first.content


def test_what_is_kept_for_one_reader_is_right_for_another(one: Running):
    forms = ["text/html", "text/turtle", "application/ld+json", "text/html;q=0.5, */*;q=0.1"]
    for path in (PERSON, TURTLE, "/ontology", "/id/person/zhang-ming"):
        for _ in range(2):
            answers = {form: httpx.get(one.url + path, headers={"Accept": form}) for form in forms}
            types = [answer.headers.get("content-type", answer.headers.get("location")) for answer in answers.values()]
            if "." in path:
                assert len({answer.content for answer in answers.values()}) == len(set(types)) == 1
            else:
                assert types[0] == types[3] != types[1]


def test_a_proxy_may_publish_it_under_a_path_and_tells_for_whom_it_asks(root):
    settings = {"root_path": "/graph", "allowed_hosts": ["example.org"], "proxies": ["127.0.0.1"], "rate": 1.0}
    with serving(root, **settings) as running:

        def ask(path: str, client: str) -> httpx.Response:
            return httpx.get(running.url + path, headers={"Host": "example.org", "X-Forwarded-For": client})

        assert ask(f"/graph{PERSON}", "192.0.2.1").content == ask(PERSON, "192.0.2.1").content
        assert ask("/graph", "192.0.2.2").headers["location"] == "/graph/"
        assert httpx.get(running.url + PERSON).status_code == 421
        statuses = [ask(PERSON, "192.0.2.3").status_code for _ in range(8)]
        assert statuses[:5] == [200] * 5
        assert 429 in statuses[5:]
        refused = next(a for a in (ask(PERSON, "192.0.2.3") for _ in range(9)) if a.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert ask(PERSON, "192.0.2.4").status_code == 200
        assert ask("/health", "192.0.2.3").status_code == 200
        time.sleep(1.1)
        assert ask(PERSON, "192.0.2.3").status_code == 200


def test_nobody_is_believed_who_asks_for_another_unless_it_is_the_proxy(root):
    with serving(root, rate=1.0) as running:
        statuses = [
            httpx.get(running.url + PERSON, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(9)
        ]
    assert 429 in statuses


def test_only_loopback_names_are_known_on_loopback_and_any_elsewhere():
    assert Settings().hosts == {"localhost", "127.0.0.1", "::1"}
    assert Settings(host="0.0.0.0").hosts == frozenset()
    assert Settings(host="0.0.0.0", allowed_hosts=("Example.org",)).hosts == {"example.org"}


def test_a_rate_holds_where_others_can_reach_the_server():
    assert Settings().requests_a_second == 0
    assert Settings(host="0.0.0.0").requests_a_second > 0
    assert Settings(proxies=("127.0.0.1",)).requests_a_second > 0
    assert Settings(host="0.0.0.0", rate=0).requests_a_second == 0


@given(st.lists(st.floats(0, 3), max_size=60), st.floats(0.1, 20), st.floats(1, 50))
def test_a_client_never_gets_more_than_a_full_bucket_and_the_rate(pauses, rate, size):
    buckets, now, taken = Buckets(rate, size), 0.0, 0
    for pause in pauses:
        now += pause
        wait = buckets.take("client", now)
        assert wait >= 0
        taken += not wait
        assert taken <= size + rate * now + 1e-6


def test_as_many_clients_as_like_cannot_fill_the_memory_and_a_network_is_one_client():
    buckets = Buckets(1, 5, most=10)
    for number in range(100):
        buckets.take(f"192.0.2.{number}", 0.0)
    assert len(buckets._buckets) == 10
    assert network("2001:db8::1") == network("2001:db8::ffff") != network("2001:db8:0:1::1")


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30_000))))
def test_kept_pages_never_take_more_than_they_may(puts):
    shelf = Shelf(100_000)
    for number, size in puts:
        kept = Kept(200, (), bytes(size), "")
        shelf.put(("g", str(number), b"", "", False), kept)
        assert sum(found.size for found in shelf._kept.values()) == shelf._size <= 100_000


def test_what_one_worker_has_made_another_finds_until_there_is_a_newer_generation(tmp_path):
    one, other = Depot(tmp_path, 10_000), Depot(tmp_path, 10_000)
    page = ("g1", "/id/person/a", b"", "text/html", True)
    kept = Kept(200, ((b"content-type", b"text/html"),), b"\x1f\x8b\n\n", 'W/"g1"')
    one.put(page, kept)
    assert other.get(page) == kept
    assert other.get((*page[:4], False)) is None
    one.put(("g1", "/large", b"", "", False), Kept(200, (), bytes(9_000), ""))
    assert one.get(("g1", "/large", b"", "", False)) is None
    other.put(("g2", *page[1:]), kept)
    assert one.get(page) is None
    one.put(("g2", *page[1:]), kept)
    one.put(page, kept)  # for a request that began before the newer one came
    assert one.get(page) is None
    assert other.get(("g2", *page[1:])) == kept
