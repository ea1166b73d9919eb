"""Lines of generations: some hundred things that hang together in many ways, and names spelt in many ways."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from pathlib import Path

from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Generation, write_generation

PAIRS = Path(__file__).parents[1] / "resolve" / "pairs"
PREFIXES = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "sco": "https://w3id.org/sco-graph/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "id": f"{DEFAULT_BASE}id/",
    "graph": f"{DEFAULT_BASE}graph/",
    "claim": f"{DEFAULT_BASE}claim/",
}


def term(text: str) -> str:
    """Return a prefixed name, or a literal that starts with a quotation mark, as N-Quads have it."""
    if text.startswith('"'):
        return text
    prefix, _, local = text.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def line(*terms: str) -> bytes:
    return f"{' '.join(map(term, terms))} .\n".encode()


def written(folder: Path, name: str, lines: Iterable[bytes]) -> Generation:
    return write_generation(folder / ".sco-graph", name, sorted(set(lines)), {}, {"base": DEFAULT_BASE}, {}, [])


TOTALS = {"country": 12, "organization": 40, "place": 20, "event": 90, "role": 9, "person": 230, "document": 30}


def crowd_lines(seed: int = 7) -> list[bytes]:
    """Return things of each kind, as many as `TOTALS` says, that hang together at random."""
    crowd = _Crowd(random.Random(seed))
    crowd.bodies()
    crowd.events()
    crowd.people()
    crowd.documents()
    return crowd.lines


class _Crowd:
    def __init__(self, random_: random.Random) -> None:
        self.lines: list[bytes] = []
        self._random = random_

    def say(self, subject: str, said: dict[str, str]) -> None:
        self.lines += [line(subject, predicate, value) for predicate, value in said.items()]

    def thing(self, kind: str, number: int, name: str, *types: str) -> str:
        node = f"id:{kind}/{number}"
        for each in types:
            documents = self._random.sample(range(TOTALS["document"]), self._random.randrange(4))
            self.lines += [line(node, "a:", each), *(line(node, "a:", each, f"graph:document/{d}") for d in documents)]
        self.say(node, {"skos:prefLabel": f'"{name}"@en'})
        return node

    def some(self, kind: str) -> str:
        return f"id:{kind}/{self._random.randrange(TOTALS[kind])}"

    def bodies(self) -> None:
        for n in range(TOTALS["country"]):
            self.thing("country", n, f"State {n}", "schema:Country", "org:Organization")
        for n in range(TOTALS["organization"]):
            kind = self._random.choice(["sco:Agency", "sco:Council"])
            body = self.thing("organization", n, f"Institute {n}", "org:Organization", kind)
            above = self.some("country") if n < 20 else f"id:organization/{self._random.randrange(20)}"
            self.say(body, {"org:subOrganizationOf": above})
        for n in range(TOTALS["place"]):
            place = self.thing("place", n, f"City {n}", "schema:Place")
            self.say(place, {"schema:containedInPlace": self.some("country")})

    def events(self) -> None:
        for n in range(TOTALS["event"]):
            kind = self._random.choice(["sco:Summit", "sco:Meeting"])
            event = self.thing("event", n, f"meeting {n % 40}", "schema:Event", kind)
            day = f"{self._random.randrange(2001, 2026)}-0{self._random.randrange(1, 9)}-11"
            date = f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>'
            if n % 7:
                self.say(event, {"schema:startDate": date, "schema:location": self.some("place")})

    def people(self) -> None:
        for n in range(TOTALS["role"]):
            self.thing("role", n, f"Post {n}", "org:Role")
        for n in range(TOTALS["person"]):
            self.thing("person", n, f"{self._random.choice('Ann Bek Chu Dar'.split())} Name{n // 2}", "foaf:Person")
        for n in range(300):
            body = self.some("organization" if n % 3 else "country")
            post = {"org:member": self.some("person"), "org:role": self.some("role"), "org:organization": body}
            self.say(f"id:membership/{n}", post)
        for n in range(500):
            capacity = f"sco:{self._random.choice(['speaker', 'chair', 'attendee'])}"
            part = {"sco:participant": self.some("person"), "sco:capacity": capacity, "sco:event": self.some("event")}
            self.say(f"id:participation/{n}", part)

    def documents(self) -> None:
        for n in range(TOTALS["document"]):
            document = f"id:document/{n}"
            title, publisher = f'"Report {n}"@en', f'"Paper {n % 4}"'
            self.say(document, {"a:": "schema:NewsArticle", "dcterms:title": title, "dcterms:publisher": publisher})
            for m in range(n % 5):
                said = (f"claim:{n:04}{m}", "prov:wasDerivedFrom", f"{document}#char={m},9")
                self.lines.append(line(*said, "graph:provenance"))


def labelled(kind: str) -> dict[str, str]:
    """Return other names that people have labelled as such, each with the name that its bearer is known by."""
    known: dict[str, str] = {}
    with (PAIRS / f"{kind}s.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["verdict"] == "same":
                old, new = known.get(row["a"], row["a"]), known.get(row["b"], row["b"])
                known |= dict.fromkeys([row["a"], row["b"], *(n for n, k in known.items() if k == old)], new)
    return known
