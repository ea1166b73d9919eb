from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sco_graph import pipeline, store
from sco_graph.cache import Cache
from sco_graph.claims.extraction import from_json, to_json
from sco_graph.errors import EvidenceBroken, NotBuilt, ProjectInvalid
from sco_graph.export import WRITERS
from sco_graph.pipeline.compiling import key_of, origin_of
from sco_graph.project import load_project
from sco_graph.read import load

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
SOME = ("d001", "d004", "d009", "d016")
PROGRAM = [sys.executable, "-c", "from sco_graph.cli import main; main()"]


def make_project(directory: Path, names: tuple[str, ...] = SOME) -> Path:
    pipeline.init(directory)
    for name in names:
        shutil.copy(DOCUMENTS / f"{name}.md", directory / "documents")
    return directory


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=env, check=False)


def built(directory: Path) -> store.Generation:
    return pipeline.build(load_project(directory), workers=1).generation


def everything(directory: Path, target: Path) -> dict[str, bytes]:
    """Return the bytes of all that a project offers: the generation's files and every export."""
    generation = store.current(load_project(directory).state)
    names = ("graph/index.json", "texts/index.json", "manifest.json", "report.json", "build.json", "SHA256SUMS")
    found = {name: (generation.path / name).read_bytes() for name in names}
    for name in WRITERS:
        pipeline.export(load_project(directory), name, "knowledge", target / name)
        found[name] = (target / name).read_bytes()
    found["identifiers"] = (directory / "identifiers.tsv").read_bytes()
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    directory = make_project(tmp_path_factory.mktemp("project") / "p")
    built(directory)
    return directory


def test_hash_seed_workers_and_file_order_do_not_change_a_byte(tmp_path):
    results = []
    for number, names in enumerate((SOME, SOME[::-1])):
        directory = make_project(tmp_path / f"p{number}" / "project", names)
        outcome = run("build", "--project", str(directory), "--workers", str(number + 1), PYTHONHASHSEED=str(number))
        assert outcome.returncode == 0, outcome.stderr
        (tmp_path / f"out{number}").mkdir()
        results.append(everything(directory, tmp_path / f"out{number}"))
    for name, content in results[0].items():
        assert content == results[1][name], name


def test_an_incremental_build_equals_a_full_one(tmp_path):
    grown = make_project(tmp_path / "a" / "project", SOME[:2])
    built(grown)
    for name in SOME[2:]:
        shutil.copy(DOCUMENTS / f"{name}.md", grown / "documents")
    second = pipeline.build(load_project(grown), workers=1)
    assert second.reused == 2
    whole = make_project(tmp_path / "b" / "project")
    # The register is an input: what was published under one name first, keeps it.
    shutil.copy(grown / "identifiers.tsv", whole)
    assert list(second.generation.lines()) == list(built(whole).lines())


def test_removing_a_document_removes_what_only_it_said_and_no_identifier(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:2])
    built(directory)
    before = (directory / "identifiers.tsv").read_text()
    (directory / "documents" / "d004.md").unlink()
    lines = set(built(directory).lines())
    assert not any(b"d004" in line for line in lines)
    alone = make_project(tmp_path / "alone", SOME[:1])
    assert lines == set(built(alone).lines())
    assert (directory / "identifiers.tsv").read_text() == before


def test_a_build_of_the_same_input_changes_nothing(project):
    again = pipeline.build(load_project(project), workers=1)
    assert (again.reused, again.released) == (len(SOME), False)


def test_a_build_makes_no_index_of_lists(project):
    assert run("build", "--project", str(project)).returncode == 0
    assert not (load_project(project).state / "catalogues").exists()


def test_the_store_of_a_build_says_what_its_graph_says(project):
    assert list(store.check(store.current(load_project(project).state))) == []


def test_every_claim_rests_on_words_that_stand_in_its_document(project):
    generation = store.current(load_project(project).state)
    question = """SELECT ?words ?begin ?end ?id WHERE {
        GRAPH ?g { ?claim prov:wasDerivedFrom ?e . ?e nif:anchorOf ?words ; nif:beginIndex ?begin ; nif:endIndex ?end ;
                   nif:referenceContext ?document } ?document dcterms:identifier ?id }"""
    from sco_graph.rdf import PREFIXES

    rows = list(generation.store().query(question, prefixes=dict(PREFIXES)))
    assert len(rows) > 50
    for words, begin, end, document in rows:
        assert generation.text(document.value)[int(begin.value) : int(end.value)] == words.value


