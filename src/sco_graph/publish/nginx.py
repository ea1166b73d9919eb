"""Rules for nginx: maps for its `http` part, and locations for the `server` that has the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sco_graph.publish.accepting import FULL, NEGOTIATED, NOTHING, RANGES, asked, chosen, fits
from sco_graph.publish.served import HEADERS, TYPES, Moved

_RANGE_NAMES = dict(zip(RANGES, ("sco_any", "sco_text", "sco_application"), strict=True))

_THING = (
    "if ($sco_moved) { return 301 $sco_moved; }",
    "if ($sco_gone) { return 410; }",
    "try_files $uri @sco_thing;",
)
_NEGOTIATED_THING = (
    "if (!-f $document_root$uri.html) { return 404; }",
    'if ($sco_form = "") { return 406; }',
    "return 303 $sco_path.$sco_form;",
)


def http(home: str, retired: Sequence[Moved]) -> str:
    """Return the maps, to be included in `http`; `home` is the path of the site on its host."""
    lines = [
        "# For nginx, to be included in the `http` part.",
        # What comes from a request stays escaped as it came, so that it cannot write headers.
        *_map("$request_uri", "$sco_path", ['"~^([^?#]*)" $1;']),
    ]
    for media_range, name in _RANGE_NAMES.items():
        less = NOTHING if media_range == RANGES[0] else f"${_RANGE_NAMES[RANGES[0]]}"
        empty = [f'"" {FULL};'] if media_range == RANGES[0] else []
        lines += _map("$http_accept", f"${name}", [f"default {less};", *empty, *_cases(media_range, name)])
    for form, kinds in NEGOTIATED.items():
        less = max((media_range for media_range in RANGES if fits(media_range, form)), key=RANGES.index)
        cases = [case for kind in kinds for case in _cases(kind, f"sco_{form}")]
        lines += _map("$http_accept", f"$sco_{form}", [f"default ${_RANGE_NAMES[less]};", *cases])
    preferences = "".join(f"$sco_{form}" for form in NEGOTIATED)
    lines += _map(f'"{preferences}"', "$sco_form", ['default "";', *(f'"~{p}" {form};' for form, p in chosen())])
    lines += _map("$uri", "$sco_moved", ['default "";', *_moved(home, retired)])
    lines += _map("$uri", "$sco_gone", ['default "";', *(f"{_exactly(home, m)} 1;" for m in retired if m.to is None)])
    return "\n".join(lines) + "\n"


def server(home: str) -> str:
    """Return the locations, to be included in a `server` whose `root` has the site at the path `home`."""
    start = re.escape(home)
    return (
        "\n".join(
            [
                "# For nginx, to be included in a `server` whose `root` holds the site at its path.",
                "absolute_redirect off;",
                "charset utf-8;",
                "charset_types text/html text/css text/javascript text/plain text/turtle;",
                *_block("types", (f"{media_type} {' '.join(suffixes)};" for media_type, suffixes in TYPES.items())),
                f"error_page 404 {home}404.html;",
                *_headers(),
                *_block(f"location {home}", ["try_files $uri $uri.html ${uri}index.html =404;"]),
                *_block(
                    f'location ~ "^{start}(?:id/[^/]+|claim)/[^/]+$"',
                    _THING,
                ),
                *_block(
                    "location @sco_thing",
                    _NEGOTIATED_THING,
                ),
                *_block(
                    f'location ~ "^{start}ontology(?:/[0-9][0-9.]*)?$"',
                    ['if ($sco_form = "") { return 406; }', f"return 303 {home}ontology.$sco_form;"],
                ),
                *_block("location = /.well-known/void", [f"return 302 {home}void.ttl;"]),
            ]
        )
        + "\n"
    )


def _block(head: str, lines: Iterator[str] | Sequence[str]) -> list[str]:
    return [f"{head} {{", *(f"    {line}" for line in lines), "}"]


def _map(source: str, target: str, lines: Sequence[str]) -> list[str]:
    return _block(f"map {source} {target}", lines)


def _cases(media_range: str, name: str) -> Iterator[str]:
    for pattern, level in asked(media_range):
        named = pattern.replace("([0-9])", f"(?<{name}_q>[0-9])")
        yield f'"~*{named}" {level or f"${name}_q"};'


def _moved(home: str, retired: Sequence[Moved]) -> list[str]:
    return [f"{_exactly(home, move)} {home}{move.to};" for move in retired if move.to is not None]


def _exactly(home: str, move: Moved) -> str:
    # A pattern, since the table of plain values has a size that only the host's own configuration may raise.
    return f'"~^{re.escape(home + move.path)}$"'


def _headers() -> list[str]:
    return [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
