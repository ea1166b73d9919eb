"""Role: a person holds a post in a body or a state.

RDF: org:Membership of the W3C Organization Ontology, https://www.w3.org/TR/vocab-org/#membership-roles-posts-and-reporting
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self, TypeVar

from msgspec.structs import replace
from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.denials import of_denied
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.role.bodies import Bodies
from sco_graph.claims.role.holders import Reader, alone
from sco_graph.claims.role.items import Item, items_of
from sco_graph.claims.role.joints import Counterpart, Holding
from sco_graph.claims.role.posts import Post, posts_of
from sco_graph.claims.role.several import abroad
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import ORG, RDF, SCO, Iris, Triple

_REMEMBERED = 4
"""So many sentences back, a post may still be the one whose counterparts are meant."""
_OTHERS = frozenset("vice deputy first second assistant associate prime state and former acting".split())
"""Words that make another post of a title."""


_ABBREVIATED = {
    "fm": frozenset(("foreign", "minister")),
    "pm": frozenset(("prime", "minister")),
    "dpm": frozenset(("deputy", "prime", "minister")),
    "eam": frozenset(("external", "affairs", "minister")),
    "sg": frozenset(("secretary-general",)),
}
"""Titles in short, and the words they stand for."""

_Read = tuple[int, Sequence[Item], list[Holding]]
"""The number of a sentence, its items, and who holds which post by it."""
_Unsettled = tuple[int, Counterpart]
"""The place in what was read, and somebody's counterpart there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Claim):
    """`person` holds the post `title` in `organization`, which is None if the text names none.

    `title` stands without its body and keeps "former" or "acting"; `tenure` is then that word:
    "former", "acting" or "incoming", else None.
    """

    kind: ClassVar[str] = "role"

    person: Mention
    title: str
    organization: Mention | None
    tenure: str | None = None

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the posts that `text` gives to persons."""
        read: list[_Read] = []
        unsettled: list[_Unsettled] = []
        described: list[tuple[int, Holding]] = []
        above: Mention | None = None
        headed: Post | None = None
        for number, sentence in enumerate(text.sentences):
            if sentence.block is not BlockKind.FURNITURE:
                items = items_of(sentence)
                posts = posts_of(items)
                told, counterparts = _read_items(items)
                holdings = [h for h in told if h.rule != "predicate" or not of_denied(sentence, h.person)]
                unsettled += [(len(read), c) for c in counterparts]
                if above and not holdings and posts and posts[0].first == 0 and not posts[0].plural:
                    holdings = [Holding(above, posts[0], "stacked", 0, posts[0].last)]
                    headed = None
                person = alone(items)
                if person and headed:
                    holdings = [Holding(person, headed, "stacked", 0, len(items))]
                above = None if holdings else person
                headed = (
                    posts[0] if posts and not holdings and posts[0].first == 0 and posts[0].last == len(items) else None
                )
                held = {h.first for h in holdings}
                described += [(len(read), h) for h in _described(sentence, items, posts) if h.first not in held]
                read.append((number, items, holdings))
        _add(read, described)
        _settle(text.sentences, read, unsettled)
        _name_deputies(read)
        yield from _without_shorthand(cls._held(text, read))

    @classmethod
    def _held(cls, text: Text, read: Sequence[_Read]) -> Iterator[Self]:
        """Yield the posts of the sentences' holdings, each with its body."""
        bodies = Bodies(text, [h for _, _, holdings in read for h in holdings])
        for number, items, holdings in read:
            for holding in holdings:
                if not bodies.names_a_post(holding) or bodies.presides(holding, text.sentences[number]):
                    continue
                rule = f"{cls.kind}/{holding.rule}"
                yield cls(
                    person=holding.person,
                    title=holding.post.title,
                    organization=bodies.of(holding, holdings, text.sentences[number]),
                    tenure=holding.post.tenure,
                    evidence=text.evidence(items[holding.first].start, items[holding.last - 1].end),
                    rule=rule,
                )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the membership, told apart by its holder, post, body and tenure."""
        body = iris.of(self.organization) if self.organization else None
        return iris.mint("membership", iris.of(self.person), iris.role(self.title), body, self.tenure)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one org:Membership."""
        membership = self.subject(iris)
        yield membership, RDF.term("type"), ORG.Membership
        yield membership, ORG.member, iris.of(self.person)
        yield membership, ORG.role, iris.role(self.title)
        if self.organization:
            yield membership, ORG.organization, iris.of(self.organization)
        if self.tenure:
            yield membership, SCO.tenure, SCO.term(self.tenure)


@remembered(SENTENCES)
def _read_items(items: tuple[Item, ...]) -> tuple[tuple[Holding, ...], tuple[Counterpart, ...]]:
    """Return who holds which post by a sentence, and whose counterparts have posts that other sentences tell."""
    if not any(item.mention and item.mention.type is EntityType.PERSON for item in items):
        return (), ()
    reader = Reader(items, posts_of(items))
    return tuple(reader.holdings()), tuple(reader.unsettled())


