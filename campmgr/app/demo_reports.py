"""The reports that `campmgr demo` prints."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.commands.reports import report_data, report_text
from campmgr.areas.units.queries.reports import REPORTS, report_units
from campmgr.areas.works.commands.standings import standings_data, standings_text
from campmgr.areas.works.queries.standings import standings
from campmgr.cli.opened import reading
from campmgr.cli.output import emit
from campmgr.demo.camp import DemoCamp
from campmgr.desks.commands.reports import lessons_text
from campmgr.desks.commands.shapes import hours_data
from campmgr.desks.queries.person import hours_of
from campmgr.facts.world import World
from campmgr.store.door import Reader


def print_demo_reports(path: Path, built: DemoCamp, *, as_json: bool) -> None:
    """The main job on one page: roll-ups, the ranking, and three people on their way to the certificate."""
    with reading(str(path)) as (r, world):
        if as_json:
            emit(_demo_data(r, world, built), as_json=True, text=str)
            return
        click.echo(f"{world.name}（虚构数据）\n")
        for by, title in (("city", "按市"), ("line", "按条线")):
            click.echo(f"{title}\n{report_text(report_units(r, world, by))}\n")
        click.echo(f"点赞排名前十\n{standings_text(standings(r, world), 10)}\n")
        for shown in (built.half_hour_short, built.unsigned, built.ready):
            click.echo(lessons_text(hours_of(r, world, find_person(r, shown.code))) + "\n")


def _demo_data(r: Reader, world: World, built: DemoCamp) -> dict[str, object]:
    reports = {by: report_data(report_units(r, world, by)) for by in REPORTS}
    shown = (built.half_hour_short, built.unsigned, built.ready)
    people = [hours_data(hours_of(r, world, find_person(r, each.code))) for each in shown]
    return {"camp": world.name, "reports": reports, "standings": standings_data(standings(r, world)), "people": people}
