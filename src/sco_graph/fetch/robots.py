"""What sites allow programs to fetch: robots.txt, RFC 9309, with the Crawl-delay that many add."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 << 10
"""How much of a robots.txt is read (RFC 9309 §2.5)."""

NAME = "sco-graph"
"""The product token that robots.txt can name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site allows: by its `rules`, or nothing for a `reason`."""

    rules: Protego | None = None
    reason: str | None = None

    def refusal(self, url: str) -> str | None:
        """Return why `url` may not be fetched, or None."""
        if self.reason:
            return self.reason
        return None if self.rules is None or self.rules.can_fetch(url, NAME) else "robots.txt forbids it"

    @property
    def delay(self) -> float:
        """How many seconds the site wants between two requests."""
        return float((self.rules and self.rules.crawl_delay(NAME)) or 0)


def parse(status: int, data: bytes) -> Rules:
    """Return the rules that a robots.txt gives which came with `status`.

    No such file allows everything, and a server that fails nothing (RFC 9309 §2.3.1).
    """
    if status == 200:
        return Rules(Protego.parse(data[:MAX_BYTES].decode("utf-8", "replace")))
    if status == 429 or status >= 500:
        return Rules(reason=f"its robots.txt cannot be had: status {status}")
    return Rules()