_R = TypeVar("_R", bound=Role)
_Told = tuple[str, str | None, str | None]
"""A title in lower case, the tenure, and the referent of the body."""


def _without_shorthand(roles: Iterable[_R]) -> Iterator[_R]:
    """Yield `roles` but those that say less of a post that the text tells in full: "Minister" of "Foreign Minister"."""
    told = [(role, _told(role)) for role in roles]
    by_person: dict[str, set[_Told]] = {}
    for role, post in told:
        by_person.setdefault(role.person.referent, set()).add(post)
    for role, post in told:
        others = by_person[role.person.referent]
        if not any(_is_fuller(other, post) for other in (others if len(others) > 1 else ())):
            yield role


def _told(role: Role) -> _Told:
    return role.title.lower(), role.tenure, role.organization.referent if role.organization else None


def _is_fuller(full: _Told, short: _Told) -> bool:
    """Whether one post of a person is the other, told in more words."""
    words, more = frozenset(short[0].split()), frozenset(full[0].split())
    spelt_out = _ABBREVIATED.get(short[0], words)
    fuller = spelt_out <= more and words != more and not (more - spelt_out) & _OTHERS
    return fuller and short[1] == full[1] and short[2] in (None, full[2])


def _described(sentence: Sentence, items: Sequence[Item], posts: Sequence[Post]) -> Iterator[Holding]:
    """Yield the posts that stand for somebody named elsewhere: "The Chinese president was met at the airport"."""
    people = [m for m in sentence.mentions if m.type is EntityType.PERSON and not m.named]
    for post in posts if people else ():
        start, end = items[post.first].start, items[post.last - 1].end
        person = next((m for m in people if m.start <= start and end <= m.end), None)
        if person and post.body and not post.plural:
            yield Holding(person, post, "described", post.first, post.last)


def _add(read: Sequence[_Read], described: Iterable[tuple[int, Holding]]) -> None:
    """Add what descriptions tell of persons to whom the text gives no post otherwise, or the same post without a body."""
    told: dict[str, list[Post]] = {}
    for _, _, holdings in read:
        for holding in holdings:
            told.setdefault(holding.person.referent, []).append(holding.post)
    for place, holding in described:
        title = holding.post.title.lower()
        if all(p.body is None and p.title.lower() == title for p in told.get(holding.person.referent, ())):
            read[place][2].append(holding)


def _name_deputies(read: Sequence[_Read]) -> None:
    """Give "his deputy X" the post of whom the text names before: "deputy Secretary-General"."""
    above: Holding | None = None
    for _, _, holdings in read:
        for holding in sorted(holdings, key=lambda h: h.post.first):
            post = holding.post
            if post.head != "deputy" or post.body or post.article not in ("his", "her"):
                above = holding
            elif above and above.person is not holding.person:
                title = f"{post.title} {above.post.title}"
                named = replace(post, title=title, body=above.post.body, its=above.post.its)
                holdings[holdings.index(holding)] = replace(holding, post=named)


def _unnamed(sentence: Sentence, counterpart: Counterpart) -> list[Mention]:
    """Return the pronouns and descriptions before the counterpart that mean somebody, the nearest first."""
    mentions = [m for m in sentence.mentions if m.type is EntityType.PERSON and m.end <= counterpart.person.start]
    return [m for m in reversed(mentions) if not m.named]


def _settle(sentences: Sequence[Sentence], read: Sequence[_Read], unsettled: Iterable[_Unsettled]) -> None:
    """Give counterparts the post that the text tells elsewhere of the one they meet: "he met his Uzbek counterpart X"."""
    posts: dict[str, Post] = {}
    for _, _, holdings in read:
        for holding in holdings:
            posts.setdefault(holding.person.referent, holding.post)
    for place, counterpart in unsettled:
        before = counterpart.before or _unnamed(sentences[read[place][0]], counterpart)
        met = next((posts[p.referent] for p in before if p.referent in posts), None)
        if met is None and not before:
            here = [h.post for h in read[place][2] if h.last <= counterpart.first]
            earlier = [h.post for _, _, holdings in read[max(0, place - _REMEMBERED) : place] for h in holdings] + here
            earlier = [p for p in earlier if p.body and p.body.type is EntityType.COUNTRY]
            met = earlier[-1] if earlier else None
        if met and (met.body is None or met.body.type is EntityType.COUNTRY):
            post = replace(met, title=abroad(met.title), body=counterpart.body, tenure=None, its=None)
            read[place][2].append(Holding(counterpart.person, post, "counterpart", counterpart.first, counterpart.last))
