"""Chains of mentions: full names, abbreviations, surnames and short forms of one thing in one document."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from sco_graph.extract.gazetteer import key
from sco_graph.extract.lexicon import ORGANS, REGION_HEADS, TRADES, TRADING_HEADS
from sco_graph.model import EntityType, Mention, Referent

_INITIALS = re.compile(r"^(?:[A-Z][a-z]{0,2}\.[ -]?)+")
_HOUSED = tuple(
    f"{word} {article}" for word in ("of", "under", "for", "in", "at", "within") for article in ("", "the ")
)
"""What stands before the body that another is a part of."""
_OF_STATES = frozenset(("Ministry", "Assembly", "Agency", "Committee", "Council", "Embassy"))
"""Kinds of bodies whose names bear the adjective of their state as an owner, and not as a part."""
_SMALL = frozenset("of the for and on in to a an & 's at ( )".split()) | {""}
_ALONE = frozenset("secretariat senate duma majlis mejlis mazhilis majilis kenesh mfa mofa parliament".split())
"""Heads that name a body even if nothing else in the text does."""
_WITHIN = re.compile(r"(\S+ \S+ \S.*?) \([A-Z][\w-]{1,9}\) (?:of|under|at|in) ")
"""A name before its abbreviation in brackets, within a longer one."""
_SPELLINGS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"\bye|(?<=[aeiouy])ye", "e"),
        (r"yo|io", "o"),
        (r"kh|gh|q", "h"),
        (r"dzh|zh|j", "j"),
        (r"iy\b|ii\b|yi|y", "i"),
        (r"ou|oo", "u"),
        (r"x", "ks"),
        (r"(.)\1", r"\1"),
    )
)
"""What letters other spellings of a name have, in this order."""
_BRACKETED = re.compile(r"\([A-Z][\w-]*\)")
_TERRORIST = re.compile(r"(?:anti|counter)-?terroris[tm]$")
_STRUCTURE = frozenset(("regional", "anti-terrorist", "structure"))
_OWNER = frozenset(("sco", "shanghai", "cooperation", "organization"))
"""The Organisation's best-known body is named with and without it."""
_QUOTES = "“”\"'‘’«»(),"


_FULL = 3
"""Names of so many words are told by the first two as well: "Bilawal Bhutto"."""
_MOST = 12
"""No person's name has more words than this; longer ones, which are no names, have no short forms."""


