"""Clauses: the verbs that set the events of a sentence in time and place, read from its parse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import StrEnum

from msgspec import Struct

from sco_graph.claims.denials import denied
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.trees import children_of, told_behind
from sco_graph.model import EntityType, Mention, Modality, Sentence, Token

_VERBS = ("VERB", "AUX")
HOLDING = frozenset(
    """
    hold take convene open begin start kick close end conclude finish host organize organise pass run come launch
    schedule plan set expect due mark celebrate stage gather conduct resume wrap last commence unfold inaugurate
    postpone cancel reschedule slate slat arrange be appear follow go continue proceed
    """.split()
)
"""Verbs whose subject is an event that they place in time: "the forum opened"; "slat" is what the tagger makes of "slated"."""
ATTENDING = frozenset(
    """
    attend hold host open close chair address join organize organise convene conduct give visit begin launch lead
    inaugurate moderate arrange stage start have pay make conclude tell brief head celebrate mark sponsor co-host
    co-organize bring gather accept receive run deliver complete co-organise co-chair finish
    """.split()
)
"""Verbs whose object is an event that they place in time: "he attended the forum"."""
_PASSIVE = frozenset(
    """
    attend chair moderate organize organise host address open preside dedicate devote sponsor bring unite gather lead
    co-host co-organize co-organise co-chair give pay
    """.split()
)
_AT = frozenset("at during in within over for to on".split())
_COMING = frozenset("welcome receive gather meet come arrive assemble travel go be sit fly convene invite".split())
PARTS = frozenset(
    """
    opening work participant participants start close closing beginning end margin floor proceedings course framework
    part guest guests delegate delegates session venue setting scene host
    """.split()
)
"""Nouns before "of" whose time and place are the event's: "the opening of the forum"."""
LASTING = frozenset("last run continue go hold take be stay remain open begin start kick commence".split())
"""Verbs behind which "until" tells the last day of an event."""
_VENUES = frozenset("venue host scene setting site".split())
_RUNNING = frozenset("run last continue".split())
_APART = frozenset("after before since until till following ahead prior by".split())
_GOING = frozenset(
    """
    come arrive travel go be fly head leave depart visit reach land return gather meet assemble stay invite send
    """.split()
)
_AIMED = frozenset("attend join participate take address open chair hold host represent speak observe".split())
_PLANNING = frozenset("plan schedule expect slate slat intend propose due set aim".split())
_OTHER_TIMES = frozenset("last first previously annually originally".split())
_HELD_FIRST = frozenset("hold host organize organise convene schedule slate slat stage plan conduct arrange".split())
_SUBJECTS = ("nsubj", "nsubjpass")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj")
_ASTRAY = frozenset("appos npadvmod nmod dep".split())
"""What the parser may call a subject or object that stands behind another phrase."""
_TAKING = frozenset("attend host open close chair address hold visit begin launch inaugurate celebrate convene".split())
_CANCELLING = frozenset("cancel scrap".split())


class Bond(StrEnum):
    """How an event and a date or place are bound to each other; the names of the rules."""

    BESIDE = "beside"  # the words stand beside each other
    HELD = "held"  # one clause says that the event is held then and there
    CLAUSE = "clause"  # one clause tells what somebody did at the event, then or there
    ENCOUNTER = "encounter"  # the verb of the clause is the event: "met"
    FRONTED = "fronted"  # a date at the head of the sentence, and the first event after it
    DESTINATION = "destination"  # somebody comes to a place for the event
    PARTNERS = "partners"  # a meeting, those who meet, and the date or place
    TAIL = "tail"  # an event, and a date behind a participle or relative clause that speaks of it


class Anchor(Struct, frozen=True):
    """A verb that sets an event; of several, the one of higher `rank` is nearer to it."""

    bond: Bond
    verb: int
    rank: int


