"""A generation as a static site: it is built beside its place, and then put there at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sco_graph import catalogue
from sco_graph.compare import feed
from sco_graph.project import Publishing
from sco_graph.publish import contents, dataset, manifest
from sco_graph.publish.about import About, about
from sco_graph.publish.crate import CRATE, crate
from sco_graph.publish.dumps import README, SUMS, dumps, readme, sums
from sco_graph.publish.manifest import MARKER, Manifest
from sco_graph.publish.printing import Progress, things
from sco_graph.publish.resources import Resource, Site
from sco_graph.publish.rules import moved, rules
from sco_graph.publish.sitemap import robots, sitemaps
from sco_graph.publish.tree import File, Tree, replacing
from sco_graph.query import StoredQuery, stored
from sco_graph.store import Generation, Release


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed, by the paths of the files: `written` are new or other than before.

    `kept` counts the files that are as they were, and `size` is the size of all files in bytes. `described` is False
    if there is no RO-Crate, since nothing tells the day of issue.
    """

    directory: Path
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    size: int
    described: bool


def publish(
    generation: Generation,
    directory: Path,
    name: str = "Knowledge graph",
    queries: Sequence[StoredQuery] | None = None,
    settings: Publishing | None = None,
    workers: int = 1,
    progress: Progress = lambda done, total, what: None,
    releases: Sequence[Release] = (),
) -> Published:
    """Write `generation` as a static site to `directory`, which changes as a whole once the new one is complete.

    `name` stands on every page; `queries` are those shown, or those that come with the program if None. Links are
    relative, so that the site works under any address and from a disk. The same arguments give the same bytes,
    whatever was there before; files that do not change are not touched. `workers` is the number of processes, 0 for
    one per core. An Atom feed tells of the `releases`.

    Raises PublicationRefused if the directory holds anything but an earlier publication, or cannot be written, and
    PublicationFailed if a process dies.
    """
    target = directory.resolve()
    before = manifest.read(target)
    shown = stored() if queries is None else queries
    said = about(generation, name, settings or Publishing())
    atom = feed(said.title, said.url, releases)
    inputs = manifest.inputs_of(generation, said, name, shown, atom)
    if before is not None and before.inputs == inputs and before.is_whole(target):
        return _unchanged(target, before)
    progress(0, 0, "index of lists")
    catalogue.prepare(generation)
    with replacing(target) as tree:
        files = tuple(
            _Publication(generation, said, Site(name, ".html", False), shown, atom, tree).files(workers, progress)
        )
        tree.put(MARKER, manifest.write(generation, inputs, files), "")
    return _published(target, before, files)


@dataclass(frozen=True, slots=True)
class _Publication:
    """A publication under way."""

    generation: Generation
    about: About
    site: Site
    queries: Sequence[StoredQuery]
    feed: bytes
    tree: Tree

    def files(self, workers: int, progress: Progress) -> Iterator[File]:
        """Write all files but the manifest, and yield them."""
        retired: list[Resource] = []
        addresses: list[str] = []
        for path, data, source in (*contents.fixed(self.about, self.site), *self._browsed()):
            addresses.append(path)
            yield self.tree.put(path, data, source)
        for printed in things(self.generation, self.site, self.tree, workers, progress):
            if printed.thing.retired:
                retired.append(printed.thing)
            else:
                addresses += [file.path for file in printed.files]
            yield from printed.files
        yield from self._data()
        addresses.append("data.html")
        yield from self._told(contents.addressed(addresses), retired)

    def _browsed(self) -> Iterator[contents.Content]:
        return contents.browsed(self.generation, self.queries, self.site)

    def _data(self) -> Iterator[File]:
        """Write the files of the whole graph, and what describes them."""
        found = tuple(dumps(self.generation, self.tree))
        yield from (dump.file for dump in found)
        metadata = crate(self.about, found)
        if metadata is not None:
            yield self.tree.put(CRATE, metadata, "settings")
        page = contents.downloads(self.about, found, self.site, metadata is not None)
        yield self.tree.put("data.html", page, "graph")
        yield self.tree.put("void.ttl", dataset.void(self.generation, self.about, found), "graph")
        yield self.tree.put(SUMS, sums(found), "graph")
        text = readme(self.about.title, self.generation, found, self.about.licence)
        yield self.tree.put(README, text, "settings")

    def _told(self, addresses: Sequence[str], retired: Sequence[Resource]) -> Iterator[File]:
        """Write what search engines and web servers are told."""
        for path, data in (
            *sitemaps(self.about.url, addresses),
            ("robots.txt", robots(self.about.url)),
            ("feed.atom", self.feed),
            *rules(self.about, moved(self.about.base, retired)),
        ):
            yield self.tree.put(path, data, "settings")


def _published(target: Path, before: Manifest | None, files: Sequence[File]) -> Published:
    paths = {file.path for file in files}
    return Published(
        directory=target,
        written=tuple(sorted(file.path for file in files if file.written)),
        removed=tuple(sorted(set(before.files if before else ()) - paths)),
        kept=sum(not file.written for file in files),
        size=sum(file.size for file in files),
        described=CRATE in paths,
    )


def _unchanged(target: Path, before: Manifest) -> Published:
    size = sum((target / path).stat().st_size for path in before.files)
    return Published(target, (), (), len(before.files), size, CRATE in before.files)
