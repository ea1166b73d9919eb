"""Phrases: where what a cue governs begins, clause, request, noun or name."""

from __future__ import annotations

from sco_graph.claims.statement import cues
from sco_graph.claims.statement.speakers import Cue, favoured
from sco_graph.claims.statement.units import Unit
from sco_graph.model import EntityType

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
WH = frozenset({"WRB", "WP", "WDT", "WP$"})
# Requests to come are invitations, not speech about something.
_VISITING = frozenset("attend visit participate come pay take".split())
_BEFORE_PARTICIPLES = frozenset({",", "before", "after", "while", "when"})
_DEEDS = frozenset("vote toast candidacy candidate".split())
_CLAIMED = frozenset(
    """
    suggestion claim allegation accusation charge criticism notion idea assertion argument speculation rumour rumor
    report insinuation view
    """.split()
)
_RENEWED = frozenset("request call appeal offer invitation proposal demand pledge promise warning".split())
_OF_NOUNS = frozenset({"of", "on", "upon"})  # "called at a meeting of": of the noun, not of the cue
_LEADING_IN = frozenset("in at during on".split())
_OF_ADVERBIALS = frozenset("DET ADJ NOUN PROPN PRON NUM PART ADP".split())
_APART = 9
_NAMED = 2  # objects: who is named, and how
# "said on Thursday in a long interview with the paper that": no further.
_REACH = 40


def conjunction_that(unit: Unit, cue: Cue) -> int | None:
    """Return the token "that" with which the cue's clause begins."""
    for index in range(cue.last + 1, min(cue.last + _REACH, len(unit.tokens))):
        token = unit.tokens[index]
        conjunction = token.text.lower() == "that" and token.tag in {"IN", "WDT"} and not unit.quoted(token.start)
        if conjunction and not _relative(unit, cue, index):
            return index
        participle = token.tag == "VBG" and (
            unit.tokens[index - 1].text.lower() in _BEFORE_PARTICIPLES or token.text.lower() == "adding"
        )
        if token.tag in FINITE or token.text == ";" or participle:
            return None
    return None


def _relative(unit: Unit, cue: Cue, index: int) -> bool:
    """Whether the token "that" is a relative pronoun, as the parser also calls conjunctions far from their verb."""
    token = unit.tokens[index]
    if token.tag == "IN" or token.dep == "mark" or index == cue.last + 1 or cue.lemma in cues.ADDRESSED:
        return False
    verb = unit.tokens[token.head]
    if verb.dep == "ccomp" and verb.head == cue.index:
        return False
    return index + 1 >= len(unit.tokens) or unit.tokens[index + 1].tag in FINITE


def opened_after(unit: Unit, cue: Cue) -> int | None:
    """Return the mark that opens a quotation after the cue, before any verb."""
    for index in range(cue.last + 1, min(cue.last + _REACH, len(unit.tokens))):
        if unit.opening(index) is not None:
            return index
        if unit.tokens[index].tag in FINITE:
            return None
    return None


def has_subject(unit: Unit, verb: int) -> bool:
    """Whether the verb is finite, or has a subject and is no infinitive with "to"."""
    tokens, children = unit.tokens, unit.syntax.children(verb)
    if tokens[verb].tag in FINITE:
        return True
    subject = any(tokens[c].dep in {"nsubj", "nsubjpass", "expl", "csubj"} for c in children)
    return subject and not any(tokens[c].tag == "TO" for c in children)


def request_made(unit: Unit, cue: Cue) -> int | None:
    """Return the first token of what a request asks: "partners" in "called on partners to pass laws"."""
    tokens = unit.tokens
    at = cue.last + 1
    if cue.lemma in {"call", "appeal"}:
        if (
            at >= len(tokens)
            or tokens[at].text.lower() not in {"on", "upon", "to"}
            or infinitive_at(unit, at) is not None
        ):
            return None
        at += 1
    elif at < len(tokens) and tokens[at].tag == "IN":
        return None  # "asked for a moment of silence to honour"
    for index in range(at + 1, min(at + _REACH, len(tokens) - 1)):
        if tokens[index].tag in FINITE or tokens[index].text in {";", ":"}:
            return None
        if infinitive_at(unit, index) is not None:
            if any(t.text.lower() == "silence" for t in tokens[index + 1 : index + 9]):
                return None
            verb = next(i for i in range(index + 1, len(tokens)) if tokens[i].tag == "VB")
            visiting = cue.lemma == "invite" and tokens[verb].lemma.lower() in _VISITING
            return at if not visiting and unit.syntax.governs(cue.index, verb) else None
    return None


