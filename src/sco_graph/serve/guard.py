"""What is refused before anything is looked up: targets that are no path here, foreign hosts, too much, too often."""

from __future__ import annotations

import ipaddress
import math
import re
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sco_graph.serve.protocol import LARGEST_BODY, LONGEST_URL_QUERY

LONGEST_PATH = 8 * 1024
"""Bytes of an address before the "?", as sent."""

MOST_HEADERS = 100
LARGEST_HEADERS = 32 * 1024
"""Bytes of all names and values of a request's headers."""

BURST_SECONDS = 5
"""A client that has been quiet may ask at once what the rate allows in so many seconds."""

_MOST_CLIENTS = 10_000
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._~!$&'()*+,;=%-]+))(?::[0-9]{0,5})?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Guard:
    """ASGI middleware: lets through only requests for a path of this site, by one of its names, of a modest size.

    `hosts` are the names, without ports; none for any. `root_path` may stand before every path. `rate` is requests a
    second for one client, 0 for no limit.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], root_path: str, rate: float) -> None:
        self._app = app
        self._hosts = hosts
        self._root = root_path
        self._buckets = Buckets(rate, rate * BURST_SECONDS) if rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        try:
            path, raw_path = self._admitted(scope)
        except HTTPException as refused:
            headers = {"Cache-Control": "no-store", **(refused.headers or {})}
            await PlainTextResponse(f"{refused.detail}\n", refused.status_code, headers)(scope, receive, send)
            return
        await self._app({**scope, "path": path, "raw_path": raw_path}, receive, send)

    def _admitted(self, scope: Scope) -> tuple[str, bytes]:
        """Return the path that is asked for, decoded and as sent. Raises HTTPException."""
        check_size(scope)
        host, path, raw_path = target(scope)
        if self._hosts and host not in self._hosts:
            raise HTTPException(421, "This server has no site of that name. Its names are given by --allowed-host.")
        if self._buckets and path != "/health":
            client = scope.get("client")
            wait = self._buckets.take(network(client[0] if client else ""), time.monotonic())
            if wait:
                raise HTTPException(429, "You ask too often. Wait a moment.", {"Retry-After": str(math.ceil(wait))})
        return self._below_root(path, raw_path)

    def _below_root(self, path: str, raw_path: bytes) -> tuple[str, bytes]:
        """Return the path without the one under which a proxy publishes the site, if the proxy left that on."""
        if self._root and path == self._root:
            raise HTTPException(308, "It is one level deeper.", {"Location": f"{self._root}/"})
        if self._root and path.startswith(f"{self._root}/") and raw_path.startswith(self._root.encode()):
            return path[len(self._root) :], raw_path[len(self._root.encode()) :]
        return path, raw_path


def check_size(scope: Scope) -> None:
    """Raise HTTPException 413, 414 or 431 for a request that is larger than any that could be answered."""
    if len(scope["raw_path"]) > LONGEST_PATH:
        raise HTTPException(414, f"The path is longer than {LONGEST_PATH} bytes.")
    if len(scope["query_string"]) > LONGEST_URL_QUERY:
        raise HTTPException(414, f"The address is longer than {LONGEST_URL_QUERY} bytes. Send the query by POST.")
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > LARGEST_HEADERS:
        raise HTTPException(431, f"There are more than {MOST_HEADERS} headers, or {LARGEST_HEADERS} bytes of them.")
    if int(_header(headers, b"content-length") or 0) > LARGEST_BODY:
        raise HTTPException(413, f"The request is larger than {LARGEST_BODY} bytes.", {"Connection": "close"})


def target(scope: Scope) -> tuple[str, str, bytes]:
    """Return the host that a request is for, in lower case without its port, and the path, decoded and as sent.

    A target in absolute form names the host itself, whatever the header says (RFC 9112 §3.2.2). Raises HTTPException.
    """
    named, path, raw_path = _header(scope["headers"], b"host"), scope["path"], scope["raw_path"]
    if not path.startswith("/") and not (path == "*" and scope["method"] == "OPTIONS"):
        try:
            absolute = urlsplit(raw_path.decode("ascii"))
        except ValueError as error:
            raise HTTPException(400, "The request's target is no address.") from error
        if absolute.scheme.lower() not in {"http", "https"} or not absolute.netloc:
            raise HTTPException(400, "The request's target is no path.")
        named, raw_path = absolute.netloc, (absolute.path or "/").encode()
        path = unquote(absolute.path or "/")
    if _CONTROL.search(path):
        raise HTTPException(400, "The path has a control character.")
    return _host(named or ""), path, raw_path


@lru_cache(maxsize=256)
def _host(value: str) -> str:
    found = _HOST.fullmatch(value)
    if value and not found:
        raise HTTPException(400, "The Host header is no name of a host.")
    return (found["six"] or found["name"]).lower().removesuffix(".") if found else ""


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in headers if key == name), None)


@lru_cache(maxsize=1024)
def network(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 address.

    >>> network("2001:db8::1:2:3")
    '2001:db8::/64'
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """A token bucket for each client: `rate` tokens a second flow in, at most `size` are in it.

    Only the clients that asked last are remembered, so that memory is bounded.
    """

    def __init__(self, rate: float, size: float, most: int = _MOST_CLIENTS) -> None:
        self._rate, self._size, self._most = rate, max(1.0, size), most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, client: str, now: float) -> float:
        """Take a token; return 0, or the seconds until there is one. `now` is in seconds, of any clock."""
        bucket = self._buckets.setdefault(client, _Bucket(self._size, now))
        self._buckets.move_to_end(client)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self._size, bucket.tokens + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return 0.0
