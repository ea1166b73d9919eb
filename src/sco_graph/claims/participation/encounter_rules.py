"""The wordings that tell of an encounter, as regular expressions over a gist (see `gist`).

The groups `left` and `right` are the two sides, `verb` the word that stands for the encounter: a verb, or its noun.
"""

from __future__ import annotations

import re

_LED = r"(?:Ⓡ[ ,]*(?:led|headed) by )?"
_NO_SUBJECT = "".join(rf"(?<!\b{word} .)" for word in ("of", "from", "for", "to", "with"))
_SUBJECT = (
    rf"(?P<left>[ⒶⓇ]|\bs?he\b){_NO_SUBJECT}(?:(?<!\bby .)|(?<=\bled by .)|(?<=\bheaded by .))(?: [,—–-])?(?: both)?"
)
# What may stand between a preposition and a name: "newly appointed", "his visiting colleague".
_QUALITIES = r"(?:(?!(?:to|and|by|of|for|from|in|on|at|with|who|that|as)\b)[\w'-]+ ){0,4}?"
_RIGHT = rf"{_LED}{_QUALITIES}(?P<right>[ⒶⓇ])"
_AUXILIARY = (
    r"(?:(?:has|have|had|is|are|was|were|been|being|separately|on|the|sidelines|margins|of|council|Ⓔ|each|who) )*?"
)
_NEAR = r"(?:[^ⒶⒷⓇⒺ,;:.]{0,150}? )?"
_MEET = r"(?P<verb>met|meets|meeting|saw|sees|conferred|talked|talks|spoke|chatted|sat|spoken|consulted|negotiated)"
_HOLD = r"(?:held|holds|holding|had|has|having|conducted|conducts|conducting)"
_TALKS = r"(?P<verb>Ⓔ|talks|meetings?|conversations?|consultations?|negotiations?|discussions?|(?<=phone )calls?|(?<=video )calls?)"
_DETERMINERS = r"(?:(?:an?|the|his|her|their|separate|bilateral|later|brief|phone|telephone|working|\w+day) )*"
_SIGN = r"(?P<verb>signed|signs|inked|initialled|initialed)"


