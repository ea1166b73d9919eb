"""Who holds a post: the ways in which a sentence joins a person and a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sco_graph.claims.lexicon import HONORIFICS, MILITARY
from sco_graph.claims.role.items import Item
from sco_graph.claims.role.offices import CORPS, DELEGATIONS, PANELS, RANK_TITLES, RETIRED
from sco_graph.claims.role.posts import Post
from sco_graph.model import EntityType, Mention

_BODIES = (EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE)
_COURTESIES = HONORIFICS | RANK_TITLES | MILITARY
_BESIDE_NAME = _COURTESIES | {".", ",", ":"}
_DASHES = frozenset("-–—")
_FILLERS = frozenset(
    """
    now also likewise currently himself herself then at that time who whom is was are were has been became
    serves serving served previously formerly once still presently concurrently both the until recently who's
    present and whose
    """.split()
)
_COPULAS = frozenset("is was be been became become remains remained being".split())
_MADE = frozenset(
    "appointed elected made designated promoted selected reelected installed approved endorsed presented picked tapped voted named chosen confirmed nominated introduced re-elected reappointed sworn installed".split()
)
_WAS = frozenset("was were is been being".split())
_SERVES = frozenset("doubles doubled serves served serving works worked acts acted".split())
_TAKES = frozenset("assumed assumes took takes taken held holds left vacated".split())
_BEFORE_POST = frozenset("as also likewise now then currently the to post of position office up over in".split())
_LINKS = frozenset("and & also as well concurrently simultaneously now , / | formerly".split()) | {","}
_DEGREES = frozenset(("phd", "ph.d.", "ph.d", "dsc", "jr.", "jr", "esq.", "mp", "mla"))
_REPORTERS = frozenset("correspondent reporter journalist".split())
_REPORTS = frozenset("reports reported report writes says said informs".split())
"""What the sentence's own reporter does: "X, Secretary-General of the SCO, a TASS correspondent reports"."""
_EXPLETIVES = frozenset("it there this that".split())
_UNREAL = frozenset("would will may might could should to if not".split())
_HEADLINE_VERBS = frozenset("to meet hold discuss talk sign agree vow exchange review call".split())
"""What follows two subjects in a headline: "X, SCO Secretary-General to meet"."""
_NEAR = 12
_FAR = 24
"""A predicate stands at most so many items behind its subject."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`person` holds `post`; `rule` says how the sentence joins them. Items `first` to `last` (exclusive) say so."""

    person: Mention
    post: Post
    rule: str
    first: int
    last: int
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Counterpart:
    """`person` holds in `body` the post that one of the persons `before`, the nearest first, holds elsewhere."""

    person: Mention
    body: Mention
    before: tuple[Mention, ...]
    first: int
    last: int


