"""Items from a file: new, changed in some fields, or as they were; each row stands for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from campmgr.areas.points.actions.items import Report, WrongField, checked, id_of, item_draft
from campmgr.areas.points.actions.placing import Placing, Sender
from campmgr.areas.points.queries.items import ItemLine, known_items
from campmgr.areas.points.queries.scoring import scoring_of
from campmgr.areas.points.rules.worth import Scoring
from campmgr.clock import utc_text
from campmgr.errors import CampError
from campmgr.facts.activities import Activity
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem, SeenRows, changes, row_words
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.store.door import Reader


class ItemRow(NamedTuple):
    """A row of a file: the unit and the activity as they are written, and what it reports."""

    unit: str
    activity: str
    report: Report


class ItemsPlanner(StreamPlanner[ItemRow]):
    """Plans rows of items."""

    def __init__(self, to: Sender) -> None:
        self._to, self._seen = to, SeenRows()
        self._known: Mapping[str, ItemLine] = {}

    def prepare(self, r: Reader, rows: Sequence[ItemRow]) -> None:
        """See the world as it is now, and the items that are there already."""
        self._r, self._place, self._now = r, Placing(r, self._to), utc_text(r.clock.now())
        self._scoring: dict[str, Scoring] = {}
        self._known = known_items(r, [key for row in rows if (key := self._key(row))])

    def plan(self, number: int, row: ItemRow) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        activity, unit = self._placed(row)
        try:
            report = checked(row.report, activity, self._scores(activity), self._now)
        except WrongField as problem:
            raise RowProblem(problem.column, getattr(row.report, problem.column, ""), problem.reason, problem.sentence) from problem
        key = id_of(activity, unit, report)
        if (first := self._seen.first(key, number)) is not None:
            raise RowProblem("title", report.title, "repeated_row", f"与{row_words(first)}是同一篇。请只留一行。")
        before = self._known.get(key)
        draft = item_draft(activity, unit, report, before, actor=self._to.actor, batch=self._to.batch)
        if draft is None:
            return UNCHANGED
        if not may_say(self._r, draft):
            raise RowProblem("unit", row.unit, "not_granted", "这份数据文件没有写入这个单位的授权。请由那个单位或它的上级导入。")
        if before is None:
            return RowPlan("new", (draft,))
        pairs = (("sent_at", before.sent_at, report.sent_at), ("section", before.section, report.section or before.section))
        return RowPlan("changed", (draft,), changes(*pairs))

    def about(self, row: ItemRow) -> str:
        """The kind and the title."""
        return f"{row.report.sort} {row.report.title}"

    def _placed(self, row: ItemRow) -> tuple[Activity, str]:
        activity = self._place.activity(row.activity)
        return activity, self._place.unit(activity, row.unit)

    def _scores(self, activity: Activity) -> Scoring:
        if activity.id not in self._scoring:
            self._scoring[activity.id] = scoring_of(self._place.world, activity)
        return self._scoring[activity.id]

    def _key(self, row: ItemRow) -> str:
        try:
            activity, unit = self._placed(row)
            kept = checked(row.report, activity, self._scores(activity), self._now)
            return id_of(activity, unit, replace(row.report, title=kept.title, event_on=kept.event_on))
        except (RowProblem, CampError):  # told when the row is planned
            return ""