def test_a_claim_whose_words_are_not_in_its_document_stops_the_build(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    first = built(directory)
    loaded = load_project(directory)
    origin = origin_of(load(directory / "documents" / "d001.md", "d001.md"), loaded.pipeline)
    with Cache(loaded.state / "cache") as cache:
        data = cache.get(key_of(origin))
        assert data is not None
        extraction = from_json(data)
        assert to_json(extraction) == data
        said = json.dumps(extraction.quotes[0], ensure_ascii=False).encode()
        cache.put(key_of(origin), data.replace(said, b'"Not what it says"', 1), "d001.md", origin)
    with pytest.raises(EvidenceBroken, match="d001#char="):
        built(directory)
    assert store.current(loaded.state).id == first.id


def test_files_that_cannot_be_read_are_listed_and_the_others_built(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    (directory / "documents" / "empty.md").write_text("")
    (directory / "documents" / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    (directory / "documents" / "sheet.xlsx").write_bytes(b"PK")
    outcome = run("build", "--project", str(directory), "--json")
    assert outcome.returncode == 0, outcome.stderr
    rows = {row["path"]: row for row in json.loads(outcome.stdout)["documents"]}
    assert rows["d001.md"]["claims"]
    assert all(rows[name]["reason"] for name in ("empty.md", "torn.pdf", "sheet.xlsx"))
    assert run("build", "--project", str(directory), "--strict").returncode == 1


def test_a_rejected_claim_stays_out_at_every_build_and_is_reported(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    claims = [line for line in built(directory).lines() if b"/claim/" in line]
    name = claims[0].split(b"/claim/")[1][:12].decode()
    (directory / "decisions" / "mine.yaml").write_text(
        f"- reject: claim/{name}\n  author: A reader\n  date: 2026-01-31\n  reason: the text says otherwise\n"
    )
    for _ in range(2):
        outcome = pipeline.build(load_project(directory), workers=1)
        assert [item.claim for item in outcome.set_aside] == [name]
        told = [line for line in outcome.generation.lines() if name.encode() in line]
        assert told
        assert all(line.endswith(b"graph/quarantine> .\n") for line in told)
    assert name in run("validate", "--project", str(directory)).stdout


def test_with_a_post_goes_the_time_that_is_told_of_it(tmp_path):
    directory = make_project(tmp_path / "project", ())
    text = "Sergey Lavrov has been Foreign Minister of Russia since 2004. He met Wang Yi, Foreign Minister of China."
    (directory / "documents" / "note.txt").write_text(text, encoding="utf-8")
    lines = b"".join(built(directory).lines())
    assert b"/id/interval/from-2004>" in lines
    kinds = {line.split()[0][-13:-1]: line.split()[2] for line in lines.splitlines() if b"ontology#claimKind>" in line}
    quoted = {line.split()[0][-13:-1]: line for line in lines.splitlines() if b"prov#wasDerivedFrom>" in line}
    name = next(c for c, kind in kinds.items() if kind == b'"role"' and b"char=0," in quoted[c]).decode()
    (directory / "decisions" / "mine.yaml").write_text(
        f"- reject: claim/{name}\n  author: A reader\n  date: 2026-01-31\n  reason: the text says otherwise\n"
    )
    outcome = pipeline.build(load_project(directory), workers=1)
    aside = {item.kind: item.reasons for item in outcome.set_aside}
    assert aside["term"] == ("the claim on the post itself is set aside",)
    assert set(aside) == {"role", "term"}
    terms = [line for line in outcome.generation.lines() if b'claimKind> "term"' in line]
    assert [line.endswith(b"graph/quarantine> .\n") for line in terms] == [True]


def test_a_decision_whose_object_is_gone_is_reported(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    (directory / "decisions" / "mine.yaml").write_text(
        "- reject: claim/000000000000\n  author: A reader\n  date: 2026-01-31\n  reason: none\n"
    )
    assert len(pipeline.build(load_project(directory), workers=1).troubles) == 1


def test_a_project_without_a_build_says_so(tmp_path):
    directory = make_project(tmp_path / "project", ())
    with pytest.raises(NotBuilt):
        pipeline.findings(load_project(directory))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("decisions/mine.yaml", "- same: nothing"),
        ("authority/mine.ttl", "<a> <b> ."),
        ("identifiers.tsv", "nothing\n"),
        ("sco-graph.toml", "[project]\ndocumnets = 'x'\n"),
        ("sco-graph.toml", "[project]\ndocuments = '../x'\n"),
        ("sco-graph.toml", "[build]\nworkers = -1\n"),
    ],
)
def test_a_file_of_the_project_that_cannot_be_used_is_named(tmp_path, name, content):
    directory = make_project(tmp_path / "project", ())
    (directory / name).write_text(content)
    with pytest.raises(ProjectInvalid, match=name):
        pipeline.build(load_project(directory), workers=1)


def test_a_document_is_read_anew_for_a_reason_that_can_be_asked_for(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:2])
    built(directory)
    loaded = load_project(directory)
    assert pipeline.why(loaded, "d001.md") == "read anew in the last build: it was not read before"
    with (directory / "documents" / "d001.md").open("a") as file:
        file.write("\nThe meeting was held in Astana.\n")
    built(directory)
    assert pipeline.why(loaded, "d001.md") == "read anew in the last build: its content changed"
    assert pipeline.why(loaded, f"{SOME[1]}.md") == "read anew in the build before the last: it was not read before"
    assert pipeline.why(loaded, "other.md") == "it was never read"


def test_a_damaged_result_of_the_cache_is_made_anew_and_reported(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:2])
    first = built(directory)
    loaded = load_project(directory)
    with sqlite3.connect(loaded.state / "cache" / "results.sqlite") as file:
        file.execute("UPDATE results SET data = zeroblob(9) WHERE subject = 'd001.md'")
    file.close()
    again = pipeline.build(loaded, workers=1)
    assert (again.damaged, again.reused, again.generation.id) == (1, 1, first.id)
    assert pipeline.why(loaded, "d001.md") == "read anew in the last build: what the cache had of it was damaged"
