"""Bonuses and excuses on a page: each is said in one press, and taken back in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.points.actions.standings import LONGEST_REASON, MOST_TENTHS, cancel_bonus, excuse, say_bonus
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.queries.standings import BonusLine, ExcuseLine, bonus_lines, excuse_lines
from campmgr.areas.points.rules.ranking import GROUNDS
from campmgr.areas.points.settings import Points
from campmgr.errors import BadInput, Refused
from campmgr.facts.world import World
from campmgr.periods.spans import Span, SpanKind, named, spans_in
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import normal

area = Blueprint("office_standings", __name__, url_prefix="/office/a/<activity>/standings")

_KINDS: tuple[SpanKind, ...] = ("week", "month", "quarter")
_POINTS = re.compile(r"(\d{1,4})(?:\.(\d))?")


@dataclass(frozen=True, slots=True)
class StandingsPage:
    """Bonuses and excuses as they stand, the units by id and to choose among, the periods and grounds to choose among."""

    at: OfficeStand
    bonuses: tuple[BonusLine, ...]
    excuses: tuple[tuple[ExcuseLine, str], ...]
    names: Mapping[str, str]
    units: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    grounds: tuple[tuple[str, str], ...]
    form: Form


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """Bonuses and excuses, with the forms for whoever decides."""
    return _page(activity, Form.kept())


@area.post("/bonus")
@require("organizer")
def bonus(activity: str) -> Answer:
    """Give a unit a bonus, instead of what it had."""
    form = Form.sent()
    tenths, reason = _tenths(form), form.text("bonus_reason", most=LONGEST_REASON)
    with writing() as (w, world):
        at, unit = _of(w, world, activity, form, "bonus_unit")
        if not form.errors:
            with form.beside("bonus", BadInput, Refused):
                say_bonus(w, at.activity, unit, tenths, reason, me().actor)
                return told(w, _("已记下附加分，积分和名次不变。"), url_for("office_standings.listed", **at.address))
    return _page(activity, form, 422)


@area.post("/cancel")
@require("organizer")
def cancel(activity: str) -> Answer:
    """Cancel a unit's bonus, on one of the notice's grounds."""
    form = Form.sent()
    ground, reason = form.choice("ground", GROUNDS), form.text("cancel_reason", most=LONGEST_REASON)
    with writing() as (w, world):
        at, unit = _of(w, world, activity, form, "cancel_unit")
        if not form.errors:
            with form.beside("ground", BadInput, Refused):
                cancel_bonus(w, at.activity, unit, ground, reason, me().actor)
                return told(w, _("已取消附加分，积分和名次不变。"), url_for("office_standings.listed", **at.address))
    return _page(activity, form, 422)


@area.post("/excuse")
@require("organizer")
def excused(activity: str) -> Answer:
    """Excuse a unit from the tasks of a period."""
    form = Form.sent()
    reason = form.text("excuse_reason", most=LONGEST_REASON)
    with writing() as (w, world):
        at, unit = _of(w, world, activity, form, "excuse_unit")
        period = form.choice("period", [each.name for each in _periods(at)])
        if not form.errors:
            with form.beside("period", BadInput, Refused):
                excuse(w, at.activity, unit, period, reason, me().actor)
                return told(w, _("已免除这一期的任务。"), url_for("office_standings.listed", **at.address))
    return _page(activity, form, 422)


def _of(r: Reader, world: World, activity: str, form: Form, field: str) -> tuple[OfficeStand, str]:
    """The office, which must be the caller's to run, and the unit that a field names."""
    at = at_office(world, activity, runs=True)
    units = {each.unit.address: each.unit.unit for each in rows_of(r, world, at.activity)}
    return at, units.get(form.choice(field, units), "")


def _tenths(form: Form) -> int:
    """The bonus that was typed, in tenths of a point."""
    found = _POINTS.fullmatch(normal(form.typed("bonus")).strip())
    tenths = int(found[1]) * 10 + int(found[2] or 0) if found else MOST_TENTHS + 1
    if tenths > MOST_TENTHS:
        form.wrong("bonus", f"请填 0 到 {MOST_TENTHS // 10} 之间的数，最多一位小数。")
    return tenths


def _periods(at: OfficeStand) -> tuple[Span, ...]:
    year = named(str(at.activity.rules[Points].year))
    return tuple(each for kind in _KINDS for each in spans_in(kind, year.first, year.last))


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_office(world, activity)
        rows = rows_of(r, world, at.activity)
        bonuses, excuses = bonus_lines(r, at.activity), excuse_lines(r, at.activity)
    page = StandingsPage(
        at, bonuses, tuple((each, named(each.period).words) for each in excuses),
        {each.unit.unit: each.unit.name for each in rows}, tuple((each.unit.address, each.unit.name) for each in rows),
        tuple((each.name, each.words) for each in _periods(at)), tuple((each, each) for each in GROUNDS), form,
    )  # fmt: skip
    return respond.page("points/standings.html", page, status)
