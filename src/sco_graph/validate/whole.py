"""The report on a whole generation, in bounded memory and several processes.

The lines are cut into parts of which each holds some claims with their provenance and evidence; what is said of
entities, documents and activities goes beside all of them. A part then has all that its nodes lead to.
"""

from __future__ import annotations

import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain, groupby, tee
from pathlib import Path

from sco_graph import engine
from sco_graph.disk import create
from sco_graph.errors import ValidationIncomplete
from sco_graph.model import Evidence
from sco_graph.rdf import Fact, FactInGraph
from sco_graph.validate.check import Found, found, joined, rules_of
from sco_graph.validate.report import Report, Result
from sco_graph.validate.terms import of_lines, text
from sco_graph.validate.view import DERIVED_FROM, DURING, Context, context, passed_over, place

AT_ONCE = 300_000
"""So many lines are judged in one go, in this process; they take some 500 MB."""

_LINES_A_PART = 150_000  # pySHACL takes a tenth of a second more for each part in which there is anything to judge
_FEWEST, _MOST = 8, 256  # parts: enough for all processes, and no more than files that can be open at a time


def whole(
    lines: Callable[[], Iterable[bytes]],
    *,
    shapes: Path | None = None,
    base: str,
    workers: int = 0,
    at_once: int = AT_ONCE,
) -> Report:
    """Return the report that `check` gives on the sorted N-Quads lines of a generation.

    `lines` yields them, as often as it is called. `workers` is the number of processes, as for `engine.run`. More
    lines than `at_once` go by way of temporary files, which take as much room as the lines. Raises DataNotPlain, and
    ValidationIncomplete if a process dies of its part.
    """
    rules = rules_of(shapes)
    number = sum(1 for _ in lines())
    if number <= at_once or rules.beyond:
        return joined(found(of_lines(lines()), rules, base), base)
    with tempfile.TemporaryDirectory(prefix="sco-graph-validate-") as folder:
        split = _Split(Path(folder), base, min(max(number // _LINES_A_PART, _FEWEST), _MOST))
        if not split.write(lines()):
            return joined(found(of_lines(lines()), rules, base), base)
        parts = engine.run(_judged, split.tasks(shapes), workers, few=_FEWEST)
        results = tuple(chain.from_iterable(engine.complete(parts, ValidationIncomplete)))
    report = joined(_with_claims(results, lines, base), base)
    return replace(report, results=tuple(_with_documents(report, lines())))


@dataclass(frozen=True, slots=True)
class _Task:
    part: Path | None
    beside: Path
    shapes: Path | None
    base: str


def _judged(task: _Task) -> tuple[Found, ...]:
    """Return the results on one part, or on what is beside all of them."""
    rules = rules_of(task.shapes)
    if task.part is None:
        return tuple(found(_terms(task.beside), rules, task.base))
    return tuple(found(_terms(task.part), rules, task.base, _context(task.beside, task.base)))


@lru_cache(maxsize=1)
def _context(path: Path, base: str) -> Context:
    # Which documents speak of a node is found out in the end, for the nodes that need it.
    nowhere = f"<{base}graph/authority>"
    return context(((s, p, o, nowhere) for s, p, o, _ in _terms(path)), base)


def _terms(path: Path) -> Iterator[tuple[str, str, str, str]]:
    with path.open("rb") as file:
        yield from of_lines(file)


class _Linked(Exception):
    """A node leads to a claim or to evidence that may be in another part."""


class _Split:
    """Cuts lines into files in `folder`."""

    def __init__(self, folder: Path, base: str, parts: int) -> None:
        self._base = base
        self._files = [folder / f"{number:03}.nq" for number in range(parts)]
        self._beside = folder / "beside.nq"
        self._claim = f"<{base}claim/"
        self._document = f"<{base}id/document/"
        self._passed_over = passed_over(base)
        self._resting: dict[bytes, tuple[int, ...]] = {}  # by a hash, as there are some sixty for each document

    def tasks(self, shapes: Path | None) -> list[_Task]:
        """Return the work that the files make."""
        return [_Task(file, self._beside, shapes, self._base) for file in (None, *self._files)]

    def write(self, lines: Iterable[bytes]) -> bool:
        """Write the files; return False if some line makes it impossible to judge parts on their own."""
        last: tuple[str, str, str] | None = None
        given, again = tee(lines)
        with ExitStack() as opened:
            parts = [opened.enter_context(create(file)) for file in self._files]
            beside = opened.enter_context(create(self._beside))
            try:
                for line, fact, numbers in self._placed(zip(given, of_lines(again), strict=True)):
                    for number in numbers:
                        parts[number].write(line)
                    # Facts that several documents tell are neighbours, as the lines are sorted.
                    if not numbers and fact != last:
                        beside.write(line)
                        last = fact
            except _Linked:
                return False
        return True

    def _placed(self, quads: Iterable[tuple[bytes, FactInGraph]]) -> Iterator[tuple[bytes, Fact, Collection[int]]]:
        """Yield lines with what they say and the parts they belong to, none for what is beside all of them."""
        for subject, same in groupby(quads, lambda quad: quad[1][0]):
            of_claim, of_evidence = subject.startswith(self._claim), self._is_evidence(subject)
            own = (self._number(subject),) if of_claim else self._resting.get(_key(subject), ()) if of_evidence else ()
            for line, (_, predicate, value, graph) in same:
                if graph in self._passed_over:
                    continue
                rests = of_claim and predicate == DERIVED_FROM
                to_evidence = self._is_evidence(value)
                if value.startswith(self._claim) or (to_evidence and not rests):
                    raise _Linked
                if to_evidence:
                    key = _key(value)
                    self._resting[key] = _together(self._resting.get(key, ()), own)
                numbers = own
                if graph.startswith(self._claim):
                    if of_claim or of_evidence:
                        raise _Linked
                    numbers = (self._number(graph),)
                yield line, (subject, predicate, value), numbers

    def _is_evidence(self, term: str) -> bool:
        return "#char=" in term and term.startswith(self._document)

    def _number(self, claim: str) -> int:
        return zlib.crc32(claim.encode()) % len(self._files)


def _key(evidence: str) -> bytes:
    return blake2b(evidence.encode(), digest_size=16).digest()


@cache
def _together(parts: tuple[int, ...], others: tuple[int, ...]) -> tuple[int, ...]:
    """Return all of them: the same object for the same numbers."""
    return tuple(sorted({*parts, *others}))


def _with_claims(results: Iterable[Found], lines: Callable[[], Iterable[bytes]], base: str) -> Iterator[Found]:
    """Yield the results; those on what claims lead to, and which are in other parts, with these claims."""
    wanted = {f"<{each.result.focus}>" for each in results if not each.result.claims}
    claims = _leading(wanted, lines(), base) if wanted else {}
    places = _places(set().union(*claims.values()), lines(), base) if claims else {}
    for each in results:
        blamed = claims.get(f"<{each.result.focus}>")
        if blamed and not each.result.claims:
            evidence = {found for claim in blamed for found in places[claim]}
            result = replace(
                each.result,
                claims=tuple(sorted(map(text, blamed))),
                documents=tuple(sorted({found.document for found in evidence})),
                evidence=tuple(sorted(evidence)),
            )
            yield replace(each, result=result)
        else:
            yield each


def _leading(wanted: Collection[str], lines: Iterable[bytes], base: str) -> dict[str, set[str]]:
    """Return the claims that tell of a time or rest on what is no evidence, if that is `wanted`."""
    claims: dict[str, set[str]] = defaultdict(set)
    telling, described = set[tuple[str, str]](), set[tuple[str, str]]()
    start = f"<{base}claim/"
    for subject, predicate, value, graph in of_lines(lines):
        if graph.startswith(start):
            described.update([(subject, graph)] if subject in wanted else [])
            telling.update([(value, graph)] if predicate == DURING and value in wanted else [])
        elif predicate == DERIVED_FROM and subject.startswith(start) and value in wanted and not place(value, base):
            claims[value].add(subject)
    # A claim that says itself what its time is, has been judged with it.
    for node, claim in telling - described:
        claims[node].add(claim)
    return claims


def _places(claims: Collection[str], lines: Iterable[bytes], base: str) -> dict[str, set[Evidence]]:
    """Return the evidence that each of the claims rests on."""
    places: dict[str, set[Evidence]] = defaultdict(set)
    for subject, predicate, value, _ in of_lines(lines):
        if predicate == DERIVED_FROM and subject in claims and (found := place(value, base)):
            places[subject].add(found)
    return places


def _with_documents(report: Report, lines: Iterable[bytes]) -> Iterator[Result]:
    """Yield the results; those that no claim is to blame for with the documents that speak of their node."""
    wanted = {f"<{result.focus}>".encode() for result in report.results if not result.claims}
    documents: dict[str, set[str]] = defaultdict(set)
    prefix = f"<{report.base}graph/document/"
    if wanted:
        about = (line for line in lines if line.split(b" ", 1)[0] in wanted)
        for subject, _, _, graph in of_lines(about):
            if graph.startswith(prefix):
                documents[subject[1:-1]].add(graph[len(prefix) : -1])
    for result in report.results:
        yield result if result.claims else replace(result, documents=tuple(sorted(documents[result.focus])))
