"""The syntax of a sentence: who is the child of whom, and how far a phrase reaches."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.trees import children_of
from sco_graph.model import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOUNS = frozenset({"WP", "WDT"})
# A subject is sought no further up than this many heads.
_HOPS = 5


class Syntax:
    """The parse of one sentence, for questions by token index."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self._starts = [t.start for t in self.tokens]
        self._children = children_of(tokens)

    def children(self, index: int) -> list[int]:
        """Return the tokens whose head is `index`, in order."""
        return self._children[index]

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child of `index` that has one of the dependency labels."""
        return next((c for c in self._children[index] if self.tokens[c].dep in deps), None)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first and the last token that depend on `index`, itself included."""
        return self._spans[index]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        spans = [(index, index) for index in range(len(self.tokens))]
        order = [index for index, token in enumerate(self.tokens) if token.head == index]
        for index in order:
            order += self._children[index]
        for index in reversed(order):
            head = self.tokens[index].head
            first, last = spans[head]
            spans[head] = (min(first, spans[index][0]), max(last, spans[index][1]))
        return spans

    def at(self, offset: int) -> int:
        """Return the first token that starts at or after `offset`; the number of tokens if there is none."""
        return bisect_left(self._starts, offset)

    def governs(self, verb: int, index: int) -> bool:
        """Whether `index` depends on `verb`, itself or through a few others."""
        at = index
        for _ in range(_HOPS):
            if at == verb:
                return True
            at = self.tokens[at].head
        return at == verb

    def subject(self, index: int) -> int | None:
        """Return the subject of the verb `index`: its own, or that of the verb it is joined to."""
        at = index
        for hop in range(_HOPS):
            if (found := self._own_subject(at, passive=hop > 0)) is not None:
                return found
            token = self.tokens[at]
            if token.dep == "acl" and self.tokens[token.head].pos in {"NOUN", "PROPN", "PRON"}:
                return token.head
            if token.dep == "pcomp":
                at = token.head
                token = self.tokens[at]
                cited = self.child(token.head, "dobj") if token.text == "as" else None
                if cited is not None:
                    return cited  # "TASS quoted him as saying"
            elif token.dep not in {"conj", "xcomp", "advcl", "acl", "dep"}:
                return None
            if token.head == at or (token.dep == "advcl" and self.child(at, "mark") is not None):
                return None
            at = token.head
        return None

    def _own_subject(self, index: int, *, passive: bool) -> int | None:
        labels = _SUBJECTS if passive else {"nsubj"}
        own = [c for c in self._children[index] if self.tokens[c].dep in labels]
        if not own:
            return None
        # Of several (a dateline before the sentence is often taken for one) the nearest.
        child = min(own, key=lambda c: abs(c - index))
        if self.tokens[child].tag in _PRONOUNS and self.tokens[index].dep == "relcl":
            return self.tokens[index].head
        return child


@remembered(SENTENCES)
def syntax_of(tokens: tuple[Token, ...]) -> Syntax:
    """Return the syntax of the sentence that `tokens` make."""
    return Syntax(tokens)
