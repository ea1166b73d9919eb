"""Read the patterns over the gists of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from sco_graph.claims.participation import attending, delegating, leading, organizing, speaking
from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.gist import Gist
from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.patterns import Pattern
from sco_graph.claims.participation.posts import holders, of_post
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.participation.units import EVENT, REPRESENTED, Unit
from sco_graph.claims.remembering import VOCABULARY
from sco_graph.model import Capacity, EntityType, Mention, Modality, Text

PATTERNS = (*leading.PATTERNS, *organizing.PATTERNS, *speaking.PATTERNS, *attending.PATTERNS, *delegating.PATTERNS)
_NEGATED = re.compile(
    r"\b(?:not(?! only)|never|n't|absent|unable|invited|expected|cancelled|canceled|declined|missed|instead of|skipped)\b"
)
_NOBODY = re.compile(r"\b(?:neither|nor|none of)\b[^,;:.]*$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were|due|set|going|plans?|planned|planning|scheduled|about|ready|agreed|yet) to|to be (?:present|joined|attended|represented|accompanied))\b"
)
_STILL_TO_COME = re.compile(
    r" (?:[^ⒶⒷⓇ.;]{0,60} )?(?:is|are|was|were) (?:also )?(?:expected|planned|scheduled|due|to be)\b"
)
# Where persons speak, bodies beside their names only say where they come from.
_BY_PERSONS = frozenset((Capacity.SPEAKER, Capacity.MODERATOR, Capacity.CHAIR))
_ONLY_IF_HELD = frozenset((Capacity.ATTENDEE, Capacity.SPEAKER, Capacity.SIGNATORY))
# "It was sponsored by", "Organized by": what is spoken of is the event that the text reports on.
_ABOUT = re.compile(r"(?:^|[.;:] )(?:[^ⒶⒷⓇ.;:]* )?(?:it|this|which|they|the same)\b[^ⒶⒷⓇ]*$|^(?:[^ⒶⒷⓇ ]* ){0,2}$")
# In the present, without an event beside them, these verbs tell what is usual: "observers attend as guests".
_USUALLY = frozenset("attend attends participate participates join joins take takes".split())
# Others than those who meet may be present at a meeting of few, too.
_PRESENT = frozenset(("is-present", "present-were", "attends"))
_PART = re.compile(r"\s(?:of|at)\s(?:the\s)?")
_ASSEMBLY = re.compile(
    r"council|assembly|committee|conference|board|bureau|commission|session|parliament|duma|senate", re.IGNORECASE
)
_WHERE = re.compile(r"\b(?:in|at|during) which (?:the )?$")
_SPEAKING = re.compile(
    r"\band (?:also )?(?:(?:ma[dk]|g[ai]v|deliver|present)(?:e|ing|ed)? (?:[\w-]+ ){0,2}(?:speech(?:es)?|address(?:es)?|remarks|statements?|reports?|presentations?)"
    r"|spoke|speaking|address(?:ed|ing))\b"
)
# People who stand for nobody but themselves (ANNOTATION.md, close call 2), and those who stand for their states.
_PRIVATE = re.compile(
    r"\b(?:experts?|expert|scholars|academics|scientists|researchers|analysts|journalists|students|youth|artists|athletes|teams|performers|envoys"
    r"|ambassadors|diplomats|entrepreneurs|businessm[ae]n|companies|specialists|think[ -]tanks?|runners|musicians|media)\b"
)
_PUBLIC = re.compile(
    r"\b(?:delegat\w+|officials|ministers?|heads|leaders|representatives (?:of|from)|presidents|premiers|governments?|dignitaries)\b(?! of (?:expert|analytical|academic|scientific|media|business))"
)
_INSTITUTES = re.compile(
    r"\b(?:cent(?:er|re)s|institutes|universities|companies|chambers|associations|museums|libraries|schools|think tanks|clubs|enterprises|academies)"
    r"(?: [^ⒶⒷⓇ,;:. ]+){0,4} (?:of|from|in) (?:the )?$"
)
_LOCATES = re.compile(r"\b(?:at|in|of|to|during|for|attend\w*|join\w*|graced|who visited) (?:[^ⒶⒷⓇⒺ,;:. ]+ ){0,4}$")
_LANDMARK = re.compile(
    r"\b(?:(?:sidelines?|margins?|fringes?|eve|threshold|results|outcomes?|agenda|preparations?|ahead|anniversary) (?:of|for)"
    r"|since|until|prior to|(?:after|before|following)(?! an? )) (?:[^ⒶⒷⓇⒺ,;:. ]+ ){0,4}$"
)
# How many characters of a gist may lie between a verb and its event: before, behind.
_FAR, _REACH = 400, 90
_NEAR = 25


def readings(text: Text, passages: Sequence[Passage], discourse: Discourse) -> Iterator[Reading]:
    """Yield who takes part in what, by the patterns."""
    reader = _Reader(text, discourse)
    for passage in passages:
        for gist in passage.gists:
            if gist.has_agents:
                for pattern in _cued(gist.text):
                    if pattern.regex.search(gist.text):  # few do, and to search is cheaper than to iterate
                        for match in pattern.regex.finditer(gist.text):
                            yield from reader.read(passage, gist, pattern, match)


_UNCUED = frozenset(n for n, p in enumerate(PATTERNS) if not p.cues)


def _cued(text: str) -> list[Pattern]:
    """Return the patterns that may match `text`, in order."""
    return [PATTERNS[n] for n in sorted(_UNCUED.union(*map(_cued_by, set(text.split(" ")))))]


@lru_cache(maxsize=VOCABULARY)
def _cued_by(word: str) -> tuple[int, ...]:
    """Return the patterns that have a cue in `word`; no cue goes beyond a word."""
    return tuple(n for n, pattern in enumerate(PATTERNS) if any(cue in word for cue in pattern.cues))


class _Reader:
    """Reads matches of patterns against what the text reports on."""

    def __init__(self, text: Text, discourse: Discourse) -> None:
        self._text, self._discourse = text, discourse

    def read(self, passage: Passage, gist: Gist, pattern: Pattern, match: re.Match[str]) -> Iterator[Reading]:
        """Yield what `match` says, nothing if it denies it or is not about an event."""
        modality = _modality(gist, pattern, match)
        if modality is None or not self._applies(gist, pattern, match):
            return
        events = self._events(gist, match) or self._reported(passage, gist, pattern, match)
        for event in events:
            if event is None or not self._fits(pattern, event):
                continue
            for unit in _agents(passage, gist, pattern, match):
                if unit.start == gist.units[gist.index(match.start())].start and _aside(passage, unit):
                    continue
                people = tuple(m for m in unit.mentions if m.type is EntityType.PERSON)
                agents = people if people and pattern.capacity in _BY_PERSONS else unit.mentions
                start, end = passage.stretch(unit.end, event.start if event.start < unit.start else 0)
                capacity = _spoken(pattern, match)
                for agent in agents:
                    if self._discourse.said(event) != self._discourse.said(agent) and not self._relayed(pattern, agent):
                        continue  # one is spoken of, the other is not
                    if agent.type is EntityType.COUNTRY and _only_from(gist, match, unit):
                        continue
                    yield Reading(event, agent, capacity, start, end, pattern.name, modality)

    def _relayed(self, pattern: Pattern, agent: Mention) -> bool:
        return pattern.capacity is Capacity.ATTENDEE and self._discourse.relayed(agent)

    def _reported(self, passage: Passage, gist: Gist, pattern: Pattern, match: re.Match[str]) -> list[Mention | None]:
        """Return the event that the text reports on, unless somebody's words or a custom tell of who attends."""
        if any(self._discourse.another(u.mentions[0]) for _, u in gist.events):
            return []
        if pattern.capacity is Capacity.ATTENDEE:
            units = gist.between(match.start(), match.end())
            agent = next((u.mentions[0] for u in units if u.agent), None)
            usual = any(u.word in _USUALLY and u.tag in ("VBP", "VBZ") for u in units) and not self._somebody(agent)
            spoken = agent is not None and self._discourse.said(agent) and not self._discourse.relayed(agent)
            if usual or spoken:
                return []
            if pattern.name in _PRESENT:
                meeting = self._discourse.meeting_before(passage.number)
                return [self._held(meeting)]
        event = self._discourse.large_before(passage.number)
        return [self._held(event) if pattern.capacity in _ONLY_IF_HELD else event]

    def _somebody(self, agent: Mention | None) -> bool:
        return agent is not None and agent.type is EntityType.PERSON and self._text.referent(agent).name is not None

    def _held(self, event: Mention | None) -> Mention | None:
        """Return the event unless the text speaks of it as something to come."""
        return None if event is None or self._discourse.coming(event) else event

    def _applies(self, gist: Gist, pattern: Pattern, match: re.Match[str]) -> bool:
        if pattern.about_event:
            before = gist.text[: match.start()]
            if EVENT not in before and not _ABOUT.search(before):
                return False
        if match.groupdict().get("body"):
            # Words to a council were said at its meeting, words to another body were not.
            body = self._text.referent(gist.unit(match.start("body")).mentions[0])
            return bool(_ASSEMBLY.search(" ".join((body.name or "", *body.aliases))))
        return True

    def _fits(self, pattern: Pattern, event: Mention) -> bool:
        if pattern.weak and not self._discourse.reports(event):
            return False
        return not pattern.kinds or self._text.referent(event).kind in pattern.kinds

    def _events(self, gist: Gist, match: re.Match[str]) -> list[Mention | None]:
        """Return the events that the match names, else the nearest of its clause."""
        named = [n for n in ("what", "what2") if match.groupdict().get(n)]
        if named:
            return [self._discourse.resolved(gist.unit(match.start(n)).mentions[0]) for n in named]
        if _WHERE.search(gist.text, 0, match.start()):  # "on the sidelines of a ceremony, in which Ⓐ took part"
            earlier = [u.mentions[0] for p, u in gist.events if p < match.start()]
            return [self._discourse.resolved(m) for m in earlier[-1:]]
        told: list[tuple[int, Mention]] = []
        for position, unit in gist.events:
            event = unit.mentions[0]
            if self._told(gist, position, unit) and not (told and self._discourse.apposed(told[-1][1], event)):
                told.append((position, event))
        before = [m for p, m in told if match.start() - _FAR <= p < match.end()]
        if before:
            whole = len(before) > 1 and _PART.fullmatch(self._between(before[-2], before[-1]))
            return [self._discourse.resolved(before[-2] if whole else before[-1])]
        within = [(p, m) for p, m in told if match.end() <= p < match.end() + _REACH]
        behind = [m for p, m in within if _LOCATES.search(gist.text[max(0, p - 80) : p])]
        return [self._discourse.resolved(m) for m in behind[:1]]

    def _between(self, first: Mention, second: Mention) -> str:
        return self._text.document.text[first.end : second.start]

    def _told(self, gist: Gist, position: int, unit: Unit) -> bool:
        """Return whether the event is more than a landmark, and not within somebody's words."""
        landmark = _LANDMARK.search(gist.text[max(0, position - 80) : position])
        event = unit.mentions[0]
        said = self._discourse.said(event) and not self._discourse.relayed(event)
        return not landmark and not said and not self._discourse.another(event)


