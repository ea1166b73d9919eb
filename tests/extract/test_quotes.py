"""Quotations are found whatever their marks, and open ones end where a reader would end them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.extract import quotes
from sco_graph.model import Document, Sentence, Text, Token


def text_of(*paragraphs: str) -> Text:
    """Return a text of one sentence a paragraph, its tokens parted at white space and at signs."""
    words = "\n".join(paragraphs)
    sentences, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        tokens = tuple(_tokens(paragraph, start))
        if tokens:
            sentences.append(Sentence(start, start + len(paragraph), paragraph, tokens, paragraph=number))
        start += len(paragraph) + 1
    return Text(Document("d", "d.txt", words, content_hash=""), tuple(sentences))


def _tokens(paragraph: str, start: int) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(paragraph):
        end = at + 1
        if paragraph[at].isalnum():
            while end < len(paragraph) and paragraph[end].isalnum():
                end += 1
        if not paragraph[at].isspace():
            word = paragraph[at:end]
            tokens.append(Token(word, start + at, start + end, word, "X", "XX", len(tokens), "dep"))
        at = end
    return tokens


def quoted(*paragraphs: str) -> list[str]:
    found = quotes.find(text_of(*paragraphs))
    return [found.document.text[q.start : q.end] for q in found.quotations]


@pytest.mark.parametrize(
    "text",
    [
        'He said: "We agree."',
        "He said: “We agree.”",
        "He said: „We agree.“",
        "He said: «We agree.»",
        "He said: »We agree.«",
        "He said: ‘We agree.’",
        "He said: 'We agree.'",
        "He said: ‹We agree.›",
        "He said: 「We agree.」",
    ],
)
def test_every_style_of_marks_is_read(text: str) -> None:
    assert quoted(text) == ["We agree."]


def test_a_quotation_inside_another_follows_it() -> None:
    assert quoted("He called it “a ‘bridge’ of paper”.") == ["a ‘bridge’ of paper", "bridge"]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("The members' leaders don't meet in the '90s hall of Iran's capital.") == []


def test_a_mark_left_open_runs_on_if_the_next_paragraph_opens_with_one() -> None:
    assert quoted("“The first part", "“and the second.”") == ["The first part", "and the second."]


def test_a_mark_left_open_ends_with_its_sentence_otherwise() -> None:
    assert quoted('He said "we agree', "Nobody else spoke.") == ["we agree"]


def test_an_inch_sign_opens_nothing() -> None:
    assert quoted('A screen of 5" showed "the map".') == ["the map"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="ab .,'\"“”«»‘’„", max_size=40), max_size=4))
def test_quotations_lie_within_the_text_in_order(paragraphs: list[str]) -> None:
    paragraphs = [p.replace("\n", " ") for p in paragraphs]
    found = quotes.find(text_of(*paragraphs))
    spans = [(q.start, -q.end) for q in found.quotations]
    assert spans == sorted(spans)
    assert all(0 <= q.start <= q.end <= len(found.document.text) for q in found.quotations)