class Reader:
    """Reads the holdings of one sentence."""

    def __init__(self, items: Sequence[Item], posts: Sequence[Post]) -> None:
        self._items = items
        self._posts = posts
        self._found: dict[int, Holding] = {}

    def holdings(self) -> Iterator[Holding]:
        """Yield who holds which post, in the order of the text."""
        for number, post in enumerate(self._posts):
            if post.plural or (number and post.head in RANK_TITLES and post.first == self._posts[number - 1].last):
                continue
            holding = (
                self._prenominal(post)
                or self._apposition(number)
                or self._announced(post, listed=self._announced_next(number))
                or self._predicate(post)
            )
            if holding:
                self._found[number] = holding
        for number in reversed(range(len(self._posts) - 1)):
            self._join(number)
        for number in sorted(self._found):
            yield self._found[number]
        for post in self._posts:
            if post.plural:
                yield from self._distributed(post)
            elif self._lower(post.last) in ("was", "were") and self._lower(post.last + 1) == "held":
                yield from self._held(post)
        yield from self._counterparts()
        yield from self._heads()
        yield from self._in_turn()

    # what stands at an item

    def _lower(self, index: int) -> str:
        if 0 <= index < len(self._items) and self._items[index].mention is None:
            return self._items[index].lower
        return ""

    def _person(self, index: int) -> Mention | None:
        if 0 <= index < len(self._items) and self._items[index].names(EntityType.PERSON):
            return self._items[index].mention
        return None

    def _body(self, index: int) -> Mention | None:
        if 0 <= index < len(self._items) and self._items[index].names(*_BODIES):
            return self._items[index].mention
        return None

    def _courtesies(self, index: int) -> int:
        """Return where the name begins behind words of courtesy from `index` on."""
        while self._lower(index) in _COURTESIES or (self._lower(index) == "." and self._lower(index - 1) in HONORIFICS):
            index += 1
        if self._lower(index) == "(" and self._lower(index + 1) in RETIRED and self._lower(index + 2) == ")":
            index += 3
        if self._lower(index - 1) in MILITARY and self._lower(index) == "of":
            corps = index + 1 + (self._lower(index + 1) == "the")  # "General of the Army X", "Colonel of Police X"
            index = corps + 1 if self._lower(corps) in CORPS else index
        return index

    # the joints

    def _prenominal(self, post: Post) -> Holding | None:
        """Join "Secretary-General of the SCO Zhang Ming"."""
        years = self._behind_years(post.last) if self._lower(post.last) == "(" else -1
        at = self._courtesies(post.last if years < 0 else years)
        person = self._person(at)
        if not person:
            return None
        body = self._body(at + 2) or self._body(at + 3)
        between = [self._lower(n) for n in range(at + 1, at + 4) if not self._body(n)]
        if not post.body and body and between[:1] == ["of"] and (self._body(at + 2) or between[:2] == ["of", "the"]):
            return Holding(person, replace(post, body=body), "prenominal", post.first, at + 3)
        return Holding(person, post, "prenominal", post.first, at + 1)

    def _apposition(self, number: int) -> Holding | None:  # noqa: C901
        """Join "Zhang Ming, [now] Secretary-General of the SCO", "(President, Iran)", and further posts after that."""
        post = self._posts[number]
        if post.head in _REPORTERS and self._lower(post.last) in _REPORTS:
            return None
        if number and number - 1 in self._found:
            earlier = self._found[number - 1]
            if (
                earlier.rule in ("apposition", "predicate", "brackets")
                and self._linked(earlier.post.last, post.first)
                and not self._another(earlier.post, post)
            ):
                return Holding(earlier.person, post, earlier.rule, earlier.first, post.last)
        if self._announced_next(number):
            return None
        before = post.first - 1
        while before > 0 and post.first - before < 8 and self._lower(before) in _FILLERS:
            before -= 1
        joint = self._lower(before)
        at = before - 1
        if post.article == "the" and post.body and (named := self._person(post.first - 1)):
            return Holding(named, post, "apposition", post.first - 1, post.last)  # "X the Defence Minister of India"
        if (
            post.article == "the"
            and "and" in {self._lower(n) for n in range(before, post.first)}
            and self._announced(post)
        ):
            return None  # "the Chairperson of A, X, and the Secretary-General of B, Y"
        if joint == "," and self._body(at) and self._lower(at - 1) == "," and self._person(at - 2) and not post.article:
            at -= 2
        if joint == "as" and self._person(at):
            return self._as(post, at)
        if joint not in (",", "(", "|", "/", *_DASHES) and not (joint == ":" and at == 0):
            return None
        if joint == "," and self._lower(at) in _DEGREES and self._lower(at - 1) == ",":
            at -= 2
        if joint != "(" and self._lower(at) == ")":
            at = next((n - 1 for n in range(at - 1, max(-1, at - 5), -1) if self._lower(n) == "("), at)
        person = self._person(at)
        if not person or (joint == "," and self._opens_list(number, at)):
            return None
        if joint == "," and not post.article and self._lower(post.last) in _HEADLINE_VERBS:
            return None
        if joint == "," and not post.article and self._in_prenominal_list(number, at):
            return None
        if joint == "(":
            return Holding(person, self._bracketed(post), "brackets", at, post.last)
        return Holding(person, post, "apposition", at, post.last)

    def _as(self, post: Post, at: int) -> Holding | None:
        """Join "signed by Ishaq Dar as Deputy Prime Minister of Pakistan"."""
        person = self._person(at)
        owned = post.body or (post.its and not post.head.startswith("chair"))  # "with X as its chairman": an event's
        return Holding(person, post, "predicate", at, post.last) if person and owned else None

    def _another(self, earlier: Post, post: Post) -> bool:
        """Whether the post is not the same person's: that of another state, and announced with a name of its own."""
        states = {p.body.referent for p in (earlier, post) if p.body and p.body.type is EntityType.COUNTRY}
        if len(states) > 1:
            return True
        owned = bool(states) and earlier.body is not None and earlier.body.type is EntityType.ORGANIZATION
        announced = self._announced(post) if owned or post.article == "the" else None
        if announced is None or post.article == "the":
            return announced is not None
        return self._lower(announced.last) != ","  # "X, head of A, and Iran's coordinator, Y, attended" are two

    def _opens_list(self, number: int, at: int) -> bool:
        """Whether the post belongs to the next person: "Minister A, Deputy Prime Minister and Minister B"."""
        if not number or number + 1 >= len(self._posts) or self._posts[number - 1].last not in (at, at - 1):
            return False
        earlier = self._found.get(number - 1)
        if earlier and earlier.rule == "apposition":
            return False  # names before titles so far
        post, following = self._posts[number], self._posts[number + 1]
        return self._linked(post.last, following.first) and self._prenominal(following) is not None

    def _in_prenominal_list(self, number: int, at: int) -> bool:
        """Whether the post behind the person at `at` is another's, whose name is not seen, as the list so far shows."""
        earlier = self._found.get(number - 1)
        if earlier is None or earlier.rule != "prenominal" or earlier.last != at + 1:
            return False
        rules = [h.rule for n, h in self._found.items() if n < number]
        capital = self._items[self._posts[number].first].text[0].isupper()
        return capital and len(rules) > 1 and set(rules) == {"prenominal"}

    def _bracketed(self, post: Post) -> Post:
        """Return the post with the state that stands behind it in "(President, Belarus)"."""
        body = self._body(post.last + 1) if self._lower(post.last) in (",", "-", "–") else None
        return replace(post, body=body, last=post.last + 2) if body and not post.body else post

    def _linked(self, end: int, start: int) -> bool:
        """Whether nothing but "and", a comma or a dash stands between two posts."""
        between = [self._lower(n) for n in range(end, start)]
        return 0 < len(between) <= 4 and all(w in _LINKS or w in _DASHES for w in between)

    def _announced_next(self, number: int) -> bool:
        """Whether a list that announces its names goes on: "the President of A, X, the Minister of B, Y"."""
        earlier, post = self._found.get(number - 1), self._posts[number]
        if earlier is None or earlier.rule != "announced" or earlier.last != post.first - 1:
            return False
        return self._lower(post.first - 1) in (",", ";") and self._announced(post, listed=True) is not None

    def _announced(self, post: Post, *, listed: bool = False) -> Holding | None:
        """Join "the President of Tajikistan, Emomali Rahmon, received"."""
        opening = post.first == 0 and " " in post.title  # "Minister of State for External Affairs, X, opened"
        if self._lower(post.last) not in (",", ":") or not (post.article or post.body or post.its or opening):
            return None
        at = post.last + 1
        if self._body(at) and self._lower(at + 1) == "'s":  # "the new Secretary-General, Kazakhstan's X"
            at += 2
        at = self._courtesies(at)
        person = self._person(at)
        definite = post.article in ("the", "his", "her", None)
        behind = self._lower(post.first - 1) == "," and self._person(post.first - 2) and not listed
        if not person or not definite or behind:
            return None
        return Holding(person, post, "announced", post.first, at + 1)

    def _predicate(self, post: Post) -> Holding | None:
        """Join "Zhang Ming was appointed Secretary-General", "who is also an ambassador-at-large"."""
        at = post.first - 1
        while self._lower(at) in _BEFORE_POST:
            at -= 1
        if self._lower(post.first - 1 - (post.article is None and self._lower(post.first - 1) == "the")) == "as":
            at = self._made_before(at)
        verb = self._lower(at)
        took = verb in _TAKES and at < post.first - 1
        if verb not in _COPULAS and verb not in _MADE and verb not in _SERVES and not took:
            return None
        if verb in _COPULAS and self._lower(at - 1) in _EXPLETIVES:
            return None
        lowest = max(-1, at - (_FAR if verb in _MADE else _NEAR))
        words = [self._lower(n) for n in range(at - 1, max(-1, at - 4), -1)]
        if any(w in _UNREAL for w in words) or "next" in post.title.lower().split():
            return None
        person = next((p for n in range(at - 1, lowest, -1) if (p := self._person(n))), None)
        first = next((n for n in range(at - 1, lowest, -1) if self._person(n)), at)
        return Holding(person, post, "predicate", first, post.last) if person else None

    def _made_before(self, at: int) -> int:
        """Return where "approved" stands in "X was approved by the Council as Director", or `at`."""
        near = range(at, max(0, at - _NEAR), -1)
        return next((n for n in near if self._lower(n) in _MADE and self._lower(n - 1) in _WAS), at)

    def _join(self, number: int) -> None:
        """Give the holder of the next post this post too: "State Councilor and Foreign Minister of China Qin Gang"."""
        following = self._found.get(number + 1)
        post, next_ = self._posts[number], self._posts[number + 1]
        if number in self._found or not following or post.plural or following.rule not in ("prenominal", "announced"):
            return
        if not self._linked(post.last, next_.first) or next_.article:
            return
        if (
            self._lower(post.last) == ","
            and self._lower(post.last + 1) != "and"
            and self._lower(post.first - 1) in (",", ";", "and")
        ):
            return
        if (
            post.body
            and next_.body
            and post.body.type == next_.body.type == EntityType.COUNTRY
            and post.body.referent != next_.body.referent
        ):
            return
        panel = post.body is not None and set(post.body.text.lower().split()) <= PANELS
        if post.body and panel and next_.body and self._lower(post.last) in _DASHES:
            # "Chairman of the Executive Committee - Executive Secretary of the CIS": one post of one body
            post = replace(post, title=f"{post.title} of the {post.body.text}", body=next_.body)
        self._found[number] = Holding(following.person, post, following.rule, post.first, following.last)

    def _distributed(self, post: Post) -> Iterator[Holding]:
        """Join "the Presidents of A and B, X and Y", "Presidents X of A and Y of B", "ministers: X (A), Y (B)"."""
        if self._lower(post.last) == "of" and {self._lower(post.last + n) for n in (1, 2)} & DELEGATIONS:
            return
        pairs = list(self._paired(post.last)) or list(self._bracketed_each(post))
        if not pairs:
            pairs = list(self._respective(post))
        for at, person, body in pairs:
            title = singular(post.title)
            one = replace(post, title=title, body=body or post.body, plural=False)
            yield Holding(person, one, "distributed", min(post.first, at), max(post.last, at + 1))

    def _paired(self, start: int) -> Iterator[tuple[int, Mention, Mention | None]]:
        """Yield persons from `start` on with the state behind each, in brackets or after "of"."""
        for index in range(start, len(self._items)):
            person = self._person(index)
            body = self._body(index + 2) or (self._body(index + 3) if self._lower(index + 2) == "the" else None)
            joint = self._lower(index + 1)
            bracketed = joint == "(" and self._lower(index + 3) == ")"
            if person and body and (joint in ("of", "from") or bracketed):
                yield index, person, body
            if self._lower(index) == ";":
                return

    def _bracketed_each(self, post: Post) -> Iterator[tuple[int, Mention, Mention | None]]:
        """Yield the persons behind each of several states: "of A (X), B (Y) and C (Z)", "of A, X, and of B, Y"."""
        at = next(
            (n for n in range(post.first, post.last) if post.bodies and self._body(n) is post.bodies[0]), post.last
        )
        found: list[tuple[int, Mention, Mention | None]] = []
        while body := self._body(at):
            bracketed = self._lower(at + 1) == "(" and self._lower(at + 3) == ")"
            apart = bracketed or self._lower(at + 1) == ","
            person = self._person(at + 1 + apart)  # "Presidents of Belarus Alexander Lukashenko, Mongolia ..."
            if not person:
                break
            found.append((at + 1 + apart, person, body))
            at += 2 + apart + bracketed
            joint = {self._lower(at + n) for n in range(3)}
            while self._lower(at) in (",", ";", "and", "of", "the"):
                at += 1
            if apart and not bracketed and not joint & {"of", ";"}:
                break
        if len(found) > 1 or (found and self._lower(found[0][0] + 1) == ")"):
            yield from found

    def _respective(self, post: Post) -> Iterator[tuple[int, Mention, Mention | None]]:
        """Yield the persons listed before or behind "the presidents of A and B", as many as there are states."""
        states = list(post.bodies[:1])
        end = post.last
        while self._lower(end) in (",", "and") and (
            body := self._body(end + 1 + (self._lower(end + 1) in ("and", "the")))
        ):
            end += 2 + (self._lower(end + 1) in ("and", "the"))
            states.append(body)
        persons = self._listed(end + (self._lower(end) in (",", ":", "--", *_DASHES)), 1)
        if not persons:
            persons = self._listed(post.first - 1 - (self._lower(post.first - 1) in (",", "--", *_DASHES)), -1)[::-1]
        if states and len(persons) == len(states) > 1:
            yield from ((at, person, state) for (at, person), state in zip(persons, states, strict=True))
        elif (
            len(states) < 2 and end == post.last and len(persons) > 1 and (self._person(end) or self._lower(end) == ":")
        ):
            yield from ((at, person, None) for at, person in persons)

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
        return end + 1 if inner and all(w[:1].isdigit() or w in _DASHES for w in inner) else -1

    def _held(self, post: Post) -> Iterator[Holding]:
        """Join "the post of Secretary-General was held by X (Kazakhstan), Y (Russia) and Z"."""
        for index in range(post.last + 2, len(self._items)):
            if self._lower(index) == ";":
                return
            if person := self._person(index):
                yield Holding(person, post, "held", post.first, index + 1)

    def _heads(self) -> Iterator[Holding]:
        """Join "X, who heads the Foreign Ministry"."""
        for index, item in enumerate(self._items):
            if item.mention or item.lower not in ("heads", "headed", "leads"):
                continue
            body = self._body(index + 1) or (self._body(index + 2) if self._lower(index + 1) == "the" else None)
            related = self._lower(index - 1) == "who" or self._lower(index - 2) == "who"
            near = (p for n in range(index - 1, max(-1, index - (12 if related else 6)), -1) if (p := self._person(n)))
            person = next(near, None)
            if person and body and body.type is EntityType.ORGANIZATION:
                end = index + 2 + (self._lower(index + 1) == "the")
                post = Post(index, end, "head", "head", body, None)
                first = next(n for n in range(index, -1, -1) if self._person(n))
                yield Holding(person, post, "heads", first, end)

    def _in_turn(self) -> Iterator[Holding]:
        """Join "Chinese Foreign Minister X, Russia's Y and Z of Iran": who follow hold the post of the first."""
        holders = {h.person for h in self._found.values()}
        for earlier in {(h := self._found[n]).person: h for n in sorted(self._found)}.values():
            body = earlier.post.body
            if earlier.rule != "prenominal" or not body or body.type is not EntityType.COUNTRY:
                continue
            at = earlier.last
            while self._lower(at) in (",", "and"):
                at += 1 + (self._lower(at + 1) == "and")
                owner = self._body(at)
                first = self._courtesies(at + 1 + (self._lower(at + 1) == "'s")) if owner else at
                person, after = self._person(first), self._body(first + 2)
                if not owner and self._lower(first + 1) == "of":
                    owner, first = after, first + 2
                if not person or not owner or owner.type is not EntityType.COUNTRY or person in holders:
                    break
                yield Holding(person, replace(earlier.post, body=owner), "in-turn", earlier.first, first + 1)
                at = first + 1

    def _counterparts(self) -> Iterator[Holding]:
        """Join "his Uzbek counterpart X", who holds the post named last."""
        for index, person, body, at in self._paired_off():
            if earlier := self._last_before(index):
                post = replace(earlier.post, title=abroad(earlier.post.title), body=body, tenure=None)
                yield Holding(person, post, "counterpart", min(at, earlier.first), max(at, index) + 1)

    def unsettled(self) -> Iterator[Counterpart]:
        """Yield the counterparts of somebody whose post the sentence does not tell."""
        for index, person, body, at in self._paired_off():
            if not self._last_before(index):
                before = tuple(p for n in range(index - 1, -1, -1) if n != at and (p := self._person(n)))
                yield Counterpart(person, body, before, min(at, index), max(at, index) + 1)

    def _paired_off(self) -> Iterator[tuple[int, Mention, Mention, int]]:
        """Yield the index of each "counterpart", the person, the state and the person's index."""
        for index in range(1, len(self._items) - 1):
            lower = self._lower(index)
            if lower in ("counterparts", "colleagues"):
                yield from ((index, person, body, at) for at, person, body in self._many(index))
            if lower not in ("counterpart", "colleague"):
                continue
            body = self._body(index - 1)
            at = index + 1 + (self._lower(index + 1) == ",")
            if not body and self._lower(index + 1) == "from" and (body := self._body(index + 2)):
                at = index + 3 + (self._lower(index + 3) == ",")
            if not body or body.type is not EntityType.COUNTRY:
                continue
            at = self._courtesies(at)
            person = self._person(at)
            if not person and self._lower(index - 3) == ",":
                person, at = self._person(index - 4), index - 4
            if person:
                yield index, person, body, at

    def _many(self, index: int) -> Iterator[tuple[int, Mention, Mention]]:
        """Yield those of "his Kyrgyz and Tajik counterparts, X and Y" or "counterparts X of A and Y of B"."""
        states: list[Mention] = []
        at = index - 1
        while body := self._body(at):
            states.insert(0, body)
            at -= 1
            while self._lower(at) in (",", "and"):
                at -= 1
        start = index + 1
        if not states and self._lower(start) == "from":
            start += 1
            while body := self._body(start):
                states.append(body)
                start += 1
                while self._lower(start) in ("and", "the") or (self._lower(start) == "," and self._body(start + 1)):
                    start += 1
        start += self._lower(start) in (",", ":", *_DASHES)
        persons = self._listed(self._courtesies(start), 1)
        if states and len(persons) == len(states):
            yield from ((n, person, state) for (n, person), state in zip(persons, states, strict=True))
        elif not states:
            yield from ((n, person, body) for n, person, body in self._paired(start) if body)

    def _last_before(self, index: int) -> Holding | None:
        before = (self._found[n] for n in sorted(self._found, reverse=True))
        return next((h for h in before if h.post.last <= index and h.post.head not in MILITARY), None)


