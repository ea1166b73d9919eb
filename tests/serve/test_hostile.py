"""What attackers send, and what attackers have written into documents: nothing runs, breaks or leaks.

`SCO_GRAPH_FUZZ` is the number of generated requests; `make fuzz` sends 10,000.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from publish.conftest import hostile  # noqa: F401 - a fixture
from serve.servers import Running, serving

EXAMPLES = int(os.environ.get("SCO_GRAPH_FUZZ", "200"))
MARKUP = "<script>alert('me')</script>"
BY_DESIGN = {503, 504}
LEAKS = re.compile(
    rb"traceback|site-packages|file \"|uvicorn|starlette|pyoxigraph|\.py\b|/tmp/|/home/|/root/", re.IGNORECASE
)
HOSTILE_PAGES = [
    "/",
    "/id/person/bad.html",
    "/id/statement/bad.html",
    "/id/document/bad.html",
    "/claim/00000000bad0.html",
    "/browse/person",
    "/browse/document",
    "/search?q=script",
    f"/search?q={quote(MARKUP)}",
    f"/queries/person-posts?person={quote(MARKUP)}",
    f"/nothing/{quote(MARKUP, safe='')}",
    f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}",
    f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }')}",
    f"/sparql?query={quote(f'SELECT ({MARKUP}')}",
    f"/sparql?query={quote(f'SELECT (<x:{MARKUP}> AS ?x) {{}}')}",
    f"/browse/{quote(MARKUP, safe='')}",
]


class Reader(HTMLParser):
    """Notes what of a page a browser would run, and where it would go."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.leads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note scripts that are not files or data, handlers of events, and links."""
        values = dict(attrs)
        if tag == "script" and "src" not in values and values.get("type") != "application/ld+json":
            self.runs.append(str(self.get_starttag_text()))
        self.runs += [name for name, _ in attrs if name.startswith("on") or name == "autofocus"]
        self.leads += [value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}]


@pytest.fixture(scope="module")
def attacked(hostile):  # noqa: F811
    """Return a server over a generation whose every text is hostile."""
    with serving(hostile.path.parents[2]) as running:
        yield running


@pytest.fixture(scope="module")
def asking():
    """Return a client that keeps its connections, since thousands of requests are made."""
    with httpx.Client(timeout=60) as client:
        yield client


def harmless(answer: httpx.Response) -> None:
    """Fail if an answer is an error of ours, tells how we are made, or would run what was sent or stored."""
    assert answer.status_code < 500 or answer.status_code in BY_DESIGN, (answer.request, answer.text)
    assert not LEAKS.search(answer.content.replace(answer.request.url.raw_path, b"")), answer.text
    assert "server" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert MARKUP not in answer.text
        page = Reader(answer.text)
        assert page.runs == []
        assert [to for to in page.leads if to.strip().lower().startswith(("javascript:", "data:", "//"))] == []


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_what_documents_or_readers_write_is_shown_and_never_run(attacked: Running, path):
    answer = httpx.get(attacked.url + path, headers={"Accept": "text/html"}, timeout=60, follow_redirects=True)
    assert answer.headers["content-type"].startswith(("text/html", "text/plain"))
    harmless(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/assets/../app.py",
        "/assets/..%2f..%2fserve%2fapp.py",
        "/assets/%2e%2e/%2e%2e/serve/app.py",
        "/assets//etc/passwd",
        "/id/document/..%2f..%2fmanifest.json",
        "/id/document/..%2f..%2f..%2f..%2fetc%2fpasswd.txt",
        "/id/document/%2fetc%2fpasswd",
        "//evil.example/%2e%2e",
        "/\\evil.example",
        "/%5cevil.example",
        "/%252e%252e%252fetc%252fpasswd",
        "/queries/..%2f..%2fREADME.rq",
        "/api/queries/..%2fpasswd.csv",
        "/id/" + "a/" * 2000,
        "/browse/person/99999999999999999999999999",
        "/browse/person/-1",
    ],
)
def test_no_trick_with_a_path_reaches_a_file_or_leads_elsewhere(attacked: Running, path):
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = attacked.raw(request.encode())
    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), answer[:200]
    assert b"root:" not in answer
    assert b"\nlocation:" not in answer.lower()


