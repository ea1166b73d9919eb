"""Questions of identity in the terminal: two names side by side, the walk through what is undecided, decisions."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from sco_graph import pipeline
from sco_graph.cli import output
from sco_graph.cli.progress import watching
from sco_graph.pipeline.identity import Study
from sco_graph.project import Project
from sco_graph.resolve.asking import Doubt, Question, Side
from sco_graph.resolve.comparison import Comparison
from sco_graph.resolve.explaining import Pair

_SHOWN = 10
"""So many claims that would change hands are shown; the others are counted."""


def explain_pair(project: Project, a: str, b: str, json: bool) -> None:
    """Print why `a` and `b` are, or are not, one entity."""
    pair = _study(project).pair(a, b)
    if json:
        output.as_json(asdict(pair))
        return
    console = Console(soft_wrap=True)
    console.print(Text(f"{a} and {b} are {'one entity' if pair.same else 'two entities'}", style="bold"))
    console.print(Text(" and ".join(dict.fromkeys(pair.paths))))
    for link in pair.links:
        points = "" if link.points is None else f" [{link.points:g} points]"
        console.print(Text(f"  {link.a} = {link.b}{points}: {link.why}"))
    if pair.weakest and len(pair.links) > 1:
        console.print(Text(f"weakest link: {pair.weakest.a} = {pair.weakest.b}, {pair.weakest.points:g} points"))
    if pair.comparison:
        _features(console, pair.comparison)
    if pair.against:
        console.print(Text(f"kept apart by {pair.against}"))
    _moves(console, pair)


def _features(console: Console, comparison: Comparison) -> None:
    for feature in comparison.features:
        points = "rules it out" if feature.veto else f"{feature.points:+g}"
        console.print(Text(f"  {feature.name:13} {points:>12}  {feature.words}"))
    total = "" if any(f.veto for f in comparison.features) else f", {comparison.points:g} points"
    console.print(Text(f"  verdict: {comparison.verdict}{total}"))


def _moves(console: Console, pair: Pair) -> None:
    if not pair.moves:
        return
    what = "would become another entity's" if pair.same else f"would become {pair.names[0]}'s"
    console.print(Text(f"{len(pair.moves)} claims {what}:"))
    for key, document, quote in pair.moves[:_SHOWN]:
        console.print(Text(f"  claim/{key} {document}: “{' '.join(quote.split())}”"))
    if len(pair.moves) > _SHOWN:
        console.print(f"  and {len(pair.moves) - _SHOWN} more")


def review(project: Project, author: str, identities: bool, claims: bool) -> None:
    """Ask about each undecided pair, then about each doubtful claim, until all are answered or the person stops."""
    study = _study(project)
    questions = study.questions() if identities else []
    doubts = study.doubts() if claims else []
    console = Console(stderr=True, soft_wrap=True)
    console.print(f"{len(questions)} undecided pairs, {len(doubts)} doubtful claims.")
    written = 0
    for number, question in enumerate(questions, start=1):
        answer = _ask_pair(console, question, f"{number}/{len(questions)}")
        if answer == "stop":
            return _done(console, written)
        if answer != "skip":
            paths = [side.path for side in question.sides]
            decide(project, answer, paths, {}, author, _reason(), study)
            written += 1
    for number, doubt in enumerate(doubts, start=1):
        answer = _ask_claim(console, doubt, f"{number}/{len(doubts)}")
        if answer == "stop":
            return _done(console, written)
        if answer != "skip":
            decide(project, answer, [f"claim/{doubt.key}"], {}, author, _reason(), study)
            written += 1
    return _done(console, written)


def decide(
    project: Project,
    verb: str,
    targets: Sequence[str],
    more: Mapping[str, object],
    author: str,
    reason: str,
    study: Study | None = None,
) -> Path:
    """Write one decision down; return the file."""
    named = [_target(t) for t in targets]
    what: object = named[0] if len(named) == 1 else named
    signed = {"author": author, "date": f"{datetime.now().astimezone():%Y-%m-%d}", "reason": reason}
    return pipeline.decide(project, study or _study(project), {verb: what, **more, **signed})


def _target(text: str) -> str | dict[str, str]:
    """Return an identifier or a claim as it stands, and DOCUMENT:WORDS as the files of decisions write it."""
    document, colon, words = text.partition(":")
    if colon and "/" not in document:
        return {"document": document, "words": words.strip()}
    return text


def _study(project: Project) -> Study:
    with watching() as watch:
        return pipeline.study(project, watch)


def _ask_pair(console: Console, question: Question, number: str) -> str:
    console.rule(number)
    for side in question.sides:
        _side(console, side)
    _features(console, question.comparison)
    return _answer(
        {"s": "same", "d": "different", "u": "unsure", "n": "skip", "q": "stop"},
        "[s]ame [d]ifferent [u]nsure [n]ext [q]uit",
    )


def _side(console: Console, side: Side) -> None:
    console.print(Text(side.names[0], style="bold"), Text(side.path, style="dim"))
    if others := side.names[1:6]:
        console.print(Text(f"  also: {', '.join(others)}"))
    for document, quote in side.sentences:
        console.print(Text(f"  {document}: “{quote}”"))


def _ask_claim(console: Console, doubt: Doubt, number: str) -> str:
    console.rule(number)
    console.print(Text(f"{doubt.kind}: {', '.join(doubt.arguments)}", style="bold"))
    console.print(Text(f"  {doubt.document}: “{doubt.quote}”"))
    console.print(Text(f"  {doubt.rule}, confidence {doubt.confidence:.2f}, claim/{doubt.key}"))
    return _answer({"a": "accept", "r": "reject", "n": "skip", "q": "stop"}, "[a]ccept [r]eject [n]ext [q]uit")


def _answer(answers: Mapping[str, str], shown: str) -> str:
    while True:
        given = typer.prompt(shown, default="n", show_default=False, err=True).strip().casefold()[:1]
        if given in answers:
            return answers[given]


def _reason() -> str:
    return str(typer.prompt("why", err=True))


def _done(console: Console, written: int) -> None:
    console.print(f"{written} decisions written. `sco-graph build` replays them.")
    sys.stderr.flush()
