"""Telling a year's holidays and make-up days, so that every node counts working days alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from campmgr.areas.holidays.world import calendar_of
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from campmgr.periods.working_days import Year
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER


def tell_calendar(w: Writer, days: Iterable[tuple[str, bool]], source: str, actor: str = "") -> dict[int, Year]:
    """Keep (day, is worked) of one or several years, each year whole: it stands instead of what was told before.

    `source` is where the table came from, such as a file's name. Raises BadInput for no days, or a day told both ways.
    """
    world = worlds.load(w)
    if not world.trust.is_root(w.meta(WRITER)):
        raise NotAllowed("放假安排由全营的组织方统一导入。", hint="请联系组织方。")
    years = years_of(days, source)
    say(w, [_draft(number, year, actor) for number, year in years.items() if calendar_of(world).years.get(number) != year])
    return years


def years_of(days: Iterable[tuple[str, bool]], source: str) -> dict[int, Year]:
    """The years that (day, is worked) come to. Raises BadInput for no days, or a day told both ways."""
    told: dict[str, bool] = {}
    for day, worked in days:
        if told.setdefault(day, worked) != worked:
            raise BadInput(f"{day} 既写了休息，又写了上班。", reason="repeated_row", hint="请核对这一天，改好再导入。")
    if not told:
        raise BadInput("表里没有日期。", reason="empty_file", hint="请核对文件：日期、类型（休、班）两列。")
    return {year: _year(year, told, source) for year in sorted({int(day[:4]) for day in told})}


def _draft(number: int, year: Year, actor: str) -> Draft:
    body = {"year": number, "off": sorted(year.off), "work": sorted(year.work), "source": year.source}
    about = subject("calendar", str(number))
    return Draft("", "calendar_told", about, body, actor=actor)


def _year(number: int, told: Mapping[str, bool], source: str) -> Year:
    own = {day: worked for day, worked in told.items() if int(day[:4]) == number}
    return Year(
        frozenset(day for day, worked in own.items() if not worked), frozenset(day for day, worked in own.items() if worked), source
    )