class Found(Struct, frozen=True):
    """One name in the text, before it is known what it refers to.

    `name` is what the entity is called there (the words, or "Kazakhstan" for "Kazakh"); `full` is the usual full
    name of a well-known organization; `bare` marks a head noun alone ("the Secretariat"); `state` is whose body it is, if
    words before the name say so ("Turkmenistan's Deputy Chairman of the Cabinet of Ministers").
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
    state: str | None = None


@dataclass(slots=True)
class _Chain:
    """Mentions, by their place in `found`, of referent `number`; `first` is its fullest form, of these `words`.

    `parts` are what a person of that name may be called in short.
    """

    first: Found
    number: int
    words: frozenset[str]
    parts: tuple[tuple[str, ...], ...]
    members: list[int] = field(default_factory=list)


def link(found: Sequence[Found], abbreviations: Mapping[str, str]) -> tuple[list[Mention], dict[str, Referent]]:
    """Return the mentions of `found`, which is in the order of the text, and what they refer to.

    `abbreviations` maps an abbreviation to the full name that it follows in brackets. Different full names
    are never one referent.
    """
    chains = _Chains(found, abbreviations)
    for number in sorted(range(len(found)), key=lambda n: (-chains.fullness(found[n]), n)):
        chains.add(number)
    return _values(found, chains.all, abbreviations)


def _fullness(item: Found) -> int:
    """Return how full a name by itself is."""
    return -1 if item.bare or item.adjective else len(item.name.split()) * 1000 + min(len(item.name), 999)


class _Chains:
    """Chains by what identifies them, and by the words by which shorter forms may find them."""

    def __init__(self, found: Sequence[Found], abbreviations: Mapping[str, str]) -> None:
        self.all: list[_Chain] = []
        self._found = found
        self._abbreviations = abbreviations
        self._owners = _owners(found)
        self._body_keys: dict[str, frozenset[str]] = {}
        self._by_key: dict[tuple[EntityType, object], _Chain] = {}
        self._by_word: dict[str, list[_Chain]] = {}
        self._by_part: dict[tuple[str, ...], list[_Chain]] = {}
        self._spoken: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def fullness(self, item: Found) -> int:
        """Return how full a name is, its owner's counted in: the fullest forms found chains, shorter ones join them."""
        owned = 1000 * len(self._owners.get((item.start, item.end), ()))
        return owned + _fullness(item)

    def add(self, number: int) -> None:
        """Put the mention `number` into its chain, or found one."""
        item = self._found[number]
        identity = self._key(item)
        spelling = (item.type, spelt(item.name)) if item.type is EntityType.PERSON and " " in item.name else identity
        chain = self._by_key.get(identity) or self._by_key.get(spelling) or self._short_form(item)
        if chain is None:
            if item.bare and item.text.lower() not in _ALONE:
                return
            chain = self._founded(item)
        if (not item.bare and len(key(item.name)) > 1) or item.type is not EntityType.PERSON:
            self._by_key.setdefault(identity, chain)
            self._by_key.setdefault(spelling, chain)
        chain.members.append(number)
        if item.type is EntityType.PERSON:
            for part in chain.parts:
                insort(self._spoken.setdefault(part, []), (item.start, chain.number))

    def _founded(self, item: Found) -> _Chain:
        body = item.type is EntityType.ORGANIZATION
        parts = _parts(item) if item.type is EntityType.PERSON else ()
        chain = _Chain(item, len(self.all), self._body(item) if body else frozenset(), parts)
        self.all.append(chain)
        for word in chain.words:
            self._by_word.setdefault(word, []).append(chain)
        for part in chain.parts:
            self._by_part.setdefault(part, []).append(chain)
        return chain

    def _key(self, item: Found) -> tuple[EntityType, object]:
        if item.code or (item.type is EntityType.COUNTRY and item.full):
            return (item.type, item.code or item.full)
        if item.type is EntityType.ORGANIZATION:
            return (item.type, self._body(item))
        return (item.type, key(item.name))

    def _body(self, item: Found) -> frozenset[str]:
        name = item.full or item.name
        words = self._body_keys.get(name)
        if words is None:
            words = self._body_keys[name] = body_key(name, self._abbreviations)
        return words | self._owners.get((item.start, item.end), frozenset())

    def _short_form(self, item: Found) -> _Chain | None:
        """Return the one chain that `item` may be short for: a surname, "Foreign Ministry", "the Secretariat"."""
        if item.type is EntityType.PERSON:
            return self._person(item)
        if item.type is not EntityType.ORGANIZATION or item.full:
            return None
        words = self._body(item)
        if not words or (len(words) == 1 and not item.bare):
            return None
        rarest = min((self._by_word.get(w, []) for w in words), key=len)
        fitting = [c for c in rarest if words < c.words and _same_head(item, c)]
        if len(fitting) > 1 and item.bare:
            return self._nearest(fitting, item)
        return fitting[0] if len(fitting) == 1 else None

    def _person(self, item: Found) -> _Chain | None:
        initials = _INITIALS.match(item.name)
        words = key(_INITIALS.sub("", item.name))
        fitting = self._by_part.get((item.name[0], *words) if initials else words, [])
        if len(fitting) > 1 and len(words) == 1 and not initials:
            spoken = self._spoken[words]
            last = bisect_left(spoken, (item.start, 0)) - 1
            return self.all[spoken[last][1]] if last >= 0 else None
        return fitting[0] if len(fitting) == 1 else None

    def _nearest(self, chains: Sequence[_Chain], item: Found) -> _Chain | None:
        """Return the chain last spoken of before `item`."""
        last = {
            max(starts): n
            for n, c in enumerate(chains)
            if (starts := [s for m in c.members if (s := self._found[m].start) < item.start])
        }
        return chains[last[max(last)]] if last else None


@lru_cache(maxsize=1024)
def spelt(name: str) -> frozenset[str]:
    """Return the words of a person's full name as one spelling for those that English gives to other scripts.

    >>> spelt("Nurlan Yermekbayev") == spelt("ERMEKBAEV Nurlan")
    True
    """
    plain = name.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    for pattern, letters in _SPELLINGS:
        plain = pattern.sub(letters, plain)
    return frozenset(plain.split())


def _owners(found: Sequence[Found]) -> dict[tuple[int, int], frozenset[str]]:
    """Return the words of the state before the possessive of each body's name: "Kazakhstan's Ministry of Culture"."""
    states = {f.end: f for f in found if f.type is EntityType.COUNTRY and not f.adjective}
    said = {(item.start, item.end): frozenset(key(item.state)) for item in found if item.state}
    return said | {
        (item.start, item.end): frozenset(key(state.full or state.name))
        for item in found
        if item.type is EntityType.ORGANIZATION
        and not item.bare
        and not item.full
        and (state := states.get(item.start - len("'s ")))
    }


