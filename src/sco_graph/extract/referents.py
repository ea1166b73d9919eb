"""Chains of mentions: full names, abbreviations, surnames and short forms of one thing in one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sco_graph.extract.gazetteer import key
from sco_graph.model import EntityType, Mention, Referent

_INITIALS = re.compile(r"^(?:[A-Z][a-z]{0,2}\.[ -]?)+")
_SMALL = frozenset("of the for and on in to a an & 's at ( )".split()) | {""}
_ALONE = frozenset("secretariat senate duma majlis mejlis mazhilis majilis kenesh mfa mofa".split())
"""Heads that name a body even if nothing else in the text does."""
_TERRORIST = re.compile(r"(?:anti|counter)-?terroris[tm]$")
_STRUCTURE = frozenset(("regional", "anti-terrorist", "structure"))
_OWNER = frozenset(("sco", "shanghai", "cooperation", "organization"))
"""The Organisation's best-known body is named with and without it."""
_QUOTES = "“”\"'‘’«»(),"


@dataclass(frozen=True, slots=True)
class Found:
    """One name in the text, before it is known what it refers to.

    `name` is what the entity is called there (the words, or "Kazakhstan" for "Kazakh"); `full` is the usual full
    name of a well-known organization; `bare` marks a head noun alone ("the Secretariat").
    """

    start: int
    end: int
    text: str
    type: EntityType
    name: str
    kind: str | None = None
    code: str | None = None
    full: str | None = None
    bare: bool = False
    adjective: bool = False


@dataclass(slots=True)
class _Chain:
    """Mentions, by their place in `found`, of one referent; `first` is its fullest form."""

    first: Found
    members: list[int] = field(default_factory=list)


def link(found: Sequence[Found], abbreviations: Mapping[str, str]) -> tuple[list[Mention], dict[str, Referent]]:
    """Return the mentions of `found`, which is in the order of the text, and what they refer to.

    `abbreviations` maps an abbreviation to the full name that it follows in brackets. Different full names
    are never one referent.
    """
    chains = _Chains(found, abbreviations)
    for number in sorted(range(len(found)), key=lambda n: (-_fullness(found[n]), n)):
        chains.add(number)
    return _values(found, chains.all, abbreviations)


def _fullness(item: Found) -> int:
    """Return how full a name is: the fullest forms found chains, shorter ones join them."""
    return -1 if item.bare or item.adjective else len(item.name.split()) * 1000 + min(len(item.name), 999)


class _Chains:
    """Chains by what identifies them, and by the words by which shorter forms may find them."""

    def __init__(self, found: Sequence[Found], abbreviations: Mapping[str, str]) -> None:
        self.all: list[_Chain] = []
        self._found = found
        self._abbreviations = abbreviations
        self._by_key: dict[tuple[EntityType, object], _Chain] = {}
        self._by_word: dict[tuple[EntityType, str], list[_Chain]] = {}

    def add(self, number: int) -> None:
        """Put the mention `number` into its chain, or found one."""
        item = self._found[number]
        identity = self._key(item)
        chain = self._by_key.get(identity) or self._short_form(item)
        if chain is None:
            if item.bare and item.text.lower() not in _ALONE:
                return
            chain = _Chain(item)
            self.all.append(chain)
            for word in self._words(item):
                self._by_word.setdefault((item.type, word), []).append(chain)
        if (not item.bare and len(key(item.name)) > 1) or item.type is not EntityType.PERSON:
            self._by_key.setdefault(identity, chain)
        chain.members.append(number)

    def _key(self, item: Found) -> tuple[EntityType, object]:
        if item.code:
            return (item.type, item.code)
        if item.type is EntityType.ORGANIZATION:
            return (item.type, self._body(item))
        return (item.type, key(item.name))

    def _body(self, item: Found) -> frozenset[str]:
        return body_key(item.full or item.name, self._abbreviations)

    def _words(self, item: Found) -> Iterable[str]:
        """Return the words by which a shorter form may find the chain that `item` founds."""
        if item.type is EntityType.ORGANIZATION:
            return sorted(self._body(item))
        if item.type is EntityType.PERSON:
            name = key(_INITIALS.sub("", item.name))
            return dict.fromkeys((name[0], name[-1])) if name else ()
        return ()

    def _short_form(self, item: Found) -> _Chain | None:
        """Return the one chain that `item` may be short for: a surname, "Foreign Ministry", "the Secretariat"."""
        if item.type is EntityType.PERSON:
            return self._person(item)
        if item.type is not EntityType.ORGANIZATION or item.full:
            return None
        words = self._body(item)
        if not words or (len(words) == 1 and not item.bare):
            return None
        head = min(words, key=lambda w: len(self._by_word.get((item.type, w), ())))
        fitting = [
            c for c in self._by_word.get((item.type, head), ()) if words < self._body(c.first) and _same_head(item, c)
        ]
        if len(fitting) > 1 and item.bare:
            return self._nearest(fitting, item)
        return fitting[0] if len(fitting) == 1 else None

    def _person(self, item: Found) -> _Chain | None:
        initials = _INITIALS.match(item.name)
        words = key(_INITIALS.sub("", item.name))
        if not words:
            return None
        fitting = [
            c
            for c in self._by_word.get((item.type, words[-1]), ())
            if _part(words, key(_INITIALS.sub("", c.first.name))) and (not initials or c.first.name[0] == item.name[0])
        ]
        if len(fitting) > 1 and len(words) == 1 and not initials:
            return self._nearest(fitting, item)
        return fitting[0] if len(fitting) == 1 else None

    def _nearest(self, chains: Sequence[_Chain], item: Found) -> _Chain | None:
        """Return the chain last spoken of before `item`."""
        last = {
            max(starts): n
            for n, c in enumerate(chains)
            if (starts := [s for m in c.members if (s := self._found[m].start) < item.start])
        }
        return chains[last[max(last)]] if last else None


