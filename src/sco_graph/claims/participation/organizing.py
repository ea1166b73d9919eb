"""Who organizes, sponsors or directs an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_O, _S, _D = Capacity.ORGANIZER, Capacity.SPONSOR, Capacity.DIRECTOR
_ORGANIZED = r"(?:co-?)?(?:organi[sz]ed|arranged|convened|initiated|put (?:on|together)|mounted|prepared|undertaken|implemented|conducted|run|staged|coordinated)"

PATTERNS = (
    pattern(
        "organized-by", _O, rf"\b{_ORGANIZED} (?:(?!by )[^ⒶⒷⓇⒺ,;:.]{{0,250}} )?by <WHO>", about_event=True, tail=True
    ),
    pattern(
        "organized-with",
        _O,
        rf"\b{_ORGANIZED} (?:[^ⒶⒷⓇⒺ,;:.]{{0,250}} )?(?:jointly|together|cooperation|collaboration|partnership|conjunction) with <WHO>",
        about_event=True,
        tail=True,
    ),
    pattern("held-by", _O, r"\b(?:co-)?held by <WHO>", about_event=True, tail=True),
    pattern(
        "organizes",
        _O,
        r"<SUBJECT> <HAVE>(?:co-?)?(?:organi[sz]ed|organi[sz]es|convened|convenes|arranged)(?: ,? ?(?:with (?:the )?[ⒶⒷⓇ]) ,?)? <EVENT>",
        everyone=True,
    ),
    pattern(
        "bodies-hold",
        _O,
        r"(?<!\bof )(?<!\bin )(?P<who>Ⓑ)(?: ,)? <HAVE>(?:held|holds|conducted|launched) (?:an?|the|its) <EVENT>",
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
    ),
    pattern(
        "which-they-organized",
        _O,
        r"(?P<what>Ⓔ)(?: ,)? (?:which|that) (?P<who>Ⓑ) <HAVE>(?:co-?)?(?:organi[sz]ed|convened|arranged|held|conducted)\b",
    ),
    pattern(
        "organizers-were",
        _O,
        r"\b(?:co-)?organi[sz]ers? (?:of <EVENT> )?(?:(?:was|were|are|is|included?|includes) |[:–—-] )<WHO>",
    ),
    pattern("as-organizer", _O, r"<SUBJECT> <HAVE>(?:acted|served) as (?:the )?(?:co-)?organi[sz]ers?"),
    pattern("sponsored-by", _S, r"\b(?:co-?)?(?:sponsored|funded|financed) by <WHO>", about_event=True, tail=True),
    pattern("sponsors", _S, r"<SUBJECT> <HAVE>(?:co-?)?(?:sponsored|sponsors|funded|financed) <EVENT>"),
    pattern(
        "sponsors-were",
        _S,
        r"\b(?:co-)?sponsors? (?:of <EVENT> )?(?:(?:was|were|are|is|included?|includes) |[:–—-] )<WHO>",
    ),
    pattern(
        "with-support-of",
        _S,
        r"\b(?:with|through) (?:the )?(?:\w+ )?(?:support|sponsorship|funding) (?:of|from|by) <WHO>",
    ),
    pattern(
        "provides-funds",
        _S,
        r"<SUBJECT> <HAVE>(?:provided|provides|granted) (?:the |its |partial )?(?:financial support|financing|funding|funds|sponsorship) (?:for|to|of) <EVENT>",
    ),
    pattern("directed-by", _D, r"\b(?:directed|guided|supervised|overseen) by <WHO>", about_event=True, tail=True),
    pattern("under-guidance", _D, r"\bunder the (?:guidance|direction|supervision) of <WHO>"),
)
