"""What a generation holds, listed by kind, counted by facets, and found by names that are spelt differently.

An index in one SQLite file per generation, made from the graph's lines: `<state>/catalogues/`. `index`, `selecting` and
`searching` read it; they are not imported here, so that a build with nothing to do need not wait for them.
"""

from sco_graph.catalogue.file import prepare

__all__ = ["prepare"]
