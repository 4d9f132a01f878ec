"""Who is behind: the chase list 未完成名单 as a page, as text for a group chat, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flask import Blueprint, request

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.queries.chase import ChaseGroup, ChaseRow, to_chase
from campmgr.areas.hours.rules.readiness import CONDITIONS, conditions_required
from campmgr.areas.hours.settings import Completion
from campmgr.areas.hours.world import lessons_of
from campmgr.class_order import class_key
from campmgr.clock import today_of
from campmgr.facts.finding import unit_address
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.report_table import Hours, Value, write_report
from campmgr.masks import mask_name
from campmgr.settings.rules import Rules
from campmgr.settings.terms import say
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.wording import hours_text, list_words

area = Blueprint("chase", __name__, url_prefix="/desk/units/<code>/behind")

SHOWN = 200
"""Rows on the page and in the text for a chat; a chat takes no more, and the spreadsheet holds the others."""

MOST_WRITTEN = 10_000
"""Rows of the spreadsheet; whoever has more sends each unit its own."""

_NO_CLASS = "-"
"""What stands in the address for those who have no class."""

_NAMED = 3
"""So many lessons are named; a longer list nobody reads."""


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """Somebody who is behind, what they lack, and which lessons (of so many) would close the gap, in words.

    `home`: the unit at which somebody is at home who is but a member here, else ""; `family`: their family there.
    """

    person: str
    name: str
    number: str
    home: str
    credited: str
    lacks: str
    lessons: str
    how_many: int
    family: str


@dataclass(frozen=True, slots=True)
class ChaseClass:
    """The lines of one class of one unit; `count` is how many there are, shown or not."""

    unit_name: str
    class_name: str
    count: int
    lines: tuple[ChaseLine, ...]


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many of a class (key for the address) or of a unit below (its address, "" for those at home in the unit itself)."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ChasePage:
    """The list by class, its text for a chat, and whether names are masked there; `units` only where several stand below."""

    unit: Unit
    count: int
    shown: int
    groups: tuple[ChaseClass, ...]
    units: tuple[HeadCount, ...]
    classes: tuple[HeadCount, ...]
    chosen: str
    text: str
    masked: bool
    today: str


@area.get("")
@require("viewer")
def page(code: str) -> Answer:
    """Who joined and is not ready, class by class, the furthest behind first."""
    account, masked, chosen = me(), _are_masked(), request.args.get("class", "")
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = to_chase(r, world, unit, line=account.line, class_name=_class(chosen), most=SHOWN)
        today = today_of(r.clock)
    shown, units, count = _by_class(world, found.rows, found.groups), _units(world, unit, found.below), found.count
    text = _text(world, unit, shown, count, masked=masked, today=today)
    return respond.page("hours/chase.html", ChasePage(
        unit, count, len(found.rows), shown, units, () if units else _classes(found.groups), chosen, text, masked,
        today))  # fmt: skip


@area.get("/list.xlsx")
@require("viewer")
def spreadsheet(code: str) -> Answer:
    """The list as .xlsx, masked where the page is."""
    account, chosen = me(), request.args.get("class", "")
    shown: Callable[[str], str] = mask_name if _are_masked() else str
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        rows = to_chase(r, world, unit, line=account.line, class_name=_class(chosen), most=MOST_WRITTEN + 1).rows
        today = today_of(r.clock)
    title = f"{unit.name}{_class(chosen) or ''}未完成名单"
    headings = tuple("序号 单位 登记单位 班级 姓名 编号 已得课时 还差课时 未办事项 学完这些就够了 备注".split())
    lines = [_cells(world, number, row, shown) for number, row in enumerate(rows[:MOST_WRITTEN], 1)]
    if not any(row.home_name for row in rows):  # it is their unit
        headings, lines = headings[:2] + headings[3:], [line[:2] + line[3:] for line in lines]
    if all(row.unit == unit.unit for row in rows):  # the title says it
        headings, lines = headings[:1] + headings[2:], [line[:1] + line[2:] for line in lines]
    notes = [f"{world.name}　截至 {today}", _asked_for(world.rules), _how_many(len(rows))]

    def write(path: Path) -> None:
        write_report(path, title, headings, lines, notes=notes)

    return download(written(write), f"{title}-{today}.xlsx", XLSX)


def _are_masked() -> bool:
    """Whether names are masked in what leaves the house, the text for a chat and the file: unless somebody asks for them."""
    return request.args.get("names") != "full"


def _class(chosen: str) -> str | None:
    """The class of an address; None for all."""
    return None if not chosen else "" if chosen == _NO_CLASS else chosen


def _by_class(world: World, rows: Sequence[ChaseRow], groups: Sequence[ChaseGroup]) -> tuple[ChaseClass, ...]:
    known = {(each.unit, class_key(each.class_name)): each for each in groups}
    return tuple(
        ChaseClass(some[0].unit_name, known[which].class_name, known[which].count, tuple(_line(world, each) for each in some))
        for which, found in groupby(rows, lambda row: (row.unit, class_key(row.class_name)))
        if (some := list(found))
    )


def _line(world: World, row: ChaseRow) -> ChaseLine:
    return ChaseLine(
        row.person,
        row.name,
        row.number,
        row.home_name,
        hours_text(row.credited),
        _lacks(row),
        _lessons(world, row.lessons),
        len(row.lessons),
        row.family,
    )


def _lacks(row: ChaseRow) -> str:
    hours = [f"差 {hours_text(row.standing.missing)} 课时"] if row.standing.missing else []
    return list_words([*hours, *(f"未{say(CONDITIONS, each)}" for each in row.standing.lacking)])


def _lessons(world: World, codes: Sequence[str]) -> str:
    """Lessons that close the gap, by code and name; "" where there are none to name."""
    named = list_words(f"{code} {lessons_of(world)[code].name}" for code in codes[:_NAMED])
    return f"{named}等 {len(codes)} 门" if len(codes) > _NAMED else named


def _units(world: World, unit: Unit, below: Sequence[tuple[str, int]]) -> tuple[HeadCount, ...]:
    """The units right below to go on to; none where everybody is at home in the unit itself."""
    tree = world.tree.units
    if {each for each, _count in below} <= {unit.unit}:
        return ()
    return tuple(HeadCount("" if each == unit.unit else unit_address(world, each), tree[each].name, count)
                 for each, count in below)  # fmt: skip


def _classes(groups: Sequence[ChaseGroup]) -> tuple[HeadCount, ...]:
    """The classes to choose from; none where nobody has one."""
    found = tuple(HeadCount(each.class_name or _NO_CLASS, each.class_name or "没有班级", each.count) for each in groups)
    return found if any(each.class_name for each in groups) else ()


def _text(world: World, unit: Unit, groups: Sequence[ChaseClass], count: int, *, masked: bool, today: str) -> str:
    """What to paste into a group chat: short lines, no markup, class by class."""
    if not count:
        return f"【{world.name}】{unit.name}已全部完成，感谢大家！"
    shown = mask_name if masked else str
    told = [f"【{world.name}】{unit.name}还有 {count} 人未完成（截至 {today}），请抓紧学习：", _asked_for(world.rules)]
    several = len({each.unit_name for each in groups}) > 1
    for group in groups:
        of_class = group.class_name or ("没有班级" if len(groups) > 1 and not several else "")
        head = " ".join(filter(None, (group.unit_name if several else "", of_class)))
        told += [f"— {head}（{group.count} 人）"] if head else []
        for number, line in enumerate(group.lines, 1):
            told.append(f"{number}. {shown(line.name)}{_at(line)}：{line.lacks}{_advice(line)}")
    left = count - sum(len(group.lines) for group in groups)
    return "\n".join([*told, *([f"……还有 {left} 人，见表格。"] if left else [])])


def _at(line: ChaseLine) -> str:
    return f"（{line.home}）" if line.home else ""


def _advice(line: ChaseLine) -> str:
    """What to do next, short enough for a chat."""
    if line.how_many > _NAMED:
        return f"；还要学 {line.how_many} 门课"
    return f"；学完 {line.lessons} 就够" if line.lessons else ""


def _asked_for(rules: Rules) -> str:
    """What the certificate asks for, in one sentence."""
    conditions = list_words(say(CONDITIONS, each) for each in conditions_required(rules))
    return f"结业要求：满 {hours_text(rules[Completion].required_hundredths)} 课时{'，并' + conditions if conditions else ''}。"


def _how_many(count: int) -> str:
    if count > MOST_WRITTEN:
        return f"超过 {MOST_WRITTEN:,} 人，本表只列出前 {MOST_WRITTEN:,} 人；请到下级单位分别下载。"
    return f"共 {count:,} 人。"


def _cells(world: World, number: int, row: ChaseRow, shown: Callable[[str], str]) -> tuple[Value, ...]:
    lacking = list_words(f"未{say(CONDITIONS, each)}" for each in row.standing.lacking)
    return (number, row.unit_name, row.home_name, row.class_name, shown(row.name), "" if shown is mask_name else row.number,
            Hours(row.credited), Hours(row.standing.missing) if row.standing.missing else "", lacking,
            _lessons(world, row.lessons), "")  # fmt: skip
