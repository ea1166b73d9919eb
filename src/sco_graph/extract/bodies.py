"""The grammar of bodies' names: "Culture Committee of the Ministry of Culture and Information of Kazakhstan".

A name is a run of capitalised words that holds a head (Committee, Ministry ...), and what "of", "for", "on", "under"
add to it. Names inside a name are found too: the ministry, and Kazakhstan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

from sco_graph.claims.lexicon import FIELDS
from sco_graph.extract.body_runs import CLOSERS, COLLECTIVES, FAR, Runs, heads_of
from sco_graph.extract.lexicon import (
    BODY_HEADS,
    EVENT_HEADS,
    NOT_IN_NAMES,
    ORGANS,
    VENUE_CENTRES,
    VENUE_HEADS,
)

_JOINED = frozenset("countries nations states peoples parliaments regions cities communities".split())
"""Nouns for those who join in an organization, as the last words of its name."""
_OFFICES = frozenset("president prime king emir sultan head government cabinet presidency minister".split())
_WITH = frozenset("friendship relations ties cooperation contacts exchange exchanges solidarity".split())
"""What is had with others, and so goes on in a name: "Association for Friendship with Foreign Countries"."""
_SHARED = frozenset(("between", "among", "with"))
_AT_LARGE = frozenset("embassy consulate consulate-general mission representation office representative".split())
_OFFICE_WORDS = _OFFICES | frozenset(("of", "the", "minister", "ministers", "state"))
_OF_ONLY = frozenset("government parliament senate university party bank company corporation cabinet".split())
_QUOTES = frozenset(("“", "”", '"', "«", "»", "„", "``", "''"))
_BEGINNINGS = _QUOTES | {"head", "heads"}
"""What else than a capital or a name well known may begin a name."""
_SCHOOLS = frozenset("centre center institute academy university school institution".split())
_HOUSES = frozenset(
    "council association union consortium federation confederation bank forum club network alliance league party"
    " academy university foundation".split()
)
_UPPER = frozenset("upper lower publishing trading senate parliament full".split())
_CABINET_POSTS = frozenset(("secretary", "minister", "member", "chairman"))
"""Posts that "Cabinet" belongs to as a word of the title."""
_DEEP = 8
"""No name holds more levels of bodies than this."""


class Body(Struct, frozen=True):
    """Words `first` to `last` (exclusive) name a body; `head` is the index of its head noun.

    `bare` marks a head alone ("the Secretariat"), which names nothing by itself; `venue` a building.
    """

    first: int
    last: int
    head: int
    kind: str | None
    bare: bool = False
    venue: bool = False


@dataclass(slots=True)
class Grammar(Runs):
    """The names of bodies in one sentence."""

    _memo: dict[int, Body | None] = field(default_factory=dict)
    _depth: int = 0

    def bodies(self) -> list[Body]:
        """Return all bodies, those inside others too, in the order of the text."""
        found: list[Body] = []
        index = 0
        while index < len(self.words):
            word = self.words[index]
            begins = word.capital or index in self.known or word.lower in _BEGINNINGS
            body = self.at(index) if begins else None  # few words begin a name, and this loop sees them all
            found += [body] if body else []
            index = body.last if body else self._next(index)
        found += self.read()
        found += [b for f in found if (b := self._prefix(f))]
        unique = {(b.first, b.last): b for b in reversed(found)}
        return sorted(unique.values(), key=lambda b: (b.first, -b.last))

    def complement(self, head: int) -> int:
        """Return the end of what "of" adds right behind the word `head`, 0 if it adds nothing."""
        return self._complement(head, "of", head + 2) if self._lower(head + 1) == "of" else 0

    def read(self) -> list[Body]:
        """Return the bodies found so far."""
        return [b for b in self._memo.values() if b]

    def at(self, first: int) -> Body | None:
        """Return the body whose name begins with the word `first`."""
        if first not in self._memo and self._depth < _DEEP:
            self._depth += 1
            self._memo[first] = self._read(first)
            self._depth -= 1
        return self._memo.get(first)

    def _prefix(self, body: Body) -> Body | None:
        """Return "SCO RATS" of "SCO RATS Executive Committee", "SCO Business Council" of "SCO Business Council Board"."""
        for index in range(body.first + 1, body.head):
            if self.words[index].text == "(" and self.words[index - 1].lower in BODY_HEADS:
                return Body(body.first, index, index - 1, BODY_HEADS[self.words[index - 1].lower])
        if self.words[body.head].lower in ORGANS:
            for index in range(body.head - 1, body.first, -1):
                house = self.words[index].lower
                if house in _HOUSES and self.words[index].capital and self._lower(index - 1) not in ("trade", "and"):
                    return Body(body.first, index + 1, index, BODY_HEADS.get(house))
        second = body.first + 1
        known = self.known.get(body.first)
        if known and known.organization and known.last == second < body.head and self.words[second].shouted:
            return Body(body.first, second + 1, second, None)
        return None

    def _next(self, index: int) -> int:
        known = self.known.get(index)
        return known.last if known and not known.state else index + 1

    def _read(self, first: int) -> Body | None:
        start = first
        if self.words[first].text in _QUOTES:
            start = self._after_quote(first)
        elif not self._starts(first):
            return None
        end, head = self._run(start) if start >= 0 else (0, -1)
        if head < 0 or (self.words[head].lower == "cabinet" and self._lower(head + 1) in _CABINET_POSTS):
            return None
        venue = self.words[head].lower in VENUE_HEADS or (
            head > first
            and self.words[head - 1].lower in VENUE_CENTRES
            and self.words[head].lower in ("centre", "center", "hall", "house")
        )
        venue = venue or self._house(first, head)
        last = self._extend(head) if end == head + 1 else head + 1
        last = self._quoted_end(last) if last == head + 1 < len(self.words) else last
        if first in self.known and self.known[first].last == last:
            return None
        kind = None if venue else BODY_HEADS.get(self.words[head].lower)
        return Body(first, last, head, kind, bare=last - first == 1, venue=venue)

    def _house(self, first: int, head: int) -> bool:
        """Whether a house is a building: "at Hyderabad House", and no "House of Representatives"."""
        if self.words[head].lower != "house" or head != first + 1 or self._lower(head + 1) == "of":
            return False
        named = self.words[first].lower not in FIELDS and self.words[first].lower not in _UPPER
        return named and first > 0 and self.words[first - 1].lower in ("at", "in", "inside", "outside")

    def _after_quote(self, first: int) -> int:
        """Return where the name goes on behind the quoted words that begin at `first`, -1 if it does not."""
        for index in range(first + 2, min(len(self.words) - 1, first + 12)):
            if self.words[index].text in _QUOTES:
                before = self.words[index - 1].text[-1].isalnum()
                return index + 1 if before and self.words[index + 1].capital and self._run(index + 1)[1] > 0 else -1
        return -1

    def _quoted_end(self, index: int) -> int:
        """Return the end of the name in quotation marks at `index`: "Public Foundation «Center for X»", else `index`."""
        if self.words[index].text not in _QUOTES or not self._name_word(index + 1):
            return index
        for end in range(index + 2, min(len(self.words), index + 8)):
            word = self.words[end]
            if word.text in _QUOTES:
                return end + 1
            if not word.capital and word.lower not in ("of", "for", "and", "the", "-", "&"):
                return index
        return index

    def _extend(self, head: int) -> int:
        """Return the end of the name whose head is the word `head`, with all that prepositions add."""
        index = head + 1
        while index < min(len(self.words) - 1, head + FAR):
            preposition = self.words[index].lower
            width = self._bracketed(index) if self.words[index].text == "(" else 0
            if width and index + width < len(self.words) and self.words[index + width].lower in ("of", "for", "under"):
                index += width
                continue
            end = self._complement(head, preposition, index + 1)
            if not end:
                break
            index = end
        return index

    def _complement(self, head: int, preposition: str, index: int) -> int:
        """Return the end of what `preposition` adds to the name, 0 if it adds nothing."""
        noun = self.words[head].lower
        if preposition in _SHARED:
            return self._shared(head, preposition, index)
        abroad = preposition in ("in", "to") and noun in _AT_LARGE
        abroad = abroad or (preposition == "to" and noun in ("commission", "delegation") and index in self.known)
        if preposition == "in" and noun in _SCHOOLS and index - 2 > head:
            known = self.known.get(index)
            return known.last if known and known.state and not known.adjective else 0
        if not abroad and preposition not in (("of",) if noun in _OF_ONLY else ("of", "for", "on", "under", "against")):
            return 0
        index = self._past_article(index, preposition)
        if index >= len(self.words) or (abroad and not self.words[index].capital):
            return 0
        if end := self._owned(index) or self._studied(index) or self._state_end(index, preposition):
            return self._and_other(end) if preposition == "for" else end
        if count := heads_of(self.words, index):
            return index + count
        nested = self.at(index)
        if nested and noun in _SCHOOLS and self._of_fields(nested):
            self._memo[index] = nested = None  # "University of Public Service"
        if nested and not nested.venue:
            return nested.last
        if end := self._office(index):
            return end
        return self._fields_end(index, preposition)

    def _of_fields(self, body: Body) -> bool:
        fields = all(self.words[n].lower in FIELDS for n in range(body.first, body.head))
        return fields and body.kind not in ("Ministry", "Government")

    def _past_article(self, index: int, preposition: str) -> int:
        """Return where a complement begins at or behind the article at `index`, the end of all words if none does."""
        if self._lower(index) != "the":
            return index
        lower = index + 1 < len(self.words) and not self.words[index + 1].capital
        # "the report to the Council on the work done"
        return len(self.words) if lower and preposition in ("on", "for") else index + 1

    def _owned(self, index: int) -> int:
        """Return the end of "Kazakhstan's Ministry of Culture", "the SCO's RATS" from `index`, else 0."""
        known = self.known.get(index)
        owner = known and (known.state or known.organization) and not known.adjective
        if not known or not owner or self._lower(known.last) != "'s" or known.last + 1 >= len(self.words):
            return 0
        if (other := self.known.get(known.last + 1)) and other.organization:
            return other.last
        body = self.at(known.last + 1)
        return body.last if body and not body.bare and not body.venue else 0

    def _shared(self, head: int, preposition: str, index: int) -> int:
        """Return the end of those between or with whom something is done, from `index` on, 0 if none follow."""
        if preposition != "with":
            return self._parties(index)
        had = self._lower(index - 2) in _WITH and self.words[index - 2].capital and index - 2 > head
        return self._partners(self._past_article(index, preposition)) if had else 0

    def _partners(self, index: int) -> int:
        """Return the end of "Foreign Countries", "[the Peoples of] Africa" or "Germany" from `index`, else 0."""
        end = index
        while end < min(len(self.words), index + FAR):
            word = self.words[end]
            known = self.known.get(end)
            if not (known or word.capital or (word.lower == "of" and end > index)) or self._titled(end):
                break
            end = known.last if known else end + 1
        return end if end > index and self.words[end - 1].lower != "of" else 0

    def _parties(self, index: int) -> int:
        """Return the end of "[the Peoples of] Tajikistan and China" from `index`, else 0."""
        while index < len(self.words) and self.words[index].lower in ("the", "peoples", "people", "of"):
            index += 1
        one = self.known.get(index)
        if not one or one.last + 1 >= len(self.words) or self.words[one.last].lower != "and":
            return 0
        other = self.known.get(one.last + 1 + (self.words[one.last + 1].lower == "the"))
        return other.last if other else 0

    def _state_end(self, index: int, preposition: str) -> int:
        known = self.known.get(index)
        if not known or known.adjective:
            return 0
        if known.organization and self._national(known) and (nested := self.at(index)):
            return nested.last  # "Senate of the Oliy Majlis of the Republic of Uzbekistan"
        following = self.words[known.last].lower if known.last < len(self.words) else ""
        if following in FIELDS or following in BODY_HEADS:
            return 0
        bracket = self._bracketed(known.last) if following == "(" else 0
        if not known.state and self._head_soon(known.last + bracket):
            return 0
        if following == "and" and known.state and self._field(known.last + 1, before_head=False):
            return 0
        if preposition in ("for", "on") and not known.organization and following != "and":
            return 0 if following == "'s" else known.last
        return known.last

    def _studied(self, index: int) -> int:
        """Return the end of "Russia, Eastern European and Central Asian Studies" from `index`, else 0."""
        known = self.known.get(index)
        if not known or not known.state or known.adjective or self._lower(known.last) != ",":
            return 0
        for end in range(known.last, min(len(self.words), known.last + 14)):
            word = self.words[end]
            if word.lower in CLOSERS and word.capital:
                return end + 1
            if (not word.capital and word.lower not in (",", "and", "&")) or self._titled(end):
                return 0
        return 0

    def _and_other(self, end: int) -> int:
        """Return the end of "UNESCO and ISESCO" where the first ends at `end`: a commission for both."""
        if self._lower(end) != "and" or not self.words[end - 1].shouted or end + 1 >= len(self.words):
            return end
        following = self._lower(end + 2)
        alone = not (end + 2 < len(self.words) and self.words[end + 2].capital) and following not in ("'s", "(")
        return end + 2 if self.words[end + 1].shouted and alone else end

    def _office(self, index: int) -> int:
        """Return the end of "President of the Republic of Uzbekistan" or "Kyrgyz President" from `index`, else 0."""
        known = self.known.get(index)
        start = known.last if known and known.state and known.adjective else index
        end = start
        if self.words[min(start, len(self.words) - 1)].lower == "first":
            end += 1
        if end >= len(self.words) or self.words[end].lower not in _OFFICES:
            return 0
        while end < len(self.words) and self.words[end].lower in _OFFICE_WORDS:
            end += 1
        following = self.known.get(end)
        if following and following.state:
            return following.last
        while self.words[end - 1].lower in ("of", "the"):
            end -= 1
        return end

    def _fields_end(self, index: int, preposition: str) -> int:
        """Return the end of a portfolio or another run of name words without a head."""
        start = index
        while index < min(len(self.words), start + FAR):
            word = self.words[index]
            step = 0
            if index in self.persons and self.words[index].lower not in FIELDS:
                break
            if index in self.known:
                step = self.known[index].last - index
            elif word.capital or (word.lower in FIELDS and word.lower not in EVENT_HEADS):
                house = start > 1 and self.words[start - 2].lower == "house"  # "House of Representatives"
                if self._participle(index):
                    step = 1
                else:
                    step = self._capital_step(start, index) if house or word.lower not in NOT_IN_NAMES else 0
            elif word.lower == "'s" and index > start and self.words[index - 1].lower in COLLECTIVES:
                step = 1
            elif word.lower in ("and", "&", ",") and index > start:
                step = self._conjunct(index, before_head=False)
            if not step:
                break
            index += step
        if index == start or (
            preposition in ("for", "on") and not self.words[start].capital and self.words[start].lower not in FIELDS
        ):
            return 0
        return index

    def _participle(self, index: int) -> bool:
        """Whether a participle stands inside a name: "Turkic Speaking Countries"."""
        inside = self.words[index].lower.endswith("ing") and self.words[index - 1].capital
        return inside and index + 1 < len(self.words) and self.words[index + 1].lower in _JOINED
