"""Typed work is never lost: what stands in a form is kept for its account, and stands in it again.

A form that somebody works on has `{{ ui.keeps() }}`, and its view shows `Form.kept()` where others show `Form()`. What is typed is
kept while typing (`static/unsaved.js`), when the form is refused, and when it arrives after the log-in has ended; any other form
that arrives so is offered again as it was sent. What was kept goes when the form is taken.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, g, request, url_for
from werkzeug.exceptions import HTTPException

from campmgr.accounts import unsaved
from campmgr.accounts.unsaved import Fields, Unsaved
from campmgr.clock import local_text
from campmgr.errors import Trouble
from campmgr.store.door import Reader, Store
from campmgr.web.current import account_or_none, frame

KEEPS, SENDER, RESENT = "keeps", "sender", "resent"
"""Fields of a form: that it is kept, whose page it stood on, and that it is sent again as it was."""

_PATIENCE = 0.5
"""Seconds for which keeping may wait for others who write; the next letter typed tries again."""

NEVER = ("password", "secret", "recovery")
"""What is in the name of a field that holds a secret: it is neither kept nor shown again."""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """What is said above a page on which something was left: since when; the form to send again (None: it stands in its form)."""

    at: str
    again: Unsaved | None
    drop_at: str


def look_for(r: Reader) -> None:
    """Find what whoever asks has left on the page they open."""
    account = account_or_none()
    g.left = unsaved.left_on(r, account.account, request.path) if account else None


def know_sender(r: Reader) -> None:
    """Find what forms of the page in hand are to say of whose they are."""
    account = account_or_none()
    g.sender = unsaved.sender_of(r, account.account) if account else ""


def left_line() -> LeftLine | None:
    """What is to be said above the page in hand."""
    left: Unsaved | None = g.get("left")
    if left is None or not (left.was_sent or g.get("is_resumed")):
        return None
    at = local_text(left.kept_at)[5:16].replace("T", " ")
    return LeftLine(at, None if g.get("is_resumed") else left, url_for("unsaved.drop", page=left.page))


def sender() -> str:
    """What forms of the page in hand say of whose they are; "" where nobody is logged in."""
    return str(g.get("sender", ""))


def after_sending(response: Response) -> None:
    """Keep a form that was refused, and forget one that was taken."""
    account, status = account_or_none(), response.status_code
    if account is None or request.blueprint == "unsaved" or not (status < 400 or status in {409, 422}):
        return
    if not {KEEPS, RESENT} & _form_names():
        return
    with suppress(Trouble), frame().open_store().writing(patience=_PATIENCE) as w:
        if status < 400:
            unsaved.drop(w, account.account, page_of_form())
        elif fields := _sent():
            unsaved.keep(w, account.account, page_of_form(), request.full_path.rstrip("?"), fields)


def keep_unsent(store: Store) -> bool:
    """Keep a form that arrived after its sender's log-in has ended, for them; whether it could be: not one that is too large."""
    said: str = ""
    fields: Fields = ()
    with suppress(HTTPException):
        said, fields = request.form.get(SENDER, ""), _sent()
    if not said or not fields:
        return False
    with suppress(Trouble), store.writing(patience=_PATIENCE) as w:
        account = unsaved.account_of_sender(w, said)
        return bool(account) and unsaved.keep(w, account, page_of_form(), request.full_path.rstrip("?"), fields, was_sent=True)
    return False


def page_of_form() -> str:
    """The path of the page on which the form in hand stood, as the browser says; else where it was sent."""
    return urlsplit(address_of_form()).path


def address_of_form() -> str:
    """The address of that page, with what it was asked for."""
    said = urlsplit(request.headers.get("Referer", ""))
    here = said.netloc == request.host and said.path.startswith("/")
    return said._replace(scheme="", netloc="", fragment="").geturl() if here else request.full_path.rstrip("?")


def _form_names() -> set[str]:
    return set(request.form) if request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"} else set()


def _sent() -> Fields:
    """Every field of the form in hand; none where it holds a secret or a file, which are not kept."""
    names = _form_names()
    if any(each.filename for each in request.files.values()) or any(word in name for name in names for word in NEVER):
        return ()
    return [(name, value) for name, value in request.form.items(multi=True) if name not in {SENDER, RESENT}]
