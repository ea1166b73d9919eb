"""Generations in stores beyond the embedded one: pushed, verified and asked over the SPARQL 1.1 Protocol.

What such a store holds of a project are the graphs whose names begin with its base, the knowledge (`dialects` says in
which graph), and `<base>graph/push`, in which pushes keep account of what they have done.
"""

from sco_graph.remote.asking import RemoteGeneration, answer, run
from sco_graph.remote.connection import Connection, connect
from sco_graph.remote.patterns import Patterns
from sco_graph.remote.pushing import Pushed, push, register
from sco_graph.remote.streaming import spool
from sco_graph.remote.verifying import Difference, Verdict, verify

__all__ = [
    "Connection",
    "Difference",
    "Patterns",
    "Pushed",
    "RemoteGeneration",
    "Verdict",
    "answer",
    "connect",
    "push",
    "register",
    "run",
    "spool",
    "verify",
]
