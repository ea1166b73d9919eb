"""Which entity of a graph is which of the gold, and which facts fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from sco_graph.evaluate.facts import DocumentFacts, Fact, Named
from sco_graph.evaluate.names import plain, same_label, same_name, same_theme, same_title

_EXACT, _ALIKE = 2, 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """`gold_of` maps IRIs to gold ids (several IRIs may share one); `found` and `mistyped` are gold ids."""

    gold_of: Mapping[str, str]
    found: frozenset[str]
    mistyped: frozenset[str]


def pair(gold: DocumentFacts, graph: DocumentFacts) -> Pairs:
    """Pair named entities by name, best first, and unnamed events by the facts they share."""
    candidates = sorted(_candidates(gold, graph), key=lambda c: -c[0])
    pairs: dict[str, str] = {}
    used: set[str] = set()
    for _, iri, entity in candidates:
        if iri not in pairs and entity.id not in used:
            pairs[iri] = entity.id
            used.add(entity.id)
    for score, iri, entity in _candidates(gold, graph):
        # An entity that the graph has split still carries its facts; but alike events are often different ones.
        if entity.type != "Event" or score >= _EXACT:
            pairs.setdefault(iri, entity.id)
    for _, gold_id, iri in sorted(_unnamed(gold, graph, pairs), key=lambda c: -c[0]):
        if gold_id not in used and iri not in pairs:
            pairs[iri] = gold_id
            used.add(gold_id)
    typed = {g for iri, g in pairs.items() if graph.entities[iri].type == gold.entities[g].type}
    return Pairs(pairs, frozenset(used), frozenset(used - typed))


def _candidates(gold: DocumentFacts, graph: DocumentFacts) -> list[tuple[int, str, Named]]:
    found = []
    for iri, entity in graph.entities.items():
        for wanted in gold.entities.values():
            if any(plain(a) == plain(b) for a in entity.names for b in wanted.names):
                score = _EXACT
            elif any(same_name(a, b, wanted.type == "Event") for a in entity.names for b in wanted.names):
                score = _ALIKE
            else:
                continue
            found.append((score + (entity.type == wanted.type), iri, wanted))
    return found


def _unnamed(gold: DocumentFacts, graph: DocumentFacts, pairs: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """Return (how much they share, gold id, IRI) for events without a partner."""
    loose = [iri for iri, e in graph.entities.items() if e.type == "Event" and iri not in pairs]
    shapes = {iri: _shape(graph.facts, iri, lambda x: pairs.get(x, x)) for iri in loose}
    found = []
    for wanted in gold.entities.values():
        if wanted.names:
            continue
        shape = _shape(gold.facts, wanted.id, lambda x: x)
        for iri in loose:
            names = graph.entities[iri].names
            alike = bool(wanted.label) and any(same_label(wanted.label, name) for name in names)
            if shared := len(shape & shapes[iri]) + alike:
                found.append((shared, wanted.id, iri))
    return found


def _shape(facts: Iterable[Fact], event: str, translate: Callable[[str], str]) -> set[Hashable]:
    """Return what the facts about `event` tell, the event itself left out."""
    shape: set[Hashable] = set()
    for fact in facts:
        if event in (fact.get("event"), fact.get("sub")):
            slots = [fact.get(slot) for slot in ("agent", "place", "event", "sub")]
            others = tuple(translate(value) for value in slots if value not in (None, event))
            start = fact.get("start") or ""
            shape |= {(fact.kind, *others, start), (fact.kind == "event_date", start, *others)}
    return shape


def fits(gold: Fact, fact: Fact) -> bool:
    """Return whether `fact`, its entities as gold ids, says what `gold` says."""
    return gold.kind == fact.kind and _FITS[gold.kind](gold, fact)


def _same(gold: Fact, fact: Fact, *slots: str) -> bool:
    return all((gold.get(slot) or None) == (fact.get(slot) or None) for slot in slots)


def _role_fits(gold: Fact, fact: Fact) -> bool:
    body = gold.get("org") in (None, fact.get("org"))
    return _same(gold, fact, "person") and body and same_title(gold.get("title"), fact.get("title"))


def _date_fits(gold: Fact, fact: Fact) -> bool:
    start = str(fact.get("start")).startswith(str(gold.get("start"))[:10])
    end = str(fact.get("end"))[:10] == str(gold.get("end") or gold.get("start"))[:10]
    return _same(gold, fact, "event") and start and end


def _statement_fits(gold: Fact, fact: Fact) -> bool:
    return _same(gold, fact, "speaker") and plain(gold.get("starts")) in plain(fact.get("text"))


_FITS: dict[str, Callable[[Fact, Fact], bool]] = {
    "role": _role_fits,
    "part_of": lambda g, f: _same(g, f, "child", "parent"),
    "event_date": _date_fits,
    "event_place": lambda g, f: _same(g, f, "event", "place"),
    "participation": lambda g, f: _same(g, f, "event", "agent", "as"),
    "sub_event": lambda g, f: _same(g, f, "event", "sub"),
    "theme": lambda g, f: _same(g, f, "event") and same_theme(g.get("text"), f.get("text")),
    "attendance": lambda g, f: _same(g, f, "event") and str(g.get("number")) == str(f.get("number")),
    "statement": _statement_fits,
}
