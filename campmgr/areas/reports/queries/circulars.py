"""Circulars that were given out, and the draft of one: numbers of a day with their scope and what they mean."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.accounts.queries import Account, in_subtree
from campmgr.areas.reports.queries.cross import CrossRow, cross, regions_for
from campmgr.areas.reports.queries.fields import Fields, fields
from campmgr.areas.reports.queries.progress import progress
from campmgr.areas.reports.queries.reporting import Reporting, reporting
from campmgr.areas.reports.rules.circular import Cell, CircularContent, CircularTable, digest_of
from campmgr.areas.units.queries.reports import Report
from campmgr.areas.units.queries.scoped_reports import report_for
from campmgr.clock import today_of
from campmgr.errors import NotFound, Refused
from campmgr.facts.tables import AMOUNTS
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row
from campmgr.wording import percent_text, permille

REPORTED = "报送情况"
STAGES = ("已参加", "已开始学习", "学满课时", "获得证书")
_AT = tuple(AMOUNTS.index(each) for each in ("joined", "learning", "completed", "certified"))
DEFINITIONS = (
    "已参加：已登记的人；每格一人只算一次，地区合计按登记所在单位，条线按所属单位。",
    "已开始学习：有课时的人；学满课时：课时达到领证要求的人；获得证书：持有有效证书的人。",
    "参加率：已参加人数除以应参与人数（各单位填报，没有填的不算率）。",
    "参与者类别：每人一类；占已参加的分母是合计的已参加人数。",
    "各领域：学习人数是学过这个领域课程的人，作者是有作品计入的人，每人在一个领域和合计里各算一次。",
    "报送情况：有一人登记就算已有人参加；只有截至当天的通报才列。",
    "条线相加与合计之差：正数是同时属于几条线、或人在别处登记的；负数是不属于任何条线的。",
)


@dataclass(frozen=True, slots=True)
class Circular:
    """A circular as it was given out: the id of its fact, its number, when, and whether it is still what its digest proves."""

    fact: str
    unit_name: str
    number: int
    at: str
    digest: str
    whole: bool
    content: CircularContent


def draft(r: Reader, world: World, account: Account, as_of: str = "") -> CircularContent:
    """What a circular of an account's scope would say of a day, today without one. Raises Refused for a day that is not there yet,
    NotFound where the scope has no regions to tell apart.
    """
    today = today_of(r.clock)
    if as_of > today:
        raise Refused(f"{as_of} 还没有到，不能通报。", hint=f"请填今天（{today}）或以前的日期。")
    regions = regions_for(world, account)
    if not regions:
        raise NotFound("您的单位下面没有可以列的行。", reason="no_such_page", hint="请看报表的其他几页。")
    day = as_of or today
    table = cross(r, world, account, regions[0], as_of)
    way = progress(r, account, as_of)
    unit = world.tree.units[account.unit].name
    scope = f"{unit}{account.line}条线" if account.line else unit
    rows = [*table.rows, *([table.left] if table.left else []), table.total]
    names = [*(row.name for row in table.rows), *(["未归入以上各行"] if table.left else []), "合计"]
    tables = (
        CircularTable("各地区进展", 1, ("地区", "应参与", *STAGES, "参加率"), tuple(map(_stages, names, rows))),
        CircularTable("各地区各条线已参加人数", 1, ("地区", *table.lines, "合计（每人一次）", "条线相加与合计之差"),
                      tuple(map(_lines, names, rows))),
        _kinds(report_for(r, world, account, "kind", as_of)),
        _fields(fields(r, world, account, as_of)),
        *([] if as_of and as_of < today else [_reported(reporting(r, world, account))]),
    )  # fmt: skip
    text = tuple(_text(world.name, scope, day, table.total.whole.expected, way.reached, table.rows))
    return CircularContent(account.unit, account.line, f"{world.name}进展情况通报", day, table.heads, text, tables, DEFINITIONS)


def _stages(name: str, row: CrossRow) -> tuple[Cell, ...]:
    whole = row.whole
    expected: Cell = "—" if whole.expected is None else whole.expected
    return (name, expected, *(whole.amounts[at] for at in _AT), _rate(whole.amounts[0], whole.expected) or "—")


def _lines(name: str, row: CrossRow) -> tuple[Cell, ...]:
    return (name, *(cell.amounts[0] for cell in row.cells), row.whole.amounts[0], row.apart(0))


def _kinds(found: Report) -> CircularTable:
    """Kinds of participants (F-06) that anybody is of; each person is of one."""
    rows = [row for row in (*found.rows, found.unassigned) if any(row.amounts[at] for at in _AT)]
    joined = found.total.amounts[0]
    told: tuple[tuple[Cell, ...], ...] = tuple(
        (row.name or "其他", *(row.amounts[at] for at in _AT), _rate(row.amounts[0], joined) or "—") for row in rows
    )
    whole: tuple[Cell, ...] = ("合计", *(found.total.amounts[at] for at in _AT), _rate(joined, joined) or "—")
    return CircularTable("各类参与者", 1, ("参与者类别", *STAGES, "占已参加"), (*told, whole))


def _fields(found: Fields) -> CircularTable:
    rows = ((row.field or "没有写领域", row) for row in found.rows)
    told = ((name, row.lessons, row.learners, row.works, row.authors) for name, row in (*rows, ("合计（每人一次）", found.total)))
    return CircularTable("各领域", 1, ("领域", "课程", "学习人数", "作品", "作者"), tuple(told))


def _reported(found: Reporting) -> CircularTable:
    """Who has reported and who has not, which is known of now alone."""
    asked = ("按时报送总结", "迟报总结", "未报送总结") if found.asks else ()
    rows = tuple(
        (each.name, each.units, each.joined, each.silent, *((each.on_time, each.late, each.missing) if found.asks else ()))
        for each in (*found.regions, found.total)
    )
    return CircularTable(REPORTED, 1, ("地区", "单位", "已有人参加", "还没有人参加", *asked), rows)


def _rate(part: int, whole: int | None) -> str:
    return percent_text(permille(part, whole))


def _text(
    camp: str, scope: str, day: str, expected: int | None, reached: tuple[int, ...], rows: Iterable[CrossRow]
) -> Iterable[str]:
    joined, learning, completed, certified = reached
    share = f"（应参与 {expected:,} 人，参加率 {_rate(joined, expected)}）" if expected else ""
    told = "，".join(f"{words} {count:,} 人（{_rate(count, joined)}）" for words, count in
                    (("已开始学习", learning), ("学满课时", completed), ("获得证书", certified)) if joined)  # fmt: skip
    yield f"截至 {day}，{scope}共有 {joined:,} 人参加{camp}{share}" + (f"；其中{told}。" if told else "。")
    rated = [row for row in rows if row.whole.expected]
    rated.sort(key=lambda row: -row.whole.amounts[0] / (row.whole.expected or 1))
    if len(rated) > 3:
        first = "、".join(f"{row.name}（{_rate(row.whole.amounts[0], row.whole.expected)}）" for row in rated[:3])
        last = "、".join(f"{row.name}（{_rate(row.whole.amounts[0], row.whole.expected)}）" for row in rated[-3:])
        yield f"参加率靠前的是{first}；靠后的是{last}。"
    if nobody := [row.name for row in rows if not row.whole.amounts[0]]:
        yield f"还没有人参加的有{'、'.join(nobody)}。"


_COLUMNS = "select fact, unit, number, at, digest, content from circulars"
_ALL = f"{_COLUMNS} where activity = :activity order by at desc, unit, number desc, fact"
_ONE = f"{_COLUMNS} where fact = :fact and activity = :activity"


def circulars(r: Reader, world: World, account: Account | None = None) -> tuple[Circular, ...]:
    """Every circular of the camp, the newest first; for an account those of units in its scope and of its line."""
    found = (_circular(world, row) for row in r.all(_ALL, activity=world.activity))
    return tuple(each for each in found if account is None or _is_theirs(world, account, each))


def circular_of(r: Reader, world: World, account: Account, fact: str) -> Circular:
    """One circular, by the id of its fact. Raises NotFound, for one outside the account's scope too."""
    row = r.one(_ONE, fact=fact, activity=world.activity)
    found = _circular(world, row) if row else None
    if found is None or not _is_theirs(world, account, found):
        raise NotFound("没有这份通报。", reason="no_such_page", hint="请从通报列表进入。")
    return found


def silent_units(r: Reader, world: World, account: Account, content: CircularContent) -> int:
    """In how many units nobody has joined, now: as the draft of today tells, else counted."""
    told = next((each.rows[-1] for each in content.tables if each.title == REPORTED), None)
    return int(told[3]) if told else len(reporting(r, world, account).silent)


def next_number(r: Reader, world: World, unit: str) -> int:
    """The number of a unit's next circular in the camp that is going on."""
    sql = "select max(number) from circulars where activity = :activity and unit = :unit"
    return int(r.value(sql, activity=world.activity, unit=unit) or 0) + 1


def _is_theirs(world: World, account: Account, found: Circular) -> bool:
    return in_subtree(world, found.content.unit, account.unit) and account.line in {"", found.content.line}


def _circular(world: World, row: Row) -> Circular:
    fact, unit, number, at, digest, content = row
    body, known = json.loads(str(content)), world.tree.units.get(str(unit))
    whole = digest_of(body) == digest
    return Circular(str(fact), known.name if known else "未知单位", int(str(number)), str(at), str(digest), whole,
                    CircularContent.read(body))  # fmt: skip
