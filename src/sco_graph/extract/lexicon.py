"""What kinds of bodies, places and events there are, by the word that heads their names."""

from __future__ import annotations

BODY_HEADS: dict[str, str | None] = {
    "ministry": "Ministry",
    "ministries": "Ministry",
    "mfa": "Ministry",
    "mofa": "Ministry",
    "committee": "Committee",
    "subcommittee": "Committee",
    "commission": "Committee",
    "council": "Council",
    "board": "Council",
    "collegium": "Council",
    "secretariat": "Secretariat",
    "centre": "Centre",
    "center": "Centre",
    "institute": "Institute",
    "institutes": "Institute",
    "institution": "Institute",
    "academy": "Institute",
    "laboratory": "Institute",
    "university": "University",
    "college": "University",
    "school": "University",
    "conservatory": "University",
    "foundation": "Foundation",
    "fund": "Foundation",
    "endowment": "Foundation",
    "company": "Company",
    "corporation": "Company",
    "holding": "Company",
    "holdings": "Company",
    "group": "Company",
    "enterprise": "Company",
    "consortium": "Company",
    "bank": "Company",
    "airlines": "Company",
    "railways": "Company",
    "agency": "Agency",
    "administration": "Agency",
    "authority": "Agency",
    "bureau": "Agency",
    "department": "Agency",
    "directorate": "Agency",
    "division": "Agency",
    "wing": "Agency",
    "section": "Agency",
    "corps": None,
    "service": "Agency",
    "services": "Agency",
    "office": "Agency",
    "inspectorate": "Agency",
    "procuratorate": "Agency",
    "police": "Agency",
    "customs": "Agency",
    "association": None,
    "guild": None,
    "union": None,
    "federation": None,
    "confederation": None,
    "league": None,
    "society": None,
    "club": None,
    "network": None,
    "alliance": None,
    "organisation": None,
    "organization": None,
    "community": None,
    "structure": None,
    "collective": None,
    "coalition": None,
    "movement": None,
    "fraternity": None,
    "trust": None,
    "cooperative": None,
    "observatory": None,
    "archive": None,
    "archives": None,
    "library": None,
    "orchestra": None,
    "ensemble": None,
    "hospital": None,
    "museum": None,
    "theatre": None,
    "theater": None,
    "assembly": "Assembly",
    "parliament": "Assembly",
    "senate": "Assembly",
    "congress": "Assembly",
    "chamber": "Assembly",
    "duma": "Assembly",
    "majlis": "Assembly",
    "mejlis": "Assembly",
    "mazhilis": "Assembly",
    "majilis": "Assembly",
    "kenesh": "Assembly",
    "kurultai": "Assembly",
    "maslahaty": "Assembly",
    "maslakhaty": "Assembly",
    "shura": "Assembly",
    "khural": "Assembly",
    "court": None,
    "tribunal": None,
    "house": "Assembly",
    "hub": None,
    "fleet": None,
    "unit": "Agency",
    "command": None,
    "army": None,
    "branch": None,
    "chapter": None,
    "delegation": "Delegation",
    "embassy": "Embassy",
    "consulate": "Embassy",
    "consulate-general": "Embassy",
    "mission": "Embassy",
    "representation": "Embassy",
    "government": "Government",
    "cabinet": "Government",
    "akimat": "Government",
    "hokimiyat": "Government",
    "khokimiyat": "Government",
    "party": "Party",
    "forces": None,
    "force": None,
    "navy": None,
    "guard": None,
    "troops": None,
    "staff": None,
    "agency's": None,
    "newspaper": "NewsOutlet",
    "publications": "NewsOutlet",
    "publishers": "NewsOutlet",
    "taskforce": "Committee",
    "ltd": "Company",
    "ltd.": "Company",
    "inc": "Company",
    "inc.": "Company",
    "llc": "Company",
    "jsc": "Company",
    "plc": "Company",
    "corp": "Company",
    "corp.": "Company",
    "co.": "Company",
}
"""Nouns that head the name of a body, and the class of bodies they show."""

ORGANS = frozenset("board branch chapter secretariat presidium collegium council committee directorate bureau".split())
"""What a body before it has: "SCO Business Council Board", "Interbank Association Council"."""

