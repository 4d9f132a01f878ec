"""A spreadsheet of a unit's people to tick: locked keys, drop-downs; it comes back by chat through the import of marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES
from campmgr.areas.hours.queries.paper import Listed
from campmgr.areas.hours.rules.evidence import SOURCES
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.files.column_letters import set_widths
from campmgr.files.report_table import write_lines
from campmgr.files.workbook import page_setup, save_workbook, write_number, write_text
from campmgr.settings.terms import say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

TICK = "√"
"""What says that somebody came."""

_HEADINGS = ("参与者编号", "姓名", "班级", "到场", "课程编号", "分钟", "日期", "方式")
_WIDTHS = (20, 16, 14, 8, 12, 8, 13, 12)
_KEYS = 3
"""So many columns say who somebody is; they are locked."""

_HEADING_ROW = 3
_LESSONS = "课程表"
_HOW = "到场的打“√”（或写分钟数），没来的留空；课程、日期、方式可以点单元格旁的箭头选择。填好存盘，发回来导入即可。"
_WAYS = tuple(say(CONDITIONS, word) for word in CONDITIONS.words) + tuple(say(SOURCES, word) for word in ("paper", "class", "hand"))


@dataclass(frozen=True, slots=True)
class TickList:
    """What stands on the sheet: for whom, the lessons to choose from; `what` (a lesson's code or a condition) and `day` are filled
    in beforehand where they are known.
    """

    title: str
    people: Sequence[Listed]
    lessons: Sequence[Lesson]
    what: str = ""
    day: str = ""


def write_tick_list(path: Path, content: TickList) -> None:
    """The list as .xlsx, byte-equal each time. Raises Trouble where the file cannot be written."""
    from openpyxl import Workbook  # -- slow import

    book = Workbook()
    sheet = book.active
    sheet.title = "登记表"
    write_lines(sheet, [content.title, _HOW], len(_HEADINGS))
    last = _HEADING_ROW + len(content.people)
    _write_rows(sheet, content)
    page_setup(sheet, heading_row=_HEADING_ROW, last_row=last, columns=len(_HEADINGS))
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
    _write_lessons(book, content.lessons)
    _write_choices(sheet, last, len(content.lessons))
    _protect(sheet)
    save_workbook(book, path)


def _write_rows(sheet: Worksheet, content: TickList) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # -- slow import

    side = Side(style="thin", color="FF999999")
    border, middle, left = (
        Border(left=side, right=side, top=side, bottom=side),
        Alignment("center", "center"),
        Alignment("left", "center"),
    )
    key_fill, open_cell = PatternFill("solid", "FFF0F3F1"), Protection(locked=False)
    fonts = Font(name="黑体", size=11), Font(name="宋体", size=11)
    for number, row in enumerate([_HEADINGS, *map(_cells, content.people)], _HEADING_ROW):
        for place in range(1, len(_HEADINGS) + 1):
            cell = sheet.cell(number, place)
            cell.border, cell.font = border, fonts[number > _HEADING_ROW]
            cell.alignment = left if place == 2 and number > _HEADING_ROW else middle
            if number == _HEADING_ROW or place <= _KEYS:
                write_text(cell, row[place - 1])
                cell.fill = key_fill
            else:
                cell.protection = open_cell
                _fill_in(cell, place, content)
    set_widths(sheet, _WIDTHS)


def _cells(each: Listed) -> tuple[str, ...]:
    return (each.code, each.name, each.class_name)


def _fill_in(cell: SheetCell, place: int, content: TickList) -> None:
    """A cell to be filled in, with what is known beforehand."""
    heading = _HEADINGS[place - 1]
    if heading == "日期":
        cell.number_format = "yyyy-mm-dd"
        if content.day:
            cell.value = date.fromisoformat(content.day)
    elif heading == "分钟":
        cell.number_format = "0"
    else:
        cell.number_format = "@"
        lesson = content.what if content.what not in CONDITIONS.words else ""
        known = {"课程编号": lesson, "方式": say(CONDITIONS, content.what) if content.what and not lesson else ""}
        if known.get(heading):
            write_text(cell, known[heading])


def _write_lessons(book: Workbook, lessons: Sequence[Lesson]) -> None:
    """A second sheet with the lessons by name: the drop-down takes its codes from there, and whoever fills in looks them up."""
    from openpyxl.styles import Font  # -- slow import

    sheet = book.create_sheet(_LESSONS)
    set_widths(sheet, (14, 44, 14))
    for place, heading in enumerate(("课程编号", "课程名称", "时长（分钟）"), 1):
        write_text(sheet.cell(1, place), heading)
        sheet.cell(1, place).font = Font(name="黑体", size=11)
    for number, lesson in enumerate(lessons, 2):
        write_text(sheet.cell(number, 1), lesson.code)
        write_text(sheet.cell(number, 2), lesson.name)
        write_number(sheet.cell(number, 3), lesson.length_minutes)
    page_setup(sheet, heading_row=1, last_row=1 + len(lessons), columns=3)
    _protect(sheet)


def _write_choices(sheet: Worksheet, last: int, lessons: int) -> None:
    """The drop-downs. A wrong value is refused by the program that fills in, with a sentence, before it comes back to us."""
    from openpyxl.worksheet.datavalidation import DataValidation  # -- slow import

    rules = {
        "D": DataValidation("list", formula1=f'"{TICK}"', error="到场的选“√”，没来的留空。"),
        "E": DataValidation("list", formula1=f"={_LESSONS}!$A$2:$A${lessons + 1}", error="请从列表里选课程编号，名称见“课程表”。"),
        "F": DataValidation("whole", "between", str(LEAST_MINUTES), str(MOST_MINUTES),
                            error=f"请填 {LEAST_MINUTES} 到 {MOST_MINUTES} 之间的整数；看完全部的不用填。"),
        "G": DataValidation("date", "greaterThan", "36526", error="请填日期，例如 2023-06-10。"),
        "H": DataValidation("list", formula1=f'"{",".join(_WAYS)}"', error="请从列表里选；只登记签到时选“签到”，课程留空。"),
    }  # fmt: skip
    if not lessons:
        del rules["E"]
    for column, rule in rules.items():
        rule.allow_blank, rule.showErrorMessage, rule.errorTitle = True, True, "请核对"
        sheet.add_data_validation(rule)
        rule.add(f"{column}{_HEADING_ROW + 1}:{column}{max(last, _HEADING_ROW + 1)}")


def _protect(sheet: Worksheet) -> None:
    """Against a slip of the hand, not against anybody: no password, and widths may be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
