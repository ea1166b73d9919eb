"""A generated graph of our shape, for benchmarks of what reads a generation: the same for the same number of documents.

Each document has a text, whose sentences are read as claims, as in the demonstration: 14 participations, 12 posts, 5
statements, and the days, places and wholes of its events. Claims are named graphs with provenance, what they say stands
in the knowledge, and so do the inverses that follow; that makes some 1,000 quads a document, where
the demonstration has 1,400. Who is named is drawn by Zipf's law.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from benchmarks.names import Population, body, event, word
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, FOAF, NIF, ORG, PROV, RDF, SCHEMA, SCO, SKOS, XSD, digest, slug
from sco_graph.store import Generation, write_generation

PERSONS, BODIES, EVENTS, PLACES = 6, 4, 4, 1.4
"""How many different ones there are for each document."""

DISAGREEING = 0.05
"""The share of documents that give an event another day and place than the one that told of it first."""

_TITLES = "president director secretary-general minister chairman ambassador rector deputy-director".split()
_CAPACITIES = [*["attendee"] * 7, *["speaker"] * 3, "chair", "host", "organizer"]
_FIRST_DAY = date(2001, 6, 15)
_A = RDF.term("type")
_GRAPH = f"{DEFAULT_BASE}graph/"
_ACTIVITY = f"<{DEFAULT_BASE}id/activity/extraction>"


def write(state: Path, documents: int) -> Generation:
    """Write a generation of so many generated documents as the current one of `state`."""
    texts: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=state.parent) as folder:
        raw, ordered = Path(folder) / "raw.nq", Path(folder) / "graph.nq"
        with raw.open("w", encoding="utf-8") as file:
            for document in generate(documents):
                texts[document.name] = document.text
                file.writelines(document.lines)
        command = ["sort", "-u", "-T", folder, "-o", str(ordered), str(raw)]
        subprocess.run(command, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        with ordered.open("rb") as lines:
            return write_generation(state, f"generated-{documents}", lines, texts, {"base": DEFAULT_BASE}, {}, [])


def generate(documents: int) -> Iterator[Writing]:
    """Yield so many documents, each with the lines that it adds to the graph; some repeat those of others."""
    world = _World(documents)
    for number in range(documents):
        yield world.document(number)


def population(documents: int) -> dict[str, list[str]]:
    """Return the paths of the entities of each kind, those first that documents name most."""
    world = _World(documents)
    kinds = {"person": world.persons, "organization": world.bodies, "event": world.events, "place": world.places}
    return {kind: [f"id/{kind}/{slug(name)}" for name in found.names] for kind, found in kinds.items()}


@dataclass
class Writing:
    """One document while it is written: its text so far, and its lines of N-Quads."""

    name: str
    day: str
    text: str = ""
    lines: list[str] = field(default_factory=list)

    def sentence(self, words: str) -> tuple[int, int]:
        """Add a sentence to the text, and return where it begins and ends."""
        begin = len(self.text)
        self.text += f"{words}. "
        return begin, begin + len(words)

    def say(self, graph: str, subject: str, predicate: object, value: object) -> None:
        """Add a triple to a named graph and to the knowledge."""
        self.lines.append(f"{subject} {predicate} {value} <{graph}> .\n")
        if not graph.startswith(f"{_GRAPH}provenance"):
            self.lines.append(f"{subject} {predicate} {value} .\n")

    def claim(self, kind: str, words: str, *triples: tuple[str, object, object]) -> None:
        """Add a claim that a sentence makes: what it says, and where it comes from."""
        begin, end = self.sentence(words)
        claim = f"{DEFAULT_BASE}claim/{digest([kind, self.name, str(begin)])}"
        evidence = f"<{DEFAULT_BASE}id/document/{self.name}#char={begin},{end}>"
        for triple in triples:
            self.say(claim, *triple)
        source: list[tuple[str, object, object]] = [
            (f"<{claim}>", _A, SCO.Claim),
            (f"<{claim}>", SCO.claimKind, f'"{kind}"'),
            (f"<{claim}>", SCO.rule, f'"{kind}/generated"'),
            (f"<{claim}>", SCO.confidence, f'"0.90"^^{XSD.decimal}'),
            (f"<{claim}>", SCO.attestedOn, f'"{self.day}"^^{XSD.date}'),
            (f"<{claim}>", PROV.wasGeneratedBy, _ACTIVITY),
            (f"<{claim}>", PROV.wasDerivedFrom, evidence),
            (evidence, _A, NIF.RFC5147String),
            (evidence, NIF.anchorOf, f'"{words}"@en'),
            (evidence, NIF.beginIndex, f'"{begin}"^^{XSD.integer}'),
            (evidence, NIF.endIndex, f'"{end}"^^{XSD.integer}'),
            (evidence, NIF.referenceContext, _iri("document", self.name)),
        ]
        for triple in source:
            self.say(f"{_GRAPH}provenance", *triple)

    def infer(self, *triple: object) -> None:
        """Add a triple that follows from a claim."""
        subject, predicate, value = triple
        self.say(f"{_GRAPH}inferred", str(subject), predicate, value)

    def thing(self, kind: str, name: str, *types: object) -> str:
        """Add what the document says of an entity by naming it; return its IRI."""
        node = _iri(kind, slug(name))
        for type_ in types:
            self.say(f"{_GRAPH}document/{self.name}", node, _A, type_)
        self.say(f"{_GRAPH}document/{self.name}", node, SKOS.prefLabel, f'"{name}"@en')
        return node


class _World:
    """Who and what documents may speak of."""

    def __init__(self, documents: int) -> None:
        self._random = random.Random(documents)
        draw = self._random
        self.persons = Population(draw, documents * PERSONS, lambda: f"{word(draw, 2)} {word(draw, 3)}")
        self.bodies = Population(draw, documents * BODIES, lambda: body(draw))
        self.events = Population(draw, documents * EVENTS, lambda: event(draw))
        self.places = Population(draw, round(documents * PLACES) + 1, lambda: word(draw, 3))
        self._told: dict[str, tuple[str, str]] = {}  # the day and the place of each event, as first told

    def document(self, number: int) -> Writing:
        """Return the document of that number."""
        writing = Writing(f"d{number:06}", str(_FIRST_DAY + timedelta(days=number % 8000)))
        title = f"{self.events.draw(1)[0]} opens"
        self._head(writing, title)
        bodies = self.bodies.draw(5)
        for name in self.persons.draw(12):
            self._post(writing, name, self._random.choice(bodies))
        meetings = self.events.draw(4)
        for name in meetings:
            self._event(writing, name)
        for name in self.persons.draw(14):
            self._participation(writing, name, self._random.choice(meetings))
        for name in self.persons.draw(5):
            self._statement(writing, name)
        for part, whole in zip(bodies[1:], bodies, strict=False):
            self._part(writing, part, whole)
        return writing

    def _head(self, writing: Writing, title: str) -> None:
        writing.text = f"{title}\n\n"
        node, graph = _iri("document", writing.name), f"{_GRAPH}document/{writing.name}"
        for type_ in (SCHEMA.NewsArticle, SCHEMA.Article, SCHEMA.CreativeWork):
            writing.say(graph, node, _A, type_)
        writing.say(graph, node, DCTERMS.term("identifier"), f'"{writing.name}"')
        writing.say(graph, node, DCTERMS.term("title"), f'"{title}"@en')
        writing.say(graph, node, DCTERMS.issued, f'"{writing.day}"^^{XSD.date}')

    def _post(self, writing: Writing, name: str, of: str) -> None:
        title = self._random.choice(_TITLES)
        person = writing.thing("person", name, FOAF.Person)
        held = writing.thing("organization", of, ORG.Organization)
        role = _iri("role", title)
        writing.infer(role, _A, ORG.Role)
        writing.infer(role, SKOS.prefLabel, f'"{title}"@en')
        node = _iri("membership", digest([name, title, of]))
        writing.claim(
            "role",
            f"{name}, {title} of the {of}, was present",
            (node, _A, ORG.Membership),
            (node, ORG.member, person),
            (node, ORG.role, role),
            (node, ORG.organization, held),
        )
        writing.infer(person, _A, FOAF.Agent)
        writing.infer(person, ORG.hasMembership, node)
        writing.infer(person, SCO.holdsPost, role)
        writing.infer(person, ORG.memberOf, held)
        writing.infer(held, ORG.hasMember, person)
        writing.infer(node, SCO.heldOn, f'"{writing.day}"^^{XSD.date}')
        writing.infer(node, SCO.status, SCO.current)

    def _event(self, writing: Writing, name: str) -> None:
        day, where = self._told.setdefault(name, (writing.day, self.places.draw(1)[0]))
        if self._random.random() < DISAGREEING:
            day, where = writing.day, self.places.draw(1)[0]
        node = writing.thing("event", name, SCHEMA.Event, SCO.Forum)
        place = writing.thing("place", where, SCHEMA.Place)
        writing.claim(
            "event_date",
            f"The {name} began on {day}",
            (node, SCHEMA.startDate, f'"{day}"^^{XSD.date}'),
        )
        writing.claim("event_place", f"The {name} took place in {where}", (node, SCHEMA.location, place))

    def _participation(self, writing: Writing, name: str, at: str) -> None:
        person = writing.thing("person", name, FOAF.Person)
        meeting = writing.thing("event", at, SCHEMA.Event, SCO.Forum)
        capacity = self._random.choice(_CAPACITIES)
        node = _iri("participation", digest([name, at, capacity]))
        writing.claim(
            "participation",
            f"{name} came to the {at} as {capacity}",
            (node, _A, SCO.Participation),
            (node, SCO.event, meeting),
            (node, SCO.participant, person),
            (node, SCO.capacity, SCO.term(capacity)),
        )
        writing.infer(person, SCO.hasParticipation, node)
        writing.infer(person, SCO.tookPartIn, meeting)
        writing.infer(meeting, SCO.hadParticipant, person)
        writing.infer(meeting, SCO.participation, node)

    def _statement(self, writing: Writing, name: str) -> None:
        person = writing.thing("person", name, FOAF.Person)
        said = " ".join(word(self._random, 2).lower() for _ in range(12))
        node = _iri("statement", digest([name, said]))
        writing.claim(
            "statement",
            f"{name} said that {said}",
            (node, _A, SCO.Statement),
            (node, SCO.speaker, person),
            (node, SCHEMA.text, f'"{said}"@en'),
            (node, SCO.cue, '"said"@en'),
        )
        writing.infer(person, SCO.statement, node)

    def _part(self, writing: Writing, part: str, whole: str) -> None:
        below = writing.thing("organization", part, ORG.Organization)
        above = writing.thing("organization", whole, ORG.Organization)
        writing.claim("part_of", f"The {part} belongs to the {whole}", (below, ORG.subOrganizationOf, above))
        writing.infer(above, ORG.hasSubOrganization, below)


def _iri(kind: str, local: str) -> str:
    return f"<{DEFAULT_BASE}id/{kind}/{local}>"
