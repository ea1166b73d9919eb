"""Bearers: each person swallows the titles that stand before and behind the name."""

from __future__ import annotations

from msgspec.structs import replace

from sco_graph.claims.lexicon import field_like
from sco_graph.claims.participation.titles import is_plural_title, is_title
from sco_graph.claims.participation.units import BODY, EVENT, PERSON, STOPS, Unit
from sco_graph.model import EntityType

_INSIDE_TITLE = frozenset("of for the a an and & - – / under to on in ad interim 's ’s then his her its their".split())
_NOT_TITLE = frozenset(
    """
    part place floor presence talks those these this that such other another some all any remarks speech address statement
    statements message report keynote presentation interview turn opinion words view office capital
    """.split()
)
# "Under the chair of Ⓐ": these are no titles, though a title may hang on "under".
_AUSPICES = frozenset("chair chairmanship presidency leadership guidance auspices patronage".split())
_PRONOUNS = frozenset(("he", "she"))
_SEATS = frozenset((BODY, "organisation", "organization", "ministry", "secretariat"))
_DOING = frozenset(
    """
    accompanying joining representing attending chairing presiding hosting addressing welcoming greeting congratulating thanking
    receiving including featuring involving participating moderating opening
    """.split()
)
_NUMBERING = frozenset("more over some several many numerous about around nearly almost other".split())
_NOMINAL_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "DT", "FW", "ADD", "XX", "AFX", "VBG"))
_LINKS = frozenset("of for and & - – / to under on in then".split())
_NO_APPOSITION = frozenset(
    "and who whose which where that as with in at on from by or following after before during while when".split()
)
# "Welcoming the guests, Ⓐ said": no title.
_AUDIENCE = frozenset(
    "guests participants delegates colleagues ministers heads delegations representatives members counterparts experts leaders".split()
)
_MANY = _AUDIENCE | frozenset("officials ambassadors diplomats envoys experts scholars journalists deputies".split())
_MOST_IN_TITLE = 40


def with_titles(units: list[Unit]) -> list[Unit]:
    """Let each person swallow the titles before and after the name."""
    out: list[Unit] = []
    n = 0
    while n < len(units):
        unit = units[n]
        if unit.word != PERSON:
            out.append(unit)
            n += 1
            continue
        begin = len(out) if _pronoun(unit) else _title_start(out)
        if n + 1 < len(units) and units[n + 1].word == "'s":
            del out[begin:]
            out.append(replace(unit, word="person's", start=unit.start))
            n += 2
            continue
        end = _title_end(units, n + 1)
        start = out[begin].start if begin < len(out) else unit.start
        del out[begin:]
        out.append(unit.reaching(start, units[end - 1].end))
        n = end
    return out


def _pronoun(unit: Unit) -> bool:
    return unit.mentions[0].text.lower() in _PRONOUNS


def _title_start(before: list[Unit]) -> int:
    """Return where in `before` the title begins that ends it; its length if none does."""
    n = len(before)
    lowest = max(0, n - _MOST_IN_TITLE)
    begin = _over_portfolio(before, _title_run(before, n, lowest), lowest)
    earlier = begin
    while earlier and before[earlier - 1].word in (",", "—"):
        # "the President of Tajikistan, His Excellency Emomali Rahmon", "Director, Institute of History, Xu Bu"
        chunk_end = earlier - 1
        earlier = _title_run(before, chunk_end, lowest)
        chunk = before[earlier:chunk_end]
        if not chunk or _ends_item(before[:earlier]):
            break
        if any(is_title(u.word) for u in chunk):
            audience = chunk[-1].word in _AUDIENCE and earlier and before[earlier - 1].tag == "VBG"
            return begin if audience or _company(before[:earlier], chunk) else earlier
        if [u.word for u in chunk if u.word != "the"] != [BODY]:
            break
    return begin


def _over_portfolio(before: list[Unit], begin: int, lowest: int) -> int:
    """Return where the fields of a portfolio begin that end at `begin`: "Minister of Education , Culture and Science of Ⓑ"."""
    if begin != len(before) - 1 or begin < 3 or before[begin].word != BODY or before[begin - 1].word != "of":
        return begin
    n = begin - 1
    while n > lowest and (field_like(before[n - 1].word) or before[n - 1].word == "and"):
        n -= 1
    if not (n < begin - 1 and before[n - 1].word == "," and field_like(before[n - 2].word)):
        return begin
    while n - 3 > lowest and before[n - 3].word == "," and field_like(before[n - 4].word):
        n -= 2
    return n


