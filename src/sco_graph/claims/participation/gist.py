"""Gist: a sentence boiled down to its agents, events and the words that join them.

A cascade in the manner of FASTUS (Hobbs et al. 1997): mentions become single signs, titles and appositions go into
the person who bears them, adjuncts of time and place are left out, coordinated agents become one list. What is left is a short
string over which the rules of this package are regular expressions, so that neither long titles nor a parser's
mistakes in long lists disturb them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sco_graph.claims.participation.titles import is_honorific, is_plural_title, is_title
from sco_graph.model import EntityType, Mention, Sentence

PERSON, BODY, EVENT, PLACE, TIME, REPRESENTED = "Ⓐ", "Ⓑ", "Ⓔ", "Ⓖ", "Ⓣ", "Ⓡ"
_SIGNS = {
    EntityType.PERSON: PERSON,
    EntityType.ORGANIZATION: BODY,
    EntityType.COUNTRY: BODY,
    EntityType.EVENT: EVENT,
    EntityType.PLACE: PLACE,
}
_AGENTS = frozenset((PERSON, BODY, REPRESENTED))
_STOPS = frozenset((",", ";", ":", "—", ".", "!", "?"))
_FILLERS = frozenset(
    "also too jointly separately later then recently earlier again both personally now here respectively virtually"
    " online accordingly afterwards meanwhile thereby likewise officially successfully traditionally".split()
)
_INSIDE_TITLE = frozenset("of for the a an and & - – / under to on in ad interim 's ’s then his her its their".split())
_NOT_TITLE = frozenset("part place floor presence talks those these this that such other another some all any".split())
_NOMINAL_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "DT", "FW", "ADD", "XX", "AFX", "VBG"))
_LINKS = frozenset("of for and & - – / to under on in then".split())
_MOST_IN_TITLE = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a sign for mentions; `start` and `end` enclose all that it has swallowed."""

    word: str
    tag: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()

    @property
    def agent(self) -> bool:
        """Whether this is a person, a body, or a list of them."""
        return self.word in _AGENTS


@dataclass(frozen=True, slots=True)
class Gist:
    """The string `text`, and the unit that stands at each sign's position in it."""

    text: str
    units: tuple[Unit, ...]
    at: dict[int, Unit]

    def unit(self, position: int) -> Unit:
        """Return the unit that begins at `position` of the string."""
        return self.at[position]

    def between(self, start: int, end: int) -> Iterator[Unit]:
        """Yield the units that begin within [start, end) of the string, in order."""
        for position, unit in self.at.items():
            if start <= position < end:
                yield unit


def gists(sentences: Sequence[Sentence]) -> Iterator[Gist]:
    """Yield the gist of consecutive sentences read as one, then those of its relative clauses about agents."""
    units = _without_brackets(list(_stream(sentences)))
    units = _with_titles(units)
    units, clauses = _relative_clauses(units)
    for piece in (units, *clauses):
        yield _gist(_with_subjects(_lists(_represented(_plain(piece)))))


_BULLETS = frozenset("- * • – — · o ▪ ■ ●".split())


def _stream(sentences: Sequence[Sentence]) -> Iterator[Unit]:
    """Yield the units of `sentences`; a new block, with or without a bullet, parts them like a semicolon."""
    for number, sentence in enumerate(sentences):
        units = list(_units(sentence))
        if number and sentence.paragraph != sentences[number - 1].paragraph:
            if not sentences[number - 1].text.rstrip().endswith((":", ";")):
                yield Unit(";", ":", sentence.start, sentence.start)
            while units and units[0].word in _BULLETS:
                units.pop(0)
        yield from units


def _gist(units: list[Unit]) -> Gist:
    at: dict[int, Unit] = {}
    words: list[str] = []
    position = 0
    for unit in units:
        at[position] = unit
        words.append(unit.word)
        position += len(unit.word) + 1
    return Gist(" ".join(words), tuple(units), at)


