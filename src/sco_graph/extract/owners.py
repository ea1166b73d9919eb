"""Bodies and places that only a title beside them shows: "CEO of Cosco", "Roscosmos head X", "mayor of Qingdao X"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, MILITARY, RANKS, TITLE_HEADS
from sco_graph.claims.role.offices import RANK_TITLES
from sco_graph.claims.words import Word
from sco_graph.extract.lexicon import EVENT_HEADS, NOT_IN_NAMES, PAPER_HEADS, REGION_HEADS
from sco_graph.extract.persons import abbreviated, names_no_person

_EMPLOYED = frozenset(
    """
    ceo chairman chairwoman chairperson head chief founder co-founder director manager editor editor-in-chief owner
    partner president analyst researcher professor lecturer fellow expert economist consultant officer rector dean
    """.split()
)
_LED = frozenset(
    """
    ceo chairman chairwoman chairperson head chief director director-general secretary-general spokesman spokeswoman
    spokesperson editor-in-chief rector founder co-founder
    """.split()
)
_UNITS = frozenset("programme program project initiative".split())
"""What is a unit of an institute if somebody works there, and a plan otherwise."""
_LOCAL = frozenset("mayor vice-mayor governor vice-governor akim hokim khokim".split())
_BEFORE = RANKS - frozenset(("party", "state", "home", "house", "general"))
SHOWING = TITLE_HEADS | _EMPLOYED | _LOCAL | REGION_HEADS | {"chair"}
"""Words without one of which a sentence shows none of these bodies and places."""
_LONG = 4
"""No body that only a title shows has more words before it, and none behind it has one more."""

Range = tuple[int, int]


def employers(words: Sequence[Word], taken: Collection[int]) -> Iterator[Range]:
    """Yield bodies behind a title and "of" or "at": "CEO of Cosco Shipping Lines"."""
    for index in range(1, len(words) - 1):
        title, preposition = words[index - 1].lower, words[index].lower
        if preposition == "in" and title in TITLE_HEADS and words[index + 1].lower == "the":
            if index + 2 < len(words) and index + 2 not in taken and _abbreviation(words[index + 2]):
                yield index + 2, index + 3
            continue
        if preposition not in ("of", "at", "with") or (title not in _EMPLOYED and title != "chair"):
            continue
        first = index + 1 + (words[index + 1].lower == "the" and index + 2 < len(words))
        if last := _unit_end(words, first, taken):
            yield first, last
        if last or preposition == "with" or title == "chair":
            continue  # "under the chair of X"
        last = first
        while last < min(len(words), first + _LONG + 1) and last not in taken and _part_of_name(words[last]):
            last += 1
        if words[first].lower in FIELDS or words[first].lower == "staff":
            continue  # a portfolio: "Director of Political Affairs X", "Chief of Staff Y"
        ends = last == len(words) or words[last].text in (",", ".", ";", ")", "(") or words[last].lower in ("and", "'s")
        if last > first and ends and words[first].lower not in NOT_IN_NAMES:
            yield first, last


def _unit_end(words: Sequence[Word], first: int, taken: Collection[int]) -> int:
    """Return the end of the programme or project that is a unit: "chair of the Asia Programme at the B", else 0."""
    for last in range(first, min(len(words), first + _LONG + 2)):
        word = words[last]
        if word.lower in _UNITS and word.capital and last > first and last not in taken:
            return last + 1
        if not (word.capital or (word.lower == "and" and last > first)):
            return 0
    return 0


def owners(words: Sequence[Word], taken: Collection[int], persons: Collection[int]) -> Iterator[Range]:
    """Yield bodies before the title of a person: "KazMunayGas chairman X"; `persons` are words inside their names."""
    for index, word in enumerate(words):
        if word.lower in TITLE_HEADS and word.capital and _abbreviated_at(words, index + 1, taken):
            yield index + 1, index + 2
        if word.lower not in TITLE_HEADS or not _name_at(words, index + 1, taken):
            continue
        last = _title_start(words, index)
        if word.lower not in _LED and not (last and _abbreviation(words[last - 1]) and not word.shouted):
            continue
        first = last
        while (
            first > max(0, last - _LONG)
            and _unknown(words, first - 1, taken)
            and (first - 1 not in persons or _abbreviation(words[first - 1]))
        ):
            first -= 1
        if first < last:
            yield first, last


def localities(words: Sequence[Word], taken: Collection[int], persons: Collection[int]) -> Iterator[Range]:
    """Yield the places of mayors and governors: "mayor of Qingdao X", "Samarkand governor X"."""
    for index, word in enumerate(words):
        region = word.capital and word.lower in REGION_HEADS
        if region and index > 1 and words[index - 2].lower == "of" and _unknown(words, index - 1, taken):
            yield index - 1, index + 1
        if word.lower not in _LOCAL:
            continue
        after = index + 2
        of_place = after < len(words) and words[index + 1].lower == "of" and _unknown(words, after, taken)
        if of_place and not (after + 1 < len(words) and words[after + 1].lower in REGION_HEADS):
            yield after, after + 1
        before = _title_start(words, index) - 1
        if (
            before >= 0
            and _unknown(words, before, taken)
            and before not in persons
            and _name_at(words, index + 1, taken)
        ):
            yield before, before + 1


def _abbreviated_at(words: Sequence[Word], index: int, taken: Collection[int]) -> bool:
    """Whether an abbreviation stands at `index` before a rank or a name: "President CGSS Major General X"."""
    if index + 1 >= len(words) or index in taken or not _abbreviation(words[index]):
        return False
    ranked = words[index + 1].lower in MILITARY | HONORIFICS | RANK_TITLES
    return ranked or (not set(words[index].lower) & set("aeiouy") and _name_at(words, index + 1, taken))


def _abbreviation(word: Word) -> bool:
    return word.shouted and len(word.text) > 2 and word.text.isalpha()


def _title_start(words: Sequence[Word], index: int) -> int:
    while index > 0 and words[index - 1].lower in _BEFORE:
        index -= 1
    return index


def _name_at(words: Sequence[Word], index: int, taken: Collection[int]) -> bool:
    while index < len(words) and words[index].lower in HONORIFICS | MILITARY:
        index += 1
    return index < len(words) and index not in taken and words[index].capital and not names_no_person(words[index])


def _unknown(words: Sequence[Word], index: int, taken: Collection[int]) -> bool:
    word = words[index]
    proper = word.capital and word.tag in ("NNP", "NNPS") and index not in taken
    return proper and (abbreviated(word.text) or not names_no_person(word)) and word.lower not in HONORIFICS


def _part_of_name(word: Word) -> bool:
    outside = word.lower in TITLE_HEADS or word.lower in EVENT_HEADS or word.lower in PAPER_HEADS
    return word.capital and not outside and word.lower not in HONORIFICS
