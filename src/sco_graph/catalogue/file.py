"""Where the index of a generation lies, and that there is one: made once, whole, by one process at a time."""

from __future__ import annotations

import atexit
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from sco_graph.cache import Memos, refused
from sco_graph.errors import GenerationGone
from sco_graph.store import Generation, alone, digest_of

LAYOUT = 3
"""Raise it with every change of what the index holds, of what parts tell for it, or of how names are folded."""

FOLDER = "catalogues"
PARTS = "parts"


def prepare(generation: Generation) -> Path:
    """Return the file of the index, which is made if there is none, or if what is there is damaged.

    It lies in `<state>/catalogues/`, with its digest beside it. Where the state directory cannot be written, it lies
    in a directory for temporary files, which the process deletes at its end. Raises GenerationGone.
    """
    try:
        return keep(generation)
    except OSError as error:
        if not generation.path.is_dir():
            raise GenerationGone(generation.id) from error
        return _prepare(generation, _temporary())


def keep(generation: Generation) -> Path:
    """Return the file as `prepare` does, but raise OSError where one is to be made that cannot be written."""
    folder = _folder(generation)
    folder.mkdir(exist_ok=True)
    return _prepare(generation, folder)


def is_there(generation: Generation) -> bool:
    """Tell at a glance whether there is an index in the state directory; `prepare` looks whether it is whole."""
    try:
        return _seal(_target(_folder(generation), generation)).is_file()
    except OSError:
        return False


def _prepare(generation: Generation, folder: Path) -> Path:
    target = _target(folder, generation)
    if not _is_whole(target, generation):  # who finds it so does not wait for those who make another one
        with alone(folder / "lock"):
            if not _is_whole(target, generation):
                _make(target, generation)
                _forget_old(folder, generation.path.parent)
    return target


def _folder(generation: Generation) -> Path:
    return generation.path.parent.parent / FOLDER


def _target(folder: Path, generation: Generation) -> Path:
    return folder / f"{generation.id}.{LAYOUT}.sqlite"


def _make(target: Path, generation: Generation) -> None:
    from sco_graph.catalogue.making import fill  # slow to import, and most who ask find the index whole

    draft = target.with_suffix(".new")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft)) as database:
            # What a crash leaves is never read: the digest is written last.
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
            with Memos(target.parent / PARTS, f"{LAYOUT}") as memos:
                fill(database, generation, memos)
            database.commit()
            database.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise refused(error, draft) from error
    _seal(target).unlink(missing_ok=True)
    draft.replace(target)
    _seal(target).write_text(json.dumps(_fingerprint(target, generation)), encoding="utf-8")


def _is_whole(target: Path, generation: Generation) -> bool:
    try:
        sealed = json.loads(_seal(target).read_text(encoding="utf-8"))
        return bool(sealed == _fingerprint(target, generation))
    except (FileNotFoundError, ValueError):
        return False


def _fingerprint(target: Path, generation: Generation) -> dict[str, object]:
    return {"graph": generation.digest, "sha256": digest_of(target)}


def _seal(target: Path) -> Path:
    return target.with_suffix(".json")


def _forget_old(folder: Path, generations: Path) -> None:
    """Delete the indexes of generations that are gone from their directory, and those of other layouts."""
    for path in sorted(folder.glob("*.*")):
        name, _, layout = path.stem.rpartition(".")
        if layout != f"{LAYOUT}" or not (generations / name).is_dir():
            path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sco-graph-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
