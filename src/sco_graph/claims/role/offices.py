"""Vocabulary of posts and of the bodies that they are held in, for the grammar of posts."""

from __future__ import annotations

ABROAD = frozenset(
    """
        ambassador representative chargé charge consul consul-general envoy observer commissioner attaché attache
        counsellor plenipotentiary affaires interim general
        """.split()
)
TAILS = (
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
}
COMMON_BODIES = frozenset(
    """
    institute institution center centre ministry department academy organization organisation council forum agency
    company commission committee administration government university secretariat foundation association union
    federation board parliament chamber bank fund society club group corporation party embassy mission service
    assembly senate faculty office bureau school college authority news newspaper
    """.split()
)
LOCAL = frozenset("governor vice-governor mayor vice-mayor akim hokim khokim head chief".split())
STATE_HEADS = frozenset(
    "president premier minister vice-minister vice-president ambassador secretary adviser advisor".split()
)
RANK_TITLES = frozenset("ambassador professor academician senator".split())
"""Titles that may stand between a post and the name, like words of courtesy: "Deputy Minister Ambassador X"."""
PANELS = frozenset(
    """
    board presidium collegium bureau panel executive committee council unit section department division office
    staff mission
    """.split()
)
