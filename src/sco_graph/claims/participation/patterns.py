"""Patterns: regular expressions over gists, each of which shows agents in one capacity.

`<NAME>` in a source stands for a part that many patterns share. The families of patterns are `attending`, `delegating`,
`speaking`, `leading` and `organizing`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from sco_graph.claims.participation.posts import POST
from sco_graph.model import Capacity

_AGENT = "[ⒶⒷⓇ]"
# Stands behind the sign, so that the search can skip to the signs.
_NOT_OBJECT = "".join(
    rf"(?<!\b{word} .)" for word in ("of", "from", "by", "for", "in", "to", "with", "against", "between", "on", "about")
)
_NOT_IN_EVENT = (
    "of|at|in|to|with|by|and|for|on|after|before|during|from|that|which|who|as|but|or|when|where|while|ahead"
)
# "Ⓐ and senior officials of Ⓑ attended".
_OTHERS = r"(?:others?|senior|many|several|some|numerous|various|high-ranking|representatives|officials|members|diplomats|experts|guests|a number)\b"
_MACROS = {
    # Agents that are not the object of a preposition, as they are in "the leaders of Ⓑ attended".
    "SUBJECT": rf"(?P<who>{_AGENT})(?:{_NOT_OBJECT}|(?= , which ))(?: ,(?: [^ⒶⒷⓇⒺ,;:.]{{1,80}}(?: ,|(?= and {_OTHERS})))?| [—–-])?(?: and {_OTHERS}[^ⒶⓇⒺ,;:.]{{0,60}}?)?(?: all| each)?",
    "PERSON": rf"(?P<who>Ⓐ){_NOT_OBJECT}(?: ,(?: [^ⒶⒷⓇⒺ,;:.]{{1,80}} ,)?| [—–-])?(?: and other\w*(?: \w+)?)?",
    "WHO": rf"(?:: (?:from )?)?(?:the |an? )?(?P<who>{_AGENT})",
    # Those who attend may be told by their posts.
    "WHOM": rf"(?:: (?:from )?)?(?:the |an? )?(?P<post>{POST})?(?P<who>{_AGENT})",
    "EVENT": rf"(?:(?!(?:{_NOT_IN_EVENT}) )[\w'’-]+ ){{0,5}}?(?P<what>Ⓔ)",
    # Auxiliaries and adverbs between a subject and its verb.
    "HAVE": r"(?:(?:(?:is|are|was|were|be|due|set|going|expected|scheduled|plans|intends|planned|ready|preparing) to|has|have|had|is|are|was|were|been|be|being|will|would|shall|who|which|that|as|well|did|do|not only|but"
    r"|himself|herself|themselves|\w+ly|in turn|for his part|for her part|on behalf|there|first|last) )*",
    # A verb that has no object of its own beside it, or a pronoun.
    "NO_OBJECT": r"(?= (?:it|them|this|that|which|in|on|at|from|and|for|by|as|with|who|[a-z]+ly)\b| ?[.,;:—–)]|$)",
    # Further participles before the agent: "hosted and chaired by".
    "BY": r"(?:(?: ,)?(?: and| &)?(?: \w+ly)? (?:co-)?(?:\w+ed|run|held|over)){0,3} by",
    # Other words of the clause, without agents.
    "GAP": r"(?:[^ⒶⒷⓇⒺ,;:.]{0,250}? )?",
    "SPEECH": r"(?:speech(?:es)?|speach|adress|remarks?|address(?:es)?|statements?|reports?|presentations?|lectures?|keynotes?|words"
    r"|greetings?|toasts?|messages?|interventions?|comments|introductions?|talks?|papers?|overviews?|welcomes?|eulog(?:y|ies)|sermons?|appeals?)",
    "AUDIENCE": r"(?:(?:the|his|her|their|all|fellow|other|its|event|meeting|forum|summit|conference|two|three|four|five|\w+ing) ){0,8}"
    r"(?:participants|guests|attendees|audience|colleagues|delegates|gathering|meeting|session|forum|summit|conference|assembly"
    r"|council|counterparts|hosts|those present|partners|leaders|event|plenary|hall|ceremony|congress|seminar|webinar|panel"
    r"|round table|roundtable|symposium|workshop|lawmakers|students|crowd|delegations)",
    "SAID": r"(?:said|says|stated|states|noted|notes|stressed|stresses|declared|pointed out|points out|emphasi[sz]ed|emphasi[sz]es"
    r"|underlined|underlines|underscored|announced|announces|called|calls|proposed|proposes|suggested|suggests|explained|recalled"
    r"|argued|warned|urged|urges|highlighted|remarked|affirmed|reaffirmed|added|mentioned|indicated|outlined|observed|thanked"
    r"|congratulated|expressed|described|reiterated|confirmed|assured|spoke|recommended|insisted|maintained|asserted|voiced)",
}


class Pattern(Struct, frozen=True):
    """Whoever the groups `who` and `who2` of `regex` name takes part as `capacity`.

    The groups `what` and `what2` name the event, where they match. With `everyone`, every agent within the match counts;
    `about_event` patterns need an event, or "it", as the subject; with `kinds` the event must be of one of them;
    with `tail`, so do the further members of a list that something unknown interrupts; `weak` patterns count only where the text already reports on an event that has taken place.
    `cues` are signs or parts of words without one of which the expression cannot match; none if there is no short list of them.
    """

    name: str
    capacity: Capacity
    regex: re.Pattern[str]
    everyone: bool = False
    about_event: bool = False
    weak: bool = False
    tail: bool = False
    kinds: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()


def pattern(
    name: str,
    capacity: Capacity,
    *sources: str,
    everyone: bool = False,
    about_event: bool = False,
    weak: bool = False,
    tail: bool = False,
    kinds: frozenset[str] = frozenset(),
    cues: str = "",
) -> Pattern:
    """Return the pattern whose regular expression is the concatenation of `sources`, macros filled in; `cues` are parted by spaces."""
    source = "".join(sources).replace("<WHO>", "<WHOM>" if capacity is Capacity.ATTENDEE else "<WHO>")
    for macro, meaning in _MACROS.items():
        source = source.replace(f"<{macro}>", meaning)
    return Pattern(
        name, capacity, re.compile(source), everyone, about_event, weak, tail, kinds, frozenset(cues.split())
    )
