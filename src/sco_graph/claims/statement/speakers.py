"""Speakers: the cues of a unit, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sco_graph.claims.lexicon import TITLE_HEADS
from sco_graph.claims.statement import cues
from sco_graph.claims.statement.cues import FRAMES, Frame
from sco_graph.claims.statement.units import Unit
from sco_graph.model import EntityType, Mention

_BEFORE_PERSON = frozenset("of to for with by from about on at in after before than around under with".split())
_TITLE_WORDS = TITLE_HEADS | frozenset("prime deputy first vice foreign acting former mr mrs ms dr h.e. state".split())
_VERB_TAGS = frozenset({"VBD", "VBZ", "VBP", "VBG", "VBN", "VB"})
# How far a speaker may stand from the cue where the parse shows none.
_NEAR = 6
_TITLED = 16
_LONGEST_APPOSITION = 30
_CITING = frozenset({"cite", "quote"})
_OF_TITLES = frozenset({"ADJ", "NOUN", "PROPN", "DET", "PUNCT", "ADP", "CCONJ", "PART"})
_NO_PERSONS = (EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.EVENT)
_PARTING = frozenset({",", "-", "–", "—"})


class Cue(Struct, frozen=True):
    """A cue of `speaker`. `first` to `last` are the tokens of its words, `clause` the first of its clause."""

    speaker: Mention
    frame: Frame
    index: int
    first: int
    last: int
    clause: int
    inverted: bool
    lemma: str


def cues_of(unit: Unit) -> Iterator[Cue]:
    """Yield the cue verbs of `unit` outside quotations that have a person for their subject."""
    for index, token in enumerate(unit.tokens):
        if token.tag not in _VERB_TAGS or unit.quoted(token.start):
            continue
        lemma = cues.LEMMAS.get(token.text.lower(), token.lemma.lower())
        frame = _frame(unit, index, lemma)
        if frame is not None and _reporting(unit, index) and (found := _cue(unit, index, lemma, frame)):
            yield found


def favoured(unit: Unit, index: int) -> int | None:
    """Return the last token of "in favour of" and the like after the verb `index`."""
    after = [t.text.lower() for t in unit.tokens[index + 1 : index + 5]]
    lengths = (len(words) for words in cues.FAVOURING if tuple(after[: len(words)]) == words)
    return index + longest if (longest := max(lengths, default=0)) else None


def _is_speech(unit: Unit, index: int) -> bool:
    return unit.tokens[index].lemma.lower() in cues.SPEECHES or unit.tokens[index].text.lower() in cues.SPEECHES


def _author(unit: Unit, speech: int) -> Mention | None:
    """Return whose speech it is: "the minister's message", "the message of President Xi"."""
    if not _is_speech(unit, speech):
        return None
    owner = unit.syntax.child(speech, "poss")
    if owner is not None:
        return unit.covering(owner, EntityType.PERSON)
    for preposition in unit.syntax.children(speech):
        pobj = unit.syntax.child(preposition, "pobj")
        if unit.tokens[preposition].text.lower() in {"of", "from", "by"} and pobj is not None:
            return person_at(unit, pobj, preposition)
    return None


def _frame(unit: Unit, index: int, lemma: str) -> Frame | None:
    """Return what the verb takes if it can report speech here."""
    after = [t.text.lower() for t in unit.tokens[index + 1 : index + 5]]
    if lemma == "go" and (after[:1] != ["on"] or after[1:2] == ["to"]):
        return None
    if lemma == "come":
        return Frame() if favoured(unit, index) else None
    if lemma == "be":
        view = "of" in after and any(w in cues.OPINIONS for w in after)
        spoken = (subject := unit.syntax.subject(index)) is not None and _is_speech(unit, subject)
        return Frame() if view or spoken or any(w in cues.CONVINCED for w in after[:3]) else None
    if lemma in _CITING and "as" in after:
        return None
    if (lemma in cues.WITH_THAT and after[:1] != ["that"]) or unit.tokens[max(0, index - 1)].text == "hereinafter":
        return None
    frame = FRAMES.get(lemma)
    if frame is not None:
        return frame
    if lemma in cues.VOICING:
        return Frame()
    verb = unit.tokens[index]
    return cues.QUOTING if unit.quotations and verb.tag in {"VBD", "VBZ"} and verb.pos == "VERB" else None


def soft_speaker(unit: Unit) -> Mention | None:
    """Return the person whose words a bare quotation after `unit` may be, though `unit` reports none."""
    for index, token in enumerate(unit.tokens):
        if token.tag in _VERB_TAGS and token.lemma.lower() in cues.SOFT and not unit.quoted(token.start):
            subject = unit.syntax.subject(index)
            if subject is not None and (mention := person_at(unit, subject, index)):
                return mention
    return None


def person_at(unit: Unit, subject: int, verb: int) -> Mention | None:
    """Return the one person whom the noun phrase headed by the token `subject` denotes, or None."""
    people = _people(unit, subject, verb)
    direct = unit.covering(subject, EntityType.PERSON)
    if direct is None and (unit.tokens[subject].tag == "NNS" or unit.covering(subject, *_NO_PERSONS)):
        return None
    conjoined = [c for c in unit.syntax.children(subject) if unit.tokens[c].dep == "conj"]
    if any(min(subject, verb) < c < max(subject, verb) for c in conjoined):
        # "Deputy Prime Minister and Foreign Minister Dar" is one person, "Dar and his deputy" two.
        first = unit.syntax.span(conjoined[0])[0]
        alone = direct is None and unit.tokens[subject].text.lower() in _TITLE_WORDS
        before = [m for m in people if m.start < unit.tokens[first].start]
        if (
            len({m.referent for m in people}) > 1
            or (not alone and _people(unit, conjoined[0], verb))
            or (alone and before)
        ):
            return None
    if direct is not None:
        return direct
    return people[-1] if people else None


def _people(unit: Unit, subject: int, verb: int) -> list[Mention]:
    """Return the persons in the phrase headed by `subject`, as in "the minister of culture, H. Zarifi"."""
    first, last = unit.syntax.span(subject)
    if subject < verb:
        last = min(last, verb - 1)
    else:
        first = max(first, verb + 1)
    if first > last:
        return []
    return [m for m in unit.persons_within(first, last) if not _governed(unit, unit.syntax.at(m.start))]


def _governed(unit: Unit, at: int) -> bool:
    """Whether the name at token `at`, with the title before it, is the object of a preposition or owns what follows."""
    end = next((m.end for m in unit.persons_within(at, at)), unit.tokens[at].end)
    after = unit.syntax.at(end)
    if after < len(unit.tokens) and unit.tokens[after].tag == "POS":
        return True
    while at > 0 and unit.tokens[at - 1].text.lower() in _TITLE_WORDS:
        at -= 1
    return at > 0 and unit.tokens[at - 1].text.lower() in _BEFORE_PERSON


def _reporting(unit: Unit, index: int) -> bool:
    """Whether the verb reports speech that took place: not negated, not passive, not merely possible or intended."""
    token, syntax = unit.tokens[index], unit.syntax
    children = [unit.tokens[c] for c in syntax.children(index)]
    if any(c.dep in {"neg", "auxpass", "nsubjpass"} for c in children):
        return False
    helpers = {c.text.lower() for c in children if c.dep == "aux"}
    if token.tag == "VB":
        return "to" in helpers and _led_on(unit, index)
    if any(c.tag == "MD" for c in children if c.dep == "aux"):
        return False
    if token.tag == "VBN":
        return bool(helpers & {"has", "have", "had", "having", "'s", "’s"}) or syntax.child(index, "nsubj") is not None
    return True


def _led_on(unit: Unit, index: int) -> bool:
    """Whether the infinitive hangs on such as "went on to", "took the floor to", "used his speech to"."""
    token = unit.tokens[index]
    if token.dep == "conj":
        token = unit.tokens[token.head]
    head = unit.tokens[token.head]
    return head.lemma.lower() in cues.LEADING_ON and head.tag in {"VBD", "VBZ", "VBN", "VBP"}


def _cue(unit: Unit, index: int, lemma: str, frame: Frame) -> Cue | None:
    syntax = unit.syntax
    subject = syntax.subject(index)
    if (follower := _follower(unit, index)) is not None:
        speaker: Mention | None = follower
    elif subject is None or unit.quoted(unit.tokens[subject].start):
        speaker = _before(unit, index) if subject is None else None
    else:
        speaker = (
            person_at(unit, subject, index)
            or _author(unit, subject)
            or (_before(unit, index) if _in_dateline(unit, subject) else None)
            or _above_title(unit, subject, index)
            or _house(unit, subject, lemma)
        )
    if speaker is None:
        return None
    inverted = speaker.start > unit.tokens[index].start
    last = index
    if (particle := syntax.child(index, "prt")) is not None and index < particle <= index + 2:
        last = particle
    if lemma == "point" and last == index and not _next_is(unit, index, "to", "in", "at", "during"):
        return None
    head = unit.tokens[index].head
    led = unit.tokens[index].tag == "VB" or unit.tokens[index].dep == "pcomp"
    first = index
    if led and unit.tokens[head].tag == "IN":
        head = unit.tokens[head].head
    if led and head < index and index - head <= _NEAR and unit.tokens[head].lemma.lower() in cues.LEADING_ON:
        first = head
    if lemma == "be" and subject is not None and subject < index and _is_speech(unit, subject):
        first = subject
    clause = min(first, index) if inverted else _clause_start(unit, min(syntax.at(speaker.start), index))
    if led and unit.tokens[head].lemma.lower() in _CITING and (source := syntax.child(head, "nsubj")) is not None:
        clause = _clause_start(unit, syntax.span(source)[0])
    return Cue(speaker, frame, index, first, last, clause, inverted, lemma)


def _above_title(unit: Unit, subject: int, verb: int) -> Mention | None:
    """Return the person whose title the parser makes the subject: "Li Hui, head of the department, who said"."""
    tokens = unit.tokens
    if tokens[verb].dep != "relcl" or tokens[subject].dep not in {"pobj", "appos", "conj"}:
        return None
    for _ in range(_NEAR):
        if tokens[subject].dep not in {"pobj", "prep", "appos", "conj"}:
            return None
        subject = tokens[subject].head
        if (person := unit.covering(subject, EntityType.PERSON)) is not None:
            return person
    return None


def _house(unit: Unit, subject: int, lemma: str) -> Mention | None:
    """Return the ministry, government or embassy that is said to have said something."""
    if lemma not in cues.SAID_BY_HOUSES or unit.tokens[subject].text.lower() not in cues.HOUSES:
        return None
    return unit.covering(subject, EntityType.ORGANIZATION)


def _follower(unit: Unit, index: int) -> Mention | None:
    """Return the person after "..., stated foreign minister", whom the parser takes for the verb's object or a part."""
    syntax, tokens = unit.syntax, unit.tokens
    if index == 0 or tokens[index].tag not in {"VBD", "VBZ"}:
        return None
    subject = syntax.child(index, "nsubj")
    if subject is not None and (subject < index or person_at(unit, subject, index) is not None):
        return None
    said = any(tokens[c].dep == "ccomp" and c < index for c in syntax.children(index))
    if not unit.is_mark(index - 1) and not (said and tokens[index - 1].text in _PARTING):
        return None
    for mention in unit.persons_within(index + 1, min(index + _TITLED, len(tokens) - 1)):
        at = syntax.at(mention.start)
        if at > index and not _governed(unit, at):
            between = tokens[index + 1 : at]
            titled = all(t.pos in _OF_TITLES and t.text.lower() not in {",", "with", "by", "from"} for t in between)
            return mention if titled else None
    return None


