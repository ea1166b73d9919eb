"""Read the patterns over the gists of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.gist import Gist, gists
from sco_graph.claims.participation.units import EVENT, Unit
from sco_graph.claims.participation import attending, leading, organizing, speaking
from sco_graph.claims.participation.patterns import Pattern
from sco_graph.claims.participation.reading import Reading
from sco_graph.model import BlockKind, Capacity, Mention, Modality, Sentence, Text

PATTERNS = (*leading.PATTERNS, *organizing.PATTERNS, *speaking.PATTERNS, *attending.PATTERNS)
_NEGATED = re.compile(
    r"\b(?:not(?! only)|never|n't|absent|unable|invited|expected|cancelled|canceled|declined|missed|instead of)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were|due|set|going|plans?|planned|planning|scheduled|about|ready|agreed|yet) to)\b"
)
_ONLY_IF_HELD = frozenset((Capacity.ATTENDEE, Capacity.SPEAKER, Capacity.SIGNATORY))
_ENDS = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])[.!?:…][\"'”’»)\]]*\s*$")
_ITEM = re.compile(r"^(?:[-*•–·—\d.) ]*)(?:[ⒶⒷⓇ][ ,;.]*(?:and )?)?$")
_LONGEST_LIST = 60
_REACH = 90
_FAR = 400
_NEAR = 25


def passages(text: Text) -> Iterator[tuple[int, Sequence[Sentence]]]:
    """Yield stretches to be read as one sentence, each with the number of its first sentence.

    A sentence without an end goes on in the next of its paragraph; one that ends in a colon, in the list below it.
    """
    n = 0
    sentences = text.sentences
    while n < len(sentences):
        end = n + 1
        while end < len(sentences) and end - n < _LONGEST_LIST and _goes_on(sentences, n, end):
            end += 1
        if sentences[n].block is not BlockKind.FURNITURE:
            yield n, sentences[n:end]
        n = end


def _goes_on(sentences: Sequence[Sentence], first: int, next_: int) -> bool:
    last = sentences[next_ - 1]
    if last.paragraph == sentences[next_].paragraph and not _ENDS.search(last.text):
        return True
    if not sentences[first].text.rstrip().endswith(":"):
        return False
    return all(_ITEM.match(g.text) for g in gists([sentences[next_]]))


def readings(text: Text, discourse: Discourse) -> Iterator[Reading]:
    """Yield who takes part in what, by the patterns."""
    for number, sentences in passages(text):
        for gist in gists(sentences):
            for pattern in PATTERNS:
                for match in pattern.regex.finditer(gist.text):
                    yield from _read(text, discourse, number, sentences, gist, pattern, match)


def _read(
    text: Text,
    discourse: Discourse,
    number: int,
    sentences: Sequence[Sentence],
    gist: Gist,
    pattern: Pattern,
    match: re.Match[str],
) -> Iterator[Reading]:
    if pattern.about_event and not _about_event(gist, match):
        return
    if match.groupdict().get("body") and not _sits(text, gist, match):
        return
    modality = _modality(gist, pattern, match)
    event = _event(discourse, gist, match) or discourse.before(number)
    if modality is None or event is None or not _fits(text, discourse, number, pattern, event):
        return
    for unit in _agents(gist, pattern, match):
        for agent in unit.mentions:
            start, end = min(unit.start, sentences[0].start), max(unit.end, sentences[-1].end)
            yield Reading(event, agent, pattern.capacity, start, end, pattern.name, modality)


_ABOUT = re.compile(r"(?:^|[.;:] )(?:[^ⒶⒷⓇ.;:]* )?(?:it|this|which|they|the same)\b[^ⒶⒷⓇ]*$|^(?:[^ⒶⒷⓇ ]* ){0,2}$")
_ASSEMBLY = re.compile(
    r"council|assembly|committee|conference|board|bureau|commission|session|parliament|duma|senate", re.I
)


def _fits(text: Text, discourse: Discourse, number: int, pattern: Pattern, event: Mention) -> bool:
    if pattern.weak and (not discourse.reports(event)):
        return False
    return not pattern.kinds or text.referent(event).kind in pattern.kinds


def _about_event(gist: Gist, match: re.Match[str]) -> bool:
    """Return whether a passive verb is said of an event, or of "it", and not of a post or a body."""
    before = gist.text[: match.start()]
    return EVENT in before or bool(_ABOUT.search(before))


def _sits(text: Text, gist: Gist, match: re.Match[str]) -> bool:
    """Return whether the body that is spoken to is one that meets, so that the words were said at its meeting."""
    body = text.referent(gist.unit(match.start("body")).mentions[0])
    return bool(_ASSEMBLY.search(" ".join((body.name or "", *body.aliases))))


def _modality(gist: Gist, pattern: Pattern, match: re.Match[str]) -> Modality | None:
    """Return how the match is put; None if it denies, or only expects someone to come."""
    before = re.split(r"[,;.:ⒶⒷⓇ]", gist.text[max(0, match.start() - _NEAR) : match.start()])[-1]
    words = before + re.split(r"\bthat\b", match.group(0))[0]
    if _NEGATED.search(words):
        return None
    if _PLANNED.search(words):
        return None if pattern.capacity in _ONLY_IF_HELD else Modality.PLANNED
    return Modality.ASSERTED


def _agents(gist: Gist, pattern: Pattern, match: re.Match[str]) -> Iterator[Unit]:
    if pattern.everyone:
        yield from (u for u in gist.between(match.start(), match.end()) if u.agent)
        return
    for name in ("who", "who2"):
        if match.groupdict().get(name):
            yield gist.unit(match.start(name))
    if pattern.tail:
        yield from _further(gist, match.end())


_SEPARATORS = frozenset((",", ";", "and", "&"))


def _further(gist: Gist, position: int) -> Iterator[Unit]:
    """Yield the members of a list that come after something unknown, up to the end of the clause."""
    units = [u for p, u in gist.at.items() if p >= position]
    for n, unit in enumerate(units):
        if unit.word in (".", ":", "!", "?", "—", EVENT) or unit.tag in ("VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB"):
            return
        before = units[n - 1].word if n else ""
        if before in _ARTICLES and n > 1:
            before = units[n - 2].word
        after = units[n + 1].word if n + 1 < len(units) else "."
        if unit.agent and before in _SEPARATORS and after in _ENDS_MEMBER:
            yield unit


_ARTICLES = frozenset(("the", "a", "an"))
_ENDS_MEMBER = _SEPARATORS | frozenset((".", "as", "along", "together", "among", "in", "on", "at"))


def _event(discourse: Discourse, gist: Gist, match: re.Match[str]) -> Mention | None:
    """Return the event that the match names, else the nearest of its clause."""
    for name in ("what", "what2"):
        if match.groupdict().get(name):
            return gist.unit(match.start(name)).mentions[0]
    told = [(p, u.mentions[0]) for p, u in gist.at.items() if u.word == EVENT and _told(discourse, gist, p, u)]
    before = [m for p, m in told if match.start() - _FAR <= p < match.end()]
    if before:
        return before[-1]
    behind = [m for p, m in told if match.end() <= p < match.end() + _REACH and _LOCATES.search(gist.text[:p])]
    return behind[0] if behind else None


_LOCATES = re.compile(r"\b(?:at|in|of|to|during|for) (?:[^ⒶⒷⓇⒺ,;:. ]+ ){0,4}$")
_LANDMARK = re.compile(
    r"\b(?:(?:sidelines?|margins?|fringes?|eve|threshold|results|outcomes?|agenda|preparations?|ahead|anniversary) (?:of|for)"
    r"|since|until|prior to|(?:after|before|following)(?! an? )) (?:[^ⒶⒷⓇⒺ,;:. ]+ ){0,4}$"
)


def _told(discourse: Discourse, gist: Gist, position: int, unit: Unit) -> bool:
    """Return whether the event is more than a landmark, and not within somebody's words."""
    return not _LANDMARK.search(gist.text[max(0, position - 80) : position]) and not discourse.said(unit.mentions[0])
