"""Keeping what is typed while it is typed, and letting go of it (`campmgr/web/unsaved.py`)."""

from __future__ import annotations

from flask import Blueprint, request

from campmgr.accounts import unsaved
from campmgr.web import respond
from campmgr.web.current import me, writing
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.web.unsaved import SENDER

area = Blueprint("unsaved", __name__, url_prefix="/desk/unsaved")


@area.post("")
@require("viewer")
def keep() -> Answer:
    """Keep what stands in a form; `page` and `action` in the address say in which. Nothing comes back."""
    page = respond.local_address(request.args.get("page", ""), "/")
    action = respond.local_address(request.args.get("action", ""), page)
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != SENDER and "password" not in name]
    with writing() as (w, _world):
        unsaved.keep(w, me().account, page, action, fields)
    return Answer(status=204)


@area.post("/drop")
@require("viewer")
def drop() -> Answer:
    """Let go of what was left on a page, and show the page as it is."""
    page = respond.local_address(request.args.get("page", ""), "/")
    with writing() as (w, _world):
        unsaved.drop(w, me().account, page)
    return respond.go(page)
