"""`campmgr report`."""

from __future__ import annotations

import click

from campmgr.areas.hours.rules.evidence import evidence_words
from campmgr.areas.hours.rules.words import all_rule_points
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.queries.reports import REPORTS, Report, report_units
from campmgr.areas.works.commands.shapes import standings_data
from campmgr.areas.works.queries.divisions import asked_division
from campmgr.areas.works.queries.standings import StandingRow, StandingsPage, standings
from campmgr.cli.opened import reading
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.clock import at_time, checked_day
from campmgr.desks.commands.shapes import amounts_data, behind_data, hours_data, report_data, rules_data
from campmgr.desks.queries.person import Hours, behind, hours_of
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.wording import hours_text

_HEADINGS = {"expected": "应参与", "joined": "已参加", "learning": "在学", "completed": "学满", "certified": "已发证", "hours": "课时",
             "works": "作品", "likes": "点赞"}  # fmt: skip


@click.group()
def report() -> None:
    """报表。"""


@report.command("units")
@click.option("--by", type=click.Choice(REPORTS), required=True, help="按市、县、学校、妇联、条线或人员类别。")
@click.option("--as-of", default="", metavar="日期", help="截至哪一天发生的。")
@db_option
@json_option
def units_(by: str, as_of: str, db: str | None, as_json: bool) -> None:
    """各单位的参与情况；同一人在一行里只算一次，合计里也只算一次。"""
    as_of = checked_day(as_of)
    with reading(db) as (r, world):
        found = report_units(r, world, by, as_of)
    emit(report_data(found), as_json=as_json, text=lambda: report_text(found))


def report_text(found: Report) -> str:
    """A roll-up as a table."""

    def line(code: str, name: str, expected: int | None, amounts: tuple[int, ...]) -> tuple[object, ...]:
        shown = amounts_data(amounts)
        return (code, name, expected, *(shown[key] for key in list(_HEADINGS)[1:]))

    rows = [line(row.code, row.name, row.expected, row.amounts) for row in found.rows]
    rows.append(line("", "未归属", found.unassigned.expected, found.unassigned.amounts))
    if any(found.overlap.amounts):
        rows.append(line("", "重复计入", found.overlap.expected, found.overlap.amounts))
    rows.append(line(found.total.code, "合计（每人一次）", found.total.expected, found.total.amounts))
    return table(("代码", "名称", *_HEADINGS.values()), rows)


@report.command()
@click.option("--person", required=True, metavar="编码", help="16 位编码，或唯一的编号。")
@db_option
@json_option
def hours(person: str, db: str | None, as_json: bool) -> None:
    """一个人的课时，每门课说明为什么。"""
    with reading(db) as (r, world):
        found = hours_of(r, world, find_person(r, person))
    data = hours_data(found) | {"rules": rules_data(world)}
    emit(data, as_json=as_json, text=lambda: "\n".join([lessons_text(found), *_evidence_lines(found, world)]))


def _evidence_lines(found: Hours, world: World) -> list[str]:
    """The records behind the hours, what is doubtful among them, and the rules they were counted by."""
    rows = [(mark.day, mark.lesson, "全部" if mark.minutes is None else mark.minutes, evidence_words(mark.source), mark.fact[:12])
            for mark in found.marks]  # fmt: skip
    force = world.in_force
    return [
        table(("日期", "课程", "分钟", "依据", "记录"), rows),
        *(f"存疑：{each.lesson}{' ' if each.lesson else ''}{each.sentence}" for each in found.doubts),
        f"规则（第 {force.version} 版，{force.since} 起，校验码 {force.digest[:8]}）：",
        *(f"  {each.sentence}{f'（{each.source}）' if each.source else ''}" for each in all_rule_points(world.rules)),
    ]


def lessons_text(found: Hours) -> str:
    """Hours as text."""
    ready = found.readiness
    lines = [f"{found.person.shown_name}：{hours_text(found.credit.total)} / {hours_text(ready.required)} 课时"]
    lines += [f"  {each.sentence}" for each in ready.because]
    rows = [(each.lesson, each.minutes, hours_text(each.credited), "；".join(reason.sentence for reason in each.because))
            for each in found.credit.lessons]  # fmt: skip
    return "\n".join([*lines, table(("课程", "分钟", "课时", "说明"), rows)])


@report.command("behind")
@click.option("--unit", required=True, metavar="代码", help="单位代码。")
@db_option
@json_option
def behind_(unit: str, db: str | None, as_json: bool) -> None:
    """一个单位里参加了但还没有达到领证条件的人。"""
    with reading(db) as (r, world):
        code = find_unit(world, unit).unit
        rows = behind(r, world, code)
    table_rows = [
        (each.person.shown_name, hours_text(each.credited), hours_text(each.missing), "是" if each.signed_in else "否")
        for each in rows
    ]
    emit(behind_data(code, rows), as_json=as_json, text=lambda: table(("姓名", "课时", "还差", "签到"), table_rows))


@report.command("standings")
@click.option("--at", default="", metavar="时间", help="按这个时间之前读到的点赞数（默认到规则的截止时间，没有截止时间则为最新）。")
@click.option("--limit", type=click.IntRange(1, 1_000_000), metavar="人数", help="取前几名（默认按规则）。")
@click.option("--unit", default="", metavar="代码", help="只排一个单位及其下级的。")
@click.option("--line", default="", metavar="条线", help="只排一个条线的。")
@click.option("--field", default="", metavar="领域", help="只排一个领域的作品。")
@click.option("--account", default="", metavar="类型", help="只排个人号或官方号发布的。")
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
