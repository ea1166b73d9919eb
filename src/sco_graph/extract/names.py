"""Names of persons, bodies, states and places: mentions and the referents they belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, RANKS, TITLE_HEADS
from sco_graph.claims.role.items import as_items
from sco_graph.claims.role.posts import posts_of
from sco_graph.claims.role.titles import HEADS
from sco_graph.claims.words import Word, joined, wording, words_of
from sco_graph.extract import places
from sco_graph.extract.abbreviations import explained, of_which, shared, unexplained
from sco_graph.extract.bodies import Body, Grammar
from sco_graph.extract.forms import formed, surnames
from sco_graph.extract.gazetteer import Known, city, known
from sco_graph.extract.language import NameSpan, Parse
from sco_graph.extract.lexicon import (
    BODY_HEADS,
    EVENT_HEADS,
    NOT_IN_NAMES,
    PAPER_HEADS,
    REGION_HEADS,
    VENUE_HEADS,
    opens_no_name,
)
from sco_graph.extract.lower_bodies import lower_bodies
from sco_graph.extract.owners import SHOWING, employers, localities, owners, presiding_state
from sco_graph.extract.persons import (
    after_title,
    before_title,
    grown,
    initialled,
    known_again,
    merged,
    names_no_person,
    of_state,
    trimmed,
)
from sco_graph.extract.referents import Found, link
from sco_graph.model import BlockKind, Document, EntityType, Mention, Sentence, Text

_NO_PLACE = frozenset("east west north south islamic republic kingdom state union".split())
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_GENERIC = NOT_IN_NAMES | frozenset(
    "states state plus secretaries councils countries ministers presidents platform".split()
)
_OUTLETS = frozenset(
    "times daily news post herald tribune today journal observer gazette review weekly agency press tv".split()
)
_OF_STATES = frozenset(("Government", "Council", "Committee", "Assembly"))
"""Kinds of bodies that every state has, and that bear its name only now and then."""
_GIVEN_CITIES = frozenset("baghdad bagdad sofia victoria paris florence".split())
_AROUND_CITIES = frozenset("region oblast province viloyat".split())  # they bear the names of their cities
_MINISTRIES = frozenset(("mfa", "mofa"))
"""Heads that name a ministry by themselves."""


@dataclass(slots=True)
class _Reading:
    """What is known so far of the names in one sentence; `taken` are the words inside names."""

    sentence: Sentence
    words: tuple[Word, ...]
    spans: Sequence[tuple[int, int, str]]
    known: dict[int, Known]
    bodies: list[Body] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    persons: list[tuple[int, int]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def find(document: Document, parse: Parse) -> Text:
    """Return the document with the mentions of its persons, bodies, states and places."""
    readings = [_reading(s, parse.names) for s in parse.sentences]
    open_ = [r for r in readings if r.sentence.block is not BlockKind.FURNITURE]
    for reading in open_:
        _bodies(reading)
    abbreviations: dict[str, str] = {}
    for reading in open_:
        for short, name in explained(reading.words, reading.bodies, reading.known):
            abbreviations.setdefault(short, name)
    for reading in open_:
        for short in unexplained(reading.words, reading.spans, reading.bodies, reading.known):
            abbreviations.setdefault(short, short)
    national = shared((r.words, r.known) for r in open_ if any(w.text in abbreviations for w in r.words))
    for reading in open_:
        _again(reading, abbreviations, national)
        _persons(reading)
    _persons_again(open_)
    for reading in open_:
        _others(reading)
    found = sorted((f for r in open_ for f in r.found), key=lambda f: (f.start, -f.end))
    found = [f if f.text == (text := document.text[f.start : f.end]) else replace(f, text=text) for f in found]
    mentions, referents = link(found, abbreviations)
    return Text(document, tuple(_mentioned(parse.sentences, mentions)), referents)


def _reading(sentence: Sentence, names: Sequence[NameSpan]) -> _Reading:
    words = words_of(sentence)
    low = bisect_left(names, sentence.start, key=lambda n: n.start)
    high = bisect_left(names, sentence.end, key=lambda n: n.start)
    starts = [w.start for w in words]
    spans = [(bisect_right(starts, n.start) - 1, bisect_left(starts, n.end), n.label) for n in names[low:high]]
    found = {k.first: k for k in known(words) if not _given(words, k)}
    return _Reading(sentence, words, [s for s in spans if s[0] >= 0 and not _common(words, *s[:2])], found)


def _common(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a common noun has its capital from the head of the sentence only: "Glaciers are melting"."""
    return first == 0 and last == 1 and words[0].tag == "NNS"


