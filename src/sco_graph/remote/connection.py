"""A connection to a store: queries and updates over HTTP, with its limits, its retries, and its errors in words.

SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import httpx
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from sco_graph.errors import StoreAddressInvalid, StoreRefused, StoreTooSlow, StoreUnreachable
from sco_graph.query import RESULTS_TYPES, Answer, Row
from sco_graph.remote.credentials import authentication
from sco_graph.remote.dialects import DIALECTS, OXIGRAPH, Dialect, dialect_of

CONNECT_SECONDS = 10
UPDATE_SECONDS = 300
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each new attempt of those who can wait."""

_PASSING = {429, 502, 503, 504}
_WORDS = 400
_FORMS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
_REPEATED = "SPARQL query:"  # what Virtuoso writes before the query in an error: it may tell who looks for whom
_CUT = "X-SPARQL-MaxRows"  # what Virtuoso says of an answer that it has cut


@dataclass(frozen=True, slots=True)
class Connection:
    """A store at `url`, its SPARQL query address; `update_url` is where it takes updates. `client` is open.

    Before each new attempt at a request that has failed it waits for the next of the `pauses`, in seconds.
    """

    url: str
    update_url: str
    dialect: Dialect
    client: httpx.Client
    pauses: tuple[float, ...]

    def select(self, query: str, form: str = "json", seconds: float | None = None) -> list[Row]:
        """Return the rows of a SELECT query, had in the format "json" or "xml" within `seconds`.

        XML has no place for some control characters, and its line ends are all one (XML 1.0 §2.2, §2.11), but Virtuoso
        writes it several times as fast. Raises StoreUnreachable, StoreTooSlow and StoreRefused.
        """
        found = self._results(query, form, seconds)
        if isinstance(found, bool):
            raise StoreRefused(self.url, "it answers a SELECT query with a truth value")
        return found

    def ask(self, query: str) -> bool:
        """Return the truth of an ASK query. Raises StoreUnreachable and StoreRefused."""
        return bool(self._results(query))  # some versions of servers give the truth of ASK as a row

    def update(self, update: bytes) -> None:
        """Send an update. It is sent once more if no answer comes, so it must do nothing when it is done twice."""
        headers = {"Content-Type": "application/sparql-update"}
        request = partial(self.client.post, self.update_url, content=update, headers=headers)
        self._attempts(request, self.update_url, httpx.TransportError)

    def answer(
        self,
        query: str,
        accept: str,
        default_graph: str | None = None,
        seconds: float | None = None,
        most: int | None = None,
    ) -> Answer:
        """Return the answer of a query in a format that `accept` names; `default_graph` is the one that it asks.

        Raises StoreUnreachable; StoreRefused; StoreTooSlow past `seconds`; OverflowError past `most` bytes.
        """
        form = {"query": query} | ({"default-graph-uri": default_graph} if default_graph else {})
        request = partial(self._answered, form, accept, seconds or UPDATE_SECONDS, most)
        response = self._attempts(request, self.url, httpx.ConnectError)
        check(self.url, response)
        return Answer(response.headers.get("content-type", "").partition(";")[0].strip(), response.content)

    def dump(self) -> Iterator[bytes] | None:
        """Return parts of all that the store holds as N-Quads, None if it does not give that in one answer."""
        address = self.dialect.dump_address(self.url)
        return self._stream(address) if address else None

    def _stream(self, address: str) -> Iterator[bytes]:
        accept = {"Accept": "application/n-quads"}
        with reaching(address), self.client.stream("GET", address, headers=accept) as response:
            if not response.is_success:
                response.read()
            check(address, response)
            yield from response.iter_bytes()

    def _results(self, query: str, form: str = "json", seconds: float | None = None) -> bool | list[Row]:
        answer = self.answer(query, RESULTS_TYPES[form], seconds=seconds)
        try:
            found = parse_query_results(answer.data, _FORMS[form])
            assert isinstance(found, QueryBoolean | QuerySolutions)  # noqa: S101 - results are one or the other
            return bool(found) if isinstance(found, QueryBoolean) else [tuple(row) for row in found]
        except (SyntaxError, ValueError) as error:
            raise StoreRefused(self.url, f"its answer is not the {form.upper()} of SPARQL 1.1: {error}") from error

    def _answered(self, form: Mapping[str, str], accept: str, seconds: float, most: int | None) -> httpx.Response:
        until = time.monotonic() + seconds
        headers = {"Accept": accept}
        timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        with self.client.stream("POST", self.url, data=form, headers=headers, timeout=timeout) as response:
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if most is not None and len(content) > most:
                    raise OverflowError(most)
                if time.monotonic() > until:
                    raise StoreTooSlow(self.url, seconds)
        # What the client has decoded is not to be decoded again.
        kept = [(n, v) for n, v in response.headers.items() if n not in {"content-encoding", "transfer-encoding"}]
        return httpx.Response(response.status_code, headers=kept, content=bytes(content))

    def _attempts(
        self, request: partial[httpx.Response], address: str, passing: type[httpx.TransportError]
    ) -> httpx.Response:
        """Return the answer of the first attempt that is no passing failure; `passing` are those of the network."""
        for pause in (*self.pauses, None):
            try:
                response = request()
            except httpx.ReadTimeout as error:
                raise StoreTooSlow(address, (error.request.extensions["timeout"] or {}).get("read", 0)) from error
            except httpx.TransportError as error:
                # A query that has brought a server down once is not asked again.
                if pause is None or not isinstance(error, passing):
                    raise StoreUnreachable(address, str(error) or type(error).__name__) from error
            else:
                if response.is_success:
                    return response
                if response.status_code not in _PASSING or pause is None:
                    raise _refusal(address, response)
            time.sleep(pause)
        raise AssertionError  # the last attempt returns or raises


