"""The components of a spaCy pipeline, each run in the way that costs least. What they say is what spaCy says.

Measured with the medium English pipeline of spaCy 3.8, half of the time goes into what no answer needs: products of
matrices by a slower library than numpy's, a lock that is taken and given back several times for each word that is read
for names, and rules on words that are tried anew for each occurrence of a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.pipeline.transition_parser import Parser
from spacy.tokens._retokenize import set_token_attrs
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language

Stage = Callable[[list[Any]], Iterable[Any]]

_TOGETHER = 32
"""Texts that a transition parser reads at once, word after word."""

_READ = frozenset(("ORTH", "TEXT", "LOWER", "NORM", "TAG", "DEP", "POS", "LEMMA", "IS_SPACE"))
"""The attributes on which rules for single words may depend, and be remembered."""

_WRITTEN = frozenset(("TAG", "POS", "MORPH", "LEMMA", "DEP"))
"""The attributes that are of one occurrence of a word alone."""

_MOST_REMEMBERED = 100_000


class Components:
    """The components of a pipeline, in their order."""

    def __init__(self, language: Language) -> None:
        """Take the components of `language`, which is changed: its products of matrices are numpy's from now on."""
        self._language = language
        self._threads = ThreadpoolController()
        for _, component in language.pipeline:
            _multiply_by_numpy(component)
        self._stages = [_stage(component) for _, component in language.pipeline]

    def read(self, texts: Iterable[str]) -> list[Any]:
        """Return the documents (spacy.tokens.Doc) of `texts`, which are read at once, in their order."""
        docs = [self._language.make_doc(text) for text in texts]
        # Of several threads, each would take a part of a matrix: in parts of another number, sums are rounded otherwise.
        with self._threads.limit(limits=1, user_api="blas"):
            for stage in self._stages:
                docs = list(stage(docs))
        return docs


def _multiply_by_numpy(component: Any) -> None:
    model = getattr(component, "model", None)
    if isinstance(model, Model):
        ops = NumpyOps(use_blis=False)
        for node in model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops


def _stage(component: Any) -> Stage:
    if isinstance(component, Parser) and component.cfg["beam_width"] == 1:
        return _Transitions(component)
    if isinstance(component, AttributeRuler) and _depends_on_words(component):
        return _Rules(component)
    if hasattr(component, "pipe"):
        return lambda docs: component.pipe(docs, batch_size=len(docs))
    return lambda docs: map(component, docs)


class _Transitions:
    """A greedy transition parser, stepped from here.

    Its own loop gives Python's global lock back, and then the compiled code takes it for every look at a word. The loop
    here does the same steps and holds the lock.
    """

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    def __call__(self, docs: list[Any]) -> list[Any]:
        # Documents of one length are done at one time.
        ordered = sorted(docs, key=len)
        for first in range(0, len(ordered), _TOGETHER):
            together = ordered[first : first + _TOGETHER]
            self._parser.set_annotations(together, self._predict(together))
        return docs

    def _predict(self, docs: Sequence[Any]) -> list[Any]:
        states: list[Any] = self._parser.moves.init_batch(docs)
        under_way = [state for state in states if not state.is_final()]
        if under_way:
            model = self._parser.model.predict(docs)
            while under_way:
                under_way = self._parser.transition_states(under_way, model.predict(under_way))
            model.clear_memory()
        return states


class _Rules:
    """The rules of an attribute ruler. Those on a single word are tried once for each different word."""

    def __init__(self, ruler: Any) -> None:
        self._ruler = ruler
        self._attributes = sorted({name for pattern in _patterns(ruler) if len(pattern) == 1 for name in pattern[0]})
        self._longer = Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            longer = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if longer:
                self._longer.add(str(number), longer)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, docs: list[Any]) -> list[Any]:
        for doc in docs:
            self._apply(doc)
        return docs

    def _apply(self, doc: Any) -> None:
        found = [self._rules(doc, at, row) for at, row in enumerate(doc.to_array(self._attributes).tolist())]
        for number, first, end in _matches(self._longer, doc):
            at = range(first, end)[self._ruler.indices[number]]
            found[at] = tuple(sorted((*found[at], number)))
        # What all say is found before any of it is set; later rules have precedence.
        for token, numbers in zip(doc, found, strict=True):
            for number in numbers:
                set_token_attrs(token, self._ruler.attrs[number])

    def _rules(self, doc: Any, at: int, row: list[int]) -> tuple[int, ...]:
        key = tuple(row)
        if key not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            alone = _matches(self._ruler.matcher, doc[at : at + 1])
            self._known[key] = tuple(sorted({number for number, _, _ in alone}))
        return self._known[key]


def _matches(matcher: Any, words: Any) -> list[tuple[int, int, int]]:
    """Return the number of each rule that matches, with the first of its words and the one behind them."""
    strings = matcher.vocab.strings
    return [(int(strings[name]), first, end) for name, first, end in matcher(words, allow_missing=True)]


def _patterns(ruler: Any) -> list[Any]:
    return [pattern for rule in ruler.patterns for pattern in rule["patterns"]]


def _depends_on_words(ruler: Any) -> bool:
    """Whether rules depend on the attributes that are looked at here, and change nothing beside their word."""
    read = {name for pattern in _patterns(ruler) for word in pattern for name in word}
    written = {name for rule in ruler.patterns for name in rule["attrs"]}
    return read <= _READ and written <= _WRITTEN
