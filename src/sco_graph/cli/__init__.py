"""The command line: load the project, make one call, print.

Results go to stdout, tables and progress for people to stderr. Exit status: 0 done; 1 the answer is no (the graph
does not conform, or `--strict` found something); 2 it could not be done; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from sco_graph.cli.app import app
from sco_graph.errors import ScoGraphError, SystemRefused

__all__ = ["app", "main"]


def main() -> None:
    """Run the program; an error that the user can mend becomes one readable message and exit status 2."""
    try:
        app()
    except ScoGraphError as error:
        _fail(error)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. What was released before is untouched.\n")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python would complain once more when it flushes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _fail(SystemRefused(error))


def _fail(error: ScoGraphError) -> NoReturn:
    sys.stderr.write(f"error[{error.code}]: {error}\n")
    sys.exit(2)
