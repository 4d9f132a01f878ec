"""What every answer says to the browser: load nothing from elsewhere, guess no types, keep nothing private."""

from __future__ import annotations

from flask import Flask, Response, request

from campmgr.web.guard import is_private

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, no other host. data: and blob: pictures are QR codes and a phone's photo of one."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # not no-referrer: browsers would then send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
}
SECRET = ("/link/", "/setup/", "/p/", "/login")
"""Addresses that show somebody's own things to whoever knows them, or lead to them: no copy is kept of these either."""

_YEAR = 365 * 24 * 3600


def dress(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        if "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    elif is_private() or request.path.startswith(SECRET) or request.method not in {"GET", "HEAD"} or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