def _given(words: Sequence[Word], name: Known) -> bool:
    """Whether the name of a city is a given name before a surname: "Baghdad Amreyev"."""
    if words[name.first].lower not in _GIVEN_CITIES or name.last >= len(words):
        return False
    return words[name.last].capital and not names_no_person(words[name.last])


def _bodies(reading: _Reading) -> None:
    """Find states, well-known organizations and the bodies that the grammar sees."""
    words = reading.words
    inside = {n for k in reading.known.values() for n in range(k.first, k.last)}
    persons = dict(formed(words, inside))
    for first, last, label in reading.spans:
        if label == "PERSON" and (name := trimmed(words, first, last, inside)) and name[1] > name[0] + 1:
            persons[name[0]] = name[1]
    grammar = Grammar(words, reading.known, persons)
    lower = lower_bodies(grammar)
    reading.bodies = _unique([*lower, *grammar.bodies()])
    ends = {k.last: k for k in reading.known.values() if k.state}
    for body in reading.bodies:
        type_ = EntityType.PLACE if body.venue else EntityType.ORGANIZATION
        if not body.venue or not body.bare:
            _take(
                reading,
                body.first,
                body.last,
                type_,
                kind=body.kind,
                bare=body.bare and words[body.first].lower not in _MINISTRIES,
                state=presiding_state(words, body.first, ends) if body.kind in _OF_STATES else None,
            )
    for known_name in reading.known.values():
        _known(reading, known_name)
    for first, last in places.shown(reading.words, reading.taken):
        _take(reading, first, last, EntityType.PLACE)


def _unique(bodies: Iterable[Body]) -> list[Body]:
    unique: dict[tuple[int, int], Body] = {}
    embassies: dict[int, Body] = {}
    for body in bodies:
        if body.kind == "Embassy" and embassies.setdefault(body.head, body).first < body.first:
            continue  # "Embassy in Beijing" of "Kazakhstan's Embassy in Beijing"
        unique.setdefault((body.first, body.last), body)
    return sorted(unique.values(), key=lambda b: (b.first, -b.last))


def _known(reading: _Reading, name: Known) -> None:
    if any(b.first == name.first and b.last == name.last for b in reading.bodies):
        return
    if name.state:
        _take(
            reading,
            name.first,
            name.last,
            EntityType.COUNTRY,
            code=name.state.code or None,
            full=name.state.name,
            adjective=name.adjective,
        )
    elif name.organization:
        kind = "Party" if "Party" in name.organization else _kind(reading.words[name.first : name.last])
        kind = kind if kind in ("Party", "Institute", "University") else None
        _take(reading, name.first, name.last, EntityType.ORGANIZATION, kind=kind, full=name.organization)
        if name.last > name.first + 1:
            for end in (name.first, name.last - 1):
                if reading.words[end].text == "SCO":
                    _take(reading, end, end + 1, EntityType.ORGANIZATION, full="Shanghai Cooperation Organisation")
        united = 2 if reading.words[name.first].lower == "united" else 1
        if reading.words[name.first].lower in ("un", "united") and name.last > name.first + united:
            _take(reading, name.first, name.first + united, EntityType.ORGANIZATION, full="United Nations")
    else:
        following = reading.words[name.last].lower if name.last < len(reading.words) else ""
        _take(reading, name.first, name.last + (following in _AROUND_CITIES), EntityType.PLACE)