def _units(sentence: Sentence) -> Iterator[Unit]:
    covers = _covering(sentence)
    done = -1
    for token in sentence.tokens:
        if token.start < done:
            continue
        mention = covers.get(token.start)
        if mention is not None:
            done = mention.end
            yield Unit(_SIGNS[mention.type], token.tag, mention.start, mention.end, (mention,))
        elif (end := _time_at(sentence, token.start)) is not None:
            done = end
            yield Unit(TIME, token.tag, token.start, end)
        else:
            word = token.text.lower()
            yield Unit("'s" if token.tag == "POS" else word, token.tag, token.start, token.end)


def _covering(sentence: Sentence) -> dict[int, Mention]:
    """Return the outermost mentions by their start; verbs that stand for events are left to be words."""
    verbs = {t.start for t in sentence.tokens if t.pos in ("VERB", "AUX")}
    people = [m.start for m in sentence.mentions if m.type is EntityType.PERSON]
    covers: dict[int, Mention] = {}
    reach = -1
    for mention in sentence.mentions:
        loose = mention.type is EntityType.EVENT and not mention.named
        spread = loose and (mention.start in verbs or any(mention.start < p < mention.end for p in people))
        if mention.start >= reach and not spread:
            covers[mention.start] = mention
            reach = mention.end
    return covers


def _time_at(sentence: Sentence, start: int) -> int | None:
    return next((t.end for t in sentence.times if t.start == start), None)


def _without_brackets(units: list[Unit]) -> list[Unit]:
    """Leave out brackets that hold neither a person nor an event: abbreviations, states, seats."""
    kept: list[Unit] = []
    opened: list[int] = []
    for unit in units:
        kept.append(unit)
        if unit.word in ("(", "["):
            opened.append(len(kept) - 1)
        elif unit.word in (")", "]") and opened:
            begin = opened.pop()
            if not any(u.word in (PERSON, EVENT) for u in kept[begin:]):
                end = kept[-1].end
                del kept[begin:]
                if kept:
                    kept[-1] = replace(kept[-1], end=end)
    return kept


def _with_titles(units: list[Unit]) -> list[Unit]:
    """Let each person swallow the titles before and after the name."""
    out: list[Unit] = []
    n = 0
    while n < len(units):
        unit = units[n]
        if unit.word != PERSON:
            out.append(unit)
            n += 1
            continue
        begin = _title_start(out)
        if n + 1 < len(units) and units[n + 1].word == "'s":
            del out[begin:]
            out.append(replace(unit, word="person's", start=unit.start))
            n += 2
            continue
        end = _title_end(units, n + 1)
        start = out[begin].start if begin < len(out) else unit.start
        del out[begin:]
        out.append(replace(unit, start=start, end=units[end - 1].end))
        n = end
    return out


def _title_start(before: list[Unit]) -> int:
    """Return where in `before` the title begins that ends it; its length if none does."""
    n = len(before)
    lowest = max(0, n - _MOST_IN_TITLE)
    begin = _title_run(before, n, lowest)
    if begin and before[begin - 1].word == ",":
        # "the President of Tajikistan, His Excellency Emomali Rahmon": the title stands before a comma.
        earlier = _title_run(before, begin - 1, lowest)
        titled = any(is_title(u.word) for u in before[earlier : begin - 1])
        if titled and not _ends_item(before[:earlier]):
            return earlier
    return begin


def _ends_item(before: list[Unit]) -> bool:
    """Return whether a comma after a person, or "from", stands last: what follows belongs to that person or is no title."""
    if not before:
        return False
    return before[-1].word in ("from", "in") or (
        len(before) > 1 and before[-1].word == "," and before[-2].word == PERSON
    )


def _title_run(before: list[Unit], end: int, lowest: int) -> int:
    begin = end
    while begin > lowest and _in_title(before, begin - 1):
        begin -= 1
        if before[begin].word in ("the", "a", "an") and begin and before[begin - 1].word not in _LINKS:
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
        return end - 1
    if len(run) > 1 and run[-1].word == "'s" and run[-2].word == BODY:
        return end - 2
    return end


