"""Atoms: what one name means in all documents that use it in one way; the smallest things that clusters are made of.

An atom has a key (see `keys`). A person's key also tells the state that a document gives the person: one name with two
states is a question. A person's decision can take one document's referent out of an atom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.model import EntityType, Modality, Referent
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.keys import Keys
from sco_graph.resolve.names import normalise


@dataclass(slots=True)
class Atom:
    """One key's referents, and what their documents say of them.

    `names` counts the names an identifier can be made of, `forms` are all names; `related` holds keys of other atoms by
    what they are to this one: "state", "body", "parent", "place", "participant", "event". `known` is the
    entry of the authority data that the atom is made of, if it is of no document.
    """

    key: str
    type: EntityType
    referents: list[tuple[str, Referent]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    related: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    titles: set[str] = field(default_factory=set)
    dates: set[tuple[str, str]] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)
    place_names: set[str] = field(default_factory=set)
    known: AuthorityEntry | None = None

    @property
    def local(self) -> bool:
        """Whether the key holds only within its document."""
        return "@" in self.key

    @property
    def named(self) -> bool:
        """Whether any referent has a name of its own."""
        return self.known is not None or any(r.name for _, r in self.referents)


@dataclass(frozen=True, slots=True)
class Atoms:
    """All atoms by key, and the key of each referent `(document id, referent id)`."""

    by_key: Mapping[str, Atom]
    keys: Mapping[tuple[str, str], str]

    def of(self, *types: EntityType) -> list[Atom]:
        """Return the atoms of these types, ordered by key."""
        return [atom for _, atom in sorted(self.by_key.items()) if atom.type in types]


def collect(
    extractions: Iterable[Extraction],
    authority: Authority,
    parted: frozenset[tuple[str, str]] = frozenset(),
) -> Atoms:
    """Return the atoms of `extractions`.

    `parted` holds the referents `(document id, referent id)` that a person's decision has taken out of their atoms.
    """
    atoms: dict[str, Atom] = {}
    keys: dict[tuple[str, str], str] = {}
    for extraction in sorted(extractions, key=lambda e: e.document.id):
        _Collector(extraction, authority, parted).into(atoms, keys)
    met = {entry.iri: _of_entry(entry, atoms, authority) for entry in authority.compared()}
    return Atoms(atoms | met, keys)


def _of_entry(entry: AuthorityEntry, atoms: Mapping[str, Atom], authority: Authority) -> Atom:
    """Return the atom of a person or an event of the authority data; it relates to what documents speak of."""
    atom = Atom(entry.iri, entry.type, known=entry)
    atom.names[entry.labels[0]] = 1
    atom.forms.update(entry.latin)
    atom.titles |= {normalise(title) for title, _ in entry.posts}
    atom.dates |= set(entry.dates)
    related = {"body": [body for _, body in entry.posts], "state": entry.states, "place": entry.places}
    for what, iris in related.items():
        atom.related[what] |= {iri for iri in iris if iri in atoms}
    places = (authority.by_iri[iri] for iri in entry.places if iri in authority.by_iri)
    atom.place_names |= {normalise(name) for place in places for name in place.latin}
    return atom


class _Collector:
    """The atoms' share of one document."""

    def __init__(self, extraction: Extraction, authority: Authority, parted: frozenset[tuple[str, str]]) -> None:
        self._extraction = extraction
        self._document = extraction.document.id
        self._parted = parted
        self._names = Keys(extraction, authority)
        self._roles = [c for c in extraction.claims if isinstance(c, Role) and c.modality is not Modality.DENIED]
        self._key: dict[str, str] = {}
        triples = list(self._names.triples())
        self._own = {referent.id: own for referent, _, own in triples}
        for referent, key, _ in triples:
            if referent.type is not EntityType.PERSON:
                self._key[referent.id] = self._apart(referent, key)
        for referent, key, _ in triples:
            if referent.type is EntityType.PERSON:
                self._key[referent.id] = self._apart(referent, self._with_state(referent, key))

    def into(self, atoms: dict[str, Atom], keys: dict[tuple[str, str], str]) -> None:
        """Add this document's referents and claims to `atoms` and `keys`."""
        for referent in self._extraction.referents:
            key = self._key[referent.id]
            keys[self._document, referent.id] = key
            atom = atoms.setdefault(key, Atom(key, referent.type))
            atom.referents.append((self._document, referent))
            atom.documents.add(self._document)
            atom.names[self._names.name(referent)] += 1
            atom.forms.update(form for form in (referent.name or referent.label, *referent.aliases) if form)
            if self._own[referent.id] != key and "@" not in key:
                atom.earlier.add(self._own[referent.id])
        self._relate(atoms)

    def _with_state(self, referent: Referent, key: str) -> str:
        """Return the key of a person, with the state that this document gives the person."""
        if "@" in key or not key.startswith("person:"):
            return key
        states = sorted({s for role in self._roles if role.person.referent == referent.id for s in self._states(role)})
        return f"{key}<{'+'.join(states)}" if states else key

    def _states(self, role: Role) -> list[str]:
        return (
            [self._key[role.organization.referent].rpartition("/")[2]]
            if role.organization and role.organization.type is EntityType.COUNTRY
            else []
        )

    def _apart(self, referent: Referent, key: str) -> str:
        return f"{key}@{self._document}" if (self._document, referent.id) in self._parted and "@" not in key else key

    def _relate(self, atoms: dict[str, Atom]) -> None:
        at: dict[str, set[str]] = defaultdict(set)
        for claim in self._extraction.claims:
            if claim.modality is Modality.DENIED:
                continue
            arguments = [self._key[m.referent] for m in claim.arguments()]
            if isinstance(claim, Role):
                self._relate_role(claim, atoms[arguments[0]])
            elif isinstance(claim, PartOf):
                atoms[arguments[0]].related["parent"].add(arguments[1])
            elif isinstance(claim, EventDate):
                atoms[arguments[0]].dates.add((claim.first, claim.last))
            elif isinstance(claim, EventPlace):
                atoms[arguments[0]].related["place"].add(arguments[1])
            elif isinstance(claim, Participation):
                event, agent = self._key[claim.event.referent], self._key[claim.agent.referent]
                atoms[event].related["participant"].add(agent)
                at[event].add(agent)
        for event, agents in at.items():
            for agent in agents:
                atoms[agent].related["event"].add(event)

    def _relate_role(self, claim: Role, person: Atom) -> None:
        person.titles.add(normalise(claim.title))
        if claim.organization:
            kind = "state" if claim.organization.type is EntityType.COUNTRY else "body"
            person.related[kind].add(self._key[claim.organization.referent])


def states_of(atom: Atom, atoms: Mapping[str, Atom], depth: int = 0) -> frozenset[str]:
    """Return the states that `atom` is said to belong to, through its posts or its parents."""
    found = set(atom.related.get("state", ()))
    for key in (*atom.related.get("body", ()), *atom.related.get("parent", ())):
        other = atoms.get(key)
        if other is None:
            continue
        if other.type is EntityType.COUNTRY:
            found.add(key)
        elif depth < 5:  # chains of parents are short; a longer one would be a circle
            found |= states_of(other, atoms, depth + 1)
    return frozenset(found)


def compared_forms(atom: Atom) -> list[str]:
    """Return the names of `atom` that can be compared, the most frequent first."""
    if atom.known:
        return list(atom.known.latin)
    named = Counter(r.name or r.label or "" for _, r in atom.referents)
    return [name for name, _ in sorted(named.items(), key=lambda item: (-item[1], item[0])) if name]
