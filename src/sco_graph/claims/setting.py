"""Settings: which event of a sentence a date or a place belongs to, read from words and from the parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sco_graph.model import EntityType, Mention, Modality, Sentence, Text, Token

_VERBS = ("VERB", "AUX")
_HOLDING = frozenset(
    """
    hold take convene open begin start kick close end conclude finish host organize organise pass run come launch schedule
    plan set expect due mark celebrate stage gather conduct resume wrap last commence unfold kick-start inaugurate
    postpone cancel reschedule slate arrange be appear follow
    """.split()
)
_ATTENDING = frozenset(
    """
    attend hold host open close chair address join organize organise convene conduct give visit begin launch lead inaugurate
    moderate arrange stage start have pay make conclude tell brief lead head moderate celebrate mark sponsor co-host
    co-organize bring gather accept receive run deliver complete
    """.split()
)
_PASSIVE = frozenset(
    "attend chair moderate organize organise host address open preside dedicate devote sponsor bring unite gather lead".split()
)
_AT = frozenset("at during in within over for to on".split())
_COMING = frozenset("gather meet come arrive assemble travel go be sit fly convene invite".split())
_PARTS = frozenset(
    "opening work participant participants start close closing day beginning end margin floor proceedings course framework part"
    " guest guests delegate delegates session".split()
)
_PLANNING = frozenset("plan schedule expect slate intend propose due set aim".split())
_CANCELLING = frozenset("cancel scrap".split())
_HELD = re.compile(
    r"(?:[\s,;(]|\b(?:\(\w+\)|which|that|was|were|is|are|be|been|being|will|would|to|has|have|had|took|takes|taking|take|taken|place"
    r"|held|hosted|convened|opened|opens|opening|began|begun|begins|started|starts|kicked|off|closed|ended|concluded|concludes"
    r"|scheduled|due|planned|slated|set|expected|took|on|in|at|of|for|from|officially|successfully|also|the|city|town|capital"
    r"|here|jointly|online|by|via|video|link|videoconference|conference|virtual|virtually|hybrid|format|a|an|and|earlier|this"
    r"|later|both|morning|afternoon|evening|late|early)\b)*"
)


class Bond(StrEnum):
    """How an event and a date or place are bound to each other; the rules' names."""

    BESIDE = "beside"
    HELD = "held"
    CLAUSE = "clause"
    ENCOUNTER = "encounter"


CONFIDENCE = {Bond.BESIDE: 0.93, Bond.HELD: 0.93, Bond.CLAUSE: 0.85, Bond.ENCOUNTER: 0.88}


@dataclass(frozen=True, slots=True)
class Setting:
    """An event, and the verb of the clause that sets it in time and place (None where the words alone do)."""

    event: Mention
    bond: Bond
    verb: int | None = None


