"""Runs every benchmark and prints its figures as one line of JSON each; exit 1 if a bound is not kept."""

from __future__ import annotations

import json
import sys

from benchmarks import build, extract, growth, identity, lists, loading, notice, publish, queries, serve, validate

BENCHMARKS = {
    "build": build.measure,
    "extract": extract.measure,
    "growth": growth.measure,
    "identity": identity.measure,
    "lists": lists.measure,
    "loading": loading.measure,
    "notice": notice.measure,
    "publish": publish.measure,
    "queries": queries.measure,
    "serve": serve.measure,
    "validate": validate.measure,
}


def main() -> int:
    """Run the benchmarks named on the command line, or all."""
    kept = True
    for name in sys.argv[1:] or list(BENCHMARKS):
        figures = BENCHMARKS[name]()
        kept = kept and bool(figures["kept"])
        print(json.dumps({"benchmark": name, **figures}))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
