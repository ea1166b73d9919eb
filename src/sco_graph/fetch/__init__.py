"""Pages from the web, fetched politely and kept as web archives, which are read like any other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from sco_graph.fetch import archive
from sco_graph.fetch.addresses import Refused, read_list
from sco_graph.fetch.visiting import Failed, Settings, Stopped, Visitor
from sco_graph.rdf import slug
from sco_graph.read.collections.warc import page_name

__all__ = ["Outcome", "Refused", "Settings", "fetch", "read_list"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address: "fetched", "unchanged" (asked for again), "kept" (not asked for again) or "failed".

    The page is in the archive `path`, relative to the folder; after a failure `reason` says why it is not, or why an
    older one is still there.
    """

    url: str
    what: str
    path: str
    reason: str | None = None


def fetch(
    addresses: Sequence[str],
    folder: Path,
    settings: Settings,
    refresh: bool = False,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[Outcome, ...]:
    """Fetch the pages at `addresses` into `folder`, an archive each; return what became of each, in their order.

    What is there already is not fetched again; with `refresh` it is asked for once more, and replaced if it has
    changed. `done` is called with each outcome as it comes.
    """
    stop = threading.Event()
    visitor = Visitor(settings, stop)
    outcomes: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
    hosts = _by_host(addresses)

    def work() -> None:
        try:
            while True:
                for url in hosts.get_nowait():
                    outcomes.put(_fetched(url, folder, visitor, refresh))
        except (queue.Empty, Stopped):
            return
        except BaseException as error:  # noqa: BLE001 - raised by the thread that waits for it
            outcomes.put(error)

    # An answer that does not come must not hold up the end of the program, so the threads are daemons.
    for number in range(min(settings.hosts, hosts.qsize())):
        threading.Thread(target=work, name=f"fetch-{number}", daemon=True).start()
    found: dict[str, Outcome] = {}
    try:
        while len(found) < len(set(addresses)):
            outcome = outcomes.get()
            if isinstance(outcome, BaseException):
                raise outcome
            found[outcome.url] = outcome
            done(outcome)
    finally:
        stop.set()
        visitor.close()
    return tuple(found[url] for url in addresses)


def _by_host(addresses: Iterable[str]) -> queue.SimpleQueue[list[str]]:
    """Return the addresses of each host: one thread asks for them one after the other."""
    groups: dict[str, list[str]] = {}
    for url in dict.fromkeys(addresses):
        groups.setdefault(httpx.URL(url).host, []).append(url)
    hosts: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in groups.values():
        hosts.put(group)
    return hosts


def _fetched(url: str, folder: Path, visitor: Visitor, refresh: bool) -> Outcome:
    relative = f"{slug(httpx.URL(url).host)}/{page_name(url)}.warc.gz"
    path = folder / relative
    known = archive.kept(path) if path.exists() else None
    if known and not refresh:
        return Outcome(url, "kept", relative)
    try:
        exchanges = visitor.visit(url, known)
    except Failed as error:
        return Outcome(url, "failed", relative, str(error))
    if exchanges[-1].status == 304:
        return Outcome(url, "unchanged", relative)
    archive.write(path, exchanges)
    return Outcome(url, "fetched", relative)
