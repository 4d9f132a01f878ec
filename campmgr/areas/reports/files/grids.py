"""The tables of this area's reports."""

from __future__ import annotations

from campmgr.areas.reports.files.grid import Grid, hours, rate
from campmgr.areas.reports.queries.cross import Cell, Cross, CrossRow
from campmgr.areas.reports.queries.days import AsOf
from campmgr.areas.reports.queries.fields import FieldRow, Fields
from campmgr.areas.reports.queries.progress import Progress
from campmgr.areas.reports.queries.ranking import Ranking
from campmgr.areas.reports.queries.reporting import Reporting
from campmgr.facts.tables import AMOUNTS
from campmgr.files.report_table import Value

MEASURES = {"joined": "已参加", "rate": "参加率", "learning": "已开始学习", "completed": "学满课时", "certified": "获得证书",
            "certified_rate": "领证率", "hours": "课时", "works": "作品", "likes": "点赞"}  # fmt: skip
"""What a place of the table of lines can tell; rates are of those expected."""

_RATES = {"rate": "joined", "certified_rate": "certified"}
STAGES = ("已参加", "已开始学习", "学满课时", "获得证书")
REGIONS = {"city": "按设区市", "county": "按县（市、区）"}
KINDS = {"city": "设区市", "county": "县（市、区）", "school": "学校", "federation": "妇联"}

ONCE = "每格一人只算一次；地区合计按登记所在单位，条线按所属单位。"
MORE_THAN_ALL = "超过 100% 的：也有登记在别处、同时计入这里的人，应参与里没有他们；或应参与人数填少了。"
DEFINITIONS = {
    "joined": "已参加：已登记的人。",
    "rate": "参加率：已参加人数除以应参与人数；没有填应参与人数的不算率。",
    "learning": "已开始学习：有课时的人。",
    "completed": "学满课时：课时达到领证要求的人。",
    "certified": "获得证书：持有有效证书的人。",
    "certified_rate": "领证率：获得证书人数除以应参与人数；没有填应参与人数的不算率。",
    "hours": "课时：各人所得课时之和。",
    "works": "作品：计入的作品数。",
    "likes": "点赞：各作品最近一次读数之和。",
}  # fmt: skip


def measured(cell: Cell, of: str) -> Value:
    """What a place tells of a measure; None where it cannot be told."""
    value = cell.amounts[AMOUNTS.index(_RATES.get(of, of))]
    if of in _RATES:
        return rate(value, cell.expected)
    return hours(value) if of == "hours" else value


def cross_grid(found: Cross, of: str, when: AsOf, camp: str) -> Grid:
    """Regions by lines. Numbers have a column for what the lines tell more or less than the region; rates cannot be added."""
    is_rate = of in _RATES
    at = AMOUNTS.index(_RATES.get(of, of))
    headings = ("代码", "地区", "应参与", *found.lines, "合计（每人一次）", *(() if is_rate else ("条线相加与合计之差",)))

    def row(each: CrossRow, name: str = "") -> tuple[Value, ...]:
        apart = each.apart(at)
        last: tuple[Value, ...] = () if is_rate else (hours(apart) if of == "hours" else apart,)
        code = each.code if each.code != each.unit else ""
        return (code, name or each.name, each.whole.expected, *(measured(cell, of) for cell in each.cells),
                measured(each.whole, of), *last)  # fmt: skip

    closing = [row(found.left, "未归入以上各行")] if found.left else []
    closing.append(row(found.total, "合计"))
    many = any(cell.expected and cell.amounts[at] > cell.expected for each in found.rows for cell in (each.whole, *each.cells))
    apart = (
        ((MORE_THAN_ALL,) if many else ())
        if is_rate
        else ("条线相加与合计之差：正数是同时属于几条线、或人在别处登记的；负数是不属于任何条线的。",)
    )
    return Grid(f"{camp}{MEASURES[of]}（{REGIONS[found.by]}、条线）", notes_of(when, found.heads), headings,
                tuple(row(each) for each in found.rows), tuple(closing), (DEFINITIONS[of], ONCE, *apart))  # fmt: skip


FIELD_MEASURES = {"learners": "学习人数", "works": "作品", "authors": "作者", "likes": "点赞", "lessons": "课程"}


