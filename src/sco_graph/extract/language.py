"""The language pipeline: text -> sentences of tokens, and the names it believes to see. spaCy lives here alone."""

from __future__ import annotations

import gc
import importlib
import re
import warnings
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sco_graph.errors import ScoGraphError
from sco_graph.extract.components import Components
from sco_graph.extract.segment import Block
from sco_graph.model import BlockKind, Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 64  # blocks: most documents have fewer, and what is read at once shares steps
_MOST_CHARACTERS = 100_000
"""Of a batch: the parser needs some 10 kB of memory a token."""
_LONGEST = 1_000
"""Tokens of a sentence. Rules compare the words of a sentence with each other; a longer one, which is a list of
thousands or has lost its full stops, is cut behind a comma, so that the time remains in proportion to the text."""
_NEED_LABELS = frozenset(("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"))
"""Components that need of the strings that come with a model none but their labels. With vectors come those of all words
that have one, some 700,000: to load them takes longer than all the rest, and 130 MB in each process."""
_NAMES = ("ORTH", "LEMMA", "TAG", "DEP", "POS")
_NUMBERS = ("HEAD", "SENT_START", "IS_SPACE", "IDX")
_CLOSING = re.compile(r"[.!?:…。！？][\"”»'’)\]]*$|\n")
_CLOSERS = frozenset(("”", '"', "»", "'", "’", ")", "]", "''"))
_INITIAL = re.compile(
    r"(?:(?:[A-Z]|[SCZK]h|Dz)\.|(?:[A-Z][a-z]?\.)+|Mr\.|Mrs\.|Ms\.|Dr\.|Prof\.|Hon\.|St\.|No\.|Gen\.|Amb\.|Lt\.|Col\.|Maj\.|Brig\.|Capt\.|Eng\.|Rev\.|Sen\.|Gov\.|Rep\.)$"
)
_SHORT_NAME = re.compile(r"[A-Z][a-z]\.")
_OPENERS = frozenset(
    "the a an this that these those he she it they his her their both also in on at during after before following earlier"
    " later according as when while under for with speaking addressing among".split()
)
"""Words that open a sentence, and are no name: "held talks with Wang Yi. The meeting ..."."""


class PipelineMissing(ScoGraphError):
    """The spaCy pipeline that sco-graph.toml names is not installed."""

    code = "pipeline-missing"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not an installed spaCy pipeline. Install it, or mend [language] pipeline.")


class NameSpan(Struct, frozen=True):
    """Words that the pipeline takes for a name; `label` is one of its own (PERSON, ORG, GPE, ...)."""

    start: int
    end: int
    label: str


class Parse(Struct, frozen=True):
    """The sentences of a document, and the names that the pipeline sees in them, in the order of the text."""

    sentences: tuple[Sentence, ...]
    names: tuple[NameSpan, ...]


class Pipeline:
    """A loaded spaCy pipeline with a tagger, a parser, a lemmatizer and a name recogniser."""

    def __init__(self, name: str) -> None:
        """Load the installed pipeline `name`. Raises PipelineMissing."""
        self._language = load(name)
        self._components = Components(self._language)
        meta = self._language.meta
        # The model stays for good: a search for garbage in all of it costs more than many a document.
        gc.collect()
        gc.freeze()
        self.version = f"{meta['lang']}_{meta['name']} {meta['version']}"

    def parse(self, blocks: Sequence[Block]) -> Parse:
        """Return the sentences of `blocks`; all offsets are those of the document."""
        sentences: list[Sentence] = []
        names: list[NameSpan] = []
        parsed: Iterator[Any] = chain.from_iterable(
            self._components.read(b.clean for b in batch) for batch in _batches([b for b in blocks if _is_read(b)])
        )
        strings = _Strings(self._language.vocab.strings)
        for block in blocks:
            doc = next(parsed) if _is_read(block) else self._language.make_doc(block.clean)
            sentences += _sentences(block, doc, strings)
            names += (
                NameSpan(block.offset(e.start_char), block.offset(e.end_char - 1) + 1, e.label_) for e in doc.ents
            )
        return Parse(tuple(sentences), tuple(names))