@contextmanager
def connect(
    url: str,
    update_url: str | None = None,
    dialect_name: str | None = None,
    environment: Mapping[str, str] = os.environ,
    pauses: tuple[float, ...] | None = None,
) -> Iterator[Connection]:
    """Open a connection to the store at `url`, closed when the block ends.

    `dialect_name`, a key of DIALECTS, is found out if it is None; without `pauses`, they are PAUSES. Raises
    StoreAddressInvalid, StoreUnreachable and StoreRefused.
    """
    for address in filter(None, (url, update_url)):
        _check(address)
    timeout = httpx.Timeout(UPDATE_SECONDS, connect=CONNECT_SECONDS)
    with httpx.Client(auth=authentication(url, environment), timeout=timeout) as client:
        dialect = DIALECTS[dialect_name] if dialect_name else dialect_of(_server(url, client))
        # Oxigraph's address in a browser is that of its page.
        query_url = url.rstrip("/") + "/query" if dialect is OXIGRAPH and httpx.URL(url).path == "/" else url
        update_url = update_url or dialect.update_address(query_url)
        connection = Connection(query_url, update_url, dialect, client, PAUSES if pauses is None else pauses)
        connection.ask("ASK {}")
        yield connection


def _check(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise StoreAddressInvalid(url, str(error)) from error
    if parsed.userinfo:
        raise StoreAddressInvalid(str(parsed.copy_with(userinfo=b"")), "a password in an address can be read by others")
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise StoreAddressInvalid(url, "it must begin with http:// or https:// and a host")


def _server(url: str, client: httpx.Client) -> str:
    """Return what the server calls itself; any answer of it tells that."""
    with reaching(url):
        return str(client.post(url, data={"query": "ASK {}"}).headers.get("server", ""))


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Let a failure of the network be a StoreUnreachable."""
    try:
        yield
    except httpx.TransportError as error:
        raise StoreUnreachable(address, str(error) or type(error).__name__) from error


def check(address: str, response: httpx.Response) -> None:
    """Raise StoreRefused unless a response, which has been read if it is an error, has the whole of an answer."""
    if not response.is_success:
        raise _refusal(address, response)
    if _CUT in response.headers:
        raise StoreRefused(address, f"it gives only {response.headers[_CUT]} rows of an answer (ResultSetMaxRows)")


def _refusal(address: str, response: httpx.Response) -> StoreRefused:
    if response.is_redirect:
        return StoreRefused(
            address, f"it has moved to {response.headers.get('location', 'nowhere')}; give that address"
        )
    if response.status_code in {401, 403}:
        return StoreRefused(address, f"{response.status_code} {response.reason_phrase}: it wants another user")
    said = response.text.partition(_REPEATED)[0] if response.content else ""
    words = " ".join(re.sub(r"<[^>]*>|[\x00-\x1f\x7f-\x9f]", " ", said).split())
    told = f": {words[:_WORDS]}{'…' if len(words) > _WORDS else ''}" if words else ""
    return StoreRefused(address, f"{response.status_code} {response.reason_phrase}{told}")