def abroad(title: str) -> str:
    """Return what a post that only one state has is called elsewhere: India's External Affairs Minister, Raksha Mantri."""
    return {"external affairs minister": "Foreign Minister", "raksha mantri": "Defence Minister"}.get(
        title.lower(), title
    )


def alone(items: Sequence[Item]) -> Mention | None:
    """Return the person whose name, with courtesies, is all that a line holds, as programmes write above the post."""
    persons = [i.mention for i in items if i.names(EntityType.PERSON)]
    if len(persons) != 1:
        return None
    others = (i for i in items if not i.names(EntityType.PERSON) and i.lower not in _BESIDE_NAME)
    return persons[0] if next(others, None) is None else None


def singular(title: str) -> str:
    """Return a plural title in the singular: "foreign ministers" -> "foreign minister"."""
    words = title.split()
    for number, word in enumerate(words):
        lower = word.lower()
        if lower in ("chairmen", "spokesmen"):
            words[number] = word[:-2] + "an"
        elif lower.startswith("secretaries"):
            words[number] = word.replace("ies", "y", 1)
        elif lower.endswith("s") and lower[:-1] in _SINGULARS:
            words[number] = word[:-1]
    return " ".join(words)


_SINGULARS = frozenset(
    """
        president premier minister chair head ambassador governor speaker director mayor king envoy
        representative adviser advisor coordinator professor rector vice-president vice-minister prosecutor chief
        commander spokesperson
        """.split()
)
