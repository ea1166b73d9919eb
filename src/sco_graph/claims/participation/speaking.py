"""Who speaks at an event."""

from __future__ import annotations

from sco_graph.claims.participation.patterns import pattern
from sco_graph.model import Capacity

_S = Capacity.SPEAKER
_BRIEFINGS = frozenset(("Briefing",))
_LECTURES = frozenset(("Training", "Briefing"))
_DELIVERED = r"(?:delivered|given|made|read|read out|heard|presented|sent|offered|pronounced|extended|voiced|conveyed)"
_SAID_OF = (
    r"(?:noted|stressed|emphasi[sz]ed|underlined|underscored|highlighted|pointed out|mentioned|voiced|expressed|announced|reaffirmed|raised"
    r"|recalled|outlined|proposed)"
)
_DELIVER = (
    r"(?:delivered|delivers|delivering|deliver|gave|gives|giving|made|makes|making|presented|presents|presenting|read(?: out)?"
    r"|sent|offered|used|extended|conveyed|pronounced)"
)
_NOT_AT_EVENT = r"(?! (?:highly|with|for|of|after|before|against|out|to (?:reporters|journalists|the press|the media)|by (?:tele)?phone|on the phone))"
_OPENED_BY = (
    r"\b(?:opened|closed|inaugurated|kicked off|concluded) (?:with (?:an? )?(?:\w+ )?<SPEECH> )?(?:by|from) (?P<who>Ⓐ)"
)

