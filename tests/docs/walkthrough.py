"""Pages whose commands are run: what a page shows is what the program says.

In a ```console block a line `$ command` is run, and the lines up to the next one are what it prints, on stdout and
stderr together; a line `...` there stands for any lines. A block right below a line that ends in "as `NAME`:" is first
written to that file. Of a shell there are only `cd`, `cat`, `ls`, `rm`, `echo $?`, quotes, and lines that end in a
backslash. A command that is not followed by `echo $?` must succeed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"```(\w*)$")
_SAVED = re.compile(r"\bas `([\w./-]+)`:$")
# Ids of generations change with every rule of extraction, and say nothing to a reader.
_GENERATION = re.compile(r"\b[0-9a-f]{16}\b")
_HOME = "/home/you"


@dataclass(frozen=True, slots=True)
class Saved:
    """A block that is written to the file `name`."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and the lines of the page [first, last) that show what it prints."""

    line: str
    shown: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A command that does not print what the page shows."""

    command: Command
    printed: tuple[str, ...]


def blocks(page: str) -> Iterator[tuple[str, int, list[str], str]]:
    """Yield the fenced blocks of `page`: language, number of the first line inside, lines, the line before it."""
    lines = page.split("\n")
    number, before = 0, ""
    while number < len(lines):
        if fence := _FENCE.match(lines[number]):
            end = lines.index("```", number + 1)
            yield fence[1], number + 1, lines[number + 1 : end], before
            number, before = end, ""
        elif lines[number]:
            before = lines[number]
        number += 1


def steps(page: str) -> Iterator[Saved | Command]:
    """Yield what a reader of `page` does, in order."""
    for language, first, lines, before in blocks(page):
        if saved := _SAVED.search(before):
            yield Saved(saved[1], "\n".join(lines) + "\n")
        elif language == "console":
            yield from _commands(lines, first)


def _commands(lines: list[str], first: int) -> Iterator[Command]:
    starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = next(n for n in range(start, end) if not lines[n].endswith("\\")) + 1
        line = " ".join(part.removesuffix("\\").strip() for part in lines[start:last]).removeprefix("$ ")
        yield Command(line, tuple(lines[last:end]), first + last, first + end)


@dataclass
class Reader:
    """Somebody who follows pages in the directory `home`."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    status: int = 0

    def __post_init__(self) -> None:
        self.where = self.home

    def follow(self, page: str) -> list[Difference]:
        """Do all that `page` says; return the commands that print something else."""
        todo = list(steps(page))
        differences = []
        for step, after in zip(todo, [*todo[1:], None], strict=True):
            if isinstance(step, Saved):
                self._path(step.name).parent.mkdir(parents=True, exist_ok=True)
                self._path(step.name).write_text(step.content, encoding="utf-8")
                continue
            printed = self.run(step.line)
            fails_as_told = isinstance(after, Command) and after.line == "echo $?"
            assert self.status == 0 or fails_as_told, f"$ {step.line}\n" + "\n".join(printed)
            if not fits(step.shown, printed):
                differences.append(Difference(step, printed))
        return differences

    def run(self, line: str) -> tuple[str, ...]:
        """Run one command; return the lines it prints."""
        words = shlex.split(line)
        if line == "echo $?":
            status, self.status = self.status, 0
            return (str(status),)
        printed = self._shell(words) if words[0] != "sco-graph" else self._program(words[1:])
        text = printed.replace(str(self.home), _HOME)
        return tuple(part.rstrip() for part in text.removesuffix("\n").split("\n")) if text else ()

    def _shell(self, words: list[str]) -> str:
        self.status = 0
        match words:
            case ["cd", where]:
                self.where = self._path(where)
            case ["cat", name]:
                return self._path(name).read_text(encoding="utf-8")
            case ["ls", *names]:
                return "".join(
                    f"{entry.name}\n" for entry in sorted(self._path(*names).iterdir()) if entry.name[0] != "."
                )
            case ["rm", name]:
                self._path(name).unlink()
            case _:
                raise AssertionError(f"the tests of the pages do not know the command {words[0]!r}")
        return ""

    def _program(self, arguments: list[str]) -> str:
        done = subprocess.run(
            [Path(sys.executable).with_name("sco-graph"), *arguments],
            cwd=self.where,
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.status = done.returncode
        return done.stdout

    def _path(self, name: str = ".") -> Path:
        path = (self.where / name).resolve()
        assert path.is_relative_to(self.home.resolve()), name
        return path


def fits(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Tell whether `printed` is what a page shows, where `...` stands for any lines."""
    pattern = "".join(r"(?:.*\n)?" if line == "..." else re.escape(_plain(line)) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{_plain(line)}\n" for line in printed), re.DOTALL) is not None


def _plain(line: str) -> str:
    return _GENERATION.sub("<generation>", line.rstrip())


def mended(page: str, differences: list[Difference]) -> str:
    """Return `page` with what the commands print; `...` stays, with as many lines before and after it."""
    lines = page.split("\n")
    for difference in reversed(differences):
        command, printed = difference.command, list(difference.printed)
        if "..." in command.shown:
            before = command.shown.index("...")
            after = command.shown[::-1].index("...")
            if len(printed) > before + after:
                printed = [*printed[:before], "...", *printed[len(printed) - after :]]
        lines[command.first : command.last] = printed
    return "\n".join(lines)
