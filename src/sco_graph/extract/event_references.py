"""Further words for events that phrases have named: "It was held", "who gathered", a title, the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from sco_graph.extract import event_standing
from sco_graph.extract.event_words import ordinal
from sco_graph.model import BlockKind, EntityType, Mention, Referent, Sentence, Text

_HELD = (
    r"held|(?:co-?)?organi[sz]ed|(?:co-?)?hosted|(?:co-?)?sponsored|(?:co-?)?chaired|moderated|attended|opened|convened"
    r"|entitled|titled|dedicated|devoted|inaugurated|addressed|due|scheduled|planned|initiated|arranged|conducted"
    r"|launched|timed|themed"
)
_PRONOUN = re.compile(
    r"(?:It|This)\b(?=\s(?:(?:was|is|has been|had been|will be|is being|was being)\s(?:also\s|first\s|\w+ly\s)*"
    rf"(?:to be\s)?(?:{_HELD})\b"
    r"|(?:took|takes|will take|is taking|has taken)\splace\b|(?:brought|brings|will bring)\stogether\b"
    r"|(?:gathered|gathers|lasted|lasts|kicked|concluded|opened|closed|features?|featured|comprised|saw)\b))"
)
_TITLE = (
    r"(?:“(?P<a>[A-Z\d][^“”\n]{5,200})”|«(?P<b>[A-Z\d][^«»\n]{5,200})»|\"(?P<c>[A-Z\d][^\"\n]{5,200})\""
    r"|[‘'](?P<d>[A-Z\d](?:[^‘’'\n]|['’](?=\w)){5,200})['’])"
)
# What a report says of an event before it tells its title; whatever else bears a title has a noun of its own.
_SAID_OF = r",?\s(?:dedicated|devoted|timed|held|organi[sz]ed|marking|on|in|at|for)\b[^;“”\"«»]{0,200}?(?:\sand|,)"
_TITLED = re.compile(
    rf"(?:{_SAID_OF})?(?:,?\s(?:which|that|it))?,?\s?(?:(?:was|is|had been)\s)?(?:entitled|titled|bore the title|bears the title"
    r"|bearing the title|under the title|called|named|dubbed|under the name)\s(?:of\s)?"
    rf"{_TITLE}"
)
_OTHER_WORKS = re.compile(
    r"\b(?:speech|lecture|report|presentation|article|book|paper|film|documentary|statement|remarks|essay|study|song|address)s?\b"
)
# A session's title is what it is about.
_ONLY_THEMED = frozenset({"Session", "RoundTable", "Training"})
_NAMING = re.compile(r"\b(?:title|called|named|dubbed|name)\b")
_SEVERAL = re.compile(
    r"\b(?:(?P<number>two|three|four|five|six|seven|eight|[2-8])\s(?:[\w-]+\s){0,2}?)?(?P<head>(?:sub-?forum|sub-?session|session|panel"
    r"|round\stable|roundtable|seminar|workshop|section|track|panel\ssession|panel\sdiscussion)s)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r",?\s\(?(?:which\s)?(?:[a-z]+\s){0,3}?(?:(?:focus(?:ing|ed|es)?|cent(?:er|re)d)\s(?:respectively\s)?on|(?:devoted|dedicated)\s"
    r"(?:respectively\s)?to|covering|addressing|discussing|themed|titled|entitled|dealing\swith|dealt\swith|on"
    r"|under\sthe\s(?:themes|topics|titles)(?:\sof)?|namely)\s(?:the\s)?(?:(?:topics?|themes?|subjects?|issues)\s(?:of\s)?:?\s?)?"
    r"|(?:\s(?:are|were|will\sbe|have\sbeen|had\sbeen)\s(?:\w+\s){0,2}\w+)?\s?:\s|\s?[–—]\s|\s-\s"
)
_SEVERAL_ITEMS = 2
_LONGEST_ITEM = 200
_AROUND = len(", respectively ")
_ITEM = re.compile(rf"(?:[-–—•*]\s*|\(?\d\)?[.)]\s*)?[\"“«]?(?P<item>[^\n]{{5,{_LONGEST_ITEM}}}?)[\"”».,;]*\s*")
_LISTED = tuple("forums sessions panels tables seminars workshops sections tracks discussions".split())
_END = re.compile(r"\.(?:\s|$)|$")
_SEMICOLON = re.compile(r";\s(?:and\s)?(?:on\s)?")
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight".split(), 1)}
_GATHERING = frozenset("gather meet convene assemble sit".split())
_GATHERED = frozenset(
    """
    leader head minister president premier secretary chief participant delegate representative official member
    coordinator speaker prosecutor delegation envoy expert
    """.split()
)
_MEETINGS = frozenset({"Summit", "CouncilMeeting", "Meeting", "Session", "Conference", "Forum", "RoundTable"})
_TOP = frozenset("leader president head".split())
_TOP_NAMES = frozenset("heads summit leaders presidents".split())
_PLURALS = {
    "minister": "ministers",
    "secretary": "secretaries",
    "chief": "chiefs",
    "coordinator": "coordinators",
    "speaker": "speakers",
    "prosecutor": "prosecutors",
}
_FIELDS = frozenset(
    """
    foreign defence defense culture trade transport health education justice interior finance agriculture energy
    security tourism environment economy science sports emergency prime
    """.split()
)


def add(text: Text) -> Text:
    """Return `text` with these mentions added."""
    referents = dict(text.referents)
    sentences = list(text.sentences)
    listed: dict[tuple[str, int], Referent] = {}
    items: list[Mention] = []
    same: dict[str, str] = {}
    for number, sentence in enumerate(sentences):
        if sentence.block is BlockKind.FURNITURE:
            continue
        if listed:
            sentences[number] = sentence = _in_order(sentence, listed, same, referents)
        items = [m for m in (*items, *_items(sentences, number, listed)) if m.end > sentence.start]
        found = [
            *_pronoun(sentences, number, referents),
            *_gathering(sentences, number, referents),
            *_title(sentence, referents, text.document.text),
            *(m for m in items if m.start < sentence.end),
        ]
        referents |= {item.id: item for item in listed.values()}
        if found:
            mentions = sorted({*sentence.mentions, *found}, key=lambda m: (m.start, -m.end, m.type))
            sentences[number] = sentence.with_mentions(tuple(mentions))
    return replace(text, sentences=tuple(sentences), referents=referents)


def _events(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.mentions if m.type is EntityType.EVENT]


def _unnamed(sentence: Sentence, start: int, end: int, event: str) -> Mention:
    """Return the mention of `event` at `[start, end)` of the sentence's words."""
    at = sentence.start
    return Mention(at + start, at + end, sentence.text[start:end], EntityType.EVENT, event, named=False)


