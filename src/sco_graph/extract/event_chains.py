"""Chains of phrases for events: the same event under a shorter name, "the meeting", "the same summit"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sco_graph.claims.lexicon import FORMATS, WIDE
from sco_graph.extract.event_fitting import (
    ANY,
    LEADERS,
    RELATIVE,
    compatible,
    of_something_else,
    related,
    told_by,
    who_meets,
)
from sco_graph.extract.event_occurrences import Chain, Occurrence, plain, words_in
from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.extract.event_words import GIVEN, GROUPS, HEADS, ONLY_NAMED, OTHERS, ordinal
from sco_graph.model import EntityType, Mention, Referent

_EDITION = re.compile(r"^(?:\S+\s)?edition\sof\s(?:the\s)?")
_NO_CONTENT = frozenset(
    "the of a an and for on in to at with among between s member members states state countries country held".split()
)
_DEFINITE = frozenset({"the", "this", "that", "the same", "these", "those"})
_SERIAL = frozenset("annual regular traditional".split())
"""Words that tell nothing of an event but that there are others like it."""
_OWNERS = frozenset("sco shanghai cooperation organization".split())
_OWNED = _DEFINITE | {"their", "its"}
_AHEAD = frozenset("next another new".split())
"""Words of which some may only say that a series goes on."""
_ANOTHER = frozenset({"edition", "one"})
_PARTS = frozenset({"ceremony", "session", "plenary"})
_FORMED = frozenset("summit meeting session".split())
"""What falls into a narrow and an expanded meeting."""
_HOW_HELD = frozenset(
    "online virtual hybrid international multilateral multinational joint annual formal official main key high level grand"
    " one two day three days long week".split()
)
"""Words that "the" event may have anew: "took part in the online meeting"."""
_OF_LEADERS = frozenset({"Summit", "CouncilMeeting", "Session", "Meeting"})
"""Kinds of events that "the summit" may mean, unless `_OF_OTHERS` than leaders meet there."""
_OF_OTHERS = GROUPS - LEADERS - frozenset("state states member members council councils government".split())
_OPEN_TO_MANY = frozenset("forum conference congress symposium seminar convention".split())
_CALLED_SO = frozenset({"Conference", "Forum", "Dialogue", "RoundTable", "Meeting"})
"""Kinds of events that such a word may mean."""
_NEAR = 2
# How soon behind "the meeting" a session or summit is named that it meant, in sentences.
_SOON = 3
_MOST = 250
"""Of more events than twice this, so many first and last ones are compared: the time stays in proportion to the text."""


class Linker:
    """Links the phrases of one document, given in the order of the text."""

    def __init__(self, abbreviations: Mapping[str, str], published: str | None = None) -> None:
        """Take the document's abbreviations with what they stand for, and the ISO date when it was published."""
        self._year = (published or "")[:4]
        self._full = {short.casefold(): words_in(full) for short, full in abbreviations.items()}
        self._chains: list[Chain] = []
        self._before: Chain | None = None

    def link(self, occurrences: Iterable[Occurrence]) -> Iterator[tuple[Occurrence, int]]:
        """Yield each phrase that stands for one event with the number of its chain."""
        everything = tuple(occurrences)
        # Where only "the enlarged session" is told of, it is what the text reports on.
        apart = len({o.phrase.other in WIDE for o in everything if o.phrase.other in FORMATS}) > 1
        for told in _announced_first(everything):
            whole = self._whole() if told.phrase.other in FORMATS else None
            if told.phrase.bare_format and whole is None:
                continue  # talks of two go on as the same talks
            occurrence = _by_format(told, part=apart and whole is not None)
            chain = whole if whole and not apart else self._chain(occurrence)
            self._before = chain
            if chain is not None:
                chain.add(occurrence, self._keys(occurrence.phrase))
                yield occurrence, chain.number

    def _whole(self) -> Chain | None:
        """Return the summit or council of which "the expanded meeting" is a part."""
        main = self._main()
        return main if main and main.named and main.heads & _FORMED and not main.aside else None

    def referents(self) -> tuple[Referent, ...]:
        """Return what the chains refer to, in the order of their numbers."""
        return tuple(_referent(chain) for chain in self._chains)

    def _chain(self, occurrence: Occurrence) -> Chain | None:
        phrase = occurrence.phrase
        if phrase.name is None and phrase.determiner == "such" and not phrase.plural:
            return self._of_its_kind(occurrence)
        if phrase.name is None and (
            phrase.plural or phrase.determiner in ("such", "each", "every", "any", "no", "both")
        ):
            return None
        found = (
            self._part(phrase)
            or self._same(occurrence)
            or (self._named(occurrence) if phrase.name else self._common(occurrence))
        )
        found = found or self._headlined(occurrence)
        if found is None:
            told_apart = phrase.other in RELATIVE or (phrase.head == "edition" and phrase.ordinal is not None)
            another = phrase.head in _ANOTHER and told_apart and any(c.named for c in self._known())
            if phrase.name is None and phrase.head in ANY | (ONLY_NAMED - GIVEN) and not (another or phrase.held):
                return None
            found = Chain(len(self._chains), occurrence, self._keys(phrase), other=phrase.other)
            main = self._main() if another else None
            if main:
                whole = _EDITION.sub("", main.first.phrase.text)
                found.noun = f"{phrase.text} of {whole}" if phrase.ordinal else main.first.phrase.head
            if phrase.bare_format:
                found.noun = f"meeting {phrase.text}"
            self._chains.append(found)
        return found

    def _of_its_kind(self, occurrence: Occurrence) -> Chain | None:
        """Return the main event for "it is the first time that Tashkent hosts such a meeting", if just spoken of."""
        main = self._main()
        near = main is not None and occurrence.sentence - main.last <= 1 and occurrence.phrase.head in main.heads
        return main if near else None

    def _part(self, phrase: EventPhrase) -> Chain | None:
        """Return the sitting in a narrow, or in a wide, format that was told of before."""
        if phrase.name or phrase.other not in FORMATS:
            return None
        wide = phrase.other in WIDE
        return next((c for c in self._known() if c.other in FORMATS and (c.other in WIDE) == wide), None)

    def _same(self, occurrence: Occurrence) -> Chain | None:
        """Return the event that is told in other words: "it is the first meeting", "the forum, the largest event"."""
        phrase, before = occurrence.phrase, self._before
        if occurrence.renamed and before:
            return before
        if occurrence.apposed and before and related(phrase.head, before.heads, before.keys):
            return before if compatible(occurrence, before) or not phrase.name else None
        if before and before.other and phrase.determiner == "that" and phrase.head in before.heads:
            return before if occurrence.sentence - before.last <= 1 else None
        if not occurrence.predicate:
            return None
        near = [c for c in self._known() if 0 <= occurrence.sentence - c.last <= _SOON and not c.other]
        alike = [c for c in near if phrase.head in c.heads or (phrase.head in c.keys and c.named)]
        return max(alike, key=lambda c: (c.named, c.last), default=None)

    def _known(self) -> Sequence[Chain]:
        """Return the events that a phrase is compared with."""
        return self._chains if len(self._chains) <= 2 * _MOST else self._chains[:_MOST] + self._chains[-_MOST:]

    def _keys(self, phrase: EventPhrase) -> frozenset[str]:
        """Return the words that tell the event apart, abbreviations written out."""
        words: list[str] = []
        for word in words_in(phrase.name or phrase.text):
            words += self._full.get(word, (word,))
        words = who_meets(words)
        passing = _NO_CONTENT | _SERIAL | OTHERS | set(words_in(phrase.head)) | set(words_in(phrase.place or ""))
        numbers = {w for w in words if ordinal(w) or re.fullmatch(r"(?:19|20)\d\d", w)}
        return frozenset(w for w in words if w not in passing and w not in numbers) | ({"summit"} & set(words))

    def _named(self, occurrence: Occurrence) -> Chain | None:
        keys, form = self._keys(occurrence.phrase), plain(occurrence.phrase)
        fitting = [c for c in self._known() if self._same_name(occurrence, keys, c)]
        exact = [c for c in fitting if form in c.forms]
        if not fitting and occurrence.phrase.title and occurrence.phrase.determiner in _DEFINITE:
            fitting = [c for c in self._known() if not c.named and occurrence.phrase.head in c.heads and not c.other]
        return next(iter(exact or sorted(fitting, key=lambda c: -c.last)), None) or self._announced(occurrence)

    def _same_name(self, occurrence: Occurrence, keys: frozenset[str], chain: Chain) -> bool:
        phrase = occurrence.phrase
        if not compatible(occurrence, chain) or not related(phrase.head, chain.heads, chain.keys):
            return False
        if self._of_an_earlier_year(occurrence, chain):
            return False
        if phrase.ordinal and chain.ordinal:
            return keys <= chain.keys or chain.keys <= keys
        anew = phrase.determiner in ("a", "an") and occurrence.sentence != chain.first.sentence
        if anew and chain.named and not all(m.aside for m in chain.members):
            return False
        if not chain.named:
            return False
        if chain.ordinal or not phrase.ordinal:
            return keys <= chain.keys or (
                chain.keys <= keys
                and ((phrase.place == chain.place and phrase.place is not None) or self._fuller(phrase, chain))
            )
        # A headline's short name before the full one with its edition.
        return chain.keys <= keys and chain is self._chains[0]

    def _of_an_earlier_year(self, occurrence: Occurrence, chain: Chain) -> bool:
        """Whether the phrase is dated to a year before the report, and `chain` is what that reports on without a date."""
        phrase = occurrence.phrase
        if chain is not self._main() or chain.periods or chain.years or chain.passing or not self._year:
            return False
        there = phrase.place is not None and phrase.place == chain.place
        return occurrence.period is not None and occurrence.period[:4] < self._year and not there

    def _long_ago(self, chain: Chain) -> bool:
        """Whether all dates of an event are of a year before the report."""
        years = {str(y) for y in chain.years} | {p[:4] for p in chain.periods}
        return bool(years) and max(years) < self._year

    def _fuller(self, phrase: EventPhrase, chain: Chain) -> bool:
        """Whether the phrase only says whose the main event is: "the SCO summit" for "a summit in Bishkek"."""
        apart = phrase.place or phrase.other or (phrase.year and phrase.year not in chain.years)
        if apart or phrase.determiner not in _DEFINITE or chain is not self._main():
            return False
        owners = _OWNERS.union(*self._full.values())
        owned = self._keys(phrase) - chain.keys <= owners | chain.heads
        return owned or (not phrase.year and phrase.head in chain.heads and chain.keys <= {"summit"})

    def _announced(self, occurrence: Occurrence) -> Chain | None:
        """Return an event that "the summit" stood for before the text names it."""
        phrase, keys = occurrence.phrase, self._keys(occurrence.phrase)
        for chain in self._chains[:1]:
            plain = not chain.named and not chain.other and chain.first.phrase.determiner in _DEFINITE
            if plain and chain.keys <= keys | {phrase.head}:
                head = chain.first.phrase.head
                together = any(m.sentence == occurrence.sentence for m in chain.members)
                near = phrase.head == head or occurrence.sentence - chain.last <= _SOON
                if near and not together and compatible(occurrence, chain) and related(head, {phrase.head}, keys):
                    return chain
        if phrase.determiner not in _DEFINITE or phrase.ordinal or phrase.year:
            return None
        waiting = (
            c for c in self._known() if not c.named and not c.other and c.heads == {phrase.head} and c.keys <= keys
        )
        told = (c for c in waiting if c.first.phrase.determiner in _DEFINITE and c.first.sentence < occurrence.sentence)
        soon = (c for c in told if occurrence.sentence - c.last <= _NEAR and compatible(occurrence, c))
        return next(soon, None) or self._only_one(occurrence)

    def _only_one(self, occurrence: Occurrence) -> Chain | None:
        """Return the one event that the text has called so without a name: "their annual summit", "the Tashkent summit"."""
        head = "summit" if "summit" in self._keys(occurrence.phrase) else occurrence.phrase.head
        alike = [c for c in self._known() if head in c.heads and not c.other]
        chain = alike[0] if len(alike) == 1 and not alike[0].named else None
        if chain is None or chain.passing or not compatible(occurrence, chain):
            return None
        told = chain.first.phrase.determiner in _OWNED and chain.keys - {"summit"} <= _HOW_HELD
        return chain if told else None

    def _common(self, occurrence: Occurrence) -> Chain | None:
        phrase = occurrence.phrase
        definite = phrase.determiner in (_OWNED if phrase.head == "summit" else _DEFINITE)
        if not definite or phrase.other:
            return self._repeated(occurrence)
        keys = frozenset(k for k in self._keys(phrase) - {"summit"} - _HOW_HELD if not k.isdigit())
        fitting = [c for c in self._known() if compatible(occurrence, c) and keys <= told_by(c)]
        fitting = [c for c in fitting if not of_something_else(phrase, c) and not self._of_another(occurrence, c)]
        fitting = [c for c in fitting if c.named or not c.aside] or fitting
        if not fitting:
            return self._topic(occurrence, keys)
        form = plain(phrase)
        if len(form) > 1 and (again := [c for c in fitting if form in c.forms]):
            return max(again, key=lambda c: c.last)
        exact = [c for c in fitting if phrase.head in c.heads or phrase.head in c.keys]
        if phrase.head in ANY:
            return self._event(occurrence, fitting)
        first = self._main()
        near = [c for c in exact if occurrence.sentence - c.last <= _NEAR]
        if phrase.determiner != "that" and first in exact:
            near = [c for c in near if c is first or not (c.passing or self._long_ago(c))]
        kindred = [c for c in fitting if related(phrase.head, c.heads, c.keys)]
        # "The meeting was attended by A" is not about the summit that those who met prepare.
        main = [c for c in kindred if c is first and not (exact and c.passing)]
        recent = sorted(exact, key=lambda c: -c.last)
        named = [c for c in sorted(kindred, key=lambda c: -c.last) if c.named]
        latest = sorted(near, key=lambda c: (-c.last, -c.members[-1].phrase.start))
        here = self._just_told(occurrence, kindred)
        return next(iter([*latest, *here, *main, *recent, *named]), None) or self._topic(occurrence, keys)

    def _just_told(self, occurrence: Occurrence, kindred: Sequence[Chain]) -> list[Chain]:
        """Return the one named event of which "the session" is spoken if the paragraph has named no other before."""
        told = [c for c in self._known() if c.members[-1].paragraph == occurrence.paragraph]
        here = [c for c in told if c in kindred and c.named and not c.aside and not c.passing]
        return here if len(told) == 1 else []

    def _topic(self, occurrence: Occurrence, keys: frozenset[str]) -> Chain | None:
        """Return the main event for "the summit" or "the forum" that the text names nothing else by."""
        phrase, main = occurrence.phrase, self._main()
        if keys - {phrase.head} or phrase.about or main is None or main.passing or not compatible(occurrence, main):
            return None
        if phrase.head == "summit" or (phrase.head == "forum" and occurrence.addressed):
            return main if main.kinds & _OF_LEADERS and not main.keys & _OF_OTHERS else None
        return main if phrase.head in _OPEN_TO_MANY and main.kinds & _CALLED_SO else None

    def _event(self, occurrence: Occurrence, fitting: Sequence[Chain]) -> Chain | None:
        """Return what "the event" refers to: the one of the sentence before, else the main one."""
        head = occurrence.phrase.head
        held = [c for c in fitting if head in c.heads and not c.named and occurrence.sentence - c.last <= _NEAR]
        near = [
            c
            for c in fitting
            if c.named
            and not c.first.phrase.other
            and occurrence.sentence - c.last <= 1
            and c.members[-1].paragraph == occurrence.paragraph
        ]
        first = self._main()
        main = [c for c in fitting if c is first]
        latest = sorted(near, key=lambda c: -c.members[-1].phrase.start)
        recent = sorted(fitting, key=lambda c: -c.last)
        return next(iter([*held, *latest, *main, *recent]), None)

    def _headlined(self, occurrence: Occurrence) -> Chain | None:
        """Return the event that a headline has told in a common noun, and the text now tells: "Seminar on drugs"."""
        phrase = occurrence.phrase
        if occurrence.aside or phrase.other:
            return None
        if vague := self._vague(occurrence):
            return vague
        waiting = [c for c in self._known() if c.aside and not c.named and not c.other and phrase.head in c.heads]
        keys = self._keys(phrase) if waiting else frozenset()
        for chain in waiting:
            alike = chain.keys <= keys | chain.heads | {phrase.head}
            if alike and compatible(occurrence, chain) and not of_something_else(phrase, chain):
                return chain
        return None

    def _vague(self, occurrence: Occurrence) -> Chain | None:
        """Return the event that the headline calls no more than "SCO meeting", if no sentence has named it yet."""
        main, phrase = self._main(), occurrence.phrase
        if main is None or not main.aside or main.heads != {"meeting"} or not main.keys <= _OWNERS:
            return None
        met = phrase.name and main.keys <= self._keys(phrase) and related("meeting", {phrase.head}, main.keys)
        return main if met and compatible(occurrence, main) else None

    def _repeated(self, occurrence: Occurrence) -> Chain | None:
        """Return an unnamed event spoken of in the same words before: "opening ceremony", "the next meeting"."""
        phrase = occurrence.phrase
        if (
            phrase.head in ("talks", "meeting", "conversation", "consultations", "negotiations", "visit")
            and not phrase.other
        ):
            return None
        form = plain(phrase)
        for chain in reversed(self._known()):
            if phrase.determiner not in ("", *_DEFINITE) and not chain.aside:
                continue
            alike = form in chain.forms and chain.other == phrase.other and compatible(occurrence, chain)
            if alike and not self._of_another(occurrence, chain):
                return chain
        return None

    def _of_another(self, occurrence: Occurrence, chain: Chain) -> bool:
        """Whether `chain` is a part of an event told of before the one that the phrase is a part of."""
        if chain.named or occurrence.phrase.head not in _PARTS:
            return False
        since = (c for c in self._known() if c.named and chain.last < c.first.sentence)
        return any(occurrence.sentence - c.first.sentence <= _NEAR and not c.other for c in since)

    def _main(self) -> Chain | None:
        """Return the event that the document is about: the first one named, and first spoken of again."""
        known = self._known()
        named = [c for c in known if c.named and not c.other]
        reported = next((c for c in named if not all(m.touched for m in c.members if m.phrase.name)), None)
        return reported or next(iter(named or known), None)


