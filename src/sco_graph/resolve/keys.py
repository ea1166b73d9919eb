"""Keys: two referents with the same key are the same entity.

A key that holds only within its document ends in `@<document>`: a bare surname, a body known only by a common noun,
an unnamed event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from sco_graph.claims.event_date import EventDate
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.part_of import PartOf
from sco_graph.model import EntityType, Modality, Referent
from sco_graph.rdf import slug
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.names import event_words, normalise

# Words that many bodies share: a name of nothing else tells no body apart.
_COMMON = frozenset(
    "academy administration agency affairs and assembly board bureau cabinet center chamber commission committee "
    "council culture defense delegation department economy education embassy executive finance foreign general "
    "government group health institute interior justice mfa ministers ministry mission national of office parliament "
    "press secretariat security senate service state supreme trade".split()
)


class Keys:
    """The keys of the referents of one document."""

    def __init__(self, extraction: Extraction, authority: Authority) -> None:
        self._document = extraction.document.id
        self._authority = authority
        self._referents = {r.id: r for r in extraction.referents}
        self._parent: dict[str, str] = {}
        self._years: dict[str, set[str]] = defaultdict(set)
        for claim in extraction.claims:
            if isinstance(claim, PartOf):
                self._parent.setdefault(claim.child.referent, claim.parent.referent)
            elif isinstance(claim, EventDate) and claim.modality is not Modality.DENIED:
                self._years[claim.event.referent].add(claim.first[:4])

    def triples(self) -> Iterator[tuple[Referent, str, str]]:
        """Yield (referent, key, key without authority data); unnamed events of one label are numbered."""
        seen: Counter[str] = Counter()
        for referent in self._referents.values():
            own = self._own(referent)
            key = (self._entry(referent) if referent.name else None) or own
            if referent.name is None:
                seen[key] += 1
                key = own = key if seen[key] == 1 else f"{key}#{seen[key]}"
            yield referent, key, own

    def key(self, referent: Referent, depth: int = 0) -> str:
        """Return the key of `referent`: the IRI of an authority entry, or "<type>:<what tells it apart>"."""
        return (self._entry(referent) if referent.name else None) or self._own(referent, depth)

    def _own(self, referent: Referent, depth: int = 0) -> str:
        if referent.name is None:
            return self._local(referent, referent.label or "")
        if referent.type is EntityType.PERSON:
            return self._person(referent)
        if referent.type is EntityType.ORGANIZATION:
            return self._body(referent, depth)
        if referent.type is EntityType.EVENT:
            return self._event(referent)
        return f"{referent.type}:{referent.code or normalise(referent.name)}"

    def _entry(self, referent: Referent) -> str | None:
        if referent.type is EntityType.COUNTRY and (entry := self._authority.coded(referent.code)):
            return entry.iri
        entry = self._authority.named(referent.type, referent.name or "")
        return entry.iri if entry else None

    def _local(self, referent: Referent, name: str) -> str:
        return f"{referent.type}:{normalise(name)}@{self._document}"

    def _person(self, referent: Referent) -> str:
        name = referent.name or ""
        return f"person:{normalise(name)}" if len(normalise(name).split()) > 1 else self._local(referent, name)

    def _body(self, referent: Referent, depth: int) -> str:
        name = normalise(referent.name or "")
        parent = self._referents.get(self._parent.get(referent.id, ""))
        # A chain of parents is short; a longer one would be a circle.
        if parent and parent.name and depth < 5 and not _contains(name, parent):
            if under := self._below(referent, parent):
                return under
            return f"organization:{name}<{self.key(parent, depth + 1)}"
        if set(name.split()) <= _COMMON:
            return self._local(referent, name)
        return f"organization:{name}"

    def _below(self, referent: Referent, parent: Referent) -> str | None:
        """Return the authority entry that is named after its parent: "Secretariat" of the SCO."""
        for label in (parent.name, parent.abbreviation, *parent.aliases):
            if label and (entry := self._authority.named(referent.type, f"{label} {referent.name}")):
                return entry.iri
        return None

    def _event(self, referent: Referent) -> str:
        words = event_words(referent.name or "")
        years = sorted(self._years[referent.id] - set(words))
        has_number = any(any(c.isdigit() for c in w) for w in words)
        if has_number and len(words) > 2:
            return f"event:{' '.join(words)}"
        if len(years) == 1:
            return f"event:{' '.join(words)}|{years[0]}"
        return self._local(referent, referent.name or "")

    def name(self, referent: Referent) -> str:
        """Return what the identifier of `referent` is made of: its name or label, for an event with its year."""
        name = referent.name or referent.label or referent.type.value
        years = sorted(self._years[referent.id])
        return f"{name} {years[0]}" if len(years) == 1 and years[0] not in slug(name) else name


def _contains(name: str, parent: Referent) -> bool:
    forms = (parent.name, parent.abbreviation, *parent.aliases)
    words = set(name.split())
    return any(form and set(normalise(form).split()) <= words for form in forms)
