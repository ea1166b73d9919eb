"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def _place(target: Path | None) -> Path | None:
    from sco_graph.disk import check_place

    if target is not None:
        check_place(target)
    return target


ProjectOption = Annotated[
    Path,
    typer.Option(
        "--project", help="The project's directory or sco-graph.toml; looked for upwards.", show_default=False
    ),
]
StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="Ask the store that was pushed to; see `push`.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", callback=_place, help="The file to write; stdout without it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
