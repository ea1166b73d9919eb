"""Contents: where the words that a cue reports begin and end."""

from __future__ import annotations

from msgspec import Struct

from sco_graph.claims.statement import cues
from sco_graph.claims.statement.phrases import (
    FINITE,
    WH,
    assurance,
    attitude_voiced,
    conjunction_that,
    has_subject,
    infinitive_at,
    infinitive_told,
    name_given,
    noun_phrase,
    opened_after,
    prepositional,
    request_made,
)
from sco_graph.claims.statement.speakers import Cue
from sco_graph.claims.statement.units import QUOTES, Unit

_DASHES = frozenset({"—", "–", "-"})
_STOPS = frozenset([",", ";", ":", ".", "—", "–", "-", "…", "...", "--"])
_TRAILING = _STOPS | QUOTES
# A quotation of so few words in the middle of a sentence is a name or a scare quote.
_SCARE = 3


class Content(Struct, frozen=True):
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
    token = unit.tokens[cue.index]
    if rule == "quotation":
        return trimmed(unit, start, _quotation_end(unit, start), rule)
    if token.dep == "relcl" or (token.tag in {"VBG", "VBN"} and token.head > cue.index):
        # "Imanaliev, who recalled that ..., showed it", "recalling that ..., he left": it ends with its clause.
        return trimmed(unit, start, min(unit.last, unit.syntax.span(cue.index)[1]), rule)
    return trimmed(unit, start, unit.last, rule)


def _after_colon(unit: Unit, cue: Cue) -> Content | None:
    """Return the quotation after "praised the outcome: ...", or what follows the colon right behind the cue."""
    for index in range(cue.last + 1, len(unit.tokens) - 1):
        if unit.tokens[index].text == ":" and not unit.quoted(unit.tokens[index].start):
            opened = unit.opening(index + 1) is not None
            if opened:
                return trimmed(unit, index + 1, unit.last, "quotation")
            said = index == cue.last + 1 and any(t.tag in FINITE for t in unit.tokens[index + 1 :])
            return trimmed(unit, index + 1, unit.last, "clause") if said and cue.frame.clause else None
        if unit.tokens[index].tag in FINITE:
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
    if before < 1 or not _set_off(unit, before) or conjunction_that(unit, cue) is not None:
        return None
    last = unit.last
    while before > 1 and unit.tokens[before].text in _DASHES and unit.tokens[before - 1].text in {",", *QUOTES}:
        before -= 1
    opened = opened_after(unit, cue)
    if opened is not None and not _direct(unit, cue, opened):
        opened = None
    mark = before if unit.is_mark(before) else before - 1 if unit.is_mark(before - 1) else None
    if opened is None and (mark is None or _is_scare(unit, mark)) and _interrupts(unit, cue):
        return trimmed(unit, _first(unit), last, "inserted")
    if mark is not None and (start := _quotation_before(unit, mark)) is not None:
        if start > _first(unit) and (cue.frame.quoting or _complement_after(unit, cue)):
            return None
        return trimmed(unit, start, last if opened is not None else before, "quotation")
    return None


def _is_scare(unit: Unit, mark: int) -> bool:
    """Whether the mark closes but a few words that more of the sentence stands before."""
    closed = unit.closing(mark)
    opened = unit.syntax.at(closed.start) - 1 if closed is not None else 0
    return opened > 0 and mark - opened <= _SCARE


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
    if any(t.tag in FINITE for t in before):
        return _first(unit)
    return _first(unit) if _is_scare(unit, mark) or _subject_of_quoted(unit, opened) else opened


def _subject_of_quoted(unit: Unit, opened: int) -> bool:
    """Whether the subject of the quoted words stands right before their mark: 'It "is ready to help", he said'."""
    before = unit.tokens[opened - 1]
    if before.tag in {"PRP", "NNS", "NN", "NNP", "NNPS"}:
        at = opened - 1
        while unit.tokens[at].dep in {"pobj", "prep", "compound", "conj"} and unit.tokens[at].head < opened:
            at = unit.tokens[at].head
        return unit.tokens[at].dep in {"nsubj", "nsubjpass"} and unit.tokens[at].head > opened
    return False


