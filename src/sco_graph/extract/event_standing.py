"""Standing: whether a sentence reports on an event, or only tells of it to say something else."""

from __future__ import annotations

import re

_FOR = r"(?:the\s|an?\s|its\s|their\s|this\s|last\s)?(?:[\w-]+\s){0,2}$"
# "After the summit in Ufa": told of only to say when something else was.
_TOUCHED = re.compile(
    r"\b(?:after|since|following|before|until|ahead\sof|prior\sto|(?:results|outcomes|decisions|eve|sidelines|margins|fringes)\sof)\s(?:the\s|last\s)?(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
# "Preparations for the summit", "the agenda of the meeting", "as agreed at the Ufa summit": what others talk of.
_TALKED_OF = re.compile(
    r"\b(?:(?:prepar(?:e|es|ed|ing|ations?|atory\swork)|agenda|readiness|plans?|results?|outcomes?|decisions?|agreements?|documents?"
    r"|declaration|implementation|invit(?:ed|ation|ing)|importance|significance|success|proposals?|initiatives?)"
    r"\s(?:for|of|to|from|at|by|reached\sat|made\sat|taken\sat|adopted\sat|signed\sat)"
    r"|(?:agreed|adopted|decided|approved|announced|reached|set|launched|created|established|made)\s(?:up\s)?(?:at|during)"
    r"|chairing|hosting|recall(?:ed|s|ing)(?:\sthat)?)\s" + _FOR,
    re.IGNORECASE,
)

_ADDRESSED = re.compile(
    r"\b(?:told|tells|telling|informed|address(?:ed|es|ing)|reminded|assured)\s(?:the\s|this\s)?$", re.IGNORECASE
)


def touched(before: str) -> bool:
    """Return whether words that end in `before` tell of the event behind them to say when something else was."""
    return _TOUCHED.search(before) is not None


def talked_of(before: str) -> bool:
    """Return whether the event behind `before` is what somebody prepares or recalls, not what is reported on."""
    return _TALKED_OF.search(before) is not None


def addressed(before: str) -> bool:
    """Return whether somebody speaks to those present at the event behind `before`: "told the forum"."""
    return _ADDRESSED.search(before) is not None
