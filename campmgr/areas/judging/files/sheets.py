"""评分表 as it comes back: the workbook, or what the page of a pack saved."""

from __future__ import annotations

from campmgr.areas.judging.actions.import_scores import ScorePlanner, ScoreRow
from campmgr.areas.judging.rules.score_form import FORM_LENGTH
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import Layout, column, plain
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import Sheet

_OWN = ("number", "title", "aside", "note", "form", "activity")

_LAYOUT = Layout(
    "scores",
    "评分表",
    (
        column("number", "作品编号", "编号"),
        column("title", "作品名称", "作品 名称"),
        column("aside", "回避", "回避弃权 是否回避"),
        column("note", "备注", "评语 说明"),
        column("form", "表号"),
        column("activity", "活动代码", "活动"),
    ),
    (("number",), ("aside",)),
    lines=((plain("表号"), "form"),),
    more=(plain("序号"),),
)


def _read(_: RowReader, row: Row) -> ScoreRow:
    """A row of a sheet. Raises RowProblem."""
    marks = {name: get(row, name, cells.text, "") for name in row.values if name not in _OWN}
    note = get(row, "note", cells.text, "")
    return ScoreRow(
        get(row, "activity", cells.code, ""), get(row, "form", cells.text, "").upper()[:FORM_LENGTH],
        get(row, "number", cells.text, ""), get(row, "title", cells.text, ""), marks, get(row, "aside", cells.text, ""),
        note[1:] if note[:1] == "'" and note[1:2] in {"=", "+", "-", "@"} else note, "sheet",
    )  # fmt: skip


SHEETS = (
    Sheet(
        _LAYOUT, _read, lambda to: ScorePlanner(to.batch, to.actor, to.activity, to.said.get("round", ""), to.said.get("judge", ""))
    ),
)
