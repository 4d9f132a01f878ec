"""The yearly table of holidays and make-up working days: a day a row, and whether it is off or worked."""

from __future__ import annotations

from pathlib import Path

from campmgr.errors import BadInput
from campmgr.files.cell_dates import day
from campmgr.files.cells import CellProblem
from campmgr.files.read_table import Cell, is_blank, open_table
from campmgr.wording import normal

_DAY_HEADINGS = frozenset(("日期", "日子", "date", "day"))
_SORT_HEADINGS = frozenset(("类型", "类别", "安排", "休班", "休/班", "type", "sort"))
_OFF = frozenset(("休", "休息", "放假", "假", "节假日", "法定节假日", "holiday", "off"))
_WORK = frozenset(("班", "上班", "补班", "调休上班", "工作日", "调休", "work", "workday"))
_HEADING_ROWS, _TOLD = 10, 5


def calendar_days(path: Path, *, max_bytes: int) -> list[tuple[str, bool]]:
    """(day, is worked) of every row. Raises BadInput with the first rows that cannot be read; then nothing is taken."""
    table, places, days, problems = open_table(path, max_bytes=max_bytes), None, [], []
    for number, cells in table.rows():
        if places is None:
            places = _places(cells)
            if places is None and number >= _HEADING_ROWS:
                break
            continue
        try:
            days.append((day(_at(cells, places[0])), _is_worked(_at(cells, places[1]))))
        except CellProblem as problem:
            problems.append(f"第 {number} 行：{problem.sentence}")
    if places is None:
        raise BadInput("没有找到“日期”和“类型”两列。", reason="missing_column", hint="表头写“日期”“类型”，类型填“休”或“班”。")
    if problems:
        more = f"……共 {len(problems)} 行。" if len(problems) > _TOLD else ""
        raise BadInput(
            "\n".join([*problems[:_TOLD], more]).strip(), reason="unreadable_file", hint="请改好再导入；现在什么都没有写入。"
        )
    return days


def _places(cells: list[Cell]) -> tuple[int, int] | None:
    """Where the two columns are, in a row that is the heading."""
    words = [_plain(cell) for cell in cells]
    days = [place for place, word in enumerate(words) if word in _DAY_HEADINGS]
    sorts = [place for place, word in enumerate(words) if word in _SORT_HEADINGS]
    return (days[0], sorts[0]) if days and sorts else None


def _is_worked(cell: Cell) -> bool:
    word = _plain(cell)
    if word in _WORK:
        return True
    if word in _OFF:
        return False
    if is_blank(cell):
        raise CellProblem("missing_value", "类型是空的。请填“休”或“班”。")
    raise CellProblem("unknown_word", f"“{cell}”不认识。类型请填“休”或“班”。")


def _plain(cell: Cell) -> str:
    return normal(str(cell)).strip().casefold()


def _at(cells: list[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else ""
