"""Meetings: events that a verb tells and no noun names ("Zhang Ming met Batyr Tursunov", "signed a memorandum")."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sco_graph.claims.participation.bilateral import Encounter, EncounterKind, encounters
from sco_graph.model import EntityType, Mention, Referent, Sentence, Text

_KINDS = {EncounterKind.MEETING: "BilateralMeeting", EncounterKind.SIGNING: "Ceremony"}
_LONGEST_LABEL = 6


def find(text: Text) -> Text:
    """Return `text` with a mention, and a referent without a name, for each encounter that only a verb tells."""
    referents = dict(text.referents)
    added: dict[int, list[Mention]] = defaultdict(list)
    known: dict[tuple[str, ...], str] = {}
    for number, encounter in encounters(text):
        if encounter.event is not None or _already(text, encounter, number):
            continue
        key = _key(text, text.sentences[number], encounter)
        referent = known.setdefault(key, f"event@{encounter.start}-{encounter.end}")
        if referent not in referents:
            label = _label(text, encounter)
            referents[referent] = Referent(referent, EntityType.EVENT, None, label=label, kind=_KINDS[encounter.kind])
        words = text.document.text[encounter.start : encounter.end]
        mention = Mention(encounter.start, encounter.end, words, EntityType.EVENT, referent, named=False)
        added[_sentence_of(text, number, encounter)].append(mention)
    sentences = tuple(_with(s, added.get(n, [])) for n, s in enumerate(text.sentences))
    return replace(text, sentences=sentences, referents=referents)


def _already(text: Text, encounter: Encounter, number: int) -> bool:
    return any(
        m.type is EntityType.EVENT and (m.start, m.end) == (encounter.start, encounter.end)
        for s in text.sentences[number : number + 8]
        for m in s.mentions
    )


def _key(text: Text, sentence: Sentence, encounter: Encounter) -> tuple[str, ...]:
    """Return what tells encounters of a document apart: kind, parties and, where said, the day."""
    parties = sorted({m.referent for m in (*encounter.host, *encounter.guests)})
    if len(parties) < 2:  # one side is a pronoun, so nothing is certain
        return (str(encounter.start), str(encounter.end))
    return (encounter.kind, *parties)


def _label(text: Text, encounter: Encounter) -> str:
    parties = [*encounter.host, *encounter.guests][:_LONGEST_LABEL]
    names = list(dict.fromkeys(text.referent(m).name or m.text for m in parties))
    listed = " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)
    return f"{encounter.kind} of {listed}" if listed else str(encounter.kind)


def _sentence_of(text: Text, number: int, encounter: Encounter) -> int:
    while number + 1 < len(text.sentences) and text.sentences[number].end <= encounter.start:
        number += 1
    return number


def _with(sentence: Sentence, added: list[Mention]) -> Sentence:
    if not added:
        return sentence
    return replace(
        sentence, mentions=tuple(sorted({*sentence.mentions, *added}, key=lambda m: (m.start, -m.end, m.type)))
    )