def _only_from(gist: Gist, match: re.Match[str], unit: Unit) -> bool:
    """Return whether the states of `unit` only say where scholars and others come from who do not stand for them."""
    position = gist.positions[gist.index(match.start("who"))] if match.groupdict().get("who") else match.end()
    before = gist.text[max(0, match.start() - _REACH) : position].rpartition(". ")[2]
    if unit.word == REPRESENTED:
        return False
    return bool(_INSTITUTES.search(before) or (_PRIVATE.search(before) and not _PUBLIC.search(before)))


def _spoken(pattern: Pattern, match: re.Match[str]) -> Capacity:
    """Return the capacity that the match tells; a list of those "attending and delivering speeches" is one of speakers."""
    speaks = pattern.capacity is Capacity.ATTENDEE and _SPEAKING.search(match.group(0))
    return Capacity.SPEAKER if speaks else pattern.capacity


def _aside(passage: Passage, unit: Unit) -> bool:
    """Return whether a relative clause ends in the unit: in "Ⓐ, who met Ⓐ, attended", the second is no subject."""
    sentence = next((s for s in passage.sentences if s.start <= unit.mentions[-1].start < s.end), None)
    if sentence is None:
        return False
    tokens = sentence.tokens
    last = next((t for t in tokens if t.end == unit.mentions[-1].end), None)
    return last is not None and last.dep == "dobj" and tokens[last.head].dep == "relcl"