PATTERNS = (
    pattern(
        "speeches-by",
        _S,
        rf"<SPEECH> (?:(?:from|of|by|on behalf of) Ⓐ )?(?:[^ⒶⓇⒺ;:.]{{0,250}}? )?(?:were|was|are|is|been) {_DELIVERED}\b[^ⒶⓇ;:.]{{0,250}}?(?: by|, (?:besides|apart from|in addition to|alongside)) (?:[^ⒶⒷⓇⒺ;:.]{{1,120}} (?=: |including |such as ))?(?:(?:including|such as) )?<WHO>(?: by (?P<who2>Ⓐ))?",
        tail=True,
        cues="conveyed delivered extended given heard made offered pronounced read sent voiced",
    ),
    pattern("they-were-given-by", _S, rf"\bthey were {_DELIVERED} <GAP>by <WHO>", tail=True, cues="they"),
    pattern(
        "speech-by",
        _S,
        r"\b(?:speech(?:es)?|remarks|address(?:es)?|presentations?|keynotes?|lectures?|welcome|introductions?) by (?P<who>Ⓐ)"
        r"|\b(?:opening|welcome|welcoming|introductory|closing|concluding) (?:remarks|speech(?:es)?|address(?:es)?|statements?|words) (?:of|from) (?P<who2>Ⓐ)",
        cues="address introduction keynote lecture presentation remarks speech statement welcome words",
    ),
    pattern(
        "with-reports-by",
        _S,
        r"\b(?:with|heard|featured|included|featuring|including|followed by) (?:an? |the )?(?:\w+ ){0,2}<SPEECH> (?:by|from) <WHO>",
        cues="featured featuring followed heard included including with",
    ),
    pattern(
        "delivers",
        _S,
        rf"<PERSON> <HAVE>{_DELIVER} <GAP><SPEECH>\b(?: <GAP>(?:at|to|during|of|in|before) <EVENT>)?",
        cues="conveyed deliver extended gave gives giving made makes making offered pronounced read sent used",
    ),
    pattern(
        "addresses",
        _S,
        r"<PERSON> <HAVE>(?:(?:addressed|addresses|addressing|briefed|greeted|greets|welcomed|welcomes) (?:, )?(?:the participants of <EVENT>|<AUDIENCE>)"
        r"|(?:addressed|addresses|addressing) (?:, )?(?:it\b|(?P<body>Ⓑ)|(?:(?!on |about )[\w-]+ ){0,3}?(?P<what2>Ⓔ)))",
        cues="address briefed greeted greets welcomed welcomes",
    ),
    pattern(
        "takes-the-floor",
        _S,
        rf"<PERSON> <HAVE>(?:took the (?:floor|podium|stage)|takes the floor|take the floor|took to the podium|(?:spoke|speaks|speaking)\b{_NOT_AT_EVENT})"
        r"(?: <GAP>(?:at|of|during|to) <EVENT>)?",
        cues="eaking eaks oke take took",
    ),
    pattern(
        "tells-the-meeting",
        _S,
        r"<PERSON> <HAVE>(?:told|tells|informed|assured|reminded|urged|warned|advised) "
        r"(?:<AUDIENCE>|<EVENT>|it that|(?P<body>Ⓑ) (?:that|about|of|how))",
        cues="advised assured informed reminded tells told urged warned",
    ),
    pattern(
        "among-speakers",
        _S,
        r"<SUBJECT> <HAVE>(?:was|were|is|are) among (?:the )?(?:[\w-]+ )?(?:speakers|those (?:who )?(?:spoke|speaking|address\w*|deliver\w*|made (?:speeches|remarks|statements)))\b",
        cues="among",
    ),
    pattern(
        "says-at",
        _S,
        r"<PERSON> <HAVE>(?!expressed|thanked|congratulated|described|called for|voiced)<SAID> (?:[^ⒶⓇⒺ,;:.]{0,250}? )?(?:at|to|during) <EVENT>",
        cues="Ⓔ",
    ),
    pattern(
        "says-in-speech",
        _S,
        r"<PERSON> <HAVE><SAID> <GAP>(?:in|during) (?:his|her|an?|their|the) (?:[\w-]+ ){0,3}<SPEECH>",
        cues="address adress appeal comments eulog greeting intervention introduction keynote lecture message overview paper presentation remark report sermon speach speech statement talk toast welcome words",
    ),
    pattern(
        "speaking-says",
        _S,
        rf"(?P<who>Ⓐ)(?<!\bof .) , (?:speaking{_NOT_AT_EVENT}|addressing|(?:opening|closing)(?! <SPEECH>)|in (?:his|her|an?) (?:[\w-]+ ){{0,3}}<SPEECH>)\b",
        cues="address adress appeal closing comments eulog greeting intervention introduction keynote lecture message opening overview paper presentation remark report sermon speach speaking speech statement talk toast welcome words",
    ),
    pattern(
        "in-speech",
        _S,
        r"\b(?:in|during|with|through) (?:his|her|an?|their|the|person's) (?:[\w-]+ ){0,3}(?:speech|remarks?|address|statement|report|presentation"
        r"|lecture|keynote|speach|adress|message|greeting|intervention|talk|paper|opening words)\b"
        r"(?: <GAP>(?:to|at|before|during) <EVENT>)?(?: <GAP>)? ?,? <WHO>",
        cues="address adress greeting intervention keynote lecture message opening paper presentation remark report speach speech statement talk",
    ),
    pattern(
        "speaking-at",
        _S,
        r"\b(?:speaking(?= (?:at|to|in|during|before|on (?:the|this) occasion))(?! to (?:[\w-]+ ){0,2}(?:reporters|journalists|press|media)\b)|addressing|taking the floor|opening|closing|welcoming|greeting|concluding|summing up|presenting)\b"
        r"(?: <GAP>(?:(?:at|to|during) )?(?:<EVENT>|<AUDIENCE>))(?: (?:on|of|in|at|for|about|after|before|following|devoted to|dedicated to) [^ⒶⒷⓇⒺ,;:.]{0,30}[ⒷⒺ])?[^ⒶⒷⓇⒺ;:.]{0,40}, (?P<who>Ⓐ)",
        cues="addressing closing concluding greeting opening presenting speaking summing taking welcoming",
    ),
    pattern(
        "giving-a-speech",
        _S,
        r"(?:^|[.;,] )(?:giving|delivering|making|presenting) (?:an?|the|his|her|their) (?:[\w-]+ ){0,3}<SPEECH>(?: <GAP>(?:at|to|during) <EVENT>)?[^ⒶⒷⓇⒺ;:.]{0,40}, (?P<who>Ⓐ)",
        cues="delivering giving making presenting",
    ),
    pattern(
        "at-event-says",
        _S,
        r"\b(?:at|during) <EVENT>(?: ,)?(?: [^ⒶⒷⓇⒺ,;:.]{0,40} ,)? (?P<who>Ⓐ)(?: ,)? <HAVE><SAID>\b",
        cues="Ⓔ",
    ),
    pattern(
        "speakers-were",
        _S,
        r"\b(?:speakers?|panell?ists?|presenters?|lecturers?|discussants?|rapporteurs?|taking the floor|addressing|those who spoke|speaking|who spoke"
        r"|those who addressed)\b (?:[^ⒶⒷⓇ,;:.]{0,250} )?(?:, (?:held|organi[sz]ed|convened|hosted|opened|which)\b[^ⒶⒷⓇ,;:.]{0,150}, )?(?:(?:were|was|included?|includes|including|comprised) (?:, )?|[:–—-] )<WHO>",
        tail=True,
        cues="addressing discussant lecturer panel presenter rapporteur speaker speaking taking those who",
    ),
    pattern(
        "panel-featured",
        _S,
        r"\b(?:(?:panels?|discussions?|sessions?) <GAP>(?:featured|included|featuring|with)|(?<=Ⓔ )(?:featured|features|featuring)) (?P<who>Ⓐ)",
        cues="discussion panel session featur",
    ),
    pattern(
        "as-speaker",
        _S,
        r"<PERSON> <HAVE>(?:was|were|attended|participated|acted|joined|invited|served) <GAP>(?:as )?(?:an? |the )?(?:keynote |guest |main )?(?:speakers?|panell?ists?|lecturers?|discussants?|rapporteurs?)\b",
        cues="discussant lecturer panel speaker rapporteur",
    ),
    pattern(
        "makes-up-panel",
        _S,
        r"<PERSON> <HAVE>(?:(?:made up|constituted|formed|comprised|joined) (?:the|an?) (?:[\w-]+ ){0,4}?panel\b(?! of experts)|(?:was|were|are|is) (?:also )?(?:on the panel\b|(?:among )?(?:the )?(?:other )?(?:panell?ists|speakers)\b))",
        cues="panel speakers",
    ),
    pattern(
        "lecture-by",
        _S,
        r"(?P<what>Ⓔ) (?:(?:delivered|given|held) )?by (?P<who>Ⓐ)",
        kinds=_LECTURES,
        cues="Ⓔ",
    ),
    pattern(
        "speech-label",
        _S,
        r"(?:^|[;.|] )(?:\W{1,20} )?(?:[\d:.–-]{1,20} ){0,4}(?:(?:opening|closing|welcome|welcoming|keynote|introductory|concluding|special) )+(?:<SPEECH>|speakers?)? ?(?:by|[:–—-]) (?P<who>Ⓐ)",
        cues="closing concluding introductory keynote opening special welcome welcoming",
    ),
    pattern(
        "spoke-there",
        _S,
        r"(?:^|[.;] )(?:(?:at|in|during) [^ⒶⒷⓇ,;:.]{1,60} )?(?:also )?(?:addressed the (?:participants|audience|gathering)|(?:addressed|spoke)(?= Ⓐ)"
        r"|(?:addressed|spoke at) <EVENT>|greeted the (?:participants|guests))(?: also)? (?P<who>Ⓐ)",
        tail=True,
        cues="addressed spoke greeted",
    ),
    pattern(
        "welcoming-were",
        _S,
        r"(?:^|[.;] )(?:welcoming|greeting|congratulating|addressing|opening) [^ⒶⒷⓇ,;:.]{0,80}(?:was|were|is|are) <WHO>",
        tail=True,
        cues="welcoming greeting congratulating addressing opening",
    ),
    pattern(
        "speakers-below",
        _S,
        r"\b(?:representatives|participants|delegates|delegations|heads|experts|officials|ministers|guests|scholars|members)\b [^ⒶⒷⓇ;:.]{0,80}?"
        r"\b(?:spoke|took the floor|made (?:speeches|reports|statements|presentations|remarks)|delivered \w+|presented \w+|shared)\b[^ⒶⒷⓇ;:.]{0,250} : (?P<who>Ⓐ)",
        tail=True,
        cues=":",
    ),
    pattern(
        "with-speakers",
        _S,
        r"\bwith <WHO>(?: ,)? (?:(?:among|as) (?:the )?(?:\w+ )?(?:speakers?|panell?ists?)\b|(?:giving|delivering|making) (?:[\w-]+ ){0,4}?<SPEECH>\b|(?:presenting|speaking)(?= (?:on|about|at|in|for|from)\b| ?[.,;]))",
        cues="speaker panel giving delivering making presenting speaking",
    ),
    pattern(
        "addressed-by",
        _S,
        r"\b(?:addressed|briefed) by <WHO>|\b(?:participants|guests|delegates|audience|those present|attendees|delegations) (?:was|were|are) (?:also )?(?:greeted|welcomed|addressed) <GAP>(?:(?:at|during) <EVENT> )?by (?P<who2>Ⓐ)",
        tail=True,
        cues="addressed briefed greeted welcomed",
    ),
    pattern(
        "said-at-by",
        _S,
        rf"\b{_SAID_OF} by (?P<who>Ⓐ)(?: ,)? (?:(?:in|during|via|through|with) (?:an?|his|her|their|the) (?:[\w-]+ ){{0,3}}<SPEECH> )?(?:at|to|during|before) <EVENT>",
        cues="noted stressed emphasi underlined underscored highlighted pointed mentioned voiced expressed announced reaffirmed raised recalled outlined proposed",
    ),
    pattern(
        "is-said-by",
        _S,
        rf"\b(?:was|were|been) (?:also )?{_SAID_OF} by (?P<who>Ⓐ)",
        weak=True,
        cues="been was were",
    ),
    pattern("opened-by", _S, _OPENED_BY, about_event=True, cues="closed concluded inaugurated kicked opened"),
    pattern(
        "opens",
        _S,
        r"<PERSON> <HAVE>(?:opened|opens|closed|closes|inaugurated|kicked off|concluded|wrapped up) (?:the (?:proceedings|meeting|discussions?|session|event|forum)|<EVENT>)",
        cues="closed closes concluded inaugurated kicked opened opens wrapped",
    ),
    pattern(
        "puts-forward-at",
        _S,
        r"(?P<who>Ⓐ) <HAVE>(?:made|put (?:it )?forward|proposed|voiced|advanced|unveiled|announced|presented) <GAP>at <EVENT>",
        cues="advanced announced made presented proposed put unveiled voiced",
    ),
    pattern(
        "gives-briefing",
        _S,
        r"<PERSON> <HAVE>(?:gave|gives|held|holds|hosted|addressed|attended|conducted|convened|had|faced) <GAP><EVENT>",
        kinds=_BRIEFINGS,
        cues="addressed attended conducted convened faced gave gives had held holds hosted",
    ),
    pattern("at-briefing", _S, r"<PERSON> [^ⒶⒷⓇⒺ;:.]{0,250}\b(?:at|during|in) <EVENT>", kinds=_BRIEFINGS, cues="Ⓔ"),
    pattern(
        "highlights",
        _S,
        r"<PERSON> <HAVE>(?:highlighted|emphasi[sz]ed|underscored|touched (?:up)?on)\b(?! by\b)(?![^.;]*Ⓔ)",
        weak=True,
        cues="highlighted emphasi underscored touched",
    ),
    pattern(
        "given-the-floor",
        _S,
        r"\bthe floor (?:was|is) (?:\w+ )?(?:(?:given|passed|handed|offered|granted) (?:over )?to|taken by) <WHO>",
        tail=True,
        cues="floor",
    ),
    pattern(
        "report-is-heard",
        _S,
        r"\b(?:reports?|speech(?:es)?|presentations?|information|address(?:es)?) (?:of|by|from) (?:the )?(?P<who>Ⓐ)(?: <GAP>)?(?: ,)? (?:was|were) (?:\w+ )?(?:heard|listened to)",
        cues="heard listened",
    ),
    pattern("declares-open", _S, r"<PERSON> <HAVE>declared <EVENT> (?:open|closed)\b", cues="declared"),
    pattern("first-to-speak", _S, r"\bto (?:speak|take the floor)(?: <GAP>)? (?:was|were) <WHO>", cues="speak take"),
    pattern(
        "proposes",
        _S,
        r"<PERSON> <HAVE>(?:voiced|put forward|came up with|advanced|tabled) (?:an?|the|his|her|several|some|two|three|four|five|specific|concrete|new) "
        r"(?:[\w-]+ ){0,4}?(?:proposals?|initiatives?|ideas?|suggestions?|plan)\b(?![^.;]*Ⓔ)"
        r"|\b(?:proposals?|initiatives?|ideas?|suggestions?) (?:was|were) (?:\w+ )?(?:made|voiced|put forward|tabled|advanced) by (?P<who2>Ⓐ)",
        weak=True,
        cues="voiced put came advanced tabled proposal initiative idea suggestion",
    ),
    pattern(
        "speaks-up",
        _S,
        r"<PERSON> <HAVE>(?:inquired|enquired|offered|(?<!was )(?<!were )(?<!been )asked|objected|drew [^ⒶⒷⓇⒺ;:.]{0,40}attention|pointed (?:to|out)|suggested|proposed"
        r"|recommended|informed)\b(?! by\b)(?![^.;]*Ⓔ)",
        weak=True,
        cues="inquired enquired offered asked objected drew pointed suggested proposed recommended informed",
    ),
    pattern(
        "contributes",
        _S,
        r"<PERSON> <HAVE>(?:presented(?! [^ⒶⓇⒺ;:.]{0,60}\b(?:shields?|awards?|medals?|prizes?|gifts?|souvenirs?|certificates?|mementos?|flowers|diplomas?)\b)|shared|outlined|introduced|elaborated|reported|summed up|summari[sz]ed|talked|lectured|dwelt|dwelled"
        r"|commented|reflected|briefed|answered|spoke|discussed|analy[sz]ed|examined|expounded)\b(?! with| by)",
        weak=True,
        cues="analy answered briefed commented discussed dwelled dwelt elaborated examined expounded introduced lectured outlined presented reflected reported shared spoke summari summed talked",
    ),
)
