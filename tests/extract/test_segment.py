from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.extract.segment import blocks
from sco_graph.model import BlockKind


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.clean) for b in blocks(text)]


@pytest.mark.parametrize(
    "dateline",
    [
        "BEIJING, June 18, 2002. — ",
        "TIANJIN. July 15 (Interfax) - ",
        "BISHKEK, November 11, 2020 /Kabar/. ",
        "DUSHANBE, 18.05.2018. /NIAT Khovar/. ",
        "ISLAMABAD: ",
        "ASTANA – ",
        "ZHENGZHOU, July 25 (Xinhua) -- ",
        "TEHRAN, Jun. 15 (MNA) – ",
        "Qingdao (China), Jun 26 (PTI) ",
    ],
)
def test_a_dateline_is_parted_from_the_text(dateline: str) -> None:
    first, second = blocks(f"{dateline}The meeting of the council began on time.")
    assert (first.kind, second.kind) == (BlockKind.FURNITURE, BlockKind.BODY)
    assert second.clean == "The meeting of the council began on time."


def test_a_headline_said_twice_is_read_once() -> None:
    text = "Ministers meet in Astana\n\nMinisters meet in Astana\n\nThe ministers met on Tuesday in the capital."
    assert [k for k, _ in kinds(text)] == ["headline", "furniture", "body"]


def test_menus_credits_and_related_links_are_furniture() -> None:
    text = (
        "Home > World > Asia\n\nThe summit opened in Samarkand on Thursday.\n\nShare | Tweet | Print\n\n"
        "Related Topics: World | Asia\n\nWho joined and when\n\n5 minutes ago"
    )
    assert [k for k, _ in kinds(text)] == ["furniture", "body", "furniture", "furniture", "furniture", "furniture"]


def test_bullets_are_left_out() -> None:
    assert kinds("The guests were many.\n* Xi Jinping, President of China") == [
        ("body", "The guests were many."),
        ("body", "Xi Jinping, President of China"),
    ]


def test_a_sentence_wrapped_at_the_width_of_a_page_is_one_block() -> None:
    wrapped = "The meeting of the council of national coordinators was held\nin the city of Nukus on Monday."
    assert len(blocks(wrapped)) == 1


def test_wrapped_lines_are_one_paragraph_also_where_a_name_is_parted() -> None:
    paragraph = (
        "The Secretaries of the Security Councils of the member states of the Shanghai Cooperation Organization met in "
        "Bishkek on Friday, and the President of Kyrgyzstan received the heads of the delegations of China, Kazakhstan "
        "and Uzbekistan after the meeting. Zhang Ming spoke of the work of the Secretariat."
    )
    wrapped = textwrap.fill(paragraph, 72)
    assert wrapped.count("\n") > 3
    assert [b.clean.replace("\n", " ") for b in blocks(wrapped)] == [paragraph]


def test_short_lines_of_a_list_stay_apart() -> None:
    assert len(blocks("The meeting was attended by:\nChina\nKazakhstan\nKyrgyzstan\nRussia\nTajikistan")) == 6


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_every_character_of_a_block_has_its_place_in_the_text(text: str) -> None:
    for block in blocks(text):
        assert len(block.clean) == len(block.origin)
        assert all(0 <= n < len(block.source) for n in block.origin)
        assert text[block.start : block.start + len(block.source)] == block.source
        assert list(block.origin) == sorted(block.origin)


def test_a_megabyte_without_a_line_break_is_cut() -> None:
    assert max(len(b.source) for b in blocks("word " * 200_000)) <= 20_000


def test_a_long_line_is_cut_behind_a_sentence() -> None:
    sentence = "The ministers of the member states met in Astana and spoke of trade. "
    found = blocks(sentence * 1000)
    assert len(found) == 4
    assert all(b.source.endswith("trade.") for b in found)
    assert sum(len(b.source) + 1 for b in found) == len(sentence) * 1000


def test_a_word_without_end_is_read_in_parts_with_its_place_kept() -> None:
    (block,) = blocks("See " + "(" * 500 + " there.")
    assert max(len(word) for word in block.clean.split()) == 200
    assert block.clean.replace(" ", "") == block.source.replace(" ", "")
    assert block.source[block.origin[block.clean.index("there")]] == "t"
