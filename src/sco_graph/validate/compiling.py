"""Shapes graph -> rules with quick checks.

A shape in which something occurs that only pySHACL understands (a path that is not one predicate, SPARQL, a component
of somebody's own, recursion, anything ill-formed) gets no check: pySHACL then judges all nodes that it is for.
"""

from __future__ import annotations

from dataclasses import dataclass

from sco_graph.rdf import OWL, RDFS, SH
from sco_graph.validate import constraints
from sco_graph.validate.constraints import Check
from sco_graph.validate.facts import TYPE
from sco_graph.validate.parameters import TRUE, Beyond, Graph, Shape, checks, unless_any
from sco_graph.validate.telling import Part, Tell, telling

TARGETS = tuple(f"<{SH}{name}>" for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"))

_IMPLYING = frozenset({f"<{RDFS}Class>", f"<{OWL}Class>"})
_OF_REPORTS = ("conforms", "result", "focusNode", "value", "sourceShape", "sourceConstraintComponent", "detail")
_OF_RESULTS = ("resultPath", "resultSeverity", "resultMessage", "declare", "prefix", "namespace")
_OF_NO_SHAPE = frozenset(f"<{SH}{name}>" for name in (*_OF_REPORTS, *_OF_RESULTS))
_NODE_SHAPE, _PROPERTY_SHAPE = f"<{SH}NodeShape>", f"<{SH}PropertyShape>"


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape with targets: `shape` is its node, `implied_by` those of its types that make it a target class.

    `check` is None where only pySHACL can judge; `reach` is how many steps away from a node it looks; `tell` gives the
    results of a node that may violate it, as far as they are certain; `unless` is as in `Part`.
    """

    shape: str
    nodes: frozenset[str]
    classes: frozenset[str]
    subjects_of: frozenset[str]
    objects_of: frozenset[str]
    implied_by: frozenset[str]
    check: Check | None
    reach: int
    tell: Tell | None
    unless: frozenset[str] | None


def rules(graph: Graph) -> tuple[Rule, ...]:
    """Return the rules that the shapes of a graph make, in the order of their nodes."""
    # Whoever adds components or classes of shapes changes what all shapes mean.
    plain = not any(
        f"<{SH}ConstraintComponent>" in of.get(TYPE, ()) or f"<{RDFS}Class>" in of.get(f"<{RDFS}subClassOf>", ())
        for of in graph.values()
    )
    made = (_rule(graph, node, plain) for node in sorted(graph))
    return tuple(rule for rule in made if rule)


def _rule(graph: Graph, node: str, plain: bool) -> Rule | None:
    """Return the rule of `node`, or None if it is no shape or one that is for no nodes."""
    of = graph[node]
    nodes, classes, subjects_of, objects_of = (frozenset(of.get(target, ())) for target in TARGETS)
    types = frozenset(of.get(TYPE, ()))
    shape = bool({_NODE_SHAPE, _PROPERTY_SHAPE} & types) or any(
        predicate.startswith(f"<{SH}") and predicate not in _OF_NO_SHAPE for predicate in of
    )
    implied_by = types & _IMPLYING if shape else frozenset()
    odd = shape and bool(types - _IMPLYING - {_NODE_SHAPE, _PROPERTY_SHAPE} or f"<{SH}target>" in of)
    if implied_by:
        classes |= {node}
    if not (nodes or classes or subjects_of or objects_of or odd):
        return None
    made, reach = _compiled(graph, node) if plain and not odd else (None, 0)
    targets = (nodes, classes, subjects_of, objects_of, implied_by)
    if made is None:
        return Rule(node, *targets, None, 0, None, None)
    return Rule(node, *targets, made.check, reach, made.inside, made.unless)


def _compiled(graph: Graph, node: str) -> tuple[Part[Check] | None, int]:
    reached = [0]

    def shape(node: str, above: tuple[str, ...], steps: int) -> Part[Check]:
        """Return a shape that is reached by way of the shapes `above`, `steps` from the focus node."""
        of = graph.get(node)
        if of is None or node in above:
            raise Beyond
        if of.get(f"<{SH}deactivated>"):
            if list(of[f"<{SH}deactivated>"]) != [TRUE]:
                raise Beyond
            return Part(lambda facts, value: True, of_text=True, unless=frozenset())
        path = _path(of)
        further = steps + (path is not None)
        reached.append(further)
        inner = Shape(of, graph, path is not None, lambda other: shape(other, (*above, node), further))
        of_set, of_value = checks(inner)
        of_text = [part.check for part in of_value if part.of_text]
        others = [part.check for part in of_value if not part.of_text]
        # What a property's values are, is told of many nodes; a node itself is but one.
        plain = [constraints.of_text(of_text)] if of_text and path else of_text
        check = constraints.shape(path, [part.check for part in of_set], [*plain, *others])
        return Part(
            check,
            inside=telling(node, of, of_set, of_value),
            of_text=path is None and not of_set and not others,
            # Nodes without the property have no values to differ in.
            unless=frozenset({path}) if path else None if of_set else unless_any(of_value),
        )

    try:
        return shape(node, (), 0), max(reached)
    except Beyond:
        return None, 0


def _path(of: dict[str, list[str]]) -> str | None:
    paths = of.get(f"<{SH}path>", ())
    types = of.get(TYPE, ())
    wrong = _NODE_SHAPE in types if paths else _PROPERTY_SHAPE in types
    if wrong or len(paths) > 1 or (paths and paths[0][0] != "<"):
        raise Beyond
    return paths[0] if paths else None
