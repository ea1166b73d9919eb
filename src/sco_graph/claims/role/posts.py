"""The grammar of posts: "Deputy Prime Minister and Minister of Foreign Affairs of Kazakhstan".

A sentence is read as items: names (outermost mentions) and the words between them. A post is a run of title words
with a head, what stands before it ("Kazakh", "SCO", "China's"), and what prepositions add ("of Culture and Sports",
"to the European Union", "of the Republic of Uzbekistan").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, MILITARY, RANKS, TENURES, TITLE_HEADS, field_like
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.role.items import Item
from sco_graph.claims.role.offices import (
    ABROAD,
    COMMON_BODIES,
    EXPERTS,
    LOCAL,
    PANELS,
    PLURALS,
    RANK_TITLES,
    SINGLE_RANKS,
    SPEAKERS,
    STAFF,
    STATE_HEADS,
    TAILS,
)
from sco_graph.model import EntityType, Mention

_HOLDERS = {EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE}
_AT = frozenset(("of", "at", "from", "with", "under"))
_MODIFIERS = RANKS | FIELDS
_TITLE_WORDS = _MODIFIERS | TITLE_HEADS | set(PLURALS)
_OPENS_TAIL = frozenset(tail[0] for tail in TAILS)
_OF_NOW = frozenset("new newly-appointed current present incumbent visiting".split())
"""Words before a title that are no part of it."""
_FULL = frozenset(("extraordinary", "plenipotentiary"))
_QUARTERS = frozenset("east west north south".split())
_NO_GENERALS = frozenset("minister president premier commander chief deputy councilor councillor".split())
"""Heads that no "General" follows as a part of the title."""
_CABINETS = frozenset(
    ("ministers' cabinet", "ministers cabinet", "cabinet of ministers", "cabinet", "council of ministers", "government")
)
_LONG = 30
"""No title has more words than this; it keeps pathological input linear."""


@dataclass(frozen=True, slots=True)
class Post:
    """Items `first` to `last` (exclusive) name a post.

    `title` leaves body and state out; `body` is the mention of either, `its` a word that refers back to one
    ("country", "its"); `article` the article before the post, if any; `of_person` is set for "Putin's aide".
    """

    first: int
    last: int
    title: str
    head: str
    body: Mention | None
    tenure: str | None
    article: str | None = None
    its: str | None = None
    plural: bool = False
    bodies: tuple[Mention, ...] = ()


@remembered(SENTENCES)
def posts_of(items: tuple[Item, ...]) -> tuple[Post, ...]:
    """Return the posts that `items` name, from left to right, without overlaps."""
    found: list[Post] = []
    for index, item in enumerate(items):
        if (found and index < found[-1].last) or not _title_word(item):
            continue
        if post := _Reader(items, index, found[-1].last if found else 0).post():
            found.append(post)
    return tuple(found)


def _title_word(item: Item) -> bool:
    return item.lower in _TITLE_WORDS and item.mention is None


def _head(lower: str) -> str | None:
    """Return the title head that `lower` is or ends in: "vice-minister" and "under-secretary-general" too."""
    if lower in PLURALS:
        return PLURALS[lower]
    return lower if lower in TITLE_HEADS else None


def _abbreviation(text: str) -> bool:
    """Whether a portfolio may be written so in short: "Culture and DoNER", "Railways, Communications and IT"."""
    return text[-1].isupper() and text[0].isupper() and len(text) > 1


class _Reader:
    """Reads one post whose title words begin at the item `start`."""

    def __init__(self, items: Sequence[Item], start: int, floor: int) -> None:
        self._items = items
        self._floor = floor  # where the post before ends
        self._start = start
        self._at = start
        self._pieces: list[str] = []
        self._head = ""
        self._plural = False
        self._bodies: list[Mention] = []
        self._its: str | None = None

    def post(self) -> Post | None:
        """Return the post, or None if no head follows the modifiers."""
        end = self._core(self._start)
        if end is None:
            return None
        words = self._start
        while words + 1 < end and self._lower(words) in _OF_NOW:
            words += 1
        self._pieces.append(self._text(words, end))
        self._at = end
        self._deputy()
        first, article, tenure = self._before()
        self._tails()
        while self._complement():
            self._tails()
        self._beside()
        self._abutting()
        title = " ".join(self._pieces)
        if tenure and not title.lower().startswith(tenure[0].lower()):
            title = f"{tenure[0]} {title}"
        return Post(
            first,
            self._at,
            title,
            self._head,
            self._body(),
            tenure[1] if tenure else self._own_tenure(),
            article,
            self._its,
            self._plural,
            tuple(self._bodies),
        )

    def _deputy(self) -> None:
        """Take the body and the title behind "Deputy": "Deputy SCO Secretary-General"."""
        item = self._item(self._at)
        if self._head != "deputy" or item is None or item.mention is None or item.mention.type not in _HOLDERS:
            return
        start = self._at + 1
        end = self._core(start)
        if end is not None:
            self._bodies.append(item.mention)
            self._pieces.append(self._text(start, end))
            self._at = end

    def _body(self) -> Mention | None:
        """Return the first body named; a national coordinator is a state's, whatever is coordinated."""
        if self._head in ("coordinator", "co-ordinator"):
            return next((b for b in self._bodies if b.type is EntityType.COUNTRY), next(iter(self._bodies), None))
        return self._bodies[0] if self._bodies else None

    def _beside(self) -> None:
        """Take the body behind a comma, as programmes write it: "Director, Institute of Oriental Studies"."""
        item, following = self._item(self._at + 1), self._item(self._at + 2)
        if self._bodies or self._lower(self._at) != "," or item is None or item.mention is None:
            return
        after = following.text if following else "."
        closed = after in (",", ";", ".", ")", "(", "and", "under") or self._name_at(self._at + 2)
        of_body = item.names(EntityType.ORGANIZATION) and closed
        of_state = item.names(EntityType.COUNTRY) and after in (";", ")", ".") and self._head in STATE_HEADS
        if of_body or of_state:
            self._bodies.append(item.mention)
            self._at += 2
            if self._lower(self._at) == "(" and self._item_names_body(self._at + 1):
                self._at += 3

    def _abutting(self) -> None:
        """Take the body that stands between title and name without "of": "Director General ISSI Sohail Mahmood"."""
        board = self._lower(self._at) in ("bog", "bod")  # "Chairman BoG ISSI"
        item = self._item(self._at + board)
        if self._bodies or self._plural or item is None or not item.names(EntityType.ORGANIZATION):
            return
        if not self._items[self._start].text[0].isupper():
            return
        if self._lower(self._start - 1) == "," or self._name_behind(self._at + 1 + board):
            self._bodies.append(item.mention) if item.mention else None
            self._pieces += [self._items[self._at].text] if board else []
            self._at += 1 + board

    def _name_behind(self, index: int) -> bool:
        return self._name_at(index + (self._lower(index) == ","))

    def _name_at(self, index: int) -> bool:
        """Whether a person's name, or a word of courtesy before one, stands at `index`."""
        item = self._item(index)
        person = item is not None and item.names(EntityType.PERSON)
        return person or self._lower(index) in MILITARY | HONORIFICS | RANK_TITLES

    def _rank(self, index: int) -> bool:
        """Whether a military rank begins at `index` behind another title: "Minister Admiral X", "Chief Major General X"."""
        lower = self._lower(index)
        if lower not in MILITARY or self._head in MILITARY:
            return False
        return lower in SINGLE_RANKS or self._lower(index + 1) in MILITARY

    def _army_general(self, index: int) -> bool:
        """Whether "General" is a rank behind a minister's title: "Minister General of the Army X"."""
        return self._lower(index) == "general" and self._head in _NO_GENERALS

    def _own_tenure(self) -> str | None:
        words = self._pieces[0].lower().split()
        return next((TENURES[w] for w in words if w in TENURES), "former" if words[0].startswith("ex-") else None)

    def _item(self, index: int) -> Item | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def _lower(self, index: int) -> str:
        item = self._item(index)
        return item.lower if item and item.mention is None else ""

    def _text(self, first: int, last: int) -> str:
        text = ""
        for index in range(first, last):
            item = self._items[index]
            glued = not text or item.text in (",", "'s", "’s") or item.lower == "'s"
            text += item.text if glued else " " + item.text
        return text

    def _core(self, start: int) -> int | None:
        """Return the end of the title words from `start` on: after the last head of the run."""
        index, end = start, None
        while index < min(len(self._items), start + _LONG):
            lower = self._lower(index)
            head = _head(lower)
            courtesy = lower in RANK_TITLES and self._head != "plenipotentiary"
            if end is not None and (courtesy or self._rank(index) or self._army_general(index)):
                break
            if lower in ("charge", "chargé") and not self._lower(index + 1).startswith(("d'", "des")):
                break
            if head:
                general = lower == "general" and self._plural  # "Prosecutors General"
                self._head, self._plural, end = head, lower in PLURALS or general, index + 1
            elif (
                lower in _MODIFIERS
                or (lower in ("and", "&", ",") and self._joins(index, end))
                or (lower == "'s" and end == index and self._titled(index + 1))
            ):
                pass
            else:
                break
            index += 1
        return end

    def _titled(self, index: int) -> bool:
        item = self._item(index)
        return item is not None and _title_word(item)

    def _joins(self, index: int, end: int | None) -> bool:
        """Whether "and" at `index` joins fields before a head ("Trade and Industry Minister"), not two posts."""
        if end is None and self._lower(index - 1) in _FULL and self._lower(index + 1) in _FULL:
            return True  # "Extraordinary and Plenipotentiary Ambassador"
        return end is None and self._lower(index + 1) in FIELDS and self._lower(index - 1) in FIELDS

    def _before(self) -> tuple[int, str | None, tuple[str, str] | None]:
        """Take the body or state before the title; return where the post begins, its article, its tenure."""
        first = self._start
        if first <= self._floor:
            return first, None, None
        first = self._past_owner(first)
        tenure = None
        if (word := self._lower(first - 1)) in TENURES:
            tenure = (self._items[first - 1].text, TENURES[word])
            first -= 1
        article = self._lower(first - 1)
        if article in ("the", "a", "an", "his", "her", "our"):
            return first - 1, article, tenure
        return first, None, tenure

    def _past_owner(self, first: int) -> int:
        """Take the body or state right before the title; return where it begins, `first` if there is none."""
        before = self._item(first - 1)
        if self._region(before):
            return first - 1
        if before and before.mention and self._may_own(before.mention):
            self._bodies.append(before.mention)
            return first - 1
        if self._lower(first - 1) == "'s":
            owner = self._item(first - 2)
            if owner and owner.mention and self._may_own(owner.mention):
                self._bodies.append(owner.mention)
                return first - 2
            if owner and owner.mention is None:
                self._its = owner.lower
                return first - 2
        elif self._lower(first - 1) == ")" and self._lower(first - 3) == "(" and self._abbreviated(first - 2):
            return first - 3
        elif (lower := self._lower(first - 1)) in ("its", "their") or (
            lower in COMMON_BODIES and self._items[first - 1].text.islower()  # "council chairman"
        ):
            self._its = lower
            return first - 1
        return first

    def _region(self, before: Item | None) -> bool:
        """Take the region that somebody studies into the title: "a Central Asia specialist"."""
        if before is None or not before.names(EntityType.PLACE) or self._head not in EXPERTS:
            return False
        self._pieces.insert(0, before.text)
        return True

    def _abbreviated(self, index: int) -> bool:
        """Take the body that brackets abbreviate: "National Intelligence Organization (MIT) Director X"."""
        short, body = self._item(index), self._item(index - 2)
        if not short or not body or not body.mention or not body.names(EntityType.ORGANIZATION):
            return False
        if not short.names(EntityType.ORGANIZATION):
            return False
        self._bodies.append(body.mention)
        return True

    def _may_own(self, mention: Mention) -> bool:
        """Whether a name before the title may be that of its body: a place has governors and mayors only."""
        return mention.type in _HOLDERS and (mention.type is not EntityType.PLACE or self._head in LOCAL)

    def _tails(self) -> None:
        if self._lower(self._at) not in _OPENS_TAIL:
            return
        for tail in TAILS:
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
        item = self._item(index)
        if item is None or preposition == "and":
            return False
        if preposition == "in" and self._lower(index) in ("this", "that") and self._lower(index + 1) in COMMON_BODIES:
            self._at = index + 2  # "national coordinator of Russia in this organization"
            return True
        if preposition == "of" and self._head == "chief" and self._staff(index):
            return True
        if item.mention and item.mention.type in _HOLDERS:
            return self._name(preposition, index, item.mention)
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
        if preposition in ("for", "on") and self._head in ABROAD:
            return self._topic(index) or self._free_topic(index)
        return preposition in ("of", "for", "on") and self._topic(index)

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
        if self._sent(preposition, mention):
            if preposition in ("for", "on") and following in FIELDS:
                return self._topic(index)
            if preposition == "for" and mention.type is EntityType.ORGANIZATION and not self._bodies:
                return self._spoken_for(index, mention)
            self._pieces.append(self._text(self._at, index + 1))
            self._at = index + 1
            return True
        if preposition == "of" and (self._embedded(index) or self._cabinet(index, mention)):
            return True
        if following == "'s" and preposition == "of" and self._titled(index + 2):
            return False
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

    def _cabinet(self, index: int, mention: Mention) -> bool:
        """Take the government of a state named before into the title: "Kyrgyzstan's Chairman of the Cabinet"."""
        state = next((b for b in self._bodies if b.type is EntityType.COUNTRY), None)
        if state is None or mention.text.lower().replace("’", "'") not in _CABINETS:
            return False
        self._pieces.append(self._text(self._at, index + 1))
        self._at = index + 1
        return True

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
        seated = mention.type is not EntityType.PLACE or self._head in ("consul", "consul-general")
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
        owner = item.mention if item and item.mention and item.mention.type in _HOLDERS else None
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
        if _head(self._lower(end - 1)) is None or self._lower(end - 1) in PLURALS:
            return False
        if owner:
            self._bodies.append(owner)
        self._pieces.append(self._text(self._at, index) + " " + self._text(start, end))
        self._at = end
        return True

    def _in_brackets(self) -> None:
        """Take "(West)" of "Secretary (West) in the Ministry", and pass over "(MoS)" and "(EAM)"."""
        at = self._at
        if self._lower(at) != "(" or self._lower(at + 2) != ")":
            return
        if self._lower(at + 3) not in ("of", "for", "in", "at") and self._lower(at + 1) not in TITLE_HEADS:
            return
        if self._lower(at + 1) in _QUARTERS:
            self._pieces.append(f"({self._items[at + 1].text})")
        self._at = at + 3

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
        while end < min(len(self._items), index + _LONG):
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

    def _topic(self, index: int) -> bool:
        """Take a portfolio or topic: "of Culture, Information and Tourism", "for SCO Affairs"."""
        end = index
        while end < min(len(self._items), index + _LONG) and (step := self._topic_step(index, end)):
            end += step
        if end == index:
            return False
        self._pieces.append(self._text(self._at, end))
        self._at = end
        return True

    def _topic_step(self, start: int, index: int) -> int:
        item = self._items[index]
        if item.mention and self._lower(index + 1) == "and":
            following = self._item(index + 2)
            return 2 * int(following is not None and following.mention is not None and self._lower(index + 3) in FIELDS)
        if item.mention:
            return int(
                self._lower(index + 1) in FIELDS
                or (self._lower(index + 1) == "'s" and self._lower(index + 2) in FIELDS)
            )
        if item.lower == "general" and index > start:
            return 0  # a rank: "Minister of National Defense General X"
        if field_like(item.lower) and (item.lower in FIELDS or item.text[0].isupper()):
            return 1
        if item.text[0].isupper() and self._lower(index + 1) in FIELDS and index > start and not _head(item.lower):
            return 1
        if item.lower in ("'s", "'", "’") and index > start:
            return int(self._lower(index + 1) in FIELDS or self._lower(index + 1) == "and")
        if item.lower in ("of", "the") and index > start:
            return int((self._lower(index + 1) in FIELDS and item.lower == "of") or self._lower(index - 1) == "of")
        if item.lower in ("and", "&", ",") and index > start:
            return self._conjunct(index)
        return 0

    def _conjunct(self, index: int) -> int:
        """Return 1 (2 for ", and") if another field of the same portfolio follows, else 0."""
        step = 2 if self._lower(index) == "," and self._lower(index + 1) == "and" else 1
        if self._lower(index) == "," and step == 1 and not self._list_closes(index):
            return 0
        end = index + step
        if self._lower(end + 1) in FIELDS and self._items[end].text[0].isupper():
            end += 1
        while self._lower(end) in FIELDS:
            end += 1
        if end == index + step and (item := self._item(end)) and not item.mention and _abbreviation(item.text):
            end += 1
        return step if end > index + step and _head(self._lower(end)) is None else 0

    def _list_closes(self, index: int) -> bool:
        for position in range(index, min(len(self._items), index + 14)):
            lower = self._lower(position)
            if lower in ("and", "&"):
                item = self._item(position + 1)
                field = {self._lower(position + 1), self._lower(position + 2)} & FIELDS  # "and Parliament Affairs"
                return item is not None and bool(field or _abbreviation(item.text))
            capital = self._items[position].text[0].isupper() and not self._items[position].mention
            if lower != "," and lower not in FIELDS and (not capital or _head(lower)):
                return False
        return False
