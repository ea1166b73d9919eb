"""Meetings: events that a verb tells and no noun names ("Zhang Ming met Batyr Tursunov", "signed a memorandum")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from sco_graph.claims.participation.encounters import Encounter, EncounterKind, encounters
from sco_graph.claims.participation.passages import passages
from sco_graph.model import BlockKind, EntityType, Mention, Referent, Sentence, Text

_KINDS = {
    EncounterKind.MEETING: "BilateralMeeting",
    EncounterKind.SIGNING: "Ceremony",
    EncounterKind.GATHERING: "Meeting",
    EncounterKind.VISIT: "Visit",
    EncounterKind.BRIEFING: "Briefing",
}
_LONGEST_LABEL = 6
_TWO = 2
# How far behind a meeting "the meeting" may stand that means it, in sentences.
_REACH = 12
# How soon behind a meeting "the meeting" means it rather than a named event told of before, in sentences.
_SOON = 2
_BEFORE = 60
# Words before an event that is only touched on.
_TOUCHED = re.compile(
    r"\b(?:sidelines?|margins?|eve|site|venue|prepar\w+|agenda|ahead|host(?:ing)?|results?|outcomes?|for|since|until|before|after|(?:next|last)(?! (?:day|morning|evening|week|month|year))"
    r"|upcoming|forthcoming|coming|future|previous|attend|invited|follow\w+)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"(?:upcoming|forthcoming|coming|future|next)\b")
_IT = re.compile(r"\b(?:it|they|both|which)\s(?:was|were)\s$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|their|same|\w+day'?s?) (?:[\w-]+ )?$", re.IGNORECASE)
_SUMMIT = re.compile(r"(?:summit|session|gathering|retreat)$")
_OF_MANY = re.compile(
    r"\b(?:ministers|ministerial|heads|leaders|secretaries|coordinators|council|committee|commission|plenary|annual|regular|expert|trilateral"
    r"|preparatory|first|second|third|\d+(?:st|nd|rd|th))\b"
)
# A meeting of two has no chair and no attendance.
_OF_MANY_BEHIND = re.compile(
    r"(?:,\s(?:which\s)?|\s)(?:(?:was|is|will\sbe|has\sbeen|is\sbeing)\s)?(?:also\s)?(?:chaired|attended|presided|moderated|co-?chaired)\b"
)
_ATTENDING = re.compile(r"\battend(?:s|ed|ing)?\s(?:the|this)\s$")
_RETOLD = re.compile(r"(?:meetings?|talks|conversations?|discussions?|negotiations|consultations|audience|encounter)$")


def find(text: Text) -> Text:
    """Return `text` with a mention, and a referent without a name, for each encounter that only a verb tells.

    "The meeting" and "the talks" behind such a verb mean its event, unless they mean one told before.
    """
    referents = dict(text.referents)
    added: dict[int, list[Mention]] = defaultdict(list)
    found = tuple(encounters(text, tuple(passages(text))))
    known, same = _by_noun(text, found)
    told: list[tuple[int, str]] = []
    crowds: set[str] = set()
    signed: tuple[int, str] | None = None
    for encounter in found:
        _label_noun(text, encounter, referents)
        if encounter.event is not None and len(encounter.parties) >= _TWO and not text.referent(encounter.event).name:
            told.append((_sentence_of(text, encounter), known.get(_key(encounter), encounter.event.referent)))
        if encounter.event is not None or _already(encounter):
            continue
        referent = known.setdefault(_key(encounter), f"event@{encounter.start}-{encounter.end}")
        if encounter.kind is EncounterKind.SIGNING:
            if (
                signed
                and encounter.passage.number - signed[0] <= 1
                and _IT.search(text.document.text[max(0, encounter.start - 20) : encounter.start])
            ):
                referent = signed[1]
            signed = (encounter.passage.number, referent)
        if referent not in referents:
            label = _label(text, encounter)
            referents[referent] = Referent(referent, EntityType.EVENT, None, label=label, kind=_KINDS[encounter.kind])
        words = text.document.text[encounter.start : encounter.end]
        mention = Mention(encounter.start, encounter.end, words, EntityType.EVENT, referent, named=False)
        place = _sentence_of(text, encounter)
        added[place].append(mention)
        if encounter.kind not in (EncounterKind.SIGNING, EncounterKind.VISIT):
            told.append((place, referent))
            crowds |= {referent} if encounter.crowd else set()
    own = {e.event.referent for e in found if e.event and len(e.parties) >= _TWO}
    retold = {event: other for event, other in _retold(text, told, crowds).items() if event not in own}
    same = _settled({**retold, **same})
    drawn = _drawn(text, told, crowds)
    sentences = tuple(_with(s, added.get(n, []), same, drawn) for n, s in enumerate(text.sentences))
    kept = {key: value for key, value in referents.items() if key not in same}
    return replace(text, sentences=sentences, referents=kept)


def _by_noun(text: Text, found: Iterable[Encounter]) -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Return the meetings that a noun tells ("a meeting of A with B"), by what tells them apart.

    And the referents of nouns for a meeting of the same parties told before, by that meeting's referent: the headline's
    "talks of A with B", or "the conversation of A and B".
    """
    known: dict[tuple[str, ...], str] = {}
    same: dict[str, str] = {}
    asides = {m for s in text.sentences if s.block is not BlockKind.BODY for m in s.mentions}
    first: dict[str, Mention] = {}
    for encounter in found:
        event = encounter.event
        if event is None or len(encounter.parties) < _TWO or text.referent(event).name:
            continue
        before = first.setdefault(known.setdefault(_key(encounter), event.referent), event)
        again = before in asides or _DEFINITE.search(text.document.text[max(0, event.start - 20) : event.start])
        if before.referent != event.referent and again:
            same[event.referent] = before.referent
    return known, same