def _pronoun(sentences: list[Sentence], number: int, referents: dict[str, Referent]) -> Iterator[Mention]:
    """Yield "It" or "This" of the event that the sentence before spoke of."""
    sentence = sentences[number]
    it = _PRONOUN.match(sentence.text)
    for back in range(number - 1, max(-1, number - 3), -1):
        if it is None or abs(sentences[back].paragraph - sentence.paragraph) > 1:
            return
        earlier = [m for m in _events(sentences[back]) if not _landmark(sentences[back], m)] or _events(sentences[back])
        named = [m for m in earlier if referents[m.referent].name]
        if earlier:
            start = sentence.start + it.start()
            yield Mention(
                start, start + len(it[0]), it[0], EntityType.EVENT, (named or earlier)[0].referent, named=False
            )
            return


def _landmark(sentence: Sentence, event: Mention) -> bool:
    """Whether the sentence only tells by `event` when another was: "on the eve of the summit"."""
    return event_standing.touched(
        sentence.text[max(0, event.start - sentence.start - 40) : event.start - sentence.start]
    )


def _gathering(sentences: list[Sentence], number: int, referents: dict[str, Referent]) -> Iterator[Mention]:
    """Yield the verb of "the leaders gathered in Samarkand", for the meeting that the sentences around name."""
    sentence = sentences[number]
    for position, token in enumerate(sentence.tokens):
        if token.lemma not in _GATHERING or token.pos != "VERB":
            continue
        below = [t for t in sentence.tokens if t.head == position and t is not token]
        who = [t for t in below if t.dep in ("nsubj", "nsubjpass")]
        if token.dep == "relcl" and who and who[0].tag in ("WP", "WDT"):
            who = [sentence.tokens[token.head]]
        partner = any(t.dep == "dobj" or t.text.lower() == "with" for t in below)
        if partner or not who or who[0].tag != "NNS" or who[0].lemma.lower() not in _GATHERED:
            continue
        if _named_there(sentence, position):
            continue
        event = _meeting_of(who[0].lemma.lower(), _qualities(sentence, who[0].start), sentences, number, referents)
        if event:
            yield _unnamed(sentence, token.start - sentence.start, token.end - sentence.start, event)
            return


