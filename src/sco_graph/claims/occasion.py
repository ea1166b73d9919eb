"""Occasions: events that the words beside them give no date or place, but the report of a speech there does.

"He said in Beijing on Monday that ... Speaking at a reception, he added ...": the reception was in Beijing on Monday.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sco_graph.claims.clauses import Clauses, clauses_of
from sco_graph.claims.lexicon import SAYING
from sco_graph.claims.setting import Settings
from sco_graph.claims.spoken_of import quoted
from sco_graph.model import BlockKind, EntityType, Mention, Modality, Sentence, Text

_SPEAKING = SAYING | frozenset("address speak deliver open".split())
_SPOKEN_AT = frozenset("at to during".split())


class Occasion(Struct, frozen=True):
    """An event at which somebody spoke, and the sentence that reports the speech with its day or place."""

    event: Mention
    report: Sentence
    settings: Settings

    def told(self, start: int, end: int) -> bool:
        """Return whether the day or place at `[start, end)` is that of the reported speech, and of no other event."""
        clauses = self.settings.clauses
        root = clauses.root(start, end)
        verb = clauses.verb(root) if root is not None else None
        if verb is None or root is None or clauses.tokens[verb].lemma not in SAYING:
            return False
        if clauses.tokens[root].dep in ("nsubj", "nsubjpass", "dobj", "poss"):
            return False
        direct = clauses.tokens[root].head == verb or clauses.governor(root) == verb
        return direct and self.settings.of(start, end) is None


def occasions(text: Text) -> Iterator[Occasion]:
    """Yield each event at which somebody speaks, with its own sentence and the one before it."""
    for number, sentence in enumerate(text.sentences):
        if sentence.block is not BlockKind.BODY or not any(m.type is EntityType.EVENT for m in sentence.mentions):
            continue
        clauses = clauses_of(sentence)
        for event in clauses.events:
            if quoted(event, text) or not _spoken_at(event, clauses):
                continue
            for report in text.sentences[max(0, number - 1) : number + 1][::-1]:
                if report.block is BlockKind.BODY and (report is sentence or _persons(report) & _persons(sentence)):
                    yield Occasion(event, report, Settings(report, text.document.text))


def _spoken_at(event: Mention, clauses: Clauses) -> bool:
    root = clauses.root(event.start, event.end)
    if root is None:
        return False
    token = clauses.tokens[root]
    head = clauses.tokens[token.head]
    if token.dep in ("dobj", "dative"):
        verb = token.head if head.lemma in ("tell", "address") else None
    else:
        at = token.dep == "pobj" and head.text.lower() in _SPOKEN_AT
        verb = clauses.verb(head.head) if at else None
    if verb is None or clauses.tokens[verb].lemma not in _SPEAKING:
        return False
    return clauses.modality(verb) is Modality.ASSERTED and not clauses.perfect(verb)


def _persons(sentence: Sentence) -> set[str]:
    return {m.referent for m in sentence.mentions if m.type is EntityType.PERSON}
