"""The CHANGES files of a release: what changed since the release before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sco_graph.compare import as_json, html, markdown
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.wording import HEADINGS

CHANGES = {"markdown": "CHANGES.md", "html": "CHANGES.html", "json": "CHANGES.json"}
"""The file of each format."""

_MODULES = {"markdown": markdown, "html": html, "json": as_json}


def changes(comparison: Comparison) -> dict[str, bytes]:
    """Return the files by their names. Raises BasesDiffer."""
    found = {}
    for name, path in CHANGES.items():
        out = io.BytesIO()
        _MODULES[name].write(comparison, out)
        found[path] = out.getvalue()
    return found


def first(version: str, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the file of a release that has none before it."""
    return {CHANGES["markdown"]: f"# {version}\n\nThe first release: {counted(manifest)}.\n".encode()}


def counted(manifest: Mapping[str, Any]) -> str:
    """Return what a generation holds, in figures."""
    counts = {"document": len(manifest.get("documents", ())), **manifest.get("counts", {}).get("entities", {})}
    shown = (kind for kind in HEADINGS if counts.get(kind))
    return ", ".join(f"{HEADINGS[kind].lower()} {counts[kind]}" for kind in shown) or "nothing"
