"""Mapping: claims and entities -> quads, exactly as in MODEL.md. No blank nodes.

Each document is mapped by itself (`document`). What its quads depend on beyond what it says itself, such as whether
what it plans has happened by another's account, is gathered from the outlines of all documents (`outline`, `bearings`).
"""

from sco_graph.mapping.bearings import Account, Bearings, Told, account, titles_of
from sco_graph.mapping.document import (
    DocumentMapper,
    Extractor,
    Surroundings,
    activity_quads,
    classes_of,
    membership_path,
    participation_path,
    post_held,
)
from sco_graph.mapping.outline import Outline, loose_times, outlined

__all__ = [
    "Account",
    "Bearings",
    "DocumentMapper",
    "Extractor",
    "Outline",
    "Surroundings",
    "Told",
    "account",
    "activity_quads",
    "classes_of",
    "loose_times",
    "membership_path",
    "outlined",
    "participation_path",
    "post_held",
    "titles_of",
]
