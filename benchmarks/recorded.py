"""Corpora of any size whose readings are recorded: documents that were read once, and copies under names of their own.

A copy differs from its original in file name, identifier and hash, and in the names of people and events: all but the
most frequent ones are other words of the same length, so that each place in the text stays where it was. So the number
of entities grows with that of documents, and some recur everywhere, as in news.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from pathlib import Path

from benchmarks import corpus
from sco_graph import pipeline
from sco_graph.cache import Cache, Memos
from sco_graph.claims.extraction import from_json
from sco_graph.mapping import outline
from sco_graph.pipeline.compiling import key_of, linking_version, origin_of
from sco_graph.pipeline.documents import OUTLINE, compile_all
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project, load_project
from sco_graph.read import Source, document_id, find, sources

_SHARED = 20  # of so many names one is the same in all copies: those that are told of most
_WORD = re.compile(rb"[A-Z][a-z]+")
_EVENT = re.compile(rb"(\d+[a-z]{2} SCO )([A-Z][a-z]+)( [A-Z][a-z]+)")
_VOWELS, _CONSONANTS = "aeiou", "bdgklmnrstvz"


@dataclass(frozen=True)
class Recorded:
    """Documents, each with the JSON of what was read from it; and the names that copies change.

    These are the words of people's names, and whole names of events.
    """

    readings: tuple[tuple[Source, bytes], ...]
    people: frozenset[bytes]
    events: frozenset[bytes]


def record(folder: Path, documents: int, workers: int) -> Recorded:
    """Read as many generated documents, in a new project in `folder`."""
    project = load_project(pipeline.init(folder).parent)
    corpus.write(project.documents, documents)
    with Cache(project.state / "cache") as cache:
        compile_all(project, cache, None, Watch(), workers)
        found = find(project.documents, project.exclude)
        given = sources(project.documents, found, project.columns)
        readings = tuple((source, _reading(cache, source, project)) for source in given if isinstance(source, Source))
    people: Counter[bytes] = Counter()
    events: Counter[bytes] = Counter()
    for _, data in readings:
        referents = from_json(data).referents
        people.update({word.encode() for r in referents if r.name and r.type == "person" for word in r.name.split()})
        events.update({found[0] for found in _EVENT.finditer(data)})
    return Recorded(readings, _rare(people), _rare(events))


def write(folder: Path, recorded: Recorded, documents: int) -> None:
    """Make a new project of so many documents in `folder`, whose cache holds what would be read from them."""
    project = load_project(pipeline.init(folder).parent)
    with ExitStack() as stack:
        cache = stack.enter_context(Cache(project.state / "cache"))
        memos = stack.enter_context(Memos(project.state / "cache", linking_version()))
        for source, data in islice(_copies(recorded), documents):
            path = project.documents / source.relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.data)
            origin = origin_of(source, project.pipeline)
            digest = cache.put(key_of(origin), data, source.relative, origin)
            memos.put(OUTLINE, digest, outline.encode(outline.outlined(from_json(data))))


def _reading(cache: Cache, source: Source, project: Project) -> bytes:
    data = cache.get(key_of(origin_of(source, project.pipeline)))
    if data is None:
        raise ValueError(f"{source.relative} was not read")
    return data


def _rare(names: Counter[bytes]) -> frozenset[bytes]:
    return frozenset(name for name, _ in names.most_common()[len(names) // _SHARED :])


def _copies(recorded: Recorded) -> Iterator[tuple[Source, bytes]]:
    """Yield the documents as they are, then again and again with other names, without end."""
    for number in count():
        for source, data in recorded.readings:
            yield _copy(recorded, number, source, data) if number else (source, data)


def _copy(recorded: Recorded, number: int, source: Source, data: bytes) -> tuple[Source, bytes]:
    relative = f"{number:03}/{Path(source.relative).stem}-{number}.md"
    old, new = (f'"{document_id(name)}"'.encode() for name in (source.relative, relative))
    copied = Source(relative, _renamed(recorded, number, source.data))
    data = _renamed(recorded, number, data).replace(old, new).replace(source.relative.encode(), relative.encode())
    return copied, data.replace(source.content_hash.encode(), copied.content_hash.encode())


def _renamed(recorded: Recorded, number: int, text: bytes) -> bytes:
    def person(found: re.Match[bytes]) -> bytes:
        return _other(found[0], number) if found[0] in recorded.people else found[0]

    def event(found: re.Match[bytes]) -> bytes:
        field = _other(found[2], number) if found[0] in recorded.events else found[2]
        return found[1] + field + found[3]

    return _WORD.sub(person, _EVENT.sub(event, text))


@lru_cache(maxsize=1 << 16)
def _other(word: bytes, number: int) -> bytes:
    """Return a word of the same length, another one for each number: with no letter but the case of the first kept."""
    draw = random.Random(f"{word.decode()} {number}")
    letters = (draw.choice((_VOWELS if c in _VOWELS else _CONSONANTS).replace(c, "")) for c in word.decode().lower())
    return "".join(letters).capitalize().encode()