def _take(
    reading: _Reading,
    first: int,
    last: int,
    type_: EntityType,
    *,
    kind: str | None = None,
    code: str | None = None,
    full: str | None = None,
    bare: bool = False,
    adjective: bool = False,
    state: str | None = None,
) -> None:
    words = reading.words[first:last]
    text = joined(words)
    name = full if adjective and full else text
    reading.found.append(
        Found(
            words[0].start,
            words[-1].end,
            text,
            type_,
            name,
            kind,
            code,
            full,
            bare=bare,
            adjective=adjective,
            state=state,
        )
    )
    reading.taken.update(range(first, last))


def _again(reading: _Reading, abbreviations: dict[str, str], national: Collection[str]) -> None:
    """Find abbreviations where they stand for their names."""
    known_words = {n for k in reading.known.values() for n in range(k.first, k.last)}
    exact = {(f.start, f.end) for f in reading.found}
    for index, word in enumerate(reading.words):
        if word.text in abbreviations and index not in known_words and (word.start, word.end) not in exact:
            owner = of_which(reading.words, reading.known, index) if word.text in national else None
            if owner:
                _take(reading, index, owner.last, EntityType.ORGANIZATION, kind=_kind(reading.words[index : index + 1]))
                continue
            _take(reading, index, index + 1, EntityType.ORGANIZATION, full=abbreviations[word.text])


def _others(reading: _Reading) -> None:
    """Find the bodies and places that only the pipeline sees."""
    for first, last, label in reading.spans:
        while first < last and (opens_no_name(reading.words[first].lower) or first in reading.taken):
            first += 1
        while last > first and (reading.words[last - 1].lower == "'s" or not reading.words[last - 1].text[0].isalnum()):
            last -= 1
        if first == last or any(n in reading.taken for n in range(first, last)):
            continue
        words = reading.words[first:last]
        lowers = {w.lower for w in words}
        if (
            not words[0].capital
            or lowers & TITLE_HEADS
            or lowers & HONORIFICS
            or _portfolio(reading.words, first, last)
        ):
            continue
        if label in _PLACE_LABELS and not (lowers <= _NO_PLACE or lowers & (EVENT_HEADS | PAPER_HEADS)):
            if last < len(reading.words) and reading.words[last].lower in REGION_HEADS | VENUE_HEADS:
                last += 1
            _take(reading, first, last, EntityType.PLACE)
        elif label == "ORG" and city(reading.words, first) == last:
            _take(reading, first, last, EntityType.PLACE)
        elif label == "ORG" and _names_body(words):
            _take(reading, first, last, EntityType.ORGANIZATION, kind=_kind(words))


