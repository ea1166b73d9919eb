"""What prepositions add to a title: "of Culture and Sports", "to the European Union", "of the Republic of Uzbekistan"."""

from __future__ import annotations

import re

from sco_graph.claims.lexicon import FIELDS, MILITARY, TITLE_HEADS
from sco_graph.claims.role.offices import (
    ABROAD,
    COMMON_BODIES,
    DESCRIBED,
    PANELS,
    PLURALS,
    RANK_TITLES,
    SPEAKERS,
    STAFF,
    TAILS,
)
from sco_graph.claims.role.titles import HOLDERS, LONGEST, Titles, head_of
from sco_graph.model import EntityType, Mention

_AT = frozenset(("of", "at", "from", "with", "under"))
_TAILS_BY_OPENING = {tail[0]: tuple(t for t in TAILS if t[0] == tail[0]) for tail in TAILS}
_DESKS = frozenset(("secretary", "director", "member"))
"""Whose desks stand in brackets."""
_MARKS = frozenset(("“", "”", '"', "«", "»", "``", "''"))
_QUARTERS = frozenset("east west north south".split())
_ADJECTIVE = re.compile(r"(?:ian|ese|ish|yz|kh|bek|jik|kmen|ani|ghan|qi)$")
"""How the adjectives of states end, and their names do not."""
_STATES = frozenset("state republic side nation people and or".split())


