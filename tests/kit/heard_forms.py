"""Whether somebody listens at the address that a form of a page is sent to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)
_SENT_TO = re.compile(r'\b(method|(?:form)?action|hx-post)="([^"]*)"', re.IGNORECASE)
_BUTTON = re.compile(r'<(?:button|input)\b[^>]*\bformaction="([^"]*)"', re.IGNORECASE)
_SHOWN_ELSEWHERE = {"/desk/station-shell": "/desk/units/35/station"}
"""A page that stands under other addresses than its own: what a station shows where there is no connection."""


def unheard_forms(app: Flask, at: str, text: str) -> list[str]:
    """The addresses to which forms of the page at `at` post, and where nobody takes a POST."""
    at = _SHOWN_ELSEWHERE.get(at, at)
    sent_to = [unescape(each) for each in _BUTTON.findall(text)]
    for form in _FORM.findall(text):
        told = dict(_SENT_TO.findall(form))
        if told.get("method", "get").lower() == "post":
            sent_to += [unescape(told[name]) for name in ("action", "hx-post") if name in told]
            sent_to += [] if "action" in told else [""]
    return [f"{at} → {each or 'itself'}" for each in sent_to if not _takes(app, urlsplit(urljoin(at, each)).path)]


_PAST = re.compile(r"/past/[^/]+(?=/log)")
"""On a page of an earlier camp nothing can be sent but that one leaves."""


def _takes(app: Flask, path: str) -> bool:
    try:
        app.url_map.bind("localhost").match(_PAST.sub("", path), method="POST")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
