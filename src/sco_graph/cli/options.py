"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[
    Path,
    typer.Option(
        "--project", help="The project's directory or sco-graph.toml; looked for upwards.", show_default=False
    ),
]
StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="Ask the store that was pushed to; see `push`.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
