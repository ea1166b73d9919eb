"""A generation as a static site: it is built beside its place, and then put there at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode

from sco_graph import export
from sco_graph.errors import PublicationRefused
from sco_graph.export.context import FILE_NAME as CONTEXT
from sco_graph.publish import lists
from sco_graph.publish.addresses import Links, path_of
from sco_graph.publish.assets import assets
from sco_graph.publish.dataset import FILES, void
from sco_graph.publish.finding import index_files
from sco_graph.publish.graph import Graph
from sco_graph.publish.rendering import render
from sco_graph.publish.resources import Site, content, resource
from sco_graph.publish.terms import ontology_file
from sco_graph.query import StoredQuery, stored
from sco_graph.resources import resource_dir
from sco_graph.store import Generation

MARKER = ".sco-graph-publication"
"""The file that shows that a directory is a publication, and may be replaced by the next."""

# 255 bytes is the limit of common file systems.
_LONGEST_NAME = 255


def publish(
    generation: Generation,
    directory: Path,
    name: str = "Knowledge graph",
    queries: Sequence[StoredQuery] | None = None,
) -> None:
    """Write `generation` as a static site to `directory`, which is replaced as a whole once the new one is complete.

    `name` stands on every page; `queries` are those shown, or those that come with the program if None. Links are
    relative, so that the site works under any address and from a disk. The same generation, name and queries give
    the same bytes.

    Raises PublicationRefused if the directory holds anything but an earlier publication, or cannot be written.
    """
    target = directory.resolve()
    _check(target)
    site = Site(name, suffix=".html", live=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
    except OSError as error:
        raise PublicationRefused(target, error.strerror or str(error)) from error
    try:
        for path, data in _files(generation, site, stored() if queries is None else queries):
            _write(draft, path, data)
        sizes = _whole_graph(generation, draft)
        _write(draft, "void.ttl", void(generation, name, sizes))
        draft.chmod(0o755)  # mkdtemp lets only its owner read
        _swap(draft, target)
    finally:
        if draft.exists():
            shutil.rmtree(draft)


def _check(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise PublicationRefused(target, "it is a file")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise PublicationRefused(target, "it is not empty, and what is in it is no earlier publication")


def _swap(draft: Path, target: Path) -> None:
    """Put `draft` in the place of `target`; if that fails, what was there stays."""
    if not target.exists():
        draft.rename(target)
        return
    old = draft.with_name(draft.name.replace(".new-", ".old-"))
    target.rename(old)
    try:
        draft.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _files(generation: Generation, site: Site, queries: Sequence[StoredQuery]) -> Iterator[tuple[str, bytes]]:
    """Yield all files by path but those of the whole graph."""
    graph = Graph(generation)
    addresses = [""]
    yield MARKER, f"{generation.id}\n".encode()
    for name, data in assets().items():
        yield f"assets/{name}", data
    yield "context.jsonld", (resource_dir("ontology") / CONTEXT).read_bytes()
    yield "ontology.ttl", ontology_file()
    missing = Links(graph.base, "404", site.suffix)
    yield "404.html", render("missing.html", missing, site.name, False, style=assets()["style.css"].decode())
    for path, data in _lists(generation, graph.base, site, queries):
        addresses.append(path)
        yield path, data
    yield from index_files(generation)
    for query in queries:
        yield f"queries/{query.name}.rq", query.text.encode()
    for node in _nodes(generation):
        local = path_of(graph.base, node.value)
        if local is not None:
            found = resource(graph, node, local)
            addresses.append(f"{local}.html")
            for form in found.forms:
                yield f"{local}.{form}", content(graph, found, form, site)
    absolute = [graph.base + quote(path, safe="/!$&'()*+,;=:@~") for path in addresses]
    yield "sitemap.xml", render("sitemap.xml", missing, site.name, False, addresses=absolute)


def _lists(
    generation: Generation, base: str, site: Site, queries: Sequence[StoredQuery]
) -> Iterator[tuple[str, bytes]]:
    yield "index.html", lists.home(generation, queries, site)
    for path, data in lists.browsing(generation, site):
        yield f"{path}.html", data
    yield "search.html", lists.search(generation, site)
    yield "queries.html", lists.questions(base, queries, site)
    for query in queries:
        yield f"queries/{query.name}.html", lists.question(base, query, site)
    yield "ontology.html", lists.ontology(base, site)


def _nodes(generation: Generation) -> Iterator[NamedNode]:
    """Yield the subjects of all graphs, each once; they come in order, since the lines are sorted."""
    before = b""
    for line in generation.lines():
        if line.startswith(b"<"):
            iri = line[1 : line.index(b">")]
            if iri != before and b"#" not in iri:
                before = iri
                yield NamedNode(iri.decode())


def _whole_graph(generation: Generation, draft: Path) -> dict[str, int]:
    """Write the files of the whole graph, and return their sizes in bytes."""
    for path, (format_name, graph) in FILES.items():
        target = draft / path
        target.parent.mkdir(exist_ok=True)
        export.write(generation, format_name, graph, target)
    return {path: (draft / path).stat().st_size for path in FILES}


def _write(draft: Path, path: str, data: bytes) -> None:
    target = draft / path
    if len(target.name.encode()) > _LONGEST_NAME:
        raise PublicationRefused(target, "the name of this page is too long for a file. Shorten the document's name")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
