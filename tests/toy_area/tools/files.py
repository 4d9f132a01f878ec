"""The spreadsheet of tools."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.tools.actions import lend_draft
from campmgr.areas.tools.queries import Lent

from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.importing import RowPlan, RowProblem
from campmgr.facts.streaming import StreamPlanner
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import UNIT, Layout, column
from campmgr.files.imports.row_reading import RowReader, required
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.store.door import Reader

_LAYOUT = Layout(
    "tools",
    "器材表",
    (column("unit", "单位代码", *UNIT), column("name", "器材", "名称"), column("count", "件数", "数量")),
    (("unit",), ("name",), ("count",)),
)


def read_tool(reader: RowReader, row: Row) -> Lent:
    """A row of tools."""
    unit = required(row, "unit", cells.code, "没有单位代码。")
    return Lent(unit, reader.name(row, "name"), required(row, "count", cells.whole, "没有件数。"))


class _Planner(StreamPlanner[Lent]):
    def __init__(self, to: Importing) -> None:
        self._to = to

    def prepare(self, r: Reader, rows: Sequence[Lent]) -> None:  # noqa: ARG002 - nothing to look up beforehand
        """See the units as they are now."""
        self._world = worlds.load(r)

    def plan(self, number: int, row: Lent) -> RowPlan:  # noqa: ARG002 - as every planner
        """Each row lends."""
        try:
            draft = lend_draft(self._world, row.unit, row.name, row.count, self._to.batch, self._to.actor)
        except CampError as problem:
            raise RowProblem("unit" if problem.status == 404 else "count", row.unit, problem.reason, problem.sentence) from problem
        return RowPlan("new", (draft,), ())

    def about(self, row: Lent) -> str:
        """The tool's name."""
        return row.name


SHEETS = (Sheet(_LAYOUT, read_tool, _Planner),)
