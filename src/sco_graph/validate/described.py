"""The shapes as they are told to people: what each constraint demands, how grave a breach is, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sco_graph.rdf import RDFS, SH
from sco_graph.resources import resource_dir
from sco_graph.validate.compiling import TARGETS
from sco_graph.validate.parameters import parameters
from sco_graph.validate.shapes import read
from sco_graph.validate.terms import text

WARNINGS = "warnings"
"""The folder of the shapes that look at the knowledge as a whole, below that of the others."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A shape that gives results of its own, with all that it says of itself, "" for what it does not.

    `topic` is the name of its file without suffix, `shape` its IRI or "_:" and a number; `path` the IRI of a property;
    `targets` are the IRIs that say what it is for, `parameters` the local names of SHACL's parameters of constraints.
    """

    shape: str
    message: str
    topic: str = ""
    whole: bool = False
    path: str = ""
    targets: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    severity: str = ""
    why: str = ""
    remedy: str = ""
    see: str = ""

    @property
    def name(self) -> str:
        """The last part of the shape's IRI."""
        return self.shape.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Topic:
    """A file of shapes: its first lines in words, and its constraints; `whole` of those over all of the knowledge."""

    name: str
    whole: bool
    about: str
    constraints: tuple[Constraint, ...]


def topics(shapes: Path | None = None) -> tuple[Topic, ...]:
    """Return the shapes in a directory, file by file, in the order of the files; by default the program's own.

    Raises OSError and SyntaxError.
    """
    folder = shapes or resource_dir("shapes")
    files = [(path, False) for path in sorted(folder.glob("*.ttl"))]
    files += [(path, True) for path in sorted((folder / WARNINGS).glob("*.ttl"))]
    found = (Topic(path.stem, whole, _about(path), tuple(_constraints(path, whole))) for path, whole in files)
    return tuple(topic for topic in found if topic.constraints)


def constraints(shapes: Path | None = None) -> tuple[Constraint, ...]:
    """Return all constraints of `topics`."""
    return tuple(constraint for topic in topics(shapes) for constraint in topic.constraints)


def outline() -> Mapping[str, Constraint]:
    """Return the program's own `constraints` by the IRI of their shape, sorted."""
    return {each.shape: each for each in sorted(constraints(), key=lambda each: each.shape)}


def _about(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[: next((n for n, line in enumerate(lines) if not line.startswith("# ")), len(lines))]
    return " ".join(line.removeprefix("# ") for line in head)


def _constraints(path: Path, whole: bool) -> Iterator[Constraint]:
    """Yield the shapes that have targets, and those that they name by sh:property, in the order of the file."""
    of = read(path).graph
    aimed = [node for node in of if any(target in of[node] for target in TARGETS)]
    named = {node for shape in aimed for node in of[shape].get(f"<{SH}property>", ())}
    for node in [node for node in of if node in named or node in aimed]:
        yield _constraint(path.stem, whole, node, of[node])


def _constraint(topic: str, whole: bool, node: str, of: dict[str, list[str]]) -> Constraint:
    def one(predicate: str) -> str:
        return " ".join(sorted(text(value) for value in of.get(f"<{predicate}>", ()) if value[0] != "_"))

    return Constraint(
        node if node[0] == "_" else text(node),
        one(f"{SH}message"),
        topic,
        whole,
        one(f"{SH}path"),
        tuple(sorted(text(value) for target in TARGETS for value in of.get(target, ()))),
        tuple(sorted(parameters(of))),
        one(f"{SH}severity").removeprefix(SH),
        one(f"{SH}description"),
        one(RDFS.comment.value),
        one(RDFS.seeAlso.value),
    )