def _portfolio(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the words are a minister's field of work: "Minister of Transport"."""
    titled = first > 1 and words[first - 1].lower == "of" and words[first - 2].lower in TITLE_HEADS
    return titled and all(w.lower in FIELDS for w in words[first:last])


def _kind(words: Sequence[Word]) -> str | None:
    """Return the kind of body that the last head before "of" shows: "Chinese Academy of Social Sciences"."""
    lowers = [w.lower for w in words]
    core = lowers[: lowers.index("of")] if "of" in lowers else lowers
    return BODY_HEADS.get(core[-1]) if core else None


def _names_body(words: Sequence[Word]) -> bool:
    """Whether words that only the pipeline takes for a body may name one: no event, paper or portfolio."""
    lowers = [w.lower for w in words]
    if lowers in (["army"], ["command"]) or all(w in RANKS for w in lowers):
        return False
    if lowers[-1] in PAPER_HEADS or any(w in EVENT_HEADS or w in TITLE_HEADS or w in HONORIFICS for w in lowers):
        return False
    if lowers[-1] in BODY_HEADS or lowers[-1] in _OUTLETS:
        return True
    return not any(w in FIELDS or w in _GENERIC for w in lowers)


def _persons(reading: _Reading) -> None:
    """Find the persons that the pipeline, initials and titles show."""
    words = reading.words
    _employed(reading)
    for first, last in places.located(words, reading.taken):
        _take(reading, first, last, EntityType.PLACE)
    for first, last in places.cities(words, reading.taken, reading.spans):
        _take(reading, first, last, EntityType.PLACE)
    ranges: list[tuple[int, int]] = list(initialled(words, reading.taken))
    for first, last, label in reading.spans:
        if label != "PERSON":
            continue
        if first > 1 and last == first + 1 and words[first - 1].lower == "of" and words[first - 2].lower in TITLE_HEADS:
            if words[first].lower not in FIELDS:
                _take(reading, first, last, EntityType.ORGANIZATION)
        elif name := trimmed(words, _past_city(reading, first, last), last, reading.taken):
            ranges.append(grown(words, *name, reading.taken))
    ranges += [*formed(words, reading.taken), *surnames(words, reading.taken)]
    ranges += _titled(reading)
    states = {k.first: k.last for k in reading.known.values() if k.state and not k.adjective}
    people = {n for first, last in ranges for n in range(first, last)}
    ranges += of_state(words, states, reading.taken, people)
    for first, last in merged(ranges):
        _take(reading, first, last, EntityType.PERSON)
        reading.persons.append((first, last))


def _past_city(reading: _Reading, first: int, last: int) -> int:
    """Take the city of a post that the pipeline puts into a name, "mayor of Osh Almaz X"; return where the name begins."""
    words = reading.words
    end = city(words, first) if first and words[first - 1].lower in ("of", "in") and last - first > 2 else None
    if end is None or end + 2 > last or first in reading.taken:
        return first
    _take(reading, first, end, EntityType.PLACE)
    return end


def _employed(reading: _Reading) -> None:
    """Find the bodies and places that only a title beside them shows."""
    words = reading.words
    if SHOWING.isdisjoint(wording(reading.sentence)):
        return
    persons = {n for first, last, label in reading.spans if label == "PERSON" for n in range(first, last)}
    for first, last in list(localities(words, reading.taken, persons)):
        _take(reading, first, last, EntityType.PLACE)
    for first, last in [*employers(words, reading.taken), *owners(words, reading.taken, persons)]:
        if last - 1 not in reading.taken:
            _take(reading, first, last, EntityType.ORGANIZATION)


def _titled(reading: _Reading) -> Iterable[tuple[int, int]]:
    """Yield the names that stand right behind a title, or before one in apposition."""
    words = reading.words
    if HEADS.isdisjoint(wording(reading.sentence)):
        return
    provisional = [Mention(f.start, f.end, f.text, f.type, "") for f in reading.found if not f.bare]
    items = as_items(words, provisional)
    at = {w.start: n for n, w in enumerate(words)}
    for post in posts_of(items):
        if post.last < len(items) and items[post.last].mention is None:
            name = after_title(words, at[items[post.last].start], reading.taken)
            if name and (not post.plural or name[1] > name[0] + 1):
                yield name
        comma = at[items[post.first].start] - 1
        while comma > 0 and words[comma].lower in ("now", "then", "also", "currently"):
            comma -= 1
        if (
            comma > 0
            and words[comma].text in (",", "–", "—", "(")
            and (name := before_title(words, comma, reading.taken))
        ):
            yield name
        if (
            post.last < len(items)
            and items[post.last].text == ","
            and (post.article in ("the", "his", "her") or post.body)
        ):
            name = after_title(words, at[items[post.last].start] + 1, reading.taken)
            if name and name[1] > name[0] + 1 and (name[1] == len(words) or words[name[1]].text in ",.;"):
                yield name


def _persons_again(readings: Sequence[_Reading]) -> None:
    """Find the persons of the document again where the pipeline missed them: by full name or surname."""
    full: dict[str, list[tuple[str, ...]]] = {}
    short: set[str] = set()
    for reading in readings:
        for first, last in reading.persons:
            name = tuple(w.lower for w in reading.words[first:last])
            if len(name) > 1:
                full.setdefault(name[0], []).append(name)
                short.update(
                    w.lower
                    for w in (reading.words[first], reading.words[last - 1])
                    if not names_no_person(w) and len(w.text) > 1 and "." not in w.text
                )
    full = {first: sorted(set(names), key=lambda n: (-len(n), n)) for first, names in full.items()}
    for reading in readings:
        for first, last in known_again(reading.words, reading.taken, full, short):
            _take(reading, first, last, EntityType.PERSON)


def _mentioned(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterable[Sentence]:
    starts = [m.start for m in mentions]
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        yield sentence.with_mentions(tuple(m for m in mentions[low:high] if m.end <= sentence.end))
