"""Ways to break each constraint of a shape, made from the shape itself, in a graph that conforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_graph.rdf import DEFAULT_BASE, PREFIXES, SH
from sco_graph.validate.facts import ontology_axioms

SHACL, RDF, XSD = f"<{SH}", f"<{PREFIXES['rdf']}", f"<{PREFIXES['xsd']}"
TYPE = f"{RDF}type>"
NOWHERE = f"<{DEFAULT_BASE}id/nothing/unheard-of>"
WORDS = '"words of /m0-"'
STRANGE = ('"?"', '"soon"', f'"-1.5"^^{XSD}decimal>', f'"soon"^^{XSD}token>', f'"7"^^{XSD}integer>', '"words"@en')
ANOTHER = {
    '"accepted"': '"corrected"',
    '"KZ"': '"KG"',
    '"en"': '"ru"',
    '"role/apposition"': '"role/title"',
}

Fact = tuple[str, str, str]
Graph = frozenset[Fact]


@dataclass(frozen=True)
class Mutation:
    """One way to break the parameter `name` of a shape; of the `graphs` the first that breaks nothing else counts."""

    shape: str
    name: str
    graphs: tuple[Graph, ...]


class Breaker:
    """Breaks the constraints of the shapes of which `of` is said, in the graph `complete`."""

    def __init__(self, of: dict[str, dict[str, list[str]]], complete: Graph) -> None:
        self.of = of
        self.complete = complete

    def mutations(self, shape: str, name: str) -> Iterator[Mutation]:
        """Yield mutations of the parameter sh:`name` of a shape: one, or one for each of its values or targets."""
        path = self.one(shape, "path")
        if path and name != "property":
            focus = min(s for s, p, _ in self.complete if p == path and self.is_for(shape, s))
            yield Mutation(shape, name, tuple(self.of_property(shape, name, focus, path)))
        elif name == "not":
            for value in self.values(shape, "not"):
                wrong = self.one(value, "class")
                focus = min(self.instances(self.one(shape, "targetClass")))
                yield Mutation(shape, name, (self.complete | {(focus, TYPE, wrong)},))
        elif self.values(shape, "targetSubjectsOf"):
            for predicate in self.values(shape, "targetSubjectsOf"):
                value = min(o for _, p, o in self.complete if p == predicate)
                yield Mutation(shape, name, (self.complete | {(NOWHERE, predicate, value)},))
        else:
            yield Mutation(shape, name, self.by_hand(shape))

    def of_property(self, shape: str, name: str, focus: str, path: str) -> Iterator[Graph]:
        """Yield graphs in which the values of `path` break the parameter."""
        others = frozenset(f for f in self.complete if f[:2] != (focus, path))
        value = min(o for s, p, o in self.complete if (s, p) == (focus, path))
        if name == "minCount":
            yield others
        elif name == "hasValue":
            yield self.complete - {(focus, path, self.one(shape, name))}
        elif name == "maxCount":
            for second in (*self.members(shape), *another(value)):
                yield self.complete | {(focus, path, second)} | self.told_again(value, second)
        else:
            yield from (others | {(focus, path, wrong)} for wrong in self.wrong(shape, name, value))

    def wrong(self, shape: str, name: str, value: str) -> Iterator[str]:
        """Yield values that break the parameter."""
        lexical, _, kind = value.rpartition('"')
        if name in ("class", "in"):
            yield NOWHERE
        elif name == "or":
            yield from (NOWHERE, *STRANGE) if value[0] == "<" else STRANGE
        elif name == "nodeKind":
            yield WORDS
        elif name == "languageIn":
            yield f'{lexical}"@ru'
        elif name == "minLength":
            yield f'""{kind}'
        elif name == "pattern":
            yield from (f'"?"{kind}', f'""{kind}')
        elif name == "datatype":
            kinds = (f"^^{XSD}token>", f"^^{XSD}integer>", f"^^{XSD}decimal>", "")
            yield from (f'{written}"{other}' for other in kinds for written in (lexical, '"1'))
        elif name in ("minInclusive", "maxInclusive"):
            yield from (f'"{number}"{kind}' for number in ("-1", "1.5"))
        elif name == "lessThan":
            yield f'"9"{kind}'

    def by_hand(self, shape: str) -> tuple[Graph, ...]:
        """Return the graphs for shapes of whole nodes that nothing general breaks."""
        schema, evidence = f"<{PREFIXES['schema']}", f"<{DEFAULT_BASE}id/document/d001#char=0,6>"
        bounds = (f"{schema}startDate>", f"{schema}endDate>")
        focus = min(self.instances(self.one(shape, "targetClass")), key=lambda node: not self.has(node, bounds[0]))
        before = f'"2020-01-01"^^{XSD}date>'
        ended = frozenset(f for f in self.complete if f[:2] != (focus, bounds[1])) | {(focus, bounds[1], before)}
        unbound = frozenset(f for f in self.complete if f[0] != focus or f[1] not in bounds)
        renamed = frozenset(
            tuple(term.replace("#char=0,6", "#words") if term == evidence else term for term in fact)
            for fact in self.complete
        )
        rejected = frozenset((s, p, '"rejected"' if p.endswith("#reviewOutcome>") else o) for s, p, o in self.complete)
        found = {"order": ended, "bound": unbound, "fragment": renamed, "rejected": rejected}
        return (found[shape[:-1].rpartition("-")[2]],)

    def told_again(self, value: str, second: str) -> Graph:
        """Return what is told of the node `value`, told of `second`."""
        return frozenset((second, p, o) for s, p, o in self.complete if s == value and second != value)

    def members(self, shape: str) -> Iterator[str]:
        head = self.one(shape, "in")
        while head in self.of:
            yield self.of[head][f"{RDF}first>"][0]
            head = self.of[head][f"{RDF}rest>"][0]

    def is_for(self, shape: str, node: str) -> bool:
        classes = self.values(shape, "targetClass")
        return not classes or any(node in self.instances(each) for each in classes)

    def instances(self, wide: str) -> set[str]:
        narrow, before = {wide}, 0
        while before != len(narrow):
            before = len(narrow)
            narrow |= {below for below, above in ontology_axioms() if above in narrow}
        return {s for s, p, o in self.complete if p == TYPE and o in narrow}

    def has(self, node: str, predicate: str) -> bool:
        return any((s, p) == (node, predicate) for s, p, _ in self.complete)

    def values(self, shape: str, name: str) -> list[str]:
        return self.of.get(shape, {}).get(f"{SHACL}{name}>", [])

    def one(self, shape: str, name: str) -> str:
        return next(iter(self.values(shape, name)), "")


def another(value: str) -> Iterator[str]:
    """Yield values like `value` that are as good."""
    if value[0] == "<":
        yield re.sub(r"(?=#|>$)", "-2", value, count=1) if "#char" not in value else value.replace("0,6", "1,6")
        return
    lexical, _, kind = value.rpartition('"')
    yield from (f'"{day}{kind}' for day in ('2024-07-02"', '2024-07-05"') if kind.endswith("date>"))
    yield ANOTHER.get(value, value)
    yield from (f'{changed}"{kind}' for changed in (lexical[:-1] + "1", lexical + "x", '"2'))


def moved(graph: Graph, number: int) -> list[Fact]:
    """Return the graph with names of its own for all that can be wrong, so that many graphs can be judged at once."""
    own = re.compile(rf"^(<{re.escape(DEFAULT_BASE)}(?:id/\w+|claim)/)")
    words = WORDS.replace("m0", f"m{number}")
    return [
        (own.sub(rf"\1m{number}-", s), p, words if o == WORDS else own.sub(rf"\1m{number}-", o)) for s, p, o in graph
    ]