def _modality(gist: Gist, pattern: Pattern, match: re.Match[str]) -> Modality | None:
    """Return how the match is put; None if it denies, or only expects someone to come."""
    before = re.split(r"[,;.:ⒶⒷⓇ]", gist.text[max(0, match.start() - _NEAR) : match.start()])[-1]
    words = before + re.split(r"\bthat\b", match.group(0))[0]
    if _NEGATED.search(words) or _NOBODY.search(gist.text[max(0, match.start() - 60) : match.start()]):
        return None
    if _PLANNED.search(words) or _STILL_TO_COME.match(gist.text, match.end()):
        return None if pattern.capacity in _ONLY_IF_HELD else Modality.PLANNED
    return Modality.ASSERTED


def _agents(passage: Passage, gist: Gist, pattern: Pattern, match: re.Match[str]) -> Iterator[Unit]:
    if pattern.everyone:
        yield from (u for u in gist.between(match.start(), match.end()) if u.agent)
        return
    for name in ("who", "who2", "people"):
        if match.groupdict().get(name):
            unit = gist.unit(match.start(name))
            if name == "people":
                people = tuple(m for m in unit.mentions if m.type is EntityType.PERSON)
                yield replace(unit, mentions=people)
            elif unit.agent and name == "who" and match.groupdict().get("post"):
                yield holders(passage.sentences, gist.units, gist.index(match.start(name)))
            elif unit.agent:
                yield unit
    if pattern.tail:
        yield from _further(passage, gist, match.end())


