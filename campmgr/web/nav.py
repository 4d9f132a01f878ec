"""The frame around each page: camp, who is logged in, the links of their role."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for

from campmgr.accounts.queries import ROLE_WORDS, Account, Role
from campmgr.web.current import account_or_none, camp_name, frame, root_unit
from campmgr.web.i18n import _

LINKS: tuple[tuple[Role | None, str, str], ...] = (
    (None, "public.camp", "首页"),
    (None, "board.board_page", "点赞榜"),
    (None, "me.find", "我的学时"),
    (None, "certificate.check", "查证书"),
    ("viewer", "desk.units", "我的单位"),
    ("organizer", "office.overview", "组织工作"),
)
"""(least role or None for everyone, endpoint, words) in the order shown; a new area adds its line here."""


OFFICE: tuple[tuple[str, str, bool], ...] = (
    ("office.overview", "概览", False),
    ("office_units.top", "单位", False),
    ("office_lessons.lessons", "课程", False),
    ("office_rules.rules", "规则", False),
    ("office_works.works", "作品点赞", True),
    ("office_prizes.ranking", "排名与名单", True),
    ("office_certificates.certificates", "证书", False),
    ("office_reports.reports", "报表", False),
    ("office_summaries.listed", "总结", False),
    ("office_nodes.nodes", "节点", True),
    ("office.accounts", "账号", False),
)
"""(endpoint, words, whether only the organizer of the whole camp has it) in the order of the office's second row of links."""


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
    links = tuple(Link(url_for(at), _(words), _is_here(at)) for at, words in shown)
    return Chrome(camp_name() or _("训练营"), account, _(ROLE_WORDS[account.role]) if account else "", links)


def office_links() -> tuple[Link, ...]:
    """The office's own links; those of the whole camp only to whoever organizes it."""
    account = account_or_none()
    whole = account is not None and account.unit == root_unit() and not account.line
    shown = [(at, words) for at, words, only_whole in OFFICE if whole or not only_whole]
    return tuple(Link(url_for(at), _(words), _is_here(at, "office.overview")) for at, words in shown)


def _is_here(at: str, *but: str) -> bool:
    """Whether a link leads to the page in hand, or to the area it stands in; the front pages named are no areas."""
    address = url_for(at)
    return at == request.endpoint or (at not in {"public.camp", *but} and request.path.startswith(address))


def asset(name: str) -> str:
    """The address of a static file, with a part that changes when the file does, so that browsers may keep it for long."""
    found = frame().sum_of(name)
    return url_for("static", filename=name, v=found) if found else url_for("static", filename=name)


def surround(app: Flask) -> None:
    """Give every template `chrome()`, `office_links()` and `asset(name)`."""
    app.jinja_env.globals.update(chrome=chrome, asset=asset, office_links=office_links)
