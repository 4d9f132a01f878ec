"""Adoptions that fit no item that is known, or several: the host says of which item each is, or that it is of none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.points.actions.adoptions import LONGEST_REASON
from campmgr.areas.points.actions.noted import match, refuse
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.items import ItemLine, item_of
from campmgr.areas.points.queries.noted import NotedAdoption, like_items, noted_adoptions, noted_count, noted_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import SHOWN, Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_noted", __name__, url_prefix="/office/a/<activity>/noted")

EACH = 20
_OTHER, _NONE = "other", "none"


@dataclass(frozen=True, slots=True)
class NotedPage:
    """The oldest of those that wait, how many there are in all, the unit of each, the items that each may be of, and the form of
    the one that was answered wrongly (`of`).
    """

    at: OfficeStand
    noted: tuple[NotedAdoption, ...]
    count: int
    units: Mapping[str, str]
    like: Mapping[str, tuple[ItemLine, ...]]
    of: str
    form: Form
    untouched: Form


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """Those that wait."""
    return _page(activity, Form(), "")


@area.post("/")
@require("organizer")
def answered(activity: str) -> Answer:
    """Say of which item one is: one that is offered, another by its number, or none with the reason."""
    form = Form.sent()
    of, means = form.text("of", most=64), form.typed("means")
    if not means:
        form.wrong("means", "请选一篇稿件，或选不是哪篇的。")
    number = form.text("number", most=64) if means == _OTHER else means
    reason = form.text("reason", most=LONGEST_REASON) if means == _NONE else ""
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        if not form.errors:
            field = {_OTHER: "number", _NONE: "reason"}.get(means, "means")
            with form.beside(field, BadInput, NotFound, Refused):
                noted = noted_of(w, at.activity, of)
                if noted.state != "waiting":
                    form.wrong(SHOWN, "这次录用已经处理过。下面是还等着的。")
                elif means == _NONE:
                    refuse(w, noted, reason, me().actor)
                else:
                    match(w, noted, item_of(w, at.activity, number), me().actor)
                if not form.errors:
                    words = _("已注明不是哪篇稿件的。") if means == _NONE else _("已对上稿件。")
                    return told(w, words, url_for("office_noted.listed", **at.address))
    return _page(activity, form, of, form.status)


def _page(activity: str, form: Form, of: str, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_office(world, activity)
        noted, count = noted_adoptions(r, at.activity, EACH), noted_count(r, at.activity)
        like = like_items(r, at.activity, noted)
        units = {each: world.tree.units[each].name for each in _units(noted, like) if each in world.tree.units}
    return respond.page("points/noted.html", NotedPage(at, noted, count, units, like, of, form, Form()), status)


def _units(noted: tuple[NotedAdoption, ...], like: Mapping[str, tuple[ItemLine, ...]]) -> set[str]:
    return {each.unit for each in noted} | {line.unit for some in like.values() for line in some}
