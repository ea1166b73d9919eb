"""What search engines are told: the sitemap (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

LIMIT = 50_000
"""How many addresses one sitemap may hold."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(url: str, paths: Sequence[str], limit: int = LIMIT) -> Iterator[tuple[str, bytes]]:
    """Yield the files by path: sitemap.xml, and where `paths` are more than `limit`, those that it then leads to.

    `url` is the address of the site, `paths` those of its pages below it.
    """
    if len(paths) <= limit:
        yield "sitemap.xml", _listed("urlset", "url", url, paths)
        return
    parts = [f"sitemap-{number + 1}.xml" for number in range(-(-len(paths) // limit))]
    for number, name in enumerate(parts):
        yield name, _listed("urlset", "url", url, paths[number * limit : (number + 1) * limit])
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", url, parts)


def robots(url: str) -> bytes:
    """Return robots.txt: everything may be read."""
    return f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode()


def _listed(root: str, item: str, url: str, paths: Sequence[str]) -> bytes:
    lines = [f"<{item}><loc>{escape(url + quote(path, safe='/!$&()*+,;=:@~'))}</loc></{item}>\n" for path in paths]
    return f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n{"".join(lines)}</{root}>\n'.encode()
