"""Words by which a run of words before or after a person's name is known for a title."""

from __future__ import annotations

_HEADS = frozenset(
    """
    h.e. mr. ms. mrs. dr. prof. academic adviser advisor aide ambassador analyst assistant attaché chair chairman chairperson chairwoman chancellor chief
    co-chair co-chairman commander commissioner comrade consul convener coordinator councillor councilor counsellor counselor
    counterpart czar colleague dean delegate deputy diplomat director doctor dr duke economist editor emir envoy excellency executive
    expert fm founder general governor guest head historian interlocutor judge king lady lawmaker leader lecturer lieutenant
    lord madam marshal mayor member minister moderator mp mr mrs ms negotiator officer official ombudsman patriarch pm premier
    president president-elect pretender prince princess principal prof professor prosecutor queen rapporteur rector
    representative researcher scholar scientist secretary secretary-general senator shaikh sheikh sherpa speaker specialist
    spokesman spokesperson spokeswoman sultan supervisor treasurer trustee undersecretary vice-chair vice-chairman
    vice-chairperson vice-president vice-premier vice-minister vice-rector wife husband writer akim hakim hokim ceo
    ex-president ex-minister ex-pm citizen host successor predecessor boss administrator auditor captain colonel major admiral
    chargé charge headmaster manager pilot partner fellow journalist correspondent honourable honorable sir dame h.e. hon shri smt shrimati km ayatollah
    """.split()
)
_PLURALS = frozenset(
    """
    presidents ministers premiers chairmen chairs secretaries heads leaders directors ambassadors governors envoys
    representatives deputies members speakers chiefs mayors generals professors experts guests officials diplomats rectors
    delegates advisers advisors counsellors counterparts colleagues secretaries-general pms fms
    """.split()
)
_TITLES = _HEADS | _PLURALS


def is_title(word: str) -> bool:
    """Return whether `word`, in lower case, heads titles in the singular or the plural."""
    return word in _TITLES


def is_plural_title(word: str) -> bool:
    """Return whether `word`, in lower case, is the plural of a title."""
    return word in _PLURALS
