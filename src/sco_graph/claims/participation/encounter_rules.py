"""The wordings that tell of an encounter, as regular expressions over a gist (see `gist`).

The groups `left` and `right` are the two sides, `verb` the word that stands for the encounter: a verb, or its noun.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LED = r"(?:(?:Ⓡ|(?:an?|the|his|her) (?:[\w-]+ ){0,4}?(?:delegation|group|mission|team)(?: (?:of|from) [^ⒶⓇⒺ;:.]{0,60}?)?)[ ,]*(?:led|headed) by )?"
_NO_SUBJECT = "".join(rf"(?<!\b{word} .)" for word in ("of", "from", "for", "to", "with"))
_SUBJECT = (
    rf"(?P<left>[ⒶⓇ]|\bs?he\b){_NO_SUBJECT}(?:(?<!\bby .)|(?<=\bled by .)|(?<=\bheaded by .))(?: ,(?: (?:on|in|at|during|while|earlier|later)\b[^ⒶⒷⓇⒺ,;:.]{{0,60}} ,)?| [—–-])?(?: both)?"
    r"(?:(?: along| together)?(?: and| with) (?:his|her|the|an?|their) (?:[\w-]+ )?(?:delegation|team|entourage))?"
)
# What may stand between a preposition and a name: "newly appointed", "his visiting colleague".
_QUALITIES = r"(?:(?!(?:to|and|by|of|for|from|in|on|at|with|who|that|as)\b)[\w'-]+ ){0,4}?"
_RIGHT = rf"{_LED}{_QUALITIES}(?P<right>[ⒶⓇ])"
_AUXILIARY = (
    r"(?:(?:has|have|had|is|are|was|were|been|being|separately|on|the|sidelines|margins|of|council|Ⓔ|each|who|also|previously|already|recently|last|first|later|jointly"
    r"|earlier|in|day|week|month|morning|afternoon|evening|night|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day) )*?"
)
_NEAR = r"(?:[^ⒶⒷⓇⒺ,;:.]{0,150}? )?"
# "Received a delegation headed by": who leads guests receives nobody.
_AGENT = "".join(rf"(?<!\b{word} )" for word in ("led", "headed", "chaired", "accompanied", "represented"))
_UPON_ARRIVAL = r"(?! (?:up)?on (?:his|her|their|the)? ?(?:arrival|return)| at the airport)"
_MEET = (
    r"(?P<verb>met|meets|meeting|saw|sees|conferred|talked|talks|spoke|chatted|sat|spoken|consulted|negotiated|interacted|phoned|telephoned"
    r"|conversed|engaged(?= with)|dined(?= with)|lunched(?= with))"
)
VISIT = "Ⓔ-visit"
"""What stands among the words of a gist for an event that is a visit."""
_MET = "met meets meeting saw sees conferred talked talks spoke chatted sat spoken consulted negotiated interacted phoned telephoned conversed engaged dined lunched"
_RECEIVED = "received recieved receives recieves receiving"
_TALKED = """
    Ⓔ tête tete tête-à-tête tete-a-tete one audience talk talks meeting meetings conversation conversations consultation
    consultations negotiation negotiations discussion discussions interaction interactions call calls
