"""Who is behind: the chase list 未完成名单 as a page, as text for a group chat, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request

from campmgr.clock import local_day
from campmgr.files.report_table import write_report
from campmgr.projections.units import Unit
from campmgr.projections.world import World
from campmgr.queries.accounts import unit_for, unit_name
from campmgr.queries.person import BehindRow, behind
from campmgr.rules.masks import mask_name
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.wording import hours_text, list_words

area = Blueprint("chase", __name__, url_prefix="/desk/units/<code>/behind")

SHOWN = 200
"""Rows on the page; the text for a chat holds as many, the spreadsheet holds everybody."""


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """Somebody who is behind, and what they lack in words."""

    person: str
    name: str
    class_name: str
    unit_name: str
    credited: str
    lacks: str


@dataclass(frozen=True, slots=True)
class ChasePage:
    """The list, its text for a chat, and whether names are masked there."""

    unit: Unit
    count: int
    lines: tuple[ChaseLine, ...]
    text: str
    masked: bool
    today: str


@area.get("")
@require("viewer")
def page(code: str) -> Answer:
    """Who joined and is not ready, the furthest behind first."""
    account, masked = me(), request.args.get("names") == "masked"
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        rows = behind(r, world, unit.unit, account.line)
        today = local_day(r.clock.now())
        lines = _lines(world, rows[:SHOWN])
        text = _text(world, unit, len(rows), lines, masked=masked)
    return respond.page("desk/chase.html", ChasePage(unit, len(rows), lines, text, masked, today))


@area.get("/list.xlsx")
@require("viewer")
def spreadsheet(code: str) -> Answer:
    """The whole list as .xlsx."""
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        lines = _lines(world, behind(r, world, unit.unit, account.line))
        today = local_day(r.clock.now())
    headings = ("姓名", "班级", "单位", "已得课时", "还缺")
    rows = [(line.name, line.class_name, line.unit_name, line.credited, line.lacks) for line in lines]
    note = f"{world.name}　截至 {today}　共 {len(rows)} 人"

    def write(path: Path) -> None:
        write_report(path, f"{unit.name}未完成名单", headings, rows, notes=[note])

    return download(written(write), f"{unit.name}未完成名单-{today}.xlsx", XLSX)


def _lines(world: World, rows: Sequence[BehindRow]) -> tuple[ChaseLine, ...]:
    return tuple(
        ChaseLine(row.person.person, row.person.shown_name, row.person.class_name, unit_name(world, row.person.home),
                  hours_text(row.credited), _lacks(world, row))
        for row in rows
    )  # fmt: skip


def _lacks(world: World, row: BehindRow) -> str:
    lacking = [f"差 {hours_text(row.missing)} 课时"] if row.missing else []
    if world.rules.certificate.sign_in_required and not row.signed_in:
        lacking.append("未签到")
    return list_words(lacking) or "其他条件未满足"


def _text(world: World, unit: Unit, count: int, lines: Sequence[ChaseLine], *, masked: bool) -> str:
    """What to paste into a group chat: short lines, no markup."""
    if not count:
        return f"【{world.name}】{unit.name}已全部完成，感谢大家！"
    shown = mask_name if masked else str
    told = [f"{number}. {shown(line.name)}{' ' + line.class_name if line.class_name else ''}：{line.lacks}"
            for number, line in enumerate(lines, 1)]  # fmt: skip
    more = [f"……共 {count} 人，其余见表格。"] if count > len(lines) else []
    head = f"【{world.name}】{unit.name}还有 {count} 人未完成，请抓紧学习："
    return "\n".join([head, *told, *more])
