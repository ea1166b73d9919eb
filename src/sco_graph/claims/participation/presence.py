"""Presence: who takes part in what, read from the parse.

A verb of taking part has the participants as its subject, its object or its agent, and the event as its object, its
subject or an adjunct. Which verb says so hardly matters once the event is an adjunct of place: whoever does anything
at a meeting is there. The gists expand lists and titles; delegations and leaders stand for their states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sco_graph.claims.clauses import clauses_of
from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.phrases import PRESENCE, Phrases
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.participation.timing import events
from sco_graph.model import BlockKind, Capacity, EntityType, Mention, Modality, Sentence, Text

_RULE = "presence"
_MEETING = frozenset("join meet greet welcome sit confer".split())
_COMING = frozenset(
    "arrive come fly travel go gather assemble convene meet sit join attend participate appear rally turn show head land touch converge congregate reach".split()
)
_TRANSITIVE = frozenset("attend join grace witness watch represent".split())
_ATTENDING = _TRANSITIVE | _COMING
_DRAWING = frozenset("bring gather draw attract unite see assemble feature include involve welcome convene".split())
_BY = {
    **dict.fromkeys("attend join visit grace witness".split(), Capacity.ATTENDEE),
    **dict.fromkeys("chair preside co-chair".split(), Capacity.CHAIR),
    **dict.fromkeys("moderate facilitate".split(), Capacity.MODERATOR),
    **dict.fromkeys("host co-host".split(), Capacity.HOST),
    **dict.fromkeys(
        "organize organise co-organize co-organise arrange initiate convene put stage run prepare coordinate".split(),
        Capacity.ORGANIZER,
    ),
    **dict.fromkeys("sponsor fund finance co-sponsor bankroll support".split(), Capacity.SPONSOR),
}
_SAYING = frozenset(
    """
    say tell announce state declare note stress report add urge call propose express adopt approve elect appoint become
    admit name sign invite expect accuse criticize criticise grant agree decide be have speak reaffirm outline
    emphasize emphasise highlight underline recall unveil look aim point hint direct
    """.split()
)
_THERE = frozenset(("at", "during"))
_TOWARDS = frozenset(("at", "in", "for", "to", "during", "on", "into"))
_PARTS = frozenset(
    "delegation team side seat guest opening work part closing session beginning day start ceremony proceedings segment meeting sitting presence".split()
)
_ABSENT = frozenset("absent unable invite expect skip miss decline refuse boycott cancel unlikely".split())
_GATHERING = frozenset("meet gather convene assemble".split())
_TELLING = _GATHERING | {"attend", "participate", "take", "join"}
_MANY = 3
_HOLDING = frozenset("wrap kick hold conduct carry stage begin start launch undertake complete finish".split())
_FEW_STEPS = 8
_CALLED = re.compile(r"(?: of (?:their|its) own)?,\s(?:called\s|named\s)?")


def readings(text: Text, passages: Sequence[Passage], discourse: Discourse) -> Iterator[Reading]:
    """Yield who takes part in what, by the parse of each sentence."""
    for passage in passages:
        for number, sentence in enumerate(passage.sentences, start=passage.number):
            if sentence.block is not BlockKind.FURNITURE and _speaks(sentence):
                yield from _Presence(text, passage, sentence, number, discourse).readings()


def _speaks(sentence: Sentence) -> bool:
    """Return whether the sentence names an event, or says that some meet."""
    return any(m.type is EntityType.EVENT for m in sentence.mentions) or any(
        t.lemma in _TELLING and t.pos == "VERB" for t in sentence.tokens
    )


class _Presence:
    """Reads the verbs of one sentence."""

    def __init__(self, text: Text, passage: Passage, sentence: Sentence, number: int, discourse: Discourse) -> None:
        self._text, self._passage, self._sentence = text, passage, sentence
        self._number, self._discourse = number, discourse
        self._clauses = clauses_of(sentence)
        self._phrases = Phrases(sentence, passage)
        self._tokens = sentence.tokens

    def readings(self) -> Iterator[Reading]:
        """Yield who takes part in the events that the sentence names, or who met there if it names none."""
        if not events(self._sentence):
            yield from self._met()
        for event in events(self._sentence):
            if self._discourse.said(event) or self._discourse.another(event):
                continue
            root = self._clauses.root(event.start, event.end)
            if root is None:
                continue
            for agent, capacity in self._of(event, root):
                if agent.start < event.start or agent.start >= event.end:
                    resolved = self._discourse.resolved(self._called(event))
                    start, end = self._passage.stretch(max(agent.end, event.end))
                    yield Reading(resolved, agent, capacity, start, end, _RULE)

    def _called(self, event: Mention) -> Mention:
        """Return the name of the event that a comma joins to it, or the event: "exercises of their own, Ⓔ"."""
        following = next((e for e in events(self._sentence) if e.start > event.end and e.named), None)
        if event.named or following is None:
            return event
        between = self._text.document.text[event.end : following.start]
        return following if _CALLED.fullmatch(between) else event

    def _holders(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        """Yield the states whose forces hold an exercise together: they take part in it."""
        if self._tokens[verb].lemma in _HOLDING:
            found = list(self._agents_of(self._phrases.subject(verb), Capacity.ATTENDEE))
            states = [(agent, capacity) for agent, capacity in found if agent.type is EntityType.COUNTRY]
            yield from states if len(states) > 1 else ()

    def _with_participation(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        """Yield whose participation the verb of an event is joined with: "was held with the participation of"."""
        for noun in self._phrases.behind(verb, ("with", "in")):
            if self._tokens[noun].lemma.lower() in PRESENCE:
                yield from self._agents_of(noun, Capacity.ATTENDEE)

    def _met(self) -> Iterator[Reading]:
        """Yield those who took part, or of whom three or more met, in the event that the text reports on."""
        event = self._discourse.large_before(self._number)
        if event is None or not self._discourse.reports(event):
            return
        for number, token in enumerate(self._tokens):
            gathers = token.lemma in _GATHERING and not self._company(number)
            if token.pos != "VERB" or not (gathers or self._took_part(number)) or not self._asserted(number):
                continue
            subject = self._phrases.subject(number)
            found = [] if subject is None else [m for m in self._phrases.agents(subject) if not self._discourse.said(m)]
            if len(found) >= (_MANY if gathers else 1):
                for agent in found:
                    yield Reading(event, agent, Capacity.ATTENDEE, *self._passage.stretch(agent.end), _RULE)

    def _took_part(self, verb: int) -> bool:
        """Return whether the verb says, in the past and of itself, that its subject took part."""
        token = self._tokens[verb]
        return (
            token.tag in ("VBD", "VBN")
            and not self._clauses.perfect(verb)
            and (
                (token.lemma in ("attend", "participate", "join") and not self._company(verb))
                or (token.lemma == "take" and self._takes_part(verb))
            )
        )

    def _company(self, verb: int) -> bool:
        """Return whether the verb says whom its subject met."""
        words = [self._tokens[n] for n in self._phrases.children(verb)]
        return any(t.dep in ("dobj", "auxpass") or t.text.lower() in ("with", "not", "to") for t in words)

    def _of(self, event: Mention, root: int) -> Iterator[tuple[Mention, Capacity]]:
        token = self._tokens[root]
        if token.pos == "VERB" and not event.named:
            yield from self._meeting(root)
            return
        for child in self._phrases.children(root):
            if self._tokens[child].dep == "acl" and self._tokens[child].tag == "VBN":
                yield from self._passive(child)
        verb, link = self._verb_over(root)
        if verb is None or not self._asserted(verb):
            return
        if token.dep in ("nsubj", "nsubjpass") and link is None:
            yield from self._with_participation(verb)
        if token.dep == "nsubjpass" and link is None:
            yield from self._passive(verb)
        elif token.dep == "nsubj" and link is None:
            yield from self._drawing(verb)
        else:
            yield from self._subject(verb, link, event)
            if self._text.referent(event).kind == "Exercise" and link is None and token.dep == "dobj":
                yield from self._holders(verb)

    def _verb_over(self, root: int) -> tuple[int | None, str | None]:
        """Return the verb that the event hangs on, and the preposition between; ("was at the opening of Ⓔ": "at")."""
        link: str | None = None
        number = root
        for _ in range(_FEW_STEPS):
            head = self._tokens[number].head
            if head == number:
                return None, None
            token = self._tokens[head]
            if token.pos in ("VERB", "AUX"):
                return head, link
            if token.pos in ("ADP", "SCONJ"):
                word = token.text.lower()
                if word != "of":
                    if word not in _TOWARDS:
                        return None, None
                    link = link if link in _THERE else word
            elif not self._part(head):
                return None, None
            number = head
        return None, None

    def _part(self, number: int) -> bool:
        """Return whether who is at the word's event is at the event that hangs on it: "the work of", "the delegation at"."""
        token = self._tokens[number]
        event = any(m.start <= token.start < m.end for m in events(self._sentence))
        return not event and token.lemma.lower() in _PARTS

    def _asserted(self, verb: int) -> bool:
        if self._clauses.modality(verb) is not Modality.ASSERTED:
            token = self._tokens[verb]
            came = token.dep in ("xcomp", "advcl") and self._came(token.head)
            if not came or self._clauses.modality(token.head) is not Modality.ASSERTED:
                return False
        near = {verb, self._tokens[verb].head, *self._phrases.children(verb)}
        subject = self._phrases.subject(verb)
        if subject is not None:
            near |= {subject, *self._phrases.children(subject)}
        for number in near:
            token = self._tokens[number]
            if token.lemma.lower() in _ABSENT or token.text.lower() in (
                "would",
                "could",
                "should",
                "may",
                "might",
                "if",
                "neither",
                "nor",
                "unless",
                "no",
                "none",
            ):
                return False
        return True

    def _came(self, verb: int) -> bool:
        """Return whether `verb` tells that somebody has come, or comes; "is going to" does not."""
        token = self._tokens[verb]
        return token.lemma in _COMING | {"visit"} and (token.lemma != "go" or token.tag != "VBG")

    def _subject(self, verb: int, link: str | None, event: Mention) -> Iterator[tuple[Mention, Capacity]]:
        """Yield the subject of a verb of taking part, and any person who does something at the event."""
        token = self._tokens[verb]
        passive = any(self._tokens[n].dep == "auxpass" for n in self._phrases.children(verb))
        subject = self._phrases.subject(verb)
        attends = token.lemma in _ATTENDING or self._takes_part(verb)
        if passive:
            if token.lemma in ("represent", "lead", "head"):
                yield from self._agents_of(subject, Capacity.ATTENDEE)
                yield from self._by(verb, Capacity.ATTENDEE)
            return
        if self._leads_delegation(verb):
            yield from self._agents_of(subject, Capacity.ATTENDEE)
            yield from self._objects(verb)
        elif attends and self._direct(verb, link):
            yield from self._agents_of(subject, Capacity.ATTENDEE)
            if subject is None and token.lemma == "participate":  # "In the session participated representatives of Ⓑ"
                yield from self._objects(verb)
        elif link in _THERE and token.lemma not in _SAYING and not self._discourse.coming(event):
            yield from self._people(self._agents_of(subject, Capacity.ATTENDEE))
            if token.lemma in _MEETING:
                yield from self._people(self._objects(verb))

    def _direct(self, verb: int, link: str | None) -> bool:
        """Return whether the event is what is attended: an object, or an adjunct of a verb that has no other object."""
        objects = [n for n in self._phrases.children(verb) if self._tokens[n].dep == "dobj"]
        transitive = self._tokens[verb].lemma in _TRANSITIVE
        return transitive if link is None else not (transitive and objects) or self._tokens[verb].lemma == "represent"

    def _objects(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        for child in self._phrases.children(verb):
            if self._tokens[child].dep == "dobj":
                yield from self._agents_of(child, Capacity.ATTENDEE)
            elif self._tokens[child].text.lower() in ("with", "alongside"):
                for inner in self._phrases.children(child):
                    yield from self._agents_of(inner, Capacity.ATTENDEE)

    @staticmethod
    def _people(found: Iterator[tuple[Mention, Capacity]]) -> Iterator[tuple[Mention, Capacity]]:
        return ((agent, capacity) for agent, capacity in found if agent.type is EntityType.PERSON)

    def _takes_part(self, verb: int) -> bool:
        objects = {
            self._tokens[n].lemma.lower()
            for n in self._phrases.children(verb)
            if self._tokens[n].dep in ("dobj", "acomp", "attr")
        }
        lemma = self._tokens[verb].lemma
        return (lemma == "take" and bool(objects & {"part", "seat", "place"})) or (
            lemma == "be" and bool(objects & {"present", "guest", "participant", "attendee"})
        )

    def _leads_delegation(self, verb: int) -> bool:
        objects = {self._tokens[n].lemma.lower() for n in self._phrases.children(verb) if self._tokens[n].dep == "dobj"}
        return self._tokens[verb].lemma in ("lead", "head", "represent") and bool(
            objects & {"delegation", "team", "side"}
        )

    def _passive(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        """Yield the agents of the participle `verb` and of those that go on from it: "chaired by Ⓐ and attended by Ⓐ"."""
        for one in self._phrases.predicates(verb):
            capacity = _BY.get(self._tokens[one].lemma)
            if capacity is not None and self._tokens[one].tag == "VBN" and self._asserted(one):
                yield from self._by(one, capacity)

    def _by(self, verb: int, capacity: Capacity) -> Iterator[tuple[Mention, Capacity]]:
        for child in self._phrases.children(verb):
            if self._tokens[child].text.lower() == "by":
                for inner in self._phrases.children(child):
                    yield from self._agents_of(inner, capacity)

    def _drawing(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        if self._tokens[verb].lemma in _DRAWING:
            yield from self._objects(verb)

    def _meeting(self, verb: int) -> Iterator[tuple[Mention, Capacity]]:
        if self._asserted(verb):
            subject = self._phrases.subject(verb)
            yield from self._agents_of(subject, Capacity.ATTENDEE)

    def _agents_of(self, number: int | None, capacity: Capacity) -> Iterator[tuple[Mention, Capacity]]:
        if number is not None:
            for mention in self._phrases.agents(number):
                yield mention, capacity
