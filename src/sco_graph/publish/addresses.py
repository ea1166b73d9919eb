"""Where an IRI has its page: identifiers below the base to paths below the site, and links between these.

Links are relative, so that a site works under any address, behind any proxy, and as files on a disk.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from sco_graph.rdf import SCO, stretch_at

# RFC 3986 §3.3: what may stand in a path segment unescaped.
_SEGMENT = "!$&'()*+,;=:@"
_THINGS = ("id/", "claim/")

PAGE_SUFFIX = ".html"
"""What ends the address of a thing's page."""


@lru_cache(maxsize=2**14)
def path_of(base: str, iri: str) -> str | None:
    """Return the path of the page of `iri` below the site, decoded ("id/person/zhang-ming"), or None if it has none.

    Only what lies under `id/` and `claim/` has a page. A path that could lead elsewhere ("..", an encoded slash)
    is None, too.
    """
    local, _, _ = iri.removeprefix(base).partition("#")
    parts = [unquote(part) for part in local.split("/")]
    depth = {"id": 3, "claim": 2}.get(parts[0])
    if not iri.startswith(base) or len(parts) != depth:
        return None
    if any(part in {"", ".", ".."} or "/" in part or "\0" in part for part in parts):
        return None
    return "/".join(parts)


def web_link(url: str) -> str | None:
    """Return `url` if it is safe to follow from a page: an absolute http or https address; else None.

    >>> web_link("javascript:alert(1)") is None
    True
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


@dataclass(frozen=True, slots=True)
class Links:
    """Links from the page at the path `here` below a site.

    `suffix` ends the paths of pages that are no things: ".html" on a disk, nothing on a server. Those of things and
    claims always end in ".html", so that a click is one request.
    """

    base: str
    here: str
    suffix: str = ""

    def page(self, path: str) -> str:
        """Return the link to the page `path` ("" is the start page, "browse/person" a list)."""
        if not path:
            return self.file("index.html") if self.suffix else _relative(self.here.rpartition("/")[0], "")
        return self.file(path + (PAGE_SUFFIX if path.startswith(_THINGS) else self.suffix))

    def file(self, path: str) -> str:
        """Return the link to the file `path` below the site."""
        return _relative(self.here.rpartition("/")[0], path)

    def to(self, iri: str, suffix: str = PAGE_SUFFIX) -> str | None:
        """Return the link to `iri`: its page here, or the address itself if one can follow it, or None.

        `suffix` is another form of a thing, "" its identifier.
        """
        fragment = iri.partition("#")[2]
        anchor = f"#{quote(fragment, safe=_SEGMENT + '/?')}" if fragment else ""
        if iri.startswith(SCO):
            return self.page("ontology") + anchor
        path = path_of(self.base, iri)
        return self.file(path + suffix) + anchor if path else web_link(iri)

    def words(self, document: str, begin: int, end: int) -> str:
        """Return the link to text[begin:end] of a document; see `rdf.stretch_at`."""
        return stretch_at(self.file(f"id/document/{document}{PAGE_SUFFIX}"), begin, end)


@lru_cache(maxsize=2**14)
def _relative(folder: str, path: str) -> str:
    """Return the link from a page in `folder` to `path`, both decoded and below the site."""
    there, _, name = path.rpartition("/")
    relative = _between(folder, there) + quote(name, safe=_SEGMENT)
    # A "./" is only needed where a colon would read as a scheme (RFC 3986 §4.2), or nothing else stands.
    return relative.removeprefix("./") if name and ":" not in name else relative


@lru_cache(maxsize=2**10)
def _between(here: str, there: str) -> str:
    """Return the way from one folder to another, with a slash at its end."""
    return quote(posixpath.relpath("/" + there, "/" + here), safe="/" + _SEGMENT) + "/"
