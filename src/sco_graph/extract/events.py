"""Events: the phrases that name or refer to events, and the events they refer to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sco_graph.extract import event_councils, event_formats, event_names, event_references, event_standing
from sco_graph.extract.event_chains import Linker, mention
from sco_graph.extract.event_occurrences import Occurrence
from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text

_BESIDE = re.compile(
    r"\W*(?:\b(?:in|of|on|for|held|to|be|is|was|will|which|that|scheduled|planned|due|set|took|takes|take|place|from|the)\b\W*){0,6}"
)
# "It is the first SCO summit that Iran attends": the event under way, told in other words.
_PREDICATE = re.compile(
    r"\b(?:it|this)(?:\s(?:is|was|will\sbe|would\sbe|marks|marked)|['’]s)\s(?:also\s|only\s|just\s)?(?:the|an?)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
# "Peace Mission 2007, the anti-terror drill that ...": the same event, with what may close the name before.
_APPOSED = re.compile(
    r"[”\"»’']?(?:\s\([^()\n]{2,20}\))?[”\"»’']?,[”\"»’']?\s(?:the|an?|its|this\syear['’]s)\s(?:[\w-]+\s){0,2}[\"“«‘']?"
)
_RENAMED = re.compile(r",\s(?:better|also|commonly|widely|otherwise)\s(?:known|referred\sto)\sas\s(?:the\s)?[\"“«‘']?")
_ADJUNCT = re.compile(
    r"\W*(?:On|At|In|During|Within|Ahead|After|Before|Following|Prior|Amid|As|Under|Besides|Alongside|Apart)\b[^,]*$"
)
_PREDICATED = re.compile(r"[^.;]{0,120}?\s(?:was|were|is|are|will|took|takes|has|had|opened|began|kicked)\b")
_NAMED_BEHIND = re.compile(r"(?:\sof\s(?:their|its)\sown)?,\s(?:the\s)?[\"“«‘']?")
_LIST = re.compile(r"[^.;]{0,60}?(?:,\s|\s)(?:and|or|as\swell\sas|along\swith)\s")
_DATED = re.compile(r"\d|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber")
_REACH = 60
"""A date stands at most so many characters behind the phrase whose event it dates."""
_LOCATED = re.compile(r"\b(?:in|at)\s(?:the\s)?(?:(?:city|capital|town)\sof\s)?$", re.IGNORECASE)


def find(text: Text) -> Text:
    """Return `text` with mentions of events, and of nothing else where a name is that of an event."""
    abbreviations = {
        r.abbreviation: r.name
        for r in text.referents.values()
        if r.abbreviation and r.name and r.abbreviation != r.name
    }
    linker = Linker(abbreviations, text.document.published)
    phrases: list[tuple[int, EventPhrase]] = []
    named: set[str] = set()
    for number, sentence in enumerate(text.sentences):
        if sentence.block is not BlockKind.FURNITURE:
            found_here = event_names.phrases(sentence, text.document.text, named)
            found_here = event_councils.phrases(sentence, text.document.text, found_here)
            found_here = event_formats.phrases(sentence, text.document.text, found_here)
            phrases += ((number, phrase) for phrase in found_here)
            named |= {phrase.head for phrase in found_here if phrase.name}
    before: list[tuple[int, EventPhrase] | None] = [None, *phrases]
    occurrences = [
        _occurrence(phrase, number, text, earlier[1] if earlier and earlier[0] == number else None)
        for (number, phrase), earlier in zip(phrases, before, strict=False)
    ]
    linked = list(linker.link(occurrences))
    referents = linker.referents()
    found: dict[int, list[Mention]] = {}
    titles: list[tuple[int, int]] = []
    for occurrence, chain in linked:
        phrase = occurrence.phrase
        found.setdefault(occurrence.sentence, []).append(mention(phrase, referents[chain], text.document.text))
        if phrase.title and phrase.name and phrase.text.endswith(phrase.name):
            titles.append((phrase.end - len(phrase.name), phrase.end))
    sentences = tuple(_with_events(s, found.get(n, []), titles) for n, s in enumerate(text.sentences))
    kept = {m.referent for s in sentences for m in s.mentions}
    known = {**text.referents, **{r.id: r for r in referents}}
    linked_text = replace(text, sentences=sentences, referents={id_: r for id_, r in known.items() if id_ in kept})
    return event_references.add(linked_text)


def _with_events(sentence: Sentence, events: list[Mention], titles: Sequence[tuple[int, int]]) -> Sentence:
    """Return `sentence` with `events`; what `titles` without quotation marks speak of has no part in them."""
    if not events:
        return sentence
    kept = [m for m in sentence.mentions if not any(_is_the_event(m, e) for e in events)]
    here = [t for t in titles if sentence.start <= t[0] < sentence.end]
    kept = [m for m in kept if not any(a <= m.start and m.end <= b for a, b in here)]
    return sentence.with_mentions(tuple(sorted((*kept, *events), key=lambda m: (m.start, -m.end))))


def _is_the_event(name: Mention, event: Mention) -> bool:
    """Whether a body's, person's or place's name is in truth that of `event`, or a part torn from it."""
    if name.type is EntityType.COUNTRY:
        return False
    if (name.start, name.end) == (event.start, event.end):
        return True
    crossing = name.start < event.start < name.end < event.end or event.start < name.start < event.end < name.end
    return crossing or (name.start <= event.start and event.end <= name.end)


