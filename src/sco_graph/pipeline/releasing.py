"""Releases, and what generations are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import DefaultGraph, Literal

from sco_graph import store
from sco_graph.compare import Comparison, changes, first
from sco_graph.errors import AmbiguousName, NotBuilt, ReleaseDrifted, ReleaseRefused, UnknownName
from sco_graph.model import is_day
from sco_graph.project import Project
from sco_graph.rdf import DCTERMS
from sco_graph.validate.tally import tally
from sco_graph.validate.trend import Trend, trend

_SHORTEST = 4  # characters of an id that stand for the whole


ALL = "all"
"""Stands for all figures."""


def release(
    project: Project, version: str, date: str | None, allow_nonconforming: bool, allow_drift: Collection[str]
) -> store.Release:
    """Freeze the current generation of `project` as the release `version`.

    `date` is the day of the release, ISO 8601; None for that of the generation's latest document.

    Raises NotBuilt, BuildRunning, ReleaseDamaged for an earlier release, and ReleaseRefused for a version that cannot
    be used or exists, a day that is none, or a generation that does not conform unless `allow_nonconforming`. Raises
    ReleaseDrifted if a figure has lost half since the last release, unless `allow_drift` has its name or `ALL`; and
    UnknownName for what is no name of a figure.
    """
    with store.writing(project.state):
        generation = store.current(project.state)
        earlier = store.releases(project.releases)
        store.check_version(version, earlier)
        if not generation.report.get("conforms") and not allow_nonconforming:
            raise ReleaseRefused(version, "the generation does not conform to the shapes; see `sco-graph validate`.")
        day = _latest(version, generation) if date is None else _checked(version, date)
        last = earlier[-1] if earlier else None
        # Identifiers of another base have nothing in common with these.
        before = last if last and last.manifest.get("base") == generation.manifest.get("base") else None
        if last:
            _check_drift(
                version, last.version, trend(tally(store.restored(last, project.state)), tally(generation)), allow_drift
            )
        number = last.number + 1 if last else 1
        path = project.releases / version
        made = store.Release(version, number, day, generation.id, before.version if before else None, path)
        store.freeze(generation, project.releases, made, _changes(project, before, version, generation))
    return made


def named(project: Project, name: str) -> store.Generation:
    """Return the generation called `name`: "current", "previous", a release, an id, or the beginning of one.

    A beginning has four characters at least, and a release goes before an id.

    Raises NotBuilt, UnknownName, AmbiguousName and ReleaseDamaged.
    """
    releases = store.releases(project.releases)
    if found := next((r for r in releases if r.version == name), None):
        return store.restored(found, project.state)
    if name == store.CURRENT:
        return store.current(project.state)
    kept = _kept(project)
    if name == store.PREVIOUS and len(kept) > 1:
        return kept[1]
    by_id = {r.generation: r for r in releases} | {g.id: g for g in kept}
    ids = beginning(name, by_id)
    if not ids:
        raise UnknownName("generation or release", name, (*(r.version for r in releases), *(g.id for g in kept)))
    if len(ids) > 1:
        raise AmbiguousName(name, tuple(ids))
    meant = by_id[ids[0]]
    return meant if isinstance(meant, store.Generation) else store.restored(meant, project.state)


def beginning(name: str, ids: Iterable[str]) -> list[str]:
    """Return those of `ids` that `name` is, or begins with four characters at least; sorted."""
    return sorted(i for i in ids if i == name or (len(name) >= _SHORTEST and i.startswith(name)))


def _kept(project: Project) -> tuple[store.Generation, ...]:
    try:
        return store.kept(project.state)
    except NotBuilt:
        return ()  # what was released can be asked without a build


def _check_drift(version: str, before: str, found: Trend, allowed: Collection[str]) -> None:
    known = {ALL, *(figure.name for figure in found.figures)}
    if unknown := sorted(set(allowed) - known):
        raise UnknownName("figure", unknown[0], tuple(sorted(known)))
    drifted = [] if ALL in allowed else [figure for figure in found.drifted if figure.name not in allowed]
    if drifted:
        raise ReleaseDrifted(version, before, [(figure.name, str(figure)) for figure in drifted])


def _changes(
    project: Project, before: store.Release | None, version: str, generation: store.Generation
) -> dict[str, bytes]:
    if before is None:
        return first(version, generation.manifest)
    return changes(Comparison(store.restored(before, project.state), generation, (before.version, version)))


def _latest(version: str, generation: store.Generation) -> str:
    """Return the latest day on which a document was published: of a month or year its first."""
    quads = generation.store().quads_for_pattern(None, DCTERMS.issued, None, DefaultGraph())
    days = [quad.object.value for quad in quads if isinstance(quad.object, Literal)]
    if not days:
        raise ReleaseRefused(version, "no document has a date; give the day of the release with --date.")
    return max(day + "-01-01"[len(day) - 4 :] for day in days)


def _checked(version: str, date: str) -> str:
    if is_day(date):
        return date
    raise ReleaseRefused(version, f"{date!r} is not a date such as 2026-01-31.")
