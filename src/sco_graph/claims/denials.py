"""Clauses that somebody calls untrue: "denied that he attended", "rejected reports that", "it is not true that"."""

from __future__ import annotations

from sco_graph.claims.trees import children_of
from sco_graph.model import Mention, Sentence, Token

_DENYING = frozenset("deny refute disprove debunk".split())
_REJECTING = _DENYING | frozenset("reject dismiss rebut".split())
_HEARSAY = frozenset("report claim rumour rumor allegation speculation suggestion assertion news story".split())
_TRUE = frozenset("true correct accurate right".split())
_UNTRUE = frozenset("untrue false wrong incorrect fake".split())
# A relative clause tells of a report, and not what it says: "rejected the report that he presented".
_CONTENT = frozenset(("ccomp", "acl", "csubj", "pcomp", "xcomp"))


def denied(tokens: tuple[Token, ...], number: int) -> bool:
    """Return whether the word `number` of a sentence stands in what the sentence says to be untrue."""
    while (head := tokens[number].head) != number:
        if tokens[number].dep in _CONTENT and _denies(tokens, head):
            return True
        number = head
    return False


def of_denied(sentence: Sentence, mention: Mention) -> bool:
    """Return whether `mention`, which is in `sentence`, stands in what the sentence says to be untrue."""
    tokens = sentence.tokens
    last = next((n for n, token in enumerate(tokens) if token.end >= mention.end), None)
    return last is not None and denied(tokens, last)


def _denies(tokens: tuple[Token, ...], head: int) -> bool:
    if tokens[head].pos == "ADP":
        head = tokens[head].head
    lemma = tokens[head].lemma.lower()
    if lemma in _HEARSAY:
        above = tokens[head].head
        return _untrue(tokens, above) or (tokens[above].lemma.lower() in _REJECTING and not _negated(tokens, above))
    return _untrue(tokens, head) or (lemma in _DENYING and not _negated(tokens, head))


def _untrue(tokens: tuple[Token, ...], verb: int) -> bool:
    """Return whether the verb says that something is untrue, or is not true."""
    said = {tokens[n].lemma.lower() for n in children_of(tokens)[verb] if tokens[n].dep == "acomp"}
    return tokens[verb].lemma == "be" and bool(said & (_TRUE if _negated(tokens, verb) else _UNTRUE))


def _negated(tokens: tuple[Token, ...], verb: int) -> bool:
    return any(tokens[n].dep == "neg" for n in children_of(tokens)[verb])
