"""The rules of participation: regular expressions over gists, capacity by capacity.

In a pattern `WHO` is the agents, `WHAT` the event; an event that a pattern does not name is found by `discourse`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_graph.model import Capacity

_AGENT = "[ⒶⒷⓇ]"
_MACROS = {
    # A subject: agents that are not the object of a preposition, as in "the leaders of Ⓑ attended".
    "SUBJ": rf"(?<!\bof )(?<!\bfrom )(?<!\bby )(?<!\bfor )(?<!\bin )(?<!\bto )(?<!\bwith )(?<!\bagainst )(?P<who>{_AGENT})(?: [,—–-])?(?: all)?",
    "WHO": rf"(?:: (?:from )?)?(?:the |an? )?(?P<who>{_AGENT})",
    "EVENT": r"(?:(?!(?:of|at|in|to|with|by|and|for|on|after|before|during|from|that|which|who) )[\w'’-]+ ){0,4}?(?P<what>Ⓔ)",
    "HAVE": r"(?:(?:has|have|had|is|are|was|were|been|be|being|will|would|to|who|which|that|as|well|did|not only|but|himself|herself|personally|actively) )*",
    "GAP": r"(?:[^ⒶⒷⓇⒺ,;:.]* )?",
    "LOOSE": r"(?:[^ⒶⓇⒺ;:.]* )?",
    "SPEECH": r"(?:speech|speeches|speach|adress|remarks?|address|addresses|statements?|report|reports|presentations?|lectures?|keynotes?|words|greetings?|toasts?|messages?|interventions?|comments|introduction)",
    "AUDIENCE": r"(?:(?:the|his|her|their|all|fellow|other|two|three|four|five|its) )*(?:participants|guests|attendees|audience|colleagues|delegates|gathering|meeting|session|forum|summit|conference|assembly|council|counterparts|hosts|those present|partners|leaders|event|plenary|hall|ceremony)",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Whoever the `who` of `regex` names takes part as `capacity`; `everyone` means every agent within the match.

    `about_event` patterns are read only of a subject that is an event.
    """

    name: str
    capacity: Capacity
    regex: re.Pattern[str]
    everyone: bool = False
    about_event: bool = False


def _pattern(
    name: str, capacity: Capacity, source: str, *, everyone: bool = False, about_event: bool = False
) -> Pattern:
    for macro, meaning in _MACROS.items():
        source = source.replace(f"<{macro}>", meaning)
    return Pattern(name, capacity, re.compile(source), everyone, about_event)


