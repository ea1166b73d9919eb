"""Contents: where the words that a cue reports begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from sco_graph.claims.statement import cues
from sco_graph.claims.statement.speakers import Cue, favoured
from sco_graph.claims.statement.units import QUOTES, Unit

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DASHES = frozenset({"—", "–", "-"})
_STOPS = frozenset([",", ";", ":", ".", "—", "–", "-", "…", "...", "--"])
_TRAILING = _STOPS | QUOTES
# A quotation of so few words in the middle of a sentence is a name or a scare quote.
_SCARE = 3
_WH = frozenset({"WRB", "WP", "WDT", "WP$"})
# Requests to come are invitations, not speech about something.
_VISITING = frozenset("attend visit participate come pay take".split())
_RENEWED = frozenset("request call appeal offer invitation proposal demand pledge promise warning".split())
# "said on Thursday in a long interview with the paper that": no further.
_REACH = 40


@dataclass(frozen=True, slots=True)
class Content:
    """`text[start:end]` of the document is what was said; `rule` names the construction."""

    start: int
    end: int
    rule: str


def content_of(unit: Unit, cue: Cue) -> Content | None:
    """Return what `cue` reports: marks first, then a clause, an infinitive, a noun phrase; or None."""
    if cue.frame.quoting:
        around = _around(unit, cue) or _after_colon(unit, cue)
        return around if around is not None and around.rule == "quotation" else None
    if cue.frame.clause:
        if cue.clause > 0 and unit.tokens[cue.clause - 1].text.lower() == "as":
            return _as(unit, cue)
        around = _around(unit, cue)
        if around is not None:
            return around
    found = _after(unit, cue)
    if found is None:
        return (_preceding(unit, cue) if cue.frame.clause else None) or _after_colon(unit, cue)
    start, rule = found
    if unit.tokens[cue.index].dep == "relcl":
        # "Imanaliev, who recalled that ..., showed it": what was said ends with the relative clause.
        return trimmed(unit, start, min(unit.last, unit.syntax.span(cue.index)[1]), rule)
    return trimmed(unit, start, _quotation_end(unit, start) if rule == "quotation" else unit.last, rule)


def _after_colon(unit: Unit, cue: Cue) -> Content | None:
    """Return the quotation after "praised the outcome: ..."."""
    for index in range(cue.last + 1, len(unit.tokens) - 1):
        if unit.tokens[index].text == ":":
            opened = unit.opening(index + 1) is not None
            return trimmed(unit, index + 1, unit.last, "quotation") if opened else None
        if unit.tokens[index].tag in _FINITE:
            return None
    return None


def _quotation_end(unit: Unit, opened: int) -> int:
    """Return the last token of the quotation that token `opened` begins, or of one that continues it after a comma."""
    quotation = unit.opening(opened)
    if quotation is None:
        return unit.last
    end = next((i for i in range(opened + 1, len(unit.tokens)) if unit.tokens[i].start >= quotation.end), None)
    if end is None:
        return unit.last
    for index in range(end + 1, len(unit.tokens)):
        if unit.opening(index) is not None and unit.tokens[index - 1].text in {",", ":"}:
            return _quotation_end(unit, index)
    return end


def trimmed(unit: Unit, first: int, last: int, rule: str) -> Content | None:
    """Return the stretch from token `first` to token `last` without stops and marks around it, or None.

    Marks around a part of it stay, both of them.
    """
    tokens = unit.tokens
    last = _without_stops(unit, first, last)
    opened = unit.opening(first) if first <= last else None
    if opened is not None and rule in {"quotation", "inserted"} and unit.is_mark(last):
        last = _without_stops(unit, last, last - 1)
    if last < first:
        return None
    start = tokens[first].start
    if opened is not None and (opened.end >= tokens[last].end or rule in {"quotation", "inserted"}):
        start = opened.start
    return Content(start, tokens[last].end, rule) if start < tokens[last].end else None


def _without_stops(unit: Unit, first: int, last: int) -> int:
    """Return the last token up to `last` that is no stop and no mark, unless the mark's partner follows `first`."""
    tokens = unit.tokens
    while last >= 0:
        closed = unit.closing(last)
        if closed is not None and first < len(tokens) and closed.start > tokens[first].end:
            return last
        if tokens[last].text not in _STOPS and not unit.is_mark(last):
            return last
        last -= 1
    return last


def _as(unit: Unit, cue: Cue) -> Content | None:
    """Return the sentence without "as he put it"."""
    tokens = unit.tokens
    after = next((i for i in range(cue.last + 1, len(tokens)) if tokens[i].text in {",", "."}), None)
    if after is None:
        return None
    if cue.clause == 1:
        return trimmed(unit, after + 1, len(tokens) - 1, "phrase") if after + 1 < len(tokens) else None
    if not _set_off(unit, cue.clause - 2):
        return None
    last = cue.clause - 2 if after >= len(tokens) - 2 else len(tokens) - 1
    return trimmed(unit, _first(unit), last, "phrase")


