"""The graph over HTTP: SPARQL 1.1 Protocol (query), a page per entity, stored queries as an API. Read-only."""

from sco_graph.serve.app import app
from sco_graph.serve.process import serve
from sco_graph.serve.settings import Settings

__all__ = ["Settings", "app", "serve"]
