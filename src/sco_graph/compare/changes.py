"""Differing triples to changes: things gained, lost, changed and merged, each with its grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, RdfFormat, parse

from sco_graph.compare import saying
from sco_graph.compare.grounds import Grounds, gathered
from sco_graph.compare.merging import Told
from sco_graph.compare.side import Side
from sco_graph.compare.values import Alteration, Change, Fate, Ground, Value, Which, ordered
from sco_graph.query import term_words
from sco_graph.rdf import DCTERMS, ORG, RDF, SCHEMA, SCO

ENTITIES = ("person", "organization", "country", "place", "event", "role")
NODES = ("membership", "participation", "statement", "affiliation")
RELATIONS = {ORG.subOrganizationOf.value: "part_of", SCHEMA.superEvent.value: "sub_event"}

_REPLACED = DCTERMS.isReplacedBy.value
_TYPE = RDF.term("type").value
# Of what follows from other facts only this is news; the rest says these facts once more, the other way round.
_NEWS = {p.value for p in (SCO.status, SCO.firstAttestedOn, SCO.lastAttestedOn, ORG.memberDuring)}


class Changes:
    """Makes changes of the differing triples of two generations."""

    def __init__(self, old: Side, new: Side, grounds: Grounds) -> None:
        self._old, self._new = old, new
        self._grounds = grounds
        self.others = 0
        """How many triples no change tells of, but for those that say other facts the other way round."""

    def of(self, told: Iterable[Told]) -> tuple[Change, ...]:
        """Return the changes that `told` makes, by kind, fate and words."""
        subjects: dict[str, list[Told]] = defaultdict(list)
        for triple in told:
            subjects[triple.subject].append(triple)
        found = [change for iri, triples in subjects.items() for change in self._subject(iri, triples)]
        return tuple(sorted(self._retold(found, subjects), key=_order))

    def _subject(self, iri: str, told: Sequence[Told]) -> list[Change]:
        kind = self._new.kind(iri)
        relations = [triple for triple in told if triple.predicate in RELATIONS]
        found = [self._contradiction(triple) for triple in told if _is_contradiction(triple)]
        found += [self._relation(iri, predicate, relations) for predicate in sorted({t.predicate for t in relations})]
        rest = [triple for triple in told if triple.predicate not in RELATIONS]
        own = self._thing(iri, kind, rest) if kind in (*ENTITIES, *NODES, "document") else None
        if own is None:
            self.others += sum(map(_is_news, rest))
            return found
        return [*found, own]

    def _thing(self, iri: str, kind: str, told: Sequence[Told]) -> Change | None:
        before, after = self._old.is_alive(iri), self._new.is_alive(iri)
        news = [triple for triple in told if _is_news(triple)]
        if retired := [triple for triple in told if triple.predicate == _REPLACED]:
            return self._merged(iri, kind, retired[-1], (before, after))
        if before and after:
            return self._altered(iri, kind, news)
        if not before and not after:
            return None
        side, other = self._both(Which.NEW if after else Which.OLD)
        # A document is its own ground.
        grounds = self._grounds.of(side, other, iri, side.claims_about(iri), told) if kind != "document" else []
        fate = Fate.GAINED if after else Fate.LOST
        return _change(kind, fate, iri, saying.row(side, iri, kind), grounds, alterations=self._alterations(news))

    def _merged(self, iri: str, kind: str, triple: Told, alive: tuple[bool, bool]) -> Change | None:
        """Return the change of a thing whose identifier is retired, or no longer is.

        Nothing for one that the generation in which it would be alive does not know.
        """
        merged = triple.which is Which.NEW
        if not alive[0 if merged else 1]:
            return None
        here, there = (self._old, self._new) if merged else (self._new, self._old)
        grounds = self._grounds.decided(there) + self._grounds.of(here, there, iri, here.claims_about(iri), [triple])
        fate = Fate.MERGED if merged else Fate.PARTED
        return _change(kind, fate, iri, saying.row(here, iri, kind), grounds, there.value(_object(triple)))

    def _altered(self, iri: str, kind: str, news: Sequence[Told]) -> Change | None:
        if not news:
            return None
        grounds = self._triples(news) if kind != "document" else []
        words = saying.row(self._new, iri, kind)
        return _change(kind, Fate.CHANGED, iri, words, grounds, alterations=self._alterations(news))

    def _relation(self, iri: str, predicate: str, relations: Sequence[Told]) -> Change:
        kind = RELATIONS[predicate]
        told = [triple for triple in relations if triple.predicate == predicate]
        before, after = (bool(side.values(iri, NamedNode(predicate))) for side in (self._old, self._new))
        fate = Fate.CHANGED if before and after else Fate.GAINED if after else Fate.LOST
        words = saying.row(self._new if after else self._old, iri, kind)
        return _change(kind, fate, iri, words, self._triples(told), alterations=self._alterations(told))

    def _contradiction(self, triple: Told) -> Change:
        side, other = self._both(triple.which)
        claims = (triple.subject, side.value(_object(triple)).iri or "")
        words = " against ".join(f"“{side.quote(place)}”" for claim in claims for place, _ in side.places([claim])[:1])
        fate = Fate.GAINED if triple.which is Which.NEW else Fate.LOST
        return _change(
            "contradiction", fate, claims[0], words, self._grounds.of(side, other, claims[0], claims, [triple])
        )

    def _both(self, which: Which) -> tuple[Side, Side]:
        return (self._new, self._old) if which is Which.NEW else (self._old, self._new)

    def _triples(self, told: Iterable[Told]) -> list[Ground]:
        """Return the grounds of triples, each by the claims that say it."""
        found: list[Ground] = []
        for triple in told:
            side, other = self._both(triple.which)
            graphs = (graph[1:-1].decode() for graph in triple.graphs)
            claims = [graph for graph in graphs if graph.startswith(f"{side.base}claim/")]
            found += self._grounds.of(side, other, triple.subject, claims, [triple])
        return found

    def _alterations(self, told: Iterable[Told]) -> tuple[Alteration, ...]:
        values: dict[str, dict[Which, set[Value]]] = defaultdict(lambda: {Which.OLD: set(), Which.NEW: set()})
        for triple in told:
            values[triple.predicate][triple.which].add(self._both(triple.which)[0].value(_object(triple)))
        return tuple(
            Alteration(term_words(predicate), ordered(found[Which.OLD]), ordered(found[Which.NEW]))
            for predicate, found in sorted(values.items())
            if found[Which.OLD] != found[Which.NEW]
        )

    def _retold(self, changes: Sequence[Change], subjects: Mapping[str, Sequence[Told]]) -> list[Change]:
        """Return `changes` with each pair of a node lost and one gained that the same claims tell of as one change.

        Two people who turn out to be one take their posts with them: that is not a post lost and another gained.
        """
        lost = {c.iri: c for c in changes if c.kind in NODES and c.fate is Fate.LOST}
        gained = {c.iri: c for c in changes if c.kind in NODES and c.fate is Fate.GAINED}
        paired = pairs(_shared(subjects, lost, Which.OLD), _shared(subjects, gained, Which.NEW))
        kept = [c for c in changes if c.iri not in paired and c.iri not in paired.values()]
        for before, after in paired.items():
            a, b = lost[before], gained[after]
            news = [t for t in (*subjects[before], *subjects[after]) if _is_news(t)]
            told = {ground.claim for ground in b.grounds}
            grounds = [*b.grounds, *(ground for ground in a.grounds if ground.claim not in told)]
            became, altered = Value(a.words, a.iri), self._alterations(news)
            change = _change(b.kind, Fate.CHANGED, b.iri, b.words, grounds, became, altered)
            documents = tuple(sorted({*a.documents, *b.documents}))
            kept.append(replace(change, more=change.more + a.more + b.more, documents=documents))
        return kept


def _change(
    kind: str,
    fate: Fate,
    iri: str,
    words: str,
    grounds: Iterable[Ground],
    became: Value | None = None,
    alterations: tuple[Alteration, ...] = (),
) -> Change:
    found = gathered(grounds)
    return Change(kind, fate, iri, words, became, alterations, found.grounds, found.more, found.documents)


def _shared(subjects: Mapping[str, Sequence[Told]], nodes: Iterable[str], which: Which) -> dict[bytes, set[str]]:
    """Return the nodes that each claim of one generation tells of."""
    found: dict[bytes, set[str]] = defaultdict(set)
    for node in nodes:
        for triple in subjects[node]:
            for graph in triple.graphs if triple.which is which and triple.predicate == _TYPE else ():
                found[graph].add(node)
    return found


def pairs(lost: Mapping[bytes, set[str]], gained: Mapping[bytes, set[str]]) -> dict[str, str]:
    """Return pairs of nodes that share claims, each node once: those that share most claims first.

    Since all prefer by one order, the pairs are the same whichever side is looked at first.
    """
    shared = Counter((a, b) for claim in lost.keys() & gained.keys() for a in lost[claim] for b in gained[claim])
    ordered = sorted(shared, key=lambda pair: (-shared[pair], *pair))
    found: dict[str, str] = {}
    for a, b in ordered:
        if a not in found and b not in found.values():
            found[a] = b
    return found


def _is_contradiction(triple: Told) -> bool:
    """Tell whether a triple says that two claims contradict each other; of the two that say so, the one that counts."""
    if triple.predicate != SCO.contradicts.value:
        return False
    other = _object(triple)
    return isinstance(other, NamedNode) and triple.subject < other.value


def _is_news(triple: Told) -> bool:
    inferred = all(graph.endswith(b"graph/inferred>") for graph in triple.graphs)
    return triple.predicate in _NEWS or not inferred


def _object(triple: Told) -> object:
    return next(iter(parse(triple.triple + b" .\n", RdfFormat.N_TRIPLES))).object


_KINDS = ("document", *ENTITIES, *NODES, *RELATIONS.values(), "contradiction")
_FATES = tuple(Fate)


def _order(change: Change) -> tuple[int, int, str, str]:
    return _KINDS.index(change.kind), _FATES.index(change.fate), change.words.casefold(), change.iri
