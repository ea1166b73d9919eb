"""Phrases: whom a noun of a sentence stands for, by the parse and the gists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.units import Unit
from sco_graph.model import EntityType, Mention, Sentence

_STATES = frozenset(
    """
    leader president minister premier head chief secretary troop force serviceman soldier unit contingent commander
    official deputy
    """.split()
)
_ENVOYS = frozenset("delegation delegate representative team side".split())
_JOINT = re.compile(
    r"\s*(?:,|;|and|&|as well as|along with|together with|plus)(?:\s*(?:,|and|as well as|from|of))*\s*(?:the\s)?\s*"
)
_MOST = 40
_STEPS = 6


class Phrases:
    """The noun phrases of one sentence; words are numbers of its tokens."""

    def __init__(self, sentence: Sentence, passage: Passage) -> None:
        """Take a sentence and the passage that it belongs to."""
        self._sentence, self._tokens = sentence, sentence.tokens
        self._units = [u for g in passage.gists for u in g.units if u.agent]
        self._children: dict[int, list[int]] = {}
        for number, token in enumerate(self._tokens):
            if token.head != number:
                self._children.setdefault(token.head, []).append(number)

    def children(self, number: int) -> list[int]:
        """Return the words that hang on word `number`."""
        return self._children.get(number, [])

    def subject(self, verb: int) -> int | None:
        """Return the subject of `verb`: its own, its antecedent's, or that of the verb it hangs on."""
        for _ in range(_STEPS):
            token = self._tokens[verb]
            own = [n for n in self.children(verb) if self._tokens[n].dep in ("nsubj", "nsubjpass")]
            if own and not (token.dep == "relcl" and self._tokens[own[0]].tag in ("WP", "WDT")):
                return own[0]
            if token.dep in ("relcl", "acl"):
                return token.head
            if token.dep not in ("conj", "xcomp", "advcl") or token.head == verb:
                return None
            verb = token.head
        return None

    def agents(self, number: int) -> Iterator[Mention]:
        """Yield whom the noun `number` and those coordinated with it stand for."""
        seen: set[int] = set()
        todo = [number]
        while todo and len(seen) < _MOST:
            n = todo.pop(0)
            if n in seen:
                continue
            seen.add(n)
            unit = self._unit(self._tokens[n].start)
            if unit is not None:
                yield from unit.mentions
            else:
                yield from self._represented(n)
            for child in self.children(n):
                token = self._tokens[child]
                if token.dep in ("conj", "appos") or (
                    unit is None and token.dep == "prep" and token.text.lower() == "including"
                ):
                    todo += [child] if token.dep != "prep" else self.children(child)

    def _unit(self, start: int) -> Unit | None:
        return next((u for u in self._units if u.start <= start < u.end), None)

    def _represented(self, number: int) -> Iterator[Mention]:
        """Yield the states and bodies whose leaders, delegations or troops the noun names."""
        lemma = self._tokens[number].lemma.lower()
        if lemma not in _STATES | _ENVOYS:
            return
        types = (EntityType.COUNTRY,) if lemma in _STATES else (EntityType.COUNTRY, EntityType.ORGANIZATION)
        for child in self.children(number):
            token = self._tokens[child]
            if token.dep in ("amod", "compound", "poss", "nmod"):
                yield from (
                    m
                    for m in self._sentence.mentions
                    if m.start <= token.start < m.end and m.type is EntityType.COUNTRY
                )
        yield from self._sent_by(number, types)

    def _sent_by(self, number: int, types: tuple[EntityType, ...]) -> Iterator[Mention]:
        """Yield those of `types` behind "of" or "from": "heads of state of Ⓑ", "ministers of defence from Ⓑ and Ⓑ"."""
        links = [
            c
            for c in self.children(number)
            if self._tokens[c].dep == "prep" and self._tokens[c].text.lower() in ("of", "from")
        ]
        for inner in (n for link in links for n in self.children(link)):
            start = self._tokens[inner].start
            first = next((m for m in self._sentence.mentions if m.start <= start < m.end), None)
            if first is not None and first.type in types:
                yield from self._chain(first, types)
            elif first is None and self._tokens[inner].dep == "pobj" and len(types) == 1:
                yield from self._sent_by(inner, types)

    def _chain(self, first: Mention, types: tuple[EntityType, ...]) -> Iterator[Mention]:
        """Yield `first` and the mentions of `types` that commas and conjunctions join to it."""
        text, base, end = self._sentence.text, self._sentence.start, first.end
        yield first
        for mention in self._sentence.mentions:
            if mention.start >= end:
                if mention.type not in types or not _JOINT.fullmatch(text[end - base : mention.start - base]):
                    return
                yield mention
                end = mention.end
