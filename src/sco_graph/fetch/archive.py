"""A page that was fetched, kept as a web archive: WARC 1.0 (ISO 28500), with all that was sent and received."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sco_graph.disk import appearing

Headers = tuple[tuple[str, str], ...]

# The body is kept without the framing that it came in.
_FRAMING = {"transfer-encoding", "content-length", "connection", "keep-alive"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response. `when` is UTC as YYYY-MM-DDThh:mm:ssZ, `body` as it came, still compressed."""

    url: str
    target: str
    asked: Headers
    status: int
    phrase: str
    answered: Headers
    body: bytes
    address: str
    when: str

    def header(self, name: str) -> str:
        """Return the value of a header of the response, "" if it has none; `name` is in lower case."""
        return next((value for key, value in self.answered if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Kept:
    """The page that an archive holds: its address after all redirects, and what a server can compare it by."""

    url: str
    etag: str
    modified: str

    def conditions(self) -> Mapping[str, str]:
        """Return the headers that ask for the page only if it has changed (RFC 9110 §13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


def write(path: Path, exchanges: Iterable[Exchange]) -> None:
    """Write the archive `path`, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with appearing(path) as file:
        writer = WARCWriter(file, gzip=True)
        for exchange in exchanges:
            _write(writer, exchange)


def kept(path: Path) -> Kept | None:
    """Return the page in the archive `path`, or None if it holds none or is damaged."""
    try:
        with path.open("rb") as file:
            found = None
            for record in ArchiveIterator(file):
                record.content_stream().read()
                if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                    headers = record.http_headers
                    etag, modified = headers.get_header("ETag", ""), headers.get_header("Last-Modified", "")
                    found = Kept(record.rec_headers.get_header("WARC-Target-URI"), etag, modified)
            return found
    except (ArchiveLoadFailed, EOFError, ValueError):
        return None


def _write(writer: WARCWriter, exchange: Exchange) -> None:
    headers = [(name, value) for name, value in exchange.answered if name.lower() not in _FRAMING]
    headers.append(("Content-Length", str(len(exchange.body))))
    answered = StatusAndHeaders(f"{exchange.status} {exchange.phrase}", headers, protocol="HTTP/1.1")
    line = f"GET {exchange.target} HTTP/1.1"
    asked = StatusAndHeaders(line, list(exchange.asked), is_http_request=True)
    response, request = (
        writer.create_warc_record(
            exchange.url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": exchange.when, "WARC-IP-Address": exchange.address},
        )
        for kind, http, body in (("response", answered, exchange.body), ("request", asked, b""))
    )
    writer.write_request_response_pair(request, response)
