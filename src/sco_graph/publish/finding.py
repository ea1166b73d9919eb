"""The search of a published site: an index as scripts, since pages that are opened from a disk can load nothing else.

A small index is one file. A large one is parted by how the words of names begin, folded as `catalogue.tokens` does, so
that a search loads only what can be meant.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from sco_graph.catalogue.folding import ROMANISATION, plain, tokens
from sco_graph.catalogue.index import Catalogue, catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.resolve.persons import FOLDS
from sco_graph.store import Generation

LARGEST = 2_000_000
"""Bytes of a file of the index, about; only names that begin alike for four letters make a larger one."""

_DEEPEST = 4
_BATCH = 1000


def index_files(generation: Generation, largest: int = LARGEST) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index by their paths: the same for the same generation, and none much over `largest`."""
    rows = list(_rows(catalogue(generation)))
    head: dict[str, object] = {
        "kinds": [[name, kind.one] for name, kind in KINDS.items()],
        "folds": [[pattern.pattern, to.replace("\\1", "$1")] for pattern, to in FOLDS],
        "letters": ROMANISATION,
    }
    if sum(len(row) for row, _ in rows) <= largest:
        yield "search/index.js", _script(head, [row for row, _ in rows])
        return
    parts = _parts(rows, 1, largest)
    yield "search/index.js", _script({**head, "parts": sorted(parts)}, [])
    for key in sorted(parts):
        yield f"search/part-{key}.js", _script({"part": key}, parts[key])


def _rows(found: Catalogue) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each thing as JSON, with the words of its names: kind, identifier, name, other names, about, documents."""
    kinds = list(KINDS)
    total = sum(found.totals.values())
    for first in range(0, total, _BATCH):
        numbers = range(first, min(first + _BATCH, total))
        names = found.other_names(numbers.start, numbers.stop)
        for number, item in zip(numbers, found.items(numbers), strict=True):
            others = names.get(number, [])
            about = " · ".join(filter(None, ("planned" if item.planned else "", item.day, item.about)))
            local = item.path.removeprefix(f"id/{item.kind}/")
            known = 0 if item.kind == "document" else item.documents
            row = [kinds.index(item.kind), local, item.name, others, about, known]
            words = frozenset(word for name in (item.name, *others) for word in tokens(plain(name)))
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")), words


def _parts(rows: list[tuple[str, frozenset[str]]], depth: int, largest: int) -> dict[str, list[str]]:
    """Return the rows by how their words begin: by `depth` letters, and by more where that would be too many."""
    by_key: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row, words in rows:
        for key, those in _by_key(words, depth).items():
            by_key[key].append((row, those))
    found: dict[str, list[str]] = {}
    for key, these in by_key.items():
        if depth < _DEEPEST and sum(len(row.encode()) for row, _ in these) > largest:
            found |= _parts(these, depth + 1, largest)
        else:
            found[key] = [row for row, _ in these]
    return found


def _by_key(words: frozenset[str], depth: int) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        start = "".join(c if c.isascii() and c.isalnum() else "_" for c in word[:depth])
        found[start.ljust(depth, "_")].add(word)
    return {key: frozenset(those) for key, those in found.items()}


def _script(head: dict[str, object], rows: list[str]) -> bytes:
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    body = ",\n".join(rows)
    return f"scoGraphIndex({told},[\n{body}\n]);\n".encode()
