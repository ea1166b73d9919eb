"""Who may review: the one who was given the token, from this machine, by a form of our own.

A browser sends cookies along with requests that other sites cause; three things keep these out, each enough alone: the
cookie is for same-site requests only, a form carries a secret that other sites cannot read, and the headers by which
browsers tell where a request comes from must name this server.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sco_graph.serve import protocol
from sco_graph.serve.settings import is_loopback

COOKIE = "sco-graph-review"
LARGEST_FORM = 64 * 1024
"""Bytes of a filled-in form."""


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(32)


def form_secret(token: str) -> str:
    """Return what a form carries to show that it is ours: it tells nothing of the token."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def entered(request: Request, token: str) -> Response | None:
    """Return the answer that lets in who comes with the token in the address, or None if the address has none."""
    given = request.query_params.get("token")
    if given is None:
        return None
    _from_here(request)
    if not _same(given, token):
        raise HTTPException(403, "This is not the token that the server printed when it started.")
    # Without the token in the address, which would stay in the history and be shown to who looks on.
    answer = RedirectResponse(request.url.path, 303, {"Cache-Control": "no-store"})
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/review")
    return answer


def check(request: Request, token: str) -> None:
    """Raise HTTPException 403 unless the request may read what is reviewed."""
    _from_here(request)
    if not _same(request.cookies.get(COOKIE, ""), token):
        raise HTTPException(403, "Open the address with the token that the server printed when it started.")


async def form(request: Request, token: str) -> dict[str, str]:
    """Return the fields of a form that was filled in here. Raises HTTPException 403, 411, 413 or 415."""
    check(request, token)
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"} or (origin and urlsplit(origin).netloc != request.headers.get("host")):
        raise HTTPException(403, "This form was sent by another site.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "Send the form as application/x-www-form-urlencoded.")
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(411, "The length of the form is not told.")
    if int(length) > LARGEST_FORM:
        raise HTTPException(413, f"The form is larger than {LARGEST_FORM} bytes.")
    found = dict(protocol.fields(await request.body()))
    if not _same(found.pop("secret", ""), form_secret(token)):
        raise HTTPException(403, "This form is not, or no longer, one of this server's. Open the page again.")
    return found


def _from_here(request: Request) -> None:
    """Refuse other machines, and names that another site has pointed here (DNS rebinding)."""
    client = request.client.host if request.client else ""
    named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if not is_loopback(client) or not is_loopback(named):
        raise HTTPException(403, "A review is for this machine only.")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