def fields_grid(found: Fields, when: AsOf, camp: str, scope: str) -> Grid:
    """Field by field; shares are of all works of the table."""

    def row(each: FieldRow, name: str) -> tuple[Value, ...]:
        return (name, each.lessons, hours(each.hundredths), each.learners, each.works, rate(each.works, found.total.works),
                each.authors, each.likes)  # fmt: skip

    headings = ("领域", "课程", "课程课时", "学习人数（每人一次）", "作品", "占全部作品", "作者（每人一次）", "点赞")
    rows = tuple(row(each, each.field or "没有写领域") for each in found.rows)
    return Grid(f"{camp}各领域", (*notes_of(when, found.heads), f"范围：{scope}"), headings, rows, (row(found.total, "合计"),),
                ("课程：整个训练营的课程门数，课程课时是一个人全部学完的课时；重播不另算。",
                 "学习人数：学过这个领域课程的人，每人一次；学了几个领域的，合计里也只算一次，所以合计可以小于各行之和。",
                 "作品：范围内计入的作品；占比的分母是范围内全部作品。",
                 "作者：一个领域里有作品的人，每人一次；投了几个领域的，合计里也只算一次，所以合计可以小于各行之和。",
                 "点赞：各作品最近一次读数之和。"), texts=1)  # fmt: skip


def progress_grid(found: Progress, when: AsOf, camp: str, scope: str) -> Grid:
    """Day by day, with what was reached in the end."""
    headings = ("日期", *(f"新增：{each}" for each in STAGES), *(f"累计：{each}" for each in STAGES))
    rows: tuple[tuple[Value, ...], ...] = tuple((each.day, *each.added, *each.reached) for each in found.days)
    notes = (*notes_of(when, found.heads), f"范围：{scope}", way_words(found))
    wide = tuple(DEFINITIONS[each] for each in ("joined", "learning", "completed", "certified"))
    return Grid(f"{camp}进度", notes, headings, rows, (), ("新增是当天增加减去当天取消的，可以是负数。", *wide), texts=1)


def way_words(found: Progress) -> str:
    """How many came how far, each step with its share of those who joined."""
    first = found.reached[0]
    told = [f"{words} {count:,}" + (f"（{rate(count, first)}）" if at and first else "")
            for at, (words, count) in enumerate(zip(STAGES, found.reached, strict=True))]  # fmt: skip
    return " → ".join(told)


def ranking_grid(found: Ranking, when: AsOf, camp: str) -> Grid:
    """Units in order."""
    at = AMOUNTS.index(found.of)
    words = {"joined": "参加率", "learning": "学习率", "completed": "学满率", "certified": "领证率"}[found.of]
    headings = ("名次", "代码", "单位", "上级", "应参与", "已参加", *([] if found.of == "joined" else [MEASURES[found.of]]), words)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (each.place, each.code if each.code != each.unit else "", each.name, each.above, each.expected, each.amounts[0],
         *(() if found.of == "joined" else (each.amounts[at],)), rate(each.amounts[at], each.expected))
        for each in found.rows
    )  # fmt: skip
    by = f"{words}（分母是应参与人数）" if found.is_rate else f"{MEASURES[found.of]}人数"
    told = [f"{KINDS[found.by]}，按{by}从高到低；并列的名次相同。"]
    if found.least:
        told.append(f"应参与不满 {found.least} 人的（没有填的，已参加不满 {found.least} 人的）不排：{found.small} 个。")
    if any(each.expected and each.amounts[at] > each.expected for each in found.rows):
        told.append(MORE_THAN_ALL)
    if found.unsaid:
        told.append(f"没有填应参与人数、算不出率的：{found.unsaid} 个，没有名次。")
    return Grid(f"{camp}{KINDS[found.by]}排名", notes_of(when, found.heads), headings, rows, (),
                (*told, DEFINITIONS[found.of]), texts=4)  # fmt: skip


def reporting_grid(found: Reporting, when: AsOf, camp: str) -> Grid:
    """Region by region."""
    asked = ("按时报送总结", "迟报总结", "未报送总结") if found.asks else ()
    headings = ("地区", "单位", "已有人参加", "还没有人参加", *asked)
    rows = tuple(
        (each.name, each.units, each.joined, each.silent, *((each.on_time, each.late, each.missing) if found.asks else ()))
        for each in (*found.regions, found.total)
    )
    due = (f"总结报送截止 {found.due}（含当天）。" if found.due else "总结没有规定截止日期，报了就算按时。",) if found.asks else ()
    said = "单位：参加活动、下面没有别的单位、或填了应参与人数的；有一人登记就算已有人参加。"
    return Grid(f"{camp}报送情况", notes_of(when, found.heads), headings, rows[:-1], rows[-1:], (said, *due), texts=1)


def silent_grid(found: Reporting, when: AsOf, camp: str) -> Grid:
    """Every unit in which nobody has joined."""
    rows = tuple((each.region, each.above, each.code if each.code != each.unit else "", each.name) for each in found.silent)
    return Grid(f"{camp}还没有人参加的单位", notes_of(when, found.heads), ("地区", "上级", "代码", "单位"), rows, texts=4)


def notes_of(when: AsOf, heads: str) -> tuple[str, ...]:
    """What stands above every table: its day, what to bear in mind of it, the state it was made of."""
    return (when.words, *([when.note] if when.note else []), f"数据状态 {heads[:16]}")
