"""The bytes that a document is made of, wherever they lie."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of a collection, by its path `relative` to the documents directory; and its sidecar's bytes.

    The suffix of `relative` names the format.
    """

    relative: str
    data: bytes
    sidecar: bytes | None = None

    @property
    def content_hash(self) -> str:
        """The SHA-256 over the file's bytes and its sidecar's, each preceded by its length, in hexadecimal."""
        sha = hashlib.sha256()
        for part in (self.data,) if self.sidecar is None else (self.data, self.sidecar):
            sha.update(len(part).to_bytes(8))
            sha.update(part)
        return sha.hexdigest()
