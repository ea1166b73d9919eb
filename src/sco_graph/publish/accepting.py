"""Content negotiation as regular expressions, for web servers that know nothing else (RFC 9110 §12.5.1).

A preference is one character: A for full quality, else the first decimal of `q`, and 0 for what is refused. The
preferences for all forms, one behind the other, are what the best form is chosen by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_graph.publish.resources import Form

_ALIASES = {Form.HTML: ("application/xhtml+xml",), Form.JSONLD: ("application/json",)}

NEGOTIATED: dict[Form, tuple[str, ...]] = {
    form: (form.media_type.partition(";")[0], *_ALIASES.get(form, ())) for form in Form if form is not Form.TEXT
}
"""The forms that are negotiated, the first of equals preferred, with the media types that ask for each."""

RANGES = ("*/*", "text/*", "application/*")
"""The media ranges that name no type, each taking precedence over those before it where it fits."""

FULL = "A"
NOTHING = "0"


def asked(media_range: str) -> Iterator[tuple[str, str | None]]:
    """Yield patterns for an Accept header that has `media_range`, with the preference that each tells.

    The first that matches decides; None stands for the one group of the pattern. Case does not matter.
    """
    start = rf"(?:^|,)\s*{re.escape(media_range)}\s*"
    yield rf"{start};(?:[^,]*;)?\s*q=0\.([0-9])", None
    yield rf"{start};(?:[^,]*;)?\s*q=0", NOTHING
    yield rf"{start}(?:[;,]|$)", FULL


def fits(media_range: str, form: Form) -> bool:
    """Tell whether the media type of `form` is in `media_range`; its other names count in full only."""
    return media_range in {"*/*", form.media_type.partition("/")[0] + "/*"}


def chosen() -> Iterator[tuple[Form, str]]:
    """Yield each form with the pattern of the preferences by which it is the best; none matches if all are refused."""
    for place, form in enumerate(NEGOTIATED):
        after = len(NEGOTIATED) - place - 1
        cases = [_below(level) * place + level + _upto(level) * after for level in (FULL, *map(str, range(9, 0, -1)))]
        yield form, f"^(?:{'|'.join(cases)})$"


def _upto(level: str) -> str:
    return "[0-9A]" if level == FULL else f"[0-{level}]"


def _below(level: str) -> str:
    return "[0-9]" if level == FULL else f"[0-{int(level) - 1}]"
