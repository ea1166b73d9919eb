"""Who attends an event by delegation: whoever represents a body, leads its delegation or belongs to it."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_A = Capacity.ATTENDEE

PATTERNS = (
    pattern(
        "represented-by",
        _A,
        r"(?:(?<!of )(?P<who2>[ⒷⓇ]) (?:, )?)?(?:was|were|is|been|being) represented (?:(?:at|in) <EVENT> )?<GAP>by <WHO>(?: by Ⓐ)*",
        everyone=True,
        cues="represented",
    ),
    pattern(
        "represented-by-its",
        _A,
        r"(?P<who>Ⓑ)(?<!of Ⓑ) (?:was|were|is|are|being) represented (?:(?:at|in) <EVENT> )?by (?:an?|its|their|the)\b(?! Ⓐ)",
        weak=True,
        cues="represented",
    ),
    pattern(
        "represents",
        _A,
        r"(?P<who>Ⓐ) <HAVE>(?:represented|represents|representing) (?:the )?(?:\w+ )?(?P<who2>Ⓑ|side|party|country|(?:observer|member|partner) (?:countries|states))(?: at <EVENT>)?",
        cues="represent",
    ),
    pattern("represents-at", _A, r"<PERSON> <HAVE>represent(?:ed|s|ing)? (?:at|in) <EVENT>", cues="represent"),
    pattern(
        "representing-was",
        _A,
        r"\brepresenting (?:the )?(?P<who2>Ⓑ) (?:<GAP>(?:at|in) <EVENT> )?(?:was|were|is|are) <WHO>",
        cues="representing",
    ),
    pattern(
        "on-the-side",
        _A,
        r"(?:\bon|^from|[.,;] from|[.,;] and from) (?:the )?(?P<who2>Ⓑ) (?:, |was |were |took part |participated |attended )+(?P<who>Ⓐ)",
        cues="Ⓑ",
    ),
    pattern(
        "delegations-led-by",
        _A,
        r"\b(?:delegations?|Ⓡ|team|mission|group) ,? ?(?:(?:which|that) [^ⒶⓇ;:.]{0,150}? ,? ?(?=was|is))?(?:(?:was|were|is|are) )?(?:led|headed|represented) by <WHO>(?: [^ⒶⒷⓇⒺ.]{0,250}(?:'s|one) by (?P<who2>Ⓐ))?",
        everyone=True,
        cues="headed led represented",
    ),
    pattern(
        "leads-delegation",
        _A,
        r"(?P<who>Ⓐ)(?: ,(?: [^ⒶⒷⓇⒺ,;:.]{1,80} ,)?)? <HAVE>(?:led|leads|leading|headed|heads|heading|(?:(?:came|comes|arrived|participated|attended|took part|travelled) )?at the head of) (?:(?:the|an?|its|his|her|their) )*(?:(?:\w+ ){0,2}(?:Ⓑ )?delegations?|Ⓡ|Ⓐ that of Ⓑ)",
        everyone=True,
        cues="led leads leading head",
    ),
    pattern(
        "takes-part-led-by",
        _A,
        r"(?P<who2>[ⒷⓇ])(?<!\bof .)(?: ,)? <HAVE>(?:took part|taking part|participated|participating|attended|joined|was present|were present|was in attendance)\b[^ⒶⓇ;:.]{0,120}?(?: ,)? (?:led|headed|represented) by (?:its |the |an? )?<WHO>",
        cues="led headed represented",
    ),
    pattern(
        "members-of-delegation",
        _A,
        r"(?P<who>Ⓐ)(?: ,)? (?:was|were|are|is) (?:also )?(?:the |among (?:the )?|part )?(?:other |remaining )?(?:members? )?of (?:the|its|his|her) (?:[\w-]+ ){0,2}(?:delegation|team)\b"
        r"|\b(?:other |the )members? of (?:the |its |his |her )?(?:[\w-]+ ){0,2}(?:delegation|team) (?:was|were|are|is|included?) (?P<who2>Ⓐ)",
        weak=True,
        cues="delegation team",
    ),
    pattern(
        "sends-representatives",
        _A,
        r"(?P<who>[ⒷⓇ])(?<!\bof .)(?: ,)? <HAVE>(?:sent|sends|sending|send|dispatched|dispatches|delegated) (?:(?:\w+ )?(?:representatives?|delegations?|delegates?|officials"
        r"|observers|ministers)\b|Ⓐ|Ⓡ)",
        everyone=True,
        cues="delegated dispatched dispatches send sent",
    ),
    pattern(
        "sends-someone", _A, r"Ⓐ(?: ,)? <HAVE>(?:sent|dispatched) (?:his |her |the )?(?P<who>Ⓐ)", cues="dispatched sent"
    ),
)
