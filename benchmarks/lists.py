"""Lists, facets and search at 100,000 things: how long the pages take, and what the index behind them costs.

The generation is generated: names made of syllables, in the proportions of a corpus of news. Requests go through the
application, without a network, one after the other, and their CPU time counts, since what else the machine does can
only add. Names are searched as they are, by a part, and with one or two letters wrong.
"""

from __future__ import annotations

import asyncio
import csv
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx

from benchmarks.names import BODIES, SYLLABLES
from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.searching import search
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.serve import app
from sco_graph.store import Generation, current

SIZE = 100_000
MILLISECONDS = 50.0
REQUESTS = 200
PAIRS = Path(__file__).resolve().parents[1] / "tests" / "resolve" / "pairs"
SEED = 20240704
GENERATION = "generated"

_SHARES = {"country": 150, "document": 8_000, "event": 25_000, "organization": 12_000, "person": 50_000}
_SHARES |= {"place": 1_850, "role": 3_000}
_EVENTS = {"Summit": "summit", "Forum": "forum", "CouncilMeeting": "council meeting", "Briefing": "briefing"}
_A, _SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#"
_CAPACITIES = "speaker chair attendee host organizer signatory".split()
_TYPES = {
    "country": ("https://schema.org/Country", "http://www.w3.org/ns/org#Organization"),
    "document": ("https://schema.org/NewsArticle",),
    "event": ("https://schema.org/Event",),
    "organization": ("http://www.w3.org/ns/org#Organization",),
    "person": ("http://xmlns.com/foaf/0.1/Person",),
    "place": ("https://schema.org/Place",),
    "role": ("http://www.w3.org/ns/org#Role",),
}


