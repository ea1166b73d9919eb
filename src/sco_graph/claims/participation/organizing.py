"""Who organizes, sponsors or directs an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_O, _S, _D = Capacity.ORGANIZER, Capacity.SPONSOR, Capacity.DIRECTOR
_ORGANIZED = r"(?:co-?)?(?:organi[sz]ed|arranged|convened|initiated|put (?:on|together)|mounted|prepared|undertaken|implemented|conducted(?! by (?:the )?Ⓐ)|run|staged|coordinated)"

PATTERNS = (
    pattern(
        "organized-by",
        _O,
        rf"\b{_ORGANIZED} (?:(?!by )[^ⒶⒷⓇⒺ,;:.]{{0,250}} )?by <WHO>",
        about_event=True,
        tail=True,
        cues="arranged conducted convened coordinated implemented initiated mounted organi prepared put run staged undertaken",
    ),
    pattern(
        "organized-with",
        _O,
        rf"\b{_ORGANIZED} (?:[^ⒶⒷⓇⒺ,;:.]{{0,250}} )?(?:jointly|together|cooperation|collaboration|partnership|conjunction) with <WHO>",
        about_event=True,
        tail=True,
        cues="with",
    ),
    pattern("held-by", _O, r"\b(?:co-)?held by <WHO>", about_event=True, tail=True, cues="held"),
    pattern(
        "organizes",
        _O,
        r"<SUBJECT> <HAVE>(?:co-?)?(?:organi[sz]ed|organi[sz]es|convened|convenes|arranged)(?: ,? ?(?:with (?:the )?[ⒶⒷⓇ]) ,?)? <EVENT>",
        everyone=True,
        cues="arranged convened convenes organi",
    ),
    pattern(
        "bodies-hold",
        _O,
        r"(?<!\bof )(?<!\bin )(?P<who>Ⓑ)(?: ,)? <HAVE>(?:held|holds|conducted|conducts|launched|staged|(?<=to )(?:hold|stage|conduct|organi[sz]e)) (?:an?|the|its) <EVENT>",
        kinds=frozenset(
            (
                "Forum",
                "Conference",
                "RoundTable",
                "Exhibition",
                "Festival",
                "Competition",
                "Training",
                "Dialogue",
                "Ceremony",
            )
        ),
        cues="conduct held hold launched organi stage",
    ),
    pattern(
        "which-they-organized",
        _O,
        r"(?P<what>Ⓔ)(?: ,)? (?:which|that) (?P<who>Ⓑ) <HAVE>(?:co-?)?(?:organi[sz](?:ed|es|ing)|convened|arranged|held|conducted)\b",
        cues="that which",
    ),
    pattern(
        "organizers-were",
        _O,
        r"\b(?:co-)?organi[sz]ers? (?:of <EVENT> )?(?:(?:was|were|are|is|included?|includes) |[:–—-] )<WHO>",
        tail=True,
        cues="organi",
    ),
    pattern(
        "as-organizer",
        _O,
        r"<SUBJECT> <HAVE>(?:(?:(?:acted|served|joined|acting|serving) )?as|was|were|is|are) (?:among )?(?:the |an? |its )?(?:\w+ )?(?:co-)?organi[sz]ers?\b",
        cues="organi",
    ),
    pattern(
        "sponsored-by",
        _S,
        r"\b(?:co-?)?(?:sponsored|funded|financed)<BY> <WHO>",
        about_event=True,
        tail=True,
        cues="financed funded sponsored",
    ),
    pattern(
        "sponsors",
        _S,
        r"<SUBJECT> <HAVE>(?:co-?)?(?:sponsored|sponsors|funded|financed) <EVENT>",
        cues="financed funded sponsored sponsors",
    ),
    pattern(
        "sponsors-were",
        _S,
        r"\b(?:co-)?sponsors? (?:of <EVENT> )?(?:(?:was|were|are|is|included?|includes) |[:–—-] )<WHO>",
        tail=True,
        cues="sponsor",
    ),
    pattern(
        "as-sponsor",
        _S,
        r"<SUBJECT> <HAVE>(?:among |one of )?(?:the |its |an? )(?:\w+ )?(?:co-)?sponsors?\b",
        cues="sponsor",
    ),
    pattern(
        "with-support-of",
        _S,
        r"\b(?:with|through) (?:the )?(?:\w+ )?(?:support|sponsorship|funding) (?:of|from|by) <WHO>",
        cues="through with",
    ),
    pattern(
        "provides-funds",
        _S,
        r"<SUBJECT> <HAVE>(?:provided|provides|granted) (?:the |its |partial )?(?:financial support|financing|funding|funds|sponsorship) (?:for|to|of) <EVENT>",
        cues="granted provided provides",
    ),
    pattern(
        "directed-by",
        _D,
        r"\b(?:directed|guided|supervised|overseen) by <WHO>",
        about_event=True,
        tail=True,
        cues="directed guided overseen supervised",
    ),
    pattern("under-guidance", _D, r"\bunder the (?:guidance|direction|supervision) of <WHO>", cues="under"),
)
