"""Publishing: entity pages and all files a second on one core, and what a publication over an earlier one costs.

The graph is the current generation of this repository as a project, which is built first if there is none. Time is
that of the processor, so that a busy machine does not change the figures; one process makes all pages.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sco_graph import catalogue, pipeline, store
from sco_graph.errors import NotBuilt
from sco_graph.project import Project, load_project
from sco_graph.publish import Form, Graph, Published, Site, content, find, publish
from sco_graph.store import Generation

PAGES_A_SECOND = 200
UNCHANGED_SHARE = 0.2
KINDS = ("person", "organization", "country", "place", "event", "role")

_ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


def measure() -> dict[str, object]:
    """Return the figures; kept if entity pages are made fast enough, and nothing new costs next to nothing."""
    project = load_project(_ROOT)
    generation = _generation(project)
    catalogue.prepare(generation)  # what it costs is told by the figures of lists
    pages, page_seconds = _entity_pages(generation)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        whole, whole_seconds = _timed(lambda: publish(generation, site, project.name))
        again, again_seconds = _timed(lambda: publish(generation, site, "Another name"))
        same, same_seconds = _timed(lambda: publish(generation, site, "Another name"))
    assert not same.written
    rate = pages / page_seconds
    return {
        "entity_pages": pages,
        "entity_pages_a_second": round(rate),
        "bound": PAGES_A_SECOND,
        "whole": _told(whole, whole_seconds),
        "every_page_changed": _told(again, again_seconds),
        "nothing_changed": _told(same, same_seconds),
        "kept": rate >= PAGES_A_SECOND and same_seconds <= UNCHANGED_SHARE * whole_seconds,
    }


def _generation(project: Project) -> Generation:
    try:
        return store.current(project.state)
    except NotBuilt:
        return pipeline.build(project).generation


def _entity_pages(generation: Generation) -> tuple[int, float]:
    """Return how many pages of entities there are, and the seconds in which they are made as HTML."""
    graph, site = Graph(generation), Site("Benchmark", ".html", live=False)
    starts = tuple(f"<{graph.base}id/{kind}/".encode() for kind in KINDS)
    lines = (line for line in generation.lines() if line.startswith(starts))
    iris = sorted({line[1 : line.index(b">")].decode() for line in lines})
    found = [thing for iri in iris if (thing := find(graph, iri.removeprefix(graph.base)))]
    content(graph, found[0], Form.HTML, site)  # templates are compiled once
    _, seconds = _timed(lambda: [content(graph, thing, Form.HTML, site) for thing in found])
    return len(found), seconds


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    begin = time.process_time()
    result = do()
    return result, time.process_time() - begin


def _told(published: Published, seconds: float) -> dict[str, object]:
    return {
        "seconds": round(seconds, 2),
        "written": len(published.written),
        "unchanged": published.kept,
        "files_a_second": round((len(published.written) + published.kept) / seconds),
    }
