"""What a generation holds, listed by kind, counted by facets, and found by names that are spelt differently.

An index in one SQLite file per generation, made from the graph's lines when it is first needed: `<state>/catalogues/`.
"""

from sco_graph.catalogue.file import prepare
from sco_graph.catalogue.folding import ROMANISATION, plain, tokens
from sco_graph.catalogue.index import Catalogue, Item, catalogue
from sco_graph.catalogue.kinds import FACETS, KINDS, SORTS
from sco_graph.catalogue.searching import Hit, search, suggestion
from sco_graph.catalogue.selecting import Choice, Facet, Listing, Selection, choices, listing, unknown

__all__ = [
    "FACETS",
    "KINDS",
    "ROMANISATION",
    "SORTS",
    "Catalogue",
    "Choice",
    "Facet",
    "Hit",
    "Item",
    "Listing",
    "Selection",
    "catalogue",
    "choices",
    "listing",
    "plain",
    "prepare",
    "search",
    "suggestion",
    "tokens",
    "unknown",
]
