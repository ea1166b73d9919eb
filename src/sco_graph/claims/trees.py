"""Trees: what hangs on each word of a sentence, by its parse."""

from __future__ import annotations

from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.model import Token


@remembered(SENTENCES)
def children_of(tokens: tuple[Token, ...]) -> list[list[int]]:
    """Return for each token the numbers of those that hang on it, in order."""
    children: list[list[int]] = [[] for _ in tokens]
    for number, token in enumerate(tokens):
        if token.head != number:
            children[token.head].append(number)
    return children
