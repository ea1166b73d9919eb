"""Generations pushed to real stores: as a whole, as a difference, again, after being killed, and verified."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from remote.conftest import generation
from sco_graph.errors import DataNotPlain, PushRefused, StoreAddressInvalid, StoreRefused, StoreUnreachable
from sco_graph.rdf import DEFAULT_BASE, XSD
from sco_graph.remote import connect, push, verify
from sco_graph.remote import connection as connecting
from sco_graph.remote.graphs import has_any
from sco_graph.remote.ledger import Ledger

CLAIM = f"{DEFAULT_BASE}claim/000000000000"
KILLS = int(os.environ.get("SCO_GRAPH_KILLS", "2"))

# Each a text that some server, or some way of escaping, has trouble with.
ODD = [
    "",
    "a\\u0041b, a backslash and letters",
    "\\\\u0022 }",
    "quotes \"' and \\",
    "tab\tline\nreturn\r",
    "control \x01 \x7f \x08 \x0c",
    "\u2028 \ufeff \ufffe",
    "\N{GRINNING FACE}",
    "上海合作组织 Шанхайская организация سازمان",
    "} ; DROP ALL ; {",
    "x" * 100_000,
]


def line(subject: str, value: object, graph: str | None = None) -> bytes:
    name = [NamedNode(graph)] if graph else []
    quad = Quad(NamedNode(DEFAULT_BASE + subject), NamedNode("http://a.example/says"), value, *name)
    return serialize([quad], format=RdfFormat.N_QUADS)


def kept(*generations):
    return {each.id: each for each in generations}.get


def test_a_generation_is_there_as_a_whole(connection, sample, sample_lines):
    pushed = push(connection, sample, kept())
    assert (pushed.added, pushed.removed, pushed.since) == (len(sample_lines), 0, None)
    found = verify(connection, sample)
    assert (found.quads, found.differences) == (len(sample_lines), ())


def test_pushed_again_it_sends_nothing(connection, sample):
    push(connection, sample, kept())
    again = push(connection, sample, kept())
    assert (again.added, again.removed) == (0, 0)


def test_a_newer_generation_sends_only_what_differs(connection, sample, sample_lines, tmp_path):
    changed = [*sample_lines[:-7], line("id/person/new", Literal("new")), line("id/person/new", Literal("new"), CLAIM)]
    newer = generation(tmp_path, "newer", changed)
    push(connection, sample, kept())
    pushed = push(connection, newer, kept(sample))
    assert (pushed.added, pushed.removed, pushed.since) == (2, 7, sample.id)
    assert not verify(connection, newer).differences


def test_a_newer_generation_is_sent_as_a_whole_if_the_one_that_is_there_is_not_kept(connection, sample, tmp_path):
    newer = generation(tmp_path, "newer", [line("id/person/new", Literal("new"))])
    push(connection, sample, kept())
    pushed = push(connection, newer, kept())
    assert (pushed.added, pushed.since) == (1, None)
    assert not verify(connection, newer).differences


def test_texts_and_values_come_back_as_they_were(connection, tmp_path):
    lines = [line(f"id/odd/{number}", Literal(text), CLAIM) for number, text in enumerate(ODD)]
    typed = {"decimal": "0.90", "gYear": "2024", "gYearMonth": "2024-07", "date": "2024-07-04", "boolean": "true"}
    typed |= {"nonNegativeInteger": "05", "double": "1e3", "dateTime": "2024-07-04T10:00:00.500+08:00", "anyURI": "a:b"}
    lines += [line("id/typed", Literal(value, datatype=XSD.term(name)), CLAIM) for name, value in typed.items()]
    lines += [line("id/tagged", Literal("colour", language=tag)) for tag in ("en-gb", "zh-hans", "ru")]
    lines += [
        line("id/iri", NamedNode(f"{DEFAULT_BASE}id/document/d#char=1,2")),
        line("id/iri", NamedNode("http://é/")),
    ]
    odd = generation(tmp_path, "odd", lines)
    push(connection, odd, kept())
    assert verify(connection, odd).differences == ()


def test_verifying_names_the_graph_that_somebody_has_changed(server, connection, sample):
    push(connection, sample, kept())
    server.update(f'INSERT DATA {{ GRAPH <{CLAIM}> {{ <http://a.example/a> <http://a.example/b> "c" }} }}')
    (difference,) = verify(connection, sample).differences
    assert (difference.graph, difference.expected, difference.found) == (CLAIM, 0, 1)
    push(connection, sample, kept(), replace_all=True)
    assert not verify(connection, sample).differences


def test_a_graph_that_differs_is_read_no_second_time(server, connection, tmp_path):
    pushed = generation(tmp_path, "one", [line("id/person/one", Literal("one"), CLAIM)])
    push(connection, pushed, kept())
    asked = []
    connection.client.event_hooks = {"request": [asked.append]}
    assert not verify(connection, pushed).differences
    usual = len(asked)
    server.update(f'INSERT DATA {{ GRAPH <{CLAIM}> {{ <http://a.example/a> <http://a.example/b> "c" }} }}')
    assert verify(connection, pushed).differences
    assert len(asked) == 2 * usual


def test_verifying_sees_a_value_that_changed_though_the_counts_are_the_same(server, connection, tmp_path):
    pushed = generation(tmp_path, "one", [line("id/person/one", Literal("one"), CLAIM)])
    push(connection, pushed, kept())
    triple = f"GRAPH <{CLAIM}> {{ <{DEFAULT_BASE}id/person/one> <http://a.example/says>"
    server.update(f'DELETE DATA {{ {triple} "one" }} }} ; INSERT DATA {{ {triple} "won" }} }}')
    (difference,) = verify(connection, pushed).differences
    assert (difference.expected, difference.found) == (1, 1)


def test_what_others_have_put_there_is_refused_unless_it_may_be_replaced(server, connection, sample):
    server.update(f'INSERT DATA {{ GRAPH <{CLAIM}> {{ <http://a.example/a> <http://a.example/b> "theirs" }} }}')
    with pytest.raises(PushRefused):
        push(connection, sample, kept())
    push(connection, sample, kept(), replace_all=True)
    assert not verify(connection, sample).differences


def test_graphs_outside_of_the_base_are_left_alone(server, connection, sample):
    theirs = "<http://other.example/g>"
    server.update(f'INSERT DATA {{ GRAPH {theirs} {{ <http://a.example/a> <http://a.example/b> "theirs" }} }}')
    push(connection, sample, kept(), replace_all=True)
    assert connection.ask(f'ASK {{ GRAPH {theirs} {{ ?s ?p "theirs" }} }}')
    server.update(f"DROP SILENT GRAPH {theirs}")


def test_a_blank_node_is_refused(connection, tmp_path):
    blank = b'_:a <http://a.example/p> "b" .\n'
    with pytest.raises(DataNotPlain):
        push(connection, generation(tmp_path, "blank", [blank]), kept())


def test_a_push_that_stopped_goes_on_where_it_was(connection, sample, sample_lines, monkeypatch):
    """The connection breaks after some batches; the next push does not send them again."""
    small = replace(connection, dialect=replace(connection.dialect, batch=50))
    monkeypatch.setattr("sco_graph.remote.pushing.MARK", 2)
    sent = []
    real = type(small.client).post

    def breaking(client, url, **given):
        if b"INSERT DATA {\n" in given.get("content", b""):
            sent.append(url)
        if len(sent) > 5:
            raise KeyboardInterrupt
        return real(client, url, **given)

    with monkeypatch.context() as broken:
        broken.setattr("httpx.Client.post", breaking)
        with pytest.raises(KeyboardInterrupt):
            push(small, sample, kept())
    assert has_any(connection, DEFAULT_BASE, default_too=True)
    pushed = push(small, sample, kept())
    assert pushed.resumed
    assert 0 < pushed.added < len(sample_lines)
    assert not verify(connection, sample).differences


def test_pushes_killed_at_any_moment_end_with_the_same_graph(server, connection, tmp_path):
    """Whole pushes and differences, in processes of their own; SCO_GRAPH_KILLS says how often they are killed."""
    chance = random.Random(KILLS)
    (tmp_path / "sco-graph.toml").write_text('[project]\nname = "Killed"\n')
    state = tmp_path / ".sco-graph"
    lines = [line(f"id/person/p{n}", Literal(str(n)), f"{DEFAULT_BASE}claim/{n % 500:012x}") for n in range(3000)]
    generations = [
        generation(state, "one", lines),
        generation(state, "two", [*lines[500:], line("id/a", Literal("a"))]),
    ]
    command = [
        sys.executable,
        "-c",
        "from sco_graph.cli import main; main()",
        "push",
        server.url,
        "--project",
        tmp_path,
    ]
    environment = {**os.environ, **server.environment, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    usual = time.monotonic() - started
    for number in range(KILLS):
        current = generations[number % 2]
        (state / "current").write_text(current.id)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            process.communicate(timeout=chance.uniform(0.3, 1) * usual)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert verify(connection, current).differences == ()
        assert Ledger(connection, DEFAULT_BASE).read().complete


def test_a_wrong_password_is_told_without_telling_it(server, sample):
    if not server.environment:
        pytest.skip("this server takes updates from anybody")
    wrong = {**server.environment, "SCO_GRAPH_STORE_PASSWORD": "wrong-word"}
    with connect(server.url, environment=wrong) as connection, pytest.raises(StoreRefused) as refused:
        push(connection, sample, kept(), replace_all=True)
    assert "wrong-word" not in str(refused.value)
    assert "401" in str(refused.value)


def test_a_netrc_file_gives_user_and_password(server, connection, sample, tmp_path):
    user = server.environment.get("SCO_GRAPH_STORE_USER", "anybody")
    word = server.environment.get("SCO_GRAPH_STORE_PASSWORD", "word")
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login {user} password {word}\n")
    netrc.chmod(0o600)
    with connect(server.url, environment={"NETRC": str(netrc)}) as other:
        assert push(other, sample, kept()).added


def test_a_store_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(connecting, "PAUSES", ())
    with pytest.raises(StoreUnreachable), connect("http://127.0.0.1:9/query", environment={}):
        pass


@pytest.mark.parametrize("url", ["http://me:secret@127.0.0.1/sparql", "ftp://127.0.0.1/", "127.0.0.1:7878"])
def test_an_address_that_cannot_be_used_is_refused_without_telling_a_password(url):
    with pytest.raises(StoreAddressInvalid) as refused, connect(url, environment={}):
        pass
    assert "secret" not in str(refused.value)


def test_a_page_that_is_no_endpoint_is_refused(server):
    address = server.url.replace("/sparql", "/").replace("/query", "/nothing")
    with pytest.raises(StoreRefused), connect(address, environment={}):
        pass
