"""Results of work on one document, kept on disk under a key that names all they depend on."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{64}")
_CHECKSUM_BYTES = 32


def key(*parts: str) -> str:
    """Return the key of a result that depends on `parts`, in their order: 64 hexadecimal digits (SHA-256).

    Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") have two keys.
    """
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode()
        sha.update(len(data).to_bytes(8))
        sha.update(data)
    return sha.hexdigest()


class Cache:
    """A directory of results. Any number of processes may use it at once, and it may be deleted at any time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None. An entry that was damaged is deleted, and is None."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except FileNotFoundError:
            return None
        checksum, data = entry[:_CHECKSUM_BYTES], entry[_CHECKSUM_BYTES:]
        if checksum != hashlib.sha256(data).digest():
            path.unlink(missing_ok=True)
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`. Whoever reads at the same time sees all of it or nothing."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(data).digest())
                file.write(data)
            os.replace(temporary, path)  # noqa: PTH105 - both names are in one directory: atomic
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key made by cache.key: {key!r}")
        return self._directory / key[:2] / key