class Complements(Titles):
    """Reads the complements of a title."""

    def _tails(self) -> None:
        for tail in _TAILS_BY_OPENING.get(self._lower(self._at), ()):
            if all(self._lower(self._at + n) == word for n, word in enumerate(tail)):
                self._pieces.append(self._text(self._at, self._at + len(tail)))
                self._at += len(tail)
                return

    def _complement(self) -> bool:  # noqa: C901
        """Take one prepositional complement; return whether there was one."""
        self._in_brackets()
        preposition = self._lower(self._at)
        if preposition == "with" and self._lower(self._at + 1) == "the" and self._lower(self._at + 2) == "rank":
            return self._ranking()
        if (
            self._lower(self._at) == "in"
            and self._lower(self._at + 1) == "charge"
            and self._lower(self._at + 2) == "of"
        ):
            return self._topic(self._at + 3)
        if preposition not in ("of", "for", "on", "to", "at", "from", "in", "with", "under", "and"):
            return False
        index = self._at + 1
        if self._lower(index) in ("the", "its", "their", "his", "her"):
            index += 1
        quoted = self._lower(index) in _MARKS
        index += quoted  # an editor at "Jane's Sentinel"
        item = self._item(index)
        if item is None or preposition == "and":
            return False
        if preposition == "in" and self._lower(index) in ("this", "that") and self._lower(index + 1) in COMMON_BODIES:
            self._at = index + 2  # "national coordinator of Russia in this organization"
            return True
        if preposition == "of" and self._head == "chief" and self._staff(index):
            return True
        if quoted:
            return self._quoted(preposition, index, item.mention)
        if preposition == "of" and (item.mention is None or item.names(EntityType.COUNTRY)) and self._described(index):
            return True
        if item.mention and item.mention.type in HOLDERS:
            return not (preposition == "of" and self._qualified(index, item.mention)) and self._name(
                preposition, index, item.mention
            )
        owned = self._item(index + 2)
        if (
            preposition in ("at", "of")
            and self._lower(index + 1) == "'s"
            and owned
            and owned.names(EntityType.ORGANIZATION)
        ):
            self._bodies.append(owned.mention) if owned.mention else None
            self._at = index + 3
            return True
        if preposition in ("of", "to", "for") and self._embedded(index):
            return True
        if preposition == "of" and self._lower(index) in PANELS:
            self._pieces.append(self._text(self._at, index + 1))
            self._at = index + 1
            return True
        if preposition == "of" and self._common_body(index):
            return True
        if preposition == "at" and self._bodies and self._lower(index) in COMMON_BODIES:
            self._pieces.append(self._text(self._at, index + 1))  # "Russia's National Coordinator at the Organisation"
            self._at = index + 1
            return True
        if preposition in ("for", "on") and self._head in ABROAD:
            return self._topic(index) or self._free_topic(index)
        if preposition not in ("of", "for", "on") or not self._topic(index):
            return False
        if self._its in COMMON_BODIES and preposition == "of":
            self._pieces.pop()  # "head of the institute of strategic studies"
        return True

    def _quoted(self, preposition: str, index: int, mention: Mention | None) -> bool:
        """Take the body whose name stands in quotation marks at `index`."""
        if mention is None or mention.type not in HOLDERS or not self._name(preposition, index, mention):
            return False
        self._at += self._lower(self._at) in _MARKS
        return True

    def _described(self, index: int) -> bool:
        """Take the body that common nouns describe: "head of [the] Russia[n]['s] space corporation Roscosmos"."""
        at = index + (self._items[index].mention is not None)
        at += self._lower(at) == "'s"
        noun = at
        while noun < at + 4 and (word := self._item(noun)) and word.mention is None and word.text[0].islower():
            noun += 1
        if noun == at or self._lower(noun - 1) not in DESCRIBED:
            return False
        noun += self._lower(noun) == ","
        body = self._item(noun)
        if body is None or body.mention is None or not body.names(EntityType.ORGANIZATION):
            return False
        self._bodies.append(body.mention)
        self._at = noun + 1
        return True

    def _ranking(self) -> bool:
        """Take "with the rank of Federal Minister" into the title."""
        end = self._at + 4
        while self._titled(end):
            end += 1
        if self._lower(self._at + 3) != "of" or end == self._at + 4:
            return False
        self._pieces.append(self._text(self._at, end))
        self._at = end
        return True

    def _name(self, preposition: str, index: int, mention: Mention) -> bool:
        """Take a body, state or place after `preposition` as the post's body, or as a part of the title."""
        following = self._lower(index + 1)
        owned = self._item(index + 2)
        if following == "'s" and preposition in ("of", "at") and owned and owned.names(EntityType.ORGANIZATION):
            return self._name(preposition, index + 2, owned.mention or mention)
        if preposition == "to" and self._embedded(index):
            return True  # "aide to the Russian President"
        if self._sent(preposition, mention):
            return self._destined(preposition, index, mention)
        if preposition == "of" and self._embedded(index):
            return True
        if following == "'s" and preposition == "of" and self._titled(index + 2):
            return False
        if mention.type is EntityType.PLACE and self._head == "minister" and preposition == "of":
            self._pieces.append(self._text(self._at, index + 1))  # "Minister for Development of North Eastern Region"
            self._at = index + 1
            return True
        return self._owner(preposition, index, mention)

    def _destined(self, preposition: str, index: int, mention: Mention) -> bool:
        """Take where to or what for somebody is sent into the title."""
        if preposition in ("for", "on") and self._topic_step(index, index):
            return self._topic(index)
        if preposition == "for" and mention.type is EntityType.ORGANIZATION and not self._bodies:
            return self._spoken_for(index, mention)
        end = self._further_seat(index) if preposition == "to" else index + 1
        self._pieces.append(self._text(self._at, end))
        self._at = end
        return True

    def _owner(self, preposition: str, index: int, mention: Mention) -> bool:
        """Take the body or state after `preposition` as the post's own."""
        within = preposition == "in" and mention.type is EntityType.ORGANIZATION
        if (preposition not in _AT and not within) or (mention.type is EntityType.PLACE and preposition != "of"):
            return False
        coordinated = self._head == "coordinator" and mention.type is EntityType.COUNTRY
        if (
            self._bodies
            and preposition in ("from", "with")
            and not (coordinated or mention.type is EntityType.ORGANIZATION)
        ):
            return False
        self._bodies.append(mention)
        self._at = index + 1
        if (self._lower(self._at) == "(" and self._lower(self._at + 2) == ")") or (
            self._lower(self._at) == "(" and self._item_names_body(self._at + 1)
        ):
            self._at += 3
        return True

    def _further_seat(self, index: int) -> int:
        """Return the end of "the AU and the UNECA" whose first body stands at `index`."""
        at = index + 2 + (self._lower(index + 2) == "the")
        item = self._item(at)
        further = self._lower(index + 1) == "and" and item is not None and item.names(EntityType.ORGANIZATION)
        closed = not self._lower(at + 1).isalpha() and self._lower(at + 1) != "'s" and not self._titled(at + 1)
        return at + 1 if further and closed else index + 1

    def _qualified(self, index: int, mention: Mention) -> bool:
        """Whether the adjective of a state tells what body it is: "head of the Russian space authority"."""
        if mention.type is not EntityType.COUNTRY or not _ADJECTIVE.search(mention.text):
            return False
        lower = self._lower(index + 1)
        return lower.isalpha() and lower not in _STATES and lower not in MILITARY and lower not in TITLE_HEADS

    def _spoken_for(self, index: int, mention: Mention) -> bool:
        """Take the body that somebody speaks or writes for: "spokesman for the Foreign Ministry"."""
        if self._head not in SPEAKERS:
            return False
        self._bodies.append(mention)
        self._at = index + 1
        return True

    def _sent(self, preposition: str, mention: Mention) -> bool:
        """Whether the name says where to or what for somebody is sent, and so belongs to the title."""
        diplomat = self._head in ABROAD or "'affaires" in " ".join(self._pieces).lower()
        seated = mention.type is not EntityType.PLACE or "consul" in self._pieces[0].lower()
        seated = seated or (
            preposition == "in" and bool(self._bodies) and "president" in " ".join(self._pieces).lower()
        )
        return (
            preposition in ("for", "on")
            or (preposition in ("to", "in") and diplomat and seated)
            or (preposition == "to" and bool(self._bodies))
        )

    def _item_names_body(self, index: int) -> bool:
        item, following = self._item(index), self._lower(index + 1)
        return item is not None and item.names(EntityType.ORGANIZATION) and following == ")"

    def _embedded(self, index: int) -> bool:
        """Take another's title into this one: "Assistant to the President", "Envoy of the UN Secretary-General"."""
        item = self._item(index)
        owner = item.mention if item and item.mention and item.mention.type in HOLDERS else None
        start = index + 1 if owner else index
        if owner and self._lower(start) == "'s":
            start += 1
        lower = self._lower(start)
        if not self._titled(start) or lower in FIELDS or lower in MILITARY or lower in RANK_TITLES or lower == "member":
            return False
        if owner and self._items[start].text.islower() and lower not in TITLE_HEADS:
            return False
        end = start
        while self._titled(end) and end < start + 6:
            end += 1
        if head_of(self._lower(end - 1)) is None or self._lower(end - 1) in PLURALS:
            return False
        if owner:
            self._bodies.append(owner)
        self._pieces.append(self._text(self._at, index) + " " + self._text(start, end))
        self._at = end
        return True

    def _in_brackets(self) -> None:
        """Take "(West)" of "Secretary (West) in the Ministry", and pass over "(MoS)" and "(EAM)"."""
        at = self._at
        if self._lower(at) == "(" and self._head in _DESKS and (end := self._desk_end(at)):
            self._pieces.append(self._text(at, end))  # "Member (Operations & Business Development)"
            self._at = end
            return
        if self._lower(at) != "(" or self._lower(at + 2) != ")":
            return
        inner = self._lower(at + 1)
        if self._head in _DESKS and self._items[at + 1].text.istitle() and inner and inner not in TITLE_HEADS:
            self._pieces.append(f"({self._items[at + 1].text})")  # "Joint Secretary (Films), Ministry of ..."
            self._at = at + 3
            return
        if (
            self._lower(at + 3) not in ("of", "for", "in", "at", "on")
            and inner not in TITLE_HEADS
            and inner not in _QUARTERS
        ):
            return
        if self._lower(at + 1) in _QUARTERS:
            self._pieces.append(f"({self._items[at + 1].text})")
        self._at = at + 3

    def _desk_end(self, at: int) -> int:
        """Return the end of the fields of work that stand in brackets at `at`, two or more, else 0."""
        for end in range(at + 1, at + 10):
            lower = self._lower(end)
            if lower == ")":
                return end + 1 if end > at + 2 else 0
            item = self._item(end)
            if item is not None and item.mention is not None and item.mention.type in HOLDERS:
                continue
            if lower not in FIELDS and lower not in ("&", "and", ",", "general"):
                return 0
        return 0

    def _staff(self, index: int) -> bool:
        """Take "of the General Staff" of "Chief of the General Staff" into the title."""
        end = index
        while self._lower(end) in STAFF:
            end += 1
        if self._lower(end) != "staff" or self._lower(end + 1) in COMMON_BODIES:
            return False
        self._pieces.append(self._text(self._at, end + 1))
        self._at = end + 1
        return True

    def _common_body(self, index: int) -> bool:
        """Take a body that only a common noun names: "head of the institute", "of the presidential administration"."""
        for end in range(index, index + 4):
            item = self._item(end)
            if item is None or item.mention or not (item.text.islower() or item.lower in COMMON_BODIES):
                return False
            if item.lower == "government":
                self._pieces.append(self._text(self._at, end + 1))
                self._at = end + 1
                return True
            if item.lower in COMMON_BODIES:
                self._its = self._its or item.lower
                self._at = end + 1
                return True
        return False

    def _free_topic(self, index: int) -> bool:
        """Take any capitalised words: "Special Envoy for the Advancement of Girls' and Women's Education"."""
        end = index
        while end < min(len(self._items), index + LONGEST):
            item = self._items[end]
            joint = item.lower in ("of", "the", "and", "'s", "'", "on", "in") and end > index
            if not joint and not (item.text[0].isupper() and not item.names(EntityType.PERSON)):
                break
            end += 1
        while end > index and self._lower(end - 1) in ("of", "the", "and", "on", "in", "'s", "'"):
            end -= 1
        if end == index:
            return False
        self._pieces.append(self._text(self._at, end))
        self._at = end
        return True
