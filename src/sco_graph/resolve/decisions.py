"""Decisions of people on identities and claims: YAML files in the project's git, replayed at every build.

    - same: [id/person/a, id/person/b]       # one and the same; the first identifier stays, the others are retired
    - different: id/person/a                 # in these documents the name means somebody else
      documents: [d007]
    - reject: claim/0123456789ab             # the claim is wrong, and is left out

each with `author`, `date` and `reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

_IDENTIFIER = re.compile(r"id/(person|organization|country|place|event)/[a-z0-9-]+")
_CLAIM = re.compile(r"claim/[0-9a-f]{12}")
_VERBS = ("same", "different", "reject")
_SIGNED = {"author", "date", "reason"}


class DecisionUnreadable(ValueError):
    """A decision cannot be understood; the message says which one and why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `targets` are paths below the base; `documents` is empty unless `verb` is "different"."""

    verb: str
    targets: tuple[str, ...]
    documents: tuple[str, ...]
    author: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a project, in the order of their files."""

    all: tuple[Decision, ...] = ()
    _replaced: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for decision in self.all:
            if decision.verb == "same":
                self._replaced.update(dict.fromkeys(decision.targets[1:], decision.targets[0]))

    def kept(self, path: str) -> str:
        """Return the identifier that stands for `path` after all decisions that things are the same."""
        seen = {path}
        while (path := self._replaced.get(path, path)) not in seen:
            seen.add(path)
        return path

    def apart(self, path: str, document: str) -> bool:
        """Return whether what `document` calls `path` was decided to be something else."""
        return any(d.verb == "different" and path in d.targets and document in d.documents for d in self.all)

    def rejected(self) -> frozenset[str]:
        """Return the keys of the claims that are rejected."""
        return frozenset(t.removeprefix("claim/") for d in self.all if d.verb == "reject" for t in d.targets)

    def without_object(self, known: Iterable[str]) -> tuple[Decision, ...]:
        """Return the decisions with a target that is not among `known` identifiers and claims any more."""
        there = set(known)
        return tuple(d for d in self.all if not set(d.targets) <= there)


def parse(text: str) -> tuple[Decision, ...]:
    """Return the decisions of one YAML file. Raises DecisionUnreadable."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DecisionUnreadable(f"not YAML: {error}") from error
    if not isinstance(raw, list | None):
        raise DecisionUnreadable("must be a list of decisions")
    return tuple(_decision(number, item) for number, item in enumerate(raw or (), start=1))


def _decision(number: int, item: Any) -> Decision:
    verbs = [v for v in _VERBS if isinstance(item, dict) and v in item]
    if len(verbs) != 1:
        raise DecisionUnreadable(f"decision {number}: needs exactly one of {', '.join(_VERBS)}")
    verb = verbs[0]
    if missing := sorted(k for k in _SIGNED if not item.get(k)):
        raise DecisionUnreadable(f"decision {number}: {', '.join(missing)} missing")
    if unknown := sorted(set(item) - _SIGNED - {verb, "documents"}):
        raise DecisionUnreadable(f"decision {number}: {', '.join(map(str, unknown))} means nothing here")
    targets = _strings(item[verb])
    pattern = _CLAIM if verb == "reject" else _IDENTIFIER
    if not targets or any(not pattern.fullmatch(t) for t in targets) or (verb == "same" and len(targets) < 2):
        raise DecisionUnreadable(f"decision {number}: {verb} must name identifiers such as {pattern.pattern}")
    documents = _strings(item.get("documents", []))
    if (verb == "different") != bool(documents):
        raise DecisionUnreadable(f"decision {number}: documents belong to `different`, which needs them")
    return Decision(verb, targets, documents, str(item["author"]), str(item["date"]), str(item["reason"]))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
