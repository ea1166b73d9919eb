"""The table [publish] of sco-graph.toml, and what the command prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_graph.cli import output
from sco_graph.errors import ProjectInvalid
from sco_graph.project import Creator, load_project
from sco_graph.publish import Published

WHOLE = """\
[publish]
title = "Atlas"
description = "What it is."
license = "https://example.org/licence"
creators = ["A maker", "Another <https://orcid.org/0000-0002-1825-0097>"]
homepage = "https://example.org/about"
url = "https://data.example.org/atlas/"
sparql = "https://example.org/sparql"
issued = "2026-01-31"
"""


def project(folder: Path, text: str) -> Path:
    path = folder / "sco-graph.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_settings_are_read(tmp_path):
    read = load_project(project(tmp_path, WHOLE)).publishing
    assert read.title == "Atlas"
    assert read.license == "https://example.org/licence"
    assert read.creators == (Creator("A maker"), Creator("Another", "https://orcid.org/0000-0002-1825-0097"))
    assert read.issued == "2026-01-31"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('license = "free for all"', "SPDX identifier"),
        ('license = "ftp://example.org/"', "SPDX identifier"),
        ('url = "https://data.example.org/atlas"', "must end in /"),
        ('url = "https://data.example.org/?a/"', "must end in /"),
        ('url = "javascript:alert(1)//"', "http"),
        ('homepage = "example.org"', "http"),
        ('sparql = "https://example.org/ sparql"', "http"),
        ('sparql = "https://[/"', "http"),
        ('issued = "2026-02-30"', "YYYY-MM-DD"),
        ('issued = "20260101"', "YYYY-MM-DD"),
        ('creators = ["<https://orcid.org/1>"]', "'Name'"),
        ('creators = ["A maker <mailto:a@example.org>"]', "'Name'"),
        ("creators = [1]", "list of strings"),
        ('licence = "CC0-1.0"', "is not a setting"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_with_its_name(tmp_path, line, told):
    with pytest.raises(ProjectInvalid, match=line.partition(" ")[0]) as refused:
        load_project(project(tmp_path, f"[publish]\n{line}\n"))
    assert told in str(refused.value)


def test_the_outcome_tells_what_was_written_and_removed_and_how_much_was_left_out(tmp_path, capsys):
    written = tuple(f"claim/{number}.html" for number in range(25))
    output.published(Published(tmp_path, written, ("id/person/x.html",), 7, 1_500_000, described=False))
    told = capsys.readouterr().err
    assert "wrote claim/0.html" in told
    assert "claim/24.html" not in told
    assert "wrote 5 more" in told
    assert "removed id/person/x.html" in told
    assert "25 files written, 7 kept, 1 removed; 1.5 MB in all." in told
    assert "No RO-Crate" in told