def _without_head_nouns(before: list[Unit], begin: int, end: int) -> int:
    """Leave out "signatures of" and the like: what stands before an "of" without being a title or a body."""
    start = begin
    for n in range(begin, end):
        if before[n].word == BODY or is_title(before[n].word):
            break
        if before[n].word == "of":
            start = n + 1
    return start


def _in_title(before: list[Unit], n: int) -> bool:
    unit = before[n]
    if unit.word == BODY:
        return True
    if unit.word in _NOT_TITLE:
        return False
    if unit.word in ("and", "&"):
        return n > 0 and _joins_within_title(before, n)
    if unit.word in _INSIDE_TITLE or is_title(unit.word):
        return True
    return unit.tag in _NOMINAL_TAGS and unit.word not in _STOPS and unit.word not in (PERSON, EVENT, "person's")


def _joins_within_title(before: list[Unit], n: int) -> bool:
    left = before[n - 1]
    if left.word == BODY:
        near = before[max(0, n - 8) : n - 1]
        return any(u.word in ("of", "for") for u in near[-4:]) and any(is_title(u.word) for u in near)
    return left.word != PERSON and left.word not in _STOPS


def _title_end(units: list[Unit], n: int) -> int:
    """Return where the appositions end that begin at `n`, behind a person."""
    if n + 1 < len(units) and units[n].word in ("of", "from"):
        m = n + 1 + (units[n + 1].word == "the")
        if m < len(units) and units[m].word == BODY:
            n = m + 1
    plural = False
    while n < len(units) and units[n].word == ",":
        end = _chunk_end(units, n + 1)
        chunk = units[n + 1 : end]
        several = any(is_plural_title(u.word) for u in chunk)
        bodies = plural and all(u.word in (BODY, "and", "the", "respectively") for u in chunk)
        if not chunk or not (_apposition(chunk) or bodies):
            break
        plural = plural or several
        n = end
        while plural and n + 1 < len(units) and units[n].word == "and" and units[n + 1].word in (BODY, "the"):
            n = _chunk_end(units, n + 1)
    return n


def _apposition(chunk: list[Unit]) -> bool:
    first = chunk[0]
    if [u.word for u in chunk[:3]] in (["at", "that", "time"], ["at", "the", "time"]):
        return True
    if first.word in (
        "who",
        "whose",
        "which",
        "where",
        "that",
        "as",
        "with",
        "in",
        "at",
        "on",
        "from",
        "by",
        "or",
    ):
        return False
    return any(is_title(u.word) for u in chunk)


def _chunk_end(units: list[Unit], begin: int) -> int:
    """Return where a stretch without verbs and separators ends; before "and" if a person follows it."""
    end = begin
    limit = min(len(units), begin + _MOST_IN_TITLE)
    while end < limit and units[end].word not in _STOPS and not _verb(units[end]) and units[end].word != EVENT:
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


def _relative_clauses(units: list[Unit]) -> tuple[list[Unit], list[list[Unit]]]:
    """Take "who" clauses out of `units`, and return them apart, each after its antecedent."""
    main: list[Unit] = []
    clauses: list[list[Unit]] = []
    n = 0
    while n < len(units):
        comma = units[n].word == ","
        relative = n + comma < len(units) and units[n + comma].word == "who"
        if relative and main and main[-1].word == PERSON:
            begin = end = n + comma + 1
            while end < len(units) and units[end].word not in _STOPS:
                end += 1
            clauses.append([main[-1], *units[begin:end]])
            n = end
        else:
            main.append(units[n])
            n += 1
    return main, clauses


_DROPPED_AFTER = frozenset(("in", "at", "from", "on", "by", "until", "till", "during", "since", "of", "around"))


