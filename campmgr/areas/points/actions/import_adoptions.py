"""Adoptions from a file: by the item's number, or by unit and title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from campmgr.areas.points.actions.adoptions import AdoptionRow, adoption_draft
from campmgr.areas.points.actions.noted import answer_draft, noted_draft
from campmgr.areas.points.actions.placing import Placing, Sender
from campmgr.areas.points.queries.items import Titled, adopted_ids, known_items, titled_items
from campmgr.areas.points.queries.noted import known_noted
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem
from campmgr.facts.saying import may_say, may_write
from campmgr.facts.streaming import StreamPlanner
from campmgr.ledger.envelope import Draft, subject_key
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


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
        """The plan for one row; one whose item is not known is noted, and waits for the host. Raises RowProblem."""
        activity = self._place.activity(row.activity)
        ids = self._ids(activity, row)
        noted = self._checked(row, lambda: noted_draft(activity, self._unit(activity, row), row, self._today, actor=self._to.actor,
                                                       batch=self._to.batch))  # fmt: skip
        before = known_noted(self._r, subject_key(noted.subject))
        if before and before.is_answered:
            return UNCHANGED  # of which item it is has been decided, whatever titles there are now
        if len(ids) != 1:
            return (
                UNCHANGED
                if before and before.state == "waiting"
                else self._said("new", row, [noted], brings=("次等着对上稿件的录用",))
            )
        item = known_items(self._r, ids)[ids[0]]
        answers = before and before.state == "waiting" and may_write(self._place.world, self._r.meta(WRITER), activity.host)
        adopted = self._checked(row, lambda: adoption_draft(item, row.outlet, row.on, self._today, link=row.link, cls=row.cls,
                                                            noted=before.adoption if before and answers else "",
                                                            actor=self._to.actor, batch=self._to.batch))  # fmt: skip
        drafts = [] if adopted.client_id in adopted_ids(self._r, item.item) else [adopted]
        if before and answers:
            drafts.append(answer_draft(before, item.item, actor=self._to.actor, batch=self._to.batch))
        return self._said("new" if adopted in drafts else "changed", row, drafts) if drafts else UNCHANGED

    def _checked(self, row: AdoptionRow, make: Callable[[], Draft]) -> Draft:
        try:
            return make()
        except BadInput as problem:
            column = {"bad_date": "on", "out_of_range": "class"}.get(problem.reason, "outlet")
            raise RowProblem(column, row.outlet, problem.reason, problem.sentence) from problem

    def _said(
        self, state: Literal["new", "changed"], row: AdoptionRow, drafts: list[Draft], brings: tuple[str, ...] = ()
    ) -> RowPlan:  # fmt: skip
        if not may_say(self._r, drafts[0]):
            raise RowProblem("unit", row.unit, "not_granted", "这份数据文件没有写入这个单位的授权。请由那个单位或它的上级导入。")
        return RowPlan(state, tuple(drafts), brings=brings)

    def about(self, row: AdoptionRow) -> str:
        """The outlet and the title."""
        return f"{row.outlet} {row.title or row.item}"

    def _unit(self, activity: Activity, row: AdoptionRow) -> str:
        """Where it is noted: the unit it names, else that of whoever imports, else the host's own."""
        if row.unit or self._to.unit:
            return self._place.unit(activity, row.unit)
        return activity.host

    def _ids(self, activity: Activity, row: AdoptionRow) -> list[str]:
        """The items it may mean, by number or by unit and title."""
        if activity.id not in self._titled:
            self._titled[activity.id] = titled_items(self._r, activity)
        titled = self._titled[activity.id]
        if row.item:
            return [each for each in titled.ids if each.startswith(row.item.lower())] if len(row.item) >= 8 else []
        return titled.by_title.get((self._place.unit(activity, row.unit), name_key(row.title)), [])