def _settled(same: dict[str, str]) -> dict[str, str]:
    """Return `same` with each referent sent to where it ends; what comes back to itself stays as it is."""
    settled: dict[str, str] = {}
    for referent in same:
        passed, last = {referent}, same[referent]
        while last in same and last not in passed:
            passed.add(last)
            last = same[last]
        if last not in passed:
            settled[referent] = last
    return settled


def _already(encounter: Encounter) -> bool:
    return any(
        m.type is EntityType.EVENT and (m.start, m.end) == (encounter.start, encounter.end)
        for s in encounter.passage.sentences
        for m in s.mentions
    )


def _key(encounter: Encounter) -> tuple[str, ...]:
    """Return what tells the encounters of a document apart: their kind and parties."""
    parties = sorted(encounter.parties)
    if len(parties) < 2:  # one side is a pronoun, so nothing is certain
        return (str(encounter.start), str(encounter.end))
    return (f"earlier {encounter.kind}" if encounter.earlier else encounter.kind, *parties)


def _label(text: Text, encounter: Encounter) -> str:
    if encounter.crowd:
        return f"meeting of {encounter.crowd.rstrip(' ,')}"
    parties = encounter.everyone[:_LONGEST_LABEL]
    names = list(dict.fromkeys(text.referent(m).name or m.text for m in parties))
    listed = " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)
    return f"{encounter.kind} of {listed}" if listed else str(encounter.kind)


def _label_noun(text: Text, encounter: Encounter, referents: dict[str, Referent]) -> None:
    """Give the event of a noun that stands alone ("telephone conversation") a label that tells whose it was."""
    if encounter.event is None or len(encounter.parties) < _TWO:
        return
    referent = referents[encounter.event.referent]
    bare = referent.label is not None and " of " not in referent.label and " between " not in referent.label
    if referent.name is None and bare and referent == text.referent(encounter.event):
        names = _label(text, encounter).partition(" of ")[2]
        referents[referent.id] = replace(referent, label=f"{referent.label} of {names}")


def _sentence_of(text: Text, encounter: Encounter) -> int:
    number = encounter.passage.number
    while number + 1 < len(text.sentences) and text.sentences[number].end <= encounter.start:
        number += 1
    return number


def _retold(text: Text, told: list[tuple[int, str]], crowds: set[str]) -> dict[str, str]:
    """Return the referents of "the meeting" and the like that mean an event just told, by that event's referent.

    "The summit" may mean one of `crowds`, where more than two sides met.
    """
    same: dict[str, str] = {}
    seen: set[str] = set()
    at = {place: n for n, (place, _) in enumerate(told)}
    for number, sentence in enumerate(text.sentences):
        for mention in sentence.mentions:
            new = mention.type is EntityType.EVENT and mention.referent not in seen
            if sentence.block is BlockKind.BODY:  # a headline tells of nothing that was told before
                seen.add(mention.referent)
            if not new or text.referent(mention).name:
                continue
            near = [at[place] for place in range(number - _REACH, number) if place in at]
            event = told[max(near)][1] if near else ""
            words = mention.text.lower()
            many = event in crowds
            again = _RETOLD.search(words) if many or not _OF_MANY.search(words) else None
            again = again or (_SUMMIT.search(words) if many else None)
            before = text.document.text[max(sentence.start, mention.start - 20) : mention.start]
            if near and again and event != mention.referent and _DEFINITE.search(before):
                same[mention.referent] = event
    return same


def _drawn(text: Text, told: list[tuple[int, str]], crowds: set[str]) -> dict[Mention, str]:
    """Return the words "the meeting" and the like that seemed to mean a named event but mean one just told, by the latter.

    So they do if the text has only touched on the named event ("the upcoming summit"), or told of it before the other.
    """
    drawn: dict[Mention, str] = {}
    reported: dict[str, int] = {}
    for number, sentence in enumerate(text.sentences):
        for mention in sentence.mentions:
            if mention.type is not EntityType.EVENT:
                continue
            before = text.document.text[max(sentence.start, mention.start - _BEFORE) : mention.start]
            near = [(place, event) for place, event in told if number - _REACH <= place < number]
            many = bool(near) and near[-1][1] in crowds
            words = mention.text.lower()
            called = _RETOLD.search(words) or (many and _SUMMIT.search(words))
            again = not mention.named and called and _DEFINITE.search(before)
            referent = text.referent(mention)
            of_many = _OF_MANY_BEHIND.match(text.document.text, mention.end) or _ATTENDING.search(before)
            attended = of_many and near and not many
            if again and near and not attended and (referent.name or _TO_COME.match(referent.label or "")):
                place, event = near[-1]
                last = reported.get(mention.referent)
                if last is None or (last < place and number - place <= _SOON):
                    drawn[mention] = event
                    continue
            if not _TOUCHED.search(before):
                reported[mention.referent] = number
    return drawn


def _with(sentence: Sentence, added: list[Mention], same: dict[str, str], drawn: dict[Mention, str]) -> Sentence:
    everyone = (*sentence.mentions, *added)
    if same or drawn:
        meant = ((m, drawn.get(m) or same.get(m.referent)) for m in everyone)
        everyone = tuple([replace(m, referent=other) if other else m for m, other in meant])
    told = set(everyone)
    mentions = tuple(sorted(told, key=lambda m: (m.start, -m.end, m.type)))
    # What was read from a sentence is remembered as long as it stays the same.
    return sentence if mentions == sentence.mentions else sentence.with_mentions(mentions)
