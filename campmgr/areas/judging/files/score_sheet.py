"""评分表: a judge's form as a workbook, locked but for marks; and what comes back as a workbook or as the page saved it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from campmgr.areas.judging.rules.rounds import mark_text
from campmgr.areas.judging.rules.score_form import ABSTAINED, RECUSED, ScoreForm
from campmgr.files.column_letters import letters_of, set_widths
from campmgr.files.workbook import page_setup, save_workbook, write_number, write_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

KEYS = ("序号", "作品编号", "作品名称")
ENDS = ("回避", "备注")
_HEADING_ROW = 4


def write_score_sheet(path: Path, form: ScoreForm) -> None:
    """Write the workbook: everything is locked but marks, 回避 and 备注. Raises Trouble where the file cannot be written."""
    from openpyxl import Workbook  # -- slow import

    book = Workbook()
    sheet = book.active
    sheet.title = "评分表"
    headings = (*KEYS, *form.criteria, *ENDS)
    _above(sheet, form, len(headings))
    last = _HEADING_ROW + len(form.works)
    _rows(sheet, form, headings)
    page_setup(sheet, heading_row=_HEADING_ROW, last_row=last, columns=len(headings))
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.freeze_panes = f"{letters_of(len(KEYS) + 1)}{_HEADING_ROW + 1}"
    _choices(sheet, form, last)
    sheet.protection.sheet = True  # against a slip of the hand, not against anybody: no password
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    save_workbook(book, path)


def how_to(form: ScoreForm) -> str:
    """The line that says how marks are given."""
    told = "；".join(f"{marks} 分 {words}" for marks, words in form.anchors)
    steps = f"每项 0 到 {form.scale} 分，每档 {mark_text(form.step)} 分{f'（{told}）' if told else ''}。"
    return f"{steps}需要回避的在“回避”列选“{RECUSED}”，不评的选“{ABSTAINED}”，都不算低分。"


def head_line(form: ScoreForm) -> str:
    """The line by which a sheet is known again."""
    until = f"　　截止：{form.closes_at}" if form.closes_at else ""
    return f"轮次：{form.round}　　表号：{form.code}{until}"


def _above(sheet: Worksheet, form: ScoreForm, columns: int) -> None:
    from openpyxl.styles import Alignment, Font  # -- slow import

    looks = (
        (form.title, "黑体", 16, "center", 30),
        (head_line(form), "宋体", 11, "left", 18),
        (how_to(form), "宋体", 10, "left", 44),
    )
    for number, (text, font, size, side, height) in enumerate(looks, 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        cell = sheet.cell(number, 1)
        write_text(cell, text)
        cell.font, cell.alignment = Font(name=font, size=size), Alignment(side, "center", wrap_text=True)
        sheet.row_dimensions[number].height = height


def _rows(sheet: Worksheet, form: ScoreForm, headings: tuple[str, ...]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # -- slow import

    side = Side(style="thin", color="FF999999")
    border, fill, unlocked = (
        Border(left=side, right=side, top=side, bottom=side),
        PatternFill("solid", "FFF0F3F1"),
        Protection(locked=False),
    )
    keys, fonts = len(KEYS), (Font(name="黑体", size=11), Font(name="宋体", size=11))
    titles = {work.entry: (at, form.number(work), work.title) for at, work in enumerate(form.works, 1)}
    for number, row in enumerate([headings, *titles.values()], _HEADING_ROW):
        for place in range(1, len(headings) + 1):
            cell = sheet.cell(number, place)
            is_wide = place in {keys, len(headings)} and number > _HEADING_ROW
            cell.border, cell.font = border, fonts[number > _HEADING_ROW]
            cell.alignment = Alignment("left" if is_wide else "center", "center", wrap_text=True)
            if number == _HEADING_ROW or place <= keys:
                cell.fill = fill
                _fill(cell, row[place - 1])
            else:
                cell.protection = unlocked
                cell.number_format = "@" if place > len(headings) - len(ENDS) else "General"
        sheet.row_dimensions[number].height = 24
    set_widths(sheet, (6, 14, 30, *(9 for _ in form.criteria), 8, 24))


def _fill(cell: SheetCell, value: str | int) -> None:
    if isinstance(value, int):
        write_number(cell, value)
    else:
        write_text(cell, value)


def _choices(sheet: Worksheet, form: ScoreForm, last: int) -> None:
    """A wrong mark is refused by the program that fills in, with a sentence, before it comes back to us."""
    from openpyxl.worksheet.datavalidation import DataValidation  # -- slow import

    first, bottom = _HEADING_ROW + 1, max(last, _HEADING_ROW + 1)
    left, right = letters_of(len(KEYS) + 1), letters_of(len(KEYS) + len(form.criteria))
    marks = DataValidation(
        "decimal", "between", "0", str(form.scale), error=f"请填 0 到 {form.scale} 的分数，每档 {mark_text(form.step)} 分。"
    )
    kept = DataValidation(
        "list", formula1=f'"{RECUSED},{ABSTAINED}"', error=f"请从列表里选“{RECUSED}”或“{ABSTAINED}”；要评分的留空。"
    )
    column = letters_of(len(KEYS) + len(form.criteria) + 1)
    for rule, where in ((marks, f"{left}{first}:{right}{bottom}"), (kept, f"{column}{first}:{column}{bottom}")):
        rule.allow_blank, rule.showErrorMessage, rule.errorTitle = True, True, "请核对"
        sheet.add_data_validation(rule)
        rule.add(where)
