"""Whose post it is, where the words of the post do not say it: "the country's Foreign Minister", "President Xi"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from sco_graph.claims.lexicon import MILITARY, TENURES
from sco_graph.claims.role.joints import Holding
from sco_graph.claims.role.offices import RANK_TITLES
from sco_graph.claims.role.posts import Post
from sco_graph.model import EntityType, Mention, Sentence, Text

_NOT_ALONE = frozenset(
    """
    speaker member representative partner fellow chair general deputy judge owner manager officer consul
    lawmaker parliamentarian academician commander counsellor principal colonel anchor presenter correspondent
    journalist author writer poet artist editor editors analyst scholar expert economist historian engineer
    specialist scientist coach lecturer researcher professor founder co-founder mp head chief leader official diplomat
    negotiator lady prince princess host assistant aide employee
    """.split()
)
_NO_POSTS = frozenset(
    """
        leader official diplomat author writer partner anchor presenter poet artist coach negotiator
        mediator owner sheikh successor predecessor
        """.split()
)
_OF_STATES = frozenset(
    """
    president premier minister mantri king queen emir sultan chancellor ambassador ambassador-at-large vice-president
    vice-premier vice-minister fm pm dpm councilor councillor ex-president ex-premier ex-minister ex-pm
    prime-minister state-councilor lady governor government presidential
    """.split()
)


_GOVERNING = frozenset("president premier minister king emir sultan fm pm dpm mantri".split())
_OF_CORPS = frozenset(
    "of the police justice militia medical service internal customs air force navy naval fleet chief".split()
)
"""What ranks outside the army have: "Colonel of Police"."""
_RULING = frozenset(("president", "premier", "king", "emir", "sultan", "chancellor", "pm"))
_DELEGATED = frozenset("representative envoy delegate consul-general".split())
"""Whom states send to others and to organizations."""
_SENT = frozenset(("ambassador", "ambassador-at-large"))
_INVITING = re.compile(r"\binvitation\s(?:of|from|by)\s(?:the\s|his\s|her\s)?$")
_OF_OTHERS = re.compile(
    r"\b(?:received|welcomed|greeted|hosted|met|seen off)\b[^.;]{0,80}? by\b"
    r"|\b(?:met|talks|meetings?|spoke|conversation|negotiations|consultations)(?: \w+){0,3}? with\b"
)
"""What somebody does with those of other states."""
_SEATED = frozenset(("senator",))
"""Titles before a name that are posts in a body of their own, whatever other post the person has."""
_STATES = frozenset("country nation state republic kingdom".split())
_GROUPS = frozenset("organization organisation group grouping bloc alliance body".split())
"""What an organization of states is called again."""
_PRONOUNS = frozenset(("its", "their"))
_PRESIDING = re.compile(r"\bas (?:its|their) (?:chair\w*|president|moderator|host)\b")
_ACTING = re.compile(r"\bacted as its (?:chair\w*|moderator)\b")
_ACCOMPANIED = re.compile(r"\baccompan(?:y|ied)", re.IGNORECASE)
_MINISTERS = frozenset(("minister", "vice-minister"))
_MINISTERIAL = _MINISTERS | {"first", "deputy", "vice"}
_COMPLEMENT = re.compile(r" (?:of|for|under|at|in|on) ")
_OWN_TITLES = {
    "external affairs minister": "IN",
    "minister of external affairs": "IN",
    "eam": "IN",
    "raksha mantri": "IN",
}
"""Titles that one state alone gives, and the code of the state."""
_OF_FIRMS = frozenset(("executive", "senior"))
"""What companies' vice-presidents are, and those of states are not."""
_SINGLE = frozenset("secretary-general director-general general deputy-secretary-general".split())
_DEPUTIES = frozenset("first deputy vice assistant executive current incumbent new".split())
_OF_EITHER = frozenset("president vice-president premier chancellor governor".split())


