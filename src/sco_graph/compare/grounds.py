"""Why one generation says what the other does not: the words it rests on, and what differs about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sco_graph.compare import saying
from sco_graph.compare.merging import Told
from sco_graph.compare.side import Side
from sco_graph.compare.values import GROUNDS, Cause, Ground, Input

_PROGRAM = ("sco-graph", "rules", "language pipeline")


@dataclass(frozen=True, slots=True)
class Grounded:
    """Grounds in order: the first `GROUNDS`, how many more there are, and all documents among them."""

    grounds: tuple[Ground, ...] = ()
    more: int = 0
    documents: tuple[str, ...] = ()


def differing_inputs(old: Side, new: Side) -> tuple[Input, ...]:
    """Return the versions and files, besides the documents, that differ, by name."""
    names = sorted(old.inputs.keys() | new.inputs.keys())
    found = (Input(name, old.inputs.get(name), new.inputs.get(name)) for name in names)
    return tuple(item for item in found if item.before != item.after)


class Grounds:
    """Finds the grounds of changes between two generations."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self._program = any(item.name in _PROGRAM for item in inputs)
        self._files = tuple(item.name for item in inputs if item.name not in _PROGRAM)

    def of(self, here: Side, there: Side, iri: str, claims: Iterable[str], told: Iterable[Told]) -> list[Ground]:
        """Return why `here` says of `iri` what `there` does not: the `claims` that say it, or where `told` is from."""
        grounds = []
        for place, claim in here.places(claims):
            cause, detail = self._why(here, there, iri, place[0], claim)
            grounds.append(Ground(here.which, cause, *place, here.quote(place), claim, detail))
        return grounds or self._without_words(here, there, told)

    def decided(self, here: Side) -> list[Ground]:
        """Return the files of decisions that differ: what a person decided may be the ground."""
        files = [name for name in self._files if name.startswith("decisions/")]
        return [Ground(here.which, Cause.INPUTS, detail=", ".join(files))] if files else []

    def _why(self, here: Side, there: Side, iri: str, document: str, claim: str) -> tuple[Cause, str]:
        if cause := _document(here, there, document):
            return cause, ""
        if claim in there.set_aside:
            return Cause.SET_ASIDE, there.set_aside[claim]
        if there.has_claim(claim):
            decided = [side.review(claim) for side in (here, there)]
            if decided[0] != decided[1]:
                return Cause.CORRECTION, decided[0] or decided[1]
            return Cause.READING, _instead(there, claim, iri)
        return self._otherwise()

    def _otherwise(self) -> tuple[Cause, str]:
        if self._program:
            return Cause.PROGRAM, ""
        # Where the documents alone differ, what an unchanged one gives can only follow from the others.
        return (Cause.INPUTS, ", ".join(self._files)) if self._files else (Cause.INFERENCE, "")

    def _without_words(self, here: Side, there: Side, told: Iterable[Told]) -> list[Ground]:
        graphs = {graph[1:-1].decode() for triple in told for graph in triple.graphs}
        found = []
        for graph in sorted(graphs):
            kind, _, name = graph.removeprefix(f"{here.base}graph/").partition("/")
            if kind == "document":
                cause = _document(here, there, name)
                reason, detail = (cause, "") if cause else self._otherwise()
                found.append(Ground(here.which, reason, None if reason is Cause.INFERENCE else name, detail=detail))
            elif kind in {"authority", "inferred"}:
                found.append(Ground(here.which, Cause.AUTHORITY if kind == "authority" else Cause.INFERENCE))
        return found


def gathered(grounds: Iterable[Ground]) -> Grounded:
    """Return grounds in order, by generation, document and place; what only follows from them is no news."""
    every = sorted(set(grounds), key=_order)
    ordered = [ground for ground in every if ground.cause is not Cause.INFERENCE] or every[:1]
    documents = sorted({ground.document for ground in ordered if ground.document})
    return Grounded(tuple(ordered[:GROUNDS]), max(0, len(ordered) - GROUNDS), tuple(documents))


def _order(ground: Ground) -> tuple[object, ...]:
    place = (ground.document or "", ground.begin or 0, ground.end or 0)
    return ground.which, ground.document is None, *place, ground.claim or "", ground.cause, ground.detail


def _instead(there: Side, claim: str, iri: str) -> str:
    """Return what `there` takes a claim to tell of that is of the same kind as `iri`, in words."""
    kind = there.kind(iri)
    others = (other for other in there.told_by(claim) if there.kind(other) == kind and other != iri)
    return "; ".join(sorted(saying.row(there, other, kind) for other in others))


def _document(here: Side, there: Side, document: str) -> Cause | None:
    """Return what differs about a document, or None."""
    if document not in there.documents:
        return Cause.DOCUMENT
    return Cause.TEXT if here.documents.get(document) != there.documents[document] else None
