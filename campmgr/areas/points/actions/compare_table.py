"""A returned table of points is compared with what is known here; nothing of it is ever imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.areas.points.actions.placing import Placing, Sender
from campmgr.areas.points.queries.table import PointsRow, points_table
from campmgr.areas.points.settings import Points
from campmgr.facts.activities import Activity
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem
from campmgr.facts.streaming import StreamPlanner
from campmgr.periods.spans import named
from campmgr.store.door import Reader

FIGURES = ("reports", "articles", "n1", "n2", "n3", "n4", "n5", "points")


class TableRow(NamedTuple):
    """A row of a returned table: the unit, and what stands in its cells; None for a blank one."""

    activity: str
    unit: str
    figures: tuple[int | None, ...]


class TablePlanner(StreamPlanner[TableRow]):
    """Compares rows of a returned table."""

    def __init__(self, to: Sender) -> None:
        self._to = to

    def prepare(self, r: Reader, rows: Sequence[TableRow]) -> None:  # noqa: ARG002 - the whole year is summed up
        """Sum up the year as it is known here."""
        self._r, self._place = r, Placing(r, self._to)
        self._known: dict[str, dict[str, PointsRow]] = {}

    def plan(self, number: int, row: TableRow) -> RowPlan:  # noqa: ARG002 - the machine hands it to every planner
        """Unchanged where it says the same. Raises RowProblem with both numbers where it does not."""
        activity = self._place.activity(row.activity)
        unit = self._place.unit(activity, row.unit)
        rules = activity.rules[Points]
        known = self._year(activity)[unit]
        for name, said, counted in zip(FIGURES, row.figures, known.printed(rules), strict=True):
            if said is not None and said != counted:
                sentence = f"表上是 {said}，按稿件算是 {counted}。积分从稿件算出，表里的数不导入。"
                raise RowProblem(name, said, "differs", sentence)
        return UNCHANGED

    def about(self, row: TableRow) -> str:
        """The unit."""
        return row.unit

    def _year(self, activity: Activity) -> dict[str, PointsRow]:
        if activity.id not in self._known:
            table = points_table(self._r, self._place.world, activity, named(str(activity.rules[Points].year)))
            self._known[activity.id] = {each.row.unit.unit: each for each in table.rows}
        return self._known[activity.id]
