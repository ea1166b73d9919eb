"""Places that the words beside their names show: regions, residences, and cities that the pipeline misses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sco_graph.claims.lexicon import HONORIFICS, TITLE_HEADS
from sco_graph.claims.words import Word
from sco_graph.extract.gazetteer import city
from sco_graph.extract.lexicon import EVENT_HEADS, NOT_IN_NAMES, REGION_HEADS, SITE_HEADS, SITE_KINDS, VENUE_HEADS
from sco_graph.extract.persons import names_no_person

_TOWARDS = frozenset("at from to near outside through via".split())
_NAMED_AFTER = frozenset("summit forum meeting conference declaration".split())
_BEFORE_REGION = frozenset("of in at the 's from , to near and across".split())
_OUTSIDE_REGIONS = NOT_IN_NAMES | HONORIFICS | TITLE_HEADS | EVENT_HEADS
_RESIDENCES = frozenset("akorda kremlin kuksaroy".split())
"""What stands for those who reside there, and is a place behind "in"."""
_DRILLED = frozenset("training firing shooting drill test military proving".split())
_GROUNDS = frozenset("range ranges ground grounds area site".split())
_KINDS_OF_REGIONS = frozenset("autonomous federal special administrative metropolitan".split())
_NAMED = REGION_HEADS | SITE_HEADS
_BUILT = SITE_HEADS | VENUE_HEADS | {"center", "centre"}
_MARKS = frozenset(("“", "”", '"', "«", "»", "„", "``", "''"))
_SIDES = frozenset("asian eurasian asia-pacific european regional".split())


def shown(words: Sequence[Word], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the places that nouns beside their names show."""
    lowers = {word.lower for word in words}
    found = [] if _BUILT.isdisjoint(lowers) else list(_quoted(words, taken))
    return found if _NAMED.isdisjoint(lowers) else [*found, *_regions(words, taken)]


def _quoted(words: Sequence[Word], taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield buildings and grounds named in quotation marks: 'state residence "Ala-Archa"'."""
    for index in range(len(words) - 3):
        word = words[index]
        if words[index + 1].text not in _MARKS or word.capital or word.lower not in _BUILT or index in taken:
            continue
        first = index
        while first > 0 and (words[first - 1].lower in SITE_KINDS or words[first - 1].lower in _DRILLED):
            first -= 1
        if word.lower in ("center", "centre") and first == index:
            continue
        for last in range(index + 2, min(len(words), index + 7)):
            if words[last].text in _MARKS:
                if last > index + 2:
                    yield first, last + 1
                break
            if not words[last].capital or last in taken:
                break


def _regions(words: Sequence[Word], taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield places by the noun behind their names: "Sughd region", "Akorda presidential residence"."""
    for index, word in enumerate(words):
        if index == 0 or word.lower not in _NAMED or index in taken or word.shouted:
            continue
        drilled = words[index - 1].lower in _DRILLED and word.lower in _GROUNDS
        if word.capital and (named := _region_of(words, index, taken)):
            yield named
            continue
        venue = drilled or (word.lower in SITE_HEADS and not word.capital and word.lower != "area")
        if not venue and word.lower not in REGION_HEADS:
            continue
        if drilled and (end := _called(words, index + 1)):
            yield end
        last = index
        while venue and last > 1 and (words[last - 1].lower in SITE_KINDS or words[last - 1].lower in _DRILLED):
            last -= 1
        first = last
        while first > max(0, last - 4) and first - 1 not in taken and _in_region(words[first - 1]):
            first -= 1
        if first < last and first and words[first - 1].lower in _BEFORE_REGION and words[first].lower not in _SIDES:
            yield first, index + 1


def _region_of(words: Sequence[Word], index: int, taken: Collection[int]) -> tuple[int, int] | None:
    """Return the name of the region whose noun stands at `index` before it: "the Autonomous Region of Andalusia"."""
    named = _called(words, index + 1) if words[index].lower in REGION_HEADS else None
    first = index - (words[index - 1].lower in _KINDS_OF_REGIONS and words[index - 1].capital)
    if named is None or named[0] in taken or first == 0 or words[first - 1].capital:
        return None
    return first, named[1]


def _called(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return the name behind a ground: "the training ground of Chebarkul"."""
    if index + 1 >= len(words) or words[index].lower != "of" or not _of_place(words[index + 1]):
        return None
    last = index + 2
    while last < min(len(words), index + 4) and _of_place(words[last]):
        last += 1
    return index + 1, last


def _in_region(word: Word) -> bool:
    return word.capital and word.text[0].isalpha() and word.lower not in _OUTSIDE_REGIONS


def located(words: Sequence[Word], taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield places that nothing but "in" before them shows: "was held in Cholpon-Ata", "in Bukhara on 3 May"."""
    for index in range(1, len(words)):
        if words[index - 1].text != "in" or not _of_place(words[index]) or index in taken:
            continue
        last = index + 1
        while last < min(len(words), index + 3) and last not in taken and _of_place(words[last]):
            last += 1
        town = city(words, index)
        if town and town + 1 < last:  # "Ambassador of Hungary in Astana Attila X"
            yield index, town
            continue
        following = words[last] if last < len(words) else None
        open_ended = following is not None and (following.capital or following.lower in ("'s", "'", "-", "&"))
        if not open_ended:
            yield index, last


def cities(
    words: Sequence[Word], taken: Collection[int], spans: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int]]:
    """Yield known cities where the words beside them are those of a place: "from Termez", "the Ufa summit"."""
    labels = {n: label for first, last, label in spans for n in range(first, last)}
    for index in range(len(words)):
        last = city(words, index) if words[index].capital and index not in taken else None
        if last is None or any(n in taken for n in range(index, last)):
            continue
        before = words[index - 1].lower if index else ""
        after = words[last].lower if last < len(words) else ""
        alone = last == len(words) or not words[last].capital
        located = before in _TOWARDS and alone and labels.get(index) not in ("PERSON", "ORG")
        held = after in _NAMED_AFTER and (before in ("", "the") or not words[index - 1].capital)
        if located or held:
            yield index, last


def _of_place(word: Word) -> bool:
    """Whether `word` may be one of an unknown place's name: no common noun, title or abbreviation."""
    proper = word.capital and word.tag in ("NNP", "NNPS") and not word.shouted
    if word.lower in _RESIDENCES:
        return proper
    return proper and not names_no_person(word) and word.text.replace("-", "").replace("'", "").isalpha()
