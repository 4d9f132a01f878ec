"""The spreadsheet of units."""

from __future__ import annotations

from campmgr.areas.units.actions.import_units import UnitsPlanner
from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.units.settings import LINES, UNIT_KINDS
from campmgr.facts.importing import RowProblem
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import Layout, column
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import Importing, Sheet

UNIT_COLUMNS = (
    column(
        "code",
        "代码",
        "单位代码 单位编码 机构代码 编码 编号 行政区划代码 区划代码 code unitcode id",
        parts="代码 编码",
        never="上级 主管 邮 父 信用 所属 电话",
    ),
    column("name", "名称", "单位名称 机构名称 单位 name unitname unit", parts="单位名 机构名 学校名", never="上级 主管 父 所属"),
    column(
        "parent",
        "上级代码",
        "上级单位代码 上级编码 上级编号 父级代码 主管单位代码 上级单位 上级 parentcode parent",
        parts="上级单位 上级代码 主管单位 父级",
        never="电话 名称 级别",
    ),
    column("kind", "类别", "单位类别 单位类型 单位性质 性质 类型 级别 层级 单位级别 level kind type"),
    column("line", "条线", "所属条线 系统 所属系统 行业系统 line system"),
    column(
        "expected",
        "应参与人数",
        "应参加人数 应到人数 应参训人数 应学人数 总人数 人数 expected headcount",
        parts="应参 应到 应训",
        never="已 实 率",
    ),
)

_UNITS = Layout("units", "单位表", UNIT_COLUMNS, (("code", "parent"), ("name",)))


def read_unit(reader: RowReader, row: Row) -> UnitRow:
    """A row of units. A code is required, or a name; of a new one its name."""
    code, name = get(row, "code", cells.code, ""), reader.name(row, "name")
    if not code and not name:
        raise RowProblem("code", "", "missing_value", "没有单位代码，也没有名称。")
    return UnitRow(
        code=code,
        name=name,
        parent=get(row, "parent", cells.code, ""),
        kind=reader.side_word(row, "kind", UNIT_KINDS, ""),
        line=reader.side_word(row, "line", LINES, ""),
        expected=reader.side(row, "expected", cells.whole, None),
    )


def _planner(to: Importing) -> UnitsPlanner:
    return UnitsPlanner(to.batch, to.actor, to.unit)


SHEETS = (Sheet(_UNITS, read_unit, _planner),)
