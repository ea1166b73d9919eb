"""Encounters: meetings, audiences and signings that a sentence tells by a verb, with those who took part.

The same reading serves twice: `extract.meetings` makes events of the verbs, and `bilateral` says who was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from sco_graph.claims.participation.encounter_rules import RULES, TRIGGERS, VISIT
from sco_graph.claims.participation.gist import Gist
from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.units import EVENT
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.model import EntityType, Mention, Text


class EncounterKind(StrEnum):
    """What those who met did; the value begins its label ("meeting of A and B")."""

    MEETING = "meeting"
    SIGNING = "signing"
    GATHERING = "meeting with many"
    VISIT = "visit"
    BRIEFING = "meeting with the press"


class Encounter(Struct, frozen=True):
    """One meeting, audience or signing, told by `passage`. `[start, end)` of the document are the words that stand for it.

    `host` received the `guests`; without a host all who are named are `guests`. `event` is the noun that names the
    encounter ("held talks"), None if only a verb does. `earlier` says that it had taken place before what the text reports;
    `crowd` are the words for those who are not named.
    """

    kind: EncounterKind
    rule: str
    passage: Passage
    start: int
    end: int
    host: tuple[Mention, ...]
    guests: tuple[Mention, ...]
    event: Mention | None
    earlier: bool = False
    crowd: str = ""

    @property
    def everyone(self) -> tuple[Mention, ...]:
        """All who are named, the host first."""
        return (*self.host, *self.guests)

    @property
    def parties(self) -> frozenset[str]:
        """The referents of all who are named."""
        return frozenset(m.referent for m in self.everyone)


# Rules that may only tell again of a meeting that another sentence tells.
_WEAK = frozenset(("discusses-with", "discuss-together"))
_VISITS = re.compile(r"\b(?:visit|trip|tour)s?$")
_OF_VISITS = frozenset(("on-a-visit", "on-a-visit-he", "visit-of", "s-visit"))
_SITS = re.compile(r"\b(?:(?i:council|committee|commission|board|assembly|group)|CFM|CHS|CHG)\b")
_OF_ONE_SIDE = (EncounterKind.GATHERING, EncounterKind.VISIT, EncounterKind.BRIEFING)
_EARLIER = re.compile(r"\bhad\s(?:\w+\s)?(?:met|talked|spoken|held|received)\b")
_SEPARATELY = re.compile(r"\b(?:separate|separately|later|then|respectively|in turn|each)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:sidelines?|margins|fringes)\b")
_TOGETHER = re.compile(r"\b(?:together|jointly|joint|tri-?lateral|quadrilateral|three-way|four-way)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:meeting|conversation|discussion|negotiation|consultation|session|audience|interaction|call|dined|lunched)$"
)
_EACH = frozenset(("meets", "holds-talks"))
_AHEAD = 100
_TITLED = 60
_TWO = 2
_THEIR_MEETING = re.compile(
    r"(?:during|at|in|after|following) their (?:[\w-]+ ){0,3}?(?P<verb>Ⓔ)(?! (?:with|of)\b)", re.IGNORECASE
)
_TALKED = re.compile(r"(?:meeting|talks|conversation|discussions?|negotiations|consultations)$")
_POSSIBLE = re.compile(r"\b(?:possible|potential|proposed)\s(?:\w+\s){0,2}\w+$")
_AT_ONE = re.compile(r"(?:^|, )(?:during|at|in) (?:the|a|their|this) (?:[\w-]+ ){0,3}?Ⓔ(?: ,)? $", re.IGNORECASE)
"""The opening of a sentence that tells what two did at a meeting."""
_DONE_THERE = frozenset(("meet-each-other", "discuss-together"))
_MANY = 3  # more than can be a trilateral meeting
_BEHIND = len(" separately")
_SURE = frozenset(("crowd-gathers", "council-meets"))
"""Rules that tell of what bodies and groups are to do, too: "the Council will meet"."""
_NOT_YET = re.compile(r"\b(?:not|never|will|would|to|plans?|expected|scheduled|if|should|could|may|might)\b[^ⒶⒷ]*$")


_RULES_BY_NEED = {word: [n for n, rule in enumerate(RULES) if word in rule.needs[0]] for word in TRIGGERS}
"""The rules that need a word, by their numbers."""
_NEVER = re.compile(r"\b(?:not|never|if|should|could|may|might)\b[^ⒶⒷ]*$")
_BAR = (_NOT_YET, _NEVER)


def encounters(text: Text, passages: Sequence[Passage]) -> Iterator[Encounter]:
    """Yield the encounters that `passages` of `text` tell, in order; none that is only planned or denied."""
    found = list(_all(text, passages))
    strong = {e.parties for e in found if e.rule not in _WEAK}
    yield from (e for e in found if e.rule not in _WEAK or e.parties not in strong)


def _all(text: Text, passages: Sequence[Passage]) -> Iterator[Encounter]:
    for before, passage in pairwise((None, *passages)):
        if passage is None:
            continue
        yield from _theirs(text, before, passage)
        for gist in passage.gists:
            taken: set[int] = set()
            for name, match in _matches(gist):
                verb = match.start("verb")
                planned = name != "his-talks" and _BAR[name in _SURE].search(match.group(0)[: verb - match.start()])
                if verb in taken or planned:
                    continue
                told = list(_told(text, passage, gist, name, match))
                if told:
                    taken.add(verb)
                yield from told


def _theirs(text: Text, before: Passage | None, passage: Passage) -> Iterator[Encounter]:
    """Yield the meeting of the two of whom the passage `before` spoke: "A thanked B. At their meeting on Monday, ..."."""
    opened = _THEIR_MEETING.match(passage.gists[0].text) if passage.gists else None
    if before is None or opened is None:
        return
    event = passage.gists[0].unit(opened.start("verb")).mentions[0]
    two = {m.referent: m for m in reversed(_persons(before))}
    told = {m.referent for m in _persons(passage)} <= two.keys() and _TALKED.search(event.text)
    if len(two) != _TWO or not told or text.referent(event).name:
        return
    both = Passage(before.number, (*before.sentences, *passage.sentences), ())
    guests = tuple(sorted(two.values(), key=lambda m: m.start))
    yield Encounter(EncounterKind.MEETING, "their-meeting", both, event.start, event.end, (), guests, event)


def _persons(passage: Passage) -> list[Mention]:
    """Return the persons of whom a passage says anything, in order."""
    agents = (u for g in passage.gists for u in g.units if u.agent)
    return [m for u in agents for m in u.mentions if m.type is EntityType.PERSON]


@remembered(SENTENCES)
def _matches(gist: Gist) -> tuple[tuple[str, re.Match[str]], ...]:
    words = set(gist.text.split())
    if any(_VISITS.search(unit.mentions[0].text) for _, unit in gist.events):
        words.add(VISIT)
    if TRIGGERS.isdisjoint(words):
        return ()
    numbers = sorted({n for word in words & _RULES_BY_NEED.keys() for n in _RULES_BY_NEED[word]})
    possible = (rule for rule in map(RULES.__getitem__, numbers) if not any(g.isdisjoint(words) for g in rule.needs))
    return tuple([(rule.name, match) for rule in possible for match in rule.wording.finditer(gist.text)])


def _told(text: Text, passage: Passage, gist: Gist, name: str, match: re.Match[str]) -> Iterator[Encounter]:
    verb = gist.unit(match.start("verb"))
    kind = _kind(name)
    if name in _OF_VISITS and (verb.word != EVENT or text.referent(verb.mentions[0]).kind != "Visit"):
        return
    if name == "council-meets" and not _meets(gist, match):
        return
    if _told_otherwise(text, gist, name, match):
        return
    left, right = _party(gist, match, "left", kind), _party(gist, match, "right", kind)
    event = verb.mentions[0] if verb.word == EVENT else None
    first, last = min([verb.start, *(m.start for m in left)]), max([verb.end, *(m.end for m in right)])
    kind = EncounterKind.BRIEFING if event and text.referent(event).kind == "Briefing" else kind
    noun = text.document.text[verb.start : verb.end]
    several = name == "holds-a-series" or bool(re.search(r"\b(?:meetings|conversations)$", noun))
    words = text.document.text[first : last + _BEHIND]
    if name == "hands-credentials" and "credentials" not in words:
        return
    earlier = bool(_EARLIER.search(words))
    spread = len(right) > 1 and (several or _one_by_one(text, passage, name, noun, words, first, right))
    if len(left) > 1 and len(right) == 1 and _SEPARATELY.search(words):
        left, right, spread = right, left, True
    for number, others in enumerate([(m,) for m in right] if spread else [right]):
        host, guests = _sides(name, left, others)
        if spread and event is not None and not number:  # the noun stands for the first of the talks
            yield Encounter(kind, name, passage, verb.start, verb.end, host, guests, event, earlier)
        elif spread:
            start, end = min(verb.start, others[0].start), max(verb.end, others[-1].end)
            yield Encounter(kind, name, passage, start, end, host, guests, None, earlier)
        elif _enough(name, kind, match, (*host, *guests)):
            yield Encounter(
                kind, name, passage, verb.start, verb.end, host, guests, event, earlier, _crowd(text, gist, match)
            )


def _told_otherwise(text: Text, gist: Gist, name: str, match: re.Match[str]) -> bool:
    """Whether the meeting is only possible, or two did something at one that the sentence opens with."""
    if name in _DONE_THERE and _AT_ONE.search(gist.text[: match.start()]):
        return True
    verb = gist.unit(match.start("verb"))
    return _POSSIBLE.search(text.document.text[max(0, verb.start - _AHEAD) : verb.end]) is not None


def _one_by_one(
    text: Text, passage: Passage, name: str, noun: str, words: str, first: int, right: Sequence[Mention]
) -> bool:
    """Whether a list tells of as many meetings: "separately", on the sidelines of a summit, or of more than two."""
    if _SEPARATELY.search(words):
        return True
    before = text.document.text[max(0, first - _AHEAD) : first].rpartition(". ")[2]
    behind = text.document.text[right[-1].end : right[-1].end + _AHEAD].partition(".")[0]
    if _ONE.search(noun) or _TOGETHER.search(words):
        return False
    if _ASIDE.search(before) or _ASIDE.search(words) or _ASIDE.search(behind):
        return True
    return name in _EACH and (len(right) >= _MANY or _of_states(passage, right))


def _of_states(passage: Passage, met: Sequence[Mention]) -> bool:
    """Whether each of those met but the first is told with a state of his own: "the Chinese Foreign Minister A and the Russian B"."""
    states = [m for s in passage.sentences for m in s.mentions if m.type is EntityType.COUNTRY]
    before = [m for m in states if met[0].start - _TITLED < m.start < met[0].start]
    gaps = [[m for m in states if a.end < m.start < b.start] for a, b in pairwise(met)]
    return bool(before) and all(gaps) and len({m.referent for m in (before[-1], *(g[-1] for g in gaps))}) == len(met)


def _meets(gist: Gist, match: re.Match[str]) -> bool:
    """Whether it is in the nature of the body to meet: "the Council of Foreign Ministers met"."""
    return _SITS.search(gist.unit(match.start("crowd")).mentions[-1].text) is not None


def _crowd(text: Text, gist: Gist, match: re.Match[str]) -> str:
    """Return the words for the crowd that gathers, with whose they are: "foreign ministers of the SCO"."""
    if match.re.groupindex.keys() != {"crowd", "verb"}:
        return ""
    units = gist.between(match.start(), match.start("verb"))
    words = text.document.text[units[0].start : units[-1].end]
    words = re.sub(r"^(?:(?:and|the|their|its|all)\s)+", "", " ".join(words.split()), flags=re.IGNORECASE)
    return re.sub(r"(?:\s(?:last|also|will|is|are|to|due|set|scheduled|expected|earlier|today|yesterday))+$", "", words)


def _kind(name: str) -> EncounterKind:
    if "sign" in name:  # signs, bears-signatures
        return EncounterKind.SIGNING
    if name == "visits" or name in _OF_VISITS:
        return EncounterKind.VISIT
    if name in ("meets-the-press", "meeting-the-press"):
        return EncounterKind.BRIEFING
    return EncounterKind.GATHERING if "crowd" in name or name == "council-meets" else EncounterKind.MEETING


def _sides(
    name: str, left: tuple[Mention, ...], right: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return host and guests: who receives is host; else all are guests."""
    if name in ("receives", "receives-crowd", "welcomes"):
        return left, right
    if name in ("is-received", "crowd-received"):
        return right, left
    return (), (*left, *right)


def _party(gist: Gist, match: re.Match[str], group: str, kind: EncounterKind) -> tuple[Mention, ...]:
    """Return the agents of a group; persons meet, bodies may sign."""
    if not match.groupdict().get(group):
        return ()
    mentions = gist.unit(match.start(group)).mentions
    people = tuple(m for m in mentions if m.type is EntityType.PERSON)
    return mentions if kind is EncounterKind.SIGNING or not people else people


def _enough(name: str, kind: EncounterKind, match: re.Match[str], named: tuple[Mention, ...]) -> bool:
    """Return whether the sentence tells of two sides, a pronoun or a crowd counting as one."""
    pronouns = sum(match.groupdict().get(group) in ("he", "she") for group in ("left", "right"))
    if match.re.groupindex.keys() == {"crowd", "verb"}:
        return True
    one_side = kind in _OF_ONE_SIDE or name == "talks-are-held-with"
    return len(named) + pronouns + one_side >= 2
