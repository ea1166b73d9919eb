"""Vocabulary of posts and of the bodies that they are held in, for the grammar of posts."""

from __future__ import annotations

ABROAD = frozenset(
    """
        ambassador representative chargé charge consul consul-general envoy observer commissioner attaché attache
        counsellor plenipotentiary affaires interim general
        """.split()
)
TAILS = (
    ("of", "staff"),
    ("extraordinary", "and", "plenipotentiary"),
    ("plenipotentiary", "and", "extraordinary"),
    ("d'affaires", "ad", "interim"),
    ("d'affaires", "a.i."),
    ("d'affaires", "a.i", "."),
    ("a.i.",),
    ("d'affaires",),
    ("ad", "interim"),
    ("at", "large"),
    ("in", "chief"),
    ("on", "special", "assignments"),
    ("extraordinary",),
    ("emeritus",),
    ("designate",),
    ("elect",),
)
PLURALS = {
    "presidents": "president",
    "premiers": "premier",
    "ministers": "minister",
    "secretaries": "secretary",
    "secretaries-general": "secretary-general",
    "directors-general": "director-general",
    "chairmen": "chairman",
    "chairs": "chair",
    "heads": "head",
    "ambassadors": "ambassador",
    "governors": "governor",
    "speakers": "speaker",
    "directors": "director",
    "mayors": "mayor",
    "vice-presidents": "vice-president",
    "kings": "king",
    "envoys": "envoy",
    "representatives": "representative",
    "advisers": "adviser",
    "advisors": "advisor",
    "coordinators": "coordinator",
    "professors": "professor",
    "rectors": "rector",
    "prosecutors": "prosecutor",
    "prosecutors-general": "prosecutor-general",
    "chiefs": "chief",
    "spokespersons": "spokesperson",
    "commanders": "commander",
    "vice-ministers": "vice-minister",
}
COMMON_BODIES = frozenset(
    """
    institute institution center centre ministry department academy organization organisation council forum agency
    company commission committee administration government university secretariat foundation association union
    federation board parliament chamber bank fund society club group corporation party embassy mission service
    assembly senate faculty bloc grouping alliance office bureau school college authority news newspaper
    """.split()
)
DESCRIBED = frozenset(
    """
    authority agency corporation company concern operator regulator airline bank broadcaster channel outlet group holding
    association foundation fund party firm startup giant producer newspaper portal centre center institute union
    """.split()
)
"""Common nouns that say what a body is before its name: "the space corporation Roscosmos"."""
LOCAL = frozenset("governor vice-governor mayor vice-mayor akim hokim khokim head chief".split())
STATE_HEADS = frozenset(
    "president premier minister vice-minister vice-president ambassador secretary adviser advisor".split()
)
RANK_TITLES = frozenset("ambassador professor academician senator".split())
"""Titles that may stand between a post and the name, like words of courtesy: "Deputy Minister Ambassador X"."""
SINGLE_RANKS = frozenset("marshal colonel admiral brigadier commodore captain lieutenant".split()) | frozenset(
    f"{grade}-{rank}" for grade in ("colonel", "major", "lieutenant", "brigadier") for rank in ("general", "admiral")
)
"""Ranks of one word that are part of no civil title, as "general" is."""
PANELS = frozenset(
    """
    board presidium collegium bureau panel executive committee council unit section department division office
    staff mission
    """.split()
)
STAFF = frozenset(
    "general gen gen. joint main army air naval navy land ground armed force forces defence defense chiefs".split()
)
"""Words between "chief of the" and "staff"."""
EXPERTS = frozenset("specialist expert analyst scholar researcher".split())
"""Who may be called by the region they study: "a Central Asia specialist"."""
SPEAKERS = frozenset("spokesperson spokesman spokeswoman correspondent columnist reporter analyst researcher".split())
"""Who speaks, writes or works "for" a body, which is theirs."""
DELEGATIONS = frozenset("delegation delegations mission missions state states government governments".split())
"""What leaders without a post are the heads of."""
RETIRED = frozenset(("retd", "retd.", "ret", "rtd", "r", "retired"))
"""Words in brackets behind a rank: "General (retd) X"."""
SERVICES = frozenset("army air police fleet navy naval militia customs".split())
"""Services that stand before a rank: "Army General X", "Air Force Colonel X"."""
CORPS = frozenset("army police justice militia".split())
"""What a rank may be "of" before a name."""