class Clauses:
    """The clauses of one sentence, with the events in them."""

    def __init__(self, sentence: Sentence, text: str) -> None:
        """Take a sentence of the document's `text`."""
        self._text = text
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._children: dict[int, list[int]] = {}
        for number, token in enumerate(self._tokens):
            if token.head != number:
                self._children.setdefault(token.head, []).append(number)
        self.events = [m for m in sentence.mentions if m.type is EntityType.EVENT]
        self._anchors = {id(m): self._anchor(m) for m in self.events}

    def token(self, number: int) -> Token:
        """Return a token of the sentence."""
        return self._tokens[number]

    def setting(self, start: int, end: int, skip: Sequence[tuple[int, int]]) -> Setting | None:
        """Return the event that the date or place at `[start, end)` belongs to.

        `skip` are the stretches of other dates and places, which may stand between.
        """
        beside = self._beside(start, end, skip)
        if beside:
            return Setting(beside, Bond.BESIDE, self._verb_of(beside))
        root = self._root(start, end)
        verb = self._clause(root) if root is not None else None
        if verb is None or root is None:
            return None
        scored: list[tuple[int, int, Setting]] = []
        for event in self.events:
            for bond, at, rank in self._anchors[id(event)]:
                if self._same_clause(at, verb):
                    distance = abs(event.start - start)
                    scored.append((-rank, distance, Setting(event, bond, at)))
        return min(scored, key=lambda s: s[:2])[2] if scored else None

    def modality(self, setting: Setting) -> Modality:
        """Return whether the clause plans or denies that the event takes place."""
        if setting.verb is None:
            return Modality.ASSERTED
        near = [setting.verb, *self._children.get(setting.verb, [])]
        outer = self._tokens[setting.verb].head
        if self._tokens[setting.verb].dep in ("xcomp", "ccomp", "advcl", "acl"):
            near.append(outer)
        lemmas = {self._tokens[n].lemma.lower() for n in near}
        if lemmas & _CANCELLING or any(self._tokens[n].dep == "neg" for n in near):
            return Modality.DENIED
        future = lemmas & {"will", "shall"} or lemmas & _PLANNING or lemmas & {"postpone"}
        purpose = self._tokens[setting.verb].tag in ("VB", "VBN") and any(
            self._tokens[n].text.lower() == "to" and self._tokens[n].dep == "aux" for n in near
        )
        return Modality.PLANNED if future or purpose else Modality.ASSERTED

    def _verb_of(self, event: Mention) -> int | None:
        anchors = self._anchors[id(event)]
        return anchors[0][1] if anchors else None

    def _beside(self, start: int, end: int, skip: Sequence[tuple[int, int]]) -> Mention | None:
        """Return the event right before `start` (with words of holding between) or right after `end`."""
        for event in sorted((e for e in self.events if e.end <= start), key=lambda e: -e.end):
            if start - event.end > 120:
                return None
            between = self._cut(event.end, start, skip)
            if _HELD.fullmatch(between) and not re.search(r"[,(]\s*(?:and|on)?\s*[,(]|\band\s*$", between):
                return event if not self._torn(event, between) else None
            return None
        return None

    def _torn(self, event: Mention, between: str) -> bool:
        """Whether the words between are no more than a comma, so that the date may begin a clause of its own."""
        return between.strip() == "," and event.named is False

    def _cut(self, start: int, end: int, skip: Sequence[tuple[int, int]]) -> str:
        pieces: list[str] = []
        at = start
        for a, b in sorted(skip):
            if at <= a and b <= end:
                pieces.append(self._text[at:a])
                at = b
        pieces.append(self._text[at:end])
        return re.sub(r"['’]s\b|\([A-Z]\w+\)", " ", " ".join(pieces))

    def _root(self, start: int, end: int) -> int | None:
        """Return the token of `[start, end)` that the others hang on."""
        inside = [n for n, t in enumerate(self._tokens) if t.start < end and start < t.end]
        members = set(inside)
        outside = [n for n in inside if self._tokens[n].head not in members or self._tokens[n].head == n]
        nouns = [n for n in outside if self._tokens[n].pos in ("NOUN", "PROPN", "VERB", "NUM")]
        return next(iter(nouns or outside), None)

    def _clause(self, number: int) -> int | None:
        """Return the verb that `number` hangs on, itself included."""
        for _ in range(20):
            token = self._tokens[number]
            if token.pos in _VERBS and token.dep not in ("aux", "auxpass", "amod"):
                return number
            if token.head == number:
                return None
            number = token.head
        return None

    def _same_clause(self, a: int, b: int) -> bool:
        """Whether two verbs are one predicate: "is scheduled to be held", "took part and spoke"."""
        if a == b:
            return True
        for inner, outer in ((a, b), (b, a)):
            token = self._tokens[inner]
            if token.head == outer and token.dep in ("xcomp", "auxpass", "aux"):
                return True
        return False

    def _anchor(self, event: Mention) -> list[tuple[Bond, int, int]]:
        """Return the verbs of the clauses that `event` is set in, best first, each with a rank."""
        root = self._root(event.start, event.end)
        if root is None:
            return []
        token = self._tokens[root]
        if token.pos == "VERB" and not event.named:
            return [(Bond.ENCOUNTER, root, 4)]
        found: list[tuple[Bond, int, int]] = []
        for child in self._children.get(root, []):
            if self._tokens[child].dep in ("relcl", "acl") and self._tokens[child].pos in _VERBS:
                if self._tokens[child].lemma in _HOLDING | _ATTENDING:
                    found.append((Bond.HELD, child, 3))
        for _ in range(4):
            if token.dep != "conj" or token.head == root:
                break
            root, token = token.head, self._tokens[token.head]
        head = self._tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass"):
            if head.lemma in _HOLDING or (token.dep == "nsubjpass" and head.lemma in _PASSIVE):
                found.append((Bond.HELD, token.head, 3))
        elif token.dep in ("dobj", "attr", "oprd", "dative") and head.pos in _VERBS:
            if head.lemma in _ATTENDING | _HOLDING:
                found.append((Bond.CLAUSE, token.head, 2))
        elif token.dep == "pobj":
            found += self._adjunct(token.head)
        return found

    def _adjunct(self, preposition: int) -> list[tuple[Bond, int, int]]:
        """Return the clause of a preposition before an event: "spoke at", "the opening of", "took part in"."""
        word = self._tokens[preposition].text.lower()
        governor = self._tokens[preposition].head
        if word == "of" and self._tokens[governor].lemma.lower() in _PARTS:
            verb = self._clause(governor)
            return [(Bond.CLAUSE, verb, 2)] if verb is not None else []
        if word not in _AT:
            return []
        verb = self._clause(governor)
        if verb is None or (word in ("for", "to", "on") and self._tokens[verb].lemma not in _COMING):
            return []
        return [(Bond.CLAUSE, verb, 2)]


def event_spoken_of(text: Text, number: int, position: int) -> Mention | None:
    """Return the event that words at `position` in sentence `number` speak of without naming it.

    The last event before them in the sentence, else the next one in it, else the one that the sentences just before spoke of.
    """
    events = _outside_quotations(text, number)
    before = [e for e in events if e.end <= position]
    if before:
        return before[-1]
    if events:
        return events[0]
    for back in range(number - 1, max(-1, number - 4), -1):
        earlier = [e for e in _outside_quotations(text, back) if text.referent(e).name or e.named is False]
        named = [e for e in earlier if text.referent(e).name]
        if named or earlier:
            return (named or earlier)[0]
    return None


def _outside_quotations(text: Text, number: int) -> list[Mention]:
    return [
        m
        for m in text.sentences[number].mentions
        if m.type is EntityType.EVENT and not any(q.start <= m.start and m.end <= q.end for q in text.quotations)
    ]
