"""Units: the words of sentences, with one sign for each mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sco_graph.claims.participation.titles import is_title
from sco_graph.model import EntityType, Mention, Sentence

PERSON, BODY, EVENT, PLACE, TIME, REPRESENTED = "Ⓐ", "Ⓑ", "Ⓔ", "Ⓖ", "Ⓣ", "Ⓡ"
STOPS = frozenset((",", ";", ":", "—", ".", "!", "?"))

_SIGNS = {
    EntityType.PERSON: PERSON,
    EntityType.ORGANIZATION: BODY,
    EntityType.COUNTRY: BODY,
    EntityType.EVENT: EVENT,
    EntityType.PLACE: PLACE,
}
_AGENTS = frozenset((PERSON, BODY, REPRESENTED))


class Unit(Struct, frozen=True):
    """A word, or a sign for mentions; `start` and `end` enclose all that it has swallowed."""

    word: str
    tag: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()

    def reaching(self, start: int, end: int) -> Unit:
        """Return the unit, having swallowed what stands from `start` to `end`."""
        return Unit(self.word, self.tag, start, end, self.mentions)

    @property
    def agent(self) -> bool:
        """Whether this is a person, a body, or a list of them."""
        return self.word in _AGENTS


_BULLETS = frozenset("- * • – — · o ▪ ■ ●".split())


def stream(sentences: Sequence[Sentence]) -> Iterator[Unit]:
    """Yield the units of `sentences`; a new block, with or without a bullet, parts them like a semicolon."""
    for number, sentence in enumerate(sentences):
        units = list(_units(sentence))
        if number and sentence.paragraph != sentences[number - 1].paragraph:
            if not sentences[number - 1].text.rstrip().endswith((":", ";")):
                yield Unit(";", ":", sentence.start, sentence.start)
            while units and units[0].word in _BULLETS:
                units.pop(0)
        yield from units


def _units(sentence: Sentence) -> Iterator[Unit]:
    covers = _covering(sentence)
    times = {t.start: t.end for t in sentence.times}
    done = -1
    prefixes = _joint_prefixes(sentence)
    for token in sentence.tokens:
        if token.start < done or token.start in prefixes:
            continue
        mention = covers.get(token.start)
        if mention is not None:
            done = mention.end
            yield Unit(_SIGNS[mention.type], token.tag, mention.start, mention.end, (mention,))
        elif (end := times.get(token.start)) is not None:
            done = end
            yield Unit(TIME, token.tag, token.start, end)
        else:
            yield Unit("'s" if token.tag == "POS" else token.text.lower(), token.tag, token.start, token.end)


def _joint_prefixes(sentence: Sentence) -> frozenset[int]:
    """Return where "co" and its hyphen stand before a word: "co-chaired" is read as "chaired"."""
    tokens = sentence.tokens
    hyphens = [n for n, token in enumerate(tokens) if token.text == "-" and n]
    pairs = [(tokens[n - 1], tokens[n]) for n in hyphens]
    return frozenset(
        start for a, b in pairs if a.text.lower() == "co" and a.end == b.start for start in (a.start, b.start)
    )


def _covering(sentence: Sentence) -> dict[int, Mention]:
    """Return the outermost mentions by their start; verbs that stand for events are left to be words."""
    verbs = {(t.start, t.end) for t in sentence.tokens if t.pos in ("VERB", "AUX")}
    people = sorted(m.start for m in sentence.mentions if m.type is EntityType.PERSON)
    covers: dict[int, Mention] = {}
    reach = -1
    for mention in sentence.mentions:
        loose = mention.type is EntityType.EVENT and not mention.named
        spread = loose and ((mention.start, mention.end) in verbs or _holds(people, mention))
        if mention.start >= reach and not spread and not _within_title(sentence, mention):
            covers[mention.start] = mention
            reach = mention.end
    return covers


def _holds(starts: list[int], mention: Mention) -> bool:
    n = bisect_left(starts, mention.start)
    return n < len(starts) and starts[n] < mention.end


_SEATING = frozenset("in from under to took take takes taking taken occupied occupies occupying".split())


def _within_title(sentence: Sentence, mention: Mention) -> bool:
    """Return whether "the President" only belongs to a title, as in "Assistant to the President", or "the chair" to "was in the chair"."""
    if mention.named or mention.type is not EntityType.PERSON:
        return False
    before = sentence.text[max(0, mention.start - sentence.start - 60) : mention.start - sentence.start].lower().split()
    if mention.text.lower() == "the chair" and before and before[-1] in _SEATING:
        return True
    return len(before) > 1 and before[-1] in ("to", "of", "under") and any(is_title(w) for w in before[-4:-1])


def without_brackets(units: list[Unit]) -> list[Unit]:
    """Leave out brackets that hold neither a person nor an event: abbreviations, states, seats."""
    kept: list[Unit] = []
    opened: list[int] = []
    for unit in units:
        kept.append(unit)
        if unit.word in ("(", "["):
            opened.append(len(kept) - 1)
        elif unit.word in (")", "]") and opened:
            begin = opened.pop()
            if not any(u.word in (PERSON, EVENT) for u in kept[begin:]):
                end = kept[-1].end
                del kept[begin:]
                if kept:
                    kept[-1] = kept[-1].reaching(kept[-1].start, end)
    return kept
