"""Bodies and places that only a title beside them shows: "CEO of Cosco", "Roscosmos head X", "mayor of Qingdao X"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, MILITARY, RANKS, TITLE_HEADS
from sco_graph.claims.role.offices import DESCRIBED, RANK_TITLES
from sco_graph.claims.words import Word
from sco_graph.extract.gazetteer import Known
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
_MARKS = frozenset(("“", "”", '"', "«", "»", "``", "''"))
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
        shown = _quoted(words, first, taken) or _described(words, first, taken)
        if shown is None and (last := _unit_end(words, first, taken)):
            shown = first, last
        if shown is None and preposition != "with" and title != "chair":  # "under the chair of X"
            shown = _plain(words, first, taken)
        if shown:
            yield shown


def _plain(words: Sequence[Word], first: int, taken: Collection[int]) -> Range | None:
    """Return the capitalised words from `first` on, if they end where a name does and are no portfolio."""
    first += words[first].lower.endswith("-based") and first + 1 < len(words)
    last = first
    while last < min(len(words), first + _LONG + 1) and last not in taken and _part_of_name(words[last]):
        last += 1
    if words[first].lower in FIELDS or words[first].lower == "staff":
        return None  # "Director of Political Affairs X", "Chief of Staff Y"
    ends = last == len(words) or words[last].text in (",", ".", ";", ")", "(") or words[last].lower in ("and", "'s")
    return (first, last) if last > first and ends and words[first].lower not in NOT_IN_NAMES else None


def _described(words: Sequence[Word], first: int, taken: Collection[int]) -> Range | None:
    """Return the name behind the common nouns that begin at `first`: "head of Russia's space corporation Roscosmos"."""
    while first < len(words) and (first in taken or words[first].lower == "'s"):
        first += 1
    noun = first
    while noun < min(len(words) - 1, first + _LONG) and words[noun].text[0].islower() and noun not in taken:
        noun += 1
    if noun == first or noun >= len(words) or words[noun - 1].lower not in DESCRIBED:
        return None
    noun += words[noun].text == ","
    last = noun
    while last < min(len(words), noun + 2) and _unknown(words, last, taken):
        last += 1
    ended = last == len(words) or words[last].text in (",", ".", ";", ")") or words[last].text[0].islower()
    return (noun, last) if last > noun and ended else None


def _quoted(words: Sequence[Word], first: int, taken: Collection[int]) -> Range | None:
    """Return the capitalised words in the quotation marks that open at `first`: an editor at "Jane's Sentinel"."""
    if words[first].text not in _MARKS:
        return None
    for last in range(first + 1, min(len(words), first + _LONG + 3)):
        if words[last].text in _MARKS:
            return (first + 1, last) if last > first + 1 else None
        if last in taken or not (words[last].capital or words[last].lower in ("'s", "of", "and", "-")):
            return None
    return None


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


def presiding_state(words: Sequence[Word], first: int, ends: Mapping[int, Known]) -> str | None:
    """Return the state whose post is held in the body at `first`: "Turkmenistan's Deputy Chairman of the Cabinet"."""
    at = first - 1 - (first > 0 and words[first - 1].lower == "the")
    if at < 2 or words[at].lower not in ("of", "at"):
        return None
    title = at
    while title > 0 and (words[title - 1].lower in TITLE_HEADS or words[title - 1].lower in RANKS):
        title -= 1
    owner = ends.get(title - (words[title - 1].lower == "'s")) if 0 < title < at else None
    return owner.state.name if owner and owner.state else None


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
