"""A real browser for tests of pages, and axe-core, which finds what keeps people from using them.

`visit(address, width, dark)` opens a page; the test fails if the page writes to its console, or asks another host for
anything. `violations(page)` are what axe-core finds serious.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tools import missing

AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("no Chromium is installed, so pages were not opened in a browser: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return a function that opens the page at an address: http, https or file.

    `width` is that of the window in CSS pixels, `dark` asks for dark colours, `scripts` off is a browser without
    JavaScript. What was seen in the console, or asked of other hosts, fails the test when it ends.
    """
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(address: str, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        context.route("**/*", lambda route: _only_from(_origin(address), route, troubles))
        context.on("weberror", lambda error: troubles.append(f"error in a script: {error.error}"))
        context.on("console", lambda message: _listen(message, troubles))
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def violations(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical on a page: the rule, and where it is broken."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{broken['id']} ({broken['impact']}): {broken['help']} at {[node['target'] for node in broken['nodes'][:5]]}"
        for broken in found["violations"]
        if broken["impact"] in {"serious", "critical"}
    ]


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _only_from(origin: tuple[str, str], route: Route, troubles: list[str]) -> None:
    if _origin(route.request.url) == origin or route.request.url.startswith(("data:", "blob:")):
        route.continue_()
    else:
        troubles.append(f"request to another host: {route.request.url}")
        route.abort()


def _listen(message: ConsoleMessage, troubles: list[str]) -> None:
    # Whatever its kind: a page has nothing to say there.
    troubles.append(f"{message.type} in the console: {message.text}")


@lru_cache(maxsize=1)
def _axe() -> str:
    if not AXE.is_file():
        missing("axe-core is not installed, so no page was tried with it: make web")
    return AXE.read_text(encoding="utf-8")
