"""Names of persons, bodies, states and places: mentions and the referents they belong to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sco_graph.extract.language import NameSpan, Parse
from sco_graph.model import Document, EntityType, Mention, Referent, Text

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
}
_STATES = {"China", "Russia", "Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan", "India", "Pakistan", "Iran", "Belarus", "Mongolia", "Afghanistan"}


def find(document: Document, parse: Parse) -> Text:
    """Return the document with the mentions of its persons, bodies, states and places."""
    referents: dict[str, Referent] = {}
    mentions: list[Mention] = []
    known: dict[tuple[EntityType, str], str] = {}
    for span in parse.names:
        if span.label not in _TYPES:
            continue
        mention = _mention(document, span, known)
        referents.setdefault(mention.referent, Referent(mention.referent, mention.type, mention.text))
        mentions.append(mention)
    inside = defaultdict(list)
    for mention in mentions:
        for number, sentence in enumerate(parse.sentences):
            if sentence.start <= mention.start and mention.end <= sentence.end:
                inside[number].append(mention)
    return Text(
        document,
        tuple(replace(s, mentions=tuple(inside[n])) for n, s in enumerate(parse.sentences)),
        referents,
    )


def _mention(document: Document, span: NameSpan, known: dict[tuple[EntityType, str], str]) -> Mention:
    words = document.text[span.start : span.end]
    start = span.start
    if words.casefold().startswith("the "):
        start, words = start + 4, words[4:]
    type_ = EntityType.COUNTRY if words in _STATES else _TYPES[span.label]
    referent = known.setdefault((type_, words.casefold()), f"{type_}@{start}")
    return Mention(start, span.end, words, type_, referent)