class Clauses:
    """The clauses of one sentence. Verbs and other words are numbers of its tokens."""

    def __init__(self, sentence: Sentence) -> None:
        """Take a sentence with its mentions."""
        self.tokens: tuple[Token, ...] = sentence.tokens
        self._children = children_of(self.tokens)
        self._starts, self._ends = [t.start for t in self.tokens], [t.end for t in self.tokens]
        self.events = [m for m in sentence.mentions if m.type is EntityType.EVENT]
        self._anchors = {(m.start, m.end): self._anchors_of(m) for m in self.events}

    def anchors(self, event: Mention) -> list[Anchor]:
        """Return the verbs that set `event`, best first."""
        return self._anchors[event.start, event.end]

    def root(self, start: int, end: int) -> int | None:
        """Return the word of the document's stretch `[start, end)` on which the others hang."""
        inside = self._inside(start, end)
        outside = [n for n in inside if self.tokens[n].head not in inside or self.tokens[n].head == n]
        content = [n for n in outside if self.tokens[n].pos in ("NOUN", "PROPN", "VERB", "NUM")]
        arguments = (n for n in content if self.tokens[n].dep in _ARGUMENTS) if len(content) > 1 else iter(())
        return next(arguments, next(iter(content or outside), None))

    def _inside(self, start: int, end: int) -> range:
        """Return the words of which some character stands in `[start, end)`."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def verb(self, number: int) -> int | None:
        """Return the verb that word `number` hangs on, itself included."""
        for _ in range(20):
            token = self.tokens[number]
            if token.pos in _VERBS and token.dep not in ("aux", "auxpass", "amod"):
                return number
            if token.dep == "ccomp":
                return number  # a verb that the tagger takes for a noun: "said that it plans to hold"
            if token.head == number:
                return None
            number = token.head
        return None

    def governor(self, number: int) -> int:
        """Return what the preposition before word `number` hangs on, or the word's own head."""
        token = self.tokens[number]
        if token.dep == "pobj" and self.tokens[token.head].dep in ("prep", "agent"):
            return self.tokens[token.head].head
        return token.head

    def in_venue(self, number: int) -> bool:
        """Return whether word `number` is, or belongs to, what "at" or "in" makes a venue: "at the seat of the body"."""
        token = self.tokens[number]
        while token.dep == "pobj" and self.tokens[token.head].text.lower() == "of":
            above = self.tokens[self.tokens[token.head].head]
            if above is token:
                return False
            token = above
        preposition = self.tokens[token.head]
        above = self.tokens[preposition.head]
        if above.dep == "pobj" and self.tokens[above.head].head != preposition.head:
            above = self.tokens[self.tokens[above.head].head]  # "held in an air of trust at the seat"
        of_verb = above.pos in _VERBS
        return of_verb and token.dep == "pobj" and preposition.text.lower() in ("at", "in", "inside")

    def in_clause_before(self, end: int, verb: int) -> bool:
        """Whether a clause that begins behind `end` with "and" and a subject is that of `verb`: "... and it hosts A"."""
        for n in self._children[verb]:
            if self.tokens[n].dep not in ("nsubj", "nsubjpass"):
                continue
            first = min((c for c in self._children[n] if c < n), default=n)
            joined = first > 0 and self.tokens[first - 1].text.lower() in ("and", "but", "while")
            if joined and self.tokens[first - 1].start >= end:
                return True
        return False

    def shares_front(self, number: int, verb: int, other: int) -> bool:
        """Whether word `number` stands before two joined verbs of one subject: "On Monday he visited A and met B"."""
        joined = self.tokens[other].dep == "conj" and self.tokens[other].head == verb
        own = any(self.tokens[n].dep in ("nsubj", "nsubjpass") for n in self._children[other])
        subjects = [n for n in self._children[verb] if self.tokens[n].dep in ("nsubj", "nsubjpass")]
        return joined and not own and bool(subjects) and number < subjects[0]

    def one_predicate(self, a: int, b: int) -> bool:
        """Whether two verbs make one predicate: "is scheduled to be held", "said while holding talks"."""
        if a == b:
            return True
        for inner, outer in ((a, b), (b, a)):
            token = self.tokens[inner]
            if token.head != outer:
                continue
            if token.dep in ("xcomp", "auxpass", "aux") or (token.dep == "conj" and token.lemma in _RUNNING):
                return True
            marks = {
                self.tokens[n].text.lower() for n in self._children[inner] if self.tokens[n].dep in ("mark", "advmod")
            }
            if token.dep == "advcl" and marks & {"while", "when", "as"}:
                return True
        return False

    def comes_to(self, number: int) -> int | None:
        """Return the verb that tells that somebody comes to, or is at, the place at word `number`."""
        token = self.tokens[number]
        above = self.tokens[token.head]
        if token.dep == "nsubj":
            return token.head if above.lemma in ("welcome", "receive", "host", "await", "greet") else None
        if token.dep == "dobj":
            return token.head if above.lemma in ("visit", "reach") else None
        if token.dep != "pobj" or above.text.lower() not in ("in", "at", "to", "for", "into"):
            return None
        verb = above.head
        return verb if self.tokens[verb].lemma in _GOING and self.tokens[verb].pos in _VERBS else None

    def is_aim(self, event: Mention, verb: int) -> bool:
        """Whether `event` is what the coming told by `verb` is for: "for the summit", "to attend the summit"."""
        root = self.root(event.start, event.end)
        if root is None:
            return False
        for _ in range(3):
            head = self.tokens[root].head
            if self.tokens[root].dep != "conj":
                break
            root = head
        token = self.tokens[root]
        if token.dep == "pobj" and self.tokens[token.head].text.lower() == "for":
            above = self.tokens[self.tokens[token.head].head]
            return self.tokens[token.head].head == verb or above.head == verb
        aim = self.verb(root)
        if aim is None or aim == verb or self.tokens[aim].tag != "VB" or self.tokens[aim].lemma not in _AIMED:
            return False
        to = any(self.tokens[n].text.lower() == "to" for n in self._children[aim])
        return to and self.verb(self.tokens[aim].head) == verb

    def past_the_event(self, number: int, verb: int) -> bool:
        """Whether a word between `number` and its `verb` sets it apart: "after the accession last June"."""
        before = number
        for _ in range(12):
            if before == verb or self.tokens[before].head == before:
                return False
            token = self.tokens[before]
            apart = token.pos in ("ADP", "SCONJ") and token.text.lower() in _APART
            until = token.text.lower() in ("until", "till") and self.tokens[verb].lemma in LASTING
            if apart and not until:
                return True
            before = token.head
        return False

    def of_another_time(self, verb: int) -> bool:
        """Whether `verb` tells of another edition of its event: "was last held in", "has been held annually"."""
        near = (n for n in self._children[verb] if verb - 2 <= n <= verb + 1)
        return any(self.tokens[n].text.lower() in _OTHER_TIMES for n in near)

    def object_of_telling(self, event: Mention) -> bool:
        """Whether `event` stands for those who are told something: "told the meeting that"."""
        root = self.root(event.start, event.end)
        return root is not None and self.tokens[self.tokens[root].head].lemma in ("tell", "inform", "brief", "remind")

    def modality(self, verb: int | None) -> Modality:
        """Return whether the clause of `verb` asserts, plans or denies that its event takes place."""
        if verb is None:
            return Modality.ASSERTED
        token = self.tokens[verb]
        near = [verb, *self._children[verb]]
        if token.dep in ("xcomp", "acl") and self.tokens[token.head].pos in _VERBS:
            near.append(token.head)
        lemmas = {self.tokens[n].lemma.lower() for n in near}
        negated = any(self.tokens[n].dep == "neg" for n in near)
        if negated or lemmas & _CANCELLING or denied(self.tokens, verb):
            return Modality.DENIED
        purpose = token.tag in ("VB", "VBN") and any(
            self.tokens[n].text.lower() == "to" and self.tokens[n].dep == "aux" for n in near
        )
        if purpose or lemmas & {"will", "shall", "postpone"} or lemmas & _PLANNING:
            return Modality.PLANNED
        return Modality.ASSERTED

    def perfect(self, verb: int) -> bool:
        """Return whether `verb` tells of an earlier time: "had told"."""
        return any(self.tokens[n].text.lower() == "had" for n in self._children[verb])

    def _anchors_of(self, event: Mention) -> list[Anchor]:
        root = self.root(event.start, event.end)
        if root is None:
            return []
        if self.tokens[root].pos == "VERB" and not event.named:
            return [Anchor(Bond.ENCOUNTER, root, 4)]
        if self.tokens[root].dep in _ASTRAY and (astray := self._astray(root, event.end)):
            return [astray]
        inside = self._inside(event.start, event.end)
        found = [
            Anchor(Bond.HELD, child, 3)
            for n in inside
            for child in self._children[n]
            if self.tokens[child].dep in ("relcl", "acl") and self.tokens[child].lemma in HOLDING | ATTENDING
        ]
        apart = [range(0)] + [self._inside(m.start, m.end) for m in self.events if m != event]
        found += [Anchor(Bond.HELD, n, 3) for n in told_behind(self.tokens, inside, HOLDING, apart)]
        for _ in range(4):
            if self.tokens[root].dep != "conj":
                break
            root = self.tokens[root].head
        return found + self._argument(root)

    def _astray(self, root: int, end: int) -> Anchor | None:
        """Return the verb that lacks its subject or object where the parser hangs an event on what stands before it.

        "In the city of Khiva, the forum was held", "Bishkek is hosting on Friday, 13 September, a summit".
        """
        before = self.verb(root)
        after = next((n for n, t in enumerate(self.tokens) if t.start >= end and t.pos in _VERBS), None)
        if after is not None and self.tokens[after].dep in ("aux", "auxpass"):
            after = self.tokens[after].head
        if (after is not None and self.tokens[after].tag not in ("VBG", "VBN", "VB")) or self._passive(after):
            subject = any(self.tokens[n].dep in _SUBJECTS for n in self._children[after or 0])
            if after is not None and not subject and self._holds(after):
                return Anchor(Bond.HELD, after, 3)
        if before is None or before > root or self.tokens[before].lemma not in _TAKING:
            return None
        objects = any(self.tokens[n].dep in ("dobj", "nsubjpass") for n in self._children[before])
        return None if objects else Anchor(Bond.CLAUSE, before, 2)

    def _passive(self, verb: int | None) -> bool:
        """Whether `verb` is a participle with its helping verb: "has been held"."""
        return verb is not None and any(self.tokens[n].dep in ("aux", "auxpass") for n in self._children[verb])

    def _argument(self, root: int) -> list[Anchor]:
        """Return the verb that the event's noun `root` is subject, object or adjunct of."""
        token = self.tokens[root]
        head = self.tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass"):
            verbs = (token.head, *self._joined(token.head), *self._participles(token.head, root))
            return [Anchor(Bond.HELD, n, 3) for n in verbs if self._holds(n)]
        if token.dep in ("dobj", "attr", "oprd", "dative"):
            return [Anchor(Bond.CLAUSE, token.head, 2)] if head.lemma in ATTENDING | HOLDING else []
        return self._adjunct(token.head) if token.dep == "pobj" else []

    def makes_venue(self, verb: int) -> bool:
        """Whether the subject of `verb` is said to be the venue of an event: "becomes the venue of"."""
        said = (self.tokens[n] for n in self._children[verb])
        return any(t.dep in ("attr", "oprd") and t.lemma.lower() in _VENUES for t in said)

    def _joined(self, verb: int) -> list[int]:
        """Return the verbs joined to `verb` that have no subject of their own: "was chaired by A, and took place in B"."""
        joined = [n for n in self._children[verb] if n > verb and self.tokens[n].dep == "conj"]
        return [n for n in joined if not any(self.tokens[c].dep in _SUBJECTS for c in self._children[n])]

    def _participles(self, verb: int, subject: int) -> list[int]:
        """Return the participles of holding before the subject of `verb`: "Held on Friday in Bishkek, the forum was"."""
        before = [n for n in self._children[verb] if n < subject and self.tokens[n].tag == "VBN"]
        return [n for n in before if self.tokens[n].dep == "advcl" and self.tokens[n].lemma in _HELD_FIRST]

    def _holds(self, verb: int) -> bool:
        """Whether the subject of `verb` is an event that it places in time."""
        lemma = self.tokens[verb].lemma
        if lemma in HOLDING or self._under_way(verb):
            return True
        return lemma in _PASSIVE and any(self.tokens[n].dep == "auxpass" for n in self._children[verb])

    def _under_way(self, verb: int) -> bool:
        """Whether `verb` is that of "got under way"."""
        after = [t.text.lower() for t in self.tokens[verb + 1 : verb + 4]]
        return self.tokens[verb].lemma == "get" and bool({"under", "underway", "going"}.intersection(after))

    def _adjunct(self, preposition: int) -> list[Anchor]:
        """Return the verb behind a preposition before an event: "spoke at", "the opening of", "took part in"."""
        word = self.tokens[preposition].text.lower()
        governor = self.tokens[preposition].head
        if word == "to" and any(self.tokens[n].lemma == "host" for n in self._children[governor]):
            verb = self.verb(governor)  # "played host to"
        elif word == "of" or (word == "to" and self.tokens[governor].lemma == "host"):
            verb = self.verb(governor) if self.tokens[governor].lemma.lower() in PARTS else None
        else:
            verb = self.verb(governor) if word in _AT else None
            if verb is not None and word in ("for", "to", "on") and self.tokens[verb].lemma not in _COMING:
                verb = None
        return [Anchor(Bond.CLAUSE, verb, 2)] if verb is not None else []


@remembered(SENTENCES)
def clauses_of(sentence: Sentence) -> Clauses:
    """Return the clauses of `sentence`."""
    return Clauses(sentence)
