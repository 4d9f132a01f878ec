"""`campmgr report units`: participation rolled up."""

from __future__ import annotations

from typing import Any

import click

from campmgr.accounts.queries import place_of
from campmgr.areas.units.queries.reports import REPORTS, Amounts, Report, ReportRow
from campmgr.areas.units.queries.scoped_reports import report_for, reports_for
from campmgr.cli.opened import reading
from campmgr.cli.output import camp_option, db_option, emit, json_option, table
from campmgr.clock import checked_day
from campmgr.errors import BadInput
from campmgr.facts.tables import AMOUNTS
from campmgr.wording import hours_text

_HEADINGS = {"expected": "应参与", "joined": "已参加", "learning": "在学", "completed": "学满", "certified": "已发证", "hours": "课时",
             "works": "作品", "likes": "点赞"}  # fmt: skip

_SHOWN = ("joined", "learning", "completed", "certified", "hours", "works", "likes", "ready")


def amounts_data(amounts: Amounts) -> dict[str, Any]:
    """Amounts by name; class-hours as strings."""
    named = dict(zip(AMOUNTS, amounts, strict=True))
    return {name: hours_text(named[name]) if name == "hours" else named[name] for name in _SHOWN}


def report_data(report: Report) -> dict[str, Any]:
    """`report units`."""
    return {
        "by": report.by,
        "as_of": report.as_of or None,
        "heads": report.heads,
        "rows": [_row_data(row) for row in report.rows],
        "unassigned": {"expected": report.unassigned.expected} | amounts_data(report.unassigned.amounts),
        "total": _row_data(report.total),
        "overlap": {"expected": report.overlap.expected} | amounts_data(report.overlap.amounts),
    }


def _row_data(row: ReportRow) -> dict[str, Any]:
    return {"code": row.code, "id": row.unit or None, "name": row.name, "expected": row.expected} | amounts_data(row.amounts)


@click.command("units")
@click.option("--by", type=click.Choice(REPORTS), required=True, help="按市、县、学校、妇联、条线或人员类别。")
@click.option("--as-of", default="", metavar="日期", help="截至哪一天发生的。")
@click.option("--unit", default="", metavar="单位", help="只要这个单位和它的下级（不写为整个训练营）。")
@camp_option
@db_option
@json_option
def units_(by: str, as_of: str, unit: str, db: str | None, as_json: bool) -> None:
    """各单位的参与情况；同一人在一行里只算一次，合计里也只算一次。"""
    as_of = checked_day(as_of)
    with reading(db) as (r, world):
        place = place_of(world, unit or world.root_unit)
        if by not in (known := reports_for(world, place)):
            words = "、".join(known)
            raise BadInput(f"{unit} 下面没有 {by} 的行。", reason="wrong_usage", hint=f"这个单位可以用：{words}。")
        found = report_for(r, world, place, by, as_of)
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
