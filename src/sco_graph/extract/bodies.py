"""The grammar of bodies' names: "Culture Committee of the Ministry of Culture and Information of Kazakhstan".

A name is a run of capitalised words that holds a head (Committee, Ministry ...), and what "of", "for", "on", "under"
add to it. Names inside a name are found too: the ministry, and Kazakhstan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, TITLE_HEADS, field_like
from sco_graph.claims.role.offices import STAFF
from sco_graph.claims.words import Word
from sco_graph.extract.gazetteer import Known
from sco_graph.extract.lexicon import (
    BODY_HEADS,
    EVENT_HEADS,
    NOT_IN_NAMES,
    VENUE_CENTRES,
    VENUE_HEADS,
)

_COLLECTIVES = frozenset(
    "organisations organizations ministers people women children youth workers citizens writers journalists veterans farmers students men girls".split()
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
_STAFF = STAFF | {"staff"}
_BEFORE_STAFF = STAFF | {"of", "for", "the"}
_CLOSERS = frozenset("studies affairs sciences relations languages".split())
_NOT_CUT = frozenset("general chief member first senior state".split())
_QUOTES = frozenset(("“", "”", '"', "«", "»", "„", "``", "''"))
_SCHOOLS = frozenset("centre center institute academy university school institution".split())
_FAR = 40
"""No name has more words than this; it keeps pathological input linear."""
_DEEP = 8
"""Nor does a name hold more levels of bodies than this."""


@dataclass(frozen=True, slots=True)
class Body:
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
class Grammar:
    """The names of bodies in one sentence. `persons` maps the first word of a person's name to its end."""

    words: Sequence[Word]
    known: Mapping[int, Known]
    persons: Mapping[int, int]
    _memo: dict[int, Body | None] = field(default_factory=dict)
    _depth: int = 0

    def bodies(self) -> list[Body]:
        """Return all bodies, those inside others too, in the order of the text."""
        found: list[Body] = []
        index = 0
        while index < len(self.words):
            body = self.at(index)
            found += [body] if body else []
            index = body.last if body else self._next(index)
        found += self.read()
        found += [b for f in found if (b := self._prefix(f))]
        unique = {(b.first, b.last): b for b in reversed(found)}
        return sorted(unique.values(), key=lambda b: (b.first, -b.last))

    def complement(self, head: int) -> int:
        """Return the end of what "of" adds right behind the word `head`, 0 if it adds nothing."""
        return self._complement(head, "of", head + 2) if self._lower(head + 1) == "of" else 0

    def _lower(self, index: int) -> str:
        return self.words[index].lower if index < len(self.words) else ""

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
        """Return "SCO RATS" of "SCO RATS Executive Committee"."""
        for index in range(body.first + 1, body.head):
            if self.words[index].text == "(" and self.words[index - 1].lower in BODY_HEADS:
                return Body(body.first, index, index - 1, BODY_HEADS[self.words[index - 1].lower])
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
        if head < 0:
            return None
        venue = self.words[head].lower in VENUE_HEADS or (
            head > first
            and self.words[head - 1].lower in VENUE_CENTRES
            and self.words[head].lower in ("centre", "center", "hall", "house")
        )
        last = self._extend(head) if end == head + 1 else head + 1
        kind = None if venue else BODY_HEADS.get(self.words[head].lower)
        return Body(first, last, head, kind, bare=last - first == 1, venue=venue)

    def _after_quote(self, first: int) -> int:
        """Return where the name goes on behind the quoted words that begin at `first`, -1 if it does not."""
        for index in range(first + 2, min(len(self.words) - 1, first + 12)):
            if self.words[index].text in _QUOTES:
                before = self.words[index - 1].text[-1].isalnum()
                return index + 1 if before and self.words[index + 1].capital and self._run(index + 1)[1] > 0 else -1
        return -1

    def _starts(self, first: int) -> bool:
        word = self.words[first]
        if self._in_title(first):
            return False
        if first in self.known:
            return True
        if not word.capital or word.lower in NOT_IN_NAMES or word.lower in HONORIFICS:
            return _heads_of(self.words, first) > 0
        if word.lower in TITLE_HEADS and word.lower not in _NOT_CUT:
            return self._possessive(first) and self._head_at(first + 2)
        return first not in self.persons or self._head_at(self.persons[first])

    def _in_title(self, first: int) -> bool:
        """Whether what begins at `first` belongs to a title: "Minister of ...", "Chief of the General Staff"."""
        if first == 0 or self.words[first - 1].lower not in _BEFORE_STAFF:
            return False
        end = first
        while first > 0 and self.words[first].lower in _STAFF and self.words[first - 1].lower in STAFF:
            first -= 1
        before = [w.lower for w in self.words[max(0, first - 3) : first]]
        if before[-2:-1] in (["minister"], ["ministers"]) and before[-1] in ("of", "for"):
            return self.words[end].lower != "ministry"
        if before[-2:] != ["chief", "of"] and before != ["chief", "of", "the"]:
            return False
        while end < len(self.words) and self.words[end].lower in STAFF:
            end += 1
        return self._lower(end) == "staff" and not self._head_at(end + 1)

    def _military_district(self, index: int) -> bool:
        return self.words[index].text == "District" and index > 0 and self.words[index - 1].text == "Military"

    def _head_at(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].capital and self.words[index].lower in BODY_HEADS

    def _run(self, first: int) -> tuple[int, int]:
        """Return the end of the run of name words from `first`, and its last head (-1 if it has none)."""
        index, head = first, -1
        while index < min(len(self.words), first + _FAR):
            step = self._step(first, index, head)
            if not step:
                break
            word = self.words[index]
            if (
                step == 1
                and word.capital
                and (word.lower in BODY_HEADS or word.lower in VENUE_HEADS or self._military_district(index))
                and index not in self.known
            ):
                head = index
            known = self.known.get(index)
            if known and known.organization and index > first and self._head_at(known.last - 1):
                head = known.last - 1
            index += step
        return index, head

    def _step(self, first: int, index: int, head: int) -> int:
        """Return how many words from `index` on continue a run: 0 ends it."""
        word = self.words[index]
        if index > first and index in self.persons and (head >= 0 or not self._head_at(self.persons[index])):
            return 0
        if index in self.known:
            return (
                self.known[index].last - index
                if index == first or self.known[index].adjective or self._goes_on(index)
                else 0
            )
        if heads := _heads_of(self.words, index):
            return heads if index + heads < len(self.words) and self.words[index + heads].lower == "council" else 0
        if word.capital:
            return self._capital_step(first, index)
        if word.lower in ("'s", "'") and index > first and self._owner_in_name(index - 1):
            return 1
        if word.text == "(" and (width := self._bracketed(index)) and self._name_word(index + width):
            return width if self._head_soon(index + width) else 0
        if word.lower in ("and", "&", ",") and index > first and head != index - 1:
            return self._conjunct(index, before_head=True)
        return 0

    def _owner_in_name(self, index: int) -> bool:
        """Whether the possessive of this word stands inside names: "Women's Union", "President's Office"."""
        lower = self.words[index].lower
        return lower in _COLLECTIVES or (lower in TITLE_HEADS and self._head_at(index + 2))

    def _goes_on(self, index: int) -> bool:
        """Whether a known name inside a run is a part of it: a head follows, or another run word and then a head."""
        known = self.known[index]
        return self._head_soon(known.last) or (known.organization is not None and self._head_at(known.last - 1))

    def _capital_step(self, first: int, index: int) -> int:
        lower = self.words[index].lower
        if index > first and (
            (lower in NOT_IN_NAMES and lower not in ("new", "first", "second")) or lower in HONORIFICS
        ):
            return 0
        titled = lower in TITLE_HEADS and lower not in _NOT_CUT
        return 0 if titled and not self._possessive(index) else 1

    def _participle(self, index: int) -> bool:
        """Whether a participle stands inside a name: "Turkic Speaking Countries"."""
        inside = self.words[index].lower.endswith("ing") and self.words[index - 1].capital
        return inside and index + 1 < len(self.words) and self.words[index + 1].lower in _JOINED

    def _possessive(self, index: int) -> bool:
        return index + 1 < len(self.words) and self.words[index + 1].lower == "'s"

    def _name_word(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].capital and self.words[index].lower not in NOT_IN_NAMES

    def _bracketed(self, index: int) -> int:
        """Return the width of "(SCO)", "(SCO RATS)" or "(Propaganda)" if it stands at `index`, else 0."""
        for end in range(index + 2, min(len(self.words), index + 5)):
            if self.words[end].text == ")":
                inner = self.words[index + 1 : end]
                return end - index + 1 if all(w.capital and w.lower not in TITLE_HEADS for w in inner) else 0
        return 0

    def _head_soon(self, index: int) -> bool:
        """Whether the capitalised words from `index` on hold a head."""
        for near in range(index, min(len(self.words), index + _FAR)):
            if self.words[near].text == "&":
                continue
            if not self.words[near].capital or self._titled(near):
                return False
            if self._head_at(near):
                return True
        return False

    def _conjunct(self, index: int, *, before_head: bool) -> int:
        """Return 1 (2 for ", and") if "and" or a comma at `index` joins two fields of one portfolio, else 0.

        `before_head` tells a run that is still to have its head ("Trade and Industry Committee") from a complement.
        """
        following = self.words[index + 1].lower if index + 1 < len(self.words) else ""
        if before_head and self.words[index].text != "," and not self._field_before(index):
            return 0
        if self.words[index].text == "," and following != "and":
            return int(self._list_closes(index, before_head))
        if self.words[index].text == "&":
            return int(self._name_word(index + 1))
        if following == "the" and before_head:
            return 0
        step = 2 if following == "the" or self.words[index].text == "," else 1
        if self.words[index - 1].capital and index + step < len(self.words) and not self.words[index + step].capital:
            return 0
        return step if self._field(index + step, before_head) else 0

    def _field_before(self, index: int) -> bool:
        """Whether the word before `index` may end a field of work, and not a person's name."""
        return field_like(self.words[index - 1].lower) or any(
            k.last == index for k in self.known.values() if k.adjective
        )

    def _list_closes(self, comma: int, before_head: bool) -> bool:
        """Whether the portfolio list that goes on at `comma` ends in "and" and a field, or in "Studies"."""
        index, last = comma, ""
        while index < min(len(self.words), comma + 14):
            word = self.words[index]
            if word.lower in ("and", "&"):
                return self._field(index + 1, before_head)
            if word.text != ",":
                if not (word.capital or field_like(word.lower)) or word.lower in NOT_IN_NAMES or self._titled(index):
                    break
                last = word.lower
            index += 1
        return last in _CLOSERS

    def _titled(self, index: int) -> bool:
        lower = self.words[index].lower
        return (lower in TITLE_HEADS and lower not in _NOT_CUT) or lower in HONORIFICS or index in self.persons

    def _field(self, index: int, before_head: bool) -> bool:
        """Whether a field of a portfolio stands at `index`, and no title, person or further body."""
        first = last = ""
        while index < len(self.words):
            word, known = self.words[index], self.known.get(index)
            if known and known.state and not known.adjective:
                break
            if not known:
                if not (word.capital or field_like(word.lower)) or word.lower in NOT_IN_NAMES:
                    break
                if index in self.persons and first:
                    break
                if self._titled(index) or (word.capital and word.lower in BODY_HEADS and not before_head):
                    return False
                if word.lower in BODY_HEADS:
                    break
            first, last = first or ("known" if known else word.lower), word.lower
            index = known.last if known else index + 1
        return field_like(first) or (first != "" and field_like(last))

    def _extend(self, head: int) -> int:
        """Return the end of the name whose head is the word `head`, with all that prepositions add."""
        index = head + 1
        while index < min(len(self.words) - 1, head + _FAR):
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
        if count := _heads_of(self.words, index):
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
        """Return the end of "Kazakhstan's Ministry of Culture" from `index`, else 0."""
        known = self.known.get(index)
        if not known or not known.state or known.adjective or self._lower(known.last) != "'s":
            return 0
        body = self.at(known.last + 1) if known.last + 1 < len(self.words) else None
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
        while end < min(len(self.words), index + _FAR):
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
            if word.lower in _CLOSERS and word.capital:
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
        while index < min(len(self.words), start + _FAR):
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
            elif word.lower == "'s" and index > start and self.words[index - 1].lower in _COLLECTIVES:
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


def _heads_of(words: Sequence[Word], index: int) -> int:
    """Return how many words "Heads of State [and Government] [(Prime Ministers)]" has at `index`, else 0."""
    if words[index].lower not in ("heads", "head"):
        return 0
    lowers = [w.lower for w in words[index : index + 10]]
    if lowers[1:2] != ["of"]:
        return 0
    end = 3 if lowers[2:3] == ["the"] else 2
    if lowers[end : end + 1] not in (["state"], ["states"], ["government"], ["governments"]):
        return 0
    end += 1
    if lowers[end : end + 1] == ["and"] and lowers[end + 1 : end + 2] in (["government"], ["governments"]):
        end += 2
    if lowers[end : end + 4] == ["(", "prime", "ministers", ")"]:
        end += 4
    return end
