"""Dates are as precise as their words, and count from the day of publication or from each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.extract import dates
from sco_graph.model import Document, Sentence, Text, Token


def text_of(words: str, published: str | None) -> Text:
    """Return a text of one paragraph and one sentence, its tokens parted at white space."""
    tokens: list[Token] = []
    at = 0
    for word in words.split():
        at = words.index(word, at)
        tokens.append(Token(word, at, at + len(word), word, "X", "XX", len(tokens), "dep"))
        at += len(word)
    sentences = (Sentence(0, len(words), words, tuple(tokens)),) if tokens else ()
    return Text(Document("d", "d.txt", words, content_hash="", published=published), sentences)


def read(words: str, published: str | None = "2024-07-05") -> list[tuple[str, str, str]]:
    text = dates.find(text_of(words, published))
    return [(words[t.start : t.end], t.first, t.last) for s in text.sentences for t in s.times]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("It was held on July 3-4, 2024.", "2024-07-03", "2024-07-04"),
        ("It was held on 13 and 14 June 2024.", "2024-06-13", "2024-06-14"),
        ("It was held on 15–16 April 2022.", "2022-04-15", "2022-04-16"),
        ("It lasted from 3 to 5 May.", "2024-05-03", "2024-05-05"),
        ("It was held on June 30 - July 2.", "2024-06-30", "2024-07-02"),
        ("It began on 20.06.2024 there.", "2024-06-20", "2024-06-20"),
        ("It began on 2024-06-20 there.", "2024-06-20", "2024-06-20"),
        ("It was held in July 2005.", "2005-07", "2005-07"),
        ("It was held in 2018.", "2018", "2018"),
        ("It met on Thursday (4/7/2024).", "2024-07-04", "2024-07-04"),
        ("It met on 25/6/2024.", "2024-06-25", "2024-06-25"),
        ("It was held on June 3and 4, 2024.", "2024-06-03", "2024-06-04"),
        ("It met on Thursday.", "2024-07-04", "2024-07-04"),
        ("It met yesterday.", "2024-07-04", "2024-07-04"),
        ("It met last year.", "2023", "2023"),
        ("It meets this September.", "2024-09", "2024-09"),
        ("It met on December 14.", "2023-12-14", "2023-12-14"),
    ],
)
def test_an_expression_keeps_the_precision_of_its_words(words: str, first: str, last: str) -> None:
    assert [(a, b) for _, a, b in read(words)] == [(first, last)]


def test_numbers_of_an_uncertain_order_are_no_date() -> None:
    assert read("It met on 4/7/2024 there.") == []


def test_a_year_named_before_completes_a_later_date() -> None:
    assert read("They met in June 2014 and on October 26 of the same year.")[1][1:] == ("2014-10-26", "2014-10-26")


def test_the_same_day_is_the_day_spoken_of_last() -> None:
    assert read("They met on May 16, 2022 and parted on the same day.")[1][1:] == ("2022-05-16", "2022-05-16")


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    assert read("They met yesterday, on Thursday, on July 3 and in May.", published=None) == []


def test_a_day_that_no_month_has_is_no_date() -> None:
    assert read("They met on 31 June 2024.") == []


def test_may_and_march_as_verbs_are_no_months() -> None:
    assert read("They may march on 5 roads.") == []


@settings(max_examples=200)
@given(st.text(max_size=200), st.sampled_from([None, "2024", "2024-02-29"]))
def test_any_text_is_read_with_exact_offsets(words: str, published: str | None) -> None:
    for expression, first, last in read(words, published):
        assert expression == expression.strip()
        assert first[: len(last)] <= last[: len(first)]
