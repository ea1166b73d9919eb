"""Hosts: those whom a text calls the host of an event, by the noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.phrases import Phrases
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.participation.timing import events
from sco_graph.claims.words import wording
from sco_graph.model import BlockKind, Capacity, Mention, Sentence

_RULE = "called-host"
_LANDS = frozenset("country nation state party side".split())
_NOUNS = frozenset(("NOUN", "PROPN", "ADJ"))
_TITLE = 5


def readings(passages: Sequence[Passage], discourse: Discourse) -> Iterator[Reading]:
    """Yield the hosts: "host Ⓐ", "the host, Ⓑ", "Ⓑ, as the host country", "the host of Ⓔ is Ⓑ"."""
    for passage in passages:
        for number, sentence in enumerate(passage.sentences, start=passage.number):
            if sentence.block is BlockKind.FURNITURE or not any("host" in w for w in wording(sentence)):
                continue
            phrases = Phrases(sentence, passage)
            for noun in _nouns(sentence):
                event = _event(sentence, phrases, noun, number, discourse)
                if event is None:
                    continue
                for agent in _called(sentence, phrases, noun):
                    if not discourse.said(agent):
                        start, end = passage.stretch(agent.end)
                        yield Reading(event, agent, Capacity.HOST, start, end, _RULE)


def _nouns(sentence: Sentence) -> Iterator[int]:
    """Yield where hosts are spoken of: "host", or "country" in "host country"."""
    for number, token in enumerate(sentence.tokens):
        if token.lemma.lower() == "host" and token.pos in _NOUNS and token.tag != "NNS":
            following = number + 1 < len(sentence.tokens) and sentence.tokens[number + 1]
            if not following or following.text.lower() != "to":
                yield number + 1 if following and following.lemma.lower() in _LANDS else number


def _called(sentence: Sentence, phrases: Phrases, noun: int) -> Iterator[Mention]:
    """Yield who is called host by the word `noun`."""
    tokens = sentence.tokens
    token = tokens[noun]
    ahead = _ahead(sentence, phrases, noun)
    if ahead is not None:  # of a list, only who stands beside the word
        yield from sorted(
            (a for a in phrases.agents(ahead) if a.start >= token.start), key=lambda a: (a.start, -a.end)
        )[:1]
        return
    if token.dep == "attr":
        bearers = _subject(phrases, token.head)
    elif token.dep == "appos":
        bearers = [token.head]
    elif token.dep == "pobj" and tokens[token.head].text.lower() == "as":
        head = tokens[token.head].head
        bearers = _subject(phrases, head) if tokens[head].pos in ("VERB", "AUX") else [head]
    else:
        bearers = [child for child in phrases.children(noun) if tokens[child].dep == "appos"]
    for bearer in bearers:
        yield from phrases.agents(bearer)


def _subject(phrases: Phrases, verb: int) -> list[int]:
    subject = phrases.subject(verb)
    return [] if subject is None else [subject]


def _ahead(sentence: Sentence, phrases: Phrases, noun: int) -> int | None:
    """Return the name that follows the noun with nothing but a title between: "host Uzbek President Karimov"."""
    for number in range(noun + 1, min(noun + 1 + _TITLE, len(sentence.tokens))):
        token = sentence.tokens[number]
        if not token.text[:1].isupper():
            return None
        if any(m.start <= token.start < m.end and m.named and m.type in phrases.ACTING for m in sentence.mentions):
            return next(
                (n for n in (token.head, number) if n >= number and next(phrases.agents(n), None) is not None), None
            )
    return None


def _event(sentence: Sentence, phrases: Phrases, noun: int, number: int, discourse: Discourse) -> Mention | None:
    """Return the event of the host: the one that hangs on the noun, else the sentence's, else the one reported on."""
    told = [e for e in events(sentence) if not discourse.said(e)]
    depending = {n for child in phrases.children(noun) for n in (child, *phrases.children(child))}
    starts = {sentence.tokens[n].start for n in depending}
    bound = [e for e in told if any(e.start <= s < e.end for s in starts)]
    of = any(sentence.tokens[n].text.lower() == "of" for n in phrases.children(noun))
    if bound or of:
        return discourse.resolved(bound[0]) if bound else None
    return discourse.resolved(told[0]) if told else discourse.large_before(number)
