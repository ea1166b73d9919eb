"""How an answer is cited: the question, the generation that answered, and an address that stays the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal

from sco_graph.publish import base_of
from sco_graph.query import Source
from sco_graph.rdf import DCTERMS
from sco_graph.serve.asking import Asked

# What TeX reads as more than a sign (The TeXbook, chapter 7), and what it is written as.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """An answer as it is cited: a line of `text`, an entry of a `bibtex` file, and its permanent `address`."""

    text: str
    bibtex: str
    address: str


def citation(asked: Asked, site_name: str) -> Citation:
    """Return how the answer is cited.

    The date is that of the generation's newest document, since nothing in a generation tells when it was built. The
    address lies under the base of the identifiers: wherever these lead, it does.
    """
    generation, title = asked.generation, asked.stored.summary or asked.stored.name
    day = newest_document(generation)
    address = f"{base_of(generation)}queries/{asked.stored.name}?{asked.permanent}"
    given = "; ".join(f"{name}: {value}" for name, value in sorted(asked.values.items()))
    question = f"{title} ({given})" if given else title
    until = f"documents up to {day}, " if day else ""
    fields = {
        "title": _tex(question),
        "howpublished": _tex(site_name),
        **({"year": day[:4]} if day else {}),
        "note": _tex(f"{until}generation {generation.id}"),
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", address),
    }
    entry = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(
        text=f"“{title}”{f' ({given})' if given else ''}. {site_name}, {until}generation {generation.id}. {address}",
        bibtex=f"@misc{{{asked.stored.name}-{generation.id},\n{entry}\n}}\n",
        address=address,
    )


@lru_cache(maxsize=8)
def newest_document(generation: Source) -> str:
    """Return the date of the newest document of a generation, ISO 8601, or nothing if none has one."""
    quads = generation.store().quads_for_pattern(None, DCTERMS.issued, None, DefaultGraph())
    return max((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")


def _tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in words)
