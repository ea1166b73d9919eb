"""Clauses: what a sentence says besides its agents, without adjuncts, each verb beside its subject."""

from __future__ import annotations

from msgspec.structs import replace

from sco_graph.claims.participation.lists import finite
from sco_graph.claims.participation.units import BODY, EVENT, PERSON, PLACE, STOPS, TIME, Unit
from sco_graph.model import EntityType

_FILLERS = frozenset(
    "also too further jointly separately later then recently earlier again both personally now here respectively virtually"
    " online accordingly afterwards meanwhile thereby likewise officially successfully traditionally".split()
)
_KEPT_AFTER = {"both": ("attended",), "online": ("was", "were", "is", "are")}
_DROPPED_AFTER = frozenset(("in", "at", "from", "on", "by", "until", "till", "during", "since", "of", "around"))
_ACTING = frozenset(
    "presiding chairing hosting attending participating hosts chairs heads leads attends signs joins speaks organizes organises sponsors meets".split()
)
_WITH_COMPANIONS = [[word, "by"] for word in ("accompanied", "flanked", "joined", "assisted")]
_OPENS_RELATIVE = frozenset(("who", *(words[0] for words in _WITH_COMPANIONS)))
_STANDING_FOR = frozenset("side party government authorities delegation delegations representatives officials".split())


_CREDITING = frozenset("says said reports reported writes wrote informs notes noted adds added cites quotes".split())


def without_credits(units: list[Unit]) -> list[Unit]:
    """Leave out whose report it is, between a subject and its verb: "The forum, says Ⓑ, was attended by"."""
    for n in [n for n, unit in enumerate(units) if unit.word in _CREDITING and n and units[n - 1].word == ","]:
        end = n + 1 + (n + 1 < len(units) and units[n + 1].word == "the")
        if end + 2 < len(units) and units[end].agent and units[end + 1].word == "," and finite(units[end + 2]):
            return units[: n - 1] + units[end + 2 :]
    return units


def relative_clauses(units: list[Unit]) -> tuple[list[Unit], list[list[Unit]]]:
    """Take "who" clauses out of `units`, and return them apart, each after its antecedent."""
    if not any(unit.word in _OPENS_RELATIVE for unit in units):
        return units, []
    main: list[Unit] = []
    clauses: list[list[Unit]] = []
    n = 0
    while n < len(units):
        comma = units[n].word == ","
        relative = n + comma < len(units) and units[n + comma].word == "who"
        if comma and main and main[-1].word == PERSON and (end := _companions(units, n + 1)):
            clauses.append([main[-1], *units[n + 1 : end]])
            n = end + 1
        elif relative and main and main[-1].word == PERSON:
            begin = end = n + comma + 1
            while end < len(units) and units[end].word not in STOPS and not _main_verb(units, begin, end):
                end += 1
            clauses.append([main[-1], *units[begin:end]])
            n = end
        else:
            main.append(units[n])
            n += 1
    return main, clauses


# "Present from the Ⓑ side were": where those come from who are named in what follows.
_BEFORE_SIDE = frozenset("present attended attending participated participating part attendance".split())
_COPULAS = frozenset(("is", "was", "are", "were"))
_OPENS_CLAUSE = frozenset("and or but that which who when where as while if what how because".split())


def _main_verb(units: list[Unit], begin: int, n: int) -> bool:
    """Return whether the verb of the main clause stands at `n`: "Ⓐ, who is an adviser to Ⓑ attended"."""
    clause = units[begin:n]
    return (
        len(clause) > 1
        and clause[0].word in _COPULAS
        and finite(units[n])
        and clause[1].tag not in ("VBG", "VBN")
        and not any(u.word in _OPENS_CLAUSE for u in clause)
    )


def _companions(units: list[Unit], n: int) -> int:
    """Return where "accompanied by Ⓐ and Ⓐ" that begins at `n` ends, if a comma and a verb follow it; else 0."""
    if [u.word for u in units[n : n + 2]] not in _WITH_COMPANIONS:
        return 0
    end = n + 2
    while end < len(units) and (units[end].agent or units[end].word in ("the", ",", "and")):
        end += 1
    closed = end < len(units) and units[end - 1].word == "," and finite(units[end])
    return end - 1 if closed else 0


def plain(units: list[Unit]) -> list[Unit]:  # noqa: C901 - one branch a sign
    """Leave out adverbs and adjuncts of time and place, and the article before a body."""
    out: list[Unit] = []
    for number, unit in enumerate(units):
        if unit.word == BODY and (_modifies(units, number) or _adjective(units, number)):
            continue
        if (
            unit.word in _FILLERS
            and not (out and out[-1].word in _KEPT_AFTER.get(unit.word, ()))
            and not _joins(out, units, number)
        ):
            continue
        if unit.word == TIME:
            _pop(out, _DROPPED_AFTER)
            continue
        if unit.word == PLACE and number + 1 < len(units) and finite(units[number + 1]) and not _placed(out):
            out.append(unit)
            continue
        if unit.word == BODY and _land(units, number):
            _pop(out, frozenset((",",)))
            continue
        if unit.word == PLACE:
            _pop(out, frozenset(("the",)))
            _pop(out, frozenset(("in", "at")))
            continue
        if unit.word == BODY:
            _pop(out, frozenset(("the",)))
            if out and out[-1].word in ("in", "at"):
                out.pop()
                continue
            if len(out) > 1 and out[-1].word == "'s" and out[-2].word == BODY:
                del out[-2:]
        if unit.word == BODY and out and _on_behalf(out, units, number):
            del out[-3:]
            _pop(out, frozenset((",",)))
            continue
        if unit.word in _VIDEO and _by_video(out, unit.word):
            continue
        if unit.word == "others" and out and out[-1].word == "among":
            instance = len(out) > 1 and out[-2].tag in ("NNS", "NNPS") and number + 1 < len(units)
            among = out.pop()
            _pop(out, frozenset((",",)))
            if instance and (units[number + 1].agent or units[number + 1].word in ("the", ",")):
                out.append(replace(among, word="including"))  # "affiliated bodies, among others Ⓑ"
            continue
        if unit.word in ("side", "party", "government", "authorities") and out and out[-1].word == BODY:
            if unit.word == "side" and len(out) > 2 and out[-2].word == "from" and out[-3].word in _BEFORE_SIDE:
                del out[-2:]
            continue
        if unit.word in ('"', "“", "”", "''", "``", "«", "»"):
            continue
        out.append(unit)
    return out


