"""The ontology, shapes, queries and authority data that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parents[2]
_IN_CHECKOUT = {
    "ontology": "ontology",
    "shapes": "shapes",
    "queries": "queries",
    "authority": "data/authority",
}


def resource_dir(name: str) -> Path:
    """Return the directory of `name`: "ontology", "shapes", "queries" or "authority".

    A wheel carries them inside the package; in a checkout the top-level folders are the source.
    """
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / _IN_CHECKOUT[name]
