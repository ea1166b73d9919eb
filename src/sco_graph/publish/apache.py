"""Rules for the Apache HTTP Server 2.4, as .htaccess files: for the host of the site, and for that of the identifiers.

mod_rewrite and mod_setenvif are needed, mod_headers is used if it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sco_graph.publish.accepting import FULL, NEGOTIATED, NOTHING, RANGES, asked, chosen, fits
from sco_graph.publish.resources import Form
from sco_graph.publish.served import HEADERS, TYPES, Moved

_SUFFIXES = "|".join(Form)
_PREFERENCES = "".join(f"%{{ENV:sco_{form}}}" for form in NEGOTIATED)
# Patterns see paths unescaped; a "?" in one would begin a query in the address that it is turned into.
_PART = "([^/?]+)"
_THINGS = ((f"^id/{_PART}/{_PART}$", "id/$1/$2"), (f"^claim/{_PART}$", "claim/$1"))
_ONTOLOGY = "^ontology(?:/[0-9][0-9.]*)?$"


def site(home: str, retired: Sequence[Moved]) -> str:
    """Return the .htaccess of the site itself, whose path on its host is `home`."""
    return _lines(
        "# For the Apache HTTP Server 2.4, in the folder of the site (AllowOverride FileInfo Indexes Options).",
        "Options -MultiViews",
        "DirectoryIndex index.html",
        "DirectorySlash Off",
        f"ErrorDocument 404 {home}404.html",
        *_types(),
        *_headers(),
        *_preferences(),
        "RewriteEngine On",
        "RewriteCond %{REQUEST_FILENAME} -f",
        "RewriteRule ^ - [L]",
        *_retired(home, retired),
        *_negotiated(home, "RewriteCond %{REQUEST_FILENAME}.html -f"),
        *([f"RewriteRule ^\\.well-known/void$ {home}void.ttl [R=302,L]"] if home == "/" else []),
        "RewriteCond %{REQUEST_FILENAME}.html -f",
        "RewriteRule ^(.+)$ $1.html [L]",
    )


def elsewhere(base: str, url: str, retired: Sequence[Moved]) -> str:
    """Return the .htaccess for the host of the identifiers, which begin with `base`; the site is at `url`."""
    return _lines(
        "# For the host of the identifiers, such as w3id.org: it leads from these to the site.",
        *_headers(("Access-Control-Allow-Origin", "Vary")),
        *_preferences(),
        "RewriteEngine On",
        f"RewriteRule ^id/{_PART}/{_PART}\\.({_SUFFIXES})$ {url}id/$1/$2.$3 [R=302,L]",
        f"RewriteRule ^claim/{_PART}\\.({_SUFFIXES})$ {url}claim/$1.$2 [R=302,L]",
        *_retired(base, retired),
        *_negotiated(url),
        f"RewriteRule ^(.*)$ {url}$1 [R=302,L]",
    )


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _types() -> Iterator[str]:
    for media_type, suffixes in TYPES.items():
        yield f"AddType {media_type} {' '.join(f'.{suffix}' for suffix in suffixes)}"
    yield "AddCharset utf-8 .html .css .js .txt .cff .ttl"
    # A compressed file is what is asked for, not a way to send another.
    yield "RemoveEncoding .gz .zst"


def _headers(names: Iterable[str] = tuple(HEADERS)) -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    for name in names:
        yield f'Header always {"merge" if name == "Vary" else "set"} {name} "{HEADERS[name]}"'
    yield "</IfModule>"


def _preferences() -> Iterator[str]:
    """Yield what reads the Accept header into a variable for each form; later lines stand over earlier ones."""
    every = list(NEGOTIATED)
    yield f'SetEnvIf Request_Method "^" {_set(every, NOTHING)}'
    yield f'SetEnvIf Accept "^$" {_set(every, FULL)}'
    for media_range in RANGES:
        yield from _preferring(media_range, [form for form in every if fits(media_range, form)])
    for form, kinds in NEGOTIATED.items():
        for kind in reversed(kinds):
            yield from _preferring(kind, [form])


def _preferring(media_range: str, forms: Sequence[Form]) -> Iterator[str]:
    for pattern, level in reversed(list(asked(media_range))):
        yield f'SetEnvIfNoCase Accept "{pattern}" {_set(forms, level or "$1")}'


def _set(forms: Iterable[Form], level: str) -> str:
    return " ".join(f"sco_{form}={level}" for form in forms)


def _retired(target: str, retired: Sequence[Moved]) -> Iterator[str]:
    for move in retired:
        if move.to is None:
            yield f"RewriteRule ^{re.escape(move.path)}$ - [G]"
        else:
            yield f"RewriteRule ^{re.escape(move.path)}$ {target}{move.to} [R=301,NE,L]"


def _negotiated(target: str, condition: str | None = None) -> Iterator[str]:
    for form, preferences in chosen():
        for pattern, path in _THINGS:
            yield from [condition] if condition else []
            yield f'RewriteCond "{_PREFERENCES}" "{preferences}"'
            yield f"RewriteRule {pattern} {target}{path}.{form} [R=303,L]"
        yield f'RewriteCond "{_PREFERENCES}" "{preferences}"'
        yield f"RewriteRule {_ONTOLOGY} {target}ontology.{form} [R=303,L]"
    for pattern in (*(pattern for pattern, _ in _THINGS), _ONTOLOGY):
        # What no form suits has got here; what does not exist at all is not found.
        yield from [condition] if condition else []
        yield f"RewriteRule {pattern} - [R=406,L]"
