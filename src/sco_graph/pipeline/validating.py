"""What a validation report tells: the results of the shapes, what the build had set aside, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from sco_graph import explain, query, store, validate
from sco_graph.errors import UnknownName
from sco_graph.model import Evidence
from sco_graph.pipeline.noticing import noticed
from sco_graph.pipeline.releasing import named
from sco_graph.project import Project
from sco_graph.rdf import DCTERMS
from sco_graph.store import Generation
from sco_graph.validate.described import outline
from sco_graph.validate.reports import Beginning, Contradiction, Findings, Ground, History, Source, differing
from sco_graph.validate.tally import tally
from sco_graph.validate.terms import text
from sco_graph.validate.trend import trend

_LARGEST = 50_000_000  # code points of a file that are looked through for its text


def findings(project: Project, against: str | None, strict: bool, contradictions: bool) -> Findings:
    """Check the current generation against the shapes once more, and return all that there is to tell.

    `against` names an earlier generation or release, as for `releasing.named`; it is checked and counted, too. `strict`
    is as in `Findings`; what contradicts the ontology is looked for if `contradictions` are wanted. Raises NotBuilt,
    ValidationIncomplete, QueryTooCostly, UnknownName, AmbiguousName and ReleaseDamaged.
    """
    generation = store.current(project.state)
    before = named(project, against) if against is not None else None
    checked = _checked(generation)
    contradicting = _contradictions(generation) if contradictions else None
    concerned = {document for cause in checked.causes for document in cause.documents}
    quoted = {e.document for found in contradicting or () for ground in found.grounds for e in ground.evidence}
    texts = _texts(generation, concerned | quoted)
    return replace(
        checked,
        sources=_sources(generation, concerned | quoted, texts, project.documents),
        texts=texts,
        names=_names(generation, checked),
        contradictions=contradicting,
        history=_history(against or "", before, generation, checked) if before else None,
        strict=strict,
    )


def _checked(generation: Generation) -> Findings:
    """Return what is found in a generation, without what is only for readers."""
    report = validate.whole(generation.lines, base=generation.base).with_results(noticed(generation))
    set_aside = generation.report.get("set_aside", ())
    return Findings(report, generation.id, set_aside, shapes=outline())


def _history(name: str, before: Generation, after: Generation, checked: Findings) -> History:
    causes = differing(_checked(before).causes, checked.causes)
    return History(name, trend(tally(before), tally(after)), causes)


def _contradictions(generation: Generation) -> tuple[Contradiction, ...]:
    base = generation.base
    return tuple(
        Contradiction(
            conflict.node.removeprefix(base),
            conflict.axiom,
            conflict.rule,
            tuple(_ground(premise, base) for premise in (*conflict.one, *conflict.other)),
        )
        for conflict in explain.conflicts(generation)
    )


def _ground(premise: explain.Premise, base: str) -> Ground:
    part = premise.part
    said = f"{part.subject.removeprefix(base)} {part.property} {part.object.removeprefix(base)}"
    evidence = sorted({Evidence(item.document, item.begin, item.end) for item in premise.evidence})
    claims = sorted({item.claim for item in premise.evidence})
    return Ground(said, tuple(evidence), premise.graphs, tuple(claims))


def _sources(
    generation: Generation, documents: Iterable[str], texts: Mapping[str, str], folder: Path
) -> dict[str, Source]:
    files = generation.manifest.get("documents", {})
    known = generation.store()
    found = {}
    for document in sorted(documents):
        node = NamedNode(f"{generation.base}id/document/{document}")
        title, publisher = (_word(known, node, DCTERMS.term(name)) for name in ("title", "publisher"))
        path = files.get(document, {}).get("path", "")
        begins = _beginning(folder / path, texts[document]) if path and document in texts else None
        found[document] = Source(document, path, title, publisher, begins, _collection(folder, path))
    return found


def _collection(folder: Path, path: str) -> str:
    """Return the path of the file that has `path` in it, "" if there is none."""
    return next((str(above) for above in PurePosixPath(path).parents if (folder / above).is_file()), "")


def _beginning(path: Path, text: str) -> Beginning | None:
    """Return where `text` begins in the file, if that is there and holds it word for word."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            whole = file.read(_LARGEST)
    except (OSError, UnicodeDecodeError):
        return None
    offset = whole.rfind(text)  # what precedes it, such as a title, may say the same
    if offset < 0:
        return None
    return Beginning(offset, whole.count("\n", 0, offset), offset - whole.rfind("\n", 0, offset) - 1)


def _word(known: Store, node: NamedNode, predicate: NamedNode) -> str:
    quads = known.quads_for_pattern(node, predicate, None, DefaultGraph())
    return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")


def _texts(generation: Generation, documents: Iterable[str]) -> dict[str, str]:
    """Return the texts that there are; the report is the place to see that one is missing, not to fail of it."""
    found = {}
    for document in sorted(documents):
        try:
            found[document] = generation.text(document)
        except UnknownName:
            continue
    return found


def _names(generation: Generation, checked: Findings) -> Mapping[str, str]:
    """Return what the things are called that the results are about."""
    iris = {result.focus for result in checked.report.results}
    iris |= {text(r.value) for r in checked.report.results if r.value and r.value.startswith("<")}
    return query.labels(generation.store(), [NamedNode(iri) for iri in sorted(iris)])
