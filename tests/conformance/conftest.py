"""A server to try the protocol with: the one that the server's own tests use."""

from serve.conftest import client, root, server, start

__all__ = ["client", "root", "server", "start"]
