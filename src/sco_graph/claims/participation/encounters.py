"""Encounters: meetings, audiences and signings that a sentence tells by a verb, with those who took part.

The same reading serves twice: `extract.meetings` makes events of the verbs, and `bilateral` says who was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting, audience or signing, told by `passage`. `[start, end)` of the document are the words that stand for it.

    `host` received the `guests`; without a host all who are named are `guests`. `event` is the noun that names the
    encounter ("held talks"), None if only a verb does.
    """

    kind: EncounterKind
    rule: str
    passage: Passage
    start: int
    end: int
    host: tuple[Mention, ...]
    guests: tuple[Mention, ...]
    event: Mention | None

    @property
    def everyone(self) -> tuple[Mention, ...]:
        """All who are named, the host first."""
        return (*self.host, *self.guests)

    @property
    def parties(self) -> frozenset[str]:
        """The referents of all who are named."""
        return frozenset(m.referent for m in self.everyone)


_SUBJECT = (
    r"(?P<left>Ⓐ|\bs?he\b)(?<!\bof .)(?<!\bfrom .)(?<!\bby .)(?<!\bfor .)(?<!\bto .)(?<!\bwith .)(?: [,—–-])?(?: both)?"
)
_AUXILIARY = (
    r"(?:(?:has|have|had|is|are|was|were|been|being|separately|on|the|sidelines|margins|of|council|Ⓔ|each|who) )*?"
)
_NEAR = r"(?:[^ⒶⒷⓇⒺ,;:.]{0,150}? )?"
_MEET = r"(?P<verb>met|meets|meeting|saw|sees|conferred|talked|talks|spoke|chatted|sat|spoken|consulted|negotiated)"
_HOLD = r"(?:held|holds|holding|had|has|having|conducted|conducts|conducting)"
_TALKS = r"(?P<verb>Ⓔ|talks|meetings?|conversations?|consultations?|negotiations?|discussions?)"
_DETERMINERS = r"(?:(?:an?|the|his|her|their|separate|bilateral|later|brief|phone|telephone|working|\w+day) )*"
_SIGN = r"(?P<verb>signed|signs|inked|initialled|initialed)"


def _rule(name: str, source: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(source)


_CROWD = (
    r"(?:the |their |its |his |her |all )?(?:[\w-]+ )?(?P<crowd>heads of (?:delegations?|missions?|state|government)|participants|delegates|ministers"
    r"|secretaries|leaders|envoys|ambassadors|delegations)"
)


_RULES = (
    _rule(
        "is-received", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met|hosted) {_NEAR}by (?P<right>Ⓐ)"
    ),
    _rule(
        "receives", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving) {_NEAR}(?P<right>Ⓐ)"
    ),
    _rule(
        "meets",
        rf"{_SUBJECT} {_AUXILIARY}{_MEET} (?:together |up )?(?:with |to |down with )?(?:(?:on|in) {_NEAR}with )?(?P<right>Ⓐ)",
    ),
    _rule(
        "calls-on",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>called|calls|calling|call) (?:up)?on (?P<right>Ⓐ)(?! to\b| for\b)",
    ),
    _rule(
        "pays-a-call",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>paid|pays|made) (?:[\w-]+ ){{0,4}}(?:call|Ⓔ|visit) (?:up)?(?:on|to) (?P<right>Ⓐ)",
    ),
    _rule(
        "presents-credentials",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>presented|handed|submitted) [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:credentials|letters?)\b[^ⒶⒷⓇ;:.]{{0,250}}? to (?P<right>Ⓐ)",
    ),
    _rule(
        "holds-talks", rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with (?P<right>Ⓐ)"
    ),
    _rule(
        "meet-each-other",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meet|talked|conferred|sat down)\b(?! (?:with|to|Ⓐ|the press|reporters)(?!\w))",
    ),
    _rule("hold-talks", rf"{_SUBJECT} {_AUXILIARY}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS}(?! {_NEAR}with)"),
    _rule("talks-between", rf"{_TALKS} (?:of|between) (?P<left>Ⓐ)"),
    _rule(
        "talks-with",
        rf"\b(?:at|during|after|in|following|before) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ) ?,? (?P<left>Ⓐ|he\b|she\b)",
    ),
    _rule(
        "in-talks", rf"{_SUBJECT} [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:at|during|in) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ)"
    ),
    _rule(
        "discusses-with",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discusses|discussing|exchanged|exchanges) [^ⒶⓇⒺ;:.]{{0,250}}?\bwith (?P<right>Ⓐ)",
    ),
    _rule(
        "discuss-together",
        rf"(?<!Ⓔ , ){_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discuss|conferred|exchanged views)\b(?! [^ⒶⓇ;:.]{{0,250}}?\b(?:with Ⓐ|at the Ⓔ))",
    ),
    _rule("crowd-received", rf"\b{_CROWD} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met) {_NEAR}by (?P<right>Ⓐ)"),
    _rule("crowd-meets", rf"\b{_CROWD} {_AUXILIARY}(?P<verb>met) {_NEAR}(?:with )?(?P<right>Ⓐ)"),
    _rule(
        "holds-talks-with-crowd",
        rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with {_CROWD}",
    ),
    _rule("meets-crowd", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meets) (?:with )?{_CROWD}"),
    _rule(
        "signs",
        rf"{_SUBJECT} {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|it|memorand\w+|agreements?|documents?|protocols?)\b",
    ),
    _rule(
        "bodies-sign",
        rf"(?<!\bof )(?<!\bfor )(?P<left>Ⓑ)(?: ,)? {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|memorand\w+|agreements?)\b",
    ),
    _rule("bears-signatures", r"\b(?P<verb>bears?|carr(?:ies|y)) the signatures? of (?P<left>[ⒶⒷ])"),
    _rule("is-signed-by", rf"{_SIGN} {_NEAR}by (?P<left>[ⒶⒷ])"),
)
# Rules that may only tell again of a meeting that another sentence tells.
_WEAK = frozenset(("discusses-with", "discuss-together"))
_SEPARATELY = re.compile(r"\b(?:separate|separately|later|then|respectively|in turn|each)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:not|never|will|would|to|plans?|expected|scheduled|if|should|could|may|might)\b[^ⒶⒷ]*$")


