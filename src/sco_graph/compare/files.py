"""The CHANGES files of a release: what changed since the release before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sco_graph.compare import as_json, html, markdown
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.wording import HEADINGS

MARKDOWN, JSON = "CHANGES.md", "CHANGES.json"

_WRITERS = {MARKDOWN: markdown.write, "CHANGES.html": html.write, JSON: as_json.write}


def changes(comparison: Comparison) -> dict[str, bytes]:
    """Return the files by their names. Raises BasesDiffer."""
    found = {}
    for name, write in _WRITERS.items():
        out = io.BytesIO()
        write(comparison, out)
        found[name] = out.getvalue()
    return found


def first(version: str, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the file of a release that has none before it."""
    return {MARKDOWN: f"# {version}\n\nThe first release: {counted(manifest)}.\n".encode()}


def counted(manifest: Mapping[str, Any]) -> str:
    """Return what a generation holds, in figures."""
    counts = {"document": len(manifest.get("documents", ())), **manifest.get("counts", {}).get("entities", {})}
    shown = (kind for kind in HEADINGS if counts.get(kind))
    return ", ".join(f"{HEADINGS[kind].lower()} {counts[kind]}" for kind in shown) or "nothing"
