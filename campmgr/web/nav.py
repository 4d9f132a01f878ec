"""The frame around each page: camp, who is logged in, the links of their role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, g, request, url_for

from campmgr.accounts.queries import ROLE_WORDS, Account, Role
from campmgr.facts.area import Link
from campmgr.facts.catalogue import CAMP
from campmgr.store.door import Reader, Store
from campmgr.web.current import (
    SORTS,
    WARNINGS,
    ShownActivity,
    account_or_none,
    activities_shown,
    camp_name,
    camps,
    frame,
    has_camp,
    is_importing,
    is_laptop_held,
    me,
    past_camp,
    root_unit,
    seen,
    warnings,
)  # fmt: skip
from campmgr.web.done import BUILT_ON, BuiltOn, DoneLine
from campmgr.web.i18n import _
from campmgr.web.past import camps_to_choose, has_past
from campmgr.web.unsaved import LeftLine, left_line, sender

Warnings = Callable[[Store, Reader], Iterable[str]]

_LINKS = "campmgr links"
"""Where an application keeps the links that its areas bring, each with the sort of activity that its area is of."""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link as it is drawn."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tabs:
    """The tabs of the desk or of the office, and under them the pages of the one in hand, where it has several."""

    groups: tuple[NavLink, ...]
    pages: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around a page. `is_importing`: some totals may show part of a file; `done`: what was just done, if anything;
    `left`: what its reader left on it; `public`: what everybody may see, in the foot for whoever works; `home`: where they begin;
    `drafts`: where drafts lead that are no facts yet, "" for none; `is_waiting`: whether the laptop waits to be taken in. `camps`:
    the page in hand for each camp, where it has such pages; `is_past`: whether it is that of an earlier one.
    """

    camp: str
    account: Account | None
    role: str
    links: tuple[NavLink, ...]
    is_importing: bool = False
    warnings: tuple[str, ...] = ()
    done: DoneLine | None = None
    left: LeftLine | None = None
    public: tuple[NavLink, ...] = ()
    home: str = ""
    drafts: str = ""
    is_waiting: bool = False
    camps: tuple[NavLink, ...] = ()
    is_past: bool = False


def chrome() -> Chrome:
    """The frame of the page in hand, drawn once by `base.html`: it is dear. Works without a camp and on error pages too."""
    account = account_or_none()
    shown = [] if frame().store is None or not camp_name() else [link for link in _row("top") if _may_see(account, link)]
    everybodys = {"", "several"}
    own = [link for link in shown if link.needs not in everybodys or not account]
    public = [link for link in shown if account and link.needs in everybodys]
    return Chrome(
        camp_name() or _("训练营"),
        account,
        _(ROLE_WORDS[account.role]) if account else "",
        _drawn(own),
        is_importing(),
        warnings() if account else (),
        g.get("done"),
        left_line() if account else None,
        _drawn(public),
        "" if not own else first_page(account) if account else url_for(own[0].endpoint),
        _drafts(account),
        frame().asking is not None,
        tuple(NavLink(*each) for each in camps_to_choose(camps())) if len(camps()) > 1 and has_past() else (),
        past_camp() is not None,
    )


def first_page(account: Account) -> str:
    """Where somebody begins: whoever organizes other units at the office, everybody else at their own unit's desk."""
    world = seen()
    is_office = account.has("organizer") and world is not None and account.unit in world.tree.uppers
    return url_for("office.overview" if is_office else "desk.units")


def _drafts(account: Account | None) -> str:
    """The page on which drafts wait to be taken in, or to be brought in, for whoever works here."""
    if account and frame().asking:
        return url_for("joining.waiting")
    return url_for("office_drafts.choose") if account and account.has("organizer") and frame().drafts else ""


def _drawn(links: Iterable[Link]) -> tuple[NavLink, ...]:
    return tuple(NavLink(url_for(link.endpoint), _(link.words), _is_here(link.endpoint)) for link in links)


def office_tabs() -> Tabs:
    """The office's own links; those of the whole camp, or of this laptop, only to whoever organizes it."""
    account = account_or_none()
    whole = account is not None and account.unit == root_unit() and not account.line
    held = {"": True, "whole": whole, "laptop": whole or is_laptop_held()}
    shown = [link for link in _row("office") if held[link.needs]]
    front = "office.overview"
    here = [_is_here(link.endpoint, front) or _begins(link.holds) for link in shown]
    if not any(here):
        here = [link.endpoint == front for link in shown]
    drawn = (NavLink(url_for(link.endpoint), _(link.words), is_here) for link, is_here in zip(shown, here, strict=True))
    return _grouped(shown, drawn)


def desk_tabs(here: str, *, may_write: bool, code: str) -> Tabs:
    """The links of a unit's desk; those that record only to who may. `here` is the endpoint one stands on, or of its first page."""
    shown = _shown("desk", may_write=may_write)
    front = "desk.unit"
    return _grouped(shown, _links(shown, here if any(link.endpoint == here for link in shown) else front, code=code))


