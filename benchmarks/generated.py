"""A generated graph of our shape, for benchmarks of what reads a generation: the same for the same number of documents.

Each document has a text, whose sentences are read as claims, as in the demonstration: 14 participations, 12 posts, 5
statements, the days, places and wholes of its events, some of what is rarer. Claims are named graphs with provenance,
what they say stands in the knowledge, and so does what follows; that makes some 1,100 quads a document, where the
demonstration has 1,400.

Who is named is drawn by the law of Zipf and Mandelbrot: the n-th in proportion to 1 / (n + 2.7). A larger corpus tells
of a longer time, and an event is news for days, so the greatest events are as large in every corpus: some 400 times
it is told that somebody took part. Of each person, posts and words for them recur, new ones come by Heaps' law (with
the square root of how often the person is named). A body is a part of one other, and in the end of a state.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.names import Population, body, event, word
from benchmarks.writing import GRAPH, A, Said, Writing, iri
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, FOAF, ORG, SCHEMA, SCO, SKOS, TIME, XSD, digest, slug
from sco_graph.store import Generation, write_generation

PERSONS, BODIES, EVENTS, PLACES = 6, 4, 4, 1.4
"""How many different ones there are for each document."""

STATES = 40
FLAT = 2.7
"""Mandelbrot's correction of Zipf's law: the greatest are not quite that great."""

EVENTS_FOR_ONE = 600
"""So many more different events make the greatest one a share smaller: see the head."""

DISAGREEING = 0.05
"""The share of documents that give an event another day and place than the one that told of it first."""

DENIED, PLANNED, UNDATED, TERMS, PARTS, RIVALS = 0.004, 0.03, 0.1, 0.1, 0.1, 0.02
"""The shares of claims that are denied; of events that are only planned, or without a date; of posts with a time; of
events that are parts of others; and of posts that contradict the one before."""

_TITLES = "president director secretary-general minister chairman ambassador rector deputy-director".split()
_CAPACITIES = [*["attendee"] * 7, *["speaker"] * 3, "chair", "host", "organizer"]
_FIRST_DAY = date(2001, 6, 15)
_STATE = "Republic of "


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
        writing = world.document(number)
        if number == 0:
            world.standings(writing)
        if number == documents - 1:
            world.ending(writing)
        yield writing


def population(documents: int) -> dict[str, list[str]]:
    """Return the paths of the entities of each kind, those first that documents name most."""
    world = _World(documents)
    kinds = {
        "person": world.persons,
        "organization": world.bodies,
        "event": world.events,
        "place": world.places,
        "country": world.states,
    }
    return {kind: [f"id/{kind}/{slug(name)}" for name in found.names] for kind, found in kinds.items()}


class _World:
    """Who and what documents may speak of, and what has been told so far."""

    def __init__(self, documents: int) -> None:
        self._random = random.Random(documents)
        draw, events = self._random, documents * EVENTS
        self.persons = Population(draw, documents * PERSONS, lambda: f"{word(draw, 2)} {word(draw, 3)}", flat=FLAT)
        self.bodies = Population(draw, documents * BODIES, lambda: body(draw), flat=FLAT)
        self.events = Population(draw, events, lambda: event(draw), flat=events / EVENTS_FOR_ONE)
        self.places = Population(draw, round(documents * PLACES) + 1, lambda: word(draw, 3))
        self.states = Population(draw, STATES, lambda: f"{_STATE}{word(draw, 3)}")
        self._rank = {name: at for at, name in enumerate(self.bodies.names)}
        self._whole: dict[str, str] = {}  # the body or state that each body is a part of
        self._told: dict[str, tuple[str, str]] = {}  # the day and the place of each event, as first told
        self._posts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._named: Counter[str] = Counter()
        self._attested: dict[str, tuple[str, str]] = {}  # the first and the last day that tells of each membership
        self._held: dict[str, set[str]] = {}  # what the people of the document hold by it

    def document(self, number: int) -> Writing:
        """Return the document of that number."""
        writing = Writing(f"d{number:06}", str(_FIRST_DAY + timedelta(days=number % 8000)))
        meetings, bodies = self.events.draw(4), self.bodies.draw(5)
        self._held = defaultdict(set)
        self._head(writing, f"{meetings[0]} opens")
        before = ""
        for name in self.persons.draw(12):
            claim = self._post(writing, name)
            if before and self._happens(RIVALS):
                writing.infer(before, SCO.contradicts, claim)
                writing.infer(claim, SCO.contradicts, before)
            before = claim
        for name in meetings:
            self._event(writing, name)
        for name in self.persons.draw(12):
            self._participation(writing, self._person(writing, name), name, self._one_of(meetings))
        for name in bodies[:2]:
            self._participation(writing, self._body(writing, name), name, self._one_of(meetings))
        for name in self.persons.draw(5):
            self._statement(writing, name, self._one_of(bodies), self._one_of(meetings))
        for name in bodies[1:]:
            self._part(writing, name)
        return writing

    def standings(self, writing: Writing) -> None:
        """Add what the authority data tell: which states belong to the first organization, and since when."""
        organization = self._body(writing, self.bodies.names[0])
        for at, name in enumerate(self.states.names):
            node, graph = iri("affiliation", slug(name)), f"{GRAPH}authority"
            writing.say(graph, node, A, SCO.Affiliation)
            writing.say(graph, node, SCO.affiliate, self._body(writing, name))
            writing.say(graph, node, SCO.affiliatedWith, organization)
            writing.say(graph, node, SCO.standing, SCO.memberState)
            writing.say(graph, node, SCHEMA.startDate, f'"{2001 + at % 20}"^^{XSD.gYear}')

    def ending(self, writing: Writing) -> None:
        """Add what follows from all documents together: the days of memberships, and the wholes of wholes."""
        for node, (first, last) in self._attested.items():
            writing.infer(node, SCO.firstAttestedOn, f'"{first}"^^{XSD.date}')
            writing.infer(node, SCO.lastAttestedOn, f'"{last}"^^{XSD.date}')
        for name in self._whole:
            whole = self._whole.get(name)
            while whole:
                writing.infer(_body(name), ORG.transitiveSubOrganizationOf, _body(whole))
                whole = self._whole.get(whole)

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, names: list[str]) -> str:
        return self._random.choice(names)

    def _modality(self) -> str:
        return "denied" if self._happens(DENIED) else ""

    def _head(self, writing: Writing, title: str) -> None:
        writing.text = f"{title}\n\n"
        node, graph = iri("document", writing.name), f"{GRAPH}document/{writing.name}"
        writing.say(graph, node, A, SCHEMA.NewsArticle)
        for type_ in (SCHEMA.Article, SCHEMA.CreativeWork):
            writing.infer(node, A, type_)
        writing.say(graph, node, DCTERMS.term("identifier"), f'"{writing.name}"')
        writing.say(graph, node, DCTERMS.term("title"), f'"{title}"@en')
        writing.say(graph, node, DCTERMS.publisher, '"Press service"')
        writing.say(graph, node, DCTERMS.issued, f'"{writing.day}"^^{XSD.date}')

    def _body(self, writing: Writing, name: str) -> str:
        if name.startswith(_STATE):
            node = writing.thing("country", name, SCHEMA.Country, ORG.Organization)
        else:
            node = writing.thing("organization", name, ORG.Organization)
        writing.infer(node, A, FOAF.Agent)
        return node

    def _person(self, writing: Writing, name: str) -> str:
        node = writing.thing("person", name, FOAF.Person)
        writing.infer(node, A, FOAF.Agent)
        return node

    def _whole_of(self, name: str) -> str:
        """Return the state or the greater body that a body is a part of, the same each time."""
        if name not in self._whole:
            rank = self._rank[name]
            below = rank == 0 or self._happens(0.5)
            self._whole[name] = self.states.draw(1)[0] if below else self.bodies.names[self._random.randrange(rank)]
        return self._whole[name]

    def _post_of(self, name: str) -> tuple[str, str]:
        """Return a title and a body: one told before, or a new one, by Heaps' law."""
        self._named[name] += 1
        known = self._posts[name]
        if self._happens(self._named[name] ** -0.5):
            known.append((self._one_of(_TITLES), (self.states if self._happens(0.3) else self.bodies).draw(1)[0]))
        return self._random.choice(known)

    def _post(self, writing: Writing, name: str) -> str:
        title, of = self._post_of(name)
        person = self._person(writing, name)
        held = self._body(writing, of)
        role = writing.thing("role", title, ORG.Role, SKOS.Concept)
        node = iri("membership", digest([name, title, of]))
        modality = self._modality()
        post: list[Said] = [
            (node, A, ORG.Membership),
            (node, ORG.member, person),
            (node, ORG.role, role),
            (node, ORG.organization, held),
        ]
        claim = writing.claim("role", f"{name}, {title} of the {of}, was present", *post, modality=modality)
        if not modality:
            self._after_post(writing, name, post)
        return claim

    def _after_post(self, writing: Writing, name: str, post: list[Said]) -> None:
        node, (person, role, held) = post[0][0], (str(value) for _, _, value in post[1:])
        writing.infer(person, ORG.hasMembership, node)
        writing.infer(person, SCO.holdsPost, role)
        writing.infer(person, ORG.memberOf, held)
        writing.infer(held, ORG.hasMember, person)
        writing.infer(node, SCO.heldOn, f'"{writing.day}"^^{XSD.date}')
        writing.infer(node, SCO.toldOn, f'"{writing.day}"^^{XSD.date}')
        writing.infer(node, SCO.status, SCO.current)
        first, last = self._attested.get(node, (writing.day, writing.day))
        self._attested[node] = min(first, writing.day), max(last, writing.day)
        self._held[person].add(node)
        if self._happens(TERMS):
            year = int(writing.day[:4]) - self._random.randrange(4)
            during = iri("interval", f"from-{year}")
            writing.say(f"{GRAPH}document/{writing.name}", during, A, TIME.ProperInterval)
            writing.say(f"{GRAPH}document/{writing.name}", during, SCHEMA.startDate, f'"{year}"^^{XSD.gYear}')
            writing.claim("term", f"{name} has been there since {year}", *post, (node, ORG.memberDuring, during))
            writing.infer(node, SCO.notHeldOn, f'"{year + 6}-01-01"^^{XSD.date}')

    def _event(self, writing: Writing, name: str) -> None:
        if name not in self._told:
            day = "" if self._happens(UNDATED) else writing.day
            self._told[name] = (day, self.places.draw(1)[0])
        day, where = self._told[name]
        if day and self._happens(DISAGREEING):
            day, where = writing.day, self.places.draw(1)[0]
        node = writing.thing("event", name, SCHEMA.Event, SCO.Forum)
        place = writing.thing("place", where, SCHEMA.Place)
        planned = "planned" if _is_planned(name) else ""
        mark = [(node, SCO.modality, SCO.planned)] if planned else []
        if day:
            date_ = (node, SCHEMA.startDate, f'"{day}"^^{XSD.date}')
            writing.claim("event_date", f"The {name} began on {day}", date_, *mark, modality=planned)
        location = (node, SCHEMA.location, place)
        writing.claim("event_place", f"The {name} took place in {where}", location, *mark, modality=planned)
        if self._happens(PARTS):
            whole = self.events.draw(1)[0]
            above = writing.thing("event", whole, SCHEMA.Event, SCO.Forum)
            writing.claim("sub_event", f"The {name} was part of the {whole}", (node, SCHEMA.superEvent, above))
            writing.infer(above, SCHEMA.subEvent, node)
            writing.claim("theme", f"Its theme was {whole}", (node, SCO.theme, f'"{whole}"@en'))
            people = self._random.randrange(20, 24) * 10
            count = (node, SCO.attendanceCount, f'"{people}"^^{XSD.integer}')
            writing.claim("attendance", f"{people} people came to the {name}", count)

    def _participation(self, writing: Writing, who: str, name: str, at: str) -> None:
        meeting = writing.thing("event", at, SCHEMA.Event, SCO.Forum)
        capacity = self._random.choice(_CAPACITIES)
        node = iri("participation", digest([name, at, capacity]))
        modality = self._modality()
        writing.claim(
            "participation",
            f"{name} came to the {at} as {capacity}",
            (node, A, SCO.Participation),
            (node, SCO.event, meeting),
            (node, SCO.participant, who),
            (node, SCO.capacity, SCO.term(capacity)),
            modality=modality,
        )
        if not modality:
            writing.infer(who, SCO.hasParticipation, node)
            writing.infer(meeting, SCO.participation, node)
            if not _is_planned(at):
                writing.infer(who, SCO.tookPartIn, meeting)
                writing.infer(meeting, SCO.hadParticipant, who)
            for post in sorted(self._held.get(who, ())):
                writing.infer(node, SCO.asHolderOf, post)

    def _statement(self, writing: Writing, name: str, about: str, at: str) -> None:
        person = self._person(writing, name)
        said = " ".join(word(self._random, 2).lower() for _ in range(12))
        node = iri("statement", digest([name, said]))
        where = [(node, SCO.statedAt, iri("event", slug(at)))] if self._happens(0.3) else []
        writing.claim(
            "statement",
            f"{name} said that {said}",
            (node, A, SCO.Statement),
            (node, SCO.speaker, person),
            (node, SCHEMA.text, f'"{said}"@en'),
            (node, SCO.cue, '"said"@en'),
            (node, SCHEMA.mentions, self._body(writing, about)),
            *where,
        )
        writing.infer(person, SCO.statement, node)

    def _part(self, writing: Writing, part: str) -> None:
        whole = self._whole_of(part)
        below, above = self._body(writing, part), self._body(writing, whole)
        writing.claim("part_of", f"The {part} belongs to the {whole}", (below, ORG.subOrganizationOf, above))
        writing.infer(above, ORG.hasSubOrganization, below)


def _is_planned(event: str) -> bool:
    return int(digest([event]), 16) % 1000 < PLANNED * 1000


def _body(name: str) -> str:
    return iri("country" if name.startswith(_STATE) else "organization", slug(name))
