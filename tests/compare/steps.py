"""What the builds of the small project are made of."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"

MERGED = """- same: [id/person/emomali-rahmon, id/person/e-rakhmonov]
  author: "A tester"
  date: 2026-11-24
  reason: "He changed the form of his surname in 2007."
"""
REJECTED = """- reject: claim/{key}
  author: "A tester"
  date: 2026-11-25
  reason: "It was about the year before."
"""
STEPS = ("first", "added", "changed", "merged", "rejected", "removed")


def masked(text: str) -> str:
    """Return `text` without what every rule of extraction changes: ids of generations, figures of quads."""
    text = re.sub(r"\b[0-9a-f]{16}\b", "<generation>", text)
    return re.sub(r"\d+ quads gained and \d+ lost", "<n> quads gained and <n> lost", text)
