"""Reading: the statements of a text, unit by unit, and who goes on speaking in a quotation without a cue."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sco_graph.claims.lexicon import TITLE_HEADS
from sco_graph.claims.remembering import remembered
from sco_graph.claims.statement import cues
from sco_graph.claims.statement.contents import Content, content_of, trimmed
from sco_graph.claims.statement.speakers import Cue, cues_of, favoured, person_at, soft_speaker
from sco_graph.claims.statement.turns import Turn, spoken_in, turn_of
from sco_graph.claims.statement.units import QUOTES, Unit, units
from sco_graph.model import EntityType, Mention, Text

# A quotation without a cue belongs to a speaker no more than this many units back.
_REMEMBERED = 3
_AT = frozenset("at to during told within addressing opening attending chairing address".split())
_LEADING = frozenset(("according", "in", "by"))
_FEWEST_WORDS = 3
_PRONOUNS = frozenset({"he", "she"})
_LONGEST_TITLE = 30
_VOICED = frozenset(
    """
    note stress emphasize emphasise underline underscore highlight point mention recall reaffirm reiterate
    say tell state add announce
    """.split()
)


class Said(Struct, frozen=True):
    """`speaker` said `content`; `cue` are the words that report it, and `unit` is where."""

    unit: Unit
    speaker: Mention
    cue: str
    content: Content
    at: Mention | None


@remembered(1)
def read(text: Text) -> tuple[Said, ...]:
    """Return what `text` reports as said, in the order of the text, once a unit and speaker."""
    return tuple(_read(text))


def _read(text: Text) -> Iterator[Said]:
    speaker: Mention | None = None
    heard = 0
    waiting: list[tuple[Unit, Content]] = []
    turn: Turn | None = None
    for number, unit in enumerate(units(text)):
        turn = turn_of(unit, turn)
        found = _answered(unit, turn) or list(_reported(unit))
        bare = None if found else _bare(unit)
        if bare is not None:
            if _goes_on(unit):
                waiting.append((unit, bare))
                continue
            if speaker is not None and number - heard <= _REMEMBERED:
                yield from (Said(u, speaker, "quoted", c, None) for u, c in [*waiting, (unit, bare)])
                heard = number
            waiting = []
            continue
        if waiting:
            before = speaker if number - heard <= _REMEMBERED + len(waiting) else None
            carried = _closing(unit, found, before)
            if carried is not None:
                yield from (Said(u, carried, "quoted", c, None) for u, c in waiting)
            waiting = []
        found = [said for f in found if (said := _by_another(f, speaker, number - heard)) is not None]
        yield from found
        if found:
            speaker, heard = found[-1].speaker, number
        elif (soft := soft_speaker(unit)) is not None:
            speaker, heard = soft, number
    if waiting and speaker is not None:
        yield from (Said(u, speaker, "quoted", c, None) for u, c in waiting)


def _answered(unit: Unit, turn: Turn | None) -> list[Said]:
    """Return what whoever has the floor in a transcript says in `unit`."""
    words = spoken_in(unit, turn) if turn is not None else None
    return [Said(unit, turn.speaker, "quoted", words, None)] if turn is not None and words is not None else []


def _by_another(said: Said, before: Mention | None, back: int) -> Said | None:
    """Return `said` by whoever spoke before, if a pronoun behind it would be somebody of whom it tells.

    "Putin will meet Xi, he recalled": whoever that is, it is not Putin. None if nobody spoke just before.
    """
    pronoun = not said.speaker.named and said.speaker.text.lower() in _PRONOUNS
    if not pronoun or said.speaker.start < said.content.end or said.cue == "quoted":
        return said
    told = (m for m in said.unit.persons if m.named and said.content.start <= m.start < said.content.end)
    if all(m.referent != said.speaker.referent for m in told):
        return said
    if before is None or before.referent == said.speaker.referent or back > _REMEMBERED:
        return None
    return Said(said.unit, before, said.cue, said.content, said.at)


def _goes_on(unit: Unit) -> bool:
    """Whether the unit ends within a quotation that later units continue, or that its paragraph leaves open."""
    words, end = unit.text.document.text, unit.sentence.end
    return any(
        q.start < end and (end < q.end or (end == q.end and words[end : end + 1] not in QUOTES))
        for q in unit.quotations
    )


def _continues(unit: Unit) -> bool:
    """Whether the unit begins within a quotation, or with one."""
    return any(q.start <= unit.sentence.start + 1 for q in unit.quotations)


def _closing(unit: Unit, found: list[Said], before: Mention | None) -> Mention | None:
    """Return whose quotation ends in `unit`: of nobody known if its cue is a body's, '...," the ministry added'."""
    if not _continues(unit):
        return before
    return found[0].speaker if found else None


