"""Visits: one page with its redirects, politely, within limits of time and size."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from sco_graph.fetch import robots
from sco_graph.fetch.archive import Exchange, Kept
from sco_graph.fetch.guard import NotPublic, PublicTransport
from sco_graph.read.collections.warc import suffix_of_type
from sco_graph.read.files import MAX_BYTES

REDIRECTS = 10
PATIENCE = 600.0
"""So many seconds a site may want between requests, or until the next try, before its pages are given up."""

_MOVED = {301, 302, 303, 307, 308}
_PASSING = {429, 500, 502, 503, 504}
_ENCODINGS = {"", "identity", "gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fetch: who asks (`agent`), seconds between requests to one host, how many hosts at once, whether private
    addresses are allowed, seconds for one answer as a whole, how often something is tried."""

    agent: str
    delay: float = 2.0
    hosts: int = 8
    allow_private: bool = False
    seconds: float = 60.0
    attempts: int = 3


class Failed(Exception):
    """A page cannot be had; the message is the reason."""


class _NotPublic(Failed):
    """A page's host has no public address."""


class Stopped(Exception):
    """Fetching was stopped."""


class _Passing(Failed):
    """A page cannot be had now, but perhaps after `pause` seconds."""

    def __init__(self, reason: str, pause: float = 0) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass
class _Host:
    """One host: only who holds its `turn` may ask it something; `asked` is when that was last done."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    asked: float = 0
    rules: dict[str, robots.Rules] = field(default_factory=dict)


class Visitor:
    """Fetches pages; several threads may use one at once. `stop` ends all waiting."""

    def __init__(self, settings: Settings, stop: threading.Event) -> None:
        self._settings, self._stop = settings, stop
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._client = httpx.Client(
            transport=PublicTransport(settings.allow_private, settings.seconds),
            headers={"User-Agent": settings.agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(settings.seconds / 3),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,  # a proxy would connect to addresses that nobody has checked
        )

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def visit(self, url: str, known: Kept | None = None) -> list[Exchange]:
        """Return what was sent and received for `url`, redirects first, the page last.

        If the page that is `known` has not changed, the last has the status 304. Raises Failed and Stopped.
        """
        exchanges: list[Exchange] = []
        for _ in range(REDIRECTS + 1):
            conditions = known.conditions() if known and known.url == url else {}
            exchange = self._politely(url, conditions)
            exchanges.append(exchange)
            if exchange.status not in _MOVED:
                return exchanges
            url = _moved(exchange)
        raise Failed(f"more than {REDIRECTS} redirects")

    def _politely(self, url: str, conditions: Mapping[str, str]) -> Exchange:
        """Ask for a page when it is the host's turn, if the host allows it."""
        parts = httpx.URL(url)
        with self._lock:
            host = self._hosts.setdefault(parts.host, _Host())
        with host.turn:
            rules = self._rules(host, parts)
            if reason := rules.refusal(url):
                raise Failed(reason)
            pause = max(self._settings.delay, rules.delay)
            if pause > PATIENCE:
                raise Failed(f"robots.txt wants {pause:g} seconds between two requests")
            return self._repeatedly(host, url, conditions, pause)

    def _rules(self, host: _Host, parts: httpx.URL) -> robots.Rules:
        origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        if origin not in host.rules:
            try:
                host.rules[origin] = self._robots(host, f"{origin}/robots.txt")
            except _NotPublic:
                raise
            except Failed as error:
                host.rules[origin] = robots.Rules(reason=f"its robots.txt cannot be had: {error}")
        return host.rules[origin]

    def _robots(self, host: _Host, url: str) -> robots.Rules:
        for _ in range(REDIRECTS):
            exchange = self._repeatedly(host, url, {}, self._settings.delay, any_status=True)
            if exchange.status not in _MOVED:
                return robots.parse(exchange.status, exchange.body)
            url = _moved(exchange)
        raise Failed(f"more than {REDIRECTS} redirects")

    def _repeatedly(
        self, host: _Host, url: str, conditions: Mapping[str, str], pause: float, any_status: bool = False
    ) -> Exchange:
        """Ask until there is an answer, at most `attempts` times, with growing pauses."""
        for attempt in range(1, self._settings.attempts + 1):
            self._wait(host.asked + pause - time.monotonic())
            try:
                return self._ask(url, conditions, any_status)
            except _Passing as error:
                if attempt == self._settings.attempts or error.pause > PATIENCE:
                    raise
                pause = max(pause * 2, error.pause)
            finally:
                host.asked = time.monotonic()
        raise AssertionError("unreachable")

    def _wait(self, seconds: float) -> None:
        if self._stop.wait(max(0.0, seconds)):
            raise Stopped

    def _ask(self, url: str, conditions: Mapping[str, str], any_status: bool) -> Exchange:
        try:
            with self._client.stream("GET", url, headers=dict(conditions)) as response:
                if not any_status:
                    _check(response)
                return _exchange(response, self._body(response))
        except NotPublic as error:
            raise _NotPublic(str(error)) from error
        except httpx.TimeoutException as error:
            raise _Passing("no answer in time") from error
        except httpx.InvalidURL as error:
            raise Failed(f"not an address: {error}") from error
        except (httpx.HTTPError, ValueError) as error:
            # A connection that was cut ends in either.
            raise _Passing(str(error) or type(error).__name__) from error

    def _body(self, response: httpx.Response) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > MAX_BYTES:
                raise Failed(f"larger than {MAX_BYTES >> 20} MB")
            if self._stop.is_set():
                raise Stopped
            chunks.append(chunk)
        return b"".join(chunks)


def _check(response: httpx.Response) -> None:
    """Raise Failed, before the body is read, if what comes is no page that can be kept."""
    status, headers = response.status_code, response.headers
    if status in _PASSING:
        raise _Passing(f"status {status} {response.reason_phrase}".rstrip(), _pause(headers.get("Retry-After", "")))
    if status in _MOVED or status == 304:
        return
    if status != 200:
        raise Failed(f"status {status} {response.reason_phrase}".rstrip())
    content_type = headers.get("Content-Type", "")
    if suffix_of_type(content_type) is None:
        raise Failed(f"it is {content_type or 'of no type that is told'}, which is not read")
    if headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
        raise Failed(f"it is compressed as {headers['Content-Encoding']}, though that was not asked for")


def _pause(retry_after: str) -> float:
    """Return the seconds that a Retry-After header names (RFC 9110 §10.2.3), 0 for none."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _moved(exchange: Exchange) -> str:
    try:
        url = httpx.URL(exchange.url).join(exchange.header("location")).copy_with(fragment=None)
    except httpx.InvalidURL as error:
        raise Failed(f"redirected to what is not an address: {error}") from error
    if not exchange.header("location") or url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise Failed(f"redirected to {str(url)[:200]}, which is no address that can be fetched")
    return str(url)


def _exchange(response: httpx.Response, body: bytes) -> Exchange:
    request = response.request
    return Exchange(
        url=str(request.url),
        target=request.url.raw_path.decode("ascii"),
        asked=_texts(request.headers),
        status=response.status_code,
        phrase=response.reason_phrase,
        answered=_texts(response.headers),
        body=body,
        address=request.extensions["address"],
        when=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _texts(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    # HTTP headers are bytes; ISO 8859-1 keeps them all (RFC 9110 §5.5).
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)
