"""Units from a file (docs/formats.md#units): new ones below their parents, wherever these stand; known ones compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple

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
from campmgr.facts.importing import UNCHANGED, Change, ReadRow, Reject, RowPlan, RowProblem, SeenRows, changes, row_words
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.units import Unit, units_of_word
from campmgr.facts.world import World
from campmgr.ids import canonical, unit_id
from campmgr.ledger.envelope import Draft, Stream, subject_key, units_scope
from campmgr.settings.rule_book import RuleBook
from campmgr.settings.terms import nearest
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.store.scratch import ScratchRows, ScratchTexts
from campmgr.wording import name_key

_ANOTHER = "代码“{}”现在是{}，名称和上级都与这一行不同。如果是同一个单位，请先改名或移动；不是的话，请换一个代码。"


class _Above(NamedTuple):
    """Whom a row puts its unit below. Of a unit that the file itself adds, `born` is the nearest above it that is here."""

    unit: str
    code: str
    born: str


class UnitsPlanner(StreamPlanner[UnitRow]):
    """Plans unit rows. A unit that the preset places keeps its place, whatever parent a file gives (平潭, docs/formats.md#units)."""

    first_run, fewest = 500, 500

    def __init__(self, batch: str, actor: str, below: str = "") -> None:
        self._batch = batch
        self._actor = actor
        self._seen = SeenRows()
        self._below = below
        self._said = ScratchTexts()

    def gather(self, r: Reader, rows: Iterable[ReadRow[Any]], notes: list[Reject]) -> Iterable[ReadRow[Any]]:
        """All rows, those further up in the tree before those below them wherever these stand."""
        del notes
        codes = worlds.load(r).tree.by_code
        for number, told in ScratchRows(_kept(number, row) for number, row in rows).upper_first(lambda code: code in codes):
            yield number, _row(told)

    def prepare(self, r: Reader, rows: Sequence[UnitRow]) -> None:  # noqa: ARG002 - as every planner
        """See what the rows before have added."""
        self._r, self._world = r, worlds.load(r)
        self._stream = Stream(units_scope(self._world.province), r.meta(WRITER))
        self._root = self._below or self._world.root_unit
        self._placed = self._world.once(_preset_places(catalogue(r).book))

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
            self._check_right(draft, row, parent)
        unit = known.unit if known else subject_key(plan.drafts[0].subject)
        self._said.put(row.code, f"{unit} {unit if known else parent.born if parent else self._root}")
        return plan

    def _parent(self, row: UnitRow) -> _Above | None:
        """The unit a row names as its parent: one of this file's before any other office's; None where it names none."""
        text = row.parent
        if not text:
            return None
        unit, _, born = self._said.get(text).partition(" ")
        if unit and unit not in self._world.tree.units:
            return _Above(unit, text, born)
        found = self._world.tree.called(unit or text)
        if not found:
            codes = self._world.tree.by_code
            close = nearest(text, codes) if len(codes) < 2000 else None
            raise RowProblem(
                "parent", text, "unknown_unit", f"没有代码为“{text}”的上级单位。" + (f"是不是“{close}”？" if close else "")
            )
        if len(found) > 1:
            raise _ambiguous("parent", AmbiguousUnit(self._world, text, found), text)
        return _Above(found[0].unit, found[0].shown_code, found[0].unit)

    def _meant(self, row: UnitRow, parent: _Above | None) -> Unit | None:
        """The unit a row speaks of, if it is here: by its code, and where several bear it by name and parent too."""
        bearers = self._world.tree.by_code.get(row.code) or self._made_as(row, parent)
        fits = (
            [unit for unit in bearers if not row.name or name_key(unit.name) == name_key(row.name)] if len(bearers) > 1 else bearers
        )
        fits = [unit for unit in fits if parent is None or unit.parent == parent.unit] if len(fits) > 1 else fits
        if len(fits) == 1 and not self._is_another(fits[0], row, parent):
            return fits[0]
        own = own_bearers(self._r, self._world, row.code)
        if own and len(bearers) > 1:
            raise _ambiguous("code", AmbiguousUnit(self._world, row.code, bearers), row.code)
        if own:
            raise RowProblem("code", row.code, "conflict", _ANOTHER.format(row.code, unit_told_apart(self._world, own[0])))
        return None

    def _made_as(self, row: UnitRow, parent: _Above | None) -> Sequence[Unit]:
        """Who was added with these words, and bears another code now."""
        above = parent.unit if parent else self._root
        return [unit] if (unit := self._world.tree.units.get(unit_id(above, row.code, row.name))) else []

    def _is_another(self, unit: Unit, row: UnitRow, parent: _Above | None) -> bool:
        """Whether a row gives a unit's code to something of another name and elsewhere: then it is no renaming."""
        renamed = bool(row.name) and name_key(row.name) != name_key(unit.name)
        return renamed and parent is not None and parent.unit != unit.parent and unit.unit not in self._placed

    def _new(self, row: UnitRow, parent: _Above | None) -> RowPlan:
        if not is_unit_code(row.code):
            raise RowProblem("code", row.code, "bad_code", BAD_CODE)
        if not row.name:
            raise RowProblem("name", "", "missing_value", "没有名称。")
        above = parent.unit if parent else self._root
        return RowPlan("new", (added_draft(self._world, row, above, self._batch, self._actor),))

    def _known(self, unit: Unit, row: UnitRow, parent: _Above | None) -> RowPlan:
        if parent and parent.unit != unit.parent:
            if unit.unit in self._placed:
                return UNCHANGED
            return self._moved(unit, row, parent)
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", (changed,), self._changes(unit, row, parent)) if changed else UNCHANGED

    def _changes(self, unit: Unit, row: UnitRow, parent: _Above | None) -> tuple[Change, ...]:
        """What a row says otherwise than what is known; what it does not say stays."""
        return changes(
            ("name", unit.name, row.name or unit.name),
            ("parent", shown_code(self._world, unit.parent), parent.code if parent else shown_code(self._world, unit.parent)),
            ("kind", unit.kind, row.kind or unit.kind),
            ("line", unit.own_line, row.line or unit.own_line),
            ("expected", unit.expected, unit.expected if row.expected is None else row.expected),
        )

    def about(self, row: UnitRow) -> str:
        """The unit's code and name."""
        return f"{row.code} {row.name}".strip()

    def _moved(self, unit: Unit, row: UnitRow, parent: _Above) -> RowPlan:
        try:
            moved = moved_draft(self._world, unit, parent.unit, batch=self._batch, actor=self._actor, below=parent.born)
        except BadInput as problem:
            raise RowProblem("parent", row.parent, problem.reason, problem.sentence) from problem
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", tuple(draft for draft in (moved, changed) if draft), self._changes(unit, row, parent))

    def _check_right(self, draft: Draft, row: UnitRow, parent: _Above | None) -> None:
        """Whether this file may say it. Rights to a unit that the file itself adds are those to the nearest above it."""
        asked = units_of_word(draft.kind, draft.subject, draft.body)
        units = (parent.born if parent and unit == parent.unit else unit for unit in asked)
        if not all(self._world.trust.limit(self._stream, unit).is_open for unit in units):
            raise RowProblem("code", row.code, "not_granted", f"这份数据文件没有管理单位“{row.code}”的授权。")


def _ambiguous(column: str, problem: AmbiguousUnit, text: str) -> RowProblem:
    return RowProblem(column, text, problem.reason, f"{problem.sentence}{problem.hint}")


def _kept(number: int, row: UnitRow | list[RowProblem]) -> tuple[int, str, str, str]:
    """A row as it is kept until its turn: its number, its code and its parent's, and all it says."""
    if isinstance(row, list):
        return number, "", "", canonical([[each.column, each.value, each.reason, each.sentence] for each in row])
    return number, row.code, row.parent, canonical({name: getattr(row, name) for name in _FIELDS})


def _row(told: str) -> UnitRow | list[RowProblem]:
    said = json.loads(told)
    return UnitRow(**said) if isinstance(said, dict) else [RowProblem(*each) for each in said]


_FIELDS = tuple(each.name for each in fields(UnitRow))


@cache
def _preset_places(book: RuleBook) -> Callable[[World], frozenset[str]]:
    """Of a world the ids of the units that the camp's preset brought along; none where this version does not know the preset."""

    def places(world: World) -> frozenset[str]:
        name = world.rules[Preset].name
        known = name in book.preset_names()
        return frozenset(preset_ids(preset_units(book.preset(name)), world.campaign).values()) if known else frozenset()

    return places
