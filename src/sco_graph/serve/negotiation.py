"""Which of the offered media types a request prefers (RFC 9110 §12.5.1), and whether it has the answer already."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+")


def best(accept: str | None, offers: Sequence[str], aliases: Sequence[str] = ()) -> str | None:
    """Return the offer with the highest quality, the first of equals, or None if none is acceptable.

    No header, or an empty one, accepts anything. Where several ranges match an offer, the most specific decides.
    Elements that are no media range are passed over; parameters other than `q` do not narrow a range here.
    `aliases` are offered to those only who name them in full.

    >>> best("text/*;q=0.5, text/html", ["text/turtle", "text/html"])
    'text/html'
    """
    if not (accept or "").strip():
        return offers[0]
    ranges = _ranges(accept or "")
    rated = [_quality(offer, ranges) for offer in offers] + [ranges.get(alias, 0.0) for alias in aliases]
    quality, _, offer = max((rated[n], -n, offer) for n, offer in enumerate((*offers, *aliases)))
    return offer if quality > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for element in accept.lower().split(","):
        media_range, *parameters = (part.strip() for part in element.split(";"))
        if not _RANGE.fullmatch(media_range):
            continue
        quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        if _QUALITY.fullmatch(quality):
            found[media_range] = max(float(quality), found.get(media_range, 0.0))
    return found


def _quality(offer: str, ranges: dict[str, float]) -> float:
    for media_range in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0


def has_it(if_none_match: str | None, etag: str) -> bool:
    """Tell whether a request's If-None-Match names `etag`, by weak comparison (RFC 9110 §13.1.2)."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags
