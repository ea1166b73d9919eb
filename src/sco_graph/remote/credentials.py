"""Who asks a store: from the environment or a netrc file, never from a command line, which others can read."""

from __future__ import annotations

import netrc
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sco_graph.errors import StoreAddressInvalid

USER, PASSWORD, TOKEN = "SCO_GRAPH_STORE_USER", "SCO_GRAPH_STORE_PASSWORD", "SCO_GRAPH_STORE_TOKEN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password; they are not shown when this is printed."""

    user: str = field(repr=False)
    password: str = field(repr=False)


def authentication(url: str, environment: Mapping[str, str]) -> httpx.Auth | None:
    """Return how requests to `url` say who asks, None if nothing is known of it.

    The token goes first, then user and password of the environment, then the entry of the host in the file that NETRC
    names, or ~/.netrc. Raises StoreAddressInvalid if that file cannot be read.
    """
    if token := environment.get(TOKEN):
        return _Bearer(token)
    found = Credentials(environment[USER], environment.get(PASSWORD, "")) if environment.get(USER) else None
    found = found or _from_netrc(url, environment)
    return _AsChallenged(found) if found else None


def _from_netrc(url: str, environment: Mapping[str, str]) -> Credentials | None:
    path = Path(environment.get("NETRC") or "~/.netrc").expanduser()
    host = httpx.URL(url).host
    try:
        entry = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError) as error:
        reason = error.msg if isinstance(error, netrc.NetrcParseError) else error.strerror
        raise StoreAddressInvalid(url, f"{path}, which may hold its password, cannot be read: {reason}") from error
    return Credentials(entry[0], entry[2] or "") if entry else None


class _Bearer(httpx.Auth):
    """A token (RFC 6750 §2.1)."""

    def __init__(self, token: str) -> None:
        self._value = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the token with each request."""
        request.headers["Authorization"] = self._value
        yield request


class _AsChallenged(httpx.Auth):
    """User and password, in the scheme that the server asks for (RFC 7235 §4.1): digest if it can, else basic."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send nothing before the server asks, then what it has asked for."""
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            schemes = response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in schemes else httpx.BasicAuth
            self._chosen = kind(self._credentials.user, self._credentials.password)
        yield from self._chosen.auth_flow(request)
