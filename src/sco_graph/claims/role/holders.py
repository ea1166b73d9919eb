"""Who holds a post: the ways in which a sentence joins a person and a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sco_graph.claims.role.items import Item
from sco_graph.claims.role.joints import COURTESIES, DASHES, Holding
from sco_graph.claims.role.offices import PANELS, RANK_TITLES
from sco_graph.claims.role.posts import Post
from sco_graph.claims.role.several import Several
from sco_graph.model import EntityType, Mention

_BESIDE_NAME = COURTESIES | {".", ",", ":"}
_FILLERS = frozenset(
    """
    now also likewise currently himself herself then at that time who whom is was are were has been became
    serves serving served previously formerly once still presently concurrently both the until recently who's
    present and whose hon'ble
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
_LINKS = frozenset(
    "and & also as well concurrently simultaneously now , / | formerly earlier before still previously then once later that".split()
) | {","}
_DEGREES = frozenset(("phd", "ph.d.", "ph.d", "dsc", "jr.", "jr", "esq.", "mp", "mla"))
_REPORTERS = frozenset("correspondent reporter journalist".split())
_REPORTS = frozenset("reports reported report writes says said informs".split())
"""What the sentence's own reporter does: "X, Secretary-General of the SCO, a TASS correspondent reports"."""
_VERBAL = frozenset(("'s", "and"))
_OPENERS = frozenset(
    "in at during after before on following with addressing meeting when while asked as according earlier".split()
)
_EXPLETIVES = frozenset("it there this that".split())
_UNREAL = frozenset("would will may might could should to if not".split())
_HEADLINE_VERBS = frozenset("to meet hold discuss talk sign agree vow exchange review call".split())
"""What follows two subjects in a headline: "X, SCO Secretary-General to meet"."""
_CLOSING = frozenset((";", ",", ".", "and", ""))
_NEAR = 12
_FAR = 24
"""A predicate stands at most so many items behind its subject."""


