"""`campmgr report standings`: the ranking by likes, and its JSON (docs/commands.md)."""

from __future__ import annotations

from typing import Any

import click

from campmgr.areas.works.queries.divisions import asked_division
from campmgr.areas.works.queries.standings import StandingRow, StandingsPage, standings
from campmgr.cli.opened import reading
from campmgr.cli.output import camp_option, db_option, emit, json_option, table
from campmgr.clock import at_time


def standing_data(row: StandingRow) -> dict[str, Any]:
    """One line of a ranking."""
    return {"place": row.place, "person": row.person, "name": row.name, "work": row.work, "title": row.title, "link": row.link,
            "likes": row.likes, "unit": row.unit, "city": row.city, "account": row.account,
            "at_least": row.at_least}  # fmt: skip


def standings_data(page: StandingsPage) -> dict[str, Any]:
    """`report standings`."""
    rows = [standing_data(row) for row in page.rows]
    return {"at": page.at or None, "rule": page.rule, "rows": rows, "tied_at_cut": page.tied_at_cut,
            "left_out": page.left_out, "decided_at_cut": page.decided_at_cut}  # fmt: skip


@click.command("standings")
@click.option("--at", default="", metavar="时间", help="按这个时间之前读到的点赞数（默认到规则的截止时间，没有截止时间则为最新）。")
@click.option("--limit", type=click.IntRange(1, 1_000_000), metavar="人数", help="取前几名（默认按规则）。")
@click.option("--unit", default="", metavar="代码", help="只排一个单位及其下级的。")
@click.option("--line", default="", metavar="条线", help="只排一个条线的。")
@click.option("--field", default="", metavar="领域", help="只排一个领域的作品。")
@click.option("--account", default="", metavar="类型", help="只排个人号或官方号发布的。")
@camp_option
@db_option
@json_option
def standings_(at: str, limit: int | None, db: str | None, as_json: bool, **asked: str) -> None:
    """点赞排名；可以只排一个单位、条线、领域或账号类型的。"""
    at = at_time(at)
    with reading(db) as (r, world):
        page = standings(r, world, at, limit, asked_division(world, **asked))
    emit(standings_data(page), as_json=as_json, text=lambda: standings_text(page))


def standings_text(page: StandingsPage, most: int | None = None) -> str:
    """A ranking as a table."""
    apart = any(row.account for row in page.rows)
    rows = [
        (*([row.account] if apart else []), row.place, row.name, row.title, _counted(row), row.unit, row.city)
        for row in page.rows[:most]
    ]
    headings = (*(["名单"] if apart else []), "名次", "姓名", "作品", "点赞", "单位", "市")
    return f"{page.rule}\n" + table(headings, rows) + "".join(f"\n{each}" for each in page.at_the_cut)


def _counted(row: StandingRow) -> str:
    """The likes; ≥ before a lower bound such as 10万+."""
    return f"≥{row.likes}" if row.at_least else str(row.likes)
