"""The register of identifiers: minted once, never reused; retired ones point to their replacement.

A TSV file in the project's git with the columns `identifier` (its path below the base), `key` (what it was minted
for), `status` (active or retired) and `replaced_by` (a path, or empty).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sco_graph.rdf import slug

HEADER = "identifier\tkey\tstatus\treplaced_by"


class RegisterInvalid(ValueError):
    """A line of the register cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One identifier: `path` below the base ("id/person/zhang-ming"), minted for `key`."""

    path: str
    key: str
    status: str = "active"
    replaced_by: str = ""


class Register:
    """The identifiers of a project, by path and by key."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self._by_path = {e.path: e for e in entries}
        self._by_key = {e.key: e for e in entries}

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, ordered by path."""
        return tuple(sorted(self._by_path.values()))

    def path_of(self, key: str) -> str | None:
        """Return the path that was minted for `key`, or None."""
        entry = self._by_key.get(key)
        return entry.path if entry else None

    def identifier(self, key: str, kind: str, name: str) -> str:
        """Return the path of `key`: the one it has, or a new one made of `kind` and `name`."""
        if entry := self._by_key.get(key):
            return entry.path
        stem = f"id/{kind}/{slug(name)}"
        path, number = stem, 1
        while path in self._by_path:
            number += 1
            path = f"{stem}-{number}"
        self._add(Entry(path, key))
        return path

    def reserve(self, path: str, key: str) -> None:
        """Register `path`, which authority data has fixed for `key`."""
        if path not in self._by_path:
            self._add(Entry(path, key))

    def retire(self, path: str, replaced_by: str) -> None:
        """Mark `path` as retired in favour of `replaced_by`."""
        self._add(replace(self._by_path[path], status="retired", replaced_by=replaced_by))

    def revive(self, path: str) -> None:
        """Mark `path` as active again, after a decision that retired it was withdrawn."""
        self._add(replace(self._by_path[path], status="active", replaced_by=""))

    def _add(self, entry: Entry) -> None:
        self._by_path[entry.path] = entry
        self._by_key[entry.key] = entry


def parse(text: str) -> Register:
    """Return the register that `text` holds. Raises RegisterInvalid."""
    entries: list[Entry] = []
    lines = text.removesuffix("\n").split("\n")
    if text and lines[0] != HEADER:
        raise RegisterInvalid(f"line 1: the columns must be {HEADER!r}")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != 4 or cells[2] not in {"active", "retired"} or not cells[0].startswith("id/"):
            raise RegisterInvalid(f"line {number}: not an entry: {line!r}")
        entries.append(Entry(*cells))
    for what in ("path", "key"):
        counts = Counter(getattr(e, what) for e in entries)
        if twice := sorted(value for value, count in counts.items() if count > 1):
            raise RegisterInvalid(f"the {what} {twice[0]!r} stands there twice")
    return Register(tuple(entries))


def format_register(register: Register) -> str:
    """Return `register` as TSV, one line an identifier, ordered by path."""
    rows = ["\t".join((e.path, e.key, e.status, e.replaced_by)) for e in register.entries()]
    return "\n".join([HEADER, *rows]) + "\n"
