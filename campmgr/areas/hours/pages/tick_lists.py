"""The spreadsheet of a unit's people to tick, handed out by chat; it comes back through the import of marks."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, request

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.files.tick_list import TickList, write_tick_list
from campmgr.areas.hours.pages.marking_choices import choices_of
from campmgr.areas.hours.queries.paper import listed
from campmgr.areas.hours.world import lessons_of
from campmgr.clock import parse_day
from campmgr.errors import BadInput, Refused
from campmgr.web.current import me, reading
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("tick_lists", __name__, url_prefix="/desk/units/<code>/tick-list.xlsx")

MOST_ROWS = 2000
"""Rows of a sheet that somebody ticks one by one; two seconds to write."""


@area.get("")
@require("coordinator")
def workbook(code: str) -> Answer:
    """The list of a unit (and class), for a lesson or condition and a day where these are known; no name stands in the address.

    Raises BadInput for nobody, Refused for more than MOST_ROWS.
    """
    class_name, what, day = (request.args.get(name, "") for name in ("class", "what", "day"))
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        people = listed(r, unit.unit, class_name, MOST_ROWS + 1)
        words = dict(choices_of(world)).get(what, "")
        lessons = tuple(lessons_of(world).values())
    if not people:
        raise BadInput("这个单位（班级）里还没有人。", reason="missing_value", hint="请先导入名单。")
    if len(people) > MOST_ROWS:
        raise Refused(f"人数超过 {MOST_ROWS:,}，一张表太长。", reason="too_large", hint="请按班级分别下载。")
    title = f"{unit.name}{class_name}参与登记表" + (f"　{words}" if words else "")
    content = TickList(title, people, lessons, what if words else "", _day(day))

    def write(path: Path) -> None:
        write_tick_list(path, content)

    return download(written(write), f"{unit.name}{class_name}登记表.xlsx", XLSX)


def _day(text: str) -> str:
    """A day that may be filled in beforehand; "" for none, and for what is none: the sheet has a column for it."""
    try:
        return parse_day(text) if text else ""
    except ValueError:
        return ""
