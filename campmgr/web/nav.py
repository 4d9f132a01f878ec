"""The frame around each page: camp, who is logged in, the links of their role."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for

from campmgr.queries.accounts import ROLE_WORDS, Account, Role
from campmgr.web.current import account_or_none, camp_name, frame
from campmgr.web.i18n import _

LINKS: tuple[tuple[Role | None, str, str], ...] = (
    (None, "public.camp", "首页"),
    (None, "board.board_page", "点赞榜"),
    (None, "me.find", "我的学时"),
    (None, "certificate.check", "查证书"),
    ("viewer", "desk.units", "我的单位"),
    ("organizer", "office.overview", "组织工作"),
    ("organizer", "office.accounts", "账号"),
)
"""(least role or None for everyone, endpoint, words) in the order shown; a new area adds its line here."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around a page."""

    camp: str
    account: Account | None
    role: str
    links: tuple[Link, ...]


def chrome() -> Chrome:
    """The frame of the page in hand. Works without a camp and on error pages too."""
    account = account_or_none()
    shown = [(at, words) for role, at, words in LINKS if role is None or (account is not None and account.has(role))]
    if frame().store is None:
        shown = []
    links = tuple(Link(url_for(at), _(words), at == request.endpoint) for at, words in shown)
    return Chrome(camp_name() or _("训练营"), account, _(ROLE_WORDS[account.role]) if account else "", links)


def asset(name: str) -> str:
    """The address of a static file, with a part that changes when the file does, so that browsers may keep it for long."""
    found = frame().sum_of(name)
    return url_for("static", filename=name, v=found) if found else url_for("static", filename=name)


def surround(app: Flask) -> None:
    """Give every template `chrome()` and `asset(name)`."""
    app.jinja_env.globals.update(chrome=chrome, asset=asset)
