"""The register of identifiers: minted once, never reused; retired ones point to their replacement.

A TSV file in the project's git with the columns `identifier` (its path below the base), `key` (an atom's, see `keys`),
`status` and `replaced_by` (a path, or empty):

    active     the identifier was minted for the key, and is in use
    retired    it was minted for the key; `replaced_by` is in use instead
    joined     the key belongs to the identifier, which was minted for another key

Each identifier has one line that says what it was minted for; a key stands there once. A key with `!` behind it
remembers the identifier that a person's "different" took the key out of: without the decision, the key goes back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter

from sco_graph.rdf import slug

HEADER = "identifier\tkey\tstatus\treplaced_by"
_PARTED = "!"
_STATUSES = frozenset({"active", "retired", "joined"})


class RegisterInvalid(ValueError):
    """The register cannot be read, or contradicts itself; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `path` below the base ("id/person/zhang-ming") and a key that it stands for."""

    path: str
    key: str
    status: str = "active"
    replaced_by: str = ""

    @property
    def minted(self) -> bool:
        """Whether the identifier was minted for this key."""
        return self.status != "joined"


_ORDER = attrgetter("path", "key")


class Register:
    """The identifiers of a project, by path and by key."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self._by_key = {e.key: e for e in entries}
        self._owner = {e.path: e for e in entries if e.minted}
        self._keys: dict[str, set[str]] | None = None
        self._numbers: dict[str, int] = {}

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, ordered by path."""
        return tuple(sorted(self._by_key.values(), key=_ORDER))

    def owners(self) -> tuple[Entry, ...]:
        """Return one entry an identifier, ordered by path."""
        return tuple(self._owner[path] for path in sorted(self._owner))

    def entry(self, key: str) -> Entry | None:
        """Return the entry of `key`, or None."""
        return self._by_key.get(key)

    def owner(self, path: str) -> Entry | None:
        """Return the entry that says what `path` was minted for, or None."""
        return self._owner.get(path)

    def path_of(self, key: str) -> str | None:
        """Return the path that `key` stands under, or None."""
        entry = self._by_key.get(key)
        return entry.path if entry else None

    def paths(self) -> dict[str, str]:
        """Return the path that each key stands under."""
        return {key: entry.path for key, entry in self._by_key.items()}

    def parted(self) -> dict[str, str]:
        """Return which identifiers were minted by a person's "different", and what their keys had before."""
        found = {}
        for remembered in (key for key in self._by_key if key.endswith(_PARTED)):
            key, before = self._by_key.get(remembered.removesuffix(_PARTED)), self._by_key[remembered].path
            if key and key.minted and key.path != before:
                found[key.path] = before
        return found

    def keys_of(self, path: str) -> frozenset[str]:
        """Return the keys that stand under `path`."""
        if self._keys is None:  # few ask
            self._keys = defaultdict(set)
            for entry in self._by_key.values():
                self._keys[entry.path].add(entry.key)
        return frozenset(self._keys.get(path, ()))

    def living(self, path: str) -> str:
        """Return the identifier in use for `path`: itself, or where its replacements lead."""
        seen = {path}
        while (entry := self._owner.get(path)) and entry.replaced_by and entry.replaced_by not in seen:
            path = entry.replaced_by
            seen.add(path)
        return path

    def mint(self, key: str, kind: str, name: str) -> str:
        """Return a new path for `key`, made of `kind` and `name`; the key leaves the path that it had, if any."""
        if (before := self._by_key.get(key)) and not before.minted:
            self.join(key + _PARTED, before.path)
        stem = f"id/{kind}/{slug(name)}"
        number = self._numbers.get(stem, 1)
        path = stem if number == 1 else f"{stem}-{number}"
        while path in self._owner:
            number += 1
            path = f"{stem}-{number}"
        self._numbers[stem] = number
        self._add(Entry(path, key))
        return path

    def reserve(self, path: str, key: str) -> None:
        """Register `path`, which authority data has fixed for `key`."""
        if path not in self._owner:
            self._add(Entry(path, key))

    def join(self, key: str, path: str) -> None:
        """Put `key` under `path`, which was minted for another key."""
        self._add(Entry(path, key, "joined"))

    def retire(self, path: str, replaced_by: str) -> None:
        """Mark `path` as retired in favour of `replaced_by`."""
        self._add(replace(self._owner[path], status="retired", replaced_by=replaced_by))

    def revive(self, path: str) -> None:
        """Mark `path` as active again, after what retired it was withdrawn."""
        self._add(replace(self._owner[path], status="active", replaced_by=""))

    def _add(self, entry: Entry) -> None:
        if self._by_key.get(entry.key, entry).path != entry.path:
            self._keys = None
        elif self._keys is not None:
            self._keys[entry.path].add(entry.key)
        self._by_key[entry.key] = entry
        if entry.minted:
            self._owner[entry.path] = entry


def parse(text: str) -> Register:
    """Return the register that `text` holds. Raises RegisterInvalid."""
    entries: list[Entry] = []
    lines = text.removesuffix("\n").split("\n")
    if text and lines[0] != HEADER:
        raise RegisterInvalid(f"line 1: the columns must be {HEADER!r}")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != 4 or cells[2] not in _STATUSES or not cells[0].startswith("id/"):
            raise RegisterInvalid(f"line {number}: not an entry: {line!r}")
        if (cells[2] == "retired") != bool(cells[3]):
            raise RegisterInvalid(f"line {number}: what is retired, and nothing else, needs `replaced_by`: {line!r}")
        entries.append(Entry(*cells))
    _check(entries)
    return Register(tuple(entries))


def _check(entries: list[Entry]) -> None:
    """Raise RegisterInvalid where `entries` contradict one another."""
    owners = {e.path: e for e in entries if e.minted}
    for what, values in (("key", [e.key for e in entries]), ("identifier", [e.path for e in entries if e.minted])):
        if twice := sorted(value for value, count in Counter(values).items() if count > 1):
            raise RegisterInvalid(f"the {what} {twice[0]!r} stands there twice")
    for entry in entries:
        if entry.path not in owners:
            raise RegisterInvalid(f"{entry.key!r} is joined to {entry.path!r}, which has no line of its own")
        seen, at = {entry.path}, owners[entry.path]
        while at.replaced_by:
            if at.replaced_by not in owners:
                raise RegisterInvalid(f"{at.path!r} is replaced by {at.replaced_by!r}, which is not there")
            if at.replaced_by in seen:
                raise RegisterInvalid(f"{at.path!r} is replaced by itself, in a circle")
            at = owners[at.replaced_by]
            seen.add(at.path)


def format_register(register: Register) -> str:
    """Return `register` as TSV, ordered by path."""
    rows = ["\t".join((e.path, e.key, e.status, e.replaced_by)) for e in register.entries()]
    return "\n".join([HEADER, *rows]) + "\n"
