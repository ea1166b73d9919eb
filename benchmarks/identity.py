"""Linking: how time and memory grow with the number of mentions, what one changed document costs, and how names are
compared beside a peer.

Mentions are generated: names made of syllables, drawn with Zipf's law from a population that grows with the number of
mentions, some in another spelling or order. Each size runs in a process of its own, so that its peak of memory is its
own. `again` resolves handles of documents with a memo on disk, as a build does, and once more with one of them changed.
The peer, OpenSanctions' nomenklatura, compares the labelled pairs of `tests/resolve/pairs`; it is installed into
an environment that is thrown away, unless `SCO_GRAPH_PEER` names a Python that has it.
"""

from __future__ import annotations

import csv
import gc
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.names import Population, body, event, word
from sco_graph.cache import Memos
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.extraction import Extraction, to_json
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.model import Capacity, Document, EntityType, Evidence, Mention, Referent
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.comparison import Profile, Verdict, compare
from sco_graph.resolve.memo import Stored
from sco_graph.resolve.register import Register

SIZES = (10_000, 100_000, 1_000_000)
AGAIN = (1_000, 10_000)
AGAIN_SECONDS = 6.0  # of CPU, for 10,000 documents of which one has changed
EXPONENT = 1.2
GIBIBYTES = 4.0
PAIRS = Path(__file__).resolve().parents[1] / "tests" / "resolve" / "pairs"
LABELLED = {"ours": ("persons.tsv", "organizations.tsv"), "name_bench": ("outside/name_bench.tsv",)}
PEER = Path(__file__).with_name("peer_nomenklatura.py")

_PERSONS, _BODIES, _EVENTS = 12, 4, 3  # mentions in a document, beside one of a state; a name counts once


def measure() -> dict[str, object]:
    """Return seconds and peak memory of each size, the exponent of growth, and both sides' figures on the pairs."""
    runs = [_run("link", size) for size in SIZES]
    first, last = runs[0], runs[-1]
    exponent = math.log(last["seconds"] / first["seconds"]) / math.log(last["mentions"] / first["mentions"])
    gibibytes = last["peak_megabytes"] / 1024
    again = [_run("again", documents) for documents in AGAIN]
    return {
        "runs": runs,
        "exponent": round(exponent, 3),
        "bound": EXPONENT,
        "peak_gibibytes": round(gibibytes, 2),
        "memory_bound": GIBIBYTES,
        "one_changed": again,
        "one_changed_bound": AGAIN_SECONDS,
        "pairs": _side_by_side(),
        "kept": exponent <= EXPONENT and gibibytes < GIBIBYTES and again[-1]["again_seconds"] <= AGAIN_SECONDS,
    }