def _around(unit: Unit, cue: Cue) -> Content | None:
    """Return the words that the cue's clause interrupts or follows, if it is set off from them by marks or commas."""
    before = cue.clause - 1
    if before < 1 or not _set_off(unit, before) or _that(unit, cue) is not None:
        return None
    last = unit.last
    while before > 1 and unit.tokens[before].text in _DASHES and unit.tokens[before - 1].text in {",", *QUOTES}:
        before -= 1
    opened = _opened_after(unit, cue)
    if opened is not None and not _direct(unit, cue, opened):
        opened = None
    mark = before if unit.is_mark(before) else before - 1 if unit.is_mark(before - 1) else None
    if mark is not None and (start := _quotation_before(unit, mark)) is not None:
        if start > _first(unit) and (cue.frame.quoting or _complement_after(unit, cue)):
            return None
        return trimmed(unit, start, last if opened is not None else before, "quotation")
    if opened is not None:
        return None
    if _interrupts(unit, cue):
        return trimmed(unit, _first(unit), last, "inserted")
    return None


def _quotation_before(unit: Unit, mark: int) -> int | None:
    """Return the first token of the speech that ends with the token `mark`, or None if it is but a name."""
    closed = unit.closing(mark)
    if closed is None:
        return None
    opened = unit.syntax.at(closed.start) - 1
    if opened <= 0:
        return 0
    before = unit.tokens[_first(unit) : opened]
    if any(t.text.lower() in cues.NAMING for t in before):
        return None
    if any(t.tag in _FINITE for t in before):
        return _first(unit)
    return opened if mark - opened > _SCARE else _first(unit)


def _complement_after(unit: Unit, cue: Cue) -> bool:
    """Whether the parse shows what was said after the cue only."""
    after = (c for c in unit.syntax.children(cue.index) if c > cue.last and unit.tokens[c].dep == "ccomp")
    return any(_has_subject(unit, c) for c in after) and not _complement_before(unit, cue)


def _set_off(unit: Unit, index: int) -> bool:
    return unit.tokens[index].text in {",", *_DASHES} or unit.is_mark(index)


def _interrupts(unit: Unit, cue: Cue) -> bool:
    """Whether a comma follows the cue (and the person addressed), and then the rest of what was said."""
    tokens = unit.tokens
    at = cue.last + 1
    if cue.inverted:
        at = max(at, unit.syntax.at(cue.speaker.end))
    else:
        addressee = unit.syntax.child(cue.index, "dobj", "dative")
        if addressee is not None and addressee > cue.index and cue.lemma in cues.ADDRESSED:
            at = unit.syntax.span(addressee)[1] + 1
    if at >= len(tokens) - 2 or tokens[at].text != ",":
        return False
    if cue.inverted:
        # "noted Qosimzoda, Chairperson of ..., who also heads": an apposition, not the rest of the speech.
        return False
    return any(t.tag in _FINITE or t.tag in {"VBG", "VBN"} for t in tokens[at + 1 :]) and _clause_before(unit, cue)


def _clause_before(unit: Unit, cue: Cue) -> bool:
    """Whether the words before the cue's clause are part of what was said, not an adverbial of the cue."""
    right = [c for c in unit.syntax.children(cue.index) if c > cue.last and unit.tokens[c].dep in {"ccomp", "conj"}]
    return (
        unit.tokens[cue.index].dep in {"parataxis", "ccomp", "advcl", "dep"}
        or bool(right)
        or unit.tokens[cue.index].head > cue.index
    )


def _first(unit: Unit) -> int:
    """Return the first token of the unit that can be speech: past marks, dashes and a dateline."""
    tokens = unit.tokens
    at = 0
    for index, token in enumerate(tokens[:16]):
        if token.text in {"–", "—", "-", ":"} and index and tokens[index - 1].text in {")", "SGC", "."}:
            at = index + 1
    while at < len(tokens) - 1 and tokens[at].text in {"-", "–", "—", "•", "*", ":", ","}:
        at += 1
    return at


def _preceding(unit: Unit, cue: Cue) -> Content | None:
    """Return the clause before "..., she pointed out"."""
    before = cue.clause - 1
    if before < 1 or not _set_off(unit, before):
        return None
    first = _first(unit)
    before_cue = _complement_before(unit, cue)
    objects = (c for c in unit.syntax.children(cue.index) if c > cue.index and unit.tokens[c].dep == "dobj")
    if not before_cue and cue.lemma not in cues.ADDRESSED and any(objects):
        return None  # "As the summit closed, he answered questions."
    finite = any(t.tag in _FINITE for t in unit.tokens[first:before])
    if not before_cue and not finite:
        return None
    if (
        not before_cue
        and unit.tokens[first].tag in {"IN", "VBG", "VBN", "WRB"}
        and unit.tokens[first].dep in {"mark", "advcl", "advmod"}
    ):
        return None
    return trimmed(unit, first, before, "followed")


