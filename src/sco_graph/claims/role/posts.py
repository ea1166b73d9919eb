"""The grammar of posts: "Deputy Prime Minister and Minister of Foreign Affairs of Kazakhstan".

A sentence is read as items: names (outermost mentions) and the words between them. A post is a run of title words
with a head, what stands before it ("Kazakh", "SCO", "China's"), and what prepositions add ("of Culture and Sports",
"to the European Union", "of the Republic of Uzbekistan").
"""

from __future__ import annotations

from msgspec import Struct

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, MILITARY, TENURES
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.role.complements import Complements
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
    STATE_HEADS,
)
from sco_graph.claims.role.titles import HEADS, HOLDERS, LONGEST, MODIFIERS, head_of, title_word
from sco_graph.model import EntityType, Mention

_OF_NOW = frozenset("new newly-appointed current present incumbent visiting".split())
"""Words before a title that are no part of it."""
_COUNTED = frozenset(
    "director executive secretary-general chairman chairperson ambassador head director-general".split()
)
_FULL = frozenset(("extraordinary", "plenipotentiary"))
_NO_GENERALS = frozenset("minister president premier commander chief deputy councilor councillor".split())
"""Heads that no "General" follows as a part of the title."""


class Post(Struct, frozen=True):
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
    if HEADS.isdisjoint([item.word for item in items]):
        return ()
    end = 0
    for index, item in enumerate(items):
        if index >= end and title_word(item) and (post := _Reader(items, index, end).post()):
            found.append(post)
            end = post.last
    return tuple(found)


class _Reader(Complements):
    """Reads one post whose title words begin at the item `start`."""

    def post(self) -> Post | None:
        """Return the post, or None if no head follows the modifiers."""
        end = self._core(self._start)
        if end is None:
            return None
        words = self._start
        while words + 1 < end and (self._lower(words) in _OF_NOW or self._ordinal(words)):
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

    def _ordinal(self, index: int) -> bool:
        """Whether "first" at `index` counts the holders of a post, as in "its first director"."""
        return self._items[index].text == "first" and self._lower(index + 1) in _COUNTED

    def _deputy(self) -> None:
        """Take the body and the title behind "Deputy": "Deputy SCO Secretary-General"."""
        item = self._item(self._at)
        if self._head != "deputy" or item is None or item.mention is None or item.mention.type not in HOLDERS:
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
        if self._head in ABROAD or not self._bodies or self._bodies[0].type is not EntityType.COUNTRY:
            return self._bodies[0] if self._bodies else None
        led = (b for b in self._bodies[1:] if b.type is EntityType.ORGANIZATION)
        return next(led, self._bodies[0])  # "Kyrgyzstan's Chairman of the State Defence Committee"

    def _beside(self) -> None:
        """Take the body behind a comma, as programmes write it: "Director, Institute of Oriental Studies"."""
        item, following = self._item(self._at + 1), self._item(self._at + 2)
        if self._bodies or self._lower(self._at) != "," or item is None or item.mention is None:
            return
        after = following.text if following else "."
        closed = after in (",", ";", ".", ")", "(", "and", "under") or self._name_at(self._at + 2)
        of_body = item.names(EntityType.ORGANIZATION) and closed
        named = self._lower(self._start - 1) == "," and self._name_at(self._start - 2)
        ended = after in (";", ")", ".") or (named and (after in (",", "and") or after.islower()) and after != "'s")
        of_state = item.names(EntityType.COUNTRY) and ended and self._head in STATE_HEADS
        if of_body or of_state:
            self._bodies.append(item.mention)
            self._at += 2
            if self._lower(self._at) == "(" and self._item_names_body(self._at + 1):
                self._at += 3

    def _abutting(self) -> None:
        """Take the body that stands between title and name without "of": "Director General ISSI Sohail Mahmood", "Prime Minister India X"."""
        board = self._lower(self._at) in ("bog", "bod")  # "Chairman BoG ISSI"
        item = self._item(self._at + board)
        if self._bodies or self._plural or item is None:
            return
        of_state = item.names(EntityType.COUNTRY) and self._head in STATE_HEADS and self._name_at(self._at + 1)
        if not of_state and not item.names(EntityType.ORGANIZATION):
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
        if self._lower(index - 1) == "chief" and self._lower(index - 2) == "air":
            return False  # "Air Chief Marshal"
        return lower in SINGLE_RANKS or self._lower(index + 1) in MILITARY

    def _army_general(self, index: int) -> bool:
        """Whether "General" is a rank behind a minister's title: "Minister General of the Army X"."""
        return self._lower(index) == "general" and self._head in _NO_GENERALS

    def _own_tenure(self) -> str | None:
        words = self._pieces[0].lower().split()
        return next(
            (TENURES[w] for w in words if w in TENURES), "former" if words[0].startswith(("ex-", "then-")) else None
        )

    def _core(self, start: int) -> int | None:
        """Return the end of the title words from `start` on: after the last head of the run."""
        index, end = start, None
        while index < min(len(self._items), start + LONGEST):
            lower = self._lower(index)
            head = head_of(lower) or (self._executive(index) if lower == "executive" else None)
            courtesy = lower in RANK_TITLES and self._head != "plenipotentiary"
            if end is not None and (courtesy or self._rank(index) or self._army_general(index)):
                break
            if lower in ("charge", "chargé") and not self._lower(index + 1).startswith(("d'", "des")):
                break
            if head:
                general = lower == "general" and self._plural  # "Prosecutors General"
                self._head, self._plural, end = head, lower in PLURALS or general, index + 1
            elif (
                lower in MODIFIERS
                or (lower in ("and", "&", ",") and self._joins(index, end))
                or (lower == "'s" and end == index and self._titled(index + 1))
            ):
                pass
            else:
                break
            index += 1
        return end

    def _executive(self, index: int) -> str | None:
        """Return the head "executive" of "Chief Executive of Afghanistan", which a "Chief Executive Officer" has not."""
        chief = self._lower(index - 1) == "chief"
        return "executive" if chief and self._lower(index + 1) in ("of", ",", "and", "at") else None

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
        if self._region(before) or self._panel(before):
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

    def _panel(self, before: Item | None) -> bool:
        """Take a panel of a body told behind the title into it: "Board Chairman of the SCO Business Council"."""
        if before is None or before.mention is None or before.lower not in PANELS or self._lower(self._at) != "of":
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
        return mention.type in HOLDERS and (mention.type is not EntityType.PLACE or self._head in LOCAL)