def _occurrence(phrase: EventPhrase, number: int, text: Text, before: EventPhrase | None) -> Occurrence:
    """Return the phrase with what its sentence says of it; `before` is the phrase that precedes it there."""
    sentence = text.sentences[number]
    source = text.document.text
    predicate = _PREDICATE.search(source[max(sentence.start, phrase.start - 40) : phrase.start]) is not None
    if predicate:  # what it is called here sets it apart from others, but is not its name
        phrase = replace(phrase, name=None, ordinal=None)
    period = None
    places = [m for m in sentence.mentions if m.type in (EntityType.PLACE, EntityType.COUNTRY)]
    for time in sentence.times:
        # Days told from that of the report may be those of what is said: "a briefing on the festival in Mumbai today".
        over = places if _DATED.search(source[time.start : time.end]) else []
        between = _without(over, source, phrase.end, time.start)
        behind = 0 <= time.start - phrase.end < _REACH and _BESIDE.fullmatch(between)
        ahead = 0 <= phrase.start - time.end <= 24 and _before(source[time.end : phrase.start])
        if behind or ahead or phrase.start <= time.start < phrase.end:
            period = time.first
            break
    located = [m for m in places if _LOCATED.search(source[max(0, m.start - 24) : m.start])]
    return Occurrence(
        phrase,
        number,
        period,
        tuple(t.first for t in sentence.times if t.start > phrase.end),
        frozenset(m.text.casefold() for m in located if m.type is EntityType.PLACE),
        sentence.paragraph,
        sentence.block is not BlockKind.BODY,
        predicate,
        before is not None and _apposed(before, phrase, source) and not _fronted(before, phrase, sentence),
        event_standing.touched(source[max(sentence.start, phrase.start - 40) : phrase.start]),
        frozenset(m.text.casefold() for m in located if m.type is EntityType.COUNTRY),
        event_standing.talked_of(source[max(sentence.start, phrase.start - 80) : phrase.start]),
        event_standing.addressed(source[max(sentence.start, phrase.start - 40) : phrase.start]),
        before is not None and _RENAMED.fullmatch(source[before.end : phrase.start]) is not None,
    )


def _without(places: Sequence[Mention], source: str, start: int, end: int) -> str:
    """Return the words of `[start, end)` without the names of places that stand there."""
    words = source[start:end]
    for place in reversed([m for m in places if start <= m.start and m.end <= end]):
        words = words[: place.start - start] + words[place.end - start :]
    return words


def _apposed(before: EventPhrase, phrase: EventPhrase, source: str) -> bool:
    """Whether `phrase` tells in other words what `before` names, or names what it tells."""
    between = source[before.end : phrase.start]
    told = before.name and not phrase.other and _APPOSED.fullmatch(between)
    named = before.name is None and phrase.name and not phrase.determiner and _NAMED_BEHIND.fullmatch(between)
    return bool(told or named) and not _LIST.match(source[phrase.end : phrase.end + 80])


def _fronted(before: EventPhrase, phrase: EventPhrase, sentence: Sentence) -> bool:
    """Whether the sentence opens with `before` as an adjunct, and `phrase` is its subject: "During the forum, a seminar was held"."""
    opening = sentence.text[: before.start - sentence.start]
    behind = sentence.text[phrase.end - sentence.start :]
    return bool(_ADJUNCT.match(opening)) and bool(_PREDICATED.match(behind))


def _before(between: str) -> bool:
    """Whether a date before a phrase belongs to it: "last year's SCO summit", "the July summit"."""
    return bool(re.fullmatch(r"(?:['’]s)?\s(?:\w+\s){0,2}", between)) and "that" not in between