def _complement_before(unit: Unit, cue: Cue) -> bool:
    """Whether the parse shows what was said before the cue's clause."""
    return any(c < cue.clause and unit.tokens[c].dep == "ccomp" for c in unit.syntax.children(cue.index))


def _that(unit: Unit, cue: Cue) -> int | None:
    """Return the token "that" with which the cue's clause begins."""
    for index in range(cue.last + 1, min(cue.last + _REACH, len(unit.tokens))):
        token = unit.tokens[index]
        conjunction = token.text.lower() == "that" and token.tag in {"IN", "WDT"} and not unit.quoted(token.start)
        if conjunction and not _relative(unit, cue, index):
            return index
        participle = token.tag == "VBG" and unit.tokens[index - 1].text == ","
        if token.tag in _FINITE or token.text == ";" or participle:
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
    return index + 1 >= len(unit.tokens) or unit.tokens[index + 1].tag in _FINITE


def _opened_after(unit: Unit, cue: Cue) -> int | None:
    """Return the mark that opens a quotation after the cue, before any verb."""
    for index in range(cue.last + 1, min(cue.last + _REACH, len(unit.tokens))):
        if unit.opening(index) is not None:
            return index
        if unit.tokens[index].tag in _FINITE:
            return None
    return None


def _after(unit: Unit, cue: Cue) -> tuple[int, str] | None:
    """Return the first token after the cue of what was said, and the rule that found it."""
    frame = cue.frame
    if frame.clause and (found := _clause(unit, cue)):
        return found
    if frame.request and (at := _requested(unit, cue)) is not None:
        return at, "request"
    if cue.lemma in cues.ASSURING and (at := _assured(unit, cue)) is not None:
        return at, "noun"
    if frame.infinitive and (at := _infinitive(unit, cue.last + 1)) is not None:
        return at, "request"
    if (at := _preposition(unit, cue)) is not None:
        return at, "call"
    if frame.named and (at := _named(unit, cue)) is not None:
        return at, "named"
    if (at := _attitude(unit, cue)) is not None:
        return at, "attitude"
    if frame.noun and (at := _noun(unit, cue)) is not None:
        return at, "noun"
    return None


def _clause(unit: Unit, cue: Cue) -> tuple[int, str] | None:
    that = _that(unit, cue)
    if that is not None and that + 1 < len(unit.tokens):
        return that + 1, "that"
    opened = _opened_after(unit, cue)
    if opened is not None and _direct(unit, cue, opened):
        return opened, "quotation"
    if _complement_before(unit, cue):
        return None
    tokens = unit.tokens
    for child in unit.syntax.children(cue.index):
        if unit.last >= child > cue.last and tokens[child].dep == "ccomp" and _has_subject(unit, child):
            first = max(unit.syntax.span(child)[0], cue.last + 1)
            while first < child and (
                tokens[first].text in _TRAILING or (tokens[first].dep == "mark" and tokens[first].text == "that")
            ):
                first += 1
            if tokens[first].tag in _WH and cue.lemma in {
                "explain",
                "tell",
                "say",
                "clarify",
                "recount",
                "specify",
                "inform",
            }:
                return None
            return first, "clause"
    return None


def _has_subject(unit: Unit, verb: int) -> bool:
    """Whether the verb is finite, or has a subject and is no infinitive with "to"."""
    tokens, children = unit.tokens, unit.syntax.children(verb)
    if tokens[verb].tag in _FINITE:
        return True
    subject = any(tokens[c].dep in {"nsubj", "nsubjpass", "expl", "csubj"} for c in children)
    return subject and not any(tokens[c].tag == "TO" for c in children)


def _direct(unit: Unit, cue: Cue, opened: int) -> bool:
    """Whether the quotation is the speech itself: after a comma or colon, or at once."""
    if opened == cue.last + 1 or unit.tokens[opened - 1].text in {",", ":", "—", "–"}:
        return True
    quotation = unit.opening(opened)
    return (
        quotation is not None
        and quotation.end >= unit.tokens[-1].start - 1
        and unit.tokens[opened + 1].text[:1].isupper()
    )