def _announced_first(told: Sequence[Occurrence]) -> Iterator[Occurrence]:
    """Yield the occurrences; "the next meeting" is what the text is about if it opens with it, and sets nothing apart."""
    for n, occurrence in enumerate(told):
        opens = not n and not occurrence.aside and occurrence.phrase.other in _AHEAD
        yield replace(occurrence, phrase=replace(occurrence.phrase, other=None)) if opens else occurrence


def _by_format(occurrence: Occurrence, *, part: bool) -> Occurrence:
    """Return `occurrence`, that of "the expanded meeting" as a part without a name, or without the word that parts it."""
    phrase = occurrence.phrase
    if phrase.other not in FORMATS:
        return occurrence
    return replace(occurrence, phrase=replace(phrase, name=None) if part else replace(phrase, other=None))


def _referent(chain: Chain) -> Referent:
    named = [m.phrase for m in chain.members if m.phrase.name]
    id_ = f"{EntityType.EVENT}@{chain.first.phrase.start}"
    kind = next(
        (m.phrase.kind for m in chain.members if m.phrase.kind and HEADS.get(m.phrase.head, m.phrase.kind)), None
    )
    relative = chain.other in RELATIVE and not (chain.ordinal or chain.years or chain.place)
    if not named or relative:
        told = max((m.phrase for m in chain.members), key=lambda p: len(p.text))
        longest = chain.noun or " ".join(f"{told.text} {told.topic}".split())
        label = f"{chain.other} {longest}" if chain.other and chain.other not in FORMATS else longest
        return Referent(id_, EntityType.EVENT, None, label=label, kind=kind)
    best = max(named, key=lambda p: (p.title, bool(p.ordinal), bool(p.year), len(p.name or "")))
    forms = dict.fromkeys(p.name for p in named if p.name and words_in(p.name) != words_in(best.name or ""))
    titles = dict.fromkeys(p.text for p in named if p.title and p.text != best.name and not p.name)
    return Referent(id_, EntityType.EVENT, best.name, aliases=(*forms, *titles), kind=best.kind or kind)


def mention(phrase: EventPhrase, referent: Referent, source: str) -> Mention:
    """Return the mention of `referent` that `phrase` is, with its words as they stand in `source`."""
    words = source[phrase.start : phrase.end]
    return Mention(phrase.start, phrase.end, words, EntityType.EVENT, referent.id, named=phrase.name is not None)
