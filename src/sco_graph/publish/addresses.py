"""Where an IRI has its page: identifiers below the base to paths below the site, and links between these.

Links are relative, so that a site works under any address, behind any proxy, and as files on a disk.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from sco_graph.rdf import SCO

# RFC 3986 §3.3: what may stand in a path segment unescaped.
_SEGMENT = "!$&'()*+,;=:@"


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

    `suffix` ends the paths of pages: ".html" on a disk, nothing on a server that negotiates.
    """

    base: str
    here: str
    suffix: str = ""

    def page(self, path: str) -> str:
        """Return the link to the page `path` ("" is the start page, "browse/person" a list)."""
        if not path:
            return self.file("index.html") if self.suffix else self._relative("")
        return self.file(path + self.suffix)

    def file(self, path: str) -> str:
        """Return the link to the file `path` below the site."""
        return self._relative(quote(path, safe="/" + _SEGMENT))

    def to(self, iri: str) -> str | None:
        """Return the link to `iri`: its page here, or the address itself if one can follow it, or None."""
        fragment = iri.partition("#")[2]
        anchor = f"#{quote(fragment, safe=_SEGMENT + '/?')}" if fragment else ""
        if iri.startswith(SCO):
            return self.page("ontology") + anchor
        path = path_of(self.base, iri)
        return self.page(path) + anchor if path else web_link(iri)

    def _relative(self, path: str) -> str:
        here = posixpath.dirname(quote(self.here, safe="/" + _SEGMENT))
        folder, _, name = path.rpartition("/")
        relative = posixpath.join(posixpath.relpath("/" + folder, "/" + here), name)
        # A path's "./" is only needed where a colon would read as a scheme (RFC 3986 §4.2), or nothing stood.
        return relative.removeprefix("./") if name and ":" not in name else relative