# What a request is made of: things that are there, things that nearly are, and things that break parsers.
_THERE = "id person bad claim 00000000bad0 browse document search queries person-posts sparql api assets health"
_ODD = ".. . %2e%2e %00 %0d%0aX:%20y %ff ' %22 {{7*7}} ${7} %F0%9F%92%A9 bad.ttl bad.txt style.css 1 -1"
_words = st.sampled_from([*_THERE.split(), *_ODD.split(), "", "a" * 300, quote(MARKUP, safe="")])
_chunks = st.one_of(_words, st.text(max_size=20).map(lambda text: quote(text.encode("utf-8", "replace"), safe="")))
_paths = st.lists(_chunks, max_size=5).map(lambda parts: "/" + "/".join(parts))
_values = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        ["ASK {}", "SELECT * { ?s ?p ?o }", "DROP ALL", MARKUP, "\0", "\r\nX: y", "zhang", "html", "🙂" * 50]
    ),
    st.sampled_from(["1e309", "-0", "NaN", "2024-13-45", "http://[", "<a> <b", "SELECT * { SERVICE <http://x/> {} }"]),
)
_names = st.sampled_from(["q", "query", "update", "default-graph-uri", "person", "_run", "page", "type", "year", "a[]"])
_parameters = st.lists(st.tuples(_names, _values), max_size=4)
_accepts = st.sampled_from(
    [
        "text/html",
        "text/turtle",
        "application/ld+json",
        "text/csv",
        "*/*",
        "",
        "x",
        "a/b;q=2",
        "text/html;q=" + "9" * 99,
    ]
)
_headers = st.fixed_dictionaries(
    {"Accept": _accepts},
    optional={
        "If-None-Match": st.sampled_from(["*", "W/", '"', 'W/"a"', ",,,", "x" * 999]),
        "Content-Type": st.sampled_from(
            ["application/x-www-form-urlencoded", "application/sparql-query", "x", "a/b;;="]
        ),
        "X-Forwarded-For": st.sampled_from(["1.2.3.4", "::1", "'", "a" * 999]),
        "Range": st.sampled_from(["bytes=0-1", "bytes=-", "bytes=9-1,0-"]),
        "Accept-Encoding": st.sampled_from(["gzip", "gzip;q=0", "br", "*"]),
        "Origin": st.sampled_from(["null", "https://evil.example"]),
        "Cookie": st.sampled_from(["a=b", ";" * 50]),
        "Expect": st.just("100-continue"),
        "Upgrade": st.sampled_from(["websocket", "h2c"]),
    },
)
_methods = st.sampled_from(["GET"] * 12 + ["POST"] * 5 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(_methods, _paths, _parameters, _headers, st.one_of(st.none(), st.binary(max_size=200)))
def test_no_request_breaks_the_server_or_makes_it_tell_how_it_is_made(
    attacked, asking, method, path, parameters, headers, body
):
    content = body if method in {"POST", "PUT", "PATCH"} else None
    url = attacked.url + path
    harmless(asking.request(method, url, params=parameters or None, headers=headers, content=content))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda b: b"GET / HTTP/1.1\r\nHost: a\r\n" + b)))
def test_bytes_that_are_no_request_do_no_harm(attacked, data):
    answer = attacked.raw(data + b"\r\n\r\nGET / HTTP/1.0\r\n\r\n", seconds=5)
    assert not answer or re.match(rb"HTTP/1\.1 [1-4]\d\d ", answer), answer
    assert not LEAKS.search(answer)


def test_requests_made_from_our_own_description_do_no_harm(attacked: Running):
    described = schemathesis.openapi.from_url(f"{attacked.url}/openapi.json")
    requests = st.one_of([operation.ok().as_strategy() for operation in described.get_all_operations()])

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=requests)
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(base_url=attacked.url)
        assert answer.status_code < 500 or answer.status_code in BY_DESIGN, answer.text
        assert not LEAKS.search(answer.content)

    ask()


def test_after_all_that_nothing_is_wrong_in_the_log(attacked: Running):
    assert httpx.get(f"{attacked.url}/health").status_code == 200
    assert [line for line in attacked.lines() if line.get("level") == "error"] == []
