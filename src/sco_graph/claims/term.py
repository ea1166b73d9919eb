"""Term: from when to when a person holds a post.

RDF: org:memberDuring of the W3C Organization Ontology, an interval with its first and last day, month or year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.role import Role
from sco_graph.model import BlockKind, Mention, Sentence, Text, TimeExpression
from sco_graph.rdf import ORG, RDF, SCHEMA, TIME, Iris, Triple, date_literal

# In masked sentences a date is written with these letters, as many as it has: offsets stay those of the text.
_OPEN, _IN, _CLOSE = "\ue000", "\ue001", "\ue002"
_DATE = f"{_OPEN}{_IN}*{_CLOSE}"
_FIRST, _LAST, _SPAN = (f"(?P<{name}>{_DATE})" for name in ("first", "last", "span"))
_YEARS = re.compile(r"(?<![\w-])((?:19|20)\d\d)(?:\s?[-–—]\s?((?:19|20)?\d\d))?(?![\d-])")
_CUE = re.compile(rf"\(|\b(?:from|between|in|during|since|until|till|on)\b|{_OPEN}", re.IGNORECASE)

_TO = r"(?:\s(?:to|until|till|through|and)\s(?:the\send\sof\s)?|\s?[-–—]\s?)"
_BRACKETS = re.compile(
    rf"\s?\((?:(?:from\s)?{_FIRST}{_TO}{_LAST}|{_SPAN}|since\s(?P<first_>{_DATE})|until\s(?P<last_>{_DATE}))\)"
)
# What follows a post: nothing may stand between, not even a comma, or the date could be that of something else.
_BEHIND = re.compile(
    rf"\s(?:(?:from|between)\s{_FIRST}{_TO}{_LAST}|(?:from|in|during)\s{_SPAN}|(?:since|from)\s(?P<first_>{_DATE})(?!{_TO})"
    rf"|(?:until|till)\s(?:the\send\sof\s)?(?P<last_>{_DATE}))"
)
_TAKEN_UP = re.compile(
    r",?\swho\s(?:took|assumed|entered|came\sinto)\s(?:up\s)?(?:office|(?:the|his|her|that|this)\s(?:office|post|position|duties))"
    rf"\s(?:on|in|from)\s{_FIRST}"
)
_ENTERED = re.compile(rf"\s(?:on|in|since|from|as\sof)\s{_FIRST}")
# What comes before: "From 2010 to 2012 he was ...".
_CLAUSE = r"(?:^|[.;:,]\s)(?:and\s)?(?P<words>)"
_BEFORE = re.compile(
    rf"{_CLAUSE}(?:(?:from|between)\s{_FIRST}{_TO}{_LAST}|(?:in|from|during)\s{_SPAN}|since\s(?P<first_>{_DATE})"
    rf"|until\s(?P<last_>{_DATE})),?\s$",
    re.IGNORECASE,
)
_BEFORE_ENTERED = re.compile(rf"{_CLAUSE}(?:on|in)\s{_FIRST},?\s$", re.IGNORECASE)
_BECOMING = re.compile(
    r"\b(?:became|becomes|took\soffice|takes\soffice|took\sover|took\sup|assumed|entered\soffice|(?:was|were|been)\ssworn\sin)\b"
)
_HOLDING = re.compile(r"\s(?:was|is|were|has\sbeen|had\sbeen|served|serves|has\sserved|worked|acted)\b")
_OTHER_TIME = re.compile(r"\b(?:now|currently|presently|later|then|today|afterwards|before\sthat|since)\b")

# Whoever takes up an office is none of these by it: "a diplomat who took up his post in 2007".
_NO_OFFICE = frozenset(
    "diplomat politician official expert scholar analyst economist historian member statesman".split()
)
_LIFE = 25
"""More years than that behind a name are a life's: "President Karimov (1938-2016)"."""
_SHORTEST = 28
"""Fewer days than that are no term: "head of the delegation from May 3 to 5"."""