"""
_HELD = "held holds holding had has having conducted conducts conducting"
_SIGNED = "signed signs inked initialled initialed"
_HOLD = r"(?:held|holds|holding|had|has|having|conducted|conducts|conducting)"
_TALKS = r"(?P<verb>Ⓔ|t[êe]te - [àa] - t[êe]te|t[êe]te-[àa]-t[êe]te|one - on - ones?|audience|talks?|meetings?|conversations?|consultations?|negotiations?|discussions?|interactions?|(?<=phone )calls?|(?<=video )calls?)"
_DETERMINERS = r"(?:(?:an?|the|his|her|their|separate|bilateral|later|brief|phone|telephone|working|\w+day) )*"
_SIGN = r"(?P<verb>signed|signs|inked|initialled|initialed)"


class Rule(NamedTuple):
    """A wording with its name; `needs` are groups of words: without one of each the wording is not there."""

    name: str
    wording: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


def _rule(name: str, source: str, *needs: str) -> Rule:
    return Rule(name, re.compile(source), tuple(frozenset(group.split()) for group in needs))


_CROWD = (
    r"(?:the |their |its |his |her |all )?(?:[\w-]+ ){0,2}?(?P<crowd>heads of (?:the |all )?(?:[a-z]+ ){0,1}?(?:delegations?|missions?|state|government)|participants|delegates|(?:prime )?ministers"
    r"|presidents|premiers|chiefs|diplomats|speakers|prosecutors|coordinators|secretaries|leaders|envoys|ambassadors|delegations|counterparts)"
)
_DONE = r"(?<!forward to )(?<!ahead of )(?<!before )(?<!for )(?<!prepare )(?<!preparing )"
_GATHERED = "came met meet meets meeting gathered gather convened convene assembled"
_DUE = r"(?:(?:will|(?:is|are) (?:due |set |scheduled |expected )?to) )?"
_GATHER = (
    rf"{_DUE}(?P<verb>met|gathered|convened|assembled|came together|(?<=, )meeting|(?<=\bis )meeting|(?<=\bare )meeting|(?<=will )(?:meet|gather|convene)"
    r"|(?<= to )(?:meet|gather|convene)|meets?(?= (?:in|on|today|here|this)\b))\b(?! (?:with|by|each|together with|Ⓐ|Ⓑ)(?!\w))"
    r"(?![^;Ⓔ]{0,400}(?<!prepare for )(?<!prepare for the )(?<!ahead of )(?<!ahead of the )(?<!amid )(?<!site of )(?<!site of the )(?<!venue of )(?<!venue of the )Ⓔ)"
)
_CROWDS = "heads participants delegates ministers presidents premiers chiefs diplomats speakers prosecutors coordinators secretaries leaders envoys ambassadors delegations counterparts"
_AMONG = r"(?:[^ⒶⓇⒺ;:.]{0,80}? (?:among them|among whom were|including|such as)(?: ,)? (?P<right>Ⓐ))?"

_PAPER = r"(?:an?|the|two|three|several|\d+|memorand\w+|mous?|agreements?|documents?|protocols?|declarations?)"
_COSIGNED = r"(?:(?: (?:[^ⒶⒷⓇⒺ;:.,]|Ⓑ(?=[^ⒶⒷⓇⒺ;:.,]* with Ⓐ)){0,120}?)? with (?P<right>[ⒶⒷⓇ]))?"
_PRESS = r"(?:the )?(?:[\w-]+ ){0,2}?(?:press|media|journalists|reporters|correspondents)\b"
_ON = r"(?:on|for|during|in|framework of|part of|(?:day|end|eve|result|results|course) of|paid|pays|paying|made|makes|making|began|begun|begins|started|concluded|completed|ended)"

RULES = (
    _rule(
        "is-received",
        rf"{_SUBJECT} (?:(?:(?!arriv)[^ⒶⓇⒺ,;:.]){{0,100}}? and )?{_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met|hosted) {_NEAR}(?:(?:at|in) [^ⒶⓇⒺ,;:.]{{0,80}})?{_AGENT}by {_RIGHT}",
        f"{_RECEIVED} welcomed met hosted",
        "by",
    ),
    _rule(
        "receives",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving) {_LED}{_NEAR}(?P<right>[ⒶⓇ]){_UPON_ARRIVAL}",
        _RECEIVED,
    ),
    _rule(
        "welcomes",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>welcomed|welcomes|hosted|hosts|greeted|greets) {_LED}(?P<right>Ⓐ)(?= (?:,|\.|at|in|on|with|and|upon)(?!\w)|$)",
        "welcomed welcomes hosted hosts greeted greets",
    ),
    _rule(
        "receives-crowd",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving|hosted|hosts) {_CROWD}{_AMONG}",
        f"{_RECEIVED} hosted hosts",
        _CROWDS,
    ),
    _rule(
        "meets",
        rf"{_SUBJECT} {_AUXILIARY}{_MEET} (?:(?:together|up|separately|down|morning|afternoon|evening|night|briefly|informally|virtually) )*(?:{_LED}|(?:with |to |down with |(?:on|in) {_NEAR}with ){_LED}{_QUALITIES}|(?:with )?(?:the|his|her) [^ⒶⓇⒺ,;:.]{{1,60}} , )(?P<right>[ⒶⓇ])",
        _MET,
    ),
    _rule(
        "hands-credentials",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>presented|handed|submitted) (?:[^ⒶⒷⓇ;:.]{{0,80}}? )?(?P<right>Ⓐ)",
        "presented handed submitted",
    ),
    _rule(
        "calls-on",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>called|calls|calling|call) (?:up)?on {_QUALITIES}(?P<right>Ⓐ)(?! to\b| for\b)",
        "called calls calling call",
        "on upon",
    ),
    _rule(
        "pays-a-call",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>paid|pays|made) (?:[\w-]+ ){{0,4}}(?:call|Ⓔ|visit) (?:up)?(?:on|to) {_QUALITIES}(?P<right>Ⓐ)",
        "paid pays made",
        "call Ⓔ visit",
    ),
    _rule(
        "presents-credentials",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>presented|handed|submitted) [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:credentials|letters?)\b[^ⒶⒷⓇ;:.]{{0,250}}? to (?P<right>Ⓐ)",
        "presented handed submitted",
    ),
    _rule(
        "holds-talks",
        rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with {_RIGHT}",
        _HELD,
        _TALKED,
        "with",
    ),
    _rule(
        "holds-a-series",
        rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,6}}?(?P<verb>Ⓔ|meetings|talks|conversations|negotiations|consultations)(?: ,)? "
        rf"(?:(?:[\w-]+ )?(?:including|among them|namely|in particular|notably)(?: ,| those| ones)?|:) with {_RIGHT}",
        _HELD,
        "including among namely particular notably :",
        "with",
    ),
    _rule(
        "also-talks",
        rf"{_SUBJECT} {_AUXILIARY}(?:met|{_HOLD})\b [^;:.]{{0,250}}?\b(?:and|as well as|then) {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}",
        f"{_HELD} met",
        _TALKED,
        "with",
    ),
    _rule(
        "talks-had",
        rf"{_TALKS} (?:that |which )?(?P<left>Ⓐ) {_AUXILIARY}{_HOLD} {_NEAR}with {_RIGHT}",
        _HELD,
        _TALKED,
        "with",
    ),
    _rule(
        "talks-of",
        rf"{_DONE}(?P<left>person's) (?:[\w-]+ ){{0,3}}?{_TALKS} {_NEAR}with {_RIGHT}",
        _TALKED,
        "person's",
        "with",
    ),
    _rule("talks-of-one-with", rf"{_TALKS} of (?P<left>Ⓐ) with {_RIGHT}", _TALKED, "of", "with"),
    _rule(
        "at-the-meeting",
        r"(?:^|, )(?:[Dd]uring|[Aa]t|[Ii]n|[Aa]fter|[Ff]ollowing) (?:the|a|this) (?:[\w-]+ ){0,3}?(?P<verb>Ⓔ)(?! (?:with|of)\b)(?: ,)? (?P<left>Ⓐ) "
        r"(?:also |then )?(?:discussed|exchanged|conferred|reviewed|agreed|talked|considered|noted|stressed|emphasi[sz]ed|underlined|touched)\b",
        "Ⓔ",
    ),
    _rule(
        "meet-each-other",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meet|(?<=were )meeting|(?<=are )meeting|talked|conferred|sat down)\b(?! (?:with|to|Ⓐ|the press|reporters)(?!\w))"
        r"(?! [^ⒶⒷⓇ;:.]{0,120}?\bfor [^ⒶⒷⓇ;:.]{0,60}?Ⓔ)",
        "met meet meeting talked conferred sat",
    ),
    _rule(
        "meet-under-a-chair",
        rf"\b[Uu]nder the (?:chair\w*|presidency|leadership|guidance) of (?P<left>Ⓐ)(?: ,)? {_AUXILIARY}(?P<verb>met|gathered|convened|assembled)\b(?! with)",
        "under Under",
        "met gathered convened assembled",
    ),
    _rule(
        "goes-for-talks",
        rf"{_SUBJECT} {_AUXILIARY}(?:went|came|arrived|travell?ed|flew|returned)\b[^ⒶⓇ;:.]{{0,120}}?\bfor {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}",
        "went came arrived travelled traveled flew returned",
        _TALKED,
        "with",
    ),
    _rule(
        "speak-by-phone",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>spoke|talked|conversed)(?= (?:by|on|over|via) (?:the )?(?:tele)?(?:phone|video))",
        "spoke talked conversed",
        "phone telephone video",
    ),
    _rule(
        "talks-are-held",
        rf"{_TALKS} {_NEAR}(?:(?:was|were|been|being) {_NEAR}(?:held|conducted)|took place|taken place) {_NEAR}(?:by|between|of) "
        rf"(?P<left>Ⓐ|him\b|her\b)(?: {_NEAR}with {_RIGHT})?",
        "held conducted place",
        _TALKED,
        "by between of",
    ),
    _rule(
        "talks-are-held-with",
        rf"{_TALKS} (?:was|were|has been|have been) (?:also )?held with {_RIGHT}",
        "held",
        _TALKED,
        "with",
    ),
    _rule(
        "his-talks",
        rf"(?P<left>Ⓐ) (?:[^ⒶⓇⒺ;:.]{{0,150}}? )?{_DONE}(?:his|her) (?:[\w-]+ ){{0,3}}?{_TALKS} {_NEAR}with {_RIGHT}",
        "his her",
        _TALKED,
        "with",
    ),
    _rule(
        "tells-in-talks",
        rf"{_SUBJECT} {_AUXILIARY}(?:told|assured|informed|briefed|asked|urged|thanked|congratulated) (?P<right>Ⓐ) "
        rf"[^ⒶⓇ;:.]{{0,200}}?\b(?:in|at|during) (?:[\w-]+ ){{0,3}}?{_TALKS}(?! (?:[^ⒶⓇ;:.]{{0,60}} )?(?:with|of) )",
        "told assured informed briefed asked urged thanked congratulated",
        _TALKED,
    ),
    _rule("hold-talks", rf"{_SUBJECT} {_AUXILIARY}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS}(?! {_NEAR}with)", _HELD, _TALKED),
    _rule("talks-between", rf"{_TALKS} (?:of|between) (?P<left>Ⓐ)", _TALKED, "of between"),
    _rule(
        "talks-with",
        rf"\b(?:at|during|after|in|following|before|course of) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ)(?:(?: [^ⒶⓇ;:.]{{0,120}}?)? ,| ) ?(?P<left>Ⓐ|he\b|she\b)",
        _TALKED,
        "with",
    ),
    _rule(
        "in-talks",
        rf"{_SUBJECT} [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:at|during|in) {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}",
        _TALKED,
        "with",
    ),
    _rule(
        "discusses-with",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discusses|discussing|exchanged|exchanges) [^ⒶⓇⒺ;:.]{{0,250}}?\bwith (?P<right>Ⓐ)",
        "discussed discusses discussing exchanged exchanges",
        "with",
    ),
    _rule(
        "discuss-together",
        rf"(?<!Ⓔ , ){_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discuss|conferred|exchanged views)\b(?! [^ⒶⓇ;:.]{{0,250}}?\b(?:with Ⓐ|at the Ⓔ))",
        "discussed discuss conferred exchanged",
    ),
    _rule(
        "crowd-received",
        rf"\b{_CROWD} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|(?<!participants were )(?<!delegates were )welcomed|met) {_NEAR}by (?P<right>Ⓐ)",
        f"{_RECEIVED} welcomed met",
        "by",
    ),
    _rule("crowd-meets", rf"\b{_CROWD} {_AUXILIARY}(?P<verb>met) {_NEAR}(?:with )?(?P<right>Ⓐ)", "met"),
    _rule(
        "crowd-gathers",
        rf"(?<!and )\b(?:Ⓑ (?:'s )?)?{_CROWD}(?: of [^;:.,Ⓔ]{{0,80}}?)?(?: ,)? {_AUXILIARY}{_GATHER}",
        _GATHERED,
        _CROWDS,
    ),
    _rule(
        "council-meets",
        rf"(?<!\bof )(?<!\bfor )(?<!\bby )(?P<crowd>Ⓑ)(?: ,)? {_AUXILIARY}{_GATHER}",
        _GATHERED,
    ),
    _rule(
        "holds-talks-with-crowd",
        rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with {_CROWD}",
        _HELD,
        _TALKED,
        "with",
        _CROWDS,
    ),
    _rule(
        "meets-crowd",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meets) (?:{_NEAR}with )?(?:Ⓑ (?:'s )?)?{_CROWD}{_AMONG}",
        "met meets",
        _CROWDS,
    ),
    # Places are left out of a gist, so nothing need stand behind the verb.
    _rule(
        "meets-the-press",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meets) (?:with )?{_PRESS}",
        "met meets",
        "press media journalists reporters correspondents",
    ),
    _rule(
        "meeting-the-press",
        rf"(?:^|, )(?:when |while |after )?(?P<verb>meeting) (?:with )?{_PRESS}(?: ,)? (?P<left>Ⓐ|he\b|she\b)",
        "meeting",
        "press media journalists reporters correspondents",
    ),
    _rule(
        "on-a-visit",
        rf"{_SUBJECT} (?:[^ⒶⓇⒺ;:.]{{0,120}}? )?\b{_ON} (?:an?|his|her|the|their) (?:[\w-]+ ){{0,4}}?(?P<verb>Ⓔ)",
        VISIT,
    ),
    _rule(
        "on-a-visit-he",
        r"(?:^|, )(?:during|on|in|after|amid|as part of|within the framework of|in the course of) (?:an?|his|her|their) "
        r"(?:[\w-]+ ){0,4}?(?P<verb>Ⓔ)[^ⒶⓇⒺ;:.]{0,80}?, (?P<left>Ⓐ)",
        VISIT,
    ),
    _rule("visit-of", r"(?P<verb>Ⓔ) (?:of|by) (?P<left>Ⓐ) (?:to|in)\b", VISIT),
    _rule("s-visit", rf"{_DONE}(?P<left>person's) (?:[\w-]+ ){{0,4}}?(?P<verb>Ⓔ)", VISIT, "person's"),
    _rule(
        "visits",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>visited)(?= (?:[,.;]|to|for|from|on|with|where|and|as|at|Ⓑ [,.;])|$)",
        "visited",
    ),
    _rule("signs", rf"{_SUBJECT} {_AUXILIARY}{_SIGN} {_NEAR}(?:it|{_PAPER})\b{_COSIGNED}", _SIGNED),
    _rule(
        "bodies-sign",
        rf"(?<!\bof )(?<!\bfor )(?P<left>Ⓑ)(?: ,)? {_AUXILIARY}{_SIGN} {_NEAR}{_PAPER}\b{_COSIGNED}",
        _SIGNED,
    ),
    _rule(
        "puts-a-signature",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>put|affixed|appended) (?:his|her|their) signatures? (?:under|to|on|below) {_PAPER}\b{_COSIGNED}",
        "put affixed appended",
        "signature signatures",
    ),
    _rule(
        "signing-ceremony",
        r"(?P<verb>Ⓔ|signing) (?:(?:of|for) )?(?:the )?(?:signing )?(?:of )?(?:an?|the|two|several|memorand\w+|agreements?|protocols?|mous?)\b"
        r"(?: [^ⒶⓇⒺ;:.,]{0,120}?)? (?:between|by) (?P<left>[ⒶⒷ])",
        "signing",
        "between by",
    ),
    _rule(
        "bears-signatures",
        r"\b(?P<verb>bears?|carr(?:ies|y)) the signatures? of (?P<left>[ⒶⒷ])",
        "bear bears carry carries",
        "signature signatures",
    ),
    _rule(
        "is-signed-by",
        rf"{_SIGN} {_NEAR}(?:by|between) (?P<left>[ⒶⒷ])(?:(?: ,)? with {_RIGHT})?",
        _SIGNED,
        "by between",
    ),
)
"""What tells of an encounter, by name; of two rules for one verb the first holds."""

TRIGGERS = frozenset().union(*(rule.needs[0] for rule in RULES))
"""Words without one of which no rule matches."""
