"""Questions of identity in the terminal: two names side by side, the walk through what is undecided, decisions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from sco_graph import pipeline
from sco_graph.cli import output
from sco_graph.cli.progress import watching
from sco_graph.errors import DecisionInvalid
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
    """Ask about undecided pairs, claims set aside, and doubtful claims, until all is answered or the person stops."""
    study = _study(project)
    questions = study.questions() if identities else []
    aside, doubts = (study.set_aside(), study.doubts) if claims else ([], [])
    console = Console(stderr=True, soft_wrap=True)
    console.print(f"{len(questions)} undecided pairs, {len(aside)} claims set aside, {len(doubts)} doubtful claims.")
    asked: list[tuple[Callable[[], str], list[str], Doubt | None]] = []
    for number, question in enumerate(questions, start=1):
        ask = partial(_ask_pair, console, question, f"{number}/{len(questions)}")
        asked.append((ask, [side.path for side in question.sides], None))
    for found, put in ((aside, _ask_aside), (doubts, _ask_claim)):
        for number, doubt in enumerate(found, start=1):
            asked.append((partial(put, console, doubt, f"{number}/{len(found)}"), [f"claim/{doubt.key}"], doubt))
    written = 0
    for put_to, targets, on_claim in asked:
        answer = put_to()
        if answer == "stop":
            break
        if answer != "skip":
            written += _write(console, project, study, author, answer, targets, on_claim)
    console.print(f"{written} decisions written. `sco-graph build` replays them.")
    sys.stderr.flush()


def _write(
    console: Console, project: Project, study: Study, author: str, verb: str, targets: Sequence[str], on: Doubt | None
) -> bool:
    """Write an answer down with its reason, a correction `on` a claim with its values; return whether it could be."""
    values = _corrected(on) if on and verb == "correct" else {}
    if verb == "correct" and not values:
        console.print("Nothing is changed, so nothing is written.")
        return False
    try:
        decide(project, verb, targets, {"values": values} if values else {}, author, _reason(), study)
    except DecisionInvalid as error:
        console.print(Text(str(error)))
        return False
    return True


def _corrected(doubt: Doubt) -> dict[str, str]:
    """Ask for the values of a claim; return those that are other than before."""
    given = {name: str(typer.prompt(name, default=value, err=True)).strip() for name, value in doubt.values}
    return {name: value for name, value in given.items() if value != dict(doubt.values)[name]}


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


def _ask_aside(console: Console, doubt: Doubt, number: str) -> str:
    _claim(console, doubt, number)
    for reason in doubt.reasons:
        console.print(Text(f"  set aside: {reason}", style="yellow"))
    return _answer({"c": "correct", "r": "reject", "n": "skip", "q": "stop"}, "[c]orrect [r]eject [n]ext [q]uit")


def _ask_claim(console: Console, doubt: Doubt, number: str) -> str:
    _claim(console, doubt, number)
    return _answer({"a": "accept", "r": "reject", "n": "skip", "q": "stop"}, "[a]ccept [r]eject [n]ext [q]uit")


def _claim(console: Console, doubt: Doubt, number: str) -> None:
    console.rule(number)
    console.print(Text(f"{doubt.kind}: {', '.join(doubt.arguments)}", style="bold"))
    console.print(Text(f"  {doubt.document}: “{doubt.quote}”"))
    console.print(Text(f"  {doubt.rule}, confidence {doubt.confidence:.2f}, claim/{doubt.key}"))


def _answer(answers: Mapping[str, str], shown: str) -> str:
    while True:
        given = typer.prompt(shown, default="n", show_default=False, err=True).strip().casefold()[:1]
        if given in answers:
            return answers[given]


def _reason() -> str:
    return str(typer.prompt("why", err=True))
