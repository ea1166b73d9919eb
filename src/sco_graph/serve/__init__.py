"""The graph over HTTP: SPARQL 1.1 Protocol (query), a page per entity, stored queries as an API. Read-only."""

from sco_graph.serve.app import app, serve

__all__ = ["app", "serve"]
