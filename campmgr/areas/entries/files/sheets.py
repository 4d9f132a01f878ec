"""Works as spreadsheets in and out, with the people that stand on them found by code, 编号 or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from campmgr.areas.entries.actions.agreeing import agreement_drafts
from campmgr.areas.entries.files.attaching import FILE_COLUMNS, attach_folder
from campmgr.areas.entries.files.votes import VOTES
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.entries import agreements_of
from campmgr.areas.entries.rules.agreements import agreed_words
from campmgr.areas.entries.rules.checking import class_named
from campmgr.areas.entries.settings import Entries
from campmgr.areas.people.queries.finding import people_by_id, people_by_name, person_of_unit
from campmgr.errors import BadInput, NotFound
from campmgr.facts.importing import RowPlan, RowProblem, changes
from campmgr.facts.inventory_rows import Who
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import column, plain
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.inventory_sheets import InventoryLine, InventoryPlanner, inventory_sheet
from campmgr.files.read_table import Cell
from campmgr.store.door import Reader
from campmgr.wording import name_key


def _find(r: Reader, unit: str, text: str) -> str:
    """By code or 编号, else by a name that one alone in the unit bears."""
    try:
        return person_of_unit(r, unit, text).person
    except NotFound:
        named = [each for each in people_by_name(r, [text]).get(name_key(text), ()) if each.home == unit]
        if len(named) != 1:
            raise
        return named[0].person


def _names(r: Reader, unit: str, ids: Iterable[str]) -> dict[str, str]:
    return {person: who.shown_name for person, who in people_by_id(r, ids).items() if unit in {"", who.home}}


AgreedTo = frozenset[int] | Literal["all"]
"""Which texts a cell says are agreed to, by their numbers."""

WHO = Who(_find, _names)

_PLAIN = inventory_sheet(ENTRIES, WHO)


def _read(reader: RowReader, row: Row) -> Any:
    """A row in which a class may bear another name: 视频类 is 音视频类 (E-32)."""
    told = row.values.get("class")
    if isinstance(told, str):
        row = row._replace(values=row.values | {"class": class_named(cells.text(told))})
    return _PLAIN.read(reader, row)._replace(beside=get(row, "agreed", _numbers, None))


def _numbers(cell: Cell) -> AgreedTo:
    """Which texts are agreed to: 是 or 全部 all of them, 否 none, else their numbers. Raises CellProblem."""
    told = [each for each in re.split(r"[\s、，,;；]+", cells.text(cell)) if each]
    if told and all(each.isdecimal() for each in told) and told != ["0"]:
        return frozenset(int(each) for each in told)
    return "all" if told == ["全部"] or cells.yes(cell) else frozenset()


class _Planner(InventoryPlanner):
    """Plans rows of works with what their makers agreed to; a cell that is blank says nothing of that."""

    def prepare(self, r: Reader, rows: Sequence[InventoryLine]) -> None:
        """See what is agreed to already."""
        super().prepare(r, rows)
        self._agreed = agreements_of(r, self.known)

    def plan(self, number: int, row: InventoryLine) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        plan = super().plan(number, row)
        if row.beside is None:
            return plan
        activity, unit = self.placed(row)
        rules, id_ = self.world.activities[activity], ENTRIES.row_id(activity, unit, row.said)
        before = self._agreed.get((id_, unit), ())
        numbers = None if row.beside == "all" else row.beside
        try:
            drafts = agreement_drafts(rules, unit, id_, numbers, before, self.to.batch, self.to.actor)
        except BadInput as problem:
            raise RowProblem("agreed", "、".join(map(str, sorted(numbers or ()))), problem.reason, problem.sentence) from problem
        if not drafts:
            return plan
        asked = rules.rules[Entries]
        now = "全部" if numbers is None or len(numbers) == len(asked.statements) else "、".join(map(str, sorted(numbers)))
        shown = changes(("agreed", agreed_words(asked, before), now)) if plan.state != "new" else ()
        state = "changed" if plan.state == "unchanged" else plan.state
        return plan._replace(state=state, drafts=(*plan.drafts, *drafts), changes=(*plan.changes, *shown))


_FOOT = plain("本表随每次报送作品一并发至邮箱")[:12]
"""How the foot line of a notice's table begins: no row of data."""

_COLUMNS = (*_PLAIN.layout.columns, column("agreed", "已作承诺", "承诺"), *FILE_COLUMNS)
_LAYOUT = replace(_PLAIN.layout, columns=_COLUMNS, remarks=(*_PLAIN.layout.remarks, _FOOT))

SHEETS = (
    VOTES,
    replace(_PLAIN, layout=_LAYOUT, read=_read, planner=lambda to: _Planner(ENTRIES, WHO, to), folder=attach_folder),
)
