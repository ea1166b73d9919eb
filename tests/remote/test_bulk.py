"""The folder for bulk loaders, and the loaders of real engines on it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from zstandard import ZstdDecompressor

from remote.servers import oxigraph, virtuoso
from sco_graph import export
from sco_graph.errors import DirectoryNotEmpty
from sco_graph.export import bulk
from sco_graph.export.dataset import parts
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.remote import connect, push, register
from tools import missing


@pytest.fixture
def folder(sample, tmp_path, monkeypatch) -> Path:
    """Return the sample as a folder of several shards."""
    monkeypatch.setattr(bulk, "SHARD", 300)
    export.write(sample, "bulk", "all", tmp_path / "bulk")
    return tmp_path / "bulk"


def unpacked(path: Path) -> bytes:
    with path.open("rb") as file, ZstdDecompressor().stream_reader(file) as reader:
        return reader.read()


def test_the_shards_in_order_are_the_data_set(folder, sample_lines):
    shards = sorted(folder.glob("*.nq.zst"))
    assert len(shards) == 4
    assert b"".join(map(unpacked, shards)) == b"".join(sample_lines)


def test_the_index_tells_what_each_shard_holds(folder, sample_lines):
    index = json.loads((folder / "index.json").read_text())
    assert index["quads"] == len(sample_lines)
    for shard in index["shards"]:
        path = folder / shard["file"]
        lines = unpacked(path).splitlines(keepends=True)
        assert (shard["quads"], shard["bytes"]) == (len(lines), path.stat().st_size)
        assert (shard["first"] + "\n", shard["last"] + "\n") == (lines[0].decode(), lines[-1].decode())
        assert shard["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert shard["sha256_unpacked"] == hashlib.sha256(b"".join(lines)).hexdigest()


def test_written_again_it_is_the_same_to_the_byte(folder, sample, tmp_path):
    export.write(sample, "bulk", "all", tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_the_knowledge_alone_can_be_had(sample, sample_lines, tmp_path):
    export.write(sample, "bulk", "knowledge", tmp_path / "bulk")
    lines = unpacked(tmp_path / "bulk" / "quads-00000.nq.zst").splitlines(keepends=True)
    assert lines == [line for line in sample_lines if not parts(line)[1]]


def test_a_folder_with_files_is_not_written_to(folder, sample):
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(DirectoryNotEmpty):
        export.write(sample, "bulk", "all", folder)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_oxigraph_loads_it_and_it_is_noted(folder, sample, tmp_path):
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        missing("oxigraph, from the package index: pip install oxigraph")
    lines = b"".join(map(unpacked, sorted(folder.glob("*.nq.zst"))))
    command = [program, "load", "--location", tmp_path / "store", "--format", "nq"]
    subprocess.run(command, input=lines, check=True, capture_output=True)
    with oxigraph(tmp_path) as server, connect(server.url, environment={}) as connection:
        assert not register(connection, sample).differences
        assert push(connection, sample, lambda name: None).added == 0


def test_virtuoso_loads_it_and_it_is_noted(folder, sample, tmp_path):
    isql = shutil.which("isql-vt")
    if isql is None:
        missing("isql-vt, from the Debian package virtuoso-opensource-7-bin")
    for shard in folder.glob("*.nq.zst"):
        shard.with_suffix("").write_bytes(unpacked(shard))
    load = "ld_dir ('bulk', '*.nq', NULL); rdf_loader_run (); checkpoint;"
    with virtuoso(tmp_path) as server:
        subprocess.run([isql, str(server.sql), "dba", "dba", f"exec={load}"], check=True, capture_output=True)
        with connect(server.url, environment=server.environment) as connection:
            assert not register(connection, sample).differences
            assert push(connection, sample, lambda name: None).added == 0


def test_what_is_not_all_there_is_not_noted(folder, sample, tmp_path):
    with oxigraph(tmp_path) as server, connect(server.url, environment={}) as connection:
        assert register(connection, sample).differences
        assert push(connection, sample, lambda name: None).added == sample_size(sample)
        assert not connection.ask(f"ASK {{ GRAPH <{DEFAULT_BASE}graph/knowledge> {{ ?s ?p ?o }} }}")


def sample_size(sample) -> int:
    return sum(1 for _ in sample.lines())
