"""The words that a body's name runs over: capitalised words, states, fields of work, up to the head and behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_graph.claims.lexicon import HONORIFICS, MILITARY, TITLE_HEADS, field_like
from sco_graph.claims.role.offices import SERVICES, STAFF
from sco_graph.claims.words import Word
from sco_graph.extract.gazetteer import Known
from sco_graph.extract.lexicon import BODY_HEADS, NOT_IN_NAMES, VENUE_HEADS

COLLECTIVES = frozenset(
    """
    organisations organizations ministers people women children youth workers citizens writers journalists veterans
    farmers students men girls states countries nations entrepreneurs employers lawyers teachers doctors scientists
    experts artists filmmakers artisans pensioners parents scouts
    """.split()
)
"""Those whose possessives stand inside names: "Women's Union"."""
_SHARED_WITH = frozenset("ties contacts exchanges links".split())
"""What a body may be for besides fields of work: "Committee on Interethnic Relations and Friendly Ties"."""
CLOSERS = frozenset("studies affairs sciences relations languages".split())
"""What ends a list of fields of work: "Russian, East European and Central Asian Studies"."""
FAR = 40
"""No name has more words than this; it keeps pathological input linear."""
_COMMANDS = frozenset("commander commander-in-chief chief head".split())
_STAFF = STAFF | {"staff"}
_BEFORE_STAFF = STAFF | {"of", "for", "the"}
_ADJECTIVAL = ("ic", "ical", "ive", "ary")
_HEADED = frozenset(("ministry", "department", "commission"))
"""What ministers head, and no fields of work."""
_NOT_CUT = frozenset("general chief member first senior state expert justice".split())


@dataclass(slots=True)
class Runs:
    """The words of one sentence. `persons` maps the first word of a person's name to its end."""

    words: Sequence[Word]
    known: Mapping[int, Known]
    persons: Mapping[int, int]

    def _lower(self, index: int) -> str:
        return self.words[index].lower if index < len(self.words) else ""

    def _starts(self, first: int) -> bool:
        word = self.words[first]
        if not word.capital and first not in self.known and word.lower not in ("heads", "head"):
            return False
        if self._in_title(first) or word.lower.endswith("-based"):
            return False
        if first in self.known:
            return True
        if not word.capital or word.lower in NOT_IN_NAMES or word.lower in HONORIFICS:
            return heads_of(self.words, first) > 0
        if word.lower in TITLE_HEADS and word.lower not in _NOT_CUT:
            owner = self._owner(first)
            return owner is not None and self._head_at(owner + 2)
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
            return not self._department_at(end)
        if before[-2:] != ["chief", "of"] and before != ["chief", "of", "the"]:
            return False
        while end < len(self.words) and self.words[end].lower in STAFF:
            end += 1
        if self._lower(end) != "staff" or self._head_at(end + 1):
            return False
        forces = end + 2 + (self._lower(end + 2) == "the")  # "of the General Staff of the Armed Forces": a body
        return self._lower(end + 1) != "of" or not self._name_word(forces)

    def _department_at(self, index: int) -> bool:
        """Whether a minister heads what begins at `index`: "Vice Minister of Publicity Department of the Committee"."""
        while index < len(self.words) and self.words[index].capital and field_like(self.words[index].lower):
            if self.words[index].lower in _HEADED:
                return True
            index += 1
        return self._lower(index) in _HEADED and self.words[index].capital

    def _military_district(self, index: int) -> bool:
        return self.words[index].text == "District" and index > 0 and self.words[index - 1].text == "Military"

    def _head_at(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].capital and self.words[index].lower in BODY_HEADS

    def _run(self, first: int) -> tuple[int, int]:
        """Return the end of the run of name words from `first`, and its last head (-1 if it has none)."""
        index, head = first, -1
        while index < min(len(self.words), first + FAR):
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
            inner = known and known.organization and (index > first or self._national(known))
            if known and inner and self._head_at(known.last - 1):
                head = known.last - 1
            index += step
        return index, head

    def _national(self, known: Known) -> bool:
        """Whether a well-known name is a parliament's whose state follows: "Oliy Majlis of the Republic of Uzbekistan"."""
        return self._lower(known.last) == "of" and BODY_HEADS.get(self._lower(known.last - 1)) == "Assembly"

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
        if heads := heads_of(self.words, index):
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
        return lower in COLLECTIVES or (lower in TITLE_HEADS and self._head_at(index + 2))

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
        if index > first and lower in SERVICES and self._ranked(first, index):
            return 0
        titled = lower in TITLE_HEADS and lower not in _NOT_CUT
        return 0 if titled and self._owner(index) is None else 1

    def _ranked(self, first: int, index: int) -> bool:
        """Whether a service at `index` makes up a rank before a name: "Army General X", and no "Commander of the Army"."""
        end = index + 1 + (self._lower(index + 1) in ("force", "chief"))
        rank = end
        while self._lower(rank) in MILITARY:
            rank += 1
        if rank == end or not self._name_word(rank) or self._head_at(rank):
            return False
        commanded = any(w.lower in _COMMANDS for w in self.words[max(0, first - 3) : first])
        return not commanded or self._lower(end - 1) == "chief" or self._lower(end) == "marshal"

    def _owner(self, index: int) -> int | None:
        """Return the last word of the title at `index` if it owns what follows: "Prosecutor General's Office"."""
        last = index + (self._lower(index + 1) == "general")
        return last if self._possessive(last) else None

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
        for near in range(index, min(len(self.words), index + FAR)):
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
        return last in CLOSERS

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
                    return field_like(first) or first.endswith(_ADJECTIVAL)  # "Information and Analytic Centre"
            first, last = first or ("known" if known else word.lower), word.lower
            index = known.last if known else index + 1
        return field_like(first) or (first != "" and (field_like(last) or last in _SHARED_WITH))


def heads_of(words: Sequence[Word], index: int) -> int:
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