_A = Capacity
PATTERNS: tuple[Pattern, ...] = (
    # --- chair
    _pattern("chaired-by", _A.CHAIR, r"\b(?:co-)?(?:chaired|presided over|presided|headed up) (?:over )?(?:by )<WHO>"),
    _pattern(
        "chairs",
        _A.CHAIR,
        r"<SUBJ> <HAVE>(?:co-)?(?:chaired|chairs|chairing|(?<=will )chair|(?<=would )chair|(?<=to )chair|presided|presides|presiding)\b(?: over| at)?(?: <EVENT>)?",
    ),
    _pattern(
        "takes-the-chair",
        _A.CHAIR,
        r"<SUBJ> <HAVE>(?:took the chair|occupied the chair|(?:in|from) the chair|(?:the )?(?:host and )?(?:chair|chairman|chairperson)\b(?! of\b)(?= ?[.,;]))",
    ),
    _pattern("in-the-chair", _A.CHAIR, r"\b(?:in|from) the chair (?:(?:was|were|is) |, )<WHO>"),
    _pattern(
        "under-the-chair",
        _A.CHAIR,
        r"\bunder the (?:chairmanship|presidency|chair|chairpersonship|co-chairmanship|leadership) of <WHO>",
    ),
    _pattern(
        "with-in-the-chair",
        _A.CHAIR,
        r"\bwith (?:[^ⒶⒷⓇⒺ;:.]*, )?<WHO>(?: ,)? (?:in the chair|presiding|chairing|as (?:the |its )?chair\w*)",
    ),
    _pattern("had-as-chair", _A.CHAIR, r"\b(?:had|with) <WHO> ,? ?as (?:its |the )?chair\w*"),
    # --- moderator
    _pattern("moderated-by", _A.MODERATOR, r"\bmoderated (?:by )<WHO>"),
    _pattern(
        "moderates",
        _A.MODERATOR,
        r"<SUBJ> <HAVE>(?:moderated|moderates|moderating|acted as (?:the )?moderator|(?:was|served as) (?:the )?moderator)(?: <EVENT>)?",
    ),
    _pattern("moderator-was", _A.MODERATOR, r"\bmoderators? (?:(?:of|at) <EVENT> )?(?:was|were|is) <WHO>"),
    # --- host
    _pattern("hosted-by", _A.HOST, r"\b(?:co-)?hosted (?:by )<WHO>"),
    _pattern("hosts", _A.HOST, r"<SUBJ> <HAVE>(?:co-)?(?:hosted|hosts|hosting|host)\b(?! of\b)(?: <EVENT>)?"),
    _pattern("gives-a-reception", _A.HOST, r"<SUBJ> <HAVE>(?:gave|threw) (?:an? |the )(?P<what>Ⓔ)(?! with)"),
    _pattern("whose-host", _A.HOST, r"\bhost , <WHO> ,"),
    _pattern(
        "receives-colleagues",
        _A.HOST,
        r"<SUBJ> <HAVE>rec(?:ei|ie)ved (?:his|her|the) (?:[a-z-]+ ){0,2}(?:coll?ea?gues|guests|participants of <EVENT>|participants|counterparts|heads of delegations?|visitors|leaders)",
    ),
    # --- organizer, sponsor, director
    _pattern(
        "organized-by",
        _A.ORGANIZER,
        r"\b(?:co-?)?(?:organi[sz]ed|arranged|convened|initiated|put on|run) (?:(?!by )[^ⒶⒷⓇⒺ,;:.]* )?by <WHO>",
    ),
    _pattern("held-by", _A.ORGANIZER, r"\bheld by <WHO>", about_event=True),
    _pattern(
        "organizes",
        _A.ORGANIZER,
        r"<SUBJ> <HAVE>(?:co-?)?(?:organi[sz]ed|organi[sz]es|convened|convenes|arranged)(?: ,? ?(?:with <AGENT>) ,?)? <EVENT>".replace(
            "<AGENT>", f"(?:the )?{_AGENT}"
        ),
        everyone=True,
    ),
    _pattern(
        "organizers-were",
        _A.ORGANIZER,
        r"\b(?:co-)?organi[sz]ers? (?:of <EVENT> )?(?:(?:was|were|are|is|included?|includes) |: )<WHO>",
    ),
    _pattern("sponsored-by", _A.SPONSOR, r"\b(?:co-?)?(?:sponsored|funded|financed) (?:by )<WHO>", about_event=True),
    _pattern("sponsors", _A.SPONSOR, r"<SUBJ> <HAVE>(?:co-?)?(?:sponsored|sponsors|funded|financed) <EVENT>"),
    _pattern("with-support-of", _A.SPONSOR, r"\bwith the (?:\w+ )?(?:support|sponsorship|assistance) of <WHO>"),
    _pattern("directed-by", _A.DIRECTOR, r"\b(?:directed|guided|supervised) by <WHO>", about_event=True),
    _pattern("under-guidance", _A.DIRECTOR, r"\bunder the (?:guidance|direction|supervision) of <WHO>"),
    # --- speaker
    _pattern(
        "speeches-by",
        _A.SPEAKER,
        r"<SPEECH> (?:[^ⒶⓇⒺ;:.]*? )?(?:were|was|are|is|have been|has been) (?:delivered|given|made|read|heard|presented|sent|offered|read out)\b(?:[^ⒶⓇ;:.]*?) by <WHO>(?: by (?P<who2>Ⓐ))?",
    ),
    _pattern(
        "they-were-given-by",
        _A.SPEAKER,
        r"\bthey were (?:given|delivered|made|read|presented) (?:[^ⒶⓇ;:.]* )?by <WHO>",
    ),
    _pattern(
        "with-speeches-by",
        _A.SPEAKER,
        r"\b(?:with|heard|featured|included|featuring|including|followed by) (?:an? |the )?(?:\w+ ){0,2}<SPEECH> (?:by|from) <WHO>",
    ),
    _pattern(
        "delivers",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:delivered|delivers|delivering|gave|gives|giving|made|makes|making|presented|presents|presenting|read|sent|offered|used|held) (?:[^ⒶⒷⓇⒺ,;:.]* )?<SPEECH>\b(?: (?:[^ⒶⒷⓇⒺ,;:.]* )?(?:at|to|during|of|in|before) <EVENT>)?",
    ),
    _pattern(
        "addresses",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:addressed|addresses|addressing|briefed|greeted|welcomed) (?:it\b|the participants of <EVENT>|<AUDIENCE>|<EVENT2>)".replace(
            "<EVENT2>", r"(?:[a-z]+ ){0,3}?(?P<what2>Ⓔ)"
        ),
    ),
    _pattern(
        "takes-the-floor",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:took the floor|take the floor|took to the podium|(?:spoke|speaks)\b(?! (?:with|for|of|after|before|against|out|to (?:reporters|journalists|the press|the media)|by (?:tele)?phone)))(?: (?:[^ⒶⒷⓇⒺ;:.]* )?(?:at|of|during) <EVENT>)?",
    ),
    _pattern(
        "tells-the-meeting",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:told|tells|informed|assured|reminded|urged|warned) (?:<AUDIENCE>|<EVENT>|it that|(?P<body>Ⓑ) (?:that|about|of|how))",
    ),
    _pattern(
        "says-at",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:said|says|stated|noted|stressed|declared|pointed out|emphasi[sz]ed|underlined|announced|called|proposed|suggested|explained|recalled|argued|warned|urged|highlighted|remarked) (?:[^ⒶⒷⓇⒺ;:.]* )?(?:at|to|during) <EVENT>",
    ),
    _pattern(
        "says-in-speech",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:said|says|stated|noted|stressed|declared|pointed out|emphasi[sz]ed|underlined|announced|called|proposed|suggested|explained|recalled|argued|warned|urged|highlighted|remarked) (?:[^ⒶⒷⓇⒺ;:.]* )?in (?:his|her|an?|their|the) (?:[\w-]+ ){0,3}<SPEECH>",
    ),
    _pattern(
        "in-speech",
        _A.SPEAKER,
        r"\b(?:in|during) (?:his|her|an?|their|the|person's) (?:[\w-]+ ){0,3}(?:speech|remarks?|address|statement|report|presentation|lecture|keynote|speach|adress)\b(?: (?:[^ⒶⒷⓇⒺ,;:.]* )?(?:to|at|before) <EVENT>)? ?,? <WHO>",
    ),
    _pattern(
        "speaking-at",
        _A.SPEAKER,
        r"\b(?:speaking|addressing|taking the floor|opening|closing|welcoming)\b(?: (?:[^ⒶⒷⓇⒺ,;:.]* )?(?:(?:at|to|during) )?(?:<EVENT>|<AUDIENCE>)) ?, <WHO>",
    ),
    _pattern(
        "speakers-were",
        _A.SPEAKER,
        r"\b(?:speakers|panell?ists|presenters|taking the floor|those who spoke|speaking)\b (?:[^ⒶⒷⓇ,;:.]* )?(?:were|was|included?|includes) <WHO>",
    ),
    _pattern(
        "opens",
        _A.SPEAKER,
        r"<SUBJ> <HAVE>(?:opened|opens|closed|inaugurated|kicked off) (?:the (?:proceedings|meeting|discussion|session)|<EVENT>)",
    ),
    _pattern(
        "puts-forward-at",
        _A.SPEAKER,
        r"(?P<who>Ⓐ) <HAVE>(?:made|put (?:it )?forward|put forward|proposed|voiced|advanced|unveiled|announced|presented) (?:[^ⒶⒷⓇⒺ;:.]* )?at <EVENT>",
    ),
    # --- signatory
    _pattern("signatures-of", _A.SIGNATORY, r"\b(?:signatures|signature)\b (?:(?:are|were|is|was) those )?of <WHO>"),
    # --- attendee
    _pattern(
        "attended-by",
        _A.ATTENDEE,
        r"\b(?:attended|joined|visited) (?:[^ⒶⒷⓇⒺ;:.]*? )?by (?:[^ⒶⓇⒺ;:.]* , among them )?<WHO>",
    ),
    _pattern(
        "attends",
        _A.ATTENDEE,
        r"<SUBJ> <HAVE>(?:attended|attend|attends|attending|(?<!were )(?:joined|joins|joining)(?= (?:them|him|her|in\b|by video|the (?:meeting|session|event|forum|discussion)|(?:[a-z-]+ ){0,3}Ⓔ))|participated|participates|participating|participate|(?:took|takes|take|taking) part|sat at|came to|arrived (?:at|for)|made up the table|was in the hall|were in the hall)\b(?: (?:in|at|for|to))?(?: (?:both )?(?:the )?<EVENT>)?",
    ),
    _pattern(
        "is-present",
        _A.ATTENDEE,
        r"<SUBJ> <HAVE>(?:was|were|are|is|being) (?:there|present|guests?|among (?:the )?\w+|in attendance|in the hall|on hand)\b",
    ),
    _pattern("is-at", _A.ATTENDEE, r"<SUBJ> (?:was|were|is|are) (?:at|for) <EVENT>"),
    _pattern(
        "comes-as", _A.ATTENDEE, r"<SUBJ> <HAVE>(?:came|come|arrived|sat|participated) (?:as|for|in the capacity of)\b"
    ),
    _pattern(
        "present-were",
        _A.ATTENDEE,
        r"\b(?:present|attendance|attending|participating|seen|guests|guest|participants|attendees|delegates|(?:took|taken|taking) part|arrived|those present|visitors|invitees|dignitaries)\b(?: (?:[^ⒶⒷⓇ,;:.]* )?(?:were|was|are|included?|includes|including|present))?(?: ,)? ?<WHO>",
    ),
    _pattern("among-were", _A.ATTENDEE, r"\bamong (?:the )?(?:[^ⒶⒷⓇ,;:.]* )?(?:were|was|are) <WHO>"),
    _pattern("around-the-table", _A.ATTENDEE, r"\b(?:around|round|at) the (?:\w+ )?table (?:were|was|sat) <WHO>"),
    _pattern(
        "along-with",
        _A.ATTENDEE,
        r"\b(?:attended|joined|took part|participated|present|came|there)\b (?:[^ⒶⒷⓇ;:.]* )?(?:along|together) with <WHO>",
    ),
    _pattern("linked-to", _A.ATTENDEE, r"\b(?:linked|connected) (?:[^ⒶⒷⓇⒺ;:.]* )?(?:to|with) ,? ?<WHO>"),
    _pattern("unveiled-by", _A.ATTENDEE, r"\b(?:unveiled|cut) by <WHO>"),
    _pattern(
        "list-below",
        _A.ATTENDEE,
        r"\b(?:guests|participants|attendees|delegates|visitors|dignitaries|present|attending)\b [^ⒶⒷⓇ,;:.]*: (?P<who>[ⒶⒷⓇ])",
    ),
    _pattern("with-him-were", _A.ATTENDEE, r"\bwith (?:him|her|them|Ⓐ) (?:were|was) <WHO>"),
    _pattern("so-were", _A.ATTENDEE, r"\b(?:so|as) (?:were|was|did|do|does) (?:[^ⒶⒷⓇ.;:]* )?<WHO>"),
    _pattern(
        "brings-together",
        _A.ATTENDEE,
        r"\b(?:brought|bringing|brings) together <WHO>|\bmeeting brought together : <WHO2>".replace(
            "<WHO2>", f"(?P<who2>{_AGENT})"
        ),
    ),
    _pattern(
        "in-presence",
        _A.ATTENDEE,
        r"\b(?:in the presence of|with the participation of|with (?:the )?attendance of) <WHO>",
    ),
    _pattern("with-delegates", _A.ATTENDEE, r"(?P<what>Ⓔ) [^ⒶⒷⓇⒺ;:.]*with (?P<who>Ⓡ)"),
    _pattern(
        "with-attending", _A.ATTENDEE, r"\bwith <WHO> ,? ?(?:in attendance|attending|taking part|participating|present)"
    ),
    _pattern(
        "represented-by",
        _A.ATTENDEE,
        r"(?:(?<!of )(?P<who2>[ⒷⓇ]) (?:, )?)?(?:was|were|is|been|being) represented (?:[^ⒶⒷⓇⒺ,;:.]* )?by <WHO>(?: by Ⓐ)*",
        everyone=True,
    ),
    _pattern(
        "delegations-led-by",
        _A.ATTENDEE,
        r"\b(?:delegations?|Ⓡ|team|mission) ,? ?(?:(?:was|were|is|are) )?(?:led|headed) by <WHO>(?: [^ⒶⒷⓇⒺ.]*'s by (?P<who2>Ⓐ))?",
        everyone=True,
    ),
    _pattern(
        "leads-delegation",
        _A.ATTENDEE,
        r"(?P<who>Ⓐ) <HAVE>(?:led|leads|leading|headed|heads|heading) (?:(?:the|an?|its|his|her|their) )*(?:(?:\w+ ){0,2}delegations?|Ⓡ|Ⓐ that of Ⓑ)",
        everyone=True,
    ),
    _pattern(
        "sends-representatives",
        _A.ATTENDEE,
        r"<SUBJ> <HAVE>sent (?:(?:\w+ )?(?:representatives?|delegations?|delegates?|officials|observers|ministers)\b|Ⓐ|Ⓡ)",
        everyone=True,
    ),
    _pattern(
        "who-came",
        _A.ATTENDEE,
        r"\b(?:who|which) (?:came to|came|attended|took part|arrived|participated)\b (?:[^ⒶⒷⓇ,;:.]* )?(?:(?:were|was|included|are) |: )<WHO>",
    ),
)
