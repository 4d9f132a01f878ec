"""For which activity and which unit a row of a file is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from campmgr.areas.points.queries.rows import rows_of
from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity
from campmgr.facts.importing import RowProblem, named_unit
from campmgr.settings.terms import nearest
from campmgr.store.door import Reader


class Sender(NamedTuple):
    """Who imports, as which batch, for which unit and activity where a row names none, and whose rows they may write (None: of
    all).
    """

    actor: str
    batch: str
    unit: str
    within: Collection[str] | None
    activity: str = ""


class Placing:
    """Finds activities and units of rows, as the world is now."""

    def __init__(self, r: Reader, to: Sender) -> None:
        self._r, self._to, self.world = r, to, worlds.load(r)
        self._rows: dict[str, dict[str, str]] = {}
        self._activities: dict[str, Activity] = {}

    def activity(self, text: str) -> Activity:
        """The activity of a row. Raises RowProblem."""
        text = text or self._to.activity
        if text not in self._activities:
            try:
                self._activities[text] = chosen_activity(self.world, text, "points")
            except CampError as problem:
                raise RowProblem("activity", text, problem.reason, problem.sentence) from problem
        return self._activities[text]

    def unit(self, activity: Activity, text: str) -> str:
        """The unit of a row by id, one of those that have a row in the tables. Raises RowProblem, with the nearest name."""
        if not text and not self._to.unit:
            raise RowProblem("unit", "", "missing_value", "没有单位：请在表头上方写明填报单位，或加一列单位。")
        by_name = self._by_name(activity)
        if text and text not in by_name and not self.world.tree.called(text):
            close = nearest(text, by_name) or next((name for name in by_name if text in name), "")
            hint = f"是不是“{close}”？" if close else ""
            raise RowProblem("unit", text, "unknown_unit", f"没有代码或名称为“{text}”的单位。{hint}")
        within = self._to.within
        unit = by_name.get(text) or (named_unit(self.world, text, within).unit if text else self._to.unit)
        if unit not in by_name.values() or (within is not None and unit not in within):
            raise RowProblem("unit", text, "unknown_unit", "这个单位不在统计表里，或不在您的范围内。")
        return unit

    def _by_name(self, activity: Activity) -> dict[str, str]:
        if activity.id not in self._rows:
            rows = rows_of(self._r, self.world, activity)
            self._rows[activity.id] = {each.unit.name: each.unit.unit for each in rows}
        return self._rows[activity.id]
