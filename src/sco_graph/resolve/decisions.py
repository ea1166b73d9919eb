"""Decisions of people on identities and claims: YAML files in the project's git, replayed at every build.

    - same: [id/person/a, id/person/b]       # one and the same; the first identifier stays, the others are retired
    - different: [id/person/a, id/person/b]  # not the same, whatever speaks for it
    - different: id/person/a                 # in these documents the name means somebody else
      documents: [d007]
    - unsure: [id/person/a, id/person/b]     # looked at, and open: the pair is not asked again
    - reject: claim/0123456789ab             # the claim is wrong, and is left out
    - accept: claim/0123456789ab             # the claim is right, whatever its rule's confidence
    - correct: claim/0123456789ab            # the claim is right but for these values
      values: {first: 2024-07-03}

each with `author`, `date` and `reason`. In place of an identifier can stand `{document: d007, words: "Zhang"}`: what
these words name in a document, whatever it is called now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from sco_graph.model import is_day

_IDENTIFIER = re.compile(r"id/(person|organization|country|place|event)/[a-z0-9-]+")
_CLAIM = re.compile(r"claim/[0-9a-f]{12}")
IDENTITY = ("same", "different", "unsure")
"""The verbs of decisions on who or what is one entity."""

_ON_CLAIMS = ("reject", "accept", "correct")
_SIGNED = {"author", "date", "reason"}
_MORE = {"different": {"documents"}, "correct": {"values"}}


class DecisionUnreadable(ValueError):
    """A decision cannot be understood; the message says which one and why."""


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """What `words` name in `document`."""

    document: str
    words: str

    def __str__(self) -> str:
        return f"{self.document}: {self.words}"


Target = str | Words
"""A path below the base, or words in a document."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; `where` is its file and line. `documents` belong to "different", `values` to "correct"."""

    verb: str
    targets: tuple[Target, ...]
    author: str
    date: str
    reason: str
    documents: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    where: str = ""

    def __str__(self) -> str:
        return f"{self.verb} {', '.join(map(str, self.targets))} ({self.author}; {self.where})"


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a project; the order does not matter."""

    all: tuple[Decision, ...] = ()
    _by_verb: dict[str, tuple[Decision, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for verb in (*IDENTITY, *_ON_CLAIMS):
            self._by_verb[verb] = tuple(sorted((d for d in self.all if d.verb == verb), key=_order))

    def of(self, verb: str) -> tuple[Decision, ...]:
        """Return the decisions with that verb, in a fixed order."""
        return self._by_verb[verb]

    def rejected(self) -> Mapping[str, Decision]:
        """Return the decisions that reject a claim, by the claim's key; the first of several."""
        return _by_claim(reversed(self.of("reject")))

    def accepted(self) -> Mapping[str, Decision]:
        """Return the decisions that confirm a claim, by the claim's key."""
        return _by_claim(self.of("accept"))

    def corrections(self) -> Mapping[str, Decision]:
        """Return the decisions that correct a claim, by the claim's key; of several the last, with values of others."""
        found: dict[str, Decision] = {}
        for key, decision in _on_claims(self.of("correct")):
            values = {**dict(found[key].values if key in found else ()), **dict(decision.values)}
            found[key] = replace(decision, values=tuple(sorted(values.items())))
        return found


def _by_claim(decisions: Iterable[Decision]) -> dict[str, Decision]:
    return dict(_on_claims(decisions))


def _on_claims(decisions: Iterable[Decision]) -> Iterator[tuple[str, Decision]]:
    return ((str(t).removeprefix("claim/"), d) for d in decisions for t in d.targets)


def _order(decision: Decision) -> tuple[str, ...]:
    file, _, line = decision.where.rpartition(":")
    targets = map(str, decision.targets)
    return (*targets, *decision.documents, decision.date, decision.author, file, line.zfill(9))


def parse(text: str, file: str = "") -> tuple[Decision, ...]:
    """Return the decisions of one YAML file, which `file` names. Raises DecisionUnreadable."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # what looks like a date and is none is a ValueError
        raise DecisionUnreadable(f"not YAML: {error}") from error
    if not isinstance(raw, list | None):
        raise DecisionUnreadable("must be a list of decisions")
    lines = [item.start_mark.line + 1 for item in node.value] if raw and node else []
    places = [f"{file}:{line}" if file else f"line {line}" for line in lines]
    return tuple(_decision(item, where) for item, where in zip(raw or (), places, strict=True))


def _decision(item: Any, where: str) -> Decision:
    verbs = [v for v in (*IDENTITY, *_ON_CLAIMS) if isinstance(item, dict) and v in item]
    if len(verbs) != 1:
        raise DecisionUnreadable(f"{where}: needs exactly one of {', '.join((*IDENTITY, *_ON_CLAIMS))}")
    verb = verbs[0]
    if missing := sorted(k for k in _SIGNED if not item.get(k)):
        raise DecisionUnreadable(f"{where}: {', '.join(missing)} missing")
    if unknown := sorted(map(str, set(item) - _SIGNED - {verb} - _MORE.get(verb, set()))):
        raise DecisionUnreadable(f"{where}: {', '.join(unknown)} means nothing here")
    if not is_day(str(item["date"])):
        raise DecisionUnreadable(f"{where}: {item['date']!r} is not a date such as 2026-01-31")
    targets = _targets(item[verb], verb, where)
    documents = _strings(item.get("documents", []))
    _check_number(verb, targets, documents, where)
    values = item.get("values") or {}
    if (verb == "correct") != bool(values) or not isinstance(values, dict):
        raise DecisionUnreadable(f"{where}: `correct` needs `values`, what the claim should say")
    return Decision(
        verb,
        targets,
        author=str(item["author"]),
        date=str(item["date"]),
        reason=str(item["reason"]),
        documents=documents,
        values=tuple(sorted((str(k), str(v)) for k, v in values.items())),
        where=where,
    )


def _check_number(verb: str, targets: Sequence[Target], documents: Sequence[str], where: str) -> None:
    if verb == "different" and (len(targets) == 1) != bool(documents):
        raise DecisionUnreadable(f"{where}: `different` needs two or more targets, or one and `documents`")
    if verb in {"same", "unsure"} and len(targets) < 2:
        raise DecisionUnreadable(f"{where}: `{verb}` needs two or more targets")


def _targets(value: Any, verb: str, where: str) -> tuple[Target, ...]:
    pattern = _CLAIM if verb in _ON_CLAIMS else _IDENTIFIER
    found: list[Target] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and set(item) == {"document", "words"} and verb in IDENTITY:
            found.append(Words(str(item["document"]), str(item["words"])))
        elif isinstance(item, str) and pattern.fullmatch(item):
            found.append(item)
        else:
            raise DecisionUnreadable(f"{where}: {verb} must name {_named(verb)}, not {item!r}")
    return tuple(found)


def _named(verb: str) -> str:
    if verb in _ON_CLAIMS:
        return "claims, such as claim/0123456789ab"
    return "identifiers, such as id/person/zhang-ming, or {document: d001, words: Zhang}"


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, Iterable) and not isinstance(value, str) else (str(value),)
