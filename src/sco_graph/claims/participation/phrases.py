"""Phrases: whom a noun of a sentence stands for, by the parse and the gists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.units import Unit
from sco_graph.claims.trees import children_of
from sco_graph.model import EntityType, Mention, Sentence

_STATES = frozenset(
    """
    leader president minister premier head chief secretary troop force serviceman soldier unit contingent commander
    deputy prosecutor chairman counterpart colleague
    """.split()
)
_ENVOYS = frozenset("official observer delegation delegate representative team side".split())
_MEMBERS = frozenset("observer country nation state member partner organization organisation body agency guest".split())
_AUTHORITIES = frozenset(
    "authority ministry department agency service state government body structure republic administration office".split()
)
PRESENCE = frozenset("participation presence attendance involvement".split())
"""Nouns of taking part, whose "of" tells who does."""
_AFTER = frozenset("after by while upon".split())
_LED = frozenset("lead head".split())
_JOINT = re.compile(
    r"\s*(?:,|;|and|&|as well as|along with|together with|plus)(?:\s*(?:,|and|as well as|from|of))*\s*(?:the\s)?\s*"
)
_NAMING = re.compile(r"\s*[,–—(:]\s*(?:(?:namely|respectively),?\s)?")
_MOST = 40
_STEPS = 6


class Phrases:
    """The noun phrases of one sentence; words are numbers of its tokens."""

    ACTING = frozenset((EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION))

    def __init__(self, sentence: Sentence, passage: Passage) -> None:
        """Take a sentence and the passage that it belongs to."""
        self._sentence, self._tokens = sentence, sentence.tokens
        self._units = [u for g in passage.gists for u in g.units if u.agent]
        self._children = children_of(self._tokens)

    def children(self, number: int) -> list[int]:
        """Return the words that hang on word `number`."""
        return self._children[number]

    def subject(self, verb: int) -> int | None:
        """Return the subject of `verb`: its own, its antecedent's, or that of the verb it hangs on."""
        for _ in range(_STEPS):
            token = self._tokens[verb]
            own = [n for n in self.children(verb) if self._tokens[n].dep in ("nsubj", "nsubjpass")]
            if own and not (token.dep == "relcl" and self._tokens[own[0]].tag in ("WP", "WDT")):
                return own[0]
            if token.dep in ("relcl", "acl"):
                return self._one_of(token.head)
            if token.dep == "pcomp" and self._tokens[token.head].text.lower() in _AFTER:
                verb = self._tokens[token.head].head
            elif token.dep in ("conj", "xcomp", "advcl") and token.head != verb:
                verb = token.head
            else:
                return None
        return None

    def _one_of(self, noun: int) -> int:
        """Return who is said to be among those that `noun` means, or `noun`: "Ⓐ was among the leaders attending"."""
        link = self._tokens[noun].head
        verb = self._tokens[link].head
        if self._tokens[link].text.lower() != "among" or self._tokens[verb].lemma != "be":
            return noun
        return next((c for c in self.children(verb) if self._tokens[c].dep == "nsubj"), noun)

    def predicates(self, verb: int) -> list[int]:
        """Return `verb` and the verbs joined to it that share its subject."""
        found = [verb]
        for n in found:
            further = (c for c in self.children(n) if self._tokens[c].dep == "conj" and len(found) < _STEPS)
            found += [
                c for c in further if not any(self._tokens[g].dep in ("nsubj", "nsubjpass") for g in self.children(c))
            ]
        return found

    def agents(self, number: int) -> Iterator[Mention]:
        """Yield whom the noun `number` and those coordinated with it stand for."""
        for n in self._coordinated(number):
            unit = self._unit(self._tokens[n].start)
            yield from unit.mentions if unit is not None else self._meant(n)

    def _coordinated(self, number: int) -> list[int]:
        found = [number]
        for n in found:
            found += [c for c in self.children(n) if self._tokens[c].dep == "conj" and len(found) < _MOST]
        return found

    def _meant(self, number: int) -> Iterator[Mention]:
        """Yield whom a common noun stands for: those it is said to be or to include, else states and bodies."""
        lemma = self._tokens[number].lemma.lower()
        if lemma in PRESENCE:
            for inner in self.behind(number, ("of", "by")):
                yield from self.agents(inner)
            return
        types = {EntityType.PERSON}
        if lemma in _MEMBERS | _STATES | _ENVOYS:
            types |= self.ACTING if lemma in _MEMBERS else {EntityType.COUNTRY}
        named = [m for n in self._instances(number) for m in self.agents(n) if m.type in types]
        owners = [n for n in self.behind(number, ("of", "from")) if self._common_member(n)]
        listed = [m for o in owners for m in self._meant(o)] if lemma in _STATES | _ENVOYS else []
        yield from named or listed or self._represented(number)
        if lemma in _ENVOYS:
            leads = [c for c in self.children(number) if self._tokens[c].dep == "acl" and self._tokens[c].lemma in _LED]
            for inner in (n for lead in leads for n in self.behind(lead, ("by",))):
                yield from self.agents(inner)

    def _common_member(self, number: int) -> bool:
        """Return whether the word means members, as in "the observer states", and is no part of a name."""
        token = self._tokens[number]
        return token.lemma.lower() in _MEMBERS and token.tag in ("NN", "NNS")

    def _instances(self, number: int) -> list[int]:
        """Return the words that tell who the noun is: "the ministers, A and B", "leaders including A"."""
        apposed = [c for c in self.children(number) if self._tokens[c].dep == "appos"]
        owners = self.behind(number, ("of",)) if self._tokens[number].lemma.lower() in _STATES else []
        further = [c for o in owners for c in self.behind(o, ("including",))]
        return apposed + self.behind(number, ("including", "as", "like")) + further

    def behind(self, number: int, prepositions: tuple[str, ...]) -> list[int]:
        """Return the nouns that one of `prepositions` joins to word `number`."""
        links = [c for c in self.children(number) if self._tokens[c].text.lower() in prepositions]
        return [n for link in links for n in self.children(link) if self._tokens[n].dep == "pobj"]

    def _unit(self, start: int) -> Unit | None:
        return next((u for u in self._units if u.start <= start < u.end), None)

    def _represented(self, number: int) -> Iterator[Mention]:
        """Yield the states and bodies whose leaders, delegations or troops the noun names."""
        lemma = self._tokens[number].lemma.lower()
        if lemma not in _STATES | _ENVOYS:
            return
        types = (EntityType.COUNTRY,) if lemma in _STATES else (EntityType.COUNTRY, EntityType.ORGANIZATION)
        for child in self.children(number):
            if self._tokens[child].dep in ("amod", "compound", "poss", "nmod"):
                starts = {self._tokens[c].start for c in self._coordinated(child)}
                countries = (m for m in self._sentence.mentions if m.type is EntityType.COUNTRY)
                yield from (m for m in countries if any(m.start <= s < m.end for s in starts))
        yield from self._sent_by(number, types)

    def _sent_by(self, number: int, types: tuple[EntityType, ...]) -> Iterator[Mention]:
        """Yield those of `types` behind "of" or "from": "heads of state of Ⓑ", "ministers of defence from Ⓑ and Ⓑ"."""
        for inner in self.behind(number, ("of", "from")):
            start = self._tokens[inner].start
            first = next((m for m in self._sentence.mentions if m.start <= start < m.end), None)
            if first is not None and first.type in types:
                chain = list(self._chain(first, types))
                if self._names_follow(chain[-1].end) and EntityType.ORGANIZATION not in types:
                    continue
                yield from chain
            elif first is None and (len(types) == 1 or self._tokens[inner].lemma.lower() in _AUTHORITIES):
                yield from self._sent_by(inner, (EntityType.COUNTRY,))

    def _chain(self, first: Mention, types: tuple[EntityType, ...]) -> Iterator[Mention]:
        """Yield `first` and the mentions of `types` that commas and conjunctions join to it."""
        text, base, end = self._sentence.text, self._sentence.start, first.end
        yield first
        for mention in self._sentence.mentions:
            if mention.start >= end:
                if (
                    mention.type not in (EntityType.COUNTRY, EntityType.ORGANIZATION)
                    or self._modifies(mention)
                    or not _JOINT.fullmatch(text[end - base : mention.start - base])
                ):
                    return
                yield mention
                end = mention.end

    def _names_follow(self, end: int) -> bool:
        """Return whether the names of those who hold a post follow at `end`: "the presidents of Ⓑ and Ⓑ, Ⓐ and Ⓐ"."""
        people = (m for m in self._sentence.mentions if m.type is EntityType.PERSON and m.named and m.start >= end)
        first = next(people, None)
        between = (
            ""
            if first is None
            else self._sentence.text[end - self._sentence.start : first.start - self._sentence.start]
        )
        return first is not None and bool(_NAMING.fullmatch(between))

    def _modifies(self, mention: Mention) -> bool:
        """Return whether the mention only qualifies the noun behind it, as in "UN agencies"."""
        last = next((t for t in self._tokens if t.end == mention.end), None)
        return last is not None and last.dep in ("compound", "amod") and self._tokens[last.head].start >= mention.end
