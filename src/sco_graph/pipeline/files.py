"""The files of a project that people keep: authority data, decisions, the register of identifiers."""

from __future__ import annotations

from pyoxigraph import Quad, RdfFormat, parse

from sco_graph.disk import replace_file
from sco_graph.errors import ProjectInvalid
from sco_graph.pipeline.digests import files_in
from sco_graph.project import Project
from sco_graph.resolve import decisions, register
from sco_graph.resolve.authority import rebased
from sco_graph.resources import resource_dir


def authority_quads(project: Project) -> list[Quad]:
    """Return the authority data that comes with the program and the project's own. Raises ProjectInvalid."""
    found: set[Quad] = set()
    for path in files_in([resource_dir("authority"), project.authority], ".ttl"):
        try:
            found.update(parse(path=path, format=RdfFormat.TURTLE))
        except (SyntaxError, UnicodeDecodeError, OSError) as error:
            raise ProjectInvalid(path, f"is not Turtle: {error}") from error
    return sorted(rebased(found, project.base), key=str)


def read_decisions(project: Project) -> decisions.Decisions:
    """Return the project's decisions, in the order of their files' names. Raises ProjectInvalid."""
    found: list[decisions.Decision] = []
    for path in files_in([project.decisions], ".yaml"):
        try:
            found += decisions.parse(path.read_text(encoding="utf-8"), path.name)
        except (decisions.DecisionUnreadable, UnicodeDecodeError, OSError) as error:
            raise ProjectInvalid(path, str(error)) from error
    return decisions.Decisions(tuple(found))


def read_register(project: Project) -> register.Register:
    """Return the register of identifiers, empty for a new project. Raises ProjectInvalid."""
    if not project.identifiers.exists():
        return register.Register()
    try:
        return register.parse(project.identifiers.read_text(encoding="utf-8"))
    except (register.RegisterInvalid, UnicodeDecodeError, OSError) as error:
        raise ProjectInvalid(project.identifiers, str(error)) from error


def write_register(project: Project, content: register.Register) -> None:
    """Write the register of identifiers, all of it or nothing, and only if it changed."""
    text = register.format_register(content)
    if project.identifiers.exists() and project.identifiers.read_text(encoding="utf-8") == text:
        return
    project.identifiers.parent.mkdir(parents=True, exist_ok=True)
    replace_file(project.identifiers, text.encode())