def _reported(unit: Unit) -> Iterator[Said]:
    found: dict[str, tuple[Cue | None, Mention, str, Content]] = {}
    for verb in cues_of(unit):
        held = found.get(verb.speaker.referent)
        if held is not None and not (held[0] is not None and _led_in(unit, held[0], verb)):
            continue
        if held is None and _nested(unit, verb, [c for c, *_ in found.values() if c]):
            continue
        content = content_of(unit, verb)
        if content is not None:
            found[verb.speaker.referent] = (verb, verb.speaker, _words(unit, verb, content), content)
    if not found and (phrase := _phrase(unit) or _colon(unit) or _passive(unit)) is not None:
        found[phrase[0].referent] = (None, *phrase)
    statements = sorted(found.values(), key=lambda f: f[3].start)
    for number, (cue, speaker, words, content) in enumerate(statements):
        following: Cue | None = statements[number + 1][0] if number + 1 < len(statements) else None
        shortened = _before_next(unit, content, following)
        if shortened is not None:
            yield Said(unit, speaker, words, shortened, _event(unit, shortened, cue))


def _led_in(unit: Unit, cue: Cue, main: Cue) -> bool:
    """Whether `cue` is a participle before the verb that the sentence is about: "praising the work, he said"."""
    token = unit.tokens[cue.index]
    return token.tag in {"VBG", "VBN"} and token.head == main.index > cue.index


def _nested(unit: Unit, cue: Cue, others: list[Cue]) -> bool:
    """Whether the cue stands within what another speaker of the unit says: "he said that Modi had proposed"."""
    at = cue.clause - 1
    if at >= 0 and unit.tokens[at].text.lower() in {"while", "whereas", "and", "but", ";"}:
        return False
    if at >= 0 and unit.tokens[at].text == "," and cue.inverted:
        return False
    return any(other.index < cue.index for other in others)


def _before_next(unit: Unit, content: Content, following: Cue | None) -> Content | None:
    """Return `content` cut before the clause of the next speaker."""
    if following is None or following.clause == 0:
        return content
    cut = following.clause - 1
    if not content.start < unit.tokens[cut].start < content.end:
        return content
    while cut > 0 and (unit.tokens[cut].pos in {"SCONJ", "CCONJ"} or unit.tokens[cut].text in {",", ";"}):
        cut -= 1
    return trimmed(unit, unit.syntax.at(content.start), cut, content.rule)


def _words(unit: Unit, cue: Cue, content: Content) -> str:
    """Return the cue as it stands: "pointed out", "went on to say", "called for", "expressed the hope"."""
    tokens = unit.tokens
    last = cue.last
    after = tokens[last + 1].text.lower() if last + 1 < len(tokens) else ""
    if after in cue.frame.prepositions or (cue.lemma == "call" and after in {"on", "upon"}):
        last += 1
    if content.rule == "attitude":
        nouns = cues.ATTITUDES | cues.CONVINCED | set(cues.STRESSES)
        last = next((i for i in range(last + 1, min(last + 5, len(tokens))) if tokens[i].text.lower() in nouns), last)
    if cue.lemma == "make":
        last = next((i for i in range(last + 1, min(last + 4, len(tokens))) if tokens[i].text == "clear"), last)
    if cue.lemma in {"speak", "come"}:
        last = favoured(unit, cue.index) or last
    return unit.text.document.text[tokens[cue.first].start : tokens[last].end]


def _colon(unit: Unit) -> tuple[Mention, str, Content] | None:
    """Return speaker and content of "The President of Turkey: 'We ...'"."""
    tokens = unit.tokens
    colon = next((i for i, t in enumerate(tokens[:-2]) if t.text == ":"), None)
    if colon is None or colon == 0 or unit.opening(colon + 1) is None or any(t.pos == "VERB" for t in tokens[:colon]):
        return None
    speaker = next((m for m in unit.persons if m.end == tokens[colon - 1].end), None)
    content = trimmed(unit, colon + 1, len(tokens) - 1, "quotation")
    return (speaker, "quoted", content) if speaker is not None and content is not None else None


def _passive(unit: Unit) -> tuple[Mention, str, Content] | None:
    """Return speaker, cue and content of "The need for X was stressed by Y", "It was noted by Y that"."""
    tokens = unit.tokens
    for index, token in enumerate(tokens):
        verb = token.head
        if token.dep != "agent" or tokens[verb].lemma.lower() not in _VOICED or unit.quoted(token.start):
            continue
        subject, found = unit.syntax.child(verb, "nsubjpass"), _object(unit, index)
        if found is None:
            continue
        cue = unit.text.document.text[tokens[verb].start : tokens[index - 1].end]
        mark = unit.syntax.child(verb, "mark", "advmod")
        that = found[1] + 1
        if mark is not None and tokens[mark].text.lower() == "as":
            content = _rest(unit, mark, found[1])
        elif subject is not None and tokens[subject].text.lower() == "it" and _is_that(unit, that):
            content = trimmed(unit, that + 1, unit.last, "that")
        elif subject is not None and tokens[subject].tag in {"NN", "NNS", "NNP", "NNPS"} and subject < verb:
            content = trimmed(unit, *unit.syntax.span(subject), "noun")
        else:
            continue
        if content is not None:
            return found[0], cue, content
    return None


