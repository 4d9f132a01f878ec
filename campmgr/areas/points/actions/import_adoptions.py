"""Adoptions from a file: by the item's number, or by unit and title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.areas.points.actions.adoptions import adoption_draft
from campmgr.areas.points.actions.placing import Placing, Sender
from campmgr.areas.points.queries.items import ItemLine, Titled, adopted_ids, known_items, titled_items
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.settings.terms import nearest
from campmgr.store.door import Reader
from campmgr.wording import name_key


class AdoptionRow(NamedTuple):
    """A row of a file: which item, by its number or by unit and title, which outlet took it, when, where it can be read."""

    activity: str
    item: str
    unit: str
    title: str
    outlet: str
    on: str
    link: str
    cls: int


class AdoptionsPlanner(StreamPlanner[AdoptionRow]):
    """Plans rows of adoptions."""

    def __init__(self, to: Sender) -> None:
        self._to = to
        self._titled: dict[str, Titled] = {}

    def prepare(self, r: Reader, rows: Sequence[AdoptionRow]) -> None:  # noqa: ARG002 - all of it is looked up by the row
        """See the world as it is now."""
        self._r, self._place, self._today = r, Placing(r, self._to), today_of(r.clock)
        self._titled = {}

    def plan(self, number: int, row: AdoptionRow) -> RowPlan:  # noqa: ARG002 - the machine hands it to every planner
        """The plan for one row. Raises RowProblem."""
        activity = self._place.activity(row.activity)
        item = self._item(activity, row)
        try:
            draft = adoption_draft(item, row.outlet, row.on, self._today, link=row.link, cls=row.cls, actor=self._to.actor,
                                   batch=self._to.batch)  # fmt: skip
        except BadInput as problem:
            column = {"bad_date": "on", "out_of_range": "class"}.get(problem.reason, "outlet")
            raise RowProblem(column, row.outlet, problem.reason, problem.sentence) from problem
        if draft.client_id in adopted_ids(self._r, item.item):
            return UNCHANGED
        if not may_say(self._r, draft):
            raise RowProblem("unit", row.unit, "not_granted", "这份数据文件没有写入这个单位的授权。请由那个单位或它的上级导入。")
        return RowPlan("new", (draft,))

    def about(self, row: AdoptionRow) -> str:
        """The outlet and the title."""
        return f"{row.outlet} {row.title or row.item}"

    def _item(self, activity: Activity, row: AdoptionRow) -> ItemLine:
        if activity.id not in self._titled:
            self._titled[activity.id] = titled_items(self._r, activity)
        titled = self._titled[activity.id]
        if row.item:
            ids = [each for each in titled.ids if each.startswith(row.item.lower())] if len(row.item) >= 8 else []
            field, said = "item", row.item
        else:
            unit = self._place.unit(activity, row.unit)
            ids = titled.by_title.get((unit, name_key(row.title)), [])
            field, said = "title", row.title
        if len(ids) == 1:
            return known_items(self._r, ids)[ids[0]]
        if ids:
            raise RowProblem(field, said, "conflict", f"“{said}”对应 {len(ids)} 篇稿件，请写稿件编号。")
        close = nearest(row.title, titled.titles) if row.title else None
        raise RowProblem(field, said, "unknown_work", f"没有稿件“{said}”。" + (f"是不是“{close}”？" if close else "请先报送稿件。"))
