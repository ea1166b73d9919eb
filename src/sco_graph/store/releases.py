"""Releases: generations that are kept for good under a name that can be cited.

`<releases>/<version>/` holds

    release.json               the version, its number and date, the generation, and the release before it
    graph.nq.gz                the whole dataset, compressed (RFC 1952, without a time or a name)
    texts/<id>.txt             the text of each document
    manifest.json report.json build.json      as in the generation
    CHANGES.*                  what changed since the release before
    SHA256SUMS                 the SHA-256 of each of these files, as `sha256sum --check` reads it

A release never changes. It has no store: that is made anew in the state directory when somebody asks the release.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sco_graph.disk import create, naming, sync, sync_all, write_file, write_json
from sco_graph.errors import ReleaseDamaged, ReleaseRefused
from sco_graph.store import flat
from sco_graph.store.draft import Draft
from sco_graph.store.holding import alone
from sco_graph.store.reading import CURRENT, GENERATIONS, PREVIOUS, Generation, is_complete
from sco_graph.store.sums import faults, write_sums

GRAPH = "graph.nq.gz"

_FILE = "release.json"
_RESTORED = "restored"
_COPIED = ("manifest.json", "report.json", "build.json")
_VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._+-]{0,62}[0-9A-Za-z])?")
_GENERATION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Release:
    """A release: `number` counts from 1; `date` is ISO 8601; `before` is the version of the one before, or None."""

    version: str
    number: int
    date: str
    generation: str
    before: str | None
    path: Path

    def read(self, name: str) -> bytes:
        """Return one of its files. Raises ReleaseDamaged if it is not there."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise ReleaseDamaged(self.path / name, str(error.strerror)) from error

    @property
    def manifest(self) -> dict[str, Any]:
        """What its generation was built from and with, and its counts."""
        found: dict[str, Any] = json.loads(self.read("manifest.json"))
        return found


def releases(directory: Path) -> tuple[Release, ...]:
    """Return the releases in `directory`, the first one first. Raises ReleaseDamaged."""
    folders = sorted(directory.iterdir()) if directory.is_dir() else []
    found = [_release(folder) for folder in folders if (folder / _FILE).is_file() and folder.name[0] != "."]
    return tuple(sorted(found, key=lambda release: (release.number, release.version)))


def check_version(version: str, earlier: Iterable[Release]) -> None:
    """Raise ReleaseRefused unless `version` can name a release beside `earlier` ones."""
    if not _VERSION.fullmatch(version):
        raise ReleaseRefused(
            version[:80], "a version is 1 to 64 letters, digits, dots, hyphens, plus signs and underscores, as in 1.0."
        )
    if version in {CURRENT, PREVIOUS} or _GENERATION.fullmatch(version):
        raise ReleaseRefused(version, "that names a generation already.")
    # Some file systems do not tell capitals from small letters.
    if version.casefold() in {release.version.casefold() for release in earlier}:
        raise ReleaseRefused(version, "there is a release of that name, and a release never changes.")


def freeze(generation: Generation, directory: Path, release: Release, changes: Mapping[str, bytes]) -> None:
    """Write `generation` as `release` into `directory`; `changes` are further files by their names.

    The release appears once it is complete. The same content gives the same bytes. To be called by the only writer.
    """
    directory.mkdir(parents=True, exist_ok=True)
    _remove_drafts(directory)
    draft = directory / f".new-{release.version}"
    draft.mkdir()
    _compress(generation.pieces(), draft / GRAPH)
    _copy(generation.path, draft)
    _write_texts(draft / "texts", generation.texts())
    write_json(draft / _FILE, {name: value for name, value in asdict(release).items() if name != "path"})
    for name, data in changes.items():
        write_file(draft / name, data)
    write_sums(draft)
    sync_all(draft)
    draft.rename(release.path)
    sync(directory)


def restored(release: Release, state: Path) -> Generation:
    """Return the generation of `release`: the one in `state`, if it is still there, or one made anew from the release.

    Raises ReleaseDamaged unless each file is what SHA256SUMS says.
    """
    for folder in (GENERATIONS, _RESTORED):
        path = state / folder / release.generation
        if is_complete(path):
            return Generation(release.generation, path)
    with _restoring(state / _RESTORED) as directory:
        target = directory / release.generation
        if not target.exists():
            _restore(release, directory / f".new-{release.generation}")
    return Generation(release.generation, target)


def _release(folder: Path) -> Release:
    try:
        return Release(**json.loads((folder / _FILE).read_text(encoding="utf-8")), path=folder)
    except (OSError, ValueError, TypeError) as error:
        raise ReleaseDamaged(folder / _FILE, f"cannot be read: {error}") from error


@contextmanager
def _restoring(directory: Path) -> Iterator[Path]:
    """Give `directory` to one process at a time, without what a killed one left."""
    directory.mkdir(parents=True, exist_ok=True)
    with alone(directory / ".lock"):
        _remove_drafts(directory)
        yield directory


def _remove_drafts(directory: Path) -> None:
    for path in sorted(directory.glob(".new-*")):
        shutil.rmtree(path)


def _restore(release: Release, folder: Path) -> None:
    for path, reason in faults(release.path):
        raise ReleaseDamaged(path, reason)
    folder.mkdir()
    with Draft(folder, lambda generation: None) as draft:
        with gzip.open(release.path / GRAPH) as packed:
            draft.write_graph(packed)
        draft.write_texts({name: flat.text(release.path, name) for name in flat.documents(release.path)})
        draft.release(release.generation, *(json.loads(release.read(name)) for name in _COPIED))


def _copy(source: Path, target: Path) -> None:
    for name in _COPIED:
        with naming(target / name):
            shutil.copyfile(source / name, target / name)


def _write_texts(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    folder.mkdir()
    for document_id, text in texts:
        path = folder / f"{document_id}.txt"
        with naming(path):
            path.write_bytes(text.encode())


def _compress(pieces: Iterable[bytes], path: Path) -> None:
    with create(path) as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        packed.writelines(pieces)
