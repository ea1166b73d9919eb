"""Descriptions: titles that stand for a person without a name ("the minister"), and the posts that they fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from msgspec import Struct

from sco_graph.claims.lexicon import RANKS, TENURES, TITLE_HEADS
from sco_graph.claims.statement.cues import OPINIONS, SPEECHES
from sco_graph.claims.statement.units import Unit
from sco_graph.claims.words import Word, wording, words_of
from sco_graph.model import EntityType, Mention

_DETERMINERS = frozenset({"the", "this", "his", "her"})
_RELATIVE = frozenset({"latter", "guest"})
_COLLEAGUES = frozenset({"counterpart", "colleague"})
_EXTRA_HEADS = _COLLEAGUES | frozenset(
    """
    diplomat official envoy leader chief politician guest latter premier head eam cm dpm boss lawmaker academic
    specialist businessman scholar expert nsa
    """.split()
)
_HEADS = TITLE_HEADS | _EXTRA_HEADS
_STATES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION})
_DEPUTIES = frozenset("deputy vice assistant under".split())
# Words that may begin a title and also a sentence of another kind.
_BARE_NO_MORE = frozenset("head chief general former then present current leading main top".split())
_DASHES = frozenset("-–—")
_LEADING = frozenset("head chief boss".split())
_MINISTRIES = frozenset("ministry mfa mofa".split())
_OF_FOREIGN_AFFAIRS = frozenset("mfa mofa foreign".split())
_OF_TITLES = frozenset("to for on at in".split())
_SAID = frozenset("said says stated noted added stressed".split())
_FUNCTION = frozenset("of for the and affairs to in a - – his her".split())
_HIGH = frozenset("top senior leading main high chief former current new".split())
# "the former deputy secretary-general of the Shanghai Cooperation Organisation" and no longer.
_LONGEST = 8

_SUPREME = frozenset({"president", "king", "queen", "emir", "sultan", "monarch", "emperor", "chairman"})
_LED = frozenset({"leader"})
_OF_STATE = frozenset({"head", "state"})
_GOVERNING = frozenset({"prime", "premier", "chancellor", "pm"})
_CHIEFS = frozenset(
    "secretary-general director director-general chairman chairperson chair head president chief executive".split()
)
_ENVOYS = frozenset("ambassador envoy representative chargé charge consul plenipotentiary ambassador-at-large".split())
_DIPLOMATS = _ENVOYS | frozenset(
    "foreign external diplomat counsellor secretary-general coordinator spokesperson spokesman".split()
)
_EXPERTS = frozenset(
    """
    expert scholar analyst researcher professor academic scientist political-scientist specialist fellow economist
    historian
    """.split()
)
_LAWMAKERS = frozenset("lawmaker parliamentarian mp senator deputy member speaker congressman".split())
_MANAGERS = frozenset("executive manager ceo director chairman president head founder businessman".split())
_KINDS = {
    "diplomat": _DIPLOMATS,
    "envoy": _ENVOYS,
    **dict.fromkeys(("lawmaker", "parliamentarian"), _LAWMAKERS),
    **dict.fromkeys(("expert", "scholar", "analyst", "researcher", "academic", "scientist"), _EXPERTS),
    **dict.fromkeys(("executive", "businessman", "manager"), _MANAGERS),
}
_ALIASES = {
    "fm": ("foreign", "minister"),
    "eam": ("foreign", "minister"),
    "dpm": ("deputy", "prime", "minister"),
    "cm": ("chief", "minister"),
    "pm": ("prime", "minister"),
    "nsa": ("national", "security", "advisor"),
    "dg": ("director-general",),
    "sg": ("secretary-general",),
    "premier": ("prime", "minister"),
    "external": ("foreign",),
    "chairperson": ("chairman",),
    "chairwoman": ("chairman",),
    "chair": ("chairman",),
    "spokesperson": ("spokesman",),
    "spokeswoman": ("spokesman",),
    "councilor": ("councillor",),
    "adviser": ("advisor",),
    "vice-president": ("vice", "president"),
    "vice-minister": ("vice", "minister"),
}


class Post(Struct, frozen=True):
    """A post held: the words of its title in one spelling, and its body."""

    words: frozenset[str]
    body: str | None
    body_type: EntityType | None

    @classmethod
    def of(cls, title: str, body: str | None, body_type: EntityType | None) -> Self:
        """Return the post with this title in the body that `body` refers to."""
        return cls(frozenset(_spelt(title.lower().replace("‑", "-").split())), body, body_type)


class Description(Struct, frozen=True):
    """Words for a person: `first` is their first token, `body` what they name as its own, `words` the title."""

    first: int
    start: int
    end: int
    words: tuple[str, ...]
    body: Mention | None

    @property
    def relative(self) -> bool:
        """Whether the words mean somebody by the sentence ("the latter"), not by a post."""
        return self.words[-1] in _RELATIVE

    @property
    def supreme(self) -> bool:
        """Whether the words mean the head of a state or government, whom texts need not introduce."""
        return self.words[-1] in _SUPREME | {"leader", "state", "government", "premier"} or "prime" in self.words


def descriptions(unit: Unit) -> Iterator[Description]:
    """Yield the titles in `unit` that stand for one person and have no name beside them."""
    if _HEADS.isdisjoint(wording(unit.sentence)):
        return
    words = words_of(unit.sentence)
    for number, word in enumerate(words):
        if word.lower in _DETERMINERS:
            found = _read(unit, words, number, number + 1)
        elif number == 0 and (mention := _body(unit, word)) is not None and mention.start == word.start:
            # "Iran's foreign minister said"; "SCO chief added"
            found = _read(unit, words, number, number)
        elif (number == 0 and word.lower not in _BARE_NO_MORE) or words[number - 1].lower in _SAID:
            # "Secretary General also briefed the guests"; "..., said minister"
            found = _read(unit, words, number, number)
        else:
            continue
        if found:
            yield found


def described(description: Description, post: Post) -> bool:
    """Whether the holder of `post` can be meant by `description`."""
    if description.body is not None and post.body is not None and description.body.referent != post.body:
        return False
    words = frozenset(_spelt(w for w in description.words if w not in TENURES))
    head = description.words[-1]
    if post.words == _LED or post.words == _OF_STATE:
        # "Chinese leader Xi Jinping", "Head of State Tokayev": the leader, or the president, of that state
        own = description.body is not None or post.words == _OF_STATE or head == "leader"
        return own and (head in {"leader", "state"} or words <= _SUPREME)
    if head in {"leader", "state", "government"}:
        wanted = {"state": _SUPREME, "government": _GOVERNING}.get(head, _SUPREME | _GOVERNING)
        return (
            bool(post.words & wanted) and not post.words & _DEPUTIES and post.body_type is not EntityType.ORGANIZATION
        )
    if head == "official":
        return True
    if head in _COLLEAGUES:
        return description.body is not None and post.body == description.body.referent
    if (kind := _KINDS.get(head)) is not None and post.words & kind:
        return True
    if head == "diplomat" and post.words >= {"secretary", "state"}:
        return True
    if head in {"chief", "head", "boss"} and description.body is not None:
        return bool(post.words & _CHIEFS) and not post.words & _DEPUTIES
    if not words <= post.words:
        return False
    return words & _DEPUTIES == post.words & _DEPUTIES and ("prime" in post.words) == ("prime" in words)


def _read(unit: Unit, words: tuple[Word, ...], number: int, at: int) -> Description | None:
    body: Mention | None = None
    title: list[str] = []
    head: int | None = None
    while at < len(words) and at - number <= _LONGEST:
        word = words[at]
        mention = _body(unit, word)
        if mention is not None and word.lower not in _HEADS and (not title or (body is None and set(title) <= _HIGH)):
            body = mention  # also in "the top Russian official"
        elif body is not None and not title and word.lower in {"'s", "'"}:
            pass
        elif word.lower in _HEADS or (word.lower == "general" and title[-1:] == ["secretary"]):
            if body is not None and word.start < body.end:
                return None  # "the office of the president": a body, not its head
            title.append(word.lower)
            head = at
        elif word.lower in RANKS or word.lower in TENURES:
            title.append(word.lower)
        else:
            break
        at += 1
    if head is None:
        return None
    title = title[: len(title) - (at - 1 - head)]
    if words[head].lower == "head" and [w.lower for w in words[head + 1 : head + 2]] == ["of"]:
        return _head_of(unit, words, (number, head), title, body)
    return _alone(unit, words, number, head, title, body)


def _head_of(
    unit: Unit, words: tuple[Word, ...], span: tuple[int, int], title: list[str], body: Mention | None
) -> Description | None:
    """Return "the head of state" or "the head of the Tajik MFA", whose first word and "head" are `span`."""
    number, head = span
    end = head + 2 + (words[head + 2 : head + 3] != () and words[head + 2].lower == "the")
    if end >= len(words):
        return None
    if (led := _body(unit, words[end])) is not None and _ministry(words, led):
        return _alone(unit, words, number, head, title, body)
    last = words[end].lower
    if last not in {"state", "government", "ministry"}:
        return None
    return _alone(unit, words, number, end, ["minister"] if last == "ministry" else [*title, last], body)


def _alone(
    unit: Unit, words: tuple[Word, ...], first: int, last: int, title: list[str], body: Mention | None
) -> Description | None:
    """Return the description if no name stands beside it and it is not what somebody is said to be."""
    if last + 1 < len(words) and words[last + 1].lower == "of":
        beyond = last + 2 + (words[last + 2 : last + 3] != () and words[last + 2].lower == "the")
        mention = _body(unit, words[beyond]) if beyond < len(words) else None
        if mention is None or body is not None:
            return None
        body = mention
        last = max(i for i in range(beyond, len(words)) if words[i].start < mention.end)
    following = words[last + 1] if last + 1 < len(words) else None
    if following is not None and (
        following.tag in {"NN", "NNS", "NNP", "NNPS", "CD"}
        or (following.tag == "POS" and not _owned_speech(words, last + 2))
        or _person(unit, following)
        or (following.text[:1].isupper() and _body(unit, following) is not None)
        or (following.text == "," and last + 2 < len(words) and _person(unit, words[last + 2]))
        or (following.lower in _OF_TITLES and _name_ahead(unit, words, last + 2))
        or (following.text in _DASHES and last + 2 < len(words) and words[last + 2].lower in TITLE_HEADS | RANKS)
    ):
        return None
    index = unit.syntax.at(words[last].start)
    if unit.tokens[index].dep in {"attr", "appos", "oprd"} or _names_before(unit, words, first, last):
        return None
    token = unit.syntax.at(words[first].start)
    if body is not None and title[-1] in _LEADING and (field := _ministry(words, body)):
        title, body = [*title[:-1], *field, "minister"], _state_of(unit, body)
    return Description(token, words[first].start, words[last].end, tuple(_joined(title)), body)


def _ministry(words: tuple[Word, ...], body: Mention) -> list[str]:
    """Return the words for the field of a ministry: "foreign" of "Tajik MFA"; nothing if `body` is none."""
    inside = [w.lower for w in words if body.start <= w.start and w.end <= body.end]
    if not _MINISTRIES & set(inside):
        return []
    if _OF_FOREIGN_AFFAIRS & set(inside):
        return ["foreign"]
    named = inside[inside.index("ministry") + 1 :] if inside[-1] != "ministry" else inside[-2:-1]
    return [w for w in named[:2] if w not in _FUNCTION][:1]


def _state_of(unit: Unit, body: Mention) -> Mention | None:
    """Return the state that a ministry's name tells, or that stands right behind it."""
    states = [m for m in unit.sentence.mentions if m.type is EntityType.COUNTRY]
    return next((m for m in states if body.start <= m.start <= body.end + len(" of the ")), None)