class Bodies:
    """Resolves the body of a post within the document."""

    def __init__(self, text: Text, holdings: Sequence[Holding]) -> None:
        self._text = text
        self._posts = Counter(h.person.referent for h in holdings)
        self._by_person: dict[tuple[str, str], Mention] = {}
        self._states: dict[str, Mention] = {}
        self._ruled = {h.post.body.referent for h in holdings if h.post.body and h.post.head in _RULING}
        self._held = {h.post.body.referent for h in holdings if h.post.body}
        self._heads_of: dict[str, set[str]] = {}
        for holding in holdings:
            if holding.post.body:
                self._heads_of.setdefault(holding.post.body.referent, set()).add(holding.post.head)
        told = {h.person.referent for h in holdings if h.post.body}
        bare = {h.person.referent for h in holdings if not h.post.body and h.post.head in _GOVERNING}
        self._bare = bare - told
        states = [m for s in text.sentences for m in s.mentions if m.type is EntityType.COUNTRY]
        self._counts = Counter(m.referent for m in states)
        self._mentions = {m.referent: m for m in states}
        titles: dict[str, Counter[str]] = {}
        mentions: dict[str, Mention] = {}
        for holding in holdings:
            body = holding.post.body
            if not body:
                continue
            title = _plain(holding.post.title)
            self._by_person.setdefault((holding.person.referent, title), body)
            if body.type is EntityType.COUNTRY:
                self._states.setdefault(holding.person.referent, body)
            titles.setdefault(title, Counter())[body.referent] += 1
            mentions.setdefault(body.referent, body)
        self._by_title = {t: mentions[next(iter(c))] for t, c in titles.items() if len(c) == 1}

    def names_a_post(self, holding: Holding) -> bool:
        """Whether the title is a post at all: not "leader", nor "member" or "speaker" of nothing."""
        post = holding.post
        words = set(post.title.lower().split())
        ranks = words - _OF_CORPS
        if (
            post.head in _NO_POSTS
            or (post.head in MILITARY and ranks <= MILITARY and words != ranks)
            or (words <= MILITARY and (post.body is None or self._precedes(post, post.body)))
        ):
            return False
        if post.head in RANK_TITLES and post.head not in _SEATED and post.body is None and len(words) == 1:
            return self._posts[holding.person.referent] == 1
        return post.head not in _NOT_ALONE or post.body is not None or post.its is not None or " " in post.title

    def presides(self, holding: Holding, sentence: Sentence) -> bool:
        """Whether the words tell who leads an event, and no post: "the meeting had X as its chairman"."""
        if holding.post.its not in _PRONOUNS or not _PRESIDING.search(sentence.text):
            return False
        return bool(_ACTING.search(sentence.text)) or any(
            m.type is EntityType.EVENT and m.end <= holding.person.start for m in sentence.mentions
        )

    def _precedes(self, post: Post, body: Mention) -> bool:
        """Whether the body stands before the title, as in "Russian Admiral X", which tells a rank and no post."""
        after = self._text.document.text[body.end : body.end + len(post.title) + 4]
        return after.replace("’", "'").removeprefix("'s").removeprefix(")").lstrip().startswith(post.title)

    def of(self, holding: Holding, others: Sequence[Holding], sentence: Sentence) -> Mention | None:
        """Return the body or state of the post: its own, that of a post beside it, or the one the document gives it."""
        post, person = holding.post, holding.person
        if post.body or post.head in _SEATED:
            return post.body
        if post.its in _PRONOUNS and self._types(post) is EntityType.ORGANIZATION:
            return self._coreferent(holding, sentence)
        if beside := self._of_beside(holding, others, sentence):
            return beside
        if post.its:
            return self._coreferent(holding, sentence)
        told = self._by_person.get((person.referent, _plain(post.title))) or self._ministry(holding, sentence)
        if told:
            return told
        if post.head in _OF_STATES and person.referent in self._states:
            return self._states[person.referent]
        return self._guessed(holding, others, sentence)

    def _guessed(self, holding: Holding, others: Sequence[Holding], sentence: Sentence) -> Mention | None:
        """Return the body or state that the words around give a post that is told without one."""
        post = holding.post
        found = self._lent(holding, others, sentence)
        if not found and post.head in _SINGLE:
            found = self._by_title.get(_plain(post.title)) or self._of_chief(post)
        if found or self._types(post) is not EntityType.COUNTRY:
            return found
        if post.head in _SENT or f"{post.title} of " in sentence.text:
            return None
        near = self._only_there(post) or self._company(holding, sentence) or self._earlier(holding, sentence)
        return near or (self._home(holding) if post.head in _GOVERNING else None)

    def _of_chief(self, post: Post) -> Mention | None:
        """Return the one body whose chief, or another deputy, the text tells of; else the one organization of states."""
        office = _office(post.title)
        bodies = {body.referent: body for title, body in self._by_title.items() if _office(title) == office}
        if not bodies and office == "secretary general":
            named = (m for s in self._text.sentences for m in s.mentions if m.type is EntityType.ORGANIZATION)
            bodies = {m.referent: m for m in named if self._text.referent(m).kind == "InternationalOrganization"}
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _of_beside(self, holding: Holding, others: Sequence[Holding], sentence: Sentence) -> Mention | None:
        """Return the body of another post of the person that the sentence tells, or the state named in it."""
        post = holding.post
        beside = [h.post.body for h in others if h.person is holding.person and h.post.body and h.post is not post]
        noun = post.its or ""
        if beside and noun and noun not in _PRONOUNS | _STATES | _GROUPS and noun not in beside[-1].text.lower():
            return None  # "Chairman of the organizing committee, head of the President's Office"
        if not beside or self._suits(post, beside[-1]):
            return beside[-1] if beside else None
        return self._inside(beside[-1], sentence)

    def _lent(self, holding: Holding, others: Sequence[Holding], sentence: Sentence) -> Mention | None:
        """Return what the sentence names before, but no body of another's: "MIT Director X, Communications Director Y"."""
        found = self._before(holding, sentence, self._types(holding.post))
        if found is None:
            return None
        before = [h.post for h in others if h.person is not holding.person and h.post.body]
        if found.type is not EntityType.ORGANIZATION:
            between = self._text.document.text[found.end : holding.person.start]
            of_other = next((p for p in before if p.body == found), None)
            invited = _INVITING.search(self._text.document.text[max(0, found.start - 40) : found.start])
            return (
                None if of_other and (holding.post.head in _RULING or invited or _OF_OTHERS.search(between)) else found
            )
        owned = any(p.body and p.body.start <= found.end and self._precedes(p, found) for p in before)
        return None if owned else found

    def _suits(self, post: Post, body: Mention) -> bool:
        of_state = self._types(post) is EntityType.COUNTRY and post.head not in _OF_EITHER
        return not of_state or body.type is EntityType.COUNTRY

    def _types(self, post: Post) -> EntityType:
        words = {post.head, *post.title.lower().split()}
        if words & _OF_FIRMS:
            return EntityType.ORGANIZATION
        sent = post.head in _DELEGATED and " to " in post.title
        state = words & _OF_STATES or post.its == "country" or sent
        return EntityType.COUNTRY if state else EntityType.ORGANIZATION

    def _inside(self, body: Mention, sentence: Sentence) -> Mention | None:
        """Return the state named within `body`: "Security Council of Kazakhstan"."""
        return next(
            (
                m
                for m in sentence.mentions
                if m.type is EntityType.COUNTRY and body.start <= m.start and m.end <= body.end
            ),
            None,
        )

    def _coreferent(self, holding: Holding, sentence: Sentence) -> Mention | None:
        """Return what "its", "the country" or "the institute" means: the last fitting one named before."""
        noun = holding.post.its or ""
        state = noun in _STATES or (noun in _PRONOUNS and holding.post.head in _OF_STATES)
        number = bisect_left(self._text.sentences, sentence.start, key=lambda s: s.start)
        for before in reversed(self._text.sentences[max(0, number - 3) : number + 1]):
            for mention in reversed(before.mentions):
                if mention.end > holding.person.start and mention.end > holding.person.end:
                    continue
                common = not state and noun not in _PRONOUNS
                if not common and any(
                    m.type is mention.type and m.start <= mention.start and mention.end <= m.end and m is not mention
                    for m in before.mentions
                ):
                    continue
                if state and mention.type is EntityType.COUNTRY and not self._abroad(mention):
                    return mention
                core = _COMPLEMENT.split(self._text.referent(mention).name or "", maxsplit=1)[0]
                fits = noun in _PRONOUNS or noun in core.lower().split()
                if not state and fits and mention.type is EntityType.ORGANIZATION:
                    return mention
        return self._group if noun in _GROUPS else None

    @cached_property
    def _group(self) -> Mention | None:
        """The organization that the text abbreviates and names most: "the group", "the bloc"."""
        found = [
            m
            for s in self._text.sentences
            for m in s.mentions
            if m.type is EntityType.ORGANIZATION and m.text.isupper()
        ]
        counts = Counter(m.referent for m in found)
        return max(found, key=lambda m: counts[m.referent], default=None)

    def _abroad(self, mention: Mention) -> bool:
        """Whether somebody is sent there: "ambassador to China"."""
        return self._text.document.text[max(0, mention.start - 8) : mention.start].endswith((" to ", " to the "))

    def _earlier(self, holding: Holding, sentence: Sentence) -> Mention | None:
        """Return the state named in the two sentences before, if they name only one."""
        number = bisect_left(self._text.sentences, sentence.start, key=lambda s: s.start)
        states = {
            m.referent: m
            for before in self._text.sentences[max(0, number - 2) : number]
            if before.paragraph == sentence.paragraph
            for m in before.mentions
            if m.type is EntityType.COUNTRY and (self._text.referent(m).name or m.text) not in holding.post.title
        }
        only = next(iter(states.values())) if len(states) == 1 else None
        return only if only and only.referent not in self._held else None

    def _ministry(self, holding: Holding, sentence: Sentence) -> Mention | None:
        """Return the ministry named before a minister of nothing: "met at the Ministry of Energy with Deputy Minister X"."""
        if holding.post.head not in _MINISTERS or not set(holding.post.title.lower().split()) <= _MINISTERIAL:
            return None
        before = [m for m in sentence.mentions if m.end <= holding.person.start and m.named]
        return next((m for m in reversed(before) if self._text.referent(m).kind == "Ministry"), None)

    def _company(self, holding: Holding, sentence: Sentence) -> Mention | None:
        """Return the state of whom the holder accompanies: "Accompanying President X are Foreign Minister Y and ..."."""
        verb = _ACCOMPANIED.search(sentence.text)
        if not verb:
            return None
        start, told = holding.person.start, sentence.start + verb.start()
        led = (m for m in reversed(sentence.mentions) if m.end <= start or start < told <= m.start)
        return next((self._states[m.referent] for m in led if m.referent in self._states), None)

    def _only_there(self, post: Post) -> Mention | None:
        """Return the one state, if the text names it, whose ministers are called so."""
        named = _OWN_TITLES.get(post.title.lower())
        return (
            next((m for m in self._mentions.values() if self._text.referent(m).code == named), None) if named else None
        )

    def _home(self, holding: Holding) -> Mention | None:
        """Return the state that the text is mostly about, if it tells of no other's post there: "President X said"."""
        ranked = self._counts.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        alone = self._bare == {holding.person.referent} and ranked[0][0] not in self._held
        others = self._heads_of.get(ranked[0][0], set())
        served = ranked[0][1] > 2 and bool(others) and not others & (_RULING | {holding.post.head})
        second = ranked[1][1] if len(ranked) > 1 else 0
        if not (alone or served) or 2 * ranked[0][1] < (3 if alone else 4) * second:
            return None
        return self._mentions[ranked[0][0]]

    def _before(self, holding: Holding, sentence: Sentence, type_: EntityType) -> Mention | None:
        """Return the last body or state that the sentence names before the person."""
        if holding.post.tenure == "former":
            return None
        before = [
            m for m in sentence.mentions if m.type is type_ and m.end <= holding.person.start and not self._abroad(m)
        ]
        found = before[-1] if before else None
        ruled = found is not None and found.referent in self._ruled and holding.post.head in _RULING
        return None if ruled else found


def _office(title: str) -> str:
    """Return whose deputy, or acting holder, somebody is by `title`: "Deputy Secretary-General" is "secretary general"."""
    return " ".join(w for w in _plain(title).split() if w not in _DEPUTIES)


def _plain(title: str) -> str:
    """Return what is the same in a title held now and once: "Outgoing Secretary-General" is "secretary general"."""
    words = title.casefold().replace("ex-", "").split()
    return " ".join(w for w in words if w not in TENURES and w != "outgoing").replace("-", " ")