def _in_dateline(unit: Unit, subject: int) -> bool:
    """Whether the subject is but the place in a dateline: "Tehran, IRNA - The president said"."""
    return subject < _NEAR and unit.covering(subject, EntityType.PLACE) is not None


def _next_is(unit: Unit, index: int, *words: str) -> bool:
    return index + 1 < len(unit.tokens) and unit.tokens[index + 1].text.lower() in words


def _clause_start(unit: Unit, at: int) -> int:
    """Return the first token of the title that stands before a name, back to the last comma, dash or mark."""
    while (
        at > 0
        and unit.tokens[at - 1].pos not in {"PUNCT", "CCONJ", "SCONJ", "VERB", "AUX"}
        and not unit.is_mark(at - 1)
    ):
        at -= 1
    return at


def _before(unit: Unit, index: int) -> Mention | None:
    """Return the person right before a verb to which the parse gives no subject.

    Adverbs and auxiliaries aside, and an apposition: "Li Hui, Special Representative for Eurasian Affairs, stressed".
    """
    at = index - 1
    if at > 0 and unit.tokens[at].text == ",":
        return _before_apposition(unit, at)
    while (
        at >= 0
        and index - at <= _NEAR
        and unit.tokens[at].tag in {"RB", "VBD", "VBZ", "VBP"}
        and unit.tokens[at].pos in {"ADV", "AUX"}
    ):
        at -= 1
    if at < 0:
        return None
    mention = unit.covering(at, EntityType.PERSON)
    if mention is None or _governed(unit, unit.syntax.at(mention.start)):
        return None
    return mention


def _before_apposition(unit: Unit, comma: int) -> Mention | None:
    """Return the person after whose name nothing but a title stands before the token `comma`."""
    for at in range(comma - 1, max(0, comma - _LONGEST_APPOSITION), -1):
        token = unit.tokens[at]
        if token.pos in {"VERB", "AUX", "SCONJ"} or token.text in {";", ":"}:
            return None
        mention = unit.covering(at, EntityType.PERSON)
        if mention is not None:
            first = unit.syntax.at(mention.start)
            apart = unit.tokens[at + 1].text == "," and (first == 0 or unit.tokens[first - 1].text == ",")
            titled = any(t.text.lower() in TITLE_HEADS for t in unit.tokens[at + 2 : comma])
            return mention if apart and titled and mention.named else None
    return None
