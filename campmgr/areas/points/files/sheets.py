"""The spreadsheets that this area takes in: items, adoptions, returned tables, and its two lists with fields."""

from __future__ import annotations

from campmgr.areas.points.actions.adoptions import AdoptionRow
from campmgr.areas.points.actions.compare_table import FIGURES, TablePlanner, TableRow
from campmgr.areas.points.actions.import_adoptions import AdoptionsPlanner
from campmgr.areas.points.actions.import_items import ItemRow, ItemsPlanner
from campmgr.areas.points.actions.items import Report
from campmgr.areas.points.actions.placing import Sender
from campmgr.areas.points.files.forms import TABLES
from campmgr.areas.points.files.roster import ROSTER_SHEET
from campmgr.areas.points.kinds.lists import LEADS, OUTLETS, VENUES, VIOLATIONS
from campmgr.areas.points.rules.characters import SAID
from campmgr.areas.points.rules.tasks import BLOCKS
from campmgr.areas.points.settings import SORTS
from campmgr.facts.importing import RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import UNIT, UNIT_NEVER, Brought, Layout, column
from campmgr.files.imports.row_reading import RowReader, get, required, word
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.inventory_sheets import inventory_sheet
from campmgr.settings.terms import vocabulary

_SORTS = vocabulary("类型", dict.fromkeys(SORTS, "") | {"舆情": "舆情信息", "综合性原创文章": "综合性文章 原创文章 文章"})

_UNIT = column("unit", "单位", "单位代码", *UNIT, "填报单位", parts="单位", never=UNIT_NEVER)
_ACTIVITY = column("activity", "活动代码", "活动")

_ITEMS = Layout(
    "items",
    "稿件",
    (
        _UNIT,
        _ACTIVITY,
        column("sort", "类型", "稿件类型 类别 信息类型"),
        column("title", "标题", "稿件标题 题目 名称"),
        column("event_on", "事件日期", "发生日期 事件时间"),
        column("sent_at", "报送时间", "报送日期 上报时间 上报日期"),
        column("characters", "字数", "字符数"),
        column("section", "栏目", "公众号栏目"),
        column("author", "作者", "撰稿人 作者姓名"),
        column("urgent", "督查、会议等", "急 督查会议"),
        column("file", "附件", "附件名 压缩文件 文件"),
    ),
    (("sort",), ("title",)),
)

_ADOPTIONS = Layout(
    "adoptions",
    "录用",
    (
        column("item", "稿件编号", "编号"),
        _UNIT,
        _ACTIVITY,
        column("title", "标题", "稿件标题 题目"),
        column("outlet", "媒体", "录用媒体 媒体名称 载体"),
        column("on", "录用日期", "刊发日期 发布日期"),
        column("link", "链接", "网址"),
        column("class", "类别", "载体类别"),
    ),
    (("item", "title"), ("outlet",), ("on",)),
    brought=Brought(
        "等着对上稿件",
        "没有对上稿件的录用",
        "这些行按编号或单位和标题找不到稿件，或不止一篇：导入后先留着不计分，由主办单位在“录用核定”页指明是哪篇；稿件报了以后再导入一次这份表，"
        "也会对上。",
    ),
)

_TABLE = Layout("points", "积分统计表", (*TABLES[BLOCKS].layout.columns, _ACTIVITY), (("unit",), ("points",)))


def read_item(reader: RowReader, row: Row) -> ItemRow:
    """A row of items; without a time of reporting it is the one at which the file was first read."""
    sort = word(row, "sort", _SORTS, "")
    if not sort:
        raise RowProblem("sort", "", "missing_value", f"没有类型。可以写：{'、'.join(SORTS)}。")
    title = required(row, "title", cells.text, "没有标题。")
    sent_at = get(row, "sent_at", cell_dates.instant, "")
    if not sent_at:
        sent_at = reader.read_at
        reader.notes.append(RowProblem("sent_at", "", "missing_value", "没有报送时间，按第一次导入这份文件的时间算。"))
    if author := get(row, "author", cells.text, ""):
        reader.notes.append(RowProblem("author", author, "unused_value", "作者没有导入：姓名只在人员里登记，请在稿件页指明是谁。"))
    length = get(row, "characters", lambda cell: cells.whole(cell, units="字|个"), None)
    report = Report(
        sort, title, get(row, "event_on", cell_dates.day, ""), sent_at, {} if length is None else {SAID: length},
        get(row, "section", cells.text, ""), urgent=get(row, "urgent", cells.yes, otherwise=False),
        file=get(row, "file", cells.text, ""), source="sheet",
    )  # fmt: skip
    return ItemRow(get(row, "unit", cells.text, ""), get(row, "activity", cells.code, ""), report)


def read_adoption(_: RowReader, row: Row) -> AdoptionRow:
    """A row of adoptions."""
    item, title = get(row, "item", cells.code, ""), get(row, "title", cells.text, "")
    if not item and not title:
        raise RowProblem("item", "", "missing_value", "请写稿件编号，或单位和标题。")
    outlet = required(row, "outlet", cells.text, "没有录用的媒体。")
    day = required(row, "on", cell_dates.day, "没有录用日期。")
    cls = get(row, "class", lambda cell: cells.ordinal(cell, "类"), 0)
    return AdoptionRow(get(row, "activity", cells.code, ""), item, get(row, "unit", cells.text, ""), title, outlet, day,
                       get(row, "link", cells.text, ""), cls)  # fmt: skip


def read_table_row(_: RowReader, row: Row) -> TableRow:
    """A row of a returned table."""
    unit = required(row, "unit", cells.text, "没有单位。")
    figures = tuple(get(row, name, lambda cell: cells.whole(cell, units="条|分"), None) for name in FIGURES)
    return TableRow(get(row, "activity", cells.code, ""), unit, figures)


def _sender(to: Importing) -> Sender:
    return Sender(to.actor, to.batch, to.unit, to.within, to.activity)


SHEETS = (
    Sheet(_ITEMS, read_item, lambda to: ItemsPlanner(_sender(to)), is_units=True),
    Sheet(_ADOPTIONS, read_adoption, lambda to: AdoptionsPlanner(_sender(to)), is_units=True),
    Sheet(_TABLE, read_table_row, lambda to: TablePlanner(_sender(to)), is_units=True),
    ROSTER_SHEET,
    inventory_sheet(VENUES),
    inventory_sheet(VIOLATIONS),
    inventory_sheet(LEADS),
    inventory_sheet(OUTLETS),
)