def _plain(units: list[Unit]) -> list[Unit]:
    """Leave out adverbs and adjuncts of time and place, and the article before a body."""
    out: list[Unit] = []
    for number, unit in enumerate(units):
        if unit.word == BODY and _modifies(units, number):
            continue
        if unit.word in _FILLERS and not (unit.word == "both" and out and out[-1].word == "attended"):
            continue
        if unit.word == TIME:
            _pop(out, _DROPPED_AFTER)
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
        if unit.word in ("link", "conference", "videoconference", "message") and _by_video(out):
            continue
        if unit.word == "others" and out and out[-1].word == "among":
            out.pop()
            _pop(out, frozenset((",",)))
            continue
        if unit.word in ("side", "party", "government", "authorities") and out and out[-1].word == BODY:
            continue
        if unit.word in ('"', "“", "”", "''", "``", "«", "»"):
            continue
        out.append(unit)
    return out


_ACTING = frozenset("hosts chairs heads leads attends signs joins speaks organizes organises sponsors meets".split())
_STANDING_FOR = frozenset("side party government authorities delegation delegations representatives officials".split())


def _modifies(units: list[Unit], n: int) -> bool:
    """Return whether the body at `n` only qualifies the noun behind it, as in "SCO member states"."""
    if n + 1 >= len(units):
        return False
    noun = units[n + 1]
    return (
        noun.word == EVENT
        or noun.tag in ("NN", "NNS", "NNP", "NNPS")
        and not noun.mentions
        and noun.word not in _ACTING | _STANDING_FOR
    )


def _by_video(out: list[Unit]) -> bool:
    """Take "by video", "via video" off the end of `out`, and a comma before it; whether it stood there."""
    if len(out) < 2 or out[-1].word != "video" or out[-2].word not in ("by", "via", "over", "through"):
        return False
    del out[-2:]
    _pop(out, frozenset((",",)))
    return True


def _pop(out: list[Unit], words: frozenset[str]) -> None:
    if out and out[-1].word in words:
        out.pop()


_ENVOYS = frozenset(
    "representatives representative delegates delegations delegation officials ministers leaders members heads".split()
)


def _represented(units: list[Unit]) -> list[Unit]:
    """Let "representatives of", "the delegation of" go into the body that they represent."""
    out: list[Unit] = []
    for unit in units:
        if unit.word == BODY and len(out) > 1 and out[-1].word in ("of", "from") and out[-2].word in _ENVOYS:
            if out[-2].word in ("ministers", "leaders", "members", "heads"):
                out.append(unit)
                continue
            del out[-2:]
            while out and out[-1].word in ("the", "a", "high-ranking", "senior", "other", "official"):
                out.pop()
            out.append(replace(unit, word=REPRESENTED))
        else:
            out.append(unit)
    return out


def _lists(units: list[Unit]) -> list[Unit]:
    """Make one unit of agents that commas, semicolons and conjunctions join."""
    out: list[Unit] = []
    n = 0
    while n < len(units):
        chain, n = _chain(units, n, governed=bool(out) and _governs(out[-1]))
        out.append(_joined(chain) if chain else units[n - 1])
    return out


def _chain(units: list[Unit], n: int, *, governed: bool) -> tuple[list[Unit], int]:
    """Return the agents of the list that begins at `n`, none if no agent stands there, and where to go on."""
    if not units[n].agent:
        return [], n + 1
    chain, end = [units[n]], n + 1
    before_last, by_comma = end, False
    while (step := _joint(units, end)) is not None:
        before_last, by_comma = end, all(u.word in (",", "the", "an", "a") for u in units[end:step])
        chain.append(units[step])
        end = step + 1
    # "chaired by India, Zhang Ming said", "met Lavrov, and Wang left": the last is the subject of the next clause.
    if (
        (by_comma or (governed and len(chain) == 2))
        and end < len(units)
        and (_finite(units[end]) or _parenthetic(units, end))
    ):
        return chain[:-1], before_last
    return chain, end


