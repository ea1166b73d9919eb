"""What pages are laid out and made handy with: style sheets, scripts and icons, by file name.

Those that come from npm are made by `make web` into `assets/built`, and are missing where that did not run: the
pages do without them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"
BUILT = FOLDER / "built"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}


@lru_cache(maxsize=1)
def assets() -> dict[str, bytes]:
    """Return all files that pages may load, by their names below `assets/`."""
    files = [path for folder in (FOLDER, BUILT) if folder.is_dir() for path in sorted(folder.iterdir())]
    return {path.name: path.read_bytes() for path in files if path.suffix in MEDIA_TYPES}
