"""Which event a sentence reports on when it names none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sco_graph.model import EntityType, Mention, Sentence, Text

# Words just before an event that is only a landmark in time or space for what is told.
_ASIDE = re.compile(
    r"(?:sidelines?|margins?|fringes?|ahead|eve|wake|threshold|anniversary|preparations?|host|results|agenda|theme|outcomes?|programme) (?:of|for|to) (?:\S+ )*$"
    r"|\b(?:after|before|since|until|following|prior to|outside|besides|alongside|next|previous|last|upcoming|coming|future|by) (?:\S+ )?(?:\S+ )?$",
    re.IGNORECASE,
)
_NOT_OFFICIAL = frozenset(("BilateralMeeting", "Visit"))


class Discourse:
    """The events that a text reports on, sentence by sentence."""

    def __init__(self, text: Text) -> None:
        """Walk over the sentences of `text` once."""
        self._text = text
        self._focus: list[Mention | None] = []
        main = self._main()
        current: Mention | None = main
        paragraph = -1
        for sentence in text.sentences:
            if sentence.paragraph != paragraph and current is not None and self._small(current):
                current = main
            paragraph = sentence.paragraph
            for mention in events(sentence):
                if not self._aside(sentence, mention):
                    current = mention
            self._focus.append(current)

    def before(self, number: int) -> Mention | None:
        """Return the event that sentence `number` goes on reporting, or None."""
        return self._focus[number - 1] if number else self._main()

    def at(self, number: int) -> Mention | None:
        """Return the event in focus once sentence `number` is read, or None."""
        return self._focus[number]

    def _main(self) -> Mention | None:
        """Return the first mention of the event that the text speaks of most."""
        mentions = [m for s in self._text.sentences for m in events(s) if not self._aside(s, m)]
        if not mentions:
            return None
        counts = Counter(m.referent for m in mentions if not self._small(m)) or Counter(m.referent for m in mentions)
        most = max(counts.values())
        return next(m for m in mentions if counts[m.referent] == most)

    def _small(self, mention: Mention) -> bool:
        return self._text.referent(mention).kind in _NOT_OFFICIAL

    def _aside(self, sentence: Sentence, mention: Mention) -> bool:
        before = self._text.document.text[max(sentence.start, mention.start - 60) : mention.start]
        return bool(_ASIDE.search(before))


def events(sentence: Sentence) -> Sequence[Mention]:
    """Return the outermost mentions of events in `sentence`, in order."""
    found: list[Mention] = []
    for mention in sentence.mentions:
        if mention.type is EntityType.EVENT and not (found and mention.end <= found[-1].end):
            found.append(mention)
    return found
