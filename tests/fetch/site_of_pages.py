"""A small web site on this machine, that remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = (
    "<html><head><title>{0}</title></head><body><article><p>The SCO summit number {0} was held in Astana.</p>"
    + ("<p>The heads of state of all members took part in it, and signed what had been agreed on.</p>" * 3)
    + "</article></body></html>"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began and ended, the path, the headers."""

    begun: float
    ended: float
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site says."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0


@dataclass
class Site:
    """A site: `replies` by path, each a reply or a function of the request's headers. Others are not found."""

    replies: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


def page(name: str, **headers: str) -> Reply:
    return Reply(200, PAGE.format(name).encode(), {"Content-Type": "text/html; charset=utf-8", **headers})


@contextmanager
def running(site: Site, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Answer requests while the context lasts; with `tls`, over HTTPS."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            begun, headers = time.monotonic(), {name.lower(): value for name, value in self.headers.items()}
            reply = site.replies.get(self.path, Reply(404))
            reply = reply if isinstance(reply, Reply) else reply(headers)
            stop.wait(reply.seconds)
            site.asked.append(Asked(begun, time.monotonic(), self.path, headers))
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *arguments: object) -> None:
            """Say nothing: clients that hang up are part of the tests."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            stop.set()
            server.shutdown()
            thread.join()