def measure() -> dict[str, object]:
    """Return the cost of the index, and of each kind of request the 95th percentile in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / ".sco-graph"
        generate(state, SIZE)
        built = _apart("build", state)
        served = _apart("ask", state)
    slowest = max(served["p95_cpu_milliseconds"].values())
    return {
        **built,
        **served,
        "bound_milliseconds": MILLISECONDS,
        "kept": slowest <= MILLISECONDS,
    }


def _apart(what: str, state: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.lists", what, str(state)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def build(state: Path) -> dict[str, object]:
    """Return what it takes to make the index."""
    generation = current(state)
    start = time.process_time()
    totals = catalogue(generation).totals
    seconds = time.process_time() - start
    size = sum(path.stat().st_size for path in (state / "catalogues").iterdir())
    return {
        "things": sum(totals.values()),
        "quads": sum(1 for _ in generation.lines()),
        "index_cpu_seconds": round(seconds, 1),
        "index_peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "index_megabytes": round(size / 1e6),
    }


def ask(state: Path) -> dict[str, object]:
    """Return the 95th percentile of each kind of request, and how often a misspelt name is found."""
    generation, random_ = current(state), random.Random(SEED)
    found = catalogue(generation)
    names = [item.name for item in found.items(random_.sample(range(sum(found.totals.values())), REQUESTS))]
    figures = asyncio.run(_requests(state, random_, names))
    return {
        "p95_cpu_milliseconds": figures,
        "serving_peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **_hits(generation, random_, names),
    }


async def _requests(state: Path, random_: random.Random, names: list[str]) -> dict[str, float]:
    transport = httpx.ASGITransport(app=app(state))
    figures = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
        for what, make in _addresses(state, random_, names).items():
            taken = []
            for number in range(REQUESTS):
                address = make(number)
                start = time.process_time()
                answer = await client.get(address, headers={"Accept": "text/html"})
                taken.append((time.process_time() - start) * 1000)
                assert answer.status_code == 200, (address, answer.text[:500])
            figures[what] = round(statistics.quantiles(taken, n=20)[-1], 1)
    return figures


def _addresses(state: Path, random_: random.Random, names: list[str]) -> dict[str, Callable[[int], str]]:
    found = catalogue(current(state))
    kinds = [kind for kind in KINDS if found.totals[kind] > 1000]
    values = {
        (kind, facet): [
            row[0] for row in found.rows("SELECT key FROM value WHERE kind = ? AND facet = ? LIMIT 500", (kind, facet))
        ]
        for kind in kinds
        for facet in KINDS[kind].facets
    }
    faceted = [pair for pair, keys in values.items() if keys]

    def some_page(number: int) -> str:
        kind = kinds[number % len(kinds)]
        return f"/browse/{kind}?page={random_.randrange(1, found.totals[kind] // 100)}"

    def last_page(number: int) -> str:
        kind = kinds[number % len(kinds)]
        sort = random_.choice(KINDS[kind].sorts)
        return f"/browse/{kind}?page={-(-found.totals[kind] // 100)}&sort={sort}"

    def facet_page(number: int) -> str:
        kind, facet = faceted[number % len(faceted)]
        keys = random_.sample(values[kind, facet], min(len(values[kind, facet]), random_.choice((1, 1, 2))))
        return f"/browse/{kind}?" + "&".join(f"{facet}={quote(key)}" for key in sorted(keys))

    return {
        "list page": some_page,
        "last page": last_page,
        "facet page": facet_page,
        "filtered list": lambda n: f"/browse/{kinds[n % len(kinds)]}?q={quote(names[n][:5].strip())}",
        "search, exact": lambda n: f"/search?q={quote(names[n])}",
        "search, misspelt": lambda n: f"/search?q={quote(misspelt(names[n], random_))}",
        "suggest": lambda n: f"/suggest?q={quote(names[n][: 1 + n % 9])}",
        "start page": lambda _: "/",
    }


def _hits(generation: Generation, random_: random.Random, names: list[str]) -> dict[str, object]:
    """Return the share of names found first, and among the first five: misspelt ones, and labelled other spellings."""
    found = catalogue(generation)

    def shares(pairs: list[tuple[str, str]]) -> dict[str, float]:
        hits = [([hit.item.name for hit in search(found, asked, most=5)], name) for asked, name in pairs]
        first, among = sum(h[:1] == [name] for h, name in hits), sum(name in h for h, name in hits)
        return {"at_1": round(first / len(pairs), 3), "at_5": round(among / len(pairs), 3)}

    wrong = {f"hits_with_{n}_errors": shares([(misspelt(name, random_, n), name) for name in names]) for n in (0, 1, 2)}
    return wrong | {
        f"hits_of_labelled_{kind}s": shares([pair for pair in pairs.items() if len(set(pair)) > 1])
        for kind, pairs in labelled().items()
    }


def misspelt(name: str, random_: random.Random, errors: int = 1) -> str:
    """Return `name` with letters left out, doubled, swapped or exchanged, none of them a digit."""
    letters = list(name)
    for _ in range(errors):
        places = [i for i, c in enumerate(letters[:-1]) if c.isalpha() and letters[i + 1].isalpha()]
        at = random_.choice(places)
        match random_.randrange(4):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, letters[at])
            case 2:
                letters[at : at + 2] = letters[at + 1], letters[at]
            case 3:
                letters[at] = random_.choice("abcdefghijklmnopqrstuvwxyz")
    return "".join(letters)


def generate(state: Path, size: int) -> None:
    """Write a generation with about `size` things; it has no store and no texts, which lists do without."""
    folder = state / "generations" / GENERATION
    for part in ("texts", "store"):
        (folder / part).mkdir(parents=True)
    for name in ("manifest", "report", "build"):
        (folder / f"{name}.json").write_text(json.dumps({"base": DEFAULT_BASE, "counts": {"quads": 0}}))
    with (folder / "graph.nq").open("w", encoding="utf-8") as file:
        file.writelines(_lines(random.Random(SEED), {kind: n * size // 100_000 for kind, n in _SHARES.items()}))
    (state / "current").write_text(GENERATION)


def _lines(random_: random.Random, totals: dict[str, int]) -> Iterator[str]:
    """Yield the lines of all subjects, those about one subject together and in order."""
    pick = {kind: _picker(random_, kind, total) for kind, total in totals.items()}
    for number in range(totals["document"] * 40):
        yield from _claim(number, pick["document"]())
    for kind, total in totals.items():
        for number in range(total):
            yield from _about(f"{DEFAULT_BASE}id/{kind}/{kind}-{number}", _thing(random_, kind, pick), pick["document"])
    for kind, names in labelled().items():
        for number, name in enumerate(dict.fromkeys(names.values())):
            said = [(_A, f"<{_TYPES[kind][0]}>"), (f"{_SKOS}prefLabel", json.dumps(name, ensure_ascii=False))]
            yield from _about(f"{DEFAULT_BASE}id/{kind}/labelled-{number}", said, pick["document"])
    for number in range(totals["person"] * 3 // 2):
        node = {"org#member": pick["person"](), "org#role": pick["role"](), "org#organization": pick["organization"]()}
        said = {f"http://www.w3.org/ns/{name}": f"<{value}>" for name, value in node.items()}
        yield from _about(f"{DEFAULT_BASE}id/membership/{number}", list(said.items()), pick["document"])
    sco = "https://w3id.org/sco-graph/ontology#"
    for number in range(totals["person"] * 4):
        said = {
            f"{sco}participant": f"<{pick['person']()}>",
            f"{sco}capacity": f"<{sco}{random_.choice(_CAPACITIES)}>",
            f"{sco}event": f"<{pick['event']()}>",
        }
        yield from _about(f"{DEFAULT_BASE}id/participation/{number}", list(said.items()), pick["document"])


def labelled() -> dict[str, dict[str, str]]:
    """Return spellings of names that are labelled as names of one bearer, by kind: each with the one it is known by."""
    found = {}
    for kind in ("person", "organization"):
        with (PAIRS / f"{kind}s.tsv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["verdict"] == "same"]
        known: dict[str, str] = {}
        for a, b in ((row["a"], row["b"]) for row in rows):
            old, new = known.get(a, a), known.get(b, b)
            known |= dict.fromkeys([a, b, *(n for n, k in known.items() if k == old)], new)
        found[kind] = known
    return found


def _picker(random_: random.Random, kind: str, total: int) -> Callable[[], str]:
    """Return a choice among the things of a kind, the first of which are chosen more often."""
    return lambda: f"{DEFAULT_BASE}id/{kind}/{kind}-{int(total * random_.random() ** 2)}"


def _thing(random_: random.Random, kind: str, pick: dict[str, Callable[[], str]]) -> list[tuple[str, str]]:
    schema, sco = "https://schema.org/", "https://w3id.org/sco-graph/ontology#"
    said = [(_A, f"<{iri}>") for iri in _TYPES[kind]]
    day = f'"{random_.randrange(2001, 2026)}-{random_.randrange(1, 13):02}-{random_.randrange(1, 29):02}"'
    if kind == "document":
        dcterms = "http://purl.org/dc/terms/"
        title = " ".join(word(random_, 3) for _ in range(6)).capitalize()
        publisher = f'"{word(random.Random(random_.randrange(40)), 2).capitalize()} News"'
        date = f"{day}^^<http://www.w3.org/2001/XMLSchema#date>"
        said += [(f"{dcterms}title", f'"{title}"@en'), (f"{dcterms}issued", date), (f"{dcterms}publisher", publisher)]
        return [*said, (f"{dcterms}language", '"en"')]
    name = word(random_, 3).capitalize()
    match kind:
        case "person":
            name = f"{word(random_, 2).capitalize()} {word(random_, 3).capitalize()}"
            said.append((f"{_SKOS}altLabel", f'"{name.split()[1]}"@en'))
        case "organization":
            what = random_.choice(BODIES)
            name = f"{what} of {word(random_, 2).capitalize()} {word(random_, 3).capitalize()}"
            said += [(_A, f"<{sco}{what}>"), ("http://www.w3.org/ns/org#subOrganizationOf", f"<{pick['country']()}>")]
        case "event":
            what, words = random_.choice(list(_EVENTS.items()))
            name = f"{random_.randrange(1, 30)}th {words} of {word(random_, 3).capitalize()}"
            date = f"{day}^^<http://www.w3.org/2001/XMLSchema#date>"
            said += [
                (_A, f"<{sco}{what}>"),
                (f"{schema}startDate", date),
                (f"{schema}location", f"<{pick['place']()}>"),
            ]
            said.append((f"{_SKOS}altLabel", f'"{words} in {name.split()[-1]}"@en'))
        case "place":
            said.append((f"{schema}containedInPlace", f"<{pick['country']()}>"))
    return [*said, (f"{_SKOS}prefLabel", f'"{name}"@en')]


def _about(subject: str, said: list[tuple[str, str]], document: Callable[[], str]) -> list[str]:
    """Return the lines that say this in the knowledge, in a claim's graph and in that of a document or two."""
    graphs = ["", f" <{DEFAULT_BASE}claim/{hash_of(subject)}>"]
    graphs += [f" <{document().replace('/id/', '/graph/')}>" for _ in range(1 + len(said) % 2)]
    return sorted({f"<{subject}> <{predicate}> {value}{graph} .\n" for predicate, value in said for graph in graphs})


def _claim(number: int, document: str) -> list[str]:
    subject = f"{DEFAULT_BASE}claim/{number:012x}"
    source = f"<http://www.w3.org/ns/prov#wasDerivedFrom> <{document}#char={number},{number + 20}>"
    rule = '<https://w3id.org/sco-graph/ontology#rule> "role/by-hand"'
    return [f"<{subject}> {said} <{DEFAULT_BASE}graph/provenance> .\n" for said in (source, rule)]


def hash_of(subject: str) -> str:
    return subject.rpartition("/")[2]


def word(random_: random.Random, syllables: int) -> str:
    """Return a word of so many syllables."""
    return "".join(random_.choices(SYLLABLES, k=syllables))


if __name__ == "__main__":
    print(json.dumps({"build": build, "ask": ask}[sys.argv[1]](Path(sys.argv[2]))))