def _rule(name: str, source: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(source)


_CROWD = (
    r"(?:the |their |its |his |her |all )?(?:[\w-]+ ){0,2}?(?P<crowd>heads of (?:delegations?|missions?|state|government)|participants|delegates|ministers"
    r"|secretaries|leaders|envoys|ambassadors|delegations)"
)
_AMONG = r"(?:[^ⒶⓇⒺ;:.]{0,80}? (?:among them|among whom were|including|such as)(?: ,)? (?P<right>Ⓐ))?"


RULES = (
    _rule("is-received", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met|hosted) {_NEAR}by {_RIGHT}"),
    _rule(
        "receives",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving) {_LED}{_NEAR}(?P<right>[ⒶⓇ])",
    ),
    _rule(
        "receives-crowd",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving) {_CROWD}{_AMONG}",
    ),
    _rule(
        "meets",
        rf"{_SUBJECT} {_AUXILIARY}{_MEET} (?:together |up |separately )*(?:{_LED}|(?:with |to |down with |(?:on|in) {_NEAR}with ){_LED}{_QUALITIES})(?P<right>[ⒶⓇ])",
    ),
    _rule(
        "calls-on",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>called|calls|calling|call) (?:up)?on (?P<right>Ⓐ)(?! to\b| for\b)",
    ),
    _rule(
        "pays-a-call",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>paid|pays|made) (?:[\w-]+ ){{0,4}}(?:call|Ⓔ|visit) (?:up)?(?:on|to) (?P<right>Ⓐ)",
    ),
    _rule(
        "presents-credentials",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>presented|handed|submitted) [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:credentials|letters?)\b[^ⒶⒷⓇ;:.]{{0,250}}? to (?P<right>Ⓐ)",
    ),
    _rule("holds-talks", rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with {_RIGHT}"),
    _rule(
        "also-talks",
        rf"{_SUBJECT} {_AUXILIARY}(?:met|{_HOLD})\b [^;:.]{{0,250}}?\b(?:and|as well as|then) {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}",
    ),
    _rule("talks-had", rf"{_TALKS} (?:that |which )?(?P<left>Ⓐ) {_AUXILIARY}{_HOLD} {_NEAR}with {_RIGHT}"),
    _rule("talks-of", rf"(?P<left>Ⓐ) 's (?:[\w-]+ ){{0,3}}?{_TALKS} {_NEAR}with {_RIGHT}"),
    _rule("talks-of-one-with", rf"{_TALKS} of (?P<left>Ⓐ) with {_RIGHT}"),
    _rule(
        "meet-each-other",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meet|(?<=were )meeting|(?<=are )meeting|talked|conferred|sat down)\b(?! (?:with|to|Ⓐ|the press|reporters)(?!\w))"
        r"(?! [^ⒶⒷⓇ;:.]{0,120}?\bfor [^ⒶⒷⓇ;:.]{0,60}?Ⓔ)",
    ),
    _rule(
        "meet-under-a-chair",
        rf"\b[Uu]nder the (?:chair\w*|presidency|leadership|guidance) of (?P<left>Ⓐ)(?: ,)? {_AUXILIARY}(?P<verb>met|gathered|convened|assembled)\b(?! with)",
    ),
    _rule(
        "goes-for-talks",
        rf"{_SUBJECT} {_AUXILIARY}(?:went|came|arrived|travell?ed|flew|returned)\b[^ⒶⓇ;:.]{{0,120}}?\bfor {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}",
    ),
    _rule(
        "speak-by-phone",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>spoke|talked|conversed)(?= (?:by|on|over|via) (?:the )?(?:tele)?(?:phone|video))",
    ),
    _rule("hold-talks", rf"{_SUBJECT} {_AUXILIARY}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS}(?! {_NEAR}with)"),
    _rule("talks-between", rf"{_TALKS} (?:of|between) (?P<left>Ⓐ)"),
    _rule(
        "talks-with",
        rf"\b(?:at|during|after|in|following|before) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ) ?,? (?P<left>Ⓐ|he\b|she\b)",
    ),
    _rule("in-talks", rf"{_SUBJECT} [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:at|during|in) {_DETERMINERS}{_TALKS} {_NEAR}with {_RIGHT}"),
    _rule(
        "discusses-with",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discusses|discussing|exchanged|exchanges) [^ⒶⓇⒺ;:.]{{0,250}}?\bwith (?P<right>Ⓐ)",
    ),
    _rule(
        "discuss-together",
        rf"(?<!Ⓔ , ){_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discuss|conferred|exchanged views)\b(?! [^ⒶⓇ;:.]{{0,250}}?\b(?:with Ⓐ|at the Ⓔ))",
    ),
    _rule("crowd-received", rf"\b{_CROWD} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met) {_NEAR}by (?P<right>Ⓐ)"),
    _rule("crowd-meets", rf"\b{_CROWD} {_AUXILIARY}(?P<verb>met) {_NEAR}(?:with )?(?P<right>Ⓐ)"),
    _rule(
        "holds-talks-with-crowd",
        rf"{_SUBJECT} {_AUXILIARY}{_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with {_CROWD}",
    ),
    _rule("meets-crowd", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meets) (?:with )?{_CROWD}{_AMONG}"),
    # Places are left out of a gist, so nothing need stand behind the verb.
    _rule(
        "visits",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>visited)(?= (?:[,.;]|to|for|from|on|with|where|and|as|at|Ⓑ [,.;])|$)",
    ),
    _rule(
        "signs",
        rf"{_SUBJECT} {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|it|memorand\w+|agreements?|documents?|protocols?)\b",
    ),
    _rule(
        "bodies-sign",
        rf"(?<!\bof )(?<!\bfor )(?P<left>Ⓑ)(?: ,)? {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|memorand\w+|agreements?)\b",
    ),
    _rule("bears-signatures", r"\b(?P<verb>bears?|carr(?:ies|y)) the signatures? of (?P<left>[ⒶⒷ])"),
    _rule("is-signed-by", rf"{_SIGN} {_NEAR}(?:by|between) (?P<left>[ⒶⒷ])"),
)
"""What tells of an encounter, by name; of two rules for one verb the first holds."""

TRIGGERS = frozenset(
    """
    Ⓔ met meet meets meeting meetings saw sees conferred talked talks spoke spoken chatted sat consulted negotiated conversed
    received receives receiving recieved recieves welcomed hosted called calls calling call paid pays made presented handed
    submitted conversation conversations consultation consultations negotiation negotiations discussion discussions discussed
    discusses discussing discuss exchanged exchanges visited signed signs inked initialled initialed bear bears carry carries
    gathered convened assembled
    """.split()
)
"""Words without one of which no rule matches."""