def body_key(name: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """Return what tells bodies apart: the words of the name with abbreviations written out, in any order."""
    words: list[str] = []
    for word in (_BRACKETED.sub(" ", name) if "(" in name else name).split():
        words += key(abbreviations.get(word.strip(_QUOTES), word))
    found = frozenset([_TERRORIST.sub("anti-terrorist", w.strip(_QUOTES)) for w in words]) - _SMALL
    return found - _OWNER if found >= _STRUCTURE else found


def _same_head(item: Found, chain: _Chain) -> bool:
    """Whether the short form is of the same kind and has the head of the long one."""
    head = key(item.name)[-1 if item.bare else 0]
    before, part, rest = chain.first.name.partition(item.name)
    if not before and rest.rpartition(" ")[2].lower() in ORGANS:
        return False  # "SCO Business Council" of "SCO Business Council Board"
    if part and before.endswith(_HOUSED):
        return False
    return item.kind == chain.first.kind and head in key(chain.first.name)


def _parts(item: Found) -> tuple[tuple[str, ...], ...]:
    """Return the parts by which a person may be called: the first word, or first two of three, and all that end the name.

    Each stands there twice: alone, and behind the initial that may take the place of what is left out.
    """
    words = key(_INITIALS.sub("", item.name))
    ends = range(len(words) if len(words) <= _MOST else 0)
    parts = dict.fromkeys(words[n:] for n in ends) | dict.fromkeys((words[:1],) if ends else ())
    parts |= dict.fromkeys((words[:2],) if len(words) == _FULL else ())
    initial = item.name[0] if "A" <= item.name[0] <= "Z" else None
    return (*parts, *((initial, *p) for p in parts if initial))


def _values(
    found: Sequence[Found], chains: Iterable[_Chain], abbreviations: Mapping[str, str]
) -> tuple[list[Mention], dict[str, Referent]]:
    mentions: list[Mention] = []
    referents: dict[str, Referent] = {}
    adjectives = {f.start: f.end for f in found if f.adjective}
    for chain in chains:
        members = [found[n] for n in sorted(chain.members)]
        identifier = f"{members[0].type}@{members[0].start}"
        if identifier in referents:  # a name that begins where another does: "SCO" in "SCO Secretariat"
            identifier += f"-{members[0].end}"
        referents[identifier] = _referent(identifier, members, abbreviations, adjectives)
        mentions += (
            Mention(m.start, m.end, m.text, m.type, identifier, named=not m.bare or chain.first.bare) for m in members
        )
    mentions.sort(key=lambda m: (m.start, -m.end, m.type))
    return mentions, referents


def _shorter(item: Found, adjectives: Mapping[int, int]) -> str | None:
    """Return the form within a name: "Foreign Ministry" of "Chinese Foreign Ministry", "Sughd" of "Sughd region"."""
    if item.type is EntityType.ORGANIZATION and item.kind in _OF_STATES and item.start in adjectives:
        rest = item.text[adjectives[item.start] - item.start :].strip()
        return rest if " " in rest else None
    name, _, last = item.name.rpartition(" ")
    if item.type is EntityType.ORGANIZATION and last in TRADING_HEADS:
        words = name.split()
        while words and words[-1] in TRADES:
            words.pop()
        return " ".join(words) or None
    return name if item.type is EntityType.PLACE and last in REGION_HEADS else None


def _referent(
    identifier: str, members: Sequence[Found], abbreviations: Mapping[str, str], adjectives: Mapping[int, int]
) -> Referent:
    named = [m for m in members if not m.bare and not m.adjective] or list(members)
    names = dict.fromkeys([m.name for m in named])
    best = max(named, key=lambda m: (len(m.name.split()), len(m.name))) if len(names) > 1 else named[0]
    short = None
    if best.type is EntityType.ORGANIZATION:
        short = next((a for a, full in abbreviations.items() if full in names), None)
        short = short or next((n for n in names if n.isupper() and n != best.name), None)
        names |= {short: None} if short else {}
    if best.type is EntityType.ORGANIZATION and (within := _WITHIN.match(best.name)):
        names[within[1]] = None
    names |= {form: None for m in named if (form := _shorter(m, adjectives))}
    if best.code and best.full and best.full in best.name and re.search(rf"\b{re.escape(best.full)}\b", best.name):
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
