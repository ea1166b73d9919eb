"""The pages in a real browser: they lay out, in wide and narrow windows, without errors and without scripts."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sco_graph.publish import publish
from sco_graph.store import current

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --enable-logging=stderr"
).split()
PERSON = "/id/person/zhang-ming"


@pytest.fixture
def chromium(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("CI needs a Chromium: apt-get install chromium")
    if program is None:
        pytest.skip("no Chromium is installed, so pages were not opened in a browser")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [program, *FLAGS, profile, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    return run


def rows(png: bytes) -> tuple[int, list[bytes]]:
    """Return the width of an 8-bit PNG without interlacing, and its filtered rows (PNG specification, section 9)."""
    width, height, _, colour = struct.unpack(">IIBB", png[16:26])
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, stride = zlib.decompress(data), 1 + width * {2: 3, 6: 4}[colour]
    return width, [raw[n * stride : (n + 1) * stride] for n in range(height)]


@pytest.mark.parametrize(
    "path", ["/", PERSON, "/id/document/s2", "/id/event/chs-24", "/query/events?_run=1", "/sparql"]
)
def test_a_browser_shows_a_page_without_an_error_in_its_console(server, chromium, path):
    opened = chromium("--dump-dom", server + path)
    assert "</main>" in opened.stdout
    assert "CONSOLE" not in opened.stderr
    assert "Refused to" not in opened.stderr


@pytest.mark.parametrize("width", [1280, 500])
def test_an_entity_s_page_fills_the_window_with_text(server, chromium, tmp_path, width):
    picture = tmp_path / "page.png"
    chromium(f"--screenshot={picture}", f"--window-size={width},900", server + PERSON)
    seen, lines = rows(picture.read_bytes())
    assert seen == width
    # A blank or unstyled window has few kinds of rows; text under a style sheet has many.
    assert len(set(lines)) > 200


@pytest.mark.parametrize(
    "path", ["/", PERSON, "/id/document/s2", "/query/event-speakers?_run=1", "/sparql", "/ontology"]
)
def test_no_page_is_wider_than_a_narrow_window(server, chromium, tmp_path, path):
    # A frame can be narrower than the smallest window of a headless browser.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"<!doctype html><title>frame</title><body style='margin:0'>"
        f"<iframe id=f style='width:360px;height:800px;border:0'></iframe><script>"
        f"fetch('{server}{path}', {{headers: {{Accept: 'text/html'}}}}).then(a => a.text()).then(async html => {{"
        f"const style = await (await fetch('{server}/assets/style.css')).text();"
        "const d = document.getElementById('f').contentDocument;"
        "d.open(); d.write(html.replace(/<link rel=\"stylesheet\"[^>]*>/, '<style>' + style + '</style>')); d.close();"
        "document.title = 'width ' + d.documentElement.scrollWidth; })</script>"
    )
    opened = chromium("--dump-dom", "--virtual-time-budget=8000", f"file://{frame}")
    assert "<title>width 360</title>" in opened.stdout


def test_a_publication_is_styled_when_opened_from_a_disk(root, chromium, tmp_path):

    publish(current(root / ".sco-graph"), tmp_path / "site", "Sample")
    picture = tmp_path / "page.png"
    opened = chromium(
        f"--screenshot={picture}", "--window-size=900,900", f"file://{tmp_path / 'site' / PERSON[1:]}.html"
    )
    assert "CONSOLE" not in opened.stderr
    assert len(set(rows(picture.read_bytes())[1])) > 200