def _company(before: list[Unit], chunk: list[Unit]) -> bool:
    """Return whether the chunk tells of others, none of them named: "along with the ministers of the member states, Ⓐ"."""
    others = bool(before) and before[-1].word in ("with", "to", "besides")
    return others and chunk[-1].word != BODY and any(is_plural_title(u.word) for u in chunk)


def _ends_item(before: list[Unit]) -> bool:
    """Return whether a comma after a person, "from" or "on behalf of" stands last: what follows belongs to that person or is no title."""
    if not before:
        return False
    represented = len(before) > 1 and before[-1].word == "of" and before[-2].word == "behalf"
    return (
        represented
        or before[-1].word in ("from", "in")
        or (len(before) > 1 and before[-1].word == "," and before[-2].word == PERSON)
    )


def _title_run(before: list[Unit], end: int, lowest: int) -> int:
    begin = end
    while begin > lowest and _in_title(before, begin - 1):
        begin -= 1
        if before[begin].word in ("the", "a", "an") and begin and before[begin - 1].word not in _LINKS | {"at"}:
            break
    while begin < end and before[begin].word in (
        "and",
        "&",
        "of",
        "for",
        "-",
        "–",
        "/",
        "to",
        "under",
        "on",
        "in",
        "'s",
    ):
        begin += 1
    begin = _without_head_nouns(before, begin, end)
    run = before[begin:end]
    if any(is_title(u.word) for u in run):
        return begin
    if run and run[-1].word == BODY:
        return end - 1 - (len(run) > 1 and run[-2].word == "the")
    if len(run) > 1 and run[-1].word == "'s" and run[-2].word == BODY:
        return end - 2
    return end


def _without_head_nouns(before: list[Unit], begin: int, end: int) -> int:
    """Leave out "signatures of", "a call on" and the like: what stands before without being a title or a body."""
    start = begin
    for n in range(begin, end):
        if before[n].word == BODY or is_title(before[n].word):
            break
        if before[n].word in ("of", "on", "to"):
            start = n + 1
    return start


def _in_title(before: list[Unit], n: int) -> bool:
    unit = before[n]
    if unit.word == BODY:
        return True
    if (
        unit.word in _NOT_TITLE
        or unit.word in _DOING
        or (unit.word in _AUSPICES and n > 1 and before[n - 2].word in ("under", "in"))
    ):
        return False
    if unit.word in ("and", "&"):
        return n > 0 and _joins_within_title(before, n)
    if unit.word == "at":
        return _post_at(before, n)
    if unit.word in _INSIDE_TITLE or is_title(unit.word):
        return True
    return unit.tag in _NOMINAL_TAGS and unit.word not in STOPS and unit.word not in (PERSON, EVENT, "person's")


def _post_at(before: list[Unit], n: int) -> bool:
    """Return whether a post stands before the "at" at `n`, and its body behind: "National Coordinator at the Organisation"."""
    body = next((u.word for u in before[n + 1 : n + 4] if u.word not in ("the", "foreign")), "")
    return body in _SEATS and any(is_title(u.word) and not is_plural_title(u.word) for u in before[max(0, n - 4) : n])


def _joins_within_title(before: list[Unit], n: int) -> bool:
    left = before[n - 1]
    if left.word == BODY:
        near = before[max(0, n - 8) : n - 1]
        return any(u.word in ("of", "for", "to") for u in near[-4:]) and any(is_title(u.word) for u in near)
    return left.word != PERSON and left.word not in STOPS


