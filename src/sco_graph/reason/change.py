"""What follows no longer after a change of the knowledge, and what now does: only what the change touches is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sco_graph.rdf import Triple
from sco_graph.reason.axioms import A, Term, reached
from sco_graph.reason.lookup import Lookup, Matching, carried
from sco_graph.reason.proof import proofs


def changed(
    removed: Collection[Triple], added: Collection[Triple], matching: Matching
) -> tuple[list[Triple], list[Triple]]:
    """Return the inferred triples that go and those that come, sorted: the difference of two runs of `inferred`.

    `matching` answers from the knowledge after the change; `removed` are triples that were known before and are not
    any more, `added` those that are known and were not.
    """
    gone, new = _Index(removed), _Index(added)

    def before(s: NamedNode | None, p: NamedNode | None, o: Term | None) -> Iterator[Triple]:
        yield from (triple for triple in matching(s, p, o) if triple not in new.triples)
        yield from gone.matching(s, p, o)

    def either(s: NamedNode | None, p: NamedNode | None, o: Term | None) -> Iterator[Triple]:
        yield from matching(s, p, o)
        yield from gone.matching(s, p, o)

    candidates = _Reach(Lookup(either)).of([*removed, *added])
    were = {c for c in candidates if _is_inferred(c, before)}
    are = {c for c in candidates if _is_inferred(c, matching)}
    return _sorted(were - are), _sorted(are - were)


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: tuple(map(str, triple)))


def _is_inferred(triple: Triple, matching: Matching) -> bool:
    known = any(True for _ in matching(*triple))
    return not known and next(proofs(triple, matching), None) is not None


class _Index:
    """Some triples, found by subject or object."""

    def __init__(self, triples: Collection[Triple]) -> None:
        self.triples = frozenset(triples)
        self._by_end: dict[Term, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            for end in {triple[0], triple[2]}:
                self._by_end[end].append(triple)

    def matching(self, s: NamedNode | None, p: NamedNode | None, o: Term | None) -> Iterator[Triple]:
        end = s if s is not None else o
        found = self.triples if end is None else self._by_end.get(end, ())
        wanted = (s, p, o)
        return (t for t in found if all(w is None or w == term for w, term in zip(wanted, t, strict=True)))


@dataclass(frozen=True, slots=True)
class _Reach:
    """All that a changed triple can give or keep from following, in the knowledge before and after together."""

    facts: Lookup

    def of(self, touched: Iterable[Triple]) -> set[Triple]:
        found: set[Triple] = set()
        for triple in touched:
            found.add(triple)
            for simple in self._with_implied(triple):
                found.add(simple)
                for joined in self._joined(simple):
                    found.update(self._with_implied(joined))
            for joined in self._let_through(triple):
                found.update(self._with_implied(joined))
        return found

    def _with_implied(self, triple: Triple) -> Iterator[Triple]:
        s, p, o = triple
        yield triple
        if p == A:
            wider = self.facts.rules.wider.get(o, ()) if isinstance(o, NamedNode) else ()
            yield from ((s, A, c) for c in wider)
        for link in self.facts.rules.implied.get(p, ()):
            yield from carried(link, triple)

    def _joined(self, triple: Triple) -> Iterator[Triple]:
        s, p, o = triple
        for chain in self.facts.rules.chains:
            if p == chain.first and isinstance(o, NamedNode):
                yield from ((s, chain.property, y) for y in self.facts.after(o, chain.second))
            if p == chain.second:
                yield from ((x, chain.property, o) for x in self.facts.before(s, chain.first))
        if p in self.facts.rules.transitive:
            low = {s, *reached(s, lambda node: self.facts.before(node, p))}
            high = {o, *reached(o, lambda node: self.facts.after(node, p))}
            yield from ((x, p, y) for x in low for y in high)

    def _let_through(self, triple: Triple) -> Iterator[Triple]:
        """Yield the short cuts that an exception, if `triple` is one, keeps from following."""
        node, *exception = triple
        before, after = self.facts.before, self.facts.after
        for chain in self.facts.rules.chains:
            if tuple(exception) in self.facts.rules.not_through:
                yield from (
                    (x, chain.property, y) for y in after(node, chain.second) for x in before(node, chain.first)
                )
            if tuple(exception) in self.facts.rules.not_to:
                through = before(node, chain.second)
                yield from ((x, chain.property, node) for n in through for x in before(n, chain.first))
