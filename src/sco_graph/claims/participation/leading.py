"""Who chairs, moderates or hosts an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_C, _M, _H = Capacity.CHAIR, Capacity.MODERATOR, Capacity.HOST
_RECEPTIONS = frozenset(("Reception", "Festival", "Exhibition", "Competition"))

PATTERNS = (
    pattern(
        "chaired-by",
        _C,
        r"(?<!organi[sz]ation is )(?<!Ⓑ is )(?<!Ⓑ will be )(?<!Ⓑ was )\b(?:co-)?(?:chaired|presided over|presided|steered)<BY> <WHO>",
        cues="chaired presided steered",
    ),
    pattern(
        "chairs",
        _C,
        r"<SUBJECT> <HAVE>(?:co-)?(?:chaired|chairs|chairing|(?<=will )chair|(?<=would )chair|(?<=to )chair",
        r"|presided|presides|presiding|(?<=will )preside)\b(?! (?:over )?by\b)(?: over| at)?(?: <EVENT>| (?P<body>Ⓑ)|<NO_OBJECT>)",
        cues="chair preside presiding",
    ),
    pattern(
        "takes-the-chair",
        _C,
        r"<SUBJECT> <HAVE>(?:(?:took|occupied) the chair\b(?! of the (?:organi[sz]ation|council|group))|(?:in|from) the chair"
        r"|(?:acted|served|serving|acting) as (?:the |its )?(?:chair\w*|presiding officer)"
        r"|(?:the )?(?:host and )?(?:chair|chairman|chairperson)\b(?! of\b)(?= ?[.,;]))",
        cues="chair presiding",
    ),
    pattern(
        "leads",
        _C,
        r"<SUBJECT> <HAVE>(?:led|leads|conducted|steered) (?:the (?:proceedings|discussions?|deliberations)\b|(?:the )?(?:work of )?<EVENT>)(?! (?:delegation|team|side))"
        r"|(?:^|[.;] )(?:[Tt]he )?(?:work of )?(?:the )?(?P<what2>Ⓔ) (?:was|is) (?:\w+ly )?(?:led|conducted) by (?:the )?(?P<who2>Ⓐ)",
        cues="conducted leads led steered",
    ),
    pattern(
        "which-presides",
        _C,
        r"(?P<what>Ⓔ)(?: ,)? (?:over|at) which (?:presided|presides) (?P<who>Ⓐ)",
        cues="presided presides",
    ),
    pattern("in-the-chair", _C, r"\b(?:in|from) the chair (?:(?:was|were|is) |, )<WHO>", cues="chair"),
    pattern(
        "under-the-chair",
        _C,
        r"\bunder the (?:\w+ )?(?:chairmanship|presidency|chair|chairpersonship|co-chairmanship|(?<=Ⓔ under the )leadership|(?<=held under the )leadership) of <WHO>",
        cues="under",
    ),
    pattern(
        "with-in-the-chair",
        _C,
        r"\bwith (?:[^ⒶⒷⓇⒺ;:.]{0,250}, )?<WHO>(?: ,)? (?:in the chair|presiding|chairing|as (?:the |its )?chair\w*)",
        cues="with",
    ),
    pattern(
        "presiding-was",
        _C,
        r"(?:^|[.;] )(?:co-)?(?:chairing|presiding)\b [^ⒶⒷⓇ,;:.]{0,80}(?:, [^ⒶⒷⓇ,;:.]{0,80}, )?(?:was|were|is|are|will be) <WHO>",
        cues="chairing presiding",
    ),
    pattern(
        "chairing-he",
        _C,
        r"(?:^|[.;] )(?:while |when )?(?:co-)?(?:chairing|presiding over) <EVENT>(?: [^ⒶⒷⓇⒺ;:.]{0,120}?)? (?:,|as(?: the| its)?(?: current)?) (?P<who>[ⒶⓇ])(?! (?:was|were)\b)",
        cues="chairing presiding",
    ),
    pattern("had-as-chair", _C, r"\b(?:had|with) <WHO> ,? ?as (?:its |the )?chair\w*", cues="chair"),
    pattern(
        "chair-label",
        _C,
        r"(?:^|[;.|] )(?:\W{1,20} )?(?:session )?(?:co-)?(?:chair|chairs|chairman|chairperson|presiding) ?[:–—-] <WHO>",
        cues="chair presiding",
    ),
    pattern(
        "chair-was",
        _C,
        r"\b(?:chair|chairs|chairman|chairmen|chairperson|presiding officer) (?:of <EVENT> )?(?:was|were) <WHO>",
        tail=True,
        cues="chair presiding",
    ),
    pattern(
        "moderated-by",
        _M,
        r"\b(?:co-)?(?:moderated|facilitated|anchored|compered)<BY> <WHO>",
        cues="anchored compered facilitated moderated",
    ),
    pattern(
        "moderates",
        _M,
        r"<SUBJECT> <HAVE>(?:(?:co-)?(?:moderated|moderates|moderating|facilitated|compered)"
        r"|(?:acted|served|serving|acting) as (?:the |an? )?(?:moderator|facilitator)|(?:was |were )?(?:the )?moderator\b)(?: <EVENT>)?",
        cues="compered facilitated facilitator moderated moderates moderating moderator",
    ),
    pattern(
        "moderator-was",
        _M,
        r"\b(?:moderators?|facilitator) (?:(?:of|at) <EVENT> )?(?:(?:was|were|is|,) |[:–—-] )<WHO>|(?P<who2>Ⓐ) , (?:the )?moderator of (?P<what2>Ⓔ)",
        cues="facilitator moderator",
    ),
    pattern("with-moderator", _M, r"\bwith <WHO>(?: ,)? (?:as (?:the )?moderator|moderating)", cues="with"),
    pattern("hosts-were", _H, r"\b(?:co-)?hosts (?:of <EVENT> )?(?:were|are|included?) <WHO>", tail=True, cues="hosts"),
    pattern("hosted-by", _H, r"\b(?:co-)?hosted<BY> <WHO>", cues="hosted"),
    pattern(
        "hosts",
        _H,
        r"<SUBJECT> <HAVE>(?:co-)?(?:hosted|hosts|hosting|host|(?:play|plays|played|playing) host to|(?:acts|acted|serves|served|serving|acting) as (?:the )?(?:host|venue) (?:of|for|to))\b(?! of\b| by\b| country| nation| city)(?: <EVENT>|(?: to)?(?: [^ⒶⒷⓇⒺ,;:.]{1,40})? (?:at|for|during) (?:[\w'’-]+ ){0,4}?(?P<what2>Ⓔ)|<NO_OBJECT>)",
        cues="host play venue",
    ),
    pattern(
        "gives-a-reception",
        _H,
        r"<SUBJECT> <HAVE>(?:gave|gives|threw|held|offered) (?:an? |the )<EVENT>",
        kinds=_RECEPTIONS,
        cues="gave gives held offered threw",
    ),
    pattern(
        "for-hosting",
        _H,
        r"\b(?:thank\w*|congratulat\w*|appreciat\w*|commend\w*|prais\w*|gratitude to|thanks to) (?P<who>Ⓑ) <GAP>(?:for|on) (?:\w+ ){0,2}hosting <EVENT>",
        cues="hosting",
    ),
    pattern("whose-host", _H, r"\bhost , <WHO> ,", cues="host"),
    pattern(
        "receives-colleagues",
        _H,
        r"<SUBJECT> <HAVE>rec(?:ei|ie)ved (?:his|her|the) (?:[a-z-]+ ){0,2}(?:coll?ea?gues|guests|participants of <EVENT>"
        r"|participants|counterparts|heads of delegations?|visitors|leaders)",
        cues="rec",
    ),
)