def _owned_speech(words: tuple[Word, ...], at: int) -> bool:
    """Whether what the title owns is said: "the minister's message", "in the expert's opinion"."""
    return at < len(words) and words[at].lower in SPEECHES | OPINIONS


def _name_ahead(unit: Unit, words: tuple[Word, ...], at: int) -> bool:
    """Whether a title goes on up to a name behind a comma: "the adviser to the president, Farrukh Sharifzoda"."""
    for number in range(at, min(at + _LONGEST, len(words) - 1)):
        if words[number].text == ",":
            return _person(unit, words[number + 1])
        if words[number].tag in {"VBD", "VBZ", "VBP", "MD"}:
            return False
    return False


def _names_before(unit: Unit, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the title is in apposition to a name, or says what somebody is: "Zhang Ming, the Secretary-General"."""
    if first == 0:
        return False
    before, head = words[first - 1], unit.tokens[unit.syntax.at(words[last].start)]
    subject = unit.tokens[unit.syntax.at(words[first].start)]
    if before.lower == "as":
        return unit.tokens[subject.head].dep not in {"nsubj", "nsubjpass"}
    if before.lower in {"be", "is", "was", "became", "become", "named", "elected", "appointed"}:
        return True
    if before.text not in {",", "(", "–", "—"} or first <= 1 or not _person(unit, words[first - 2]):
        return False
    # "In his talks with Qin Gang, the minister said": the subject of the sentence.
    return not (head.dep == "nsubj" and head.head == unit.syntax.at(words[last].end))


def _joined(title: list[str]) -> list[str]:
    """Return the words with "secretary general" as one."""
    joined: list[str] = []
    for word in title:
        if word == "general" and joined and joined[-1] == "secretary":
            joined[-1] = "secretary-general"
        else:
            joined.append(word)
    return joined


def _spelt(words: Iterator[str] | list[str]) -> list[str]:
    """Return the words of a title in one spelling, without function words."""
    spelt: list[str] = []
    for word in words:
        plain = word.strip(",;()")
        if plain == "general" and spelt and spelt[-1] == "secretary":
            spelt[-1] = "secretary-general"
        elif plain and plain not in _FUNCTION:
            spelt += _ALIASES.get(plain, (plain,))
    return spelt


def _body(unit: Unit, word: Word) -> Mention | None:
    return next((m for m in unit.sentence.mentions if m.type in _STATES and m.start <= word.start < m.end), None)


def _person(unit: Unit, word: Word) -> bool:
    return any(m.start <= word.start < m.end for m in unit.persons)
