"""What belongs to the request in hand, typed: the frame, handles of the data file, who asks.

Views call `with reading() as (r, world)` and `with writing() as (w, world)` and pass the handle on; nothing below this room
knows of Flask.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import current_app, g, request

from campmgr.accounts.queries import Account
from campmgr.errors import NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.world import World
from campmgr.files.press import Press
from campmgr.store.door import Reader, Writer
from campmgr.web.frame import Frame

EXTENSION = "campmgr"


class NotLoggedIn(NotAllowed):
    """Nobody is logged in, and the page is for people with an account."""

    reason = "not_logged_in"


def frame() -> Frame:
    """The running application's frame."""
    return cast("Frame", current_app.extensions[EXTENSION])


def press() -> Press:
    """What sets pages for the data file. Raises NotFound without one."""
    return Press(frame().open_store().path)


@contextmanager
def reading() -> Iterator[tuple[Reader, World]]:
    """One unchanging view of the data file, and the world as of it. Raises NotFound without a file, Refused without a camp."""
    with frame().open_store().reading() as r:
        try:
            yield r, _camp(r)
        finally:
            _count(r)


@contextmanager
def writing() -> Iterator[tuple[Writer, World]]:
    """One transaction on the data file; committed before the answer leaves. Raises as `reading` does."""
    with frame().open_store().writing() as w:
        try:
            yield w, _camp(w)
        finally:
            _count(w)


def account_or_none() -> Account | None:
    """Who is logged in, or None."""
    return cast("Account | None", g.get("account"))


def me() -> Account:
    """Who is logged in. Raises NotLoggedIn."""
    account = account_or_none()
    if account is None:
        raise NotLoggedIn("请先登录。", hint="登录后会回到刚才的页面。")
    return account


def queries_asked() -> int:
    """How many SQL statements this request has run so far; for the tests of list pages."""
    return cast("int", g.get("queries", 0))


def camp_name() -> str:
    """The camp's name as far as this request has seen it, else ""."""
    return cast("str", g.get("camp_name", ""))


def root_unit() -> str:
    """The unit of the whole camp as far as this request has seen it, else ""."""
    return cast("str", g.get("root_unit", ""))


def page_asked() -> int:
    """The page of a list asked for in the address; 1 where none or nonsense is."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _camp(r: Reader) -> World:
    world = worlds.load(r)
    if not world.root_unit:
        raise Refused("这份数据文件还没有被训练营接纳。", reason="not_enrolled", hint="请先接收上级的授权：campmgr node accept。")
    g.camp_name = world.name
    g.root_unit = world.root_unit
    return world


def _count(r: Reader) -> None:
    g.queries = queries_asked() + r.queries