def _requested(unit: Unit, cue: Cue) -> int | None:
    """Return the first token of what a request asks: "partners" in "called on partners to pass laws"."""
    tokens = unit.tokens
    at = cue.last + 1
    if cue.lemma in {"call", "appeal"}:
        if (
            at >= len(tokens)
            or tokens[at].text.lower() not in {"on", "upon", "to"}
            or _infinitive(unit, at) is not None
        ):
            return None
        at += 1
    elif at < len(tokens) and tokens[at].tag == "IN":
        return None  # "asked for a moment of silence to honour"
    for index in range(at + 1, min(at + _REACH, len(tokens) - 1)):
        if tokens[index].tag in _FINITE or tokens[index].text in {";", ":"}:
            return None
        if _infinitive(unit, index) is not None:
            verb = next(i for i in range(index + 1, len(tokens)) if tokens[i].tag == "VB")
            visiting = cue.lemma == "invite" and tokens[verb].lemma.lower() in _VISITING
            return at if not visiting and unit.syntax.governs(cue.index, verb) else None
    return None


def _assured(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins of "assured him of support", "promised them help"."""
    tokens = unit.tokens
    objects = [c for c in unit.syntax.children(cue.index) if c > cue.last and tokens[c].dep in {"dobj", "dative"}]
    if not objects:
        return None
    after = unit.syntax.span(objects[0])[1] + 1
    for index in range(objects[0] + 1, min(after + 1, len(tokens) - 1)):
        if tokens[index].text.lower() in {"of", "against"} and tokens[objects[0]].tag == "PRP":
            return index + 1
    if after < len(tokens) - 1 and tokens[after].text.lower() in {"of", "against"}:
        return after + 1
    return cue.last + 1 if len(objects) > 1 else None


def _infinitive(unit: Unit, index: int) -> int | None:
    """Return `index` if an infinitive with "to" begins there."""
    tokens = unit.tokens
    while index < len(tokens) and tokens[index].text.lower() in {"not", "also"}:
        index += 1
    if index >= len(tokens) - 1 or tokens[index].tag != "TO":
        return None
    return index if any(t.tag == "VB" for t in tokens[index + 1 : index + 3]) else None


def _preposition(unit: Unit, cue: Cue) -> int | None:
    tokens = unit.tokens
    if cue.lemma in {"speak", "come"} and (last := favoured(unit, cue.index)) is not None and last + 1 < len(tokens):
        return last + 1
    at = cue.last + 1
    while at < len(tokens) and tokens[at].tag == "RB" and tokens[at].text.lower() not in cue.frame.prepositions:
        at += 1
    if at < len(tokens) - 1 and tokens[at].text.lower() in cue.frame.prepositions:
        return at + 1
    return None


def _named(unit: Unit, cue: Cue) -> int | None:
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
    elif named is None and not (objects and tokens[objects[0]].dep == "ccomp"):
        opened = _opened_after(unit, cue)
        if not objects or opened is None or opened != unit.syntax.at(tokens[objects[0]].end):
            return None
    first = cue.last + 1 + (cue.lemma == "refer")
    if tokens[first].tag == "PRP":
        return first + 1
    return first


def _attitude(unit: Unit, cue: Cue) -> int | None:
    """Return where the content begins of "expressed the hope that", "is convinced that", "voiced readiness to"."""
    tokens = unit.tokens
    if cue.lemma == "be" or (cue.lemma == "make" and "clear" in [t.text for t in tokens[cue.last + 1 : cue.last + 4]]):
        that = _that(unit, cue)
        return None if that is None else that + 1
    if cue.lemma not in cues.VOICING:
        return None
    if tokens[min(cue.last + 1, len(tokens) - 1)].text.lower() == "that" and cue.last + 2 < len(tokens):
        return cue.last + 2
    for index in range(cue.last + 1, min(cue.last + _REACH, len(tokens) - 2)):
        if tokens[index].tag in _FINITE:
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
            if child > index and tokens[child].dep in {"acl", "ccomp", "relcl"} and _has_subject(unit, child):
                first = unit.syntax.span(child)[0]
                return first if first == index + 1 and tokens[first].tag not in _WH else None
    if word in cues.INTENTIONS and following in {"to", "for", "in", "that"} and not cue.frame.noun:
        return _owned(unit, index)
    return None


def _owned(unit: Unit, noun: int) -> int:
    """Return the first token of "Pakistan's readiness", or of "readiness" after "his" or "the"."""
    first = min(unit.syntax.span(noun)[0], noun)
    return noun if all(t.tag in {"DT", "PRP$"} for t in unit.tokens[first:noun]) else first


def _noun(unit: Unit, cue: Cue) -> int | None:
    tokens, syntax = unit.tokens, unit.syntax
    for child in syntax.children(cue.index):
        if child <= cue.last or tokens[child].dep not in {"dobj", "xcomp"}:
            continue
        if tokens[child].dep == "xcomp" and tokens[child].tag != "VBG":
            continue
        if tokens[child].tag in {"PRP", "WP", "WDT"}:
            return None
        if cue.lemma in {"renew", "repeat"} and tokens[child].lemma.lower() not in _RENEWED:
            return None
        return max(syntax.span(child)[0], cue.last + 1)
    return None
