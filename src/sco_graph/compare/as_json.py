"""JSON, complete and for programs: `values.Difference` as it stands; docs/commands/diff.md has its shape."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from sco_graph.compare.comparing import Comparison
from sco_graph.compare.values import Difference

FORMAT = "sco-graph-diff/1"
"""The name of the shape; a field may be added to it, and none goes or changes its meaning."""


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Write the difference."""
    value = {"format": FORMAT, **msgspec.to_builtins(comparison.difference)}
    file.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def read(data: bytes) -> Difference:
    """Return the difference that `write` wrote. Raises ValueError for anything else."""
    return msgspec.json.decode(data, type=Difference)
