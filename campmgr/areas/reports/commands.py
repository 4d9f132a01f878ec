"""`campmgr report circulars`: those given out, each still what its digest proves or not; `report fields`: works by field."""

from __future__ import annotations

from typing import Any

import click

from campmgr.accounts.queries import place_of
from campmgr.areas.reports.queries.circulars import Circular, circulars
from campmgr.areas.reports.queries.fields import FieldRow, Fields, fields
from campmgr.cli.opened import reading
from campmgr.cli.output import camp_option, db_option, emit, json_option, table
from campmgr.clock import checked_day, local_text
from campmgr.wording import hours_text


def circulars_data(found: tuple[Circular, ...]) -> dict[str, Any]:
    """`report circulars`."""
    rows = [
        {"number": each.number, "unit": each.unit_name, "unit_id": each.content.unit, "title": each.content.title,
         "as_of": each.content.as_of, "at": local_text(each.at), "digest": each.digest, "whole": each.whole}
        for each in found
    ]  # fmt: skip
    return {"broken": sum(not each.whole for each in found), "rows": rows}


@click.command("circulars")
@camp_option
@db_option
@json_option
def circulars_(db: str | None, as_json: bool) -> None:
    """发布过的通报，逐份核对校验码。"""
    with reading(db) as (r, world):
        found = circulars(r, world)
    shown = [
        (each.number, each.unit_name, each.content.title, each.content.as_of, "相符" if each.whole else "不符") for each in found
    ]
    emit(circulars_data(found), as_json=as_json, text=lambda: table(("编号", "单位", "通报", "截至", "校验码"), shown))


def fields_data(found: Fields, as_of: str) -> dict[str, Any]:
    """`report fields`."""
    rows = [_field_data(each) for each in found.rows]
    return {"heads": found.heads, "as_of": as_of or None, "rows": rows, "total": _field_data(found.total)}


def _field_data(each: FieldRow) -> dict[str, Any]:
    return {"field": each.field, "lessons": each.lessons, "lesson_hours": hours_text(each.hundredths),
            "learners": each.learners, "works": each.works, "authors": each.authors, "likes": each.likes}  # fmt: skip


@click.command("fields")
@click.option("--as-of", default="", metavar="日期", help="截至哪一天发生的。")
@click.option("--unit", default="", metavar="单位", help="只要这个单位和它的下级（不写为整个训练营）。")
@camp_option
@db_option
@json_option
def fields_(as_of: str, unit: str, db: str | None, as_json: bool) -> None:
    """各领域的课程、学习的人、作品和作者；每人一次。"""
    as_of = checked_day(as_of)
    with reading(db) as (r, world):
        found = fields(r, world, place_of(world, unit or world.root_unit), as_of)
    shown = [
        (name, each.lessons, hours_text(each.hundredths), each.learners, each.works, each.authors, each.likes)
        for each, name in (*((each, each.field or "没有写领域") for each in found.rows), (found.total, "合计"))
    ]
    emit(fields_data(found, as_of), as_json=as_json,
         text=lambda: table(("领域", "课程", "课程课时", "学习", "作品", "作者", "点赞"), shown))  # fmt: skip