def load(name: str) -> Language:
    """Return the installed pipeline `name` as spaCy runs it. Raises PipelineMissing."""
    with warnings.catch_warnings():
        # The 3.7 weights load on spaCy 3.8 with W095; the design record says why that is sound.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            package = importlib.import_module(name)
        except ImportError as error:
            raise PipelineMissing(name) from error
        whole = not _factories(package) <= _NEED_LABELS
        language: Language = package.load(exclude=["senter"] if whole else ["senter", "strings"])
    if not whole:
        for _, component in language.pipeline:
            for label in getattr(component, "labels", ()):
                language.vocab.strings.add(label)
    return language


def _factories(package: Any) -> set[str]:
    """Return what the components of a pipeline are made by; "" stands for another pipeline."""
    from spacy import util

    folder = Path(package.__file__).parent
    meta = util.get_model_meta(folder)
    config = util.load_config(folder / f"{meta['lang']}_{meta['name']}-{meta['version']}" / "config.cfg")
    return {component.get("factory", "") for component in config["components"].values()}


def _is_read(block: Block) -> bool:
    """Whether rules read the block: of page furniture the words alone are kept."""
    return block.kind is not BlockKind.FURNITURE


def _batches(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield the blocks in batches that fit into memory."""
    first = size = 0
    for number, block in enumerate(blocks):
        if number - first == _BATCH or (number > first and size + len(block.clean) > _MOST_CHARACTERS):
            yield blocks[first:number]
            first, size = number, 0
        size += len(block.clean)
    yield blocks[first:]


class _Strings(dict[int, str]):
    """The strings of spaCy's store by their hashes: each is decoded once in a document, not once a word."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __missing__(self, number: int) -> str:
        found: str = self._store[number]
        self[number] = found
        return found


def _sentences(block: Block, doc: Any, strings: _Strings) -> Iterator[Sentence]:
    # Columns of numbers: to ask spaCy for every property of every token takes three times as long.
    texts, lemmas, tags, deps, parts = ([strings[n] for n in column] for column in doc.to_array(_NAMES).T.tolist())
    heads, opens, spaces, places = doc.to_array(_NUMBERS).astype("int64").T.tolist()
    origin = block.origin
    starts = [block.start + origin[at] for at in places]
    ends = [block.start + origin[at + len(text) - 1] + 1 for at, text in zip(places, texts, strict=True)]
    for first, last in _spans(texts, opens):
        numbers = [n for n in range(first, last) if not spaces[n]]
        if not numbers:
            continue
        index = {n: place for place, n in enumerate(numbers)}
        tokens = tuple(
            Token(
                texts[n], starts[n], ends[n], lemmas[n], parts[n], tags[n], index.get(n + heads[n], index[n]), deps[n]
            )
            for n in numbers
        )
        start, end = tokens[0].start, tokens[-1].end
        yield Sentence(
            start,
            end,
            block.source[start - block.start : end - block.start],
            tokens,
            block=block.kind,
            paragraph=block.number,
        )


def _spans(texts: Sequence[str], opens: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the parser's sentences, joined where it cuts without a full stop or after an initial."""
    first = 0
    for end in range(1, len(texts) + 1):
        if end < len(texts) and opens[end] != 1:
            continue
        last, before = texts[end - 1], texts[end - 2] if end > first + 1 else ""
        if last in _CLOSERS and before:  # a quotation or bracket closes a sentence only behind its stop
            last = before
        initial = before + "." if last == "." and before else last
        named = _SHORT_NAME.fullmatch(initial) and end < len(texts) and texts[end].lower() in _OPENERS
        if end == len(texts) or (_CLOSING.search(last) and (named or not _INITIAL.match(initial))):
            yield from _cut(texts, first, end)
            first = end


def _cut(texts: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield tokens `first` to `end` in parts of a bearable length, each but the last ending with a comma if it has one."""
    while end - first > _LONGEST:
        full = range(first + _LONGEST - 1, first + _LONGEST // 2, -1)
        last = next((n for n in full if texts[n] in (",", ";")), first + _LONGEST - 1)
        yield first, last + 1
        first = last + 1
    if first < end:
        yield first, end
