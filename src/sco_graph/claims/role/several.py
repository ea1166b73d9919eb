"""Several who hold one post: "the Presidents of A and B, X and Y", counterparts, and those who follow in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from sco_graph.claims.role.joints import DASHES, Counterpart, Holding, Joints
from sco_graph.claims.role.offices import DELEGATIONS
from sco_graph.claims.role.posts import Post
from sco_graph.model import EntityType, Mention

_DIPLOMACY = re.compile(r"\bM(?:O)?FA\b|foreign ministry|ministry of foreign affairs", re.IGNORECASE)
"""What foreign ministers head."""
_SINGULARS = frozenset(
    """
        president premier minister chair head ambassador governor speaker director mayor king envoy
        representative adviser advisor coordinator professor rector vice-president vice-minister prosecutor chief
        commander spokesperson justice judge chairperson vice-chairman dean consul
        """.split()
)
_HEADING = frozenset(("heads", "headed", "leads"))
_PEERS = frozenset(("counterparts", "colleagues", "counterpart", "colleague"))


class Several(Joints):
    """Reads who hold a post that the sentence tells of several, or of somebody else."""

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
        """Yield persons from `start` on with the state behind each, in brackets or after "of", or before it: ": A's X"."""
        listed = False
        for index in range(start, len(self._items)):
            person = self._person(index)
            listed = listed or self._lower(index) in (":", *DASHES)
            follows = self._lower(index - 3) in (":", *DASHES, ",", "and")  # the next of a list
            owner = self._body(index - 2) if listed and follows and self._lower(index - 1) == "'s" else None
            if person and owner and owner.type is EntityType.COUNTRY:
                yield index, person, owner
                continue
            body = self._body(index + 2) or (self._body(index + 3) if self._lower(index + 2) == "the" else None)
            joint = self._lower(index + 1)
            bracketed = joint == "(" and self._lower(index + 3) == ")"
            if person and body and (joint in ("of", "from") or bracketed):
                yield index, person, body
            if self._lower(index) == ";":
                return

    def _bracketed_each(self, post: Post) -> Iterator[tuple[int, Mention, Mention | None]]:
        """Yield the persons behind each of several states: "of A (X), B (Y) and C (Z)", "of A – X, B – Y", "of A, X, and of B, Y"."""
        at = next(
            (n for n in range(post.first, post.last) if post.bodies and self._body(n) is post.bodies[0]), post.last
        )
        found: list[tuple[int, Mention, Mention | None]] = []
        while body := self._body(at):
            bracketed = self._lower(at + 1) == "(" and self._lower(at + 3) == ")"
            dashed = self._lower(at + 1) in DASHES
            apart = bracketed or dashed or self._lower(at + 1) == ","
            person = self._person(at + 1 + apart)  # "Presidents of Belarus Alexander Lukashenko, Mongolia ..."
            if not person:
                break
            found.append((at + 1 + apart, person, body))
            at += 2 + apart + bracketed
            joint = {self._lower(at + n) for n in range(3)}
            while self._lower(at) in (",", ";", "and", "of", "the"):
                at += 1
            if apart and not (bracketed or dashed) and not joint & {"of", ";"}:
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
        if self._lower(post.first - 1) in ("both", "all") and len(states) < 2:  # "A and B, both judges of the Court"
            persons = self._listed(post.first - 3, -1) if self._lower(post.first - 2) == "," else []
            yield from ((at, person, None) for at, person in persons if len(persons) > 1)
            return
        persons = self._listed(end + (self._lower(end) in (",", ":", "--", *DASHES)), 1)
        if not persons:
            persons = self._listed(post.first - 1 - (self._lower(post.first - 1) in (",", "--", *DASHES)), -1)[::-1]
        if states and len(persons) == len(states) > 1:
            yield from ((at, person, state) for (at, person), state in zip(persons, states, strict=True))
        elif (
            len(states) < 2 and end == post.last and len(persons) > 1 and (self._person(end) or self._lower(end) == ":")
        ):
            yield from ((at, person, None) for at, person in persons)

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
            if item.word not in _HEADING:
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

    def _counterparts(self) -> Iterator[Holding]:
        """Join "his Uzbek counterpart X", who holds the post named last."""
        for index, person, body, at in self._paired_off():
            earlier = self._last_before(index)
            if (
                earlier
                and earlier.post.head == "head"
                and _DIPLOMACY.search(earlier.post.body.text if earlier.post.body else "")
            ):
                post = replace(earlier.post, title="Foreign Minister", head="minister", body=body, tenure=None)
                yield Holding(person, post, "counterpart", min(at, earlier.first), max(at, index) + 1)
            elif earlier and (earlier.post.body is None or earlier.post.body.type is EntityType.COUNTRY):
                post = replace(earlier.post, title=abroad(earlier.post.title), body=body, tenure=None)
                yield Holding(person, post, "counterpart", min(at, earlier.first), max(at, index) + 1)

    def unsettled(self) -> Iterator[Counterpart]:
        """Yield the counterparts of somebody whose post the sentence does not tell."""
        for index, person, body, at in self._paired_off():
            if not self._last_before(index):
                before = tuple(p for n in range(index - 1, -1, -1) if n != at and (p := self._person(n)))
                yield Counterpart(person, body, before, min(at, index), max(at, index) + 1)

    def _paired_off(self) -> Iterator[tuple[int, Mention, Mention, int]]:
        """Yield the index of each "counterpart", the person without another post, the state and the person's index."""
        holders = {h.person for h in self._found.values() if h.rule == "apposition"}
        yield from (pair for pair in self._pairs_off() if pair[1] not in holders)

    def _pairs_off(self) -> Iterator[tuple[int, Mention, Mention, int]]:
        for index in range(1, self._count - 1):
            lower = self._items[index].word
            if lower not in _PEERS:
                continue
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
        start += self._lower(start) in (",", ":", *DASHES)
        persons = self._listed(self._courtesies(start), 1)
        if states and len(persons) == len(states):
            yield from ((n, person, state) for (n, person), state in zip(persons, states, strict=True))
        elif not states:
            yield from ((n, person, body) for n, person, body in self._paired(start) if body)


def abroad(title: str) -> str:
    """Return what a post that only one state has is called elsewhere: India's External Affairs Minister, Raksha Mantri."""
    return {"external affairs minister": "Foreign Minister", "raksha mantri": "Defence Minister"}.get(
        title.lower(), title
    )


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
