"""Units from a file (docs/formats.md#units): new ones below their parents, wherever these stand; known ones compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from campmgr.areas.units.actions.laid_rows import LaidRows, LaidUnit
from campmgr.areas.units.actions.units import (
    BAD_CODE,
    UnitRow,
    added_draft,
    changed_draft,
    is_unit_code,
    moved_draft,
    own_bearers,
)
from campmgr.areas.units.rules.preset_units import preset_ids, preset_units
from campmgr.areas.units.settings import Preset
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import AmbiguousUnit, shown_code, unit_told_apart
from campmgr.facts.importing import UNCHANGED, Change, ReadRow, Reject, RowPlan, RowProblem, SeenRows, changes, row_words
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.units import Unit, units_of_word
from campmgr.ids import unit_id
from campmgr.ledger.envelope import Draft, Stream, subject_key, units_scope
from campmgr.settings.rule_book import RuleBook
from campmgr.settings.terms import nearest
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.store.scratch import SEVERAL
from campmgr.wording import name_key

_ANOTHER = "代码“{}”现在是{}，名称和上级都与这一行不同。如果是同一个单位，请先改名或移动；不是的话，请换一个代码。"


class _Above(NamedTuple):
    """Whom a row puts its unit below. Of a unit that the file itself adds, `born` is the nearest above it that is here."""

    unit: str
    code: str
    born: str


class _Taken:
    """What the rows of a file came to so far: of each its unit, and the nearest unit above it that is here, 16 bytes each."""

    def __init__(self, rows: int) -> None:
        self._units, self._born = bytearray(16 * rows), bytearray(16 * rows)

    def add(self, place: int, unit: str, born: str) -> None:
        """A row is about this unit."""
        at = slice(16 * place, 16 * place + 16)
        self._units[at], self._born[at] = bytes.fromhex(unit), bytes.fromhex(born)

    def refuse(self, place: int) -> None:
        """A row gives a code to another unit than the one that bears it: what stands below it is not below that one."""
        self._units[16 * place : 16 * place + 16] = _REFUSED

    def of(self, place: int) -> tuple[str, str]:
        """The unit of a row, and the nearest above it that is here; "" where the row was rejected, or is still to come."""
        at = slice(16 * place, 16 * place + 16)
        return (self._units[at].hex(), self._born[at].hex()) if not self.is_refused(place) and any(self._units[at]) else ("", "")

    def is_refused(self, place: int) -> bool:
        """Whether a row gave a code to another unit."""
        return self._units[16 * place : 16 * place + 16] == _REFUSED


_REFUSED = b"\xff" * 16


class UnitsPlanner(StreamPlanner[LaidUnit]):
    """Plans unit rows. A unit that the preset places keeps its place, whatever parent a file gives (平潭, docs/formats.md#units)."""

    first_run, fewest = 1000, 1000

    def __init__(self, batch: str, actor: str, below: str = "") -> None:
        self._batch = batch
        self._actor = actor
        self._below = below
        self._named, self._uncoded = SeenRows(), SeenRows()

    def gather(self, r: Reader, rows: Iterable[ReadRow[Any]], notes: list[Reject]) -> Iterable[ReadRow[Any]]:
        """All rows, those further up in the tree before those below them wherever these stand."""
        world = worlds.load(r)
        top = world.tree.units[self._below or world.root_unit].name
        self._laid = LaidRows(world.tree, rows, top)
        self._taken = _Taken(len(self._laid))
        notes += self._laid.notes()
        return self._laid.in_turn()

    def prepare(self, r: Reader, rows: Sequence[LaidUnit]) -> None:  # noqa: ARG002 - as every planner
        """See what the rows before have added."""
        self._r, self._world = r, worlds.load(r)
        self._stream = Stream(units_scope(self._world.province), r.meta(WRITER))
        self._root = self._below or self._world.root_unit
        trust = self._world.trust
        self._covers_all = trust.is_root(self._stream.writer) and trust.limit(self._stream, "").is_open
        preset = self._world.rules[Preset].name
        self._placed = _preset_places(catalogue(r).book, preset, self._world.campaign)

    def plan(self, number: int, laid: LaidUnit) -> RowPlan:
        """The plan for one unit."""
        row = laid.row
        if row.code and laid.first != number:
            raise RowProblem("code", row.code, "repeated_row", f"代码“{row.code}”与{row_words(laid.first)}重复。")
        if row.code and row.parent == row.code:
            raise RowProblem("parent", row.parent, "circular_parent", "上级代码就是自己的代码。")
        parent = self._parent(laid)
        if self._laid.has_uncoded:
            self._ask_about_twins(number, row, parent)
        known = self._meant(laid, parent) if row.code else self._called_so(row, parent)
        plan = self._known(known, row, parent) if known else self._new(row, parent)
        for draft in () if self._covers_all else plan.drafts:
            self._check_right(draft, row, parent)
        if known:
            self._taken.add(laid.place, known.unit, known.unit)
        else:
            self._taken.add(laid.place, subject_key(plan.drafts[0].subject), parent.born if parent else self._root)
        return plan

    def _parent(self, laid: LaidUnit) -> _Above | None:
        """The unit a row names as its parent: one of this file's before any other office's; None where it names none."""
        text = laid.row.parent
        if not text:
            return None
        if laid.above == SEVERAL:
            sentence = f"文件里有几个叫“{text}”的单位，分不清哪一个是上级。请写上级代码。"
            raise RowProblem("parent", text, "ambiguous_unit", sentence)
        unit, born = self._taken.of(laid.above) if laid.above >= 0 else ("", "")
        if self._laid.is_named(laid.place):
            self._ask_about_others(text, unit)
        if laid.above >= 0 and not unit and (self._laid.is_named(laid.place) or self._taken.is_refused(laid.above)):
            raise RowProblem("parent", text, "unknown_unit", f"上级“{text}”那一行没有导入，这一行也就没有导入。请先改正那一行。")
        if unit and unit not in self._world.tree.units:  # of this very run
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

    def _ask_about_others(self, text: str, unit: str) -> None:
        """A parent's name that a unit of the file bears, and another one that is here. Raises RowProblem."""
        others = [each for each in self._world.tree.called(text) if each.unit != unit]
        if others:
            sentence = f"叫“{text}”的除了这份文件里的，还有{unit_told_apart(self._world, others[0])}。请写上级代码。"
            raise RowProblem("parent", text, "ambiguous_unit", sentence)

    def _ask_about_twins(self, number: int, row: UnitRow, parent: _Above | None) -> None:
        """Two rows of one name below one parent, of which one is without a code, may be one unit or two. Raises RowProblem."""
        key = (parent.unit if parent else self._root, name_key(row.name))
        uncoded = self._uncoded.said(key) if row.code else self._uncoded.first(key, number)
        first = self._named.first(key, number)
        if row.name and first is not None and (uncoded is not None or not row.code):
            sentence = (
                f"“{row.name}”与{row_words(first)}同名，上级也相同。同一个单位的话，请删去一行；是两个单位的话，请各写一个代码。"
            )
            raise RowProblem("name", row.name, "repeated_row", sentence)

    def _called_so(self, row: UnitRow, parent: _Above | None) -> Unit | None:
        """The unit that a row without a code speaks of: the one of its name below its parent. Raises RowProblem."""
        if parent is None and not self._below:
            raise RowProblem("code", "", "missing_value", "没有单位代码，也没有写上级。两样至少写一样。")
        above = parent.unit if parent else self._root
        fits = [unit for unit in self._world.tree.of_name(row.name) if unit.parent == above]
        if len(fits) > 1:
            raise _ambiguous("name", AmbiguousUnit(self._world, row.name, fits), row.name)
        return fits[0] if fits else None

    def _meant(self, laid: LaidUnit, parent: _Above | None) -> Unit | None:
        """The unit a row speaks of, if it is here: by its code, and where several bear it by name and parent too."""
        row = laid.row
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
            self._taken.refuse(laid.place)
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
        if not row.code:
            row = row._replace(name="")  # by its name it was found: a dot or a space more makes no other
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

    def about(self, row: LaidUnit) -> str:
        """The unit's code and name."""
        return f"{row.row.code} {row.row.name}".strip()

    def _moved(self, unit: Unit, row: UnitRow, parent: _Above) -> RowPlan:
        try:
            today = today_of(self._r.clock)
            moved = moved_draft(self._world, unit, parent.unit, today, self._batch, self._actor, parent.born)
        except BadInput as problem:
            raise RowProblem("parent", row.parent, problem.reason, problem.sentence) from problem
        changed = changed_draft(self._world, unit, row, self._batch, self._actor)
        return RowPlan("changed", tuple(draft for draft in (moved, changed) if draft), self._changes(unit, row, parent))

    def _check_right(self, draft: Draft, row: UnitRow, parent: _Above | None) -> None:
        """Whether this file may say it. Rights to a unit that the file itself adds are those to the nearest above it."""
        asked = units_of_word(draft.kind, draft.subject, draft.body)
        units = (parent.born if parent and unit == parent.unit else unit for unit in asked)
        if not all(self._world.trust.limit(self._stream, unit).is_open for unit in units):
            raise RowProblem("code", row.code, "not_granted", f"这份数据文件没有管理单位“{row.code or row.name}”的授权。")


def _ambiguous(column: str, problem: AmbiguousUnit, text: str) -> RowProblem:
    return RowProblem(column, text, problem.reason, f"{problem.sentence}{problem.hint}")


@lru_cache(maxsize=4)
def _preset_places(book: RuleBook, name: str, campaign: str) -> frozenset[str]:
    """The ids of the units that a camp's preset brought along; none where this version does not know the preset."""
    known = name in book.preset_names()
    return frozenset(preset_ids(preset_units(book.preset(name)), campaign).values()) if known else frozenset()