def _with_subjects(units: list[Unit]) -> list[Unit]:
    """Repeat the subject before each further verb that "and" joins: "Ⓐ attended and Ⓐ spoke"."""
    out: list[Unit] = []
    subject: Unit | None = None
    for n, unit in enumerate(units):
        if unit.agent and not (out and out[-1].word in _PREPOSITIONS) and _predicate_follows(units, n + 1):
            subject = unit
        if subject is not None and _finite(unit) and _coordinated(out):
            out.append(replace(subject, start=subject.start, end=subject.end))
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
    return n < len(units) and _finite(units[n])


def _coordinated(out: list[Unit]) -> bool:
    """Return whether "and" or "but" stands last, adverbs aside."""
    n = len(out) - 1
    while n >= 0 and (out[n].tag.startswith("RB") or out[n].word == "there") and out[n].word != "so":
        n -= 1
    return n >= 0 and out[n].word in ("and", "but")


def _governs(unit: Unit) -> bool:
    """Return whether agents behind `unit` are its object."""
    return unit.word in ("with", "by", "of", "to", "from", "for", "and") or unit.tag.startswith("VB")


def _finite(unit: Unit) -> bool:
    return unit.tag in ("VBD", "VBZ", "VBP", "MD")


def _parenthetic(units: list[Unit], n: int) -> bool:
    return units[n].word == "," and n + 1 < len(units) and _finite(units[n + 1])


def _joined(chain: list[Unit]) -> Unit:
    chain = _without_affiliations(chain)
    signs = {u.word for u in chain}
    word = next(sign for sign in (PERSON, REPRESENTED, BODY) if sign in signs)
    mentions = tuple(m for u in chain for m in u.mentions)
    return Unit(word, chain[0].tag, chain[0].start, chain[-1].end, mentions)


def _without_affiliations(chain: list[Unit]) -> list[Unit]:
    """Leave out states that only say where each person comes from: "Liang, director, China, Singh, director, India"."""
    belongs = [
        n > 0 and unit.word == BODY and chain[n - 1].word == PERSON and unit.mentions[0].type is EntityType.COUNTRY
        for n, unit in enumerate(chain)
    ]
    bodies = sum(unit.word != PERSON for unit in chain)
    if sum(belongs) < 2 or sum(belongs) < bodies:
        return chain
    return [unit for unit, affiliation in zip(chain, belongs, strict=True) if not affiliation]


_CONJUNCTIONS = (
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("and", "by"),
    ("and", "from"),
    ("and", "of"),
    ("and", "with"),
    ("and",),
    ("&",),
    ("by",),
    ("from",),
)
_MOST_SEPARATORS = 5
_ARTICLES = frozenset("the an a same his her its their".split())


def _joint(units: list[Unit], n: int) -> int | None:
    """Return where the next agent of a list stands if only separators lie between, else None."""
    separated = False
    for _ in range(_MOST_SEPARATORS):
        if n < len(units) and units[n].word in (",", ";"):
            n += 1
            separated = True
        elif (words := _conjunction(units, n)) and (separated or words not in (("by",), ("from",))):
            n += len(words)
            separated = True
        else:
            break
    n = _over_articles(units, n)
    if separated and n < len(units) and not units[n].agent and units[n - 1].word == ";":
        n = _over_articles(units, _over_unknown_item(units, n))
    return n if separated and n < len(units) and units[n].agent else None


def _over_articles(units: list[Unit], n: int) -> int:
    while n < len(units) and units[n].word in _ARTICLES:
        n += 1
    return n


def _over_unknown_item(units: list[Unit], n: int) -> int:
    """Return where the item after the one at `n` begins, in a list with semicolons; `n` if this is no such item."""
    end = n
    while end < len(units) and end - n < _MOST_IN_TITLE and not units[end].agent and not _finite(units[end]):
        if units[end].word == ";":
            return end + 1
        end += 1
    return n


def _conjunction(units: list[Unit], n: int) -> tuple[str, ...]:
    return next((w for w in _CONJUNCTIONS if tuple(u.word for u in units[n : n + len(w)]) == w), ())
