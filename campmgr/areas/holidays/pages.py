"""Holidays and make-up working days in the office: which years are known, and a file for another, looked at before it counts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.holidays.actions import tell_calendar, years_of
from campmgr.areas.holidays.files import calendar_days
from campmgr.areas.holidays.world import calendar_of
from campmgr.clock import week_day
from campmgr.errors import CampError
from campmgr.facts.world import World
from campmgr.periods.published import published, published_days
from campmgr.periods.working_days import Year
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload

area = Blueprint("office_calendar", __name__, url_prefix="/office/calendar")

_BROUGHT = "known:"
"""Before a year that comes with the program, where else the name of a kept file stands."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year as it is known: the days off on which people would work, and the days worked, each with its day of the week."""

    year: int
    off: tuple[str, ...]
    work: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The years that are known, the newest first, the form for a file, and those that the program brings and nobody has taken."""

    years: tuple[YearLine, ...]
    form: Form
    suggested: tuple[int, ...]


@area.get("/")
@require("organizer")
def years() -> Answer:
    """The years that are known."""
    return _page(Form())


@area.post("/")
@require("organizer")
def sent() -> Answer:
    """Keep a table, or name a year that the program brings, and go on to what it would change; nothing is written."""
    form = Form.sent()
    if known := published().years.get(int(form.typed("known")) if form.typed("known").isdecimal() else 0):
        return respond.shown_at("office_calendar.before_taking", [_BROUGHT + form.typed("known"), known.source])
    try:
        kept = keep_upload(request.files.get("file"))
        name = (request.files["file"].filename or "").replace("\\", "/").rpartition("/")[2][:120]
        source = "".join(each for each in name if each.isprintable())
        with reading() as (_r, world):
            _taking(world, kept.name, source)
    except CampError as problem:
        if problem.status != 422:
            raise
        form.refuse("file", problem)
        return _page(form, 422)
    return respond.shown_at("office_calendar.before_taking", [kept.name, source])


@area.get("/take")
@require("organizer")
def before_taking() -> Answer:
    """What each year of the table that was sent changes. Raises NotFound once it is forgotten."""
    kept, source = respond.shown_again()
    with reading() as (_r, world):
        before = _taking(world, kept, source)
    return respond.before(before, Form())


@area.post("/take")
@require("organizer")
def take() -> Answer:
    """Take in the table that was looked at; each year in it stands instead of what was known of that year."""
    form = Form.sent()
    kept, source = form.typed("kept"), form.typed("source")[:120]
    with writing() as (w, world):
        account, before = whole_camp(world), _taking(world, kept, source)
        if not before.is_agreed(form):
            return respond.before(before, form)
        years = tell_calendar(w, _days_in(world, kept), source, account.actor)
        if not kept.startswith(_BROUGHT):
            drop_upload(kept_upload(kept))
        words = _("已导入 %(years)s 年的放假安排。") % {"years": "、".join(map(str, years))}
        return told(w, words, url_for("office_calendar.years"), undo="")


def _days_in(world: World, kept: str) -> list[tuple[str, bool]]:
    """The days of a file that was kept, or of a year that the program brings."""
    if kept.startswith(_BROUGHT):
        return published_days(int("0" + kept.removeprefix(_BROUGHT)[:4]))
    return list(calendar_days(kept_upload(kept), max_bytes=world.rules[Limits].import_bytes))


def _taking(world: World, kept: str, source: str) -> Before:
    """The page before a table is taken in. Raises BadInput for one that tells no day, or a day both ways; NotAllowed."""
    whole_camp(world)
    found, known = years_of(_days_in(world, kept), source), calendar_of(world).years
    lines = tuple(_year_line(number, year, known.get(number)) for number, year in found.items())
    replaced = sum(1 for number, year in found.items() if number in known and known[number] != year)
    fewer = [number for number, year in found.items() if number in known and len(year.off) < len(known[number].off)]
    return Before(
        title=_("导入放假安排"),
        back=(url_for("office_calendar.years"), _("放假安排")),
        open=(
            OpenPoint(replaced, _("年已有安排，会被这张表替换"), _("整年替换：表里没写的日子就不再算放假或上班。") if replaced else ""),
            OpenPoint(len(fewer), _("年的放假日比原来少"), _("请核对表是不是全的。") if fewer else "", mark="!"),
        ),
        result=Result(_("每年会是这样"), lines, ((_("年"), ""), (_("放假"), ""), (_("上班"), ""), (_("原来"), "wide"))),
        does=(
            _("以后按工作日算的公示和答复期限，用这些放假日和上班日，全营一样。"),
            _("已经公示的名单截止日不变。"),
            _("弄错了，把对的表再导入一次，整年替换；没有导入过的年份不能恢复成空白。"),
        ),
        carries=(("kept", kept), ("source", source)),
        action=url_for("office_calendar.take"),
        button=_("导入 %(n)s 年的安排") % {"n": len(found)},
        is_grave=False,
    )  # fmt: skip


def _year_line(number: int, year: Year, known: Year | None) -> ResultLine:
    earlier = _("放假 %(off)s 天，上班 %(work)s 天") % {"off": len(known.off), "work": len(known.work)} if known else _("没有")
    return ResultLine((str(number), "、".join(_days(year.off)) or "—", "、".join(_days(year.work)) or "—", earlier))


def _page(form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        whole_camp(world)
        known = calendar_of(world).years
    lines = tuple(
        YearLine(year, _days(known[year].off), _days(known[year].work), known[year].source) for year in sorted(known, reverse=True)
    )
    brought = published().years
    suggested = tuple(year for year in sorted(brought, reverse=True) if known.get(year) != brought[year])
    return respond.page("holidays/years.html", CalendarPage(lines, form, suggested), status)


def _days(days: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"{int(day[5:7])}月{int(day[8:])}日 {week_day(day)}" for day in sorted(days))