class Reader(Several):
    """Reads the holdings of one sentence."""

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
                or self._named_after(post)
            )
            if holding:
                self._found[number] = holding
        for number in reversed(range(len(self._posts) - 1)):
            self._join(number)
        for number in sorted(self._found):
            yield self._found[number]
        for number, post in enumerate(self._posts):
            if post.plural and number and post.head == "justice" and self._posts[number - 1].last == post.first:
                continue  # "judges Justices A and B"
            if post.plural:
                yield from self._distributed(post)
            elif self._lower(post.last) in ("was", "were") and self._lower(post.last + 1) == "held":
                yield from self._held(post)
        yield from self._aides()
        yield from self._counterparts()
        yield from self._heads()

    def _prenominal(self, post: Post) -> Holding | None:
        """Join "Secretary-General of the SCO Zhang Ming"."""
        years = self._behind_years(post.last) if self._lower(post.last) == "(" else -1
        if self._lower(post.last + 2) == ")" and self._lower(post.last) == "(" and years < 0:
            years = post.last + 3 if self._items[post.last + 1].text.isupper() else -1  # "Chief of Army Staff (COAS) X"
        at = self._courtesies(post.last if years < 0 else years)
        person = self._person(at)
        if not person:
            return None
        body = self._body(at + 2) or self._body(at + 3)
        between = [self._lower(n) for n in range(at + 1, at + 4) if not self._body(n)]
        if self._body(at + 2) and self._lower(at + 3) == "'s":  # "Justice X of Pakistan's Supreme Court"
            body = self._body(at + 4) or body
        if not post.body and body and between[:1] == ["of"] and (self._body(at + 2) or between[:2] == ["of", "the"]):
            return Holding(person, replace(post, body=body), "prenominal", post.first, at + 3)
        if not post.body and self._lower(at + 1) == "from" and self._items[at + 2 : at + 3]:
            state = self._items[at + 2]  # "Deputy Minister X from Pakistan;"
            if state.names(EntityType.COUNTRY) and self._lower(at + 3) in _CLOSING:
                return Holding(person, replace(post, body=state.mention), "prenominal", post.first, at + 3)
        if ruler := self._ruler(post):
            return Holding(person, replace(post, title=ruler), "prenominal", post.first, at + 1)
        return Holding(person, post, "prenominal", post.first, at + 1)

    def _ruler(self, post: Post) -> str:
        """Return the title of the one whom the holder of the post serves, named behind it: "aide to Russian President X"."""
        to = next((n for n in range(post.first, post.last) if self._lower(n) == "to" and self._body(n + 1)), post.last)
        served = self._person(post.last) and to + 2 < post.last
        return post.title.partition(" to ")[2] if served else ""

    def _aides(self) -> Iterator[Holding]:
        """Join "X, an aide to Russian President Y" to X, whom Y's title does not concern."""
        for post in self._posts:
            comma = post.first - 1 - (self._lower(post.first - 1) in ("a", "an", "the"))
            aide = self._person(comma - 1) if self._lower(comma) == "," and self._ruler(post) else None
            if aide:
                yield Holding(aide, post, "apposition", comma - 1, post.last)

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
        named = self._person(post.first - 1) if post.body and post.article in ("the", None) else None
        if named and (post.article or self._items[post.first].text[0].isupper()):
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
        if joint not in (",", "(", "|", "/", *DASHES) and not (joint == ":" and at == 0):
            return None
        if joint == "," and self._lower(at) in _DEGREES and self._lower(at - 1) == ",":
            at -= 2
        if joint != "(" and self._lower(at) == ")":
            at = next((n - 1 for n in range(at - 1, max(-1, at - 5), -1) if self._lower(n) == "("), at)
        person = self._person(at)
        if not person or (joint == "," and (self._opens_list(number, at) or self._of_next(number, at))):
            return None
        if joint == "," and not post.article and self._lower(post.last) in _HEADLINE_VERBS:
            return None
        if joint == "," and not post.article and self._in_prenominal_list(number, at):
            return None
        if post.article == "the" and not post.body and self._lower(0) in _OPENERS and self._goes_on(post.last):
            return None  # "In the talks with Qin, the minister conveyed"
        if joint == "(":
            return Holding(person, self._bracketed(post), "brackets", at, post.last)
        state = self._body(at - 2) if self._lower(at - 1) == "counterpart" else None  # "his Iranian counterpart X, ..."
        return Holding(person, replace(post, body=post.body or state), "apposition", at, post.last)

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

    def _of_next(self, number: int, at: int) -> bool:
        """Whether a list goes on behind the person at `at`: "Chinese Premier A, Belarus Prime Minister of B"."""
        earlier, body = self._found.get(number - 1), self._posts[number].body
        if earlier is None or earlier.rule != "prenominal" or earlier.last != at + 1 or body is None:
            return False
        state = earlier.post.body
        states = state is not None and state.type is body.type is EntityType.COUNTRY
        return states and state is not None and state.referent != body.referent

    def _goes_on(self, index: int) -> bool:
        """Whether a word stands at `index`, and no mark that closes an apposition."""
        return self._lower(index)[:1].isalpha() and self._lower(index) not in ("and", "of", "for", "at", "who")

    def _in_prenominal_list(self, number: int, at: int) -> bool:
        """Whether the post behind the person at `at` is another's, whose name is not seen, as the list so far shows."""
        earlier = self._found.get(number - 1)
        if earlier is None or earlier.rule != "prenominal" or earlier.last != at + 1:
            return False
        before = self._found.get(number - 2)
        capital = self._items[self._posts[number].first].text[0].isupper()
        return capital and before is not None and before.rule == "prenominal"

    def _bracketed(self, post: Post) -> Post:
        """Return the post with the state that stands behind it in "(President, Belarus)"."""
        body = self._body(post.last + 1) if self._lower(post.last) in (",", "-", "–") else None
        return replace(post, body=body, last=post.last + 2) if body and not post.body else post

    def _linked(self, end: int, start: int) -> bool:
        """Whether nothing but "and", a comma or a dash stands between two posts."""
        between = [self._lower(n) for n in range(end, start)]
        return 0 < len(between) <= 6 and all(w in _LINKS or w in DASHES for w in between)

    def _announced_next(self, number: int) -> bool:
        """Whether a list that announces its names goes on: "the President of A, X, the Minister of B, Y"."""
        earlier, post = self._found.get(number - 1), self._posts[number]
        at = post.first - 1 - (self._lower(post.first - 1) == "and")
        if earlier is None or earlier.rule != "announced" or earlier.last != at:
            return False
        return self._lower(at) in (",", ";") and self._announced(post, listed=True) is not None

    def _announced(self, post: Post, *, listed: bool = False) -> Holding | None:
        """Join "the President of Tajikistan, Emomali Rahmon, received"."""
        if self._lower(post.last) not in (",", ":"):
            return None
        bare = not (post.article or post.body or post.its)
        if (
            bare
            and not listed
            and not self._opens(post)
            and self._lower(post.first - 1) != "including"
            and self._courtesies(post.last + 1) == post.last + 1
        ):
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

    def _opens(self, post: Post) -> bool:
        """Whether a post of several words opens the sentence: "Minister of State for External Affairs, X, opened"."""
        before = self._lower(post.first - 1)
        return " " in post.title and (post.first == 0 or before == ":" or before in DASHES or before == "--")

    def _named_after(self, post: Post) -> Holding | None:
        """Join "The SCO's Secretary-General is Nurlan Yermekbayev"."""
        person = self._person(self._courtesies(post.last + 1)) if self._lower(post.last) in ("is", "was") else None
        if not person or not (post.body or post.its) or self._lower(post.last + 2) in _VERBAL:
            return None
        return Holding(person, post, "predicate", post.first, post.last + 2)

    def _predicate(self, post: Post) -> Holding | None:
        """Join "Zhang Ming was appointed Secretary-General", "who is also an ambassador-at-large"."""
        at = post.first - 1
        while self._lower(at) in _BEFORE_POST:
            at -= 1
        next_ = self._lower(at) == "next"  # "has been elected the next Secretary-General"
        while next_ and self._lower(at) in ("next", "the", "as"):
            at -= 1
        if self._lower(post.first - 1 - (post.article is None and self._lower(post.first - 1) == "the")) == "as":
            at = self._made_before(at)
        verb = self._lower(at)
        if next_ and verb not in _MADE:
            return None
        took = verb in _TAKES and at < post.first - 1
        if verb not in _COPULAS and verb not in _MADE and verb not in _SERVES and not took:
            return None
        if verb in _COPULAS and self._lower(at - 1) in _EXPLETIVES:
            return None
        lowest = max(-1, at - (_FAR if verb in _MADE else _NEAR))
        if self._unreal(at) or "next" in post.title.lower().split():
            return None
        person = next((p for n in range(at - 1, lowest, -1) if (p := self._person(n))), None)
        first = next((n for n in range(at - 1, lowest, -1) if self._person(n)), at)
        return Holding(person, post, "predicate", first, post.last) if person else None

    def _unreal(self, at: int) -> bool:
        """Whether what stands before the verb at `at` says that it is not so, or not yet ("from 2010 to 2012" does not)."""
        near = range(at - 1, max(-1, at - 4), -1)
        return any(self._lower(n) in _UNREAL and not self._lower(n + 1)[:1].isdigit() for n in near)

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
        if not self._linked(post.last, next_.first) or next_.article or post.article in ("a", "an"):
            return
        if self._lower(post.last) == "," and "according" in {self._lower(post.first - n) for n in (1, 2, 3)}:
            return  # "According to the Foreign Office Spokesperson, Prime Minister X will"
        if (
            self._lower(post.last) == ","
            and self._lower(post.last + 1) != "and"
            and self._lower(post.first - 1) in (",", ";")
            and any(self._person(n) for n in range(post.first))
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
        if post.body and panel and next_.body and self._lower(post.last) in (*DASHES, "and"):
            # "Chairman of the Executive Committee - Executive Secretary of the CIS": one panel of one body
            post = replace(post, title=f"{post.title} of the {post.body.text}", body=next_.body)
        self._found[number] = Holding(following.person, post, following.rule, post.first, following.last)


def alone(items: Sequence[Item]) -> Mention | None:
    """Return the person whose name, with courtesies, is all that a line holds, as programmes write above the post."""
    persons = [m for i in items if (m := i.mention) is not None and m.type is EntityType.PERSON]
    if len(persons) != 1:
        return None
    return persons[0] if all(i.mention is persons[0] or i.lower in _BESIDE_NAME for i in items) else None
