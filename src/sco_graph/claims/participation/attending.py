"""Who attends an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.claims.participation.posts import HOLDERS, POST
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
_PEOPLE = (
    r"(?:ministers|leaders|heads|presidents|representatives|delegates|officials|delegations|diplomats|ambassadors|experts|members|deputies"
    r"|guests|scholars|envoys|businessmen|journalists|scientists)"
)

PATTERNS = (
    pattern(
        "attended-by",
        _A,
        r"\b(?:attended|(?<!organisation was )(?<!organization was )(?<!Ⓑ was )(?<!it was )joined|(?<=it was )joined(?= by (?:the )?Ⓐ)|visited|graced|witnessed) (?:[^ⒶⒷⓇⒺ;:.]{0,250}? )?by (?:[^ⒶⓇⒺ;:.]{0,250} (?:among (?:them|whom)|including|such as|notably|namely)(?: ,)? )?<WHO>",
        tail=True,
        cues="attended graced joined visited witnessed",
    ),
    pattern("joined-by", _A, r"(?P<who2>Ⓐ) (?:was|were|is|are) joined <GAP>by <WHO>", cues="joined"),
    pattern(
        "accompanies",
        _A,
        r"<SUBJECT> <HAVE>(?:accompanied|accompanying|accompany) (?:him|her|Ⓐ|the (?:[a-z]+ )?(?:president|premier|minister|chancellor|king|leader|secretary-general)\b)(?! (?:[^ⒶⒷⓇⒺ;:.]{0,40} )?(?:trip|visit|tour|journey)\b)",
        weak=True,
        cues="accompan",
    ),
    pattern(
        "accompanied-by",
        _A,
        r"\b(?<!\bis )(?<!\bare )accompanied (?:[^ⒶⒷⓇ;:.]{0,250}? )?by <WHO>",
        tail=True,
        cues="accompanied",
    ),
    pattern(
        "attended-by-list",
        _A,
        r"\b(?:attended|graced|witnessed) <GAP>by\b(?! <WHO>)",
        tail=True,
        cues="attended graced witnessed",
    ),
    pattern(
        "attends",
        _A,
        rf"<SUBJECT> <HAVE>{_ATTENDED}\b(?: (?:in|at|for|to))?(?: (?:both )?<EVENT>(?: and (?:the )?(?P<what2>Ⓔ))?)?",
        cues="attend participat took take taking sat came arrived hall graced witnessed visited hand join gathered assembled convened flew travel table",
    ),
    pattern(
        "posts-attend",
        _A,
        rf"(?:^|[.;,] |, and )(?:the )?(?P<post>{POST})(?P<who>Ⓑ)(?= (?:(?!\b(?:sa(?:id|ys)|told|stated|not|n't|never|will|would|may|to|expected|invited|absent|unable)\b)[^Ⓔ.;:]){{0,300}}?\b(?:{_ATTENDED}\b|represented (?:their|its)\b|(?:is|are|was|were) (?:present|in attendance|on hand)\b))",
        tail=True,
        cues=HOLDERS,
    ),
    pattern(
        "is-present",
        _A,
        r"<SUBJECT> <HAVE>(?:was|were|are|is|being) (?:(?:[\w-]+ )?present|there|seated at|in the audience|(?:the |an? )?(?:chief |special |honorary )*guests?(?: of honou?r)?|(?:the )?(?:other |further )?(?:participants|attendees|delegates)|among (?:the )?(?:guests|participants|those present|attendees|delegates|dignitaries|invitees|them|those(?= (?:who )?(?:attend|present|in |at |invited|took|taking|were|gathered|participat|join))|those(?= ?[.;,]))|in attendance|in the hall|on hand|online(?= ?[.,;]))(?!\w)",
        cues="present there guest among attendance hall hand online seated audience participants attendees delegates",
    ),
    pattern(
        "comes-as",
        _A,
        r"<SUBJECT> <HAVE>(?:came|come|arrived|sat|participated|attended|joined) (?:as|for|in the capacity of)\b",
        cues="arrived attended came come joined participated sat",
    ),
    pattern("is-at", _A, r"<SUBJECT> (?:was|were|is|are) (?:also )?(?:at|for the) <EVENT>", cues="Ⓔ"),
    pattern(
        "present-were",
        _A,
        rf"(?<!\bat )\b{_GUESTS}\b(?: (?:[^ⒶⒷⓇ,;:.]{{0,250}} )?(?:were|was|are|included?|includes|including|present))?(?: ,)? ?<WHO>",
        tail=True,
        cues="arrived attendance attendee attending delegates delegations dignitaries guest heads invitees leaders officials others part present seen those visitors",
    ),
    pattern(
        "present-were",
        _A,
        rf"(?<!\bat )\b{_GUESTS}\b [^ⒶⒷⓇ,;:.]{{0,100}}?(?:were|was|are|is|included?|includes) (?:[^ⒶⒷⓇⒺ;:.]{{0,60}} )?{_PEOPLE}\b[^ⒶⓇⒺ;:.]{{0,120}} "
        r"(?:and|as well as|including|namely|among them|also)(?: ,)? (?:the )?(?P<who>[ⒶⓇ])(?! (?:said|told|spoke|noted|has|had|was|were)\b)",
        tail=True,
        cues="also among and including namely well",
    ),
    pattern(
        "inverted",
        _A,
        r"(?:^|[.;] )(?:also |those )?(?:present|attending|participating|joining|taking part|gathered|assembled|in attendance|represented)\b"
        r"[^ⒶⓇ;:.]{0,150} (?:were|was|are|is|included?|includes) (?:also )?(?:[^ⒶⒷⓇⒺ;:.]{1,120} (?:(?=: )|(?:including|such as|among them|namely|notably|like)(?: ,)? )|[^ⒶⓇⒺ;:.]{1,150} [-–—] )?<WHO>",
        tail=True,
        cues="assembled attendance attending gathered joining participating present taking",
    ),
    pattern(
        "event-included",
        _A,
        r"\b(?:participants|(?<!person's )delegations?|guests|attendees|list|table|group|line-up|lineup|audience) (?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:included?|includes|including|comprised|comprising|featured|consisted of) <WHO>",
        tail=True,
        cues="comprised comprising consisted featured include including",
    ),
    pattern("at-were", _A, r"(?:^|[.;,] )(?:at|in) <EVENT> (?:were|was|are) <WHO>", tail=True, cues="are was were"),
    pattern(
        "there-attended",
        _A,
        r"\bthere (?:attended|participated|took part|gathered|arrived|were present)\b [^ⒶⒷⓇ,;:.]{0,80}<WHO>",
        tail=True,
        cues="there",
    ),
    pattern(
        "among-were",
        _A,
        r"\bamong (?:the |those )?(?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:were|was|are|is) <WHO>",
        tail=True,
        cues="among",
    ),
    pattern(
        "among-them",
        _A,
        r"\b(?:attended|attend|attending|participated|participating|part|present|participants?|guests|delegates|visitors|officials|joined)\b [^ⒶⓇ;:.]{0,200}?"
        r"(?:\bamong (?:them|whom)(?: were| was| are)?|, (?:including|in particular|notably|namely))(?: ,)? <WHO>",
        tail=True,
        cues="among including particular notably namely",
    ),
    pattern(
        "they-attended",
        _A,
        r"(?:^|[.;] )(?:also )?(?:(?:attended|participated in|took part in|joined|were present at) <EVENT>(?: also)?|(?:in|at) it (?:participated|took part|were present)) <WHO>",
        tail=True,
        cues="attended participated took joined present",
    ),
    pattern(
        "also-for",
        _A,
        r"(?:^|[.;] )also [^ⒶⒷⓇⒺ,;:.]{0,60}\b(?:for|at) <EVENT>(?: ,[^ⒶⓇ;:.]{1,60} ,)? (?:were|was|are|is) <WHO>",
        tail=True,
        cues="also",
    ),
    pattern(
        "with-him-were",
        _A,
        r"\b(?:with|alongside|beside|accompanying) (?:him|her|them|Ⓐ) (?:were|was) <WHO>",
        cues="accompanying alongside beside with",
    ),
    pattern(
        "so-were",
        _A,
        r"\b(?:so|as) (?:were|was|did|do|does) (?:[^ⒶⒷⓇ.;:]{0,250} : )?<WHO>",
        cues="were was did do does",
    ),
    pattern(
        "brings-together",
        _A,
        r"\b(?:brought|bringing|brings|gathered|gathering|assembled) (?:together )?(?:[^ⒶⓇⒺ;:.]{0,250} (?:including|such as|among (?:them|whom)|notably|namely|like)(?: ,)? )?<WHO>",
        tail=True,
        cues="assembled bringing brings brought gathered gathering",
    ),
    pattern(
        "brings-together-list",
        _A,
        r"\b(?:(?:bringing|brought|brings) together|(?:gathered|gathering) (?:the )?(?:leaders|heads|presidents|ministers|representatives|officials|delegations|delegates|delegations|participants))\b(?! <WHO>)",
        tail=True,
        cues="bringing brings brought gathered gathering",
    ),
    pattern(
        "in-presence",
        _A,
        r"\b(?:in the presence of|(?:with|and|saw|featured|marked by) (?:the )?(?:\w+ )?(?:participation|attendance|presence|involvement) of) (?:[^ⒶⓇⒺ;:.]{0,250} (?:including|such as|among them) )?<WHO>",
        tail=True,
        cues="presence participation attendance involvement",
    ),
    pattern(
        "saw-participation",
        _A,
        r"\b(?:saw|sees|featured|features|featuring|drew|enjoyed|marked by|with|in) (?:the )?(?:\w+ )?(?:participation|presence|attendance|involvement) (?:of|from|by)\b(?! <WHO>)",
        tail=True,
        cues="attendance involvement participation presence",
    ),
    pattern("with-delegates", _A, r"(?P<what>Ⓔ) [^ⒶⓇⒺ;:.]{0,250}with (?P<who>Ⓡ)", cues="with"),
    pattern(
        "with-attending",
        _A,
        r"\bwith <WHO>(?: ,)? (?:in attendance|attending|taking part|participating|present)\b",
        cues="with",
    ),
    pattern(
        "heads-of",
        _A,
        r"\b(?:attended by|participation of|presence of|attendance of|together) (?:[^ⒶⓇⒺ;:.]{0,100} )?of (?P<people>Ⓐ)",
        cues="attendance attended participation presence together",
    ),
    pattern(
        "pays-a-visit",
        _A,
        r"<PERSON> <HAVE>(?:paid|paying|pays|made|making|began|started|starts|concluded|ended|(?:arrived|is|was|came) [^ⒶⓇⒺ;:.]{0,60}\bon) <EVENT>",
        kinds=frozenset(("Visit",)),
        cues="Ⓔ",
    ),
    pattern("visit-of", _A, r"(?P<what>Ⓔ) (?:of|by) (?P<who>[ⒶⓇ])", kinds=frozenset(("Visit",)), cues="Ⓔ"),
    pattern(
        "doing-were",
        _A,
        r"^(?!speaking|chairing|presiding|moderating|hosting|addressing|welcoming|greeting|congratulating|opening|closing)\w+ing (?:Ⓐ |[^ⒶⒷⓇⒺ,;:.]{0,80} )(?:was|were|is|are) (?:[^ⒶⒷⓇⒺ;:.]{0,120}(?:including|such as|among them)(?: ,)? )?<WHO>",
        tail=True,
        cues="ing",
    ),
    pattern(
        "who-came",
        _A,
        r"\b(?:who|which) (?:came to|came|attended|took part|arrived|participated)\b (?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:(?:were|was|included|are) |: )<WHO>",
        cues="arrived attended came participated took",
    ),
    pattern(
        "around-the-table",
        _A,
        r"\b(?:around|round|at) the (?:\w+ )?table (?:with (?:the host(?: ,)? )?Ⓐ(?: ,)? )?(?:were|was|sat) <WHO>",
        tail=True,
        cues="table",
    ),
    pattern(
        "along-with",
        _A,
        r"\b(?:attended|joined|took part|participated|present|came|there|accompanied)\b (?:[^ⒶⓇ;:.]{0,250} )?(?:and Ⓐ [^ⒶⓇ,;:.]{0,80} )?(?:along|together) with <WHO>",
        cues="with",
    ),
    pattern(
        "linked-to", _A, r"\b(?:linked|connected) (?:[^ⒶⒷⓇⒺ;:.]{0,250} )?(?:to|with) ,? ?<WHO>", cues="connected linked"
    ),
    pattern(
        "unveiled-by",
        _A,
        r"\b(?:sign|plaque|plate|ribbon|monument|bust|logo|stone|tablet|flag) <GAP>(?:unveiled|cut|lit|laid|raised) by <WHO>",
        cues="cut laid lit raised unveiled",
    ),
    pattern(
        "left-to-right",
        _A,
        r"\b(?:from (?:the )?(?:left|right)|(?:left|l) (?:to|-|–) (?:right|r))\b(?: (?:to|in|the|right|left|front|row|photo|picture))*(?: [,:;)–—-])* <WHO>",
        tail=True,
        weak=True,
        cues="left right",
    ),
    pattern(
        "poses-for-photo",
        _A,
        r"<SUBJECT> <HAVE>(?:pose|poses|posed|posing)\b <GAP>(?:photos?|photographs?|pictures?)\b",
        weak=True,
        cues="pos",
    ),
    pattern(
        "signatures-of",
        Capacity.SIGNATORY,
        r"\bsignatures? (?:are|were|is|was|have been) (?:those of|(?:put|affixed|appended|set) <GAP>by) <WHO>",
        tail=True,
        cues="signature",
    ),
    pattern(
        "list-below",
        _A,
        r"\b(?:guests|participants|attendees|delegates|visitors|dignitaries|present|attending|delegations)\b [^ⒶⒷⓇ,;:.]{0,250}(?:: |; (?:; )?)(?P<who>[ⒶⒷⓇ])",
        cues="attendees attending delegates delegations dignitaries guests participants present visitors",
    ),
)
