"""Names known beforehand: states, their seats of government, cities, and intergovernmental organizations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from sco_graph.claims.words import Word

_OWNER = re.compile(r"'s\b")
_SPLIT = re.compile(r"'s\b|[^\s',]+(?:'[^\s',]+)*|[',]")


class State(Struct, frozen=True):
    """A state: its ISO 3166-1 alpha-2 code, empty if it has none, and its usual short name."""

    code: str
    name: str


class Known(Struct, frozen=True):
    """Words `first` to `last` (exclusive) name a known thing.

    `state` is set for states, `organization` (its usual full name) for organizations, neither for cities;
    `adjective` marks adjectives and demonyms of states.
    """

    first: int
    last: int
    state: State | None = None
    organization: str | None = None
    adjective: bool = False


class _Entry(Struct, frozen=True):
    exact: str | None
    state: State | None = None
    organization: str | None = None
    adjective: bool = False


_Entries = list[tuple[tuple[str, ...], _Entry]]
_Tree = dict[str, _Entries]


@lru_cache(maxsize=1024)
def key(text: str) -> tuple[str, ...]:
    """Return the words of `text` in the spelling in which names are compared: "Organisation" is "organization".

    >>> key("People's Republic of China")
    ('people', "'s", 'republic', 'of', 'china')
    """
    return tuple(_plain(w) for w in _SPLIT.findall(_OWNER.sub(" 's", text.lower().replace("’", "'"))))


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return (
        word.replace("organisation", "organization").replace("co-operation", "cooperation").replace("centre", "center")
    )


def known(words: Sequence[Word]) -> Iterator[Known]:
    """Yield the known names among `words`, the longest at each place, from left to right."""
    tree = _tree()
    end = 0
    for first, word in enumerate(words):
        if first >= end and word.capital and (entries := tree.get(_plain(word.lower))):
            found = _longest(words, first, entries)
            if found and not (found.state and _of_a_sea(words, found.last)):
                yield found
                end = found.last


def _of_a_sea(words: Sequence[Word], behind: int) -> bool:
    """Whether what ends before the word `behind` belongs to the name of a sea: "South China Sea"."""
    return behind < len(words) and words[behind].text in ("Sea", "Ocean", "Peninsula")


def city(words: Sequence[Word], first: int) -> int | None:
    """Return the end of the longest name of a city that begins at word `first`, or None.

    Many are words or surnames too: a name alone is no evidence that a city is meant.
    """
    for name in _cities().get(words[first].lower, ()):
        last = first + len(name)
        if tuple(w.lower for w in words[first:last]) == name and all(w.capital for w in words[first:last]):
            return last
    return None


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[tuple[str, ...]]]:
    """Return the names by their first word, those of most words first."""
    tree: dict[str, set[tuple[str, ...]]] = {}
    for _, text in _rows("cities.tsv"):
        name = tuple(text.lower().split())
        tree.setdefault(name[0], set()).add(name)
    return {word: sorted(names, key=lambda n: (-len(n), n)) for word, names in tree.items()}


def _longest(words: Sequence[Word], first: int, entries: _Entries) -> Known | None:
    plain = tuple([_plain(w.lower) for w in words[first : first + len(entries[0][0])]])
    for name, entry in entries:
        last = first + len(name)
        if plain[: len(name)] != name:
            continue
        if entry.exact and words[first].text != entry.exact:
            continue
        return Known(first, last, entry.state, entry.organization, entry.adjective)
    return None


@lru_cache(maxsize=1)
def _tree() -> _Tree:
    """Return the entries by their first word, those of most words first."""
    tree: _Tree = {}
    for text, entry in (*_states(), *_organizations()):
        name = key(text)
        tree.setdefault(name[0], []).append((name, entry))
    for entries in tree.values():
        entries.sort(key=lambda e: -len(e[0]))
    return tree


def _exact(name: str) -> str | None:
    """Return `name` if only this very spelling will do, as for US."""
    return name if name.isupper() and len(name) <= 8 and " " not in name else None


def _states() -> Iterator[tuple[str, _Entry]]:
    for code, name, others, adjectives, cities in _rows("states.tsv"):
        state = State(code, name)
        for text in (name, *_list(others)):
            yield text, _Entry(_exact(text), state)
        for text in _list(adjectives):
            yield text, _Entry(None, state, adjective=True)
        for text in _list(cities):
            yield text, _Entry(None)


def _organizations() -> Iterator[tuple[str, _Entry]]:
    for name, abbreviations in _rows("organizations.tsv"):
        yield name, _Entry(_exact(name), organization=name)
        for text in _list(abbreviations):
            yield text, _Entry(text if " " not in text else None, organization=name)


def _rows(file: str) -> Iterator[list[str]]:
    data = (files("sco_graph.extract") / "data" / file).read_text(encoding="utf-8")
    for line in data.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _list(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]