def body_key(name: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """Return what tells bodies apart: the words of the name with abbreviations written out, in any order."""
    words: list[str] = []
    for word in re.sub(r"\([A-Z][\w-]*\)", " ", name).split():
        words += key(abbreviations.get(word.strip(_QUOTES), word))
    found = frozenset(_TERRORIST.sub("anti-terrorist", w.strip(_QUOTES)) for w in words) - _SMALL
    return found - _OWNER if found >= _STRUCTURE else found


def _same_head(item: Found, chain: _Chain) -> bool:
    """Whether the short form is of the same kind and has the head of the long one."""
    head = key(item.name)[-1 if item.bare else 0]
    before, part, _ = chain.first.name.partition(item.name)
    if part and before.endswith(("of ", "of the ", "under ", "under the ", "for ", "for the ")):
        return False
    return item.kind == chain.first.kind and head in key(chain.first.name)


def _part(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether `words` is the first or the last part of the name `full`."""
    return len(words) <= len(full) and (full[-len(words) :] == words or full[: len(words)] == words)


def _values(
    found: Sequence[Found], chains: Iterable[_Chain], abbreviations: Mapping[str, str]
) -> tuple[list[Mention], dict[str, Referent]]:
    mentions: list[Mention] = []
    referents: dict[str, Referent] = {}
    for chain in chains:
        members = [found[n] for n in sorted(chain.members)]
        identifier = f"{members[0].type}@{members[0].start}"
        if identifier in referents:  # a name that begins where another does: "SCO" in "SCO Secretariat"
            identifier += f"-{members[0].end}"
        referents[identifier] = _referent(identifier, members, abbreviations)
        mentions += (
            Mention(m.start, m.end, m.text, m.type, identifier, named=not m.bare or chain.first.bare) for m in members
        )
    mentions.sort(key=lambda m: (m.start, -m.end, m.type))
    return mentions, referents


def _referent(identifier: str, members: Sequence[Found], abbreviations: Mapping[str, str]) -> Referent:
    named = [m for m in members if not m.bare and not m.adjective] or list(members)
    best = max(named, key=lambda m: (len(m.name.split()), len(m.name)))
    names = dict.fromkeys(m.name for m in named)
    short = None
    if best.type is EntityType.ORGANIZATION:
        short = next((a for a, full in abbreviations.items() if full in names), None)
        short = short or next((n for n in names if n.isupper() and n != best.name), None)
        names |= {short: None} if short else {}
    if best.code and best.full and re.search(rf"\b{re.escape(best.full)}\b", best.name):
        names[best.full] = None
    return Referent(
        identifier,
        best.type,
        best.name,
        aliases=tuple(n for n in names if n != best.name),
        abbreviation=short,
        kind=next((m.kind for m in (best, *members) if m.kind), None),
        code=best.code,
    )
