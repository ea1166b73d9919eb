"""Identity: why two names are or are not one entity, what a person should look at, writing decisions down."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import NamedNode

from sco_graph import store
from sco_graph.cache import Cache
from sco_graph.claims.base import Claim
from sco_graph.claims.correcting import CorrectionInvalid, correctable, corrected
from sco_graph.claims.extraction import Extraction
from sco_graph.disk import replace_file
from sco_graph.errors import AmbiguousName, DecisionInvalid, NotBuilt, UnknownName
from sco_graph.pipeline import files
from sco_graph.pipeline.corpus import Corpus, review_of
from sco_graph.pipeline.documents import compile_all
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project
from sco_graph.query import Quarantine
from sco_graph.resolve import Resolution, resolve
from sco_graph.resolve.asking import Doubt, Question, Side
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.decisions import Decisions, DecisionUnreadable, Words, parse
from sco_graph.resolve.explaining import Pair, explain_pair, keys_called
from sco_graph.resolve.names import normalise
from sco_graph.resolve.replay import names_of

DOUBTFUL = 0.7
"""Claims of rules with a lower confidence are put to a person."""


class Study:
    """The documents of a project as they are now, resolved; nothing is released or registered.

    What they say is read from the cache when it is asked for. Whatever needs it raises FileNotFoundError if the cache
    has forgotten it since, after some builds of other versions of a document.
    """

    def __init__(self, project: Project, watch: Watch | None = None) -> None:
        """Read the documents, from the cache where unchanged. Raises ProjectInvalid."""
        self._project = project
        self.decisions: Decisions = files.read_decisions(project)
        watch = watch or Watch()
        watch.begin("reading")
        with Cache(project.state / "cache") as cache:
            readings, _ = compile_all(project, cache, None, watch)
        self._cache = Cache(project.state / "cache", working=False)
        with self._cache:
            self._corpus = Corpus(readings, self._cache, self.decisions)
        self._leaves = {leaf.document: leaf for leaf in self._corpus.leaves}
        self.register = files.read_register(project)

    @cached_property
    def resolution(self) -> Resolution:
        """What the referents resolve to."""
        authority = Authority(entries(files.authority_quads(self._project)))
        with self._cache:
            return resolve(self._corpus.stored(), authority, self.register, self._project.base, self.decisions)

    def pair(self, a: str, b: str) -> Pair:
        """Return why the entities called `a` and `b` are one or two. Raises UnknownName and AmbiguousName."""
        keys = (self._keys(a), self._keys(b))
        return explain_pair((a, b), keys, self.resolution, self._read, self.decisions)

    def questions(self) -> list[Question]:
        """Return the undecided pairs, the closest first."""
        return [
            Question((self.side(self.resolution.paths[c.a]), self.side(self.resolution.paths[c.b])), c)
            for c in self.resolution.undecided
        ]

    @cached_property
    def doubts(self) -> Sequence[Doubt]:
        """The claims of low confidence that nobody has decided on, the least certain first."""
        decided = {*self._settled, *self.decisions.accepted(), *self._violating}
        found = [
            self._doubt(extraction, claim, quote)
            for extraction, claim, quote in self._claims(self._leaves)
            if claim.confidence < DOUBTFUL and claim.key() not in decided
        ]
        return sorted(found, key=lambda d: (d.confidence, d.document, d.key))

    def set_aside(self) -> list[Doubt]:
        """Return the claims that the last build set aside for a violation, and that nobody has settled since.

        One that breaks a rule as somebody has corrected it is not settled.

        They come in the order of the documents; there are none where nothing is built.
        """
        found = [
            replace(
                self._doubt(extraction, claim, quote),
                reasons=tuple(self._violating[key]["reasons"]),
                values=tuple((name, str(getattr(claim, name) or "")) for name in sorted(correctable(type(claim)))),
            )
            for extraction, claim, quote in self._claims({row["document"] for row in self._violating.values()})
            if (key := claim.key()) in self._violating
        ]
        return sorted(found, key=lambda d: (d.document, d.quote, d.key))

    @cached_property
    def _settled(self) -> frozenset[str]:
        return frozenset({*self.decisions.rejected(), *self.decisions.corrections()})

    @cached_property
    def _violating(self) -> dict[str, Mapping[str, Any]]:
        try:
            built = store.current(self._project.state)
        except NotBuilt:
            return {}
        quarantine, rejected, corrections = Quarantine(built), self.decisions.rejected(), self.decisions.corrections()

        def is_settled(key: str) -> bool:
            if key in rejected or key not in corrections:
                return key in rejected
            tried = quarantine.decided(NamedNode(f"{built.base}claim/{key}"))
            return bool(tried != review_of("corrected", corrections[key]))

        # Generations of earlier versions do not tell causes.
        violating = (row for row in built.report["set_aside"] if row.get("cause") == "violation")
        return {row["claim"]: row for row in violating if not is_settled(row["claim"])}

    def _read(self, documents: Collection[str]) -> Iterator[Extraction]:
        """Yield what those of `documents` that are there say, one at a time, by their ids."""
        with self._cache:
            for document in sorted(documents):
                if document in self._leaves:
                    yield self._corpus.extraction(self._leaves[document])

    def _claims(self, documents: Collection[str]) -> Iterator[tuple[Extraction, Claim, str]]:
        for extraction in self._read(documents):
            for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
                yield extraction, claim, quote

    def side(self, path: str) -> Side:
        """Return the entity at `path`, with its names and some sentences about it."""
        keys = {key for key, p in self.resolution.paths.items() if p == path}
        entity = self.resolution.entities.get(self._project.base + path)
        known = (name for key in sorted(keys) for name in self.resolution.atoms.by_key[key].forms)
        return Side(path, entity.labels if entity else tuple(known), tuple(self._sentences(keys)))

    def claim(self, path: str) -> Claim:
        """Return the claim called `claim/...`. Raises UnknownName."""
        key = path.removeprefix("claim/")
        making = self._corpus.making([key])
        documents = [leaf.document for leaf in self._corpus.leaves if leaf.document in making]
        found = next((claim for _, claim, _ in self._claims(documents[:1]) if claim.key() == key), None)
        if found is None:
            raise UnknownName("claim called", path)
        return found

    def knows(self, target: str | Words) -> bool:
        """Return whether an identifier, or words in a document, name something."""
        if isinstance(target, Words):
            here = [r for e in self._read([target.document]) for r in e.referents]
            return any(normalise(target.words) in names_of(r) for r in here)
        return self.register.owner(target) is not None

    def _keys(self, name: str) -> list[str]:
        found = keys_called(name, self.resolution, self._project.base)
        if not found and (path := self.register.living(name if name.startswith("id/") else f"id/{name}")):
            found = keys_called(path, self.resolution)
        if not found:
            raise UnknownName("entity called", name)
        if len(paths := {self.resolution.paths[key] for key in found}) > 1:
            raise AmbiguousName(name, tuple(sorted(paths)))
        return found

    def _sentences(self, keys: set[str], most: int = 3) -> Iterable[tuple[str, str]]:
        """Return up to `most` stretches of text about the atoms of `keys`, of different documents where possible."""
        atoms = self.resolution.atoms
        said: dict[str, list[str]] = {}
        for extraction, claim, quote in self._claims(set().union(*map(atoms.speaking_of, keys))):
            document = extraction.document.id
            if document not in said and len(said) == most:
                break
            if any(atoms.keys[document, m.referent] in keys for m in claim.arguments()):
                said.setdefault(document, []).append(" ".join(quote.split()))
        by_turns = [(d, quotes[n]) for n in range(most) for d, quotes in sorted(said.items()) if n < len(quotes)]
        return list(dict.fromkeys(by_turns))[:most]

    def _doubt(self, extraction: Extraction, claim: Claim, quote: str) -> Doubt:
        names = {r.id: r.name or r.label or r.id for r in extraction.referents}
        arguments = tuple(names[m.referent] for m in claim.arguments())
        document = extraction.document.id
        return Doubt(
            claim.key(), claim.kind, claim.rule, claim.confidence, document, " ".join(quote.split()), arguments
        )


def decide(project: Project, study: Study, decision: Mapping[str, object]) -> Path:
    """Append `decision`, in the form of the decisions' files, to the file it belongs to; return that file.

    What stands in the file, comments included, stays as it is. Raises DecisionInvalid for one that could not be
    carried out: nothing is written then.
    """
    text = yaml.safe_dump([dict(decision)], sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
    try:
        (read_back,) = parse(text)
    except DecisionUnreadable as error:
        raise DecisionInvalid(re.sub(r"^line \d+: ", "", str(error))) from error
    on_claims = read_back.verb in {"reject", "accept", "correct"}
    for target in read_back.targets:
        if on_claims:
            _check_claim(study.claim(str(target)), read_back.values)
        elif not study.knows(target):
            raise DecisionInvalid(f"nothing is called {target}; `sco-graph explain NAME` shows the identifiers")
    path = project.decisions / ("claims.yaml" if on_claims else "identities.yaml")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = before + ("" if not before or before.endswith("\n") else "\n") + text
    try:
        parse(after, path.name)
    except DecisionUnreadable as error:
        raise DecisionInvalid(f"{path} cannot be appended to: {error}") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, after.encode())
    return path


def _check_claim(claim: Claim, values: Sequence[tuple[str, str]]) -> None:
    try:
        corrected(claim, values)
    except CorrectionInvalid as error:
        raise DecisionInvalid(str(error)) from error