def assurance(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins of "assured him of support", "promised them help"."""
    tokens = unit.tokens
    objects = [c for c in unit.syntax.children(cue.index) if c > cue.last and tokens[c].dep in {"dobj", "dative"}]
    if not objects:
        return None
    after = unit.syntax.span(objects[0])[1] + 1
    person = unit.covering(objects[0], EntityType.PERSON)
    told = objects[0] + 1 if person is None else max(objects[0] + 1, unit.syntax.at(person.end))
    for index in range(told, min(after + 1, len(tokens) - 1)):
        of = tokens[index].text.lower() in {"of", "against"} and (person or tokens[objects[0]].tag == "PRP")
        if of and unit.covering(index + 1, EntityType.ORGANIZATION, EntityType.COUNTRY) is None:
            return index + 1
    if after < len(tokens) - 1 and tokens[after].text.lower() in {"of", "against"}:
        return after + 1
    return cue.last + 1 if len(objects) > 1 else None


def infinitive_told(unit: Unit, cue: Cue) -> int | None:
    """Return the infinitive behind who is spoken to: "proposed to the heads of state to meet"."""
    tokens = unit.tokens
    if cue.last + 1 >= len(tokens) or tokens[cue.last + 1].text.lower() != "to":
        return None
    for child in unit.syntax.children(cue.index):
        if child > cue.last + 2 and tokens[child].dep == "xcomp" and tokens[child].tag == "VB":
            to = next((c for c in unit.syntax.children(child) if tokens[c].tag == "TO"), None)
            return to if to is not None and to > cue.last + 1 else None
    return None


def infinitive_at(unit: Unit, index: int) -> int | None:
    """Return `index` if an infinitive with "to" begins there."""
    tokens = unit.tokens
    while index < len(tokens) and tokens[index].text.lower() in {"not", "also"}:
        index += 1
    if index >= len(tokens) - 1 or tokens[index].tag != "TO":
        return None
    return index if any(t.tag == "VB" for t in tokens[index + 1 : index + 3]) else None


def prepositional(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins behind the cue's preposition: "called for", "spoke in favour of"."""
    tokens = unit.tokens
    if cue.lemma in {"speak", "come"} and (last := favoured(unit, cue.index)) is not None and last + 1 < len(tokens):
        return last + 1
    at = cue.last + 1
    if cue.lemma in cues.ADDRESSED and (told := unit.syntax.child(cue.index, "dobj", "dative")) is not None:
        at = max(told + 1, at)  # "told the guests about"
    while at < len(tokens) and tokens[at].tag == "RB" and tokens[at].text.lower() not in cue.frame.prepositions:
        at += 1
    if [t.text.lower() for t in tokens[at : at + 4]] == ["on", "the", "fact", "that"] and at + 4 < len(tokens):
        return at + 4  # "dwelt on the fact that"
    praised = at > cue.last + 1 and tokens[at - 1].text.lower() == "highly"
    if at < len(tokens) - 1 and tokens[at].text.lower() in cue.frame.prepositions and not praised:
        return at + 1
    return None if praised else _apart(unit, cue)


def _apart(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins behind a preposition that an adverbial parts from its cue.

    "called in his speech for", "dwelt in detail on", "pointed at the meeting to".
    """
    tokens = unit.tokens
    wanted = cue.frame.prepositions - (_OF_NOUNS if cue.lemma != "dwell" else frozenset())
    at = cue.last + 1
    if not wanted or at >= len(tokens) or tokens[at].text.lower() not in _LEADING_IN:
        return None
    for index in range(at + 2, min(at + _APART, len(tokens) - 1)):
        if tokens[index].text.lower() in wanted and tokens[index].pos == "ADP":
            return index + 1
        if tokens[index].pos not in _OF_ADVERBIALS:
            return None
    return None


def name_given(unit: Unit, cue: Cue) -> int | None:
    """Return the first token of what is called or described, or of what a pronoun is called."""
    tokens, syntax = unit.tokens, unit.syntax
    if cue.lemma == "call" and cue.last + 1 < len(tokens) and unit.opening(cue.last + 1) is not None:
        return cue.last + 1
    named = syntax.child(cue.index, "oprd")
    objects = [c for c in syntax.children(cue.index) if c > cue.last and tokens[c].dep in {"dobj", "nsubj", "ccomp"}]
    if cue.lemma in cues.AS_NAMED:
        if cue.lemma == "refer" and tokens[cue.last + 1].text.lower() != "to":
            return None
        as_ = next((i for i in range(cue.last + 2, len(tokens)) if tokens[i].text.lower() == "as"), None)
        if as_ is None or as_ + 1 >= len(tokens):
            return None
        named = as_ + 1
    elif named is None and len(objects) < _NAMED and not (objects and tokens[objects[0]].dep == "ccomp"):
        opened = opened_after(unit, cue)
        if not objects or opened is None or opened != unit.syntax.at(tokens[objects[0]].end):
            return None
    first = cue.last + 1 + (cue.lemma == "refer")
    if tokens[first].tag == "PRP":
        return first + 1
    return first


def attitude_voiced(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins of "expressed the hope that", "is convinced that", "voiced readiness to"."""
    tokens = unit.tokens
    if cue.lemma == "be" or (cue.lemma == "make" and "clear" in [t.text for t in tokens[cue.last + 1 : cue.last + 4]]):
        that = conjunction_that(unit, cue)
        return None if that is None else that + 1
    if cue.lemma not in cues.VOICING:
        return None
    if tokens[min(cue.last + 1, len(tokens) - 1)].text.lower() == "that" and cue.last + 2 < len(tokens):
        return cue.last + 2
    for index in range(cue.last + 1, min(cue.last + _REACH, len(tokens) - 2)):
        if tokens[index].tag in FINITE:
            return None
        if (start := _from_noun(unit, cue, index)) is not None:
            return start
    return None


def _from_noun(unit: Unit, cue: Cue, index: int) -> int | None:
    """Return where the content begins if the token `index` is a noun of attitude with a complement."""
    tokens = unit.tokens
    word, following = tokens[index].text.lower(), tokens[index + 1].text.lower()
    if cues.STRESSES.get(word) == following:
        return index + 2
    if word in cues.ATTITUDES:
        if following == "," and tokens[index + 2].text.lower() == "that" and index + 3 < len(tokens):
            return index + 3
        if following == "that" or (word in {"hope", "hopes"} and following in {"of", "for"}):
            return index + 2
        if (word, following) == ("confidence", "in"):
            return index + 2
        # "expressed certainty the work would go on"
        for child in unit.syntax.children(index):
            if child > index and tokens[child].dep in {"acl", "ccomp", "relcl"} and has_subject(unit, child):
                first = unit.syntax.span(child)[0]
                return first if first == index + 1 and tokens[first].tag not in WH else None
    if word in cues.INTENTIONS and not cue.frame.noun and tokens[index].dep not in {"nsubj", "nsubjpass"}:
        owned = following == "of" and any(tokens[c].dep == "acl" for c in unit.syntax.children(index))
        if owned or following in {"to", "for", "in", "that"}:
            return _owned(unit, index)
    return None


def _owned(unit: Unit, noun: int) -> int:
    """Return the first token of "Pakistan's readiness", or of "readiness" after "his" or "the"."""
    first = min(unit.syntax.span(noun)[0], noun)
    return noun if all(t.tag in {"DT", "PRP$"} for t in unit.tokens[first:noun]) else first


def noun_phrase(unit: Unit, cue: Cue) -> int | None:
    """Return the first token of the cue's object, where a noun or a participle says what was said."""
    tokens, syntax = unit.tokens, unit.syntax
    for child in syntax.children(cue.index):
        if child <= cue.last or tokens[child].dep not in {"dobj", "xcomp"}:
            continue
        if tokens[child].dep == "xcomp" and tokens[child].tag != "VBG":
            continue
        if tokens[child].tag in {"PRP", "WP", "WDT", "DT"}:
            return None
        if any(t.text == "," for t in tokens[cue.last + 1 : syntax.span(child)[0]]):
            return None  # "..., he announced, a group in which": of what stands before
        if not _speech(cue.lemma, tokens[child].lemma.lower()):
            return None
        return max(syntax.span(child)[0], cue.last + 1)
    return None


def _speech(verb: str, noun: str) -> bool:
    """Whether the object `noun` of the cue `verb` is something said, not something done."""
    if verb in {"renew", "repeat"}:
        return noun in _RENEWED
    if verb in {"reject", "dismiss", "refute", "rebut"}:
        return noun in _CLAIMED
    return noun not in _DEEDS