TRADING_HEADS = frozenset(
    "studio company corporation holding party newspaper agency group channel network movement wing portal".split()
)
TRADES = frozenset(
    """
    news media information television tv radio youth political ruling film investment consulting insurance oil gas
    energy mining construction industrial online
    """.split()
)
"""What firms, outlets and parties are called behind their names in small letters: "the Khovar news agency"."""

STATE_BODIES = frozenset(
    """
    ministry government parliament senate cabinet embassy consulate army police senate duma
    """.split()
)
"""Heads that make an adjective of state before them a statement of belonging: "Kazakh Foreign Ministry"."""

VENUE_HEADS = frozenset(
    """
    hall palace hotel guesthouse residence stadium airport square park arena castle garden gardens pavilion
    campus street avenue complex headquarters mountain mountains lake river gorge valley sea ocean desert peninsula island
    islands strait bay gulf hills museum theatre theater library plaza tower villa mansion mosque cathedral
    temple monastery mausoleum memorial station port resort airbase airfield cosmodrome
    planetarium auditorium amphitheatre racecourse hippodrome ordo bhawan bhavan mandapam mahal saray sadan
    """.split()
)
"""Nouns that head the name of a building or a landmark."""

SITE_HEADS = frozenset(
    "hall palace hotel residence stadium complex range ranges ground grounds site polygon resort base sanatorium area".split()
)
"""Nouns that end the name of a building or a ground, in small letters: "Akorda residence"."""

SITE_KINDS = frozenset(
    """
    presidential state official training test tourist tourism sports exhibition congress conference convention country
    military firing shooting field combined-arms drill mountain government
    """.split()
)
"""Words that stand between a name and one of `SITE_HEADS`: "Chebarkul training range"."""

VENUE_CENTRES = frozenset(
    """
        convention exhibition congress conference expo sports concert shopping cultural media event events
        opera guest state press business
        """.split()
)
"""Words that make the centre after them a building: "Convention Centre"."""

REGION_HEADS = frozenset(
    """
        province region oblast district county prefecture city territory krai municipality governorate
        viloyat veloyat raion area
        """.split()
)
"""Nouns that follow the name of a part of a country."""

EVENT_HEADS = frozenset(
    """
    summit meeting meetings session sessions conference conferences forum forums fora congress symposium seminar
    workshop webinar dialogue dialogues consultations talks negotiations briefing exhibition expo fair festival
    ceremony exercise exercises drill drills round table roundtable marathon games olympiad championship cup
    contest competition tournament reception visit week year day days decade celebration celebrations
    anniversary assembly lecture course courses training camp concert show presentation hearing hearings
    """.split()
)
"""Nouns that head the name of an event."""

PAPER_HEADS = frozenset(
    """
    charter treaty agreement convention declaration statement protocol memorandum communique communiqué
    resolution plan initiative initiatives programme program strategy roadmap concept constitution code act law
    pact accord accords spirit road corridor project vision agenda belt report roadmap doctrine principles
    pandemic war crisis prize award medal order process goals route bridge
    """.split()
)
"""Nouns that head the names of papers, plans and other things that are neither bodies nor events."""

NOT_IN_NAMES = frozenset(
    """
    the a an in on at by for from of to and or but as with without this that these those its his her their our
    my your he she it they we i you who which whose when where while after before during since until also both
    besides beside alongside except apart via through toward towards within along near across behind beyond amid
    amidst throughout upon unlike like including regardless instead whereas unless whether once again furthermore
    additionally finally afterwards similarly likewise
    under according among between against about above into over per than then there here thus however moreover
    meanwhile earlier later today yesterday tomorrow not no nor so such if although because since despite
    following speaking addressing opening welcoming noting recalling referring regarding concerning monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mr mrs ms dr prof what how why once one two three four five six seven
    eight nine ten first another other others many most some all each every several only even just still yet
    more less last next participants representatives delegates members experts leaders officials guests
    attendees heads said says told added noted photo source editor read image caption reporter
    """.split()
)
"""Words that begin sentences or stand between names, but are no part of a body's name even if capitalised."""


def opens_no_name(word: str) -> bool:
    """Return whether `word`, in small letters, only stands before names: "our", "almaty-based"."""
    return (word in NOT_IN_NAMES and word != "new") or word.endswith("-based")
