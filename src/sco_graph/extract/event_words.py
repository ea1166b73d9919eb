"""The general vocabulary of phrases for events."""

from __future__ import annotations

import re
from functools import lru_cache

HEADS: dict[str, str | None] = {
    **dict.fromkeys("summit summits".split(), "Summit"),
    **dict.fromkeys(
        "meet meets meeting meetings sitting sittings gathering moot retreat plenum get-together".split(), "Meeting"
    ),
    **dict.fromkeys("session sessions plenary hearing hearings discussion discussions".split(), "Session"),
    **dict.fromkeys(
        "conference conferences videoconference video-conference teleconference congress symposium symposia seminar"
        " seminars webinar webinars workshop workshops colloquium assembly convention conclave".split(),
        "Conference",
    ),
    **dict.fromkeys("forum forums sub-forum sub-forums subforum subforums".split(), "Forum"),
    **dict.fromkeys("dialogue dialog dialogues debate debates".split(), "Dialogue"),
    **dict.fromkeys("talks consultation consultations negotiations conversation".split(), "BilateralMeeting"),
    **dict.fromkeys("briefing briefings".split(), "Briefing"),
    **dict.fromkeys(
        "exhibition exhibitions expo exposition fair fairs biennale show shows salon bazaar vernissage roadshow"
        " screening premiere".split(),
        "Exhibition",
    ),
    **dict.fromkeys("exercise exercises drill drills manoeuvres maneuvers wargames".split(), "Exercise"),
    **dict.fromkeys(
        "festival festivals carnival gala concert week weeks day days evening celebration celebrations feast"
        " commemoration".split(),
        "Festival",
    ),
    **dict.fromkeys("ceremony ceremonies parade inauguration opening unveiling".split(), "Ceremony"),
    **dict.fromkeys("reception receptions banquet dinner luncheon".split(), "Reception"),
    **dict.fromkeys("roundtable roundtables round-table".split(), "RoundTable"),
    **dict.fromkeys("visit visits trip tour".split(), "Visit"),
    **dict.fromkeys(
        "games marathon half-marathon championship championships tournament olympiad olympics contest competition cup"
        " hackathon race regatta rally relay spartakiad spartakiade quiz match universiade".split(),
        "Competition",
    ),
    **dict.fromkeys(
        "training course courses camp school masterclass master-class lecture lectures".split(), "Training"
    ),
    **dict.fromkeys("event edition election elections referendum".split()),
    "one": None,
    "editions": None,
}
"""Nouns that head phrases for events, and the class of events they show."""

ONLY_NAMED = frozenset(
    "week cup tour trip course courses camp training assembly convention congress games concert debate debates"
    " gala plenary dialogue celebration dinner fair marathon parade show shows salon bazaar vernissage roadshow"
    " screening premiere weeks day days evening feast commemoration half-marathon olympics hackathon race regatta rally"
    " relay spartakiad spartakiade quiz match universiade school masterclass master-class lecture lectures".split()
)
"""Heads that are events only under a name of their own: "Film Week", "President's Cup"."""

SINGULAR = frozenset(
    "elections talks consultations negotiations exercises drills games manoeuvres maneuvers wargames"
    " celebrations hearings congress olympics".split()
)
"""Heads in the plural that stand for one event."""

FAMILIES = tuple(
    frozenset(words.replace("round_table", "round table") for words in family.split())
    for family in (
        "meeting meet sitting summit session discussion gathering moot conclave talks conversation consultations negotiations conference retreat plenum"
        " videoconference video-conference teleconference plenary round-table roundtable round_table",
        "forum conference congress symposium seminar webinar workshop dialogue colloquium conclave assembly convention expo"
        " roundtable round-table round_table",
        "exhibition expo exposition fair biennale",
        "exercise exercises drill drills manoeuvres maneuvers wargames mission",
        "ceremony parade inauguration opening unveiling",
        "briefing conference",
        "reception banquet dinner luncheon",
        "games championship championships tournament olympiad contest competition cup marathon",
        "festival festivals carnival gala concert celebration celebrations week",
        "visit trip tour",
        "forum week festival festivals",
        "training course courses camp seminar",
    )
)
"""Heads of which one may take up another: "the meeting" for a summit."""

ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"[IVX]{2,6}")

OTHERS = frozenset(
    "next previous last past following upcoming coming forthcoming future preceding another other new"
    " subsequent".split()
)
"""Words that set an event apart from the one under way."""

PASSING = OTHERS | frozenset(
    "regular recent latest current ongoing present same separate final similar such entire whole aforementioned"
    " productive successful important major main historic big large largest great brief short long various several many"
    " numerous this that then significant two-day three-day four-day five-day one-day week-long day-long two-day-long"
    " three-day-long four-day-long five-day-long".split()
)
"""Words before an event's noun that are no part of its name."""

