"""Runs under the peer's Python: reads labelled pairs as JSON, prints nomenklatura's scores of them and CPU seconds."""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version

from followthemoney import model
from followthemoney.proxy import EntityProxy
from nomenklatura.matching import LogicV2

SCHEMATA = {"person": "Person", "organization": "Organization"}


def entity(id_: str, type_: str, name: str) -> EntityProxy:
    made = model.make_entity(SCHEMATA[type_])
    made.id = id_
    made.add("name", name)
    return made


def main() -> None:
    pairs = json.load(sys.stdin)
    config = LogicV2.default_config()
    # The peer remembers what it has said of two identifiers, so each name has one of its own.
    made = [(entity(f"a{n}", p["type"], p["a"]), entity(f"b{n}", p["type"], p["b"])) for n, p in enumerate(pairs)]
    LogicV2.compare(entity("a", "person", "A B"), entity("b", "person", "B A"), config)  # loads its tables
    start = time.process_time()
    scores = [LogicV2.compare(a, b, config).score for a, b in made]
    seconds = time.process_time() - start
    found = {"version": version("nomenklatura"), "threshold": 0.7, "seconds": seconds, "scores": scores}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
