"""Units from a file (docs/formats.md#units): new ones below their parents, level by level; known ones compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from campmgr.areas.units.actions.units import BAD_CODE, UnitRow, added_draft, changed_draft, is_unit_code, moved_draft
from campmgr.areas.units.rules import preset_units
from campmgr.areas.units.settings import Preset
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import catalogue
from campmgr.facts.importing import (
    UNCHANGED,
    Change,
    Imported,
    Progress,
    ReadRow,
    RowPlan,
    RowProblem,
    SeenRows,
    changes,
    nobody_watches,
    run_import,
)
from campmgr.facts.saying import may_say
from campmgr.facts.units import Unit
from campmgr.ledger.envelope import Draft
from campmgr.settings.rules import Rules
from campmgr.settings.terms import nearest
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER


class UnitsPlanner:
    """Plans unit rows. A unit that the preset places keeps its place, whatever parent a file gives (平潭, docs/formats.md#units)."""

    folds_each_run = True

    def __init__(self, w: Writer, batch: str, actor: str, below: str = "") -> None:
        self._w = w
        self._batch = batch
        self._actor = actor
        self._seen = SeenRows()
        self._writer = w.meta(WRITER)
        self._world = worlds.load(w)
        self._below = below or self._world.root_unit
        self._placed = _placed(w, self._world.rules)

    def prepare(self, rows: Sequence[UnitRow]) -> None:  # noqa: ARG002 - as every planner
        """See what the rows before have added."""
        self._world = worlds.load(self._w)

    def plan(self, number: int, row: UnitRow) -> RowPlan:
        """The plan for one unit."""
        if (first := self._seen.first(row.code, number)) is not None:
            raise RowProblem("code", row.code, "repeated_row", f"代码“{row.code}”与第 {first} 行重复。")
        known = self._world.tree.units.get(row.code)
        plan = self._known(known, row) if known else self._new(row)
        for draft in plan.drafts:
            self._check_right(draft, row)
        return plan

    def _new(self, row: UnitRow) -> RowPlan:
        parent = row.parent or self._below
        if parent == row.code:
            raise RowProblem("parent", parent, "circular_parent", "上级代码就是自己的代码。")
        if parent not in self._world.tree.units:
            close = nearest(parent, self._world.tree.units) if len(self._world.tree.units) < 2000 else None
            raise RowProblem(
                "parent", parent, "unknown_unit", f"没有代码为“{parent}”的上级单位。" + (f"是不是“{close}”？" if close else "")
            )
        if not is_unit_code(row.code):
            raise RowProblem("code", row.code, "bad_code", BAD_CODE)
        if not row.name:
            raise RowProblem("name", "", "missing_value", "没有名称。")
        filled = UnitRow(row.code, row.name, parent, row.kind, row.line, row.expected, row.participating)
        return RowPlan("new", (added_draft(self._world, filled, self._batch, self._actor),))

    def _known(self, unit: Unit, row: UnitRow) -> RowPlan:
        if row.parent and row.parent != unit.parent:
            if unit.unit in self._placed:
                return UNCHANGED
            return self._moved(unit, row)
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", (changed,), self._changes(unit, row)) if changed else UNCHANGED

    def _changes(self, unit: Unit, row: UnitRow) -> tuple[Change, ...]:
        """What a row says otherwise than what is known; what it does not say stays."""
        return changes(
            ("name", unit.name, row.name or unit.name),
            ("parent", unit.parent, row.parent or unit.parent),
            ("kind", unit.kind, row.kind or unit.kind),
            ("line", unit.own_line, row.line or unit.own_line),
            ("expected", unit.expected, unit.expected if row.expected is None else row.expected),
        )

    def about(self, row: UnitRow) -> str:
        """The unit's code and name."""
        return f"{row.code} {row.name}".strip()

    def _moved(self, unit: Unit, row: UnitRow) -> RowPlan:
        if row.parent not in self._world.tree.units:
            raise RowProblem("parent", row.parent, "unknown_unit", f"没有代码为“{row.parent}”的上级单位。")
        try:
            moved = moved_draft(self._world, unit, row.parent, batch=self._batch, actor=self._actor)
        except BadInput as problem:
            raise RowProblem("parent", row.parent, problem.reason, problem.sentence) from problem
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", tuple(draft for draft in (moved, changed) if draft), self._changes(unit, row))

    def _check_right(self, draft: Draft, row: UnitRow) -> None:
        if not may_say(self._w, draft):
            raise RowProblem("code", row.code, "not_granted", f"这份数据文件没有管理单位“{row.code}”的授权。")


def import_units(w: Writer, planner: UnitsPlanner, rows: Iterable[ReadRow[UnitRow]], told: Progress = nobody_watches) -> Imported:
    """Import units in any order of rows: level after level, so that every parent stands before its children."""
    result, waiting = Imported(), list(rows)
    for level in _levels(waiting, set(worlds.load(w).tree.units)):
        result.add(run_import(w, planner, level))
        told(result.rows, len(waiting))
    result.rejects.sort(key=lambda each: each.row)
    result.differences.sort(key=lambda each: each.row)
    return result


def _levels(waiting: list[ReadRow[UnitRow]], there: set[str]) -> Iterator[list[ReadRow[UnitRow]]]:
    while waiting:
        level: list[ReadRow[UnitRow]] = []
        later: list[ReadRow[UnitRow]] = []
        for one in waiting:
            row = one[1]
            ready = isinstance(row, list) or not row.parent or row.parent in there
            (level if ready else later).append(one)
        there |= {row.code for _, row in level if not isinstance(row, list)}
        yield level or later
        waiting = later if level else []


def _placed(w: Writer, rules: Rules) -> set[str]:
    """The codes of the units that the camp's preset brought along; none where this version does not know the preset."""
    name, book = rules[Preset].name, catalogue(w).book
    return {unit.code for unit in preset_units(book.preset(name))} if name in book.preset_names() else set()
