"""Whatever becomes of a project, a build gives what a build from nothing would: laws, tried on random histories."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from extractions import Sample
from sco_graph import pipeline
from sco_graph.cache import Cache, bundles
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import to_json
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.role import Role
from sco_graph.claims.term import Term
from sco_graph.errors import InputsInvalid
from sco_graph.model import Capacity, EntityType, Modality
from sco_graph.pipeline import difference
from sco_graph.pipeline.compiling import key_of, origin_of
from sco_graph.project import load_project
from sco_graph.read import load

PERSONS = ("Zhang Ming", "ZHANG Ming", "Li", "Alexander Lukashenko", "Aleksandr Lukashenko", "Nawaz Sharif")
BODIES = ("SCO Secretariat", "Secretariat of the SCO", "Ministry of Culture", "Executive Committee of RATS", "RATS")
STATES = {"Kazakhstan": "KZ", "China": "CN", "Pakistan": "PK"}
EVENTS = ("24th meeting of the SCO Council of Heads of State", "SCO Forum", "2024 SCO Summit", "forum")
PLACES = ("Astana", "Tashkent")
TITLES = ("President", "Foreign Minister", "foreign minister", "Secretary-General", "Director")
DAYS = ("2017-06-08", "2023-07-04", "2024-07-03", "2024-07-04", "2024-07", "2024")
ISSUED = ("2018-01-01", "2023-07-05", "2024-07-05", "2026-01-31")
TENURES = (None, None, "former", "acting", "incoming")
MODALITIES = (*(Modality.ASSERTED,) * 3, Modality.PLANNED, Modality.DENIED)
AUTHORITY = (
    '<https://w3id.org/sco-graph/id/person/zhang-ming> a foaf:Person ; skos:prefLabel "Zhang Ming"@en .',
    '<https://w3id.org/sco-graph/id/organization/forum-fund> a org:Organization ; skos:prefLabel "Forum Fund"@en .',
    '<https://w3id.org/sco-graph/id/role/director> a org:Role ; skos:prefLabel "Director-General"@en .',
)
PREFIXES = (
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    "@prefix org: <http://www.w3.org/ns/org#> .\n"
)
ACCEPTED_TWICE = [("accept", 0), ("sign anew", "2026-02-01")]
SIGNED = "  author: A reader\n  date: 2026-01-31\n  reason: as the documents say\n"

_modality = st.sampled_from(MODALITIES)
_bodies = st.sampled_from((*BODIES, *STATES))
_persons, _titles, _events = st.sampled_from(PERSONS), st.sampled_from(TITLES), st.sampled_from(EVENTS)
_starts, _ends = st.sampled_from((None, "2019", "2023-07-01")), st.sampled_from((None, "2024-01", "2025"))
_facts = st.one_of(
    st.tuples(st.just("role"), _persons, _titles, _bodies, st.sampled_from(TENURES), _modality),
    st.tuples(st.just("term"), _persons, _titles, _bodies, _starts, _ends),
    st.tuples(st.just("takes part"), _persons, _events, _modality),
    st.tuples(st.just("date"), _events, st.sampled_from(DAYS), st.sampled_from(DAYS), _modality),
    st.tuples(st.just("place"), _events, st.sampled_from(PLACES)),
    st.tuples(st.just("part of"), st.sampled_from(BODIES), _bodies),
)
_contents = st.tuples(st.sampled_from(ISSUED), st.lists(_facts, min_size=1, max_size=4).map(tuple))
_names = st.sampled_from([f"d{number:03}" for number in range(6)])
_steps = st.one_of(
    st.tuples(st.just("write"), _names, _contents),
    st.tuples(st.just("write"), _names, _contents),
    st.tuples(st.just("remove"), _names),
    st.tuples(st.just("rename"), _names, _names),
    st.tuples(st.just("authority"), st.sets(st.sampled_from(range(len(AUTHORITY))), max_size=2)),
    st.tuples(st.just("reject"), st.integers(0, 30)),
    st.tuples(st.just("accept"), st.integers(0, 30)),
    st.tuples(st.just("same"), st.integers(0, 30), st.integers(0, 30)),
    st.tuples(st.just("sign anew"), st.sampled_from(("2026-02-01", "2026-02-02"))),
    st.tuples(st.just("no decisions")),
    st.tuples(st.just("base"), st.sampled_from(("https://w3id.org/sco-graph/", "https://example.org/"))),
)


def extraction(name, issued, facts):
    """Return what a document would give that says `facts`, each a tuple of what it says and of what."""
    names = {*PERSONS, *BODIES, *STATES, *EVENTS, *PLACES}
    said = {word for fact in facts for word in fact[1:] if word in names}
    sample = Sample(name, ". ".join(sorted(said, key=lambda n: (len(n), n))), issued)

    def mention(words):
        if words in STATES:
            return sample.name(words, EntityType.COUNTRY, code=STATES[words])
        return sample.name(words, EntityType.ORGANIZATION if words in BODIES else EntityType.PLACE)

    for what, first, *rest in facts:
        told = {"evidence": sample.evidence(), "rule": f"{what.replace(' ', '_')}/test"}
        if what == "role":
            title, body, tenure, modality = rest
            title = f"{tenure} {title}" if tenure == "former" else title
            person = sample.name(first, EntityType.PERSON)
            sample.claims.append(
                Role(**told, modality=modality, person=person, title=title, organization=mention(body), tenure=tenure)
            )
        elif what == "term" and (rest[2] or rest[3]):
            title, body, begin, end = rest
            person = sample.name(first, EntityType.PERSON)
            post = {"person": person, "title": title, "organization": mention(body)}
            sample.claims += [Role(**told, **post), Term(**told, **post, first=begin, last=end)]
        elif what == "takes part":
            sample.name(rest[0], EntityType.EVENT)
            sample.participation(first, rest[0], Capacity.ATTENDEE, rest[1])
        elif what == "date":
            sample.date(first, rest[0], rest[1], rest[2])
        elif what == "place":
            event = sample.name(first, EntityType.EVENT)
            sample.claims.append(EventPlace(**told, event=event, place=mention(rest[0])))
        elif what == "part of" and first != rest[0]:
            sample.claims.append(PartOf(**told, child=mention(first), parent=mention(rest[0])))
    sample.claims.sort(key=lambda claim: claim.kind)
    return sample.extraction()


@dataclass
class History:
    """A project that changes, and what was built of it."""

    directory: Path

    def __post_init__(self):
        pipeline.init(self.directory)
        self.base = "https://w3id.org/sco-graph/"
        self.documents = {}
        self.claims = []
        self.paths = []

    def step(self, what, *rest):
        if what == "write":
            self.documents[rest[0]] = rest[1]
        elif what == "remove":
            self.documents.pop(rest[0], None)
        elif what == "rename" and rest[0] in self.documents:
            self.documents[rest[1]] = self.documents.pop(rest[0])
        elif what == "authority":
            lines = [AUTHORITY[number] for number in sorted(rest[0])]
            (self.directory / "authority" / "mine.ttl").write_text(PREFIXES + "\n".join(lines))
        elif what == "base":
            self.base = rest[0]
        else:
            self._decisions(what, *rest)

    def _decisions(self, what, *rest):
        if what in ("reject", "accept") and self.claims:
            self._decide(f"- {what}: claim/{self.claims[rest[0] % len(self.claims)]}\n")
        elif what == "same" and self.paths:
            one, other = (self.paths[number % len(self.paths)] for number in rest)
            if one != other and one.split("/")[1] == other.split("/")[1]:
                self._decide(f"- same: [{one}, {other}]\n")
        elif what == "sign anew" and (file := self.directory / "decisions" / "mine.yaml").exists():
            file.write_text(re.sub("date: .*", f"date: {rest[0]}", file.read_text()))
        elif what == "no decisions":
            (self.directory / "decisions" / "mine.yaml").unlink(missing_ok=True)

    def _decide(self, decision):
        with (self.directory / "decisions" / "mine.yaml").open("a") as file:
            file.write(decision + SIGNED)

    def build(self, directory):
        """Build the project as it is now in `directory`; return all that a build gives, in bytes."""
        (directory / "sco-graph.toml").write_text(f'[project]\nname = "p"\nbase = "{self.base}"\n')
        shutil.rmtree(directory / "documents")
        (directory / "documents").mkdir()
        project = load_project(directory)
        with Cache(project.state / "cache") as cache:
            for name, (issued, facts) in self.documents.items():
                path = directory / "documents" / f"{name}.md"
                path.write_text(json.dumps([issued, facts]))
                source = load(path, path.name)
                found = extraction(name, issued, facts)
                document = msgspec.structs.replace(found.document, content_hash=source.content_hash)
                data = to_json(replace(found, document=document))
                cache.put(key_of(origin_of(source, project.pipeline)), data, path.name, {})
        try:
            generation = pipeline.build(project, workers=1).generation
        except InputsInvalid as error:
            return {"error": str(error).encode()}
        names = ("graph/index.json", "texts/index.json", "manifest.json", "report.json", "build.json", "SHA256SUMS")
        told = {name: (generation.path / name).read_bytes() for name in names}
        told["lines"] = b"".join(generation.lines())
        told["store"] = b"".join(sorted(f"{quad} .\n".encode() for quad in generation.store()))
        told["identifiers"] = (directory / "identifiers.tsv").read_bytes()
        return told

    def note(self, told):
        """Take note of the claims and identifiers that a build gave, for decisions to speak of."""
        if "error" in told:
            return
        rows = told["identifiers"].decode().splitlines()[1:]
        self.paths = sorted({row.split("\t")[0] for row in rows})
        self.claims = sorted(
            {line.split(b"/claim/")[1][:12].decode() for line in told["lines"].splitlines() if b"/claim/" in line}
        )


@settings(
    max_examples=int(os.environ.get("SCO_GRAPH_HISTORIES", "8")),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failing history smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@example([("d000", (ISSUED[0], (("date", EVENTS[0], DAYS[0], DAYS[0], Modality.ASSERTED),)))], ACCEPTED_TWICE)
@given(st.lists(st.tuples(_names, _contents), min_size=3, max_size=6), st.lists(_steps, min_size=1, max_size=5))
def test_a_build_equals_one_from_nothing_whatever_became_of_the_project_before(tmp_path_factory, documents, steps):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(difference, "_PART", 1)
        folder = tmp_path_factory.mktemp("history")
        history = History(folder / "p")
        for name, content in documents:
            history.step("write", name, content)
        history.note(history.build(history.directory))
        for step in steps:
            history.step(*step)
            fresh = folder / "fresh"
            shutil.copytree(history.directory, fresh, ignore=shutil.ignore_patterns(".sco-graph"))
            patch.setattr(bundles, "SIZE", 1)
            grown = history.build(history.directory)
            patch.setattr(bundles, "SIZE", 128)
            whole = history.build(fresh)
            assert grown.keys() == whole.keys(), step
            for name, content in whole.items():
                assert grown[name] == content, (step, name)
            history.note(grown)
            shutil.rmtree(fresh)
        shutil.rmtree(folder)
