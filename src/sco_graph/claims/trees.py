"""Trees: what hangs on each word of a sentence, by its parse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

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


def told_behind(
    tokens: Sequence[Token], inside: range, lemmas: Collection[str], apart: Sequence[range]
) -> Iterator[int]:
    """Yield the participles of `lemmas` behind a comma that hang on what only belongs to the words `inside`.

    "The meeting with Qin Gang, held in Beijing": what is held is the meeting. `apart` are words that can be held as well.
    """
    for number in range(inside.stop + 1, len(tokens)):
        token = tokens[number]
        if token.tag != "VBN" or token.lemma not in lemmas or token.dep != "acl" or tokens[number - 1].text != ",":
            continue
        head = token.head
        for _ in range(6):
            if head in inside or any(head in other for other in apart) or tokens[head].head == head:
                break
            head = tokens[head].head
        if head in inside and token.head not in inside:
            yield number
