"""Lists of addresses: a text file with one a line, or a table with a column of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from sco_graph.errors import ListUnreadable
from sco_graph.read.collections.rows import NAMES

_TABLES = {".csv": ",", ".tsv": "\t"}
_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in a list as an address and is none that can be fetched, and the `reason`."""

    text: str
    reason: str


def read_list(path: Path, column: str | None = None) -> tuple[tuple[str, ...], tuple[Refused, ...]]:
    """Return the addresses in the file `path`, each once, in their order, and what else stands there.

    In `.csv` and `.tsv` they are in `column`, or in that which is called url or link; of any other file each line is
    one, without empty lines and those that begin with #. Fragments are left out. Raises ListUnreadable.
    """
    found: dict[str, None] = {}
    refused: list[Refused] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for text in _texts(file, path, column):
                try:
                    found[_address(text)] = None
                except ValueError as error:
                    refused.append(Refused(text[:_LONGEST], str(error)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ListUnreadable(path, f"it cannot be read: {error}") from error
    return tuple(found), tuple(refused)


def _texts(file: Iterable[str], path: Path, column: str | None) -> Iterator[str]:
    delimiter = _TABLES.get(path.suffix.lower())
    if delimiter is None:
        yield from (text for line in file if (text := line.strip()) and not text.startswith("#"))
        return
    table = csv.DictReader(file, delimiter=delimiter, restkey="")
    there = {name.casefold(): name for name in table.fieldnames or ()}
    wanted = [column] if column else list(NAMES["url"])
    name = next((there[name.casefold()] for name in wanted if name.casefold() in there), None)
    if name is None:
        raise ListUnreadable(path, f"it has no column {' or '.join(wanted)}")
    yield from (text for row in table if (text := (row[name] or "").strip()))


def _address(text: str) -> str:
    """Return an address as it is asked for. Raises ValueError with what is wrong."""
    if len(text) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} characters")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError(f"not an address: {error}") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError("not an http or https address")
    if url.userinfo:
        raise ValueError("it holds a user name or password")
    return str(url.copy_with(fragment=None, path=url.path or "/"))
