"""Here: the adverb that stands for the city of the dateline, "TASHKENT, July 12 - The premiers met here on Friday"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from sco_graph.claims.words import Word, words_of
from sco_graph.extract.gazetteer import city, known
from sco_graph.model import BlockKind, EntityType, Mention, Referent, Sentence, Text

_WORD = "here"
_NEXT = frozenset("in at is are was were to 's , :".split())


def find(text: Text) -> Text:
    """Return `text` with the mentions that "here" makes of the place in the dateline before it, outside quotations."""
    if f" {_WORD}" not in text.document.text:
        return text
    sentences: list[Sentence] = []
    referents = dict(text.referents)
    place: Referent | None = None
    for number, sentence in enumerate(text.sentences):
        if sentence.block is BlockKind.FURNITURE:
            if (
                place is None
                and number + 1 < len(text.sentences)
                and _opens(sentence, text.sentences[number + 1], text)
            ):
                place = _city(sentence, referents)
        elif place is not None and (heres := list(_heres(sentence, place, text))):
            referents.setdefault(place.id, place)
            mentions = sorted((*sentence.mentions, *heres), key=lambda m: (m.start, -m.end))
            sentence = sentence.with_mentions(tuple(mentions))
        sentences.append(sentence)
    return replace(text, sentences=tuple(sentences), referents=referents)


def _opens(line: Sentence, following: Sentence, text: Text) -> bool:
    """Whether `line` opens the paragraph that `following` begins, as a dateline does."""
    body = following.block is BlockKind.BODY
    return body and len(line.text) < 120 and "\n" not in text.document.text[line.end : following.start]


def _city(line: Sentence, referents: dict[str, Referent]) -> Referent | None:
    words = words_of(line)
    end = (city(words, 0) or _seat(words)) if words else None
    if end is None:
        return None
    name = " ".join(w.text.title() if w.shouted else w.text for w in words[:end])
    for referent in referents.values():
        if referent.type is EntityType.PLACE and name in (referent.name, *referent.aliases):
            return referent
    return Referent(f"place@{line.start}", EntityType.PLACE, name)


def _seat(words: tuple[Word, ...]) -> int | None:
    found = next((k for k in known(words[:3]) if k.first == 0), None)
    return found.last if found and not (found.state or found.organization) else None


def _heres(sentence: Sentence, place: Referent, text: Text) -> Iterator[Mention]:
    for number, token in enumerate(sentence.tokens):
        if token.text != _WORD or token.tag != "RB" or any(q.start <= token.start < q.end for q in text.quotations):
            continue
        after = sentence.tokens[number + 1].text if number + 1 < len(sentence.tokens) else ""
        if after not in _NEXT:
            yield Mention(token.start, token.end, token.text, EntityType.PLACE, place.id, named=False)