class _Told(NamedTuple):
    """The first and last date of a term, either of them None; the words that tell so end at `end` or begin at `start`."""

    first: str | None
    last: str | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Claim):
    """`person` holds the post from `first` to `last`: YYYY-MM-DD, YYYY-MM or YYYY, or None for what the text leaves open.

    `title`, `organization` and `tenure` are those of the role, and with the person name its membership.
    """

    kind: ClassVar[str] = "term"

    person: Mention
    title: str
    organization: Mention | None
    tenure: str | None = None
    first: str | None = None
    last: str | None = None

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the terms of the posts that `text` gives to persons, where a date stands right beside the post."""
        masked = {s.start: m for s in text.sentences if s.block is not BlockKind.FURNITURE and (m := _Masked.of(s))}
        if not masked:
            return
        sentences = sorted(masked)
        for role in Role.extract(text):
            start = max((s for s in sentences if s <= role.evidence.start), default=None)
            told = masked[start].told(role) if start is not None and role.evidence.end <= masked[start].end else None
            if told:
                yield cls(
                    person=role.person,
                    title=role.title,
                    organization=role.organization,
                    tenure=role.tenure,
                    first=told.first,
                    last=told.last,
                    evidence=text.evidence(min(role.evidence.start, told.start), max(role.evidence.end, told.end)),
                    rule=f"{cls.kind}/{told.rule}",
                    modality=role.modality,
                )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the membership, as the role names it."""
        return self._role().subject(iris)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the membership, since a claim stands for itself, and its interval."""
        yield from self._role().triples(iris)
        yield self.subject(iris), ORG.memberDuring, iris.interval(self.first, self.last)

    def interval(self, iris: Iris) -> Iterator[Triple]:
        """Yield what the interval is: the same for all claims that name it, so it stands in the graph of the document."""
        interval = iris.interval(self.first, self.last)
        yield interval, RDF.term("type"), TIME.ProperInterval
        if self.first:
            yield interval, SCHEMA.startDate, date_literal(self.first)
        if self.last:
            yield interval, SCHEMA.endDate, date_literal(self.last)

    def _role(self) -> Role:
        return Role(
            person=self.person,
            title=self.title,
            organization=self.organization,
            tenure=self.tenure,
            evidence=self.evidence,
            rule=self.rule,
        )


class _Masked:
    """A sentence with its dates masked, so that patterns see where they stand and not what they are."""

    def __init__(self, sentence: Sentence, times: dict[int, TimeExpression]) -> None:
        self._start, self.end = sentence.start, sentence.end
        self._times = times
        letters = list(sentence.text)
        for time in times.values():
            length = time.end - time.start
            letters[time.start - self._start : time.end - self._start] = [_OPEN, *[_IN] * (length - 2), _CLOSE]
        self._text = "".join(letters)

    @classmethod
    def of(cls, sentence: Sentence) -> Self | None:
        """Return the sentence masked, or None if it can tell no term."""
        times = {t.start: t for t in (*sentence.times, *_years(sentence))}
        masked = cls(sentence, times) if times else None
        return masked if masked and _CUE.search(masked._text) else None

    def told(self, role: Role) -> _Told | None:
        """Return the term that the sentence gives to the post of `role`."""
        found = self._in_brackets(role) or self._behind(role) or self._before(role)
        return found if found and _is_term(found) else None

    def _in_brackets(self, role: Role) -> _Told | None:
        """Read "Minister of Foreign Affairs (1991-1992)", "(2004-2006)" behind a name, or within the words of the role."""
        end = role.evidence.end - self._start
        inner = self._text[:end].rfind(" (")
        within = _BRACKETS.match(self._text, inner, end) if inner >= role.evidence.start - self._start else None
        at_joint = within and within.end() in (end, role.person.start - self._start - 1)
        match = within if at_joint else _BRACKETS.match(self._text, end)
        told = self._read(match, "brackets") if match else None
        if told is None or role.person.end != role.evidence.end or at_joint:
            return told
        closed = told.first is not None and told.last is not None
        return told if closed and _year(told.last) - _year(told.first) <= _LIFE else None

    def _behind(self, role: Role) -> _Told | None:
        """Read "Secretary-General of the SCO since 2022", "... from 2010 to 2012", "who became ... on January 1"."""
        if role.evidence.end <= role.person.end:
            return None
        end = role.evidence.end - self._start
        if (match := _BEHIND.match(self._text, end)) and (told := self._read(match, "behind")):
            return told
        if self._becomes(role) and (match := _ENTERED.match(self._text, end)):
            return self._read(match, "entered")
        office = role.title.rpartition(" ")[2].lower() not in _NO_OFFICE
        match = _TAKEN_UP.match(self._text, end) if office else None
        return self._read(match, "taken_up") if match else None

    def _before(self, role: Role) -> _Told | None:
        """Read "From 2010 to 2012 he was Secretary-General", "In 2022 he became ..."."""
        said = self._said(role)
        if role.rule != "role/predicate" or role.person.start != role.evidence.start or _OTHER_TIME.search(said):
            return None
        start = role.person.start - self._start
        if self._becomes(role):
            match = _BEFORE_ENTERED.search(self._text, 0, start)
            return self._read(match, "entered") if match else None
        match = _BEFORE.search(self._text, 0, start) if _HOLDING.match(said) else None
        return self._read(match, "before") if match else None

    def _becomes(self, role: Role) -> bool:
        said = self._said(role)
        return role.person.start == role.evidence.start and bool(_BECOMING.search(said)) and _OPEN not in said

    def _said(self, role: Role) -> str:
        """Return what the words of the role say behind the name of the person."""
        return self._text[role.person.end - self._start : role.evidence.end - self._start]

    def _read(self, match: re.Match[str], rule: str) -> _Told | None:
        given = {name.strip("_"): match.start(name) for name, words in match.groupdict().items() if words}
        times = {name: self._times[self._start + at] for name, at in given.items()}
        begins = match.start("words") if "words" in match.groupdict() else match.start()
        start, end = self._start + begins, self._start + match.end()
        if span := times.get("span"):
            return _Told(span.first, span.last, start, end, rule) if span.first < span.last else None
        first, last = times.get("first"), times.get("last")
        return _Told(first.first if first else None, last.last if last else None, start, end, rule)


def _years(sentence: Sentence) -> Iterator[TimeExpression]:
    """Yield the years and spans of years that are no date expressions of the sentence: "(1991-1992)", "2016-18"."""
    for match in _YEARS.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not any(t.start < end and start < t.end for t in sentence.times):
            first = match[1]
            last = first[: 4 - len(match[2])] + match[2] if match[2] else first
            yield TimeExpression(start, end, first, last)


def _year(date: str | None) -> int:
    return int(date[:4]) if date else 0


def _is_term(told: _Told) -> bool:
    """Whether the dates are in order and far enough apart for a term of office."""
    if told.first is None or told.last is None:
        return True
    length = min(len(told.first), len(told.last))
    if told.first[:length] > told.last[:length]:
        return False
    same_month = length == len("2024-05-01") and told.first[:7] == told.last[:7]
    return not same_month or int(told.last[8:]) - int(told.first[8:]) >= _SHORTEST