def _title_end(units: list[Unit], n: int) -> int:
    """Return where the appositions end that begin at `n`, behind a person."""
    if n + 1 < len(units) and units[n].word in ("of", "from"):
        m = n + 1 + (units[n + 1].word == "the")
        if m < len(units) and units[m].word == BODY:
            n = m + 1
            if [u.word for u in units[n : n + 2]] == ["'s", BODY]:  # "Justice Ⓐ of Ⓑ's Ⓑ"
                n += 2
    plural, begin, untold = False, n, False
    alone = not any(u.word == PERSON for u in units[max(0, n - _MOST_IN_TITLE) : n - 1])
    while n < len(units) and units[n].word == "," and not _next_post(units, n + 1):
        end = _chunk_end(units, n + 1)
        chunk = units[n + 1 : end]
        several = any(is_plural_title(u.word) for u in chunk)
        if several and alone and _many(chunk):
            break
        bodies = plural and all(u.word in (BODY, "and", "the", "respectively") for u in chunk)
        bodies = bodies or (untold and _one_body(units, end, chunk)) or (n > begin and _home(units, end, chunk))
        if not chunk or not (_apposition(chunk) or bodies or (n > begin and _portfolio(chunk))):
            break
        plural = plural or several
        untold = not any(u.word == BODY for u in chunk)
        n = end
        while plural and n + 1 < len(units) and units[n].word == "and" and units[n + 1].word in (BODY, "the"):
            n = _chunk_end(units, n + 1)
    return n


def _next_post(units: list[Unit], n: int) -> bool:
    """Return whether a post with a list of fields begins at `n` whose holder follows: "Minister of Culture, Sports and Youth of Ⓑ Ⓐ"."""
    listed = False
    for m in range(n, min(len(units), n + _MOST_IN_TITLE)):
        word = units[m].word
        if word == PERSON:
            return listed and units[m - 1].word == BODY
        if (listed and is_title(word)) or not (
            word in (",", "and", "of", "the", BODY) or field_like(word) or is_title(word)
        ):
            return False
        listed = listed or word == ","
    return False


def _many(chunk: list[Unit]) -> bool:
    """Return whether the chunk tells of several: "high-ranking officials of Ⓑ" stands beside one person, not for that person."""
    first = next((u for u in chunk if u.tag in ("NN", "NNS", "NNP", "NNPS") and u.word != BODY), None)
    return first is not None and first.word in _MANY


def _one_body(units: list[Unit], end: int, chunk: list[Unit]) -> bool:
    """Return whether the chunk is the body of the post before it: "Ⓐ, Director General, Ⓑ"; a list of bodies is none."""
    alone = end < len(units) and (units[end].word in STOPS or _verb(units[end]))
    return alone and [u.word for u in chunk if u.word != "the"] == [BODY]


def _home(units: list[Unit], end: int, chunk: list[Unit]) -> bool:
    """Return whether the chunk is the state where a post is held, at the end of an item: "Ⓐ, Deputy Minister, Ⓑ, Ⓑ; Ⓐ"."""
    state = [u.word for u in chunk if u.word != "the"] == [BODY] and chunk[-1].mentions[0].type is EntityType.COUNTRY
    following = units[end].word if end < len(units) else "."
    if following == "and":
        return state and any(u.word == PERSON for u in units[end + 1 : end + 3])
    return state and following in (";", ".")


def _apposition(chunk: list[Unit]) -> bool:
    first = chunk[0]
    if [u.word for u in chunk[:3]] in (["at", "that", "time"], ["at", "the", "time"]):
        return True
    if first.word in _NO_APPOSITION or first.word in _NUMBERING or first.tag == "CD":
        return False
    return any(is_title(u.word) for u in chunk)


def _portfolio(chunk: list[Unit]) -> bool:
    """Return whether a title goes on behind a comma: "Minister of Culture, Information and Tourism of Kyrgyzstan"."""
    nominal = all(u.tag in _NOMINAL_TAGS or u.word in (BODY, "and", "of", "the", "for") for u in chunk)
    return all(field_like(u.word) for u in chunk) or (
        nominal
        and len(chunk) > 2
        and chunk[0].word not in (BODY, "the", "a", "and")
        and any(u.word == "and" for u in chunk[:4])
    )


def _chunk_end(units: list[Unit], begin: int) -> int:
    """Return where a stretch without verbs and separators ends; before "and" if a person follows it."""
    end = begin
    limit = min(len(units), begin + _MOST_IN_TITLE)
    while end < limit and units[end].word not in STOPS and not _verb(units[end]) and units[end].word != EVENT:
        if units[end].word == PERSON:
            return _before_person(units, begin, end)
        end += 1
    return end


def _before_person(units: list[Unit], begin: int, person: int) -> int:
    start = begin + _title_run(units[begin:person], person - begin, 0)
    if start > begin and units[start - 1].word in ("and", "&"):
        return start - 1
    return begin


def _verb(unit: Unit) -> bool:
    return unit.tag in ("VBD", "VBZ", "VBP", "MD", "VBN", "VB") and not is_title(unit.word)
