"""Pages from the web become web archives: politely, within limits, and never from this machine's own network."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress

import pytest
from site_of_pages import Reply, Site, page, running
from warcio.archiveiterator import ArchiveIterator

from sco_graph import pipeline, read
from sco_graph.errors import ListUnreadable
from sco_graph.fetch import Settings, fetch, read_list
from sco_graph.fetch.guard import is_public
from sco_graph.pipeline.fetching import agent_of
from sco_graph.project import load_project
from test_build import PROGRAM
from tools import missing

QUICK = Settings("tests (+https://example.org/)", delay=0.0, allow_private=True, seconds=30.0)


@pytest.fixture
def site():
    with running(Site()) as site:
        yield site


def outcome(url, folder, settings=QUICK, **more):
    (found,) = fetch([url], folder, settings, **more)
    return found


def documents(folder):
    found = read.find(folder)
    return [read.read_source(source) for source in read.sources(folder, found, {})]


def records(folder):
    (path,) = folder.rglob("*.warc.gz")
    with path.open("rb") as file:
        return [(r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read()) for r in ArchiveIterator(file)]


def test_a_page_is_kept_with_all_that_was_sent_and_received_and_read_as_a_document(site, tmp_path):
    site.replies["/news/1.html"] = page("one", ETag='"a"')
    assert outcome(site.url("/news/1.html"), tmp_path).what == "fetched"
    (document,) = documents(tmp_path)
    assert "summit number one was held in Astana" in document.text
    assert document.url == site.url("/news/1.html")
    (kind, about, http, body), (asked_kind, _, asked, _) = records(tmp_path)
    assert (kind, asked_kind) == ("response", "request")
    assert about.get_header("WARC-IP-Address") == "127.0.0.1"
    assert (http.get_statuscode(), http.get_header("ETag")) == ("200", '"a"')
    assert body == site.replies["/news/1.html"].body
    assert asked.get_header("User-Agent") == QUICK.agent


def test_a_compressed_page_is_kept_as_it_came(site, tmp_path):
    plain = page("packed")
    site.replies["/1"] = Reply(
        200, gzip.compress(plain.body), {**plain.headers, "Content-Encoding": "gzip", "X-Name": "Zürich"}
    )
    assert outcome(site.url("/1"), tmp_path).what == "fetched"
    assert "number packed" in documents(tmp_path)[0].text


def test_what_is_there_is_not_fetched_again(site, tmp_path):
    site.replies["/1"] = page("one")
    assert [outcome(site.url("/1"), tmp_path).what for _ in range(2)] == ["fetched", "kept"]
    assert site.paths() == ["/1"]


def test_a_damaged_archive_is_fetched_again(site, tmp_path):
    site.replies["/1"] = page("one")
    path = tmp_path / outcome(site.url("/1"), tmp_path).path
    path.write_bytes(path.read_bytes()[:100])
    assert outcome(site.url("/1"), tmp_path).what == "fetched"
    assert len(documents(tmp_path)) == 1


def test_a_refresh_asks_with_the_validators_and_replaces_only_what_has_changed(site, tmp_path):
    tag = ['"a"']

    def answer(headers):
        return Reply(304) if headers.get("if-none-match") == tag[0] else page(f"tag{tag[0][1]}", ETag=tag[0])

    site.replies["/1"] = answer
    assert outcome(site.url("/1"), tmp_path).what == "fetched"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.warc.gz")}
    assert outcome(site.url("/1"), tmp_path, refresh=True).what == "unchanged"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.warc.gz")} == before
    tag[0] = '"b"'
    assert outcome(site.url("/1"), tmp_path, refresh=True).what == "fetched"
    assert "number tagb" in documents(tmp_path)[0].text


def test_a_page_that_is_gone_at_a_refresh_stays_as_it_was(site, tmp_path):
    site.replies["/1"] = page("one")
    outcome(site.url("/1"), tmp_path)
    del site.replies["/1"]
    assert outcome(site.url("/1"), tmp_path, refresh=True).reason == "status 404 Not Found"
    assert len(documents(tmp_path)) == 1


def test_robots_txt_is_honoured_with_wildcards_and_the_groups_of_programs(site, tmp_path):
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: sco-graph\nDisallow: /private/\nDisallow: /*.php$\n"
    site.replies = {"/robots.txt": Reply(200, rules), "/open": page("open"), "/private/1": page("private")}
    assert outcome(site.url("/open"), tmp_path).what == "fetched"
    for path in ("/private/1", "/a/b.php"):
        assert outcome(site.url(path), tmp_path).reason == "robots.txt forbids it"
    assert site.paths() == ["/open"]


def test_a_site_whose_robots_txt_fails_is_left_alone(site, tmp_path):
    site.replies = {"/robots.txt": Reply(403), "/1": page("one")}
    assert outcome(site.url("/1"), tmp_path).what == "fetched"
    site.replies["/robots.txt"] = Reply(500)
    settings = Settings(QUICK.agent, 0.0, allow_private=True, attempts=1)
    assert outcome(site.url("/2"), tmp_path, settings).reason == "its robots.txt cannot be had: status 500"


def test_a_host_is_asked_for_one_page_at_a_time_with_the_pause_it_wants(site, tmp_path):
    site.replies = {f"/{n}": page(str(n)) for n in range(3)}
    site.replies["/robots.txt"] = Reply(200, b"User-agent: *\nCrawl-delay: 0.3\n")
    found = fetch([site.url(f"/{n}") for n in range(3)], tmp_path, QUICK)
    assert [one.what for one in found] == ["fetched"] * 3
    for before, after in zip(site.asked[1:], site.asked[2:], strict=False):
        assert after.begun - before.ended >= 0.29


def test_several_hosts_are_asked_at_once(site, tmp_path):
    site.replies = {"/1": Reply(200, page("one").body, {"Content-Type": "text/html"}, seconds=0.5)}
    found = fetch([site.url("/1"), site.url("/1", "localhost")], tmp_path, QUICK)
    assert [one.what for one in found] == ["fetched", "fetched"]
    first, second = [asked for asked in site.asked if asked.path == "/1"]
    assert second.begun < first.ended


def test_redirects_are_followed_kept_and_bounded(site, tmp_path):
    site.replies = {
        "/old": Reply(301, headers={"Location": "/new"}),
        "/new": page("new"),
        "/round": Reply(302, headers={"Location": "/round"}),
        "/file": Reply(302, headers={"Location": "file:///etc/passwd"}),
    }
    assert outcome(site.url("/old"), tmp_path).what == "fetched"
    assert documents(tmp_path)[0].url == site.url("/new")
    assert [http.get_statuscode() for kind, _, http, _ in records(tmp_path) if kind == "response"] == ["301", "200"]
    assert "more than 10 redirects" in outcome(site.url("/round"), tmp_path).reason
    assert "no address that can be fetched" in outcome(site.url("/file"), tmp_path).reason


def test_addresses_of_this_machine_are_refused_by_number_by_name_and_after_redirects(site, tmp_path):
    closed = Settings(QUICK.agent, 0.0, attempts=1)
    for host in ("127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"):
        assert re.fullmatch(
            ".* is .*, which is no public address", outcome(f"http://{host}:{site.port}/1", tmp_path, closed).reason
        )
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:192.168.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_private_addresses_are_not_public_however_they_are_written(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_public_addresses_are(address):
    assert is_public(address)


def test_a_certificate_must_be_for_the_name_that_was_asked_for(tmp_path, monkeypatch):
    if not shutil.which("openssl"):
        missing("openssl, which makes a certificate")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *name]
    subprocess.run(made, check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    settings = Settings(QUICK.agent, 0.0, allow_private=True, attempts=1)
    with running(Site({"/1": page("one")}), context) as site:
        there = outcome(f"https://localhost:{site.port}/1", tmp_path / "web", settings)
        other = outcome(f"https://127.0.0.1:{site.port}/1", tmp_path / "web", settings)
    assert there.what == "fetched"
    assert "certificate is not valid for '127.0.0.1'" in other.reason


def test_what_is_too_large_too_slow_or_no_page_is_not_kept(site, tmp_path, monkeypatch):
    monkeypatch.setattr("sco_graph.fetch.visiting.MAX_BYTES", 100_000)
    site.replies = {
        "/large": Reply(200, b"x" * 200_000, {"Content-Type": "text/plain"}),
        "/slow": Reply(200, b"late", {"Content-Type": "text/plain"}, seconds=2.0),
        "/photo": Reply(200, b"x", {"Content-Type": "image/png"}),
        "/zipped": Reply(200, b"x", {"Content-Type": "text/html", "Content-Encoding": "br"}),
        "/untyped": Reply(200, b"x"),
    }
    settings = Settings(QUICK.agent, 0.0, allow_private=True, seconds=3.0, attempts=1)
    reasons = [one.reason for one in fetch([site.url(path) for path in site.replies], tmp_path, settings)]
    wanted = ("larger than", "no answer in time", "image/png", "compressed as br", "no type")
    assert all(part in reason for part, reason in zip(wanted, reasons, strict=True)), reasons
    assert not list(tmp_path.rglob("*.warc.gz"))


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"])
def test_a_server_that_drips_is_left_when_its_time_is_up(tmp_path, said):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):
                        if b"robots.txt" in connection.recv(65536):
                            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                            continue
                        connection.sendall(said)
                        while True:
                            connection.sendall(b"x")
                            time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        settings = Settings(QUICK.agent, 0.0, allow_private=True, seconds=1.5, attempts=1)
        found = outcome(f"http://127.0.0.1:{server.getsockname()[1]}/1", tmp_path, settings)
    assert found.what == "failed"
    assert time.monotonic() - begun < 8


def test_an_interrupted_command_goes_on_where_it_was(site, tmp_path):
    pipeline.init(tmp_path / "p")
    site.replies = {"/1": page("one"), "/2": Reply(200, b"late", {"Content-Type": "text/plain"}, seconds=30)}
    (tmp_path / "list.txt").write_text(f"{site.url('/1')}\n{site.url('/2')}\n")
    command = [*PROGRAM, "fetch", str(tmp_path / "list.txt"), "--project", str(tmp_path / "p"), "--allow-private"]
    with subprocess.Popen([*command, "--delay", "0"], stderr=subprocess.PIPE, text=True) as process:
        while not list((tmp_path / "p").rglob("*.warc.gz")):
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert (process.returncode, told) == (
        130,
        "Interrupted: 1 pages are done, 1 remain. Run the command again to go on.\n",
    )


def test_a_server_that_is_busy_is_asked_again_when_it_says(site, tmp_path):
    answers = [Reply(503, headers={"Retry-After": "1"}), page("later")]
    site.replies["/1"] = lambda headers: answers.pop(0)
    assert outcome(site.url("/1"), tmp_path).what == "fetched"
    first, second = [asked for asked in site.asked if asked.path == "/1"]
    assert second.begun - first.ended >= 0.9


def test_a_server_that_is_not_there_fails_only_its_own_pages(site, tmp_path):
    site.replies["/1"] = page("one")
    settings = Settings(QUICK.agent, 0.0, allow_private=True, attempts=1)
    gone, there = fetch(["http://127.0.0.2:9/1", site.url("/1")], tmp_path, settings)
    assert (gone.what, there.what) == ("failed", "fetched")


def test_cookies_are_not_kept(site, tmp_path):
    site.replies = {"/1": page("one", **{"Set-Cookie": "a=b"}), "/2": page("two")}
    fetch([site.url("/1"), site.url("/2")], tmp_path, QUICK)
    assert all("cookie" not in asked.headers for asked in site.asked)


def test_a_list_is_read_with_what_is_no_address_told(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(
        "# news\nhttps://a.example/1#top\n\nhttps://a.example/1\nftp://a.example/2\nhttps://me:secret@a.example/\nnews\n"
    )
    addresses, refused = read_list(path)
    assert addresses == ("https://a.example/1",)
    assert [line.text for line in refused] == ["ftp://a.example/2", "https://me:secret@a.example/", "news"]


def test_a_list_can_be_a_column_of_a_table(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("title,URL,archive\nOne,https://a.example/1,https://b.example/1\nTwo,,https://b.example/2\n")
    assert read_list(path)[0] == ("https://a.example/1",)
    assert read_list(path, "archive")[0] == ("https://b.example/1", "https://b.example/2")
    with pytest.raises(ListUnreadable, match="no column address"):
        read_list(path, "address")
    with pytest.raises(ListUnreadable, match="cannot be read"):
        read_list(tmp_path / "none.txt")


def test_the_command_fetches_for_the_next_build_and_tells_what_failed(site, tmp_path):
    pipeline.init(tmp_path / "p")
    site.replies["/1"] = page("one")
    (tmp_path / "list.txt").write_text(f"{site.url('/1')}\n{site.url('/2')}\nmailto:nobody\n")
    command = [*PROGRAM, "fetch", str(tmp_path / "list.txt"), "--project", str(tmp_path / "p"), "--allow-private"]
    quick = ["--delay", "0"]
    done = subprocess.run([*command, *quick, "--strict"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 pages fetched, 0 there already, 0 unchanged, 2 not fetched." in done.stderr
    assert "404" in done.stderr
    assert "mailto:nobody" in done.stderr
    again = subprocess.run([*command, *quick, "--json"], capture_output=True, text=True, check=True)
    assert [one["what"] for one in json.loads(again.stdout)["outcomes"]] == ["kept", "failed"]
    assert [d.url for d in documents(load_project(tmp_path / "p").documents)] == [site.url("/1")]


def test_the_agent_names_the_project(tmp_path):
    pipeline.init(tmp_path / "p")
    with (tmp_path / "p" / "sco-graph.toml").open("a") as file:
        file.write('homepage = "https://project.example/"\n')
    assert agent_of(load_project(tmp_path / "p")).endswith(" (+https://project.example/)")
