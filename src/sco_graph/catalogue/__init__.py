"""What a generation holds, listed by kind, counted by facets, and found by names that are spelt differently.

An index in one SQLite file per generation, made from the graph's lines when it is first needed: `<state>/catalogues/`.
`index`, `selecting` and `searching` read it; they are not imported here: who only makes it does not wait for them.
"""

from sco_graph.catalogue.file import is_there, keep, prepare

__all__ = ["is_there", "keep", "prepare"]
