"""Where finished pages lie: beside the generations, so that a server that starts again need not make them again."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sco_graph.project import Project
from sco_graph.publish.manifest import program
from sco_graph.query import stored
from sco_graph.rdf import digest
from sco_graph.store import alone
from sco_graph.store.holding import unheld

FOLDER = "pages"


@contextmanager
def page_folder(project: Project) -> Iterator[Path]:
    """Give the directory of the finished pages of this program and project, `<state>/pages/<fingerprint>/`.

    Those of other programs and settings are deleted once no server uses them. Where the state directory cannot be
    written, it is one for temporary files, and ends with the block.
    """
    with ExitStack() as stack:
        folder = _claimed(project.state / FOLDER, _fingerprint(project), stack)
        yield folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sco-graph-")))


def _claimed(pages: Path, name: str, stack: ExitStack) -> Path | None:
    """Return the directory `name` in `pages`, locked until `stack` closes, or None where nothing can be written."""
    folder = pages / name
    try:
        pages.mkdir(parents=True, exist_ok=True)
        with alone(pages / "lock"):
            folder.mkdir(exist_ok=True)
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            for other in pages.iterdir():
                if other.is_dir() and other != folder:
                    _forget(other)
    except OSError:
        return None
    return folder


def _forget(folder: Path) -> None:
    with unheld(folder) as free:
        if free:
            shutil.rmtree(folder, ignore_errors=True)


def _fingerprint(project: Project) -> str:
    """Return what tells apart programs and settings that may make another page of the same generation."""
    return digest([project.name, *(query.text for query in stored(project.root)), program()])
