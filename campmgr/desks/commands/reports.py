"""`campmgr report hours` and `behind`: what looks at several areas."""

from __future__ import annotations

import click

from campmgr.areas.hours.rules.evidence import evidence_words
from campmgr.areas.hours.rules.words import all_rule_points
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading
from campmgr.cli.output import camp_option, db_option, emit, json_option, table
from campmgr.desks.commands.shapes import behind_data, hours_data, rules_data
from campmgr.desks.queries.person import PersonHours, behind, hours_of
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.wording import hours_text


@click.command()
@click.option("--person", required=True, metavar="编码", help="16 位编码，或唯一的编号。")
@camp_option
@db_option
@json_option
def hours(person: str, db: str | None, as_json: bool) -> None:
    """一个人的课时，每门课说明为什么。"""
    with reading(db) as (r, world):
        found = hours_of(r, world, find_person(r, person))
    data = hours_data(found) | {"rules": rules_data(world)}
    emit(data, as_json=as_json, text=lambda: "\n".join([lessons_text(found), *_evidence_lines(found, world)]))


def _evidence_lines(found: PersonHours, world: World) -> list[str]:
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


def lessons_text(found: PersonHours) -> str:
    """Hours as text."""
    ready = found.readiness
    lines = [f"{found.person.shown_name}：{hours_text(found.credit.total)} / {hours_text(ready.required)} 课时"]
    lines += [f"  {each.sentence}" for each in ready.because]
    rows = [(each.lesson, each.minutes, hours_text(each.credited), "".join(reason.sentence for reason in each.because))
            for each in found.credit.lessons]  # fmt: skip
    return "\n".join([*lines, table(("课程", "分钟", "课时", "说明"), rows)])


@click.command("behind")
@click.option("--unit", required=True, metavar="代码", help="单位代码。")
@camp_option
@db_option
@json_option
def behind_(unit: str, db: str | None, as_json: bool) -> None:
    """一个单位里参加了但还没有达到领证条件的人。"""
    with reading(db) as (r, world):
        found = find_unit(world, unit)
        rows = behind(r, world, found.unit)
    table_rows = [
        (each.person.shown_name, hours_text(each.credited), hours_text(each.missing), "是" if each.signed_in else "否")
        for each in rows
    ]
    emit(behind_data(found, rows), as_json=as_json, text=lambda: table(("姓名", "课时", "还差", "签到"), table_rows))
