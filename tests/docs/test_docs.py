"""The pages of docs/ and README.md: their commands are run, their references made anew, their links followed."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer.main
from reference import queries_page, shapes_page
from walkthrough import Difference, Reader, blocks, mended

import sco_graph
from sco_graph.cli.app import app
from sco_graph.errors import ScoGraphError
from sco_graph.validate.described import constraints

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
PAGES = sorted({ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")})
RUN = [p for p in PAGES if "```console" in p.read_text(encoding="utf-8") and p != TUTORIAL]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def check(page: Path, differences: list[Difference], update: bool) -> None:
    if update and differences:
        page.write_text(mended(page.read_text(encoding="utf-8"), differences), encoding="utf-8")
        return
    for d in differences:
        changes = difflib.unified_diff(d.command.shown, d.printed, name(page), "printed", lineterm="")
        pytest.fail(
            f"$ {d.command.line}\n" + "\n".join(changes) + "\nIf that is right: pytest tests/docs --update-golden"
        )


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory):
    """Return somebody who has followed the tutorial, and what they saw that it does not show."""
    reader = Reader(tmp_path_factory.mktemp("tutorial") / "home")
    reader.home.mkdir()
    return reader, reader.follow(TUTORIAL.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """Return a copy of this repository's own project, built."""
    home = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(ROOT / "data", home / "data")
    shutil.copy(ROOT / "sco-graph.toml", home)
    reader = Reader(home)
    printed = reader.run("sco-graph build")
    assert reader.status == 0, printed
    return home


def test_the_tutorial_shows_what_its_reader_sees(tutorial, update_golden):
    _, differences = tutorial
    check(TUTORIAL, differences, update_golden)


@pytest.mark.parametrize("page", RUN, ids=name)
def test_a_page_shows_what_its_reader_sees(page, tutorial, request, tmp_path, update_golden):
    if page.name in {"README.md", "competency-questions.md"}:
        project = request.getfixturevalue("demonstration")
    else:
        project = shutil.copytree(tutorial[0].home / "my-graph", tmp_path / "my-graph")
    check(page, Reader(project).follow(page.read_text(encoding="utf-8")), update_golden)


def test_every_command_has_its_page_with_its_options():
    pages = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "docs" / "commands").glob("*.md")}
    assert set(pages) - {"README"} == set(COMMANDS)
    for command in COMMANDS:
        assert f"$ sco-graph {command} --help" in pages[command]


def errors() -> set[str]:
    for module in pkgutil.walk_packages(sco_graph.__path__, "sco_graph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    def below(kind: type[ScoGraphError]) -> set[str]:
        return {code for sub in kind.__subclasses__() for code in {sub.code} | below(sub)}

    return below(ScoGraphError)


def test_every_error_that_a_user_can_cause_is_explained_and_no_other():
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    explained = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert sorted(errors()) == explained
    for section in re.split(r"^## .+$", page, flags=re.MULTILINE)[1:]:
        assert "**Way out.**" in section, section


@pytest.mark.parametrize(("made", "name"), [(queries_page, "queries.md"), (shapes_page, "shapes.md")])
def test_a_page_that_is_made_from_files_is_up_to_date(update_golden, made, name):
    page = ROOT / "docs" / name
    if update_golden:
        page.write_text(made(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made()


def test_each_constraint_leads_to_its_row_in_the_reference():
    rows = re.findall(r'<a id="([^"]+)">', shapes_page())
    assert [f"https://w3id.org/sco-graph/shapes.html#{row}" for row in rows] == [c.see for c in constraints()]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_links_of_a_page_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.is_relative_to(ROOT), target
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_no_path_of_one_machine(page):
    assert not re.search(r"(?<![\w.])/(work|tmp|root|home/(?!you))\b", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_that_a_page_only_names_have_the_options_it_gives_them(page):
    for language, _, lines, _ in blocks(page.read_text(encoding="utf-8")):
        for line in lines if language == "sh" else ():
            words = shlex.split(line, comments=True)
            if words[:1] == ["sco-graph"] and not words[1].startswith("-"):
                known = {option for p in COMMANDS[words[1]].params for option in p.opts} | {"-h", "--help"}
                assert {w for w in words[2:] if w.startswith("-")} <= known, line


def test_what_each_page_is_reached_by():
    """Every page of docs/ is linked from another."""
    linked = set()
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            linked.add((page.parent / target).resolve())
    assert {p for p in PAGES if p.is_relative_to(ROOT / "docs")} <= linked