def encounters(text: Text, passages: Sequence[Passage]) -> Iterator[Encounter]:
    """Yield the encounters that `passages` of `text` tell, in order; none that is only planned or denied."""
    found = list(_all(text, passages))
    strong = {e.parties for e in found if e.rule not in _WEAK}
    yield from (e for e in found if e.rule not in _WEAK or e.parties not in strong)


def _all(text: Text, passages: Sequence[Passage]) -> Iterator[Encounter]:
    for passage in passages:
        for gist in passage.gists:
            taken: set[int] = set()
            if not gist.has_agents:
                continue
            for name, match in _matches(gist):
                verb = match.start("verb")
                if verb in taken or _NOT_YET.search(match.group(0)[: verb - match.start()]):
                    continue
                told = list(_told(text, passage, gist, name, match))
                if told:
                    taken.add(verb)
                yield from told


@remembered(SENTENCES)
def _matches(gist: Gist) -> tuple[tuple[str, re.Match[str]], ...]:
    return tuple((name, match) for name, regex in _RULES for match in regex.finditer(gist.text))


def _told(text: Text, passage: Passage, gist: Gist, name: str, match: re.Match[str]) -> Iterator[Encounter]:
    verb = gist.unit(match.start("verb"))
    kind = _kind(name)
    left, right = _party(gist, match, "left", kind), _party(gist, match, "right", kind)
    event = verb.mentions[0] if verb.word == EVENT else None
    first, last = min([verb.start, *(m.start for m in left)]), max([verb.end, *(m.end for m in right)])
    several = bool(re.search(r"\b(?:meetings|conversations)$", text.document.text[verb.start : verb.end]))
    spread = len(right) > 1 and (several or bool(_SEPARATELY.search(text.document.text[first:last])))
    for others in [(m,) for m in right] if spread else [right]:
        host, guests = _sides(name, left, others)
        if spread:
            yield Encounter(kind, name, passage, verb.start, others[-1].end, host, guests, None)
        elif _enough(kind, match, (*host, *guests)):
            yield Encounter(kind, name, passage, verb.start, verb.end, host, guests, event)


def _kind(name: str) -> EncounterKind:
    if "sign" in name:
        return EncounterKind.SIGNING
    return EncounterKind.GATHERING if "crowd" in name else EncounterKind.MEETING


def _sides(
    name: str, left: tuple[Mention, ...], right: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return host and guests: who receives is host; else all are guests."""
    if name == "receives":
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


def _enough(kind: EncounterKind, match: re.Match[str], named: tuple[Mention, ...]) -> bool:
    """Return whether the sentence tells of two sides, a pronoun or a crowd counting as one."""
    pronouns = sum(match.groupdict().get(group) in ("he", "she") for group in ("left", "right"))
    return len(named) + pronouns + (kind is EncounterKind.GATHERING) >= 2