_SEPARATORS = frozenset((",", ";", "and", "&", "were"))
_ARTICLES = frozenset(("the", "a", "an"))
_ENDS_MEMBER = _SEPARATORS | frozenset((".", "as", "along", "together", "among", "in", "on", "at"))
_ENDS_LIST = frozenset((".", ":", "!", "?", "—", EVENT))
_CLAUSE_TAGS = frozenset(("VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB"))


def _apposing(units: Sequence[Unit], n: int) -> bool:
    """Return whether "who were" stands at `n`, behind which those are named whom the list so far only describes."""
    words = [u.word for u in units[max(0, n - 1) : n + 2]]
    return words[-2:] == ["who", "were"] or words[:2] == ["who", "were"]


def _further(passage: Passage, gist: Gist, position: int) -> Iterator[Unit]:
    """Yield the members of a list that come after something unknown, up to the end of the clause."""
    units = gist.units[gist.index(position) :]
    for n, unit in enumerate(units):
        if unit.word in _ENDS_LIST or (unit.tag in _CLAUSE_TAGS and not _apposing(units, n)):
            return
        before = units[n - 1].word if n else ""
        if before in _ARTICLES and n > 1:
            before = units[n - 2].word
        after = units[n + 1].word if n + 1 < len(units) else "."
        if before == "as" and n > 1:  # "; as guests Ⓐ", "as well as Ⓡ"
            before = "and" if units[n - 2].word == "well" else units[n - 2].word
        if unit.agent and before in _SEPARATORS and after in _ENDS_MEMBER:
            yield unit
        elif before in ("of", "from") and of_post(units, n):
            yield holders(passage.sentences, units, n)
