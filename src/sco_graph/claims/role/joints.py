"""Persons, bodies and words of courtesy among the items of a sentence, as those who hold posts are told."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sco_graph.claims.lexicon import HONORIFICS, MILITARY
from sco_graph.claims.role.items import Item
from sco_graph.claims.role.offices import CORPS, RANK_TITLES, RETIRED, SERVICES
from sco_graph.claims.role.posts import Post
from sco_graph.model import EntityType, Mention

_BODIES = (EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE)
COURTESIES = HONORIFICS | RANK_TITLES | MILITARY | {"justices"}
DASHES = frozenset("-–—")


class Holding(Struct, frozen=True):
    """`person` holds `post`; `rule` says how the sentence joins them. Items `first` to `last` (exclusive) say so."""

    person: Mention
    post: Post
    rule: str
    first: int
    last: int
    planned: bool = False


class Counterpart(Struct, frozen=True):
    """`person` holds in `body` the post that one of the persons `before`, the nearest first, holds elsewhere."""

    person: Mention
    body: Mention
    before: tuple[Mention, ...]
    first: int
    last: int


class Joints:
    """The items of a sentence, its posts, and who is found so far to hold them."""

    def __init__(self, items: Sequence[Item], posts: Sequence[Post]) -> None:
        self._items = items
        self._count = len(items)
        self._posts = posts
        self._found: dict[int, Holding] = {}

    # what stands at an item

    def _lower(self, index: int) -> str:
        return self._items[index].word if 0 <= index < self._count else ""

    def _person(self, index: int) -> Mention | None:
        mention = self._items[index].mention if 0 <= index < self._count else None
        return mention if mention is not None and mention.type is EntityType.PERSON else None

    def _body(self, index: int) -> Mention | None:
        mention = self._items[index].mention if 0 <= index < self._count else None
        return mention if mention is not None and mention.type in _BODIES else None

    def _courtesies(self, index: int) -> int:
        """Return where the name begins behind words of courtesy from `index` on."""
        index = self._behind_service(index)
        while self._lower(index) in COURTESIES or (self._lower(index) == "." and self._lower(index - 1) in HONORIFICS):
            index += 1
        if self._lower(index) == "(" and self._lower(index + 1) in RETIRED and self._lower(index + 2) == ")":
            index += 3
        if self._lower(index - 1) in MILITARY and self._lower(index) == "of":
            corps = index + 1 + (self._lower(index + 1) == "the")  # "General of the Army X", "Colonel of Police X"
            index = corps + 1 if self._lower(corps) in CORPS else index
        return index

    def _behind_service(self, index: int) -> int:
        """Return where the rank begins behind its service at `index`: "Air Force General X", "Police Colonel X"."""
        if self._lower(index) not in SERVICES:
            return index
        end = index + 1 + (self._lower(index + 1) in ("force", "chief"))
        return end if self._lower(end) in MILITARY else index

    def _listed(self, index: int, step: int) -> list[tuple[int, Mention]]:
        """Return the persons of the list that begins (or, with step -1, ends) at `index`."""
        found = []
        while person := self._person(index):
            found.append((index, person))
            index += step
            while self._lower(index) in (",", "and") or (step == 1 and self._lower(index) == "("):
                index = self._behind_years(index) if self._lower(index) == "(" else index + step
                index = self._courtesies(index) if step == 1 else index
        return found

    def _behind_years(self, index: int) -> int:
        """Return what stands behind "(2004-2006)" at `index`, or -1 if something else is in the brackets."""
        end = next((n for n in range(index + 1, index + 6) if self._lower(n) == ")"), -2)
        inner = [self._lower(n) for n in range(index + 1, end)]
        return end + 1 if inner and all(w[:1].isdigit() or w in DASHES for w in inner) else -1

    def _last_before(self, index: int) -> Holding | None:
        before = (self._found[n] for n in sorted(self._found, reverse=True))
        return next((h for h in before if h.post.last <= index and h.post.head not in MILITARY), None)
