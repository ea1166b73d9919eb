"""Rules for web servers: what turns the files of a publication into linked data.

An identifier answers 303 with the address of its page or data, by Accept; one that is retired 301 with its
replacement, or 410 (Cool URIs for the Semantic Web, https://www.w3.org/TR/cooluris/, §4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, urlsplit

from sco_graph.publish import apache, nginx
from sco_graph.publish.about import About
from sco_graph.publish.addresses import path_of
from sco_graph.publish.resources import Resource
from sco_graph.publish.served import Moved

# What stands in a rule must mean nothing there.
_SAFE = "/~._-"
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]+")


def moved(base: str, retired: Iterable[Resource]) -> tuple[Moved, ...]:
    """Return what rules need to know of retired identifiers.

    Those whose path would need escapes are left out; their pages lead on all the same.
    """
    found = [Moved(r.path, path_of(base, r.replaced_by) if r.replaced_by else None) for r in retired]
    return tuple(m for m in found if _PLAIN.fullmatch(m.path) and (m.to is None or _PLAIN.fullmatch(m.to)))


def rules(about: About, retired: Sequence[Moved]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of rules by path."""
    home = quote(urlsplit(about.url).path, safe=_SAFE)
    base, url = quote(about.base, safe=_SAFE + ":"), quote(about.url, safe=_SAFE + ":")
    yield ".htaccess", apache.site(home, retired).encode()
    yield "rules/w3id.htaccess", apache.elsewhere(base, url, retired).encode()
    yield "rules/nginx-http.conf", nginx.http(home, retired).encode()
    yield "rules/nginx-server.conf", nginx.server(home).encode()
