"""Who attends an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_A = Capacity.ATTENDEE
_ATTENDED = (
    r"(?:attended|attend|attends|attending|participated|participates|participating|participate|(?:took|takes|take|taking) (?:an? \w+ )?part"
    r"|sat at|came to|arrived (?:at|for)|made up the table|(?:was|were) in the hall|graced|witnessed|visited|was on hand|were on hand"
    r"|(?:joined|joins|joining)(?= (?:them|him|her|in\b|by video|via video|the (?:meeting|session|event|forum|summit|discussions?|deliberations?|talks|proceedings|debate|gathering)|(?:[a-z-]+ ){0,3}Ⓔ))"
    r"|(?<=[ⒶⓇ] )joined(?= ?[.;,]|$)|(?<=[ⒶⓇ] also )joined(?= ?[.;,]|$)"
    r"|gathered (?:at|in|for)|assembled (?:at|in|for)|convened (?:at|in|for)|flew in for|travel+ed to)"
)
_GUESTS = (
    r"(?:present|attendance|attending|participating|seen|guests?|participants?|attendees?|delegates|(?:took|taken|taking|take) part|arrived"
    r"|those present|visitors|invitees|dignitaries|officials|heads of delegations?|delegations|leaders present|others|in attendance)"
)

PATTERNS = (
    pattern(
        "attended-by",
        _A,
        r"\b(?:attended|joined|visited|graced|witnessed) (?:[^ⒶⒷⓇⒺ;:.]{0,250}? )?by (?:[^ⒶⓇⒺ;:.]{0,250} (?:among (?:them|whom)|including|such as|notably|namely)(?: ,)? )?<WHO>",
        tail=True,
    ),
    pattern(
        "accompanied-by",
        _A,
        r"\baccompanied (?:[^ⒶⒷⓇⒺ;:.]{0,250}? )?by <WHO>",
        tail=True,
    ),
    pattern("attended-by-list", _A, r"\b(?:attended|graced|witnessed) <GAP>by\b(?! <WHO>)", tail=True),
    pattern(
        "attends",
        _A,
        rf"<SUBJECT> <HAVE>{_ATTENDED}\b(?: (?:in|at|for|to))?(?: (?:both )?<EVENT>(?: and (?:the )?(?P<what2>Ⓔ))?)?",
    ),
    pattern(
        "is-present",
        _A,
        r"<SUBJECT> <HAVE>(?:was|were|are|is|being) (?:(?:[\w-]+ )?present|there|(?:the |an? )?(?:chief |special |honorary )*guests?(?: of honou?r)?|among (?:the )?(?:guests|participants|those present|attendees|delegates|dignitaries|invitees|them|those)|in attendance|in the hall|on hand|online(?= ?[.,;]))(?!\w)",
    ),
    pattern(
        "comes-as",
        _A,
        r"<SUBJECT> <HAVE>(?:came|come|arrived|sat|participated|attended|joined) (?:as|for|in the capacity of)\b",
    ),
    pattern("is-at", _A, r"<SUBJECT> (?:was|were|is|are) at <EVENT>"),
    pattern(
        "present-were",
        _A,
        rf"(?<!\bat )\b{_GUESTS}\b(?: (?:[^ⒶⒷⓇ,;:.]{{0,250}} )?(?:were|was|are|included?|includes|including|present))?(?: ,)? ?<WHO>",
        tail=True,
    ),
    pattern(
        "present-were",
        _A,
        rf"(?<!\bat )\b{_GUESTS} (?:were|was|are) [^ⒶⒷⓇⒺ,;:.]{{1,80}} (?:and|as well as) (?:the )?(?P<who>[ⒶⓇ])",
        tail=True,
    ),
    pattern(
        "event-included",
        _A,
        r"\b(?:participants|delegations?|guests|attendees|list|table|group|line-up|lineup|audience) (?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:included?|includes|including|comprised|comprising|featured|consisted of) <WHO>",
        tail=True,
    ),
    pattern("among-were", _A, r"\bamong (?:the |those )?(?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:were|was|are) <WHO>", tail=True),
    pattern("with-him-were", _A, r"\b(?:with|alongside|beside|accompanying) (?:him|her|them|Ⓐ) (?:were|was) <WHO>"),
    pattern("so-were", _A, r"\b(?:so|as) (?:were|was|did|do|does) (?:[^ⒶⒷⓇ.;:]{0,250} : )?<WHO>"),
    pattern(
        "brings-together",
        _A,
        r"\b(?:brought|bringing|brings|gathered|gathering|assembled) (?:together )?(?:[^ⒶⒷⓇⒺ,;:.]{0,250} (?:including|such as|among them) )?<WHO>",
        tail=True,
    ),
    pattern(
        "in-presence",
        _A,
        r"\b(?:in the presence of|(?:with|and) (?:the )?(?:\w+ )?(?:participation|attendance|presence|involvement) of) (?:[^ⒶⓇⒺ;:.]{0,250} (?:including|such as|among them) )?<WHO>",
        tail=True,
    ),
    pattern("with-delegates", _A, r"(?P<what>Ⓔ) [^ⒶⓇⒺ;:.]{0,250}with (?P<who>Ⓡ)"),
    pattern("with-attending", _A, r"\bwith <WHO>(?: ,)? (?:in attendance|attending|taking part|participating|present)"),
    pattern(
        "represented-by",
        _A,
        r"(?:(?<!of )(?P<who2>[ⒷⓇ]) (?:, )?)?(?:was|were|is|been|being) represented (?:(?:at|in) <EVENT> )?<GAP>by <WHO>(?: by Ⓐ)*",
        everyone=True,
    ),
    pattern(
        "represents",
        _A,
        r"(?P<who>Ⓐ) <HAVE>(?:represented|represents|representing) (?:the )?(?:\w+ )?(?P<who2>Ⓑ|side|party|country)\b<GAP>(?: at <EVENT>)?".replace(
            r"\b<GAP>", ""
        ),
    ),
    pattern(
        "on-the-side",
        _A,
        r"(?:\bon|^from|[.,;] from|[.,;] and from) (?:the )?(?P<who2>Ⓑ) (?:, |was |were |took part |participated |attended )+(?P<who>Ⓐ)",
    ),
    pattern(
        "delegations-led-by",
        _A,
        r"\b(?:delegations?|Ⓡ|team|mission|group) ,? ?(?:(?:was|were|is|are) )?(?:led|headed|represented) by <WHO>(?: [^ⒶⒷⓇⒺ.]{0,250}'s by (?P<who2>Ⓐ))?",
        everyone=True,
    ),
    pattern(
        "leads-delegation",
        _A,
        r"(?P<who>Ⓐ)(?: ,(?: [^ⒶⒷⓇⒺ,;:.]{1,80} ,)?)? <HAVE>(?:led|leads|leading|headed|heads|heading|at the head of) (?:(?:the|an?|its|his|her|their) )*(?:(?:\w+ ){0,2}(?:Ⓑ )?delegations?|Ⓡ|Ⓐ that of Ⓑ)",
        everyone=True,
    ),
    pattern(
        "sends-representatives",
        _A,
        r"(?P<who>[ⒷⓇ])(?<!\bof .)(?: ,)? <HAVE>(?:sent|dispatched) (?:(?:\w+ )?(?:representatives?|delegations?|delegates?|officials"
        r"|observers|ministers)\b|Ⓐ|Ⓡ)",
        everyone=True,
    ),
    pattern("sends-someone", _A, r"Ⓐ(?: ,)? <HAVE>(?:sent|dispatched) (?:his |her |the )?(?P<who>Ⓐ)"),
    pattern(
        "heads-of",
        _A,
        r"\b(?:attended by|participation of|presence of|attendance of|together) (?:[^ⒶⓇⒺ;:.]{0,100} )?of (?P<people>Ⓐ)",
    ),
    pattern(
        "pays-a-visit",
        _A,
        r"<PERSON> <HAVE>(?:paid|paying|pays|made|making|began|started|starts|concluded|ended|(?:arrived|is|was|came) [^ⒶⓇⒺ;:.]{0,60}\bon) <EVENT>",
        kinds=frozenset(("Visit",)),
    ),
    pattern("visit-of", _A, r"(?P<what>Ⓔ) (?:of|by) (?P<who>[ⒶⓇ])", kinds=frozenset(("Visit",))),
    pattern(
        "doing-were",
        _A,
        r"^(?!speaking|chairing|moderating|hosting)\w+ing [^ⒶⒷⓇⒺ,;:.]{0,80} (?:was|were) <WHO>",
        tail=True,
    ),
    pattern(
        "who-came",
        _A,
        r"\b(?:who|which) (?:came to|came|attended|took part|arrived|participated)\b (?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:(?:were|was|included|are) |: )<WHO>",
    ),
    pattern("around-the-table", _A, r"\b(?:around|round|at) the (?:\w+ )?table (?:were|was|sat) <WHO>", tail=True),
    pattern(
        "along-with",
        _A,
        r"\b(?:attended|joined|took part|participated|present|came|there|accompanied)\b (?:[^ⒶⒷⓇ;:.]{0,250} )?(?:along|together) with <WHO>",
    ),
    pattern("linked-to", _A, r"\b(?:linked|connected) (?:[^ⒶⒷⓇⒺ;:.]{0,250} )?(?:to|with) ,? ?<WHO>"),
    pattern(
        "unveiled-by",
        _A,
        r"\b(?:sign|plaque|plate|ribbon|monument|bust|logo|stone|tablet|flag) <GAP>(?:unveiled|cut|lit|laid|raised) by <WHO>",
    ),
    pattern(
        "left-to-right",
        _A,
        r"\b(?:from (?:the )?(?:left|right)|(?:left|l) (?:to|-|–) (?:right|r))\b(?: (?:to|in|the|right|left|front|row|photo|picture))*(?: [,:;)–—-])* <WHO>",
        tail=True,
        weak=True,
    ),
    pattern(
        "poses-for-photo",
        _A,
        r"<SUBJECT> <HAVE>(?:pose|poses|posed|posing)\b <GAP>(?:photos?|photographs?|pictures?)\b",
        weak=True,
    ),
    pattern("signatures-of", Capacity.SIGNATORY, r"\bsignatures? (?:are|were|is|was) those of <WHO>", tail=True),
    pattern(
        "list-below",
        _A,
        r"\b(?:guests|participants|attendees|delegates|visitors|dignitaries|present|attending|delegations)\b [^ⒶⒷⓇ,;:.]{0,250}(?:: |; (?:; )?)(?P<who>[ⒶⒷⓇ])",
    ),
)