def _run(what: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.identity", what, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def link(size: int) -> dict[str, float]:
    """Return what it takes to link `size` generated mentions: CPU seconds, with those of generating them beside."""
    start = time.process_time()
    extractions = list(generate(size))
    made = time.process_time()
    gc.collect()
    gc.freeze()  # what was generated is not ours to be measured with
    begun = time.process_time()
    found = resolve(extractions, Authority(), Register(), DEFAULT_BASE)
    ended = time.process_time()
    return {
        "mentions": sum(len(e.referents) for e in extractions),
        "entities": len(found.entities),
        "undecided": len(found.undecided),
        "generating_seconds": round(made - start, 2),
        "seconds": round(ended - begun, 2),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def again(documents: int) -> dict[str, float]:
    """Return what it takes to resolve so many documents, and once more when one has changed: CPU seconds."""
    world, register = _World(documents), Register()
    with tempfile.TemporaryDirectory() as place, Memos(Path(place), "benchmark") as memo:

        def run(changed: int | None) -> tuple[float, float]:
            given = (world.stored(number, number == changed) for number in range(documents))
            start = time.process_time()
            found = resolve(given, Authority(), register, DEFAULT_BASE, memo=memo)
            done = time.process_time()
            for number in range(documents):
                found.digest(f"d{number:06}")
            return round(done - start, 2), round(time.process_time() - done, 2)

        (first, _), decoded = run(None), world.decoded
        seconds, digests = run(documents // 2)
    return {
        "documents": documents,
        "first_seconds": first,
        "again_seconds": seconds,
        "digests_seconds": digests,
        "decoded_again": world.decoded - decoded,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


class _World:
    """Documents made one by one, by their numbers: 30 referents in each, five of them events without a name."""

    def __init__(self, documents: int) -> None:
        draw = self._random = random.Random(documents)
        self._persons = Population(draw, documents, lambda: f"{word(draw, 2)} {word(draw, 3)}", _respelt)
        self._bodies = Population(draw, documents // 2, lambda: body(draw))
        self._events = Population(draw, documents // 4, lambda: event(draw))
        self.decoded = 0

    def stored(self, number: int, changed: bool) -> Stored:
        return Stored(f"{number} {changed}", lambda: to_json(self._document(number, changed)))

    def _document(self, number: int, changed: bool) -> Extraction:
        self.decoded += 1
        self._random.seed(2 * number + changed)
        drawn = self._persons.draw(15), self._bodies.draw(6), self._events.draw(3)
        made = _document(f"d{number:06}", *drawn, f"State {number % 40}")
        agents = [claim.agent for claim in made.claims if isinstance(claim, Participation)]
        referents, claims = list(made.referents), list(made.claims)
        for at in range(5):
            one, other = self._random.sample(agents, 2)
            label = f"meeting of {one.text} and {other.text}"
            referents.append(Referent(f"event@m{at}", EntityType.EVENT, None, label))
            met = Mention(0, 0, "met", EntityType.EVENT, f"event@m{at}", named=False)
            day = f"{2004 + number % 20}-{1 + at:02}-{1 + number % 28:02}"
            here = Evidence(made.document.id, 0, 0)
            claims.append(EventDate(evidence=here, rule="event_date/bench", event=met, first=day, last=day))
            claims += [
                Participation(
                    evidence=here, rule="participation/bench", event=met, agent=agent, capacity=Capacity.ATTENDEE
                )
                for agent in (one, other)
            ]
        return Extraction(made.document, tuple(referents), tuple(claims), ())


def generate(size: int) -> Iterator[Extraction]:
    """Yield documents with `size` mentions together, the same at every call."""
    random_ = random.Random(size)
    persons = Population(random_, size // 10, lambda: f"{word(random_, 2)} {word(random_, 3)}", _respelt)
    bodies = Population(random_, size // 50, lambda: body(random_), lambda name: name)
    events = Population(random_, size // 50, lambda: event(random_), lambda name: name)
    states = [word(random_, 3) for _ in range(40)]
    number = mentions = 0
    while mentions < size:
        drawn = persons.draw(_PERSONS), bodies.draw(_BODIES), events.draw(_EVENTS)
        yield _document(f"d{number:06}", *drawn, random_.choice(states))
        number, mentions = number + 1, mentions + sum(map(len, drawn)) + 1


def _respelt(name: str) -> str:
    given, family = name.split()
    other = {"sh": "sch", "kh": "h", "j": "zh"}
    for old, new in other.items():
        if old in family:
            return f"{given} {family.replace(old, new)}"
    return f"{family.upper()} {given}"


def _document(id_: str, persons: list[str], bodies: list[str], events: list[str], state: str) -> Extraction:
    document = Document(id_, id_, "", "0" * 64, id_, "2024-07-04")
    evidence = Evidence(id_, 0, 0)
    names = (
        [(EntityType.PERSON, n) for n in persons]
        + [(EntityType.ORGANIZATION, n) for n in bodies]
        + [(EntityType.EVENT, n) for n in events]
        + [(EntityType.COUNTRY, state)]
    )
    referents = [Referent(f"{type_}@{at}", type_, name) for at, (type_, name) in enumerate(names)]
    mentions = [Mention(0, 0, r.name or "", r.type, r.id) for r in referents]
    people, rest = mentions[: len(persons)], mentions[len(persons) :]
    posts, meetings = rest[: len(bodies)], rest[len(bodies) : -1]
    claims: list[Role | EventDate | Participation] = []
    for at, person in enumerate(people):
        if at % 2:
            claims.append(
                Participation(
                    evidence=evidence,
                    rule="participation/bench",
                    event=meetings[at % len(meetings)],
                    agent=person,
                    capacity=Capacity.ATTENDEE,
                )
            )
        else:
            body = posts[at % len(posts)]
            claims.append(
                Role(evidence=evidence, rule="role/bench", person=person, title="director", organization=body)
            )
    return Extraction(document, tuple(referents), tuple(claims), ())


def _pairs(files: tuple[str, ...]) -> list[dict[str, str]]:
    found = []
    for name in files:
        with (PAIRS / name).open(encoding="utf-8") as file:
            found += list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return found


def _side_by_side() -> dict[str, object]:
    labelled = {name: _pairs(files) for name, files in LABELLED.items()}
    with tempfile.TemporaryDirectory() as place:
        try:
            python = os.environ.get("SCO_GRAPH_PEER") or _installed(Path(place))
            theirs = {name: _peer(pairs, python) for name, pairs in labelled.items()}
        except (OSError, subprocess.SubprocessError) as error:
            theirs = {name: {"not_compared": f"could not be installed or run: {error}"} for name in labelled}
    return {
        name: {"pairs": len(pairs), "sco_graph": _ours(pairs), "nomenklatura": theirs[name]}
        for name, pairs in labelled.items()
    }


def _ours(pairs: list[dict[str, str]]) -> dict[str, object]:
    start = time.process_time()
    verdicts = [
        compare(Profile("a", EntityType(p["type"]), (p["a"],)), Profile("b", EntityType(p["type"]), (p["b"],))).verdict
        for p in pairs
    ]
    seconds = time.process_time() - start
    return {
        "merged": _quality(pairs, [v is Verdict.SAME for v in verdicts]),
        "merged_or_asked": _quality(pairs, [v is not Verdict.DIFFERENT for v in verdicts]),
        "microseconds_a_pair": round(seconds / len(pairs) * 1e6),
    }


def _quality(pairs: list[dict[str, str]], taken: list[bool]) -> dict[str, float]:
    same = [p["verdict"] == "same" for p in pairs]
    both = sum(s and t for s, t in zip(same, taken, strict=True))
    precision, recall = both / max(1, sum(taken)), both / sum(same)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def _peer(pairs: list[dict[str, str]], python: str) -> dict[str, object]:
    done = subprocess.run(
        [python, str(PEER)], input=json.dumps(pairs), check=True, capture_output=True, text=True, timeout=600
    )
    found = json.loads(done.stdout)
    return {
        "version": f"{found['version']}, logic-v2, threshold {found['threshold']}",
        "matched": _quality(pairs, [score >= found["threshold"] for score in found["scores"]]),
        "microseconds_a_pair": round(found["seconds"] / len(pairs) * 1e6),
    }


def _installed(place: Path) -> str:
    venv.create(place / "peer", with_pip=True)
    python = str(place / "peer" / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "nomenklatura"], check=True, capture_output=True, timeout=900
    )
    return python


if __name__ == "__main__":
    print(json.dumps({"link": link, "again": again}[sys.argv[1]](int(sys.argv[2]))))