def _complement_after(unit: Unit, cue: Cue) -> bool:
    """Whether the parse shows what was said after the cue only."""
    after = (c for c in unit.syntax.children(cue.index) if c > cue.last and unit.tokens[c].dep == "ccomp")
    return any(has_subject(unit, c) for c in after) and not _complement_before(unit, cue)


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
        # "noted Qosimzoda, Chairperson of ..., who also heads": an apposition, not the rest of the speech;
        # but "In view of this, said Wen, countries have": no speech yet.
        return not any(t.tag in FINITE for t in tokens[: cue.clause]) and tokens[at + 1].tag not in WH
    return any(t.tag in FINITE or t.tag in {"VBG", "VBN"} for t in tokens[at + 1 :]) and _clause_before(unit, cue)


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
    finite = any(t.tag in FINITE for t in unit.tokens[first:before])
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


def _after(unit: Unit, cue: Cue) -> tuple[int, str] | None:
    """Return the first token after the cue of what was said, and the rule that found it."""
    frame = cue.frame
    if frame.clause and (found := _clause(unit, cue)):
        return found
    if frame.request and (at := request_made(unit, cue)) is not None:
        return at, "request"
    if cue.lemma in cues.ASSURING and (at := assurance(unit, cue)) is not None:
        return at, "noun"
    if frame.infinitive and (at := infinitive_at(unit, cue.last + 1)) is not None:
        return at, "request"
    if frame.infinitive and (at := infinitive_told(unit, cue)) is not None:
        return at, "request"
    if (at := prepositional(unit, cue)) is not None:
        return at, "call"
    if frame.named and (at := name_given(unit, cue)) is not None:
        return at, "named"
    if (at := attitude_voiced(unit, cue)) is not None:
        return at, "attitude"
    if frame.noun and (at := noun_phrase(unit, cue)) is not None:
        return at, "noun"
    return None


def _clause(unit: Unit, cue: Cue) -> tuple[int, str] | None:
    that = conjunction_that(unit, cue)
    if that is not None and that + 1 < len(unit.tokens):
        return that + 1, "that"
    opened = opened_after(unit, cue)
    named = opened is not None and unit.tokens[opened - 1].text.lower() in cues.NAMING
    if opened is not None and not named and _direct(unit, cue, opened):
        both = cue.inverted and _complement_before(unit, cue) and _set_off(unit, cue.clause - 1)
        return (_first(unit), "inserted") if both else (opened, "quotation")
    if _complement_before(unit, cue):
        return None
    tokens = unit.tokens
    for child in unit.syntax.children(cue.index):
        if unit.last >= child > cue.last and tokens[child].dep == "ccomp" and has_subject(unit, child):
            first = max(unit.syntax.span(child)[0], cue.last + 1)
            while first < child and (
                tokens[first].text in _TRAILING or (tokens[first].dep == "mark" and tokens[first].text == "that")
            ):
                first += 1
            opening = cue.lemma == "declare" and tokens[child].tag not in FINITE  # "declared the forum open"
            if opening or (tokens[first].tag in WH and cue.lemma in {"tell", "say"}):
                return None
            return first, "clause"
    return None


def _direct(unit: Unit, cue: Cue, opened: int) -> bool:
    """Whether the quotation is the speech itself: after a comma or colon, or at once."""
    if opened == cue.last + 1 or unit.tokens[opened - 1].text in {",", ":", "—", "–"}:
        return True
    quotation = unit.opening(opened)
    return (
        quotation is not None
        and quotation.end >= unit.tokens[-1].start - 1
        and any(t.tag in FINITE or t.tag == "VB" for t in unit.tokens[opened + 1 :])
        and opened + 1 < len(unit.tokens)
        and unit.tokens[opened + 1].text[:1].isupper()
    )
