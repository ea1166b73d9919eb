"""The whole site as browsers and validators see it: every link leads somewhere, and every page is valid HTML."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from tools import missing

VALIDATOR = Path(__file__).parents[2] / "web" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ADDRESS = "https://data.example.org/some/folder/"
"""Where the site is thought to be: what leads out of the folder is seen."""

_ATTRIBUTES = ("href", "src", "action", "data-graph", "data-worker", "data-home")
_CSS = re.compile(r"url\(([^)]+)\)|@import\s+[\"']([^\"']+)")


def broken(site: Path) -> list[str]:
    """Return each link of a page or style sheet that leads to no file of `site`, or to no element of a page."""
    anchors = lru_cache(maxsize=None)(_anchors)
    found = []
    for path in sorted(site.rglob("*")):
        if path.suffix not in {".html", ".css"}:
            continue
        here = urljoin(ADDRESS, path.relative_to(site).as_posix())
        for link in _links(path):
            address = urlsplit(urljoin(here, link))
            if address.scheme not in {"http", "https"} or address.netloc != urlsplit(ADDRESS).netloc:
                continue
            target = site / unquote(address.path).removeprefix(urlsplit(ADDRESS).path)
            whole = target.is_file() or (target == site and link in {"", "./", "../", "../../"})
            if not unquote(address.path).startswith(urlsplit(ADDRESS).path) or not whole:
                found.append(f"{path.relative_to(site)}: {link}")
            elif address.fragment and target.suffix == ".html" and unquote(address.fragment) not in anchors(target):
                found.append(f"{path.relative_to(site)}: {link}: no such element")
    return found


def _links(path: Path) -> Iterator[str]:
    if path.suffix == ".css":
        yield from (first or second for first, second in _CSS.findall(path.read_text(encoding="utf-8")))
        return
    for element in html.parse(path).iter():
        yield from (element.get(name) for name in _ATTRIBUTES if element.get(name) is not None)


def _anchors(path: Path) -> set[str]:
    return {element.get("id") for element in html.parse(path).iter() if element.get("id")}


def test_no_link_is_broken_in_a_folder_of_a_host(site):
    assert not broken(site)


def test_a_broken_link_would_be_found(site, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    (copy / "queries.html").unlink()
    page = copy / "index.html"
    wrong = '<a href="ontology.html#None"></a><a href="../x.html"></a></main>'
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", wrong), encoding="utf-8")
    found = broken(copy)
    assert {"index.html: ontology.html#None: no such element", "index.html: ../x.html"} <= set(found)
    assert any("queries.html" in line for line in found)


def test_every_page_is_valid_by_the_checker_of_the_w3c(site):
    java = shutil.which("java")
    if java is None or not VALIDATOR.is_file():
        missing("Java, or vnu from npm, is not installed: scripts/test-tools and make web install them")
    command = [java, "-jar", str(VALIDATOR), "--skip-non-html", "--errors-only", "--format", "json"]
    done = subprocess.run([*command, str(site)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert not [f"{m['url']}: {m['message']}: {m.get('extract')}" for m in messages]
    assert done.returncode == 0