def _is_that(unit: Unit, index: int) -> bool:
    return index + 1 < len(unit.tokens) and unit.tokens[index].text.lower() == "that"


def _phrase(unit: Unit) -> tuple[Mention, str, Content] | None:
    """Return speaker, cue and content of "According to X, ..." and "In his opinion, ..."."""
    tokens = unit.tokens
    for index, token in enumerate(tokens[:-2]):
        word = token.text.lower()
        if word not in _LEADING or unit.quoted(token.start):
            continue
        if word == "according" and tokens[index + 1].text.lower() == "to":
            found = _object(unit, index + 1)
            words = (index, index + 1)
        elif word != "according" and (noun := _opinion(unit, index)) is not None:
            found, words = noun
        else:
            continue
        if found is None:
            continue
        speaker, last = found
        content = _rest(unit, index, last)
        if content is not None:
            return speaker, unit.text.document.text[tokens[words[0]].start : tokens[words[1]].end], content
    return None


def _object(unit: Unit, preposition: int) -> tuple[Mention, int] | None:
    """Return the person that the preposition governs, and the last token of that phrase."""
    pobj = unit.syntax.child(preposition, "pobj")
    if pobj is None:
        return None
    speaker = person_at(unit, pobj, preposition)
    return None if speaker is None else (speaker, _appositive_end(unit, unit.syntax.at(speaker.end) - 1))


def _appositive_end(unit: Unit, last: int) -> int:
    """Return the last token of the title after a name that ends with token `last`, or `last` if none follows."""
    tokens = unit.tokens
    if last + 1 < len(tokens) and tokens[last + 1].text == ",":
        for index in range(last + 2, min(last + _LONGEST_TITLE, len(tokens))):
            if tokens[index].text == ",":
                titled = any(t.text.lower() in TITLE_HEADS for t in tokens[last + 2 : index])
                return index - 1 if titled else last
            if tokens[index].pos in {"VERB", "AUX"}:
                break
    return last


def _opinion(unit: Unit, index: int) -> tuple[tuple[Mention, int], tuple[int, int]] | None:
    tokens = unit.tokens
    for noun in range(index + 1, min(index + 8, len(tokens))):
        if tokens[noun].text.lower() in cues.OPINIONS:
            break
        if tokens[noun].text in {",", "."} or tokens[noun].tag.startswith("V"):
            return None
    else:
        return None
    of = noun + 1
    if of < len(tokens) and tokens[of].text.lower() == "of" and (found := _object(unit, of)):
        return found, (index, of)
    owner = next((m for m in unit.persons if tokens[index].end <= m.start and m.end <= tokens[noun].start), None)
    return None if owner is None else ((owner, noun), (index, noun))


def _rest(unit: Unit, first: int, last: int) -> Content | None:
    """Return the sentence without the phrase from token `first` to token `last`, or around it if it is inserted."""
    tokens = unit.tokens
    if first <= 1:
        start = last + 1
        while start < len(tokens) and tokens[start].text in {",", ":"}:
            start += 1
        return trimmed(unit, start, unit.last, "phrase") if start < len(tokens) else None
    if (tokens[first - 1].text == "," or unit.is_mark(first - 1)) and last >= len(tokens) - 3:
        return trimmed(unit, 0, first - 1, "phrase")
    if tokens[first - 1].text == "," and tokens[last + 1].text == ",":
        return trimmed(unit, 0, unit.last, "phrase")
    return None


def _bare(unit: Unit) -> Content | None:
    """Return the unit's words if they all stand between quotation marks and make a sentence."""
    if not unit.quotations:
        return None
    tokens = unit.tokens
    inside = [i for i, t in enumerate(tokens) if unit.quoted(t.start)]
    if len(inside) < _FEWEST_WORDS:
        return None
    outside = [t for i, t in enumerate(tokens) if not unit.quoted(t.start) and not unit.is_mark(i)]
    if any(t.text[:1].isalnum() for t in outside):
        return None
    if not any(t.tag in {"VBD", "VBZ", "VBP", "MD", "VB"} for t in tokens) and tokens[-1].text not in {".", "!", "?"}:
        return None
    return trimmed(unit, inside[0], inside[-1], "continued")


def _event(unit: Unit, content: Content, cue: Cue | None) -> Mention | None:
    """Return the event at which it was said: one that the cue's clause names after "at", "to" or "told"."""
    if cue is None:
        return None
    for mention in unit.sentence.mentions:
        if mention.type is EntityType.EVENT and not content.start <= mention.start < content.end:
            at = unit.syntax.at(mention.start)
            while at > 0 and unit.tokens[at - 1].pos in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PUNCT"}:
                at -= 1
            if at > 0 and unit.tokens[at - 1].text.lower() in _AT:
                return mention
    return None
