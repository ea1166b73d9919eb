"""Results that can be had again, kept on disk: what documents say (`Cache`), and what follows from it (`Memos`).

Both lie in one directory that may be deleted at any time. What is kept is kept under a key that names all that it
depends on, so that nothing in it can be out of date; it is compressed, and carries a checksum.
"""

from sco_graph.cache.file import refused
from sco_graph.cache.memos import Memos, kept
from sco_graph.cache.results import KEPT, Cache, Made, key

__all__ = ["KEPT", "Cache", "Made", "Memos", "kept", "key", "refused"]
