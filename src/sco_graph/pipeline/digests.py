"""Which files of authority data, decisions, ontology and shapes a build reads, and the digests of these."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sco_graph.project import Project
from sco_graph.resources import resource_dir


def digests(project: Project) -> list[tuple[str, str]]:
    """Return the name and SHA-256 of each file of authority data, decisions and shapes, two of one name included."""
    folders = {
        "authority": [resource_dir("authority"), project.authority],
        "decisions": [project.decisions],
        "ontology": [resource_dir("ontology")],
        "shapes": [resource_dir("shapes")],
    }
    return [
        (f"{what}/{path.name}", hashlib.sha256(path.read_bytes()).hexdigest())
        for what, where in folders.items()
        for path in files_in(where, ".ttl", ".yaml")
    ]


def files_in(folders: Iterable[Path], *suffixes: str) -> list[Path]:
    """Return the files with one of `suffixes`; a folder named twice counts once, one that is missing not at all."""
    unique = sorted({folder.resolve() for folder in folders})
    return [p for folder in unique if folder.is_dir() for p in sorted(folder.iterdir()) if p.suffix in suffixes]
