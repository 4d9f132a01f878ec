"""Units from a file (docs/formats.md#units): new ones below their parents, level by level; known ones compared."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from campmgr.areas.units.actions.units import (
    BAD_CODE,
    UnitRow,
    added_draft,
    changed_draft,
    is_unit_code,
    moved_draft,
    own_bearers,
)
from campmgr.areas.units.rules import preset_ids, preset_units
from campmgr.areas.units.settings import Preset
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import AmbiguousUnit, shown_code, unit_told_apart
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
    row_words,
    run_import,
)
from campmgr.facts.saying import may_say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import unit_id
from campmgr.ledger.envelope import Draft, subject_key
from campmgr.settings.terms import nearest
from campmgr.store.door import Writer
from campmgr.wording import name_key

_ANOTHER = "代码“{}”现在是{}，名称和上级都与这一行不同。如果是同一个单位，请先改名或移动；不是的话，请换一个代码。"


class UnitsPlanner:
    """Plans unit rows. A unit that the preset places keeps its place, whatever parent a file gives (平潭, docs/formats.md#units)."""

    def __init__(self, w: Writer, batch: str, actor: str, below: str = "") -> None:
        self._w = w
        self._batch = batch
        self._actor = actor
        self._seen = SeenRows()
        self._world = worlds.load(w)
        self._below = below or self._world.root_unit
        self._placed = _placed(w, self._world)
        self._ids: dict[str, str] = {}

    def prepare(self, rows: Sequence[UnitRow]) -> None:  # noqa: ARG002 - as every planner
        """See what the rows before have added."""
        self._world = worlds.load(self._w)

    def plan(self, number: int, row: UnitRow) -> RowPlan:
        """The plan for one unit."""
        if (first := self._seen.first(row.code, number)) is not None:
            raise RowProblem("code", row.code, "repeated_row", f"代码“{row.code}”与{row_words(first)}重复。")
        if row.parent == row.code:
            raise RowProblem("parent", row.parent, "circular_parent", "上级代码就是自己的代码。")
        parent = self._parent(row)
        known = self._meant(row, parent)
        plan = self._known(known, row, parent) if known else self._new(row, parent)
        for draft in plan.drafts:
            self._check_right(draft, row)
        self._ids[row.code] = known.unit if known else subject_key(plan.drafts[0].subject)
        return plan

    def _parent(self, row: UnitRow) -> Unit | None:
        """The unit a row names as its parent: one of this file's before any other office's; None where it names none."""
        text = row.parent
        if not text:
            return None
        found = self._world.tree.called(self._ids.get(text, text))
        if not found:
            codes = self._world.tree.by_code
            close = nearest(text, codes) if len(codes) < 2000 else None
            raise RowProblem(
                "parent", text, "unknown_unit", f"没有代码为“{text}”的上级单位。" + (f"是不是“{close}”？" if close else "")
            )
        if len(found) > 1:
            raise _ambiguous("parent", AmbiguousUnit(self._world, text, found), text)
        return found[0]

    def _meant(self, row: UnitRow, parent: Unit | None) -> Unit | None:
        """The unit a row speaks of, if it is here: by its code, and where several bear it by name and parent too."""
        bearers = self._world.tree.by_code.get(row.code) or self._made_as(row, parent)
        fits = (
            [unit for unit in bearers if not row.name or name_key(unit.name) == name_key(row.name)] if len(bearers) > 1 else bearers
        )
        fits = [unit for unit in fits if parent is None or unit.parent == parent.unit] if len(fits) > 1 else fits
        if len(fits) == 1 and not self._is_another(fits[0], row, parent):
            return fits[0]
        own = own_bearers(self._w, self._world, row.code)
        if own and len(bearers) > 1:
            raise _ambiguous("code", AmbiguousUnit(self._world, row.code, bearers), row.code)
        if own:
            raise RowProblem("code", row.code, "conflict", _ANOTHER.format(row.code, unit_told_apart(self._world, own[0])))
        return None

    def _made_as(self, row: UnitRow, parent: Unit | None) -> Sequence[Unit]:
        """Who was added with these words, and bears another code now."""
        above = parent.unit if parent else self._below
        return [unit] if (unit := self._world.tree.units.get(unit_id(above, row.code, row.name))) else []

    def _is_another(self, unit: Unit, row: UnitRow, parent: Unit | None) -> bool:
        """Whether a row gives a unit's code to something of another name and elsewhere: then it is no renaming."""
        renamed = bool(row.name) and name_key(row.name) != name_key(unit.name)
        return renamed and parent is not None and parent.unit != unit.parent and unit.unit not in self._placed

    def _new(self, row: UnitRow, parent: Unit | None) -> RowPlan:
        if not is_unit_code(row.code):
            raise RowProblem("code", row.code, "bad_code", BAD_CODE)
        if not row.name:
            raise RowProblem("name", "", "missing_value", "没有名称。")
        above = parent.unit if parent else self._below
        return RowPlan("new", (added_draft(self._world, row, above, self._batch, self._actor),))

    def _known(self, unit: Unit, row: UnitRow, parent: Unit | None) -> RowPlan:
        if parent and parent.unit != unit.parent:
            if unit.unit in self._placed:
                return UNCHANGED
            return self._moved(unit, row, parent)
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", (changed,), self._changes(unit, row, parent)) if changed else UNCHANGED

    def _changes(self, unit: Unit, row: UnitRow, parent: Unit | None) -> tuple[Change, ...]:
        """What a row says otherwise than what is known; what it does not say stays."""
        return changes(
            ("name", unit.name, row.name or unit.name),
            ("parent", shown_code(self._world, unit.parent), parent.shown_code if parent else shown_code(self._world, unit.parent)),
            ("kind", unit.kind, row.kind or unit.kind),
            ("line", unit.own_line, row.line or unit.own_line),
            ("expected", unit.expected, unit.expected if row.expected is None else row.expected),
        )

    def about(self, row: UnitRow) -> str:
        """The unit's code and name."""
        return f"{row.code} {row.name}".strip()

    def _moved(self, unit: Unit, row: UnitRow, parent: Unit) -> RowPlan:
        try:
            moved = moved_draft(self._world, unit, parent.unit, batch=self._batch, actor=self._actor)
        except BadInput as problem:
            raise RowProblem("parent", row.parent, problem.reason, problem.sentence) from problem
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", tuple(draft for draft in (moved, changed) if draft), self._changes(unit, row, parent))

    def _check_right(self, draft: Draft, row: UnitRow) -> None:
        if not may_say(self._w, draft):
            raise RowProblem("code", row.code, "not_granted", f"这份数据文件没有管理单位“{row.code}”的授权。")


def _ambiguous(column: str, problem: AmbiguousUnit, text: str) -> RowProblem:
    return RowProblem(column, text, problem.reason, f"{problem.sentence}{problem.hint}")


def import_units(w: Writer, planner: UnitsPlanner, rows: Iterable[ReadRow[UnitRow]], told: Progress = nobody_watches) -> Imported:
    """Import units in any order of rows: level after level, so that every parent stands before its children."""
    result, waiting = Imported(), list(rows)
    for level in _levels(waiting, worlds.load(w).tree.by_code):
        result.add(run_import(w, planner, level))
        told(result.rows, len(waiting))
    result.rejects.sort(key=lambda each: each.row)
    result.differences.sort(key=lambda each: each.row)
    return result


def _levels(waiting: list[ReadRow[UnitRow]], there: Container[str]) -> Iterator[list[ReadRow[UnitRow]]]:
    """The rows in runs, each after those of its units' parents; in a circle first those whose parents are `there` already."""
    left = {row.code for _, row in waiting if not isinstance(row, list)}
    while waiting:
        level = [one for one in waiting if not _names(one, left)] or [one for one in waiting if _names(one, there)]
        chosen = {number for number, _ in level}
        later = [one for one in waiting if one[0] not in chosen]
        left -= {row.code for _, row in level if not isinstance(row, list)}
        yield level or later
        waiting = later if level else []


def _names(one: ReadRow[UnitRow], codes: Container[str]) -> bool:
    """Whether a row names one of these as the parent."""
    row = one[1]
    return not isinstance(row, list) and row.parent != row.code and row.parent in codes


def _placed(w: Writer, world: World) -> set[str]:
    """The ids of the units that the camp's preset brought along; none where this version does not know the preset."""
    name, book = world.rules[Preset].name, catalogue(w).book
    return set(preset_ids(preset_units(book.preset(name)), world.campaign).values()) if name in book.preset_names() else set()