def _named_there(sentence: Sentence, verb: int) -> bool:
    """Whether the clause of a verb of gathering names the event itself: "gathered in Ufa for the summit"."""
    start = sentence.tokens[verb].start
    until = next((t.start for t in sentence.tokens[verb + 1 :] if t.pos == "VERB"), sentence.end)
    return any(m.end > start - 40 and m.start < until for m in _events(sentence))


def _qualities(sentence: Sentence, start: int) -> set[str]:
    """Return the words around a noun that say which ministers: "foreign ministers", "ministers of culture"."""
    at = start - sentence.start
    around = sentence.text[max(0, at - 30) : at + 45].lower()
    return set(re.findall(r"[a-z]+", around))


def _meeting_of(
    group: str, qualities: set[str], sentences: list[Sentence], number: int, referents: dict[str, Referent]
) -> str | None:
    order = [*range(number - 1, max(-1, number - 3), -1), *range(number + 1, min(len(sentences), number + 4))]
    for near in order:
        for mention in _events(sentences[near]):
            referent = referents[mention.referent]
            if referent.name is None or referent.kind not in _MEETINGS:
                continue
            words = set(re.findall(r"[a-z]+", referent.name.lower()))
            if group in ("participant", "delegate") or (group in _TOP and words & _TOP_NAMES):
                return mention.referent
            fields = words & _FIELDS
            if _PLURALS.get(group) in words and (not fields or fields & qualities):
                return mention.referent
    return None


def _title(sentence: Sentence, referents: dict[str, Referent], source: str) -> Iterator[Mention]:
    """Yield a title that the sentence gives to an event: "It was entitled ..."; it becomes a name of the event."""
    if "titled" not in sentence.text and not _NAMING.search(sentence.text):
        return
    for event in _events(sentence):
        titled = _TITLED.match(source, event.end)
        referent = referents[event.referent]
        if not titled or (referent.name is None and referent.kind in _ONLY_THEMED):
            continue
        group = titled.lastgroup or "a"
        if titled.start(group) >= sentence.end or _OTHER_WORKS.search(source[event.end : titled.start(group)]):
            continue
        title = " ".join(titled[group].strip(" ,.").split())
        if referent.name is None:
            referents[event.referent] = replace(referent, name=title)
        elif title != referent.name and title not in referent.aliases:
            referents[event.referent] = replace(referent, aliases=(*referent.aliases, title))
        start, end = titled.span(group)
        end = min(end, sentence.end)
        yield Mention(start, end, source[start:end].rstrip(" ,."), EntityType.EVENT, event.referent)


def _items(sentences: list[Sentence], number: int, listed: dict[tuple[str, int], Referent]) -> Iterator[Mention]:
    """Yield the items of "three sub-forums on A, B and C": each an event of its own, added to `listed`.

    The list may stand below a sentence that ends in a colon.
    """
    sentence = sentences[number]
    lower = sentence.text.lower()
    if not any(word in lower for word in _LISTED):
        return
    several = _SEVERAL.search(sentence.text)
    if several is None:
        return
    word = (several["number"] or "").lower()
    count = _NUMBERS.get(word) or (int(word) if word else None)
    about = _ABOUT.match(sentence.text, several.end())
    spans = [(sentence, *span) for span in _parts(sentence.text, about.end(), count)] if about else []
    head = re.sub(r"s$", "", " ".join(several["head"].lower().split()))
    kind = {"round table": "RoundTable", "roundtable": "RoundTable", "seminar": "Conference", "workshop": "Conference"}
    nature = kind.get(head, "Forum" if "forum" in head else "Session")
    for n, (place, start, end) in enumerate(spans or _below(sentences, number, count), 1):
        words = place.text[start:end]
        id_ = f"{EntityType.EVENT}@{place.start + start}"
        # "session: A" and "session: B" share fewer words than "session on A" and "session on B".
        listed[head, n] = Referent(id_, EntityType.EVENT, None, label=f"{head}: {words}", kind=nature)
        yield _unnamed(place, start, end, id_)