def _joins(out: list[Unit], units: list[Unit], n: int) -> bool:
    """Return whether "jointly with" stands at `n` behind an agent, to which it joins another."""
    words = [u.word for u in units[n : n + 2]]
    return words == ["jointly", "with"] and any(u.agent for u in out[-2:]) and out[-1].tag[:2] != "VB"


def _land(units: list[Unit], n: int) -> bool:
    """Return whether the state at `n` only says where the place before it lies: "in Beijing, China, hosted"."""
    told = n > 1 and units[n - 1].word == "," and units[n - 2].word == PLACE
    return (
        told and units[n].mentions[0].type is EntityType.COUNTRY and (n + 1 == len(units) or units[n + 1].word in STOPS)
    )


def _modifies(units: list[Unit], n: int) -> bool:
    """Return whether the body at `n` only qualifies the noun behind it, as in "SCO member states"."""
    if n + 1 >= len(units):
        return False
    noun = units[n + 1]
    if noun.word == "plans" and n + 2 < len(units) and units[n + 2].word == "to":
        return False
    return noun.word in (EVENT, "one") or (
        noun.tag in ("NN", "NNS", "NNP", "NNPS") and not noun.mentions and noun.word not in _ACTING | _STANDING_FOR
    )


def _on_behalf(out: list[Unit], units: list[Unit], n: int) -> bool:
    """Return whether the body at `n` is one on whose behalf somebody comes who is named behind a comma."""
    comma = n + 1 < len(units) and units[n + 1].word == ","
    return comma and [u.word for u in out[-3:]] == ["on", "behalf", "of"]


def _adjective(units: list[Unit], n: int) -> bool:
    """Return whether an adjective of a state stands at `n` that shares its noun: "Chinese and foreign performers"."""
    following = [u.word for u in units[n + 1 : n + 3]]
    return (
        units[n].tag == "JJ"
        and len(following) == 2
        and following[0] == "and"
        and units[n + 2].tag in ("JJ", "NN", "NNS")
        and not units[n + 2].agent
    )


def _placed(out: list[Unit]) -> bool:
    """Return whether a preposition stands last, articles aside: a place behind it is no subject."""
    words = [u.word for u in out[-2:] if u.word != "the"]
    return bool(words) and words[-1] in _PREPOSITIONS | {"at", "near", ","}


_VIDEO = frozenset(
    "link conference message videoconference videoconferencing videolink video-link video-conference teleconference".split()
)


def _by_video(out: list[Unit], word: str) -> bool:
    """Take "by video", "via", as `word` completes it, off the end of `out`, and a comma before it; whether it stood there."""
    if not word.startswith("video") and word != "teleconference":
        if not out or out[-1].word != "video":
            return False
        out.pop()
    if not out or out[-1].word not in ("by", "via", "over", "through"):
        return False
    out.pop()
    _pop(out, frozenset((",",)))
    return True


def _pop(out: list[Unit], words: frozenset[str]) -> None:
    if out and out[-1].word in words:
        out.pop()


def with_subjects(units: list[Unit]) -> list[Unit]:
    """Repeat the subject before each further verb that "and" joins: "Ⓐ attended and Ⓐ spoke"."""
    out: list[Unit] = []
    subject: Unit | None = None
    for n, unit in enumerate(units):
        if unit.agent and not (out and out[-1].word in _PREPOSITIONS) and _predicate_follows(units, n + 1):
            subject = unit
        if subject is not None and finite(unit) and _coordinated(out):
            out.append(subject)
        if unit.word in (".", ";", "that") and not (unit.word == "that" and out and out[-1].word == "and"):
            subject = subject if unit.word == "that" and subject else None
        out.append(unit)
    return out


_PREPOSITIONS = frozenset("of from by for in to with against at on between".split())


def _predicate_follows(units: list[Unit], n: int) -> bool:
    if n < len(units) and units[n].word == ",":
        n += 1
    while n < len(units) and units[n].tag.startswith("RB"):
        n += 1
    return n < len(units) and finite(units[n])


def _coordinated(out: list[Unit]) -> bool:
    """Return whether "and" or "but" stands last, adverbs aside."""
    n = len(out) - 1
    while n >= 0 and (out[n].tag.startswith("RB") or out[n].word == "there") and out[n].word != "so":
        n -= 1
    return n >= 0 and out[n].word in ("and", "but")
