"""What any web server should know of a publication: media types, the headers of all answers, and what has moved."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = {
    "text/html": ("html",),
    "text/css": ("css",),
    "text/javascript": ("js",),
    "text/plain": ("txt", "cff"),
    "text/turtle": ("ttl",),
    "application/n-triples": ("nt",),
    "application/n-quads": ("nq",),
    "application/ld+json": ("jsonld",),
    "application/json": ("json",),
    "application/sparql-query": ("rq",),
    "application/xml": ("xml",),
    "application/atom+xml": ("atom",),
    "application/gzip": ("gz",),
    "application/zstd": ("zst",),
    "application/wasm": ("wasm",),
    "image/svg+xml": ("svg",),
}
"""File name suffixes by media type."""

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""The Content Security Policy of every page, as pages themselves carry it, too."""

HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The data are for everyone, so scripts of other sites may read them, the JSON-LD context above all.
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept",
}
"""The headers of every answer."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A retired identifier by its path, and the path of what replaces it, or None."""

    path: str
    to: str | None