def _below(sentences: list[Sentence], number: int, count: int | None) -> list[tuple[Sentence, int, int]]:
    """Return the `count` short paragraphs below a sentence that ends in a colon, each a sentence and its stretch."""
    if count is None or not sentences[number].text.rstrip().endswith(":"):
        return []
    found: list[tuple[Sentence, int, int]] = []
    for sentence in sentences[number + 1 : number + 1 + count]:
        item = _ITEM.fullmatch(sentence.text)
        apart = sentence.paragraph != (found[-1][0] if found else sentences[number]).paragraph
        if item is None or not apart or sentence.block is not BlockKind.BODY:
            return []
        found.append((sentence, *item.span("item")))
    return found if len(found) == count else []


def _in_order(
    sentence: Sentence,
    listed: dict[tuple[str, int], Referent],
    same: dict[str, str],
    referents: dict[str, Referent],
) -> Sentence:
    """Return `sentence` with "the first session", or "the session on trade", as what the list told.

    `same` is what is known of such words.
    """
    mentions = []
    for mention in sentence.mentions:
        if mention.type is EntityType.EVENT and not mention.named and mention.referent not in same:
            item = _item(mention, listed, referents[mention.referent].label or "")
            if item and item.id != mention.referent:
                same[mention.referent] = item.id
        mentions.append(replace(mention, referent=same.get(mention.referent, mention.referent)))
    return sentence.with_mentions(tuple(mentions)) if same else sentence


def _item(mention: Mention, listed: dict[tuple[str, int], Referent], label: str) -> Referent | None:
    """Return the item of a list that "the first session" means, or that bears the topic of `label`."""
    words = mention.text.lower().split()
    if len(words) > 1 and (n := ordinal(words[0])):
        return listed.get((" ".join(words[1:]), n))
    topic = label.casefold().partition(" on ")[2]
    named = [r for (head, _), r in listed.items() if topic and (words or [""])[-1] == head.split()[-1]]
    return next((r for r in named if topic == (r.label or "").casefold().partition(": ")[2].strip('"“”«».')), None)


def _by_semicolons(words: str, start: int) -> list[tuple[int, int]]:
    """Return what semicolons part from `start` to the end of the sentence; nothing if there are none."""
    end = next((m.start() for m in _END.finditer(words, start)), len(words))
    joints = list(_SEMICOLON.finditer(words, start, end))
    starts, ends = [start, *(m.end() for m in joints)], [*(m.start() for m in joints), end]
    return list(zip(starts, ends, strict=True)) if joints else []


def _parts(words: str, start: int, count: int | None) -> list[tuple[int, int]]:
    """Return the `count` items of the list that begins at `start`, or nothing if it has not so many.

    Without a count the list must show that each item is one event: by quotation marks, "respectively", or "on A, on B".
    """
    if ";" in words[start:] and (parted := _by_semicolons(words, start)):
        return parted if count in (None, len(parted)) else []
    quoted = [m.span(1) for m in re.finditer(r"[“\"«]([^“”\"«»\n]{3,160}?)[,.;]?[”\"»]", words[start:])]
    if words[start : start + 1] in '“"«' and len(quoted) >= (count or _SEVERAL_ITEMS):
        return [(start + a, start + b) for a, b in quoted[:count]]
    stop = re.search(r",?\srespectively|[.;)]|,\s(?:involving|with|which|where|while)\b", words[start:])
    end = start + stop.start() if stop else len(words)
    each = re.search(r",?\s(?:and\s)?on\s", words[start:end]) is not None
    told_apart = each or "respectively" in words[max(0, start - _AROUND) : end + _AROUND]
    spans: list[tuple[int, int]] = []
    at = start + len("on ") * words.startswith("on ", start)
    for joint in (*re.finditer(r",\s(?:and\s)?(?:on\s)?|\sand\s(?:on\s)?(?:the\s)?", words[start:end]), None):
        until = start + joint.start() if joint else end
        if until > at:
            spans.append((at, until))
        at = start + joint.end() if joint else end
    return spans if len(spans) == count or (count is None and told_apart and len(spans) >= _SEVERAL_ITEMS) else []
