"""Names made comparable: what is left of them when spelling habits are taken away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sco_graph.rdf import without_diacritics

_SPELLINGS = (
    ("organisation", "organization"),
    ("centre", "center"),
    ("programme", "program"),
    ("defence", "defense"),
)
_ARTICLES = {"the"}
_LITTLE = {"of", "the", "for", "on", "in", "at", "and", "a", "an", "to"}
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINALS = {word: f"{number}" for number, word in enumerate(ORDINAL_WORDS, start=1)}
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_GENITIVE = re.compile(r"[’'`]s\b")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=262_144)
def normalise(name: str) -> str:
    """Return `name` in lower case, without diacritics, punctuation, articles and spelling variants.

    >>> normalise("The SCO Centre's “Secretariat”")
    'sco center secretariat'
    """
    text = _GENITIVE.sub("", unicodedata.normalize("NFKC", name).casefold())
    text = text.replace("'", "") if text.isascii() else without_diacritics(text)
    for old, new in _SPELLINGS:
        text = text.replace(old, new)
    return " ".join(w for w in _WORD.findall(text) if w not in _ARTICLES)


def event_words(name: str) -> tuple[str, ...]:
    """Return the telling words of an event's name, sorted, ordinals as numbers and the SCO by its abbreviation.

    >>> event_words("24th Meeting of the Council of Heads of State of the SCO")
    ('24', 'council', 'heads', 'meeting', 'sco', 'state')
    """
    text = normalise(name).replace("shanghai cooperation organization", "sco")
    words = {_ORDINALS.get(w, ORDINAL.sub(r"\1", w)) for w in text.split()}
    return tuple(sorted(words - _LITTLE))