COMPOUNDS = frozenset(
    (head, noun)
    for head, nouns in (
        ("dialogue", "partner platform mechanism"),
        ("conference", "hall room centre center call"),
        ("meeting", "room point place"),
        ("exhibition", "hall centre center"),
        ("training", "centre center"),
        ("congress", "hall centre center"),
        ("summit", "level"),
    )
    for noun in nouns.split()
)
"""Heads with a noun after them that speaks of something else."""

CARRIERS = frozenset(
    "format mode room hall venue platform mechanism call system diplomacy process season hotel".split()
)
"""Nouns that are no event, whatever event's noun stands before them."""
THOSE_PRESENT = frozenset(
    "participant delegate guest attendee organizer organiser visitor member speaker host agenda programme venue"
    " declaration outcome".split()
)
"""Nouns that speak of the event whose noun stands before them: "forum participants"."""
HELD = frozenset("event gathering".split())
"""Heads that tell an event of its own only where somebody holds it: "held a joint event"."""
NUMBERED = frozenset("session panel".split())
"""Heads that a number may follow: "Session 2"."""
GIVEN = frozenset(
    "dialogue dinner concert gala lecture parade celebration celebrations debate masterclass master-class show congress"
    " convention fair roadshow hackathon".split()
)
"""Those of `ONLY_NAMED` that are events of their own all the same where somebody holds them: "hosted a gala dinner"."""
OF_DISCUSSIONS = frozenset(
    "panel thematic plenary themed roundtable round-table table first second third fourth fifth opening closing".split()
)
"""Words before "discussion" that make it an event."""
OF_VOTES = frozenset(
    "presidential parliamentary general legislative snap early local municipal regional national nationwide constitutional"
    " extraordinary gubernatorial".split()
)
"""Words before an election or a referendum that say what people vote on."""
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
    " jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
PERIODS = frozenset("year month week today yesterday tomorrow day summer autumn winter spring".split()) | CALENDAR

GERUNDS = frozenset(
    "opening closing signing unveiling founding launching working awarding closed-door enlarged expanded online"
    " extended joint inaugural constituent presenting coordinating awards".split()
)
"""Words that parsers take for verbs, before an event's noun."""

GROUPS = frozenset(
    """
    heads leaders ministers presidents premiers secretaries chiefs chairs chairmen chairpersons speakers rectors mayors
    governors prosecutors judges experts coordinators negotiators envoys deputies directors officials representatives
    ambassadors diplomats delegations agencies ministries departments authorities services parties parliaments courts
    academies universities state states government governments member members observer observers partner partners
    country countries nations council councils committee commission board group working general foreign affairs
    defence defense
    culture education health transport trade economy economic security national justice interior finance agriculture
    energy science tourism youth women participants contracting permanent border supreme prime attorneys statistics
    customs banks think tanks media chief justices administrations railway railways regulators operators commissioners
    ombudsmen procurators commanders rescue emergency space digital environment industry investment innovation
    intelligence police tax water labour labor communications
    """.split()
)
"""Common nouns for those who meet, as names of events hold them: "ministers of culture of the member states"."""

THOSE_WHO_MEET = frozenset(w for w in GROUPS if w.endswith("s")) - frozenset(
    "affairs customs statistics railways communications".split()
)
"""Those of `GROUPS` who can meet."""

UNSPECIFIC = frozenset(
    "leaders heads presidents premiers parties sides participants officials delegations representatives diplomats"
    " sidelines margins eve basis initiative occasion invitation behalf thursday level day members organization"
    " organisation two three four five six both these those all".split()
)
"""Words behind an event's noun that do not tell it from others."""

STEM = 5
"""By so many letters "tourism" and "tourist" are alike."""

SMALL_IN_NAMES = frozenset("of and the for on in to & with among between at from a against towards across".split())
DETERMINERS = frozenset(
    "the a an this that these those such each every his her its their our any no some both all".split()
)
COMPLEMENTS = frozenset("of on for among between with against to towards".split())
HEADLINE_VERBS = frozenset(
    "starts opens hosts holds begins attends concludes ends joins addresses welcomes convenes chairs launches marks"
    " kicks closes organizes organises plans prepares skips leads celebrates wraps discusses dominates".split()
)
"""Verbs that a headline with capitals throughout joins to an event's noun: "SCO Starts Summit"."""
OPENING = '"“«„‟‘'
QUOTES = OPENING + "”»’?"


@lru_cache(maxsize=4096)
def ordinal(word: str) -> int | None:
    """Return the number that an ordinal stands for ("24th", "ninth", "XXII"), else None."""
    match = ORDINAL.fullmatch(word.casefold())
    if match:
        return int(match[1])
    tens, _, unit = word.casefold().partition("-")
    if tens in ("twenty", "thirty", "forty") and unit in ORDINALS:
        return {"twenty": 20, "thirty": 30, "forty": 40}[tens] + ORDINALS[unit]
    if _ROMAN.fullmatch(word):
        return _roman(word)
    return ORDINALS.get(word.casefold())


def _roman(word: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in word]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
