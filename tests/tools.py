"""What tests need besides Python: where it is missing they are skipped, but not in CI, which must have all of it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test for want of a tool, or fail it in CI; `what` says which, and where it comes from."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs it: {what}")
    pytest.skip(what)
