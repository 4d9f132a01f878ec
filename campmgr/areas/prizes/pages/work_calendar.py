"""Holidays and make-up working days in the office: which years are known, and a file for another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.areas.prizes.actions.work_calendar import tell_calendar
from campmgr.areas.prizes.files.calendar_table import calendar_days
from campmgr.areas.prizes.world import calendar_of
from campmgr.clock import week_day
from campmgr.errors import CampError
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload

area = Blueprint("office_calendar", __name__, url_prefix="/office/calendar")


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year as it is known: the days off on which people would work, and the days worked, each with its day of the week."""

    year: int
    off: tuple[str, ...]
    work: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The years that are known, the newest first, and the form for a file."""

    years: tuple[YearLine, ...]
    form: Form


@area.get("/")
@require("organizer")
def years() -> Answer:
    """The years that are known."""
    return _page(Form())


@area.post("/")
@require("organizer")
def taken() -> Answer:
    """Take in a table; each year in it stands instead of what was known of that year."""
    form, path = Form.sent(), None
    with reading() as (_r, world):
        whole_camp(world)
        most = world.rules[Limits].import_bytes
    try:
        path = keep_upload(request.files.get("file"))
        _tell(path, most)
    except CampError as problem:
        form.refuse("file", problem)
        return _page(form, 422)
    finally:
        if path is not None:
            drop_upload(path)
    return respond.go(url_for("office_calendar.years"))


def _tell(path: Path, most: int) -> None:
    days = calendar_days(path, max_bytes=most)
    name = (request.files["file"].filename or "").replace("\\", "/").rpartition("/")[2][:120]
    with writing() as (w, world):
        account = whole_camp(world)
        tell_calendar(w, days, "".join(each for each in name if each.isprintable()), account.actor)


def _page(form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        whole_camp(world)
        known = calendar_of(world).years
    lines = tuple(
        YearLine(year, _days(known[year].off), _days(known[year].work), known[year].source) for year in sorted(known, reverse=True)
    )
    return respond.page("prizes/calendar.html", CalendarPage(lines, form), status)


def _days(days: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"{int(day[5:7])}月{int(day[8:])}日 {week_day(day)}" for day in sorted(days))
