from __future__ import annotations

import pytest

from sco_graph.extract.repair import mend, quotes_are_lost


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("in Bishkek,Kyrgyzstan,on Thursday.Leaders", "in Bishkek, Kyrgyzstan, on Thursday. Leaders"),
        ("N.Nazarbayev paid 12,000 to china.org.cn", "N.Nazarbayev paid 12,000 to china.org.cn"),
        ('“We agree,”said Li. He added:"Yes,"and left', '“We agree,” said Li. He added: "Yes," and left'),
        ('"We agree",he said', '"We agree", he said'),
        ("co\u00adopera\u200btion", "cooperation"),
        ("cooper-\nation", "cooperation"),
        ("China’s  plan", "China's plan"),
        ("The guests met. (Photo by Fu Rui/Xinhua)", "The guests met. "),
    ],
)
def test_noise_is_mended_for_the_parser(source: str, clean: str) -> None:
    assert mend(source, lost_quotes=False)[0] == clean


def test_question_marks_that_stand_for_quotation_marks_become_them() -> None:
    source = "Kyrgyzstan?s president said ?all is well,? and left. Was it?"
    assert quotes_are_lost(source)
    clean, origin = mend(source, lost_quotes=True)
    assert clean == 'Kyrgyzstan\'s president said "all is well," and left. Was it?'
    assert source[origin[clean.index("president")]] == "p"


def test_a_plain_question_loses_nothing() -> None:
    assert not quotes_are_lost("Who chairs the SCO? Kazakhstan does.")
