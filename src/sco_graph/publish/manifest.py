"""What a publication holds and was made from: a file in it, which is also the sign that it is one.

The first line is a JSON object: the generation, and a digest of all that the bytes depend on. Each other line is a
JSON array for one file: its path, the SHA-256 of its bytes, and what it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sco_graph
from sco_graph.errors import PublicationRefused
from sco_graph.publish.assets import assets
from sco_graph.publish.tree import File, files_below
from sco_graph.resources import resource_dir
from sco_graph.store import Generation, digest_of

MARKER = ".sco-graph-publication"
"""The file that shows that a directory is a publication, and may be replaced by the next."""

_FORM = 1

# Those whose versions may change the bytes of pages and data.
_LIBRARIES = ("jinja2", "markupsafe", "numpy", "pyld", "pyoxigraph", "pyyaml", "zstandard")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A publication's `generation`, the digest of its `inputs`, and the SHA-256 of each file by its path."""

    generation: str
    inputs: str
    files: dict[str, str]

    def is_whole(self, directory: Path) -> bool:
        """Tell whether the files of the publication in `directory` have the bytes that they were written with."""
        return all(
            (directory / path).is_file() and digest_of(directory / path) == digest
            for path, digest in self.files.items()
        )


def write(generation: Generation, inputs: str, files: Iterable[File]) -> bytes:
    """Return the bytes of the manifest."""
    lines = [_line({"form": _FORM, "generation": generation.id, "inputs": inputs})]
    lines += [_line([file.path, file.sha256, file.source]) for file in sorted(files, key=lambda file: file.path)]
    return "".join(lines).encode()


def read(target: Path) -> Manifest | None:
    """Return the manifest of the publication in `target`, or None if that is missing or empty.

    Raises PublicationRefused if it is a file, or holds anything that no publication wrote.
    """
    if not target.exists():
        return None
    if not target.is_dir():
        raise PublicationRefused(target, "it is a file")
    held = files_below(target)
    if not held:
        return None
    if MARKER not in held:
        raise PublicationRefused(target, "it is not empty, and what is in it is no earlier publication")
    found = _parsed(target)
    strange = [path for path in held if path != MARKER and path not in found.files]
    if strange:
        more = f" and {len(strange) - 1} more" if strange[1:] else ""
        raise PublicationRefused(target, f"it holds {strange[0]}{more}, which no publication wrote and the next drops")
    return found


def inputs_of(generation: Generation, *parts: Any) -> str:
    """Return a digest of what a publication's bytes depend on: generation, program, and `parts` by their repr."""
    digest = sha256(program().encode())
    digest.update(generation.digest.encode())
    for name, text in generation.texts():
        digest.update(sha256(f"{name}\0{text}".encode()).digest())
    digest.update(repr((generation.id, generation.base, *parts)).encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """Return a digest of the program, its libraries and assets, the ontology and the shapes."""
    digest = sha256("".join(f"{library} {version(library)}\n" for library in _LIBRARIES).encode())
    home = Path(sco_graph.__file__).parent
    paths = [path for suffix in ("py", "html", "xml") for path in home.rglob(f"*.{suffix}")]
    paths += [path for name in ("ontology", "shapes") for path in resource_dir(name).rglob("*.*") if path.is_file()]
    for path in sorted(paths):
        digest.update(f"{path.name}\0{digest_of(path)}\n".encode())
    for name, data in assets().items():
        digest.update(f"{name}\0{sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _line(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n"


def _parsed(target: Path) -> Manifest:
    try:
        head, *files = map(json.loads, (target / MARKER).read_text(encoding="utf-8").splitlines())
        return Manifest(head["generation"], head["inputs"], {path: digest for path, digest, _ in files})
    except (ValueError, TypeError, KeyError) as error:
        raise PublicationRefused(target, f"its {MARKER} cannot be read; delete the directory") from error