def _grouped(links: list[Link], drawn: Iterable[NavLink]) -> Tabs:
    """Links of one group under one tab, which leads to the first of them."""
    groups: dict[str, list[NavLink]] = {}
    for link, each in zip(links, drawn, strict=True):
        groups.setdefault(link.group or link.words, []).append(each)
    here = next((pages for pages in groups.values() if any(each.is_here for each in pages)), [])
    tabs = (NavLink(pages[0].address, _(words), pages is here) for words, pages in groups.items())
    return Tabs(tuple(tabs), tuple(here) if len(here) > 1 else ())


def row_of(row: str, here: str, **values: Any) -> tuple[NavLink, ...]:
    """A row of an area's own. `here` is the endpoint one stands on, `values` stand in the addresses."""
    return _links(_shown(row), here, **values)


def _shown(row: str, *, may_write: bool = True) -> list[Link]:
    hidden = {"" if may_write else "write", "several" if _is_camp_alone() else ""} - {""}
    return [link for link in _row(row) if link.needs not in hidden]


def _links(shown: Iterable[Link], here: str, **values: Any) -> tuple[NavLink, ...]:
    return tuple(NavLink(url_for(link.endpoint, **values), _(link.words), link.endpoint == here) for link in shown)


def activity_links() -> tuple[NavLink, ...]:
    """The activities that go on, where there is more than the training camp."""
    shown = activities_shown()
    if _is_camp_alone():
        return ()
    return tuple(
        NavLink(url_for("office_activities.shown", activity=each.address), each.name, _is_at(each)) if not each.is_camp
        else NavLink(url_for("office.overview"), each.name, _is_at(each))
        for each in shown
    )  # fmt: skip


def _is_camp_alone() -> bool:
    """Whether nothing goes on here but the training camp, so that pages need not tell activities apart."""
    return has_camp() and all(each.is_camp for each in activities_shown())


def _is_at(shown: ShownActivity) -> bool:
    """Whether the page in hand is one of an activity's own; those without one in their address are the camp's."""
    named = (request.view_args or {}).get("activity")
    if named is None:
        is_of_camp = current_app.extensions[SORTS].get(request.blueprint) == CAMP or request.endpoint == "office.overview"
        return shown.is_camp and is_of_camp
    return bool(named == shown.address)


def sort_links(row: str, sort: str, **values: Any) -> tuple[NavLink, ...]:
    """The links of a row that areas of one sort of activity bring; `values` stand in the addresses."""
    links: tuple[tuple[str, Link], ...] = current_app.extensions[_LINKS]
    own = sorted((link for of, link in links if of == sort and link.row == row), key=lambda link: link.place)
    return tuple(NavLink(url_for(link.endpoint, **values), _(link.words), link.endpoint == request.endpoint) for link in own)


def _row(row: str) -> list[Link]:
    """The links of one row, in their places; none of the camp's where there is no camp."""
    links: tuple[tuple[str, Link], ...] = current_app.extensions[_LINKS]
    hidden = set() if has_camp() else {CAMP}
    return sorted((link for sort, link in links if link.row == row and sort not in hidden), key=lambda link: link.place)


def _may_see(account: Account | None, link: Link) -> bool:
    if link.needs == "several":
        return not _is_camp_alone()
    return not link.needs or (account is not None and account.has(cast("Role", link.needs)))


def _is_here(at: str, *but: str) -> bool:
    """Whether a link leads to the page in hand, or to the area it stands in; the front pages named are no areas."""
    return at == request.endpoint or (at not in {"public.camp", *but} and _begins((url_for(at).removeprefix(request.script_root),)))


def _begins(addresses: tuple[str, ...]) -> bool:
    """Whether the address of the page in hand begins as one of these."""
    return request.path.startswith(addresses)


def asset(name: str) -> str:
    """The address of a static file, with a part that changes when the file does, so that browsers may keep it for long."""
    found = frame().sum_of(name)
    return url_for("static", filename=name, v=found) if found else url_for("static", filename=name)


def surround(app: Flask, links: Iterable[tuple[str, Link]], told: Warnings, built_on: BuiltOn) -> None:
    """Give every template `chrome()`, `office_tabs()`, `desk_tabs(here, …)`, `activity_links()`, `row_of(row, here, …)`,
    `asset(name)`, `sender()`, and
    what it may ask of the request: `me()`, `has_camp()`, `past_camp()`.

    `told`: what is to be said above every page of whoever is logged in. `built_on`: why an act cannot be taken back any more.
    """
    app.extensions[_LINKS] = tuple(links)
    app.extensions[WARNINGS] = told
    app.extensions[BUILT_ON] = built_on
    app.jinja_env.globals.update(chrome=chrome, me=me, asset=asset, row_of=row_of, sender=sender)
    app.jinja_env.globals.update(office_tabs=office_tabs, desk_tabs=desk_tabs)
    app.jinja_env.globals.update(activity_links=activity_links, sort_links=sort_links, has_camp=has_camp, past_camp=past_camp)
