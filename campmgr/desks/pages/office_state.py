"""Where the units below an office stand, by one measure: the map, its scale and the table together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from flask import request, url_for

from campmgr.accounts.queries import Account
from campmgr.areas.hours.pages.marking_choices import day_words
from campmgr.areas.reports.queries.reporting import Reporting
from campmgr.areas.units.queries.my_units import Reached, UnitLine, UnitList
from campmgr.clock import later, today_of
from campmgr.desks.queries.trend import last_days
from campmgr.store.door import Reader
from campmgr.web.charts import PLACES, Figure, TileMap, tile_map
from campmgr.web.i18n import _

Measure = Literal["rate", "joined", "completed", "certified", "silent"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
"""What the map shows; `rate`: joined of those expected, `silent`: units in which nobody has joined."""

LATE = 3
"""Days without anything learnt, after which a unit is said to be late."""


@dataclass(frozen=True, slots=True)
class StatePill:
    """A measure to choose: where to, its words, whether it is shown."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class StateLine:
    """A unit of the table: how many of a hundred expected joined (None: nobody said how many), when something was learnt there
    last, in words ("" for never), and whether that is long ago.
    """

    unit: UnitLine
    rate: int | None
    last: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class State:
    """The units right below an office, also as a schematic map (None where they have no places on it).

    `rate` is that of all of them; `lacking`: those of which nobody said how many are expected; `latest`: the last day on which
    anything was learnt, where that is longer ago than yesterday while the camp goes on, in words ("" for not).
    """

    measure: Measure
    pills: tuple[StatePill, ...]
    tiles: TileMap | None
    lines: tuple[StateLine, ...]
    rate: int | None
    lacking: tuple[UnitLine, ...]
    latest: str


def state_of(r: Reader, account: Account, units: UnitList, told: Reporting, *, is_running: bool) -> State:
    """The state as the address in hand asks for it; `is_running`: the camp goes on, so that whoever adds nothing is late."""
    today = today_of(r.clock)
    last = last_days(r, [units.unit.unit, *(each.unit for each in units.below)], account.line)
    lines = tuple(_line(each, last.get(each.unit, ""), today, is_running=is_running) for each in units.below)
    asked = request.args.get("by", "")
    usual: Measure = "rate" if any(each.rate is not None for each in lines) else "joined"
    measure: Measure = next((each for each in MEASURES if each == asked), usual)
    silent = {each.unit: each.silent for each in told.regions}
    figures = [Figure(each.unit.code, each.unit.name, value, _words(measure, value), f"#u-{each.unit.unit}", each.is_late)
               for each in lines for value in [_value(measure, each, silent)]]  # fmt: skip
    tiles = tile_map(figures) if any(each.code in PLACES for each in figures) else None
    lacking = tuple(each.unit for each in lines if each.rate is None)
    latest = last.get(units.unit.unit, "")
    is_old = is_running and latest and latest < later(today, -1)
    rate = None if lacking else _rate(units.unit.reached)
    return State(measure, _pills(measure), tiles, lines, rate, lacking, day_words(latest) if is_old else "")


def _pills(here: Measure) -> tuple[StatePill, ...]:
    words = {
        "rate": _("参加率"),
        "joined": _("已参加"),
        "completed": _("学满"),
        "certified": _("发证"),
        "silent": _("没人参加的单位"),
    }
    return tuple(StatePill(url_for("office.overview", by=each), words[each], each == here) for each in MEASURES)


def _line(unit: UnitLine, last: str, today: str, *, is_running: bool) -> StateLine:
    near = {today: _("今天"), later(today, -1): _("昨天")}
    return StateLine(unit, _rate(unit.reached), near.get(last) or day_words(last), is_running and last < later(today, -LATE))


def _rate(reached: Reached) -> int | None:
    return 100 * reached.joined // reached.expected if reached.expected else None


def _value(measure: Measure, line: StateLine, silent: Mapping[str, int]) -> int | None:
    if measure == "rate":
        return line.rate
    if measure == "silent":
        return silent.get(line.unit.unit, 0)
    reached = line.unit.reached
    return {"joined": reached.joined, "completed": reached.completed, "certified": reached.certified}[measure]


def _words(measure: Measure, value: int | None) -> str:
    if value is None:
        return _("没报应参与")
    return f"{value}%" if measure == "rate" else f"{value:,}"
