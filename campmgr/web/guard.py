"""Who may come in: same-origin check, sessions, roles; and what every answer says to the browser.

Every view says who may call it, by `@anyone` or `@require(role)`; a test refuses a view that says nothing. The door to a unit is
`accounts.queries.unit_for`. Answers say: load nothing from elsewhere, guess no types, keep nothing private.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from ipaddress import ip_address
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Request, Response, current_app, g, redirect, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue

from campmgr.accounts import logging_in
from campmgr.accounts.kept_files import sweep
from campmgr.accounts.lists import ListOf
from campmgr.accounts.logging_in import Entered, From
from campmgr.accounts.queries import ROLE_WORDS, Account, Role, account_of_token, holds_all, holds_laptop, is_stale
from campmgr.errors import NotAllowed, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.world import World
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader, Store
from campmgr.web import done, unsaved
from campmgr.web.current import WARNINGS, Frame, account_or_none, frame, me, see, seen
from campmgr.web.packed import pack
from campmgr.web.rates import address

P = ParamSpec("P")
R = TypeVar("R")

PICTURES = {"me.declare"}
"""Views to which somebody who is not logged in may send a picture; they know a link, and the view looks at that first."""

_FORM_BYTES = 256 * 1024
_NOTING = 0.2
"""Seconds for which noting that a browser was here may wait; the next request notes it as well."""
_PHOTO_BYTES = 16 * 1024 * 1024
_PHOTOS = {"certificate.photo_sent"}
"""Where everyone may send a photo; it is read and let go."""

_SAFE = {"GET", "HEAD", "OPTIONS"}

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, no other host. data: and blob: pictures are QR codes and a phone's photo of one."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # not no-referrer: browsers would then send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
}
SECRET = ("/link/", "/setup/", "/start/", "/p/", "/login")
"""Addresses that show somebody's own things to whoever knows them, or lead to them: no copy is kept of these either."""

_LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
_FIRST_FILES = {"start.restored_sent", "joining.answered"}
"""Where a data file that has no camp yet is sent a backup or an answer; the views take them from this machine alone."""

_FIRST_BYTES = 1 << 30

_KNOWN = "-known"
_HOUR = 3600.0
_YEAR = 365 * 24 * 3600


_PAST_ADDRESS = re.compile(r"/past/([^/]{1,64})(/.*)")
ASKED = "campmgr.past"
"""Where the environment of a request keeps the code of the earlier camp that its address names (`web/past`)."""

KEPT = "is_kept"
"""What marks a view whose page is kept; where an application keeps what looks for such a page."""

PAST = "campmgr past"
"""Where an application keeps what such a request is answered by, before its view."""


class PastAddresses:
    """Takes the part of an address that names an earlier camp off it, before anybody looks which view is meant."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: object) -> Iterable[bytes]:
        """Answer a request."""
        asked = environ.get("PATH_INFO", "")
        if asked.startswith("/past/") and (match := _PAST_ADDRESS.fullmatch(asked)):
            code = match[1].encode("latin-1", "replace").decode("utf-8", "replace")  # as WSGI hands text on
            prefix = environ.get("SCRIPT_NAME", "") + "/past/" + match[1]
            environ = environ | {"SCRIPT_NAME": prefix, "PATH_INFO": match[2], ASKED: code}
        return self._application(environ, start_response)


def guard(app: Flask) -> None:
    """Put the checks before every request, and the headers on every answer."""
    app.before_request(_let_in)
    app.wsgi_app = PastAddresses(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation tells
    app.after_request(_let_out)


def _let_in() -> ResponseReturnValue | None:
    """Every check, in its order; a page that is kept needs no more of them. An answer is the last word."""
    asked, running = _asked(), frame()
    _sweep(running)
    _refuse_foreign_forms(asked)
    kept = _as_kept(asked)
    if kept is not None:
        return kept
    _recognise(asked, running.store)
    return _of_the_past(asked)


def _let_out(response: Response) -> Response:
    """An answer with its headers, packed last of all."""
    asked = _asked()
    return _packed(_keep_what_was_typed(asked, _headers(asked, _without_host(response))))


def _asked() -> Request:
    """The request in hand itself, which Flask would otherwise be asked for at every look."""
    return request_ctx.request


def anyone(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to everyone."""
    view.open_to = ""  # type: ignore[attr-defined]  # read by `open_to` below
    return view


