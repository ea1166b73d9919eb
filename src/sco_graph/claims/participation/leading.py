"""Who chairs, moderates or hosts an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_C, _M, _H = Capacity.CHAIR, Capacity.MODERATOR, Capacity.HOST
_RECEPTIONS = frozenset(("Reception", "Festival", "Exhibition", "Competition"))

PATTERNS = (
    pattern("chaired-by", _C, r"\b(?:co-)?(?:chaired|presided over|presided|steered) (?:over )?by <WHO>"),
    pattern(
        "chairs",
        _C,
        r"<SUBJECT> <HAVE>(?:co-)?(?:chaired|chairs|chairing|(?<=will )chair|(?<=would )chair|(?<=to )chair",
        r"|presided|presides|presiding|(?<=will )preside)\b(?: over| at)?(?: <EVENT>| (?P<body>Ⓑ)|<NO_OBJECT>)",
    ),
    pattern(
        "takes-the-chair",
        _C,
        r"<SUBJECT> <HAVE>(?:(?:took|occupied) the chair\b(?! of the (?:organi[sz]ation|council|group))|(?:in|from) the chair"
        r"|(?:acted|served|serving|acting) as (?:the )?(?:chair\w*|presiding officer)"
        r"|(?:the )?(?:host and )?(?:chair|chairman|chairperson)\b(?! of\b)(?= ?[.,;]))",
    ),
    pattern("in-the-chair", _C, r"\b(?:in|from) the chair (?:(?:was|were|is) |, )<WHO>"),
    pattern(
        "under-the-chair",
        _C,
        r"\bunder the (?:\w+ )?(?:chairmanship|presidency|chair|chairpersonship|co-chairmanship|leadership) of <WHO>",
    ),
    pattern(
        "with-in-the-chair",
        _C,
        r"\bwith (?:[^ⒶⒷⓇⒺ;:.]{0,250}, )?<WHO>(?: ,)? (?:in the chair|presiding|chairing|as (?:the |its )?chair\w*)",
    ),
    pattern("had-as-chair", _C, r"\b(?:had|with) <WHO> ,? ?as (?:its |the )?chair\w*"),
    pattern(
        "chair-label",
        _C,
        r"(?:^|[;.|] )(?:\W{1,20} )?(?:session )?(?:co-)?(?:chair|chairs|chairman|chairperson|presiding) ?[:–—-] <WHO>",
    ),
    pattern("chair-was", _C, r"\b(?:chair|chairman|chairperson|presiding officer) (?:of <EVENT> )?(?:was|were) <WHO>"),
    pattern("moderated-by", _M, r"\b(?:co-)?(?:moderated|facilitated|anchored|compered) by <WHO>"),
    pattern(
        "moderates",
        _M,
        r"<SUBJECT> <HAVE>(?:(?:co-)?(?:moderated|moderates|moderating|facilitated|compered)"
        r"|(?:acted|served|serving|acting) as (?:the |an? )?(?:moderator|facilitator)|(?:was |were )?(?:the )?moderator\b)(?: <EVENT>)?",
    ),
    pattern(
        "moderator-was", _M, r"\b(?:moderators?|facilitator) (?:(?:of|at) <EVENT> )?(?:(?:was|were|is) |[:–—-] )<WHO>"
    ),
    pattern("with-moderator", _M, r"\bwith <WHO>(?: ,)? (?:as (?:the )?moderator|moderating)"),
    pattern("hosted-by", _H, r"\b(?:co-)?hosted by <WHO>"),
    pattern(
        "hosts",
        _H,
        r"<SUBJECT> <HAVE>(?:co-)?(?:hosted|hosts|hosting|host|played host to)\b(?! of\b| country| nation| city)(?: <EVENT>|(?: to)?(?: [^ⒶⒷⓇⒺ,;:.]{1,40})? (?:at|for|during) (?:[\w'’-]+ ){0,4}?(?P<what2>Ⓔ)|<NO_OBJECT>)",
    ),
    pattern(
        "gives-a-reception",
        _H,
        r"<SUBJECT> <HAVE>(?:gave|gives|threw|held|offered) (?:an? |the )<EVENT>",
        kinds=_RECEPTIONS,
    ),
    pattern("whose-host", _H, r"\bhost , <WHO> ,"),
    pattern(
        "receives-colleagues",
        _H,
        r"<SUBJECT> <HAVE>rec(?:ei|ie)ved (?:his|her|the) (?:[a-z-]+ ){0,2}(?:coll?ea?gues|guests|participants of <EVENT>"
        r"|participants|counterparts|heads of delegations?|visitors|leaders)",
    ),
)
