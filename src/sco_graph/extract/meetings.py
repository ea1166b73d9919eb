"""Meetings: events that a verb tells and no noun names ("Zhang Ming met Batyr Tursunov", "signed a memorandum")."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from sco_graph.claims.participation.encounters import Encounter, EncounterKind, encounters
from sco_graph.claims.participation.passages import passages
from sco_graph.model import EntityType, Mention, Referent, Sentence, Text

_KINDS = {
    EncounterKind.MEETING: "BilateralMeeting",
    EncounterKind.SIGNING: "Ceremony",
    EncounterKind.GATHERING: "Meeting",
    EncounterKind.VISIT: "Visit",
}
_LONGEST_LABEL = 6
# How far behind a meeting "the meeting" may stand that means it, in sentences.
_REACH = 12
_DEFINITE = re.compile(r"\b(?:the|this|that|these|their|same|\w+day'?s?) (?:\w+ )?$", re.IGNORECASE)
_RETOLD = re.compile(r"(?:meetings?|talks|conversations?|discussions?|negotiations|consultations|audience|encounter)$")


def find(text: Text) -> Text:
    """Return `text` with a mention, and a referent without a name, for each encounter that only a verb tells.

    "The meeting" and "the talks" behind such a verb mean its event, unless they mean one told before.
    """
    referents = dict(text.referents)
    added: dict[int, list[Mention]] = defaultdict(list)
    known: dict[tuple[str, ...], str] = {}
    told: list[tuple[int, str]] = []
    for encounter in encounters(text, tuple(passages(text))):
        if encounter.event is not None or _already(encounter):
            continue
        referent = known.setdefault(_key(encounter), f"event@{encounter.start}-{encounter.end}")
        if referent not in referents:
            label = _label(text, encounter)
            referents[referent] = Referent(referent, EntityType.EVENT, None, label=label, kind=_KINDS[encounter.kind])
        words = text.document.text[encounter.start : encounter.end]
        mention = Mention(encounter.start, encounter.end, words, EntityType.EVENT, referent, named=False)
        place = _sentence_of(text, encounter)
        added[place].append(mention)
        if encounter.kind is not EncounterKind.SIGNING:
            told.append((place, referent))
    same = _retold(text, told)
    sentences = tuple(_with(s, added.get(n, []), same) for n, s in enumerate(text.sentences))
    kept = {key: value for key, value in referents.items() if key not in same}
    return replace(text, sentences=sentences, referents=kept)


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
    return (encounter.kind, *parties)


def _label(text: Text, encounter: Encounter) -> str:
    parties = encounter.everyone[:_LONGEST_LABEL]
    names = list(dict.fromkeys(text.referent(m).name or m.text for m in parties))
    listed = " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)
    return f"{encounter.kind} of {listed}" if listed else str(encounter.kind)


def _sentence_of(text: Text, encounter: Encounter) -> int:
    number = encounter.passage.number
    while number + 1 < len(text.sentences) and text.sentences[number].end <= encounter.start:
        number += 1
    return number


def _retold(text: Text, told: list[tuple[int, str]]) -> dict[str, str]:
    """Return the referents of "the meeting" and the like that mean an event just told, by that event's referent."""
    same: dict[str, str] = {}
    seen: set[str] = set()
    at = {place: n for n, (place, _) in enumerate(told)}
    for number, sentence in enumerate(text.sentences):
        for mention in sentence.mentions:
            new = mention.type is EntityType.EVENT and mention.referent not in seen
            seen.add(mention.referent)
            if not new or text.referent(mention).name or not _RETOLD.search(mention.text.lower()):
                continue
            before = text.document.text[max(sentence.start, mention.start - 20) : mention.start]
            near = [at[place] for place in range(number - _REACH, number) if place in at]
            if near and _DEFINITE.search(before):
                same[mention.referent] = told[max(near)][1]
    return same


def _with(sentence: Sentence, added: list[Mention], same: dict[str, str]) -> Sentence:
    everyone = (*sentence.mentions, *added)
    told = {replace(m, referent=same[m.referent]) if m.referent in same else m for m in everyone}
    mentions = tuple(sorted(told, key=lambda m: (m.start, -m.end, m.type)))
    # What was read from a sentence is remembered as long as it stays the same.
    return sentence if mentions == sentence.mentions else replace(sentence, mentions=mentions)