def require(role: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open a view to accounts with this role or a later one. Raises NotLoggedIn, NotAllowed."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not me().has(role):
                raise NotAllowed(f"这一页只对{ROLE_WORDS[role]}开放。", hint="如需使用，请联系给您账号的组织方。")
            return view(*args, **kwargs)

        guarded.open_to = role  # type: ignore[attr-defined]  # as above
        return guarded

    return mark


def whole_camp(world: World) -> Account:
    """Who is logged in, for what concerns everyone. Raises NotAllowed for an organizer of a part of the camp."""
    account = me()
    if not holds_all(world, account):
        raise NotAllowed("这一项由全营的组织方统一办理。", hint="如需修改，请联系上级组织方。")
    return account


def may_see(world: World, listed: ListOf) -> None:
    """Let through whoever may see a list. Raises NotAllowed."""
    if listed.is_whole_camp:
        whole_camp(world)
    if not me().has(listed.role):
        raise NotAllowed(f"这张列表给{ROLE_WORDS[listed.role]}使用。", hint="如需查看，请联系给您账号的组织方。")


def whole_laptop(r: Reader, world: World) -> Account:
    """Who is logged in, for what concerns this laptop: packs, backups, those below.

    Raises NotAllowed for whoever organizes a part of it.
    """
    account = me()
    if not holds_laptop(r, world, account):
        raise NotAllowed("这一项由管理这台电脑的组织方办理。", hint="如需办理，请联系给您账号的组织方。")
    return account


def is_own_machine() -> bool:
    """Whether the browser in hand sits on this machine and asked for it as such: nobody's proxy, no address that others reach, no
    name that somebody else lets lead here.
    """
    name = urlsplit("//" + request.host).hostname or ""
    try:
        came = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return name in _LOOPBACK_NAMES and (came.ipv4_mapped or came if came.version == 6 else came).is_loopback


def own_machine() -> None:
    """Refuse whoever is not on this machine. Raises NotAllowed."""
    if not is_own_machine():
        raise NotAllowed(
            "这台电脑还没有开好训练营，只能在它自己的浏览器里办理。",
            reason="no_data_file",
            hint="请在运行程序的那台电脑上打开程序显示的本机地址（127.0.0.1）。",
        )


def open_to(view: Callable[..., object]) -> str | None:
    """The role a view asks for, "" for everyone, None when it does not say."""
    return cast("str | None", getattr(view, "open_to", None))


def remember(response: Response, entered: Entered, *, kept: bool) -> Response:
    """Give the browser its token: for weeks on one's own machine, else until it closes; and one by which it is known later."""
    age = int(logging_in.KEPT.total_seconds()) if kept else None
    response.set_cookie(_cookie(), entered.token, max_age=age, httponly=True, samesite="Lax", secure=request.is_secure)
    known = int(logging_in.KNOWN.total_seconds())
    response.set_cookie(
        _cookie() + _KNOWN, entered.known, max_age=known, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def came_from() -> From:
    """Where the log-in in hand comes from."""
    return From(address(), device_label(), request.cookies.get(_cookie() + _KNOWN, ""))


_BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Windows", "Windows"), ("Android", "安卓"), ("iPhone|iPad", "iPhone/iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"))
"""The first sign that is found counts: Edge calls itself Chrome too, and an Android phone Linux."""


def device_label() -> str:
    """The browser and system of the request in hand: "Chrome · Windows"."""
    agent = request.headers.get("User-Agent", "")
    found = [next((words for sign, words in signs if re.search(sign, agent)), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or "未知浏览器"


def forget(response: Response) -> Response:
    """Take the browser's token away."""
    response.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def is_private() -> bool:
    """Whether the answer may show somebody's own things and must not be kept by anyone."""
    return account_or_none() is not None or _cookie() in request.cookies


def is_same_origin(asked: Request) -> bool:
    """Whether a form came from our own pages: by Origin, else by Sec-Fetch-Site, else by Referer.

    Plain http on a LAN address offers only the first. One of them must be there: every browser sends Origin with a form.
    """
    origin = asked.headers.get("Origin")
    if origin is not None:
        return _host(origin) == asked.host
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return _host(asked.headers.get("Referer", "")) == asked.host


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _refuse_foreign_forms(asked: Request) -> None:
    if asked.method in _SAFE or is_same_origin(asked):
        return
    raise NotAllowed("这张表单不是从本系统的页面发出的，没有保存。", reason="foreign_origin", hint="请直接打开本系统的页面再试。")


def _sweep(running: Frame) -> None:
    """Once an hour, whoever asks: delete files that people sent and nobody imported."""
    if time.monotonic() - running.swept_at > _HOUR:
        running.swept_at = time.monotonic()
        sweep()


def _as_kept(asked: Request) -> ResponseReturnValue | None:
    """The page as it was drawn a moment ago, before anything is asked of the database (web/kept.py)."""
    view = current_app.view_functions.get(asked.endpoint or "")
    return current_app.extensions[KEPT]() if getattr(view, KEPT, False) else None


def _recognise(asked: Request, store: Store | None) -> None:
    """Who asks, and how much they may send."""
    if store is not None and asked.endpoint != "static":
        _look_up(asked, store)
    asked.max_content_length = _FORM_BYTES if asked.method in _SAFE else most_bytes()


def _of_the_past(asked: Request) -> ResponseReturnValue | None:
    return current_app.extensions[PAST]() if ASKED in asked.environ else None


def most_bytes() -> int:
    """How much whoever asks may send to where they ask: an account files, anybody else forms, and photos where those are taken.

    The server asks too, before it takes anything in (`campmgr/app/server.py`): what is beyond is let go, and the page says so.
    """
    store = frame().store
    if request.endpoint in _FIRST_FILES and is_own_machine():
        return _FIRST_BYTES
    if store is None or request.endpoint == "static":
        return _FORM_BYTES
    world, account = seen(), account_or_none()
    if world is None:  # the server asks before anybody is recognised
        with store.reading() as r:
            known = account_of_token(r, request.cookies.get(_cookie(), ""))
            world, account = worlds.load(r), known and known[0]
    limits = world.rules[Limits]
    if account is not None:
        return limits.import_bytes
    if request.endpoint in _PHOTOS:
        return _PHOTO_BYTES
    if request.endpoint in PICTURES:  # twice, so that one that is too large is refused beside its field
        return _FORM_BYTES + 2 * limits.picture_bytes
    return _FORM_BYTES


def _look_up(asked: Request, store: Store) -> None:
    """Find the account of the cookie, note that the browser was here."""
    token, is_safe = asked.cookies.get(_cookie(), ""), asked.method in _SAFE
    with store.reading() as r:
        see(worlds.load(r))
        found = account_of_token(r, token) if token else None
        g.queries = r.queries
        if found and is_safe:
            g.warnings = tuple(current_app.extensions[WARNINGS](store, r))
        if found:
            g.account = found[0]
            if not asked.is_json:  # no page, and no form on it
                unsaved.know_sender(r)
            if is_safe:
                g.done = done.line_of(r)
                unsaved.look_for(r)
    if found is not None and not store.is_long_written and is_stale(found[1], store.clock.now()):
        with suppress(Trouble), store.writing(patience=_NOTING) as w:  # busy, or a full disk: it can wait
            logging_in.touch(w, found[1])


def _without_host(response: Response) -> Response:
    """Flask leads an address that lacks its stroke to one at the host that the browser named, whatever that is: ours name none."""
    if response.status_code != 308:
        return response
    address = urlsplit(response.headers.get("Location", "/"))
    return cast("Response", redirect(urlunsplit(("", "", "/" + address.path.lstrip("/\\"), address.query, "")), 308))


def _keep_what_was_typed(asked: Request, response: Response) -> Response:
    if asked.method == "POST" and not asked.is_json:
        unsaved.after_sending(response)
    return response


def _cookie() -> str:
    """Browsers keep cookies by host, not by port: two camps on one laptop must not log each other out."""
    _, colon, port = _asked().host.rpartition(":")
    return "campmgr" + port.rjust(6, "-") if colon else "campmgr"


def _packed(response: Response) -> Response:
    """Pages and the files they load; an answer to a program, such as to a scan, is a line, and one that leads on is empty."""
    return pack(response) if response.status_code != 303 and (response.mimetype or "").startswith("text/") else response


def _headers(asked: Request, response: Response) -> Response:
    headers = response.headers
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if asked.endpoint == "static":
        if "v" in asked.args and response.status_code == 200:
            headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    elif asked.method not in {"GET", "HEAD"} or response.status_code >= 400 or is_private() or asked.path.startswith(SECRET):
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-cache")
    return response
